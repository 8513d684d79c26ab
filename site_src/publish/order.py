"""Stories in time: newest first, undated ones in a place of their own, neighbours within a topic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from site_src.model import Day, Story


class When(NamedTuple):
    """A story in time."""

    day: Day | None
    """The day that it stands under."""
    place: tuple[bool, int, int, str]
    """Sorts the newest first."""
    until: Day | None
    """The latest date that one of its texts bears as that on which it was published or updated, as pages show it."""


Times = Mapping[str, When]
"""Stories in time by their addresses."""


def when(story: Story) -> When:
    """The story in time.

    It sorts by its day, undated last; of one day by stated time, then by address. A story of which only the month (or
    year) is stated comes after those of a stated day in it.
    """
    day = day_of(story)
    return When(day, (*_newness(day), story.slug), _latest(story))


def day_of(story: Story) -> Day | None:
    """The day that a story stands under: published, else updated, else of the event; None without a year.

    A full date is preferred; where none of them is one, the month or year that the page gives as its own.
    """
    lead = story.lead
    own = lead.published.value, lead.updated.value
    full = next((day for day in (*own, lead.event.value) if day and day.full), None)
    return full or next((day for day in own if day and day.year is not None), None)


def _newness(day: Day | None) -> tuple[bool, int, int]:
    if day is None or day.year is None:
        return (True, 0, 0)
    return (
        False,
        -(day.year * 10_000 + (day.month or 0) * 100 + (day.day or 0)),
        -_minutes(day.time) if day.time else 0,
    )


def _minutes(time: str) -> int:
    return sum(int(part) * unit for part, unit in zip(time.split(":"), (60, 1), strict=False) if part.isdigit())


def steps(topics: Mapping[str, Sequence[str]], times: Times) -> dict[str, tuple[tuple[str, str, str], ...]]:
    """For each story (topic, the story before it in time, the story after it); only full dates make neighbours.

    `topics` are those of each story by its address, the newest story first.
    """
    rows: dict[str, list[str]] = {}
    for slug, under in topics.items():
        dated = (day := times[slug].day) and day.full
        for topic in dict.fromkeys(under):
            row = rows.setdefault(topic, [])
            if dated:
                row.append(slug)
    older = {topic: dict(pairwise(row)) for topic, row in rows.items()}
    newer = {topic: dict(zip(row[1:], row, strict=False)) for topic, row in rows.items()}
    return {
        slug: tuple((topic, older[topic].get(slug, ""), newer[topic].get(slug, "")) for topic in under)
        for slug, under in topics.items()
    }


def until(times: Iterable[When]) -> Day | None:
    """The latest date of all stories."""
    return max(filter(None, [when.until for when in times]), key=_reached, default=None)


def _latest(story: Story) -> Day | None:
    days = (
        found.value
        for article in (story.lead, *[copy.article for copy in story.copies])
        for found in (article.published, article.updated)
        if found.value and found.value.year is not None
    )
    return max(days, key=_reached, default=None)


def _reached(day: Day) -> tuple[int, int, int, str]:
    """Sorts as `Day.iso` and the time do."""
    return day.year or 0, day.month or 0, (day.day or 0) if day.month else 0, day.time
