"""Stories per week, as the numbers of an SVG: only weeks of stated full dates, in the reading direction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from msgspec import Struct

from site_src.render.catalogue import Entry

WEEKS, STEP, WIDTH, HEIGHT = 12, 30, 22, 62
"""Twelve bars, so that one is seen among the others; lengths in units of the drawing, whose base is at y = 84."""
FULL = len("2025-11-08")
"""Letters of a date whose year, month and day are stated."""


class Week(Struct, frozen=True):
    """One bar: where it stands, what it counts."""

    monday: date
    stories: int
    copies: int
    x: int
    filled: float
    outlined: float
    """Heights of the two parts."""


class Bars(Struct, frozen=True):
    """The chart of a topic."""

    weeks: tuple[Week, ...]
    undated: int
    """Stories that are not shown, for want of a full date."""


def weekly_bars(entries: Sequence[Entry], direction: str) -> Bars | None:
    """The twelve weeks up to the latest dated story; None where no story has a full date."""
    dated = [entry for entry in entries if len(entry.filed) == FULL]
    stories = Counter([_monday(entry.filed) for entry in dated])
    copies = Counter([_monday(entry.filed) for entry in dated for _ in entry.brief.story.copies])
    if not stories:
        return None
    mondays = [max(stories) - timedelta(weeks=WEEKS - 1 - place) for place in range(WEEKS)]
    top = max(stories[monday] + copies[monday] for monday in mondays)
    weeks = tuple(_week(monday, place, stories[monday], copies[monday], top, direction)
                  for place, monday in enumerate(mondays))  # fmt: skip
    return Bars(weeks, len(entries) - len(dated))


@lru_cache(4096)
def _monday(day: str) -> date:
    """The first day of the week of a full ISO date."""
    stated = date.fromisoformat(day)
    return stated - timedelta(days=stated.weekday())


def _week(monday: date, place: int, stories: int, copies: int, top: int, direction: str) -> Week:
    x = 4 + STEP * (place if direction == "ltr" else WEEKS - 1 - place)
    return Week(monday, stories, copies, x, round(HEIGHT * stories / top, 1), round(HEIGHT * copies / top, 1))
