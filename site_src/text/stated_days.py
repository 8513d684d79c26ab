"""Stated days: the day that a field states whose value is nothing but a date, or only its year and month."""

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
"""A month as ISO 8601 writes it. Within a text it may be anything: a season, a number, a range of years."""
_EPOCH = (1970, 1, 1)
"""The day from which programs count time; they show it for a day that they do not know."""
_LATEST = 2
"""Days, at most, from the one that a text calls today to that on which it is published."""
_TOLERANCE = datetime.timedelta(2)
"""How far a calculated Hijri day may be from the one that was meant: months begin when their moon is seen."""


def first_day(value: str, base: Day | None) -> Day | None:
    """The first date of a field's value; of a day in both calendars the Gregorian date, which needs no calculation."""
    first, *others = find_dates(value, base)[:2] or (None,)
    if first is None or (first.day.year, first.day.month, first.day.day) == _EPOCH:
        return None
    if first.calendar == "hijri" and others and _is_same_day(first, others[0]):
        gregorian = others[0].day
        return replace(gregorian, weekday=first.day.weekday if gregorian.weekday is None else gregorian.weekday)
    return first.day


def _is_same_day(hijri: FoundDate, other: FoundDate) -> bool:
    """Whether the date beside a Hijri one is the Gregorian date of the same day."""
    hijri_day, other_day = hijri.day.date, other.day.date
    if other.calendar != "gregorian" or hijri_day is None or other_day is None:
        return False
    return abs(hijri_day - other_day) <= _TOLERANCE


def stated_day(value: str, base: Day | None = None) -> Day | None:
    """The first day of a field's value, or its year and month where it is only these; `base` as in `find_dates`."""
    if day := first_day(value, base):
        return day
    match = _YEAR_AND_MONTH.fullmatch(fold(value).strip())
    if match is None or not possible(int(match["year"]), int(match["month"]), None):
        return None
    return Day(int(match["year"]), int(match["month"]), None)


def may_be_day_of(lead: str, day: Day) -> bool:
    """Whether a folded text may be published on a day: its "today, Monday" is that weekday, or one of the two before.

    Otherwise the date that stands above the text is that of a visit, or of the whole page.
    """
    if (date := day.date) is None:
        return True
    today = _weekday_of_today(lead)
    return today is None or (date.weekday() - today) % 7 <= _LATEST


def _weekday_of_today(plain: str) -> int | None:
    """The weekday that a folded text calls today, or the one after that which it calls yesterday; None without any."""
    for word, days_past in _words_for_past_days():
        start = plain.find(word)
        while start >= 0:
            if match := _weekday_behind().match(plain, start + len(word)):
                return (weekdays()[match[1]] + days_past) % 7
            start = plain.find(word, start + 1)
    return None


@cache
def _words_for_past_days() -> Sequence[tuple[str, int]]:
    """(word, days that it is past) of today and the days before it, today first, longer words before their parts."""
    words = table("dates")["relative"]
    past = [(fold(word), -days) for word, days in (words["with_weekday"] | words["days"]).items() if days <= 0]
    return sorted(past, key=lambda word_and_days: (word_and_days[1] > 0, -len(word_and_days[0])))


@cache
def _weekday_behind() -> re.Pattern[str]:
    return compiled(rf"[\s،,(/]{{1,3}}(?:يوم )?({weekday_names()})(?!\w)")
