"""Stated days: what the value of a field that holds nothing but a date states, be it only a year and a month."""

from __future__ import annotations

from site_src.model import Day
from site_src.text.calendars import possible
from site_src.text.dates import find_dates
from site_src.text.fold import fold
from site_src.text.patterns import late

_YEAR_AND_MONTH = late(r"(?P<year>(?:1[6-9]|20)\d\d)[-/](?P<month>\d{1,2})")
"""As ISO 8601 writes a reduced date. Within a text it may be anything: a season, a number, a range of years."""


def stated_day(value: str, base: Day | None = None) -> Day | None:
    """The first date of a field's value, or the year and month that the value is; `base` as in `find_dates`."""
    for date in find_dates(value, base)[:1]:
        return date.day
    partial = _YEAR_AND_MONTH.fullmatch(fold(value).strip())
    if partial is None or not possible(int(partial["year"]), int(partial["month"]), None):
        return None
    return Day(int(partial["year"]), int(partial["month"]), None)
