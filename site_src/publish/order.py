"""Stories in time: newest first, undated ones in a place of their own, neighbours within a topic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import NamedTuple

from site_src.model.fields import Day
from site_src.model.story import Story


class When(NamedTuple):
    """A story in time."""

    day: Day | None
    """The day that its page gives as its own; of an event, which may lie years ahead, it has none."""
    place: tuple[int, int, str]
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
    day = story.lead.day
    return When(day, (*_newness(day), story.slug), _latest(story))


def _newness(day: Day | None) -> tuple[int, int]:
    """The newer, the further below nought, where what is undated stands."""
    if day is None or day.year is None:
        return 0, 0
    return -(day.year * 10_000 + (day.month or 0) * 100 + (day.day or 0)), -_minutes(day.time) if day.time else 0


def _minutes(time: str) -> int:
    return sum(int(part) * unit for part, unit in zip(time.split(":"), (60, 1), strict=False) if part.isdigit())


def steps(topics: Mapping[str, Sequence[str]], times: Times) -> dict[str, tuple[tuple[str, str, str], ...]]:
    """For each story (topic, the story before it in time, the story after it); only full dates make neighbours.

    `topics` are those of each story by its address, the newest story first.
    """
    rows = defaultdict[str, list[str]](list)
    for slug, under in topics.items():
        dated = [slug] if (day := times[slug].day) and day.full else []
        for topic in {*under}:
            rows[topic] += dated
    beside = {topic: dict(zip(row, zip(repeat(topic), [*row[1:], ""], ["", *row]), strict=False))
              for topic, row in rows.items()}  # fmt: skip
    alone = {topic: (topic, "", "") for under in topics.values() for topic in under}
    return {slug: tuple([beside[topic].get(slug) or alone[topic] for topic in under]) for slug, under in topics.items()}


def until(times: Iterable[When]) -> Day | None:
    """The latest date of these stories."""
    return max(filter(None, [when.until for when in times]), key=_reached, default=None)


def _latest(story: Story) -> Day | None:
    days = [
        day
        for article in story.articles
        for day in (article.published.value, article.updated.value)
        if day and day.year is not None
    ]
    return days[0] if len(days) == 1 else max(days, key=_reached, default=None)


def _reached(day: Day) -> tuple[int, int, int, str]:
    """Sorts as `Day.iso` and the time do."""
    return day.year or 0, day.month or 0, (day.day or 0) if day.month else 0, day.time
