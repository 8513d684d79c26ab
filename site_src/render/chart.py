"""Stories per week as the numbers of an SVG, in the reading direction; only stories with a full date count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from msgspec import Struct

from site_src.render.catalogue import Entry

WEEKS = 12
"""Bars: enough for a single one to be seen among others."""
STEP = 30
"""From the left edge of a bar to that of the next, in units of the drawing, like all lengths; its base is at y = 84."""
WIDTH = 22
"""Of a bar."""
HEIGHT = 62
"""Of the highest bar."""
FULL_DATE_LENGTH = len("2025-11-08")
"""Characters of a date with year, month and day."""


class Week(Struct, frozen=True):
    """One bar: a week, what it counts, and where it stands."""

    monday: date
    stories: int
    copies: int
    x: int
    """Of its left edge."""
    filled: float
    """Height of the part for the stories."""
    outlined: float
    """Height of the part for the copies."""


class Bars(Struct, frozen=True):
    """The chart of a topic."""

    weeks: tuple[Week, ...]
    undated: int
    """Stories that are not shown, because they have no full date."""


def weekly_bars(entries: Sequence[Entry], direction: str) -> Bars | None:
    """The twelve weeks up to the latest story with a full date; None where there is none."""
    dated = [entry for entry in entries if len(entry.filed) == FULL_DATE_LENGTH]
    stories = Counter([_monday(entry.filed) for entry in dated])
    copies = Counter([_monday(entry.filed) for entry in dated for _ in entry.brief.story.copies])
    if not stories:
        return None
    mondays = [max(stories) - timedelta(weeks=WEEKS - 1 - place) for place in range(WEEKS)]
    highest = max(stories[monday] + copies[monday] for monday in mondays)
    weeks = tuple(_week(monday, place, stories[monday], copies[monday], highest, direction)
                  for place, monday in enumerate(mondays))  # fmt: skip
    return Bars(weeks, len(entries) - len(dated))


@lru_cache(4096)
def _monday(iso_date: str) -> date:
    """The Monday of the week of a full ISO date."""
    day = date.fromisoformat(iso_date)
    return day - timedelta(days=day.weekday())


def _week(monday: date, place: int, stories: int, copies: int, highest: int, direction: str) -> Week:
    """The bar of a week; `place` counts from the first week, `highest` is the largest sum of stories and copies."""
    x = 4 + STEP * (place if direction == "ltr" else WEEKS - 1 - place)
    return Week(monday, stories, copies, x, round(HEIGHT * stories / highest, 1), round(HEIGHT * copies / highest, 1))
