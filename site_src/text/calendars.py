"""Calendars: dates found in texts, which days exist, the Hijri calendar, and the names of the months."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from site_src.model.fields import Day
from site_src.tables import table
from site_src.text.fold import fold_all

Calendar = Literal["gregorian", "hijri"]

_DAYS_OF_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class FoundDate(Struct, frozen=True, gc=False):
    """A date in a text; its span from `start` to `end` holds its weekday, time and zone too. `day` is Gregorian."""

    start: int
    end: int
    day: Day
    calendar: Calendar = "gregorian"
    """The calendar that the text uses."""
    relative: bool = False
    """Whether it was resolved against the known date."""


def possible(year: int | None, month: int, day: int | None) -> bool:
    """Whether the Gregorian calendar has such a day (29 February where no year is stated)."""
    if not 1 <= month <= 12:
        return False
    if day is None:
        return True
    leap = year is None or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    return 1 <= day <= _DAYS_OF_MONTH[month - 1] - (month == 2 and not leap)


def hijri(year: int, month: int, day: int) -> tuple[Day, Calendar] | None:
    """The Gregorian day of a Hijri date (Umm al-Qura calendar, 1343 to 1500); None if there is no such day."""
    from hijridate import Hijri

    try:
        gregorian = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return Day.of(gregorian), "hijri"


def as_sighted(day: Day, weekday: int) -> Day:
    """A calculated Hijri day, or its neighbour with the stated weekday: a month may begin when its moon is seen."""
    if (calculated := day.date) is None:
        return day
    candidates = (calculated + datetime.timedelta(days) for days in (0, 1, -1))
    date = next((candidate for candidate in candidates if candidate.weekday() == weekday), calculated)
    return replace(day, year=date.year, month=date.month, day=date.day)


@cache
def months() -> dict[str, tuple[Calendar, int]]:
    """Folded name of a month to its calendar and number."""
    calendars: tuple[Calendar, ...] = ("gregorian", "hijri")
    return {
        name: (calendar, number)
        for calendar in calendars
        for name, number in numbered(table("months")[calendar], 1).items()
    }


@cache
def ordinals() -> dict[str, int]:
    """Folded ordinal of a day of the month to its number."""
    return numbered(table("dates")["ordinals"], 1)


def numbered(names: list[list[str]], first: int) -> dict[str, int]:
    """Folded name to its number, counted from `first`; each row holds the names of one number."""
    return {name: number for number, row in enumerate(names, first) for name in fold_all(row)}
