"""Stated days: what the value of a field that holds nothing but a date states, be it only a year and a month."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import cache

from msgspec.structs import replace

from site_src.model.fields import Day
from site_src.tables import table
from site_src.text.calendars import FoundDate, possible
from site_src.text.date_surroundings import weekday_names, weekdays
from site_src.text.dates import find_dates
from site_src.text.fold import fold
from site_src.text.patterns import compiled, late

_YEAR_AND_MONTH = late(r"(?P<year>(?:1[6-9]|20)\d\d)[-/](?P<month>\d{1,2})")
"""As ISO 8601 writes a reduced date. Within a text it may be anything: a season, a number, a range of years."""
_ZERO = (1970, 1, 1)
"""From which programs count time: what they show for a day that they do not know."""
_LATE = 2
"""Days behind the one of which a text tells as today, at most, on which it is published."""
_APART = datetime.timedelta(2)
"""How far the Hijri day that is reckoned may be from the one that was meant: months begin by the moon that was seen."""


def first_day(value: str, base: Day | None) -> Day | None:
    """The first date of a field's value; of a day in both calendars the Gregorian, which nobody needs to reckon."""
    first, *others = find_dates(value, base)[:2] or (None,)
    if first is None or (first.day.year, first.day.month, first.day.day) == _ZERO:
        return None
    if first.calendar == "hijri" and others and _one_day(first, others[0]):
        second = others[0].day
        return replace(second, weekday=first.day.weekday if second.weekday is None else second.weekday)
    return first.day


def _one_day(hijri: FoundDate, other: FoundDate) -> bool:
    """Whether a Gregorian date is the same day as the Hijri one beside it."""
    one, two = hijri.day.date, other.day.date
    return other.calendar == "gregorian" and one is not None and two is not None and abs(one - two) <= _APART


def stated_day(value: str, base: Day | None = None) -> Day | None:
    """The first day of a field's value, or the year and month that the value is; `base` as in `find_dates`."""
    if day := first_day(value, base):
        return day
    partial = _YEAR_AND_MONTH.fullmatch(fold(value).strip())
    if partial is None or not possible(int(partial["year"]), int(partial["month"]), None):
        return None
    return Day(int(partial["year"]), int(partial["month"]), None)


def may_be_day_of(lead: str, day: Day) -> bool:
    """Whether a folded text may be of a day: its "today, Monday" is that weekday, or one of the two before.

    Otherwise the date that stands above it is that of a visit, or of the whole page.
    """
    if (date := day.date) is None:
        return True
    told = _today_in(lead)
    return told is None or (date.weekday() - told) % 7 <= _LATE


def _today_in(plain: str) -> int | None:
    """The weekday that a folded text calls today; that after the one that it calls yesterday."""
    for word, later in _days_told():
        at = plain.find(word)
        while at >= 0:
            if near := _weekday_behind().match(plain, at + len(word)):
                return (weekdays()[near[1]] + later) % 7
            at = plain.find(word, at + 1)
    return None


@cache
def _days_told() -> Sequence[tuple[str, int]]:
    """(word, how many days it is past) of today and the days before it, today first; the longer before their ends."""
    words = table("dates")["relative"]
    told = [(fold(word), -days) for word, days in (words["with_weekday"] | words["days"]).items() if days <= 0]
    return sorted(told, key=lambda one: (one[1] > 0, -len(one[0])))


@cache
def _weekday_behind() -> re.Pattern[str]:
    return compiled(rf"[\s،,(/]{{1,3}}(?:يوم )?({weekday_names()})(?!\w)")
