"""Dates: where a text states one, and which day it is, as far as it is stated.

Gregorian (months of every Arab region, doubled names, English), numeric (day first), ISO and Hijri; relative forms only
against a known date. A missing year stays missing, an impossible date is no date, and nothing depends on today's date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from msgspec.structs import replace

from site_src.model.fields import Day
from site_src.text.calendars import Calendar, FoundDate, hijri, months, ordinals, possible
from site_src.text.date_surroundings import with_surroundings
from site_src.text.fold import folded
from site_src.text.memo import Memo
from site_src.text.patterns import compiled, late
from site_src.text.relative_dates import resolved
from site_src.text.words import alternatives, folded_list

Reading = tuple[Day, Calendar]
"""The Gregorian day that words state, and the calendar that they use."""


class _DaySpan(NamedTuple):
    """Where a date with the name of a month stands in a folded text."""

    start: int
    end: int
    day: int | None
    """The day of the month; None where only the month is stated."""


_HINT = late(r"\d|\bمن\b")
_SEPARATED = late(r"\d\s?[/\\.-]\s?\d")
_MAY_SEPARATE = late(r"(?:^|\d)\s?[/\\.-]")
"""Found in each piece between two spaces that may be part of what `_SEPARATED` finds."""
_NUMERIC = late(
    r"(?<![\d./,_-])(?<![a-z])(?:"
    r"(?P<year>[12]\d{3})(?P<by>\s?[/\\.-]\s?)(?P<month>\d{1,2})(?P=by)(?P<day>\d{1,2})(?=t\d|[^a-z\d_]|$)"
    r"|(?P<first>\d{1,2})(?P<sign>\s?[/\\.-]\s?)(?P<second>\d{1,2})(?P=sign)(?P<late>[12]\d{3})(?!\d)"
    r"|(?P<first2>\d{1,2})/(?P<second2>\d{1,2})/(?P<short>\d\d)(?!\d)"
    r")(?!/|[-.]\d(?!\d?:)|[-_][a-z])"
)
_ERA = r"(?:\s?(?:م|ه|ميلادي|ميلاديه|هجري|هجريه|للهجره)(?!\w))?"
_YEAR = (
    r"(?:\s?[/-]\s?|\s+|\s(?:من\s)?(?:لل|ال|ل)?(?:عام|سنه)\s"
    r"|\s?[,،]\s?(?=\d{4}\s?(?:[^\w\s]|$|م\b|gmt|utc|الساعه|at\b|\d))|)"
    rf"(?P<year>[12]\d{{3}})(?!\d|[.,:]\d|\s?[%٪]){_ERA}"
)
_BEGINS_MONTH = r"(?:(?<![^\W\d_])|(?<=(?<!\w)[ولبف]))"
_DAY = late(
    r"(?:(?<!\d)(?<!\d[.,:/])(?P<first>\d{1,2})(?:\s?[-–]\s?|\s(?:الي|حتي)\s|\sو\s?))?"
    r"(?<!\d)(?<!\d[.,:/])(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    r"(?:\s?[,،]\s|\s?[/.-]\s?|\s)?(?:(?:of|من)\s)?(?:شهر\s)?\Z"
)
_AFTER = late(rf"(?:\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\w.:/]))?(?:{_YEAR})?")
_END_OF_ERA = late(_ERA)
_HIJRI_YEARS = range(1300, 1501)
_WINDOW = 48
"""Characters before a month in which its day begins."""
_REMEMBERED = 60
"""Characters of the longest text whose dates are remembered."""
# A month makes a date only beside a number, or after "من" and an ordinal: nowhere else its names are searched for.
_NUMBER = late(r"\d+")
_OF = late(r" من\s(?:شهر\s)?")
_BEFORE_NUMBER = {1: 16, 2: 16, 4: _WINDOW}
"""Digits of a number to the characters before it within which its month begins; other numbers are no day or year."""
_AFTER_NUMBER = 12
"""Characters behind a number within which its month begins."""
_BETWEEN_CALENDARS = 1
"""Words or signs between a day and the same day of another calendar."""
_LONGEST_NAME = 28
"""Characters of the longest name of a month, doubled."""


def find_dates(text: str, base: Day | None = None, *, stated: bool = True) -> tuple[FoundDate, ...]:
    """The dates of `text` in order, none overlapping; relative ones only when `base`, a known full date, is given.

    Without `stated` no others are looked for: no piece of the text `may_hold_date`.
    """
    return _plain_dates[text] if base is None and len(text) <= _REMEMBERED else _dates(text, base, stated=stated)


def _dates(text: str, base: Day | None, *, stated: bool = True) -> tuple[FoundDate, ...]:
    if base is None and not _HINT.search(text):
        return ()
    view = folded(text)
    dates = [with_surroundings(text, view, date) for date in _stated_dates(view.text)] if stated else []
    if base is not None and base.full:
        dates = resolved(view.text, dates, base)
    return tuple(_without_overlaps(dates, view.span))


def _stated_dates(plain: str) -> list[FoundDate]:
    return sorted([*_numeric_dates(plain), *_named_dates(plain)], key=lambda date: date.start)


_plain_dates: Memo[tuple[FoundDate, ...]] = Memo(lambda text: _dates(text, None))
"""The dates of short texts: several rules ask for those of a page's fields, and many pages have the same."""


def _without_overlaps(
    dates: list[FoundDate], to_original: Callable[[int, int], tuple[int, int]]
) -> Iterator[FoundDate]:
    """The dates that overlap no earlier one, with offsets in the text as written."""
    previous_end = 0
    for date in dates:
        if date.start >= previous_end:
            previous_end = date.end
            original_start, original_end = to_original(date.start, date.end)
            yield replace(date, start=original_start, end=original_end)


def date_part(words: str, day: Day) -> str:
    """The part of a line that states the day, in two calendars if it does; all of it where no date in it is the day."""
    dates = [date for date in find_dates(words) if _may_be_same_day(date.day, day)]
    if not dates:
        return words
    end = dates[0].end
    for date in dates[1:]:
        if len(words[end : date.start].split()) > _BETWEEN_CALENDARS:
            break
        end = date.end
    return words[dates[0].start : end]


def _may_be_same_day(date: Day, day: Day) -> bool:
    """Whether a date, with or without a year, may be the day."""
    return date.year in (None, day.year) and (date.month, date.day) == (day.month, day.day)


def may_hold_date(form: str) -> bool:
    """Whether a folded piece between two spaces may be part of a date; a text without such a piece has no date."""
    return _may_be_month[form] or (not form.isalpha() and _MAY_SEPARATE.search(form) is not None)


def find_impossible(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of what is written as a whole date but is no day of its calendar: "31 فبراير 2025", "2025-13-01"."""
    if not _HINT.search(text):
        return ()
    view = folded(text)
    spans = [match.span() for match in _NUMERIC.finditer(view.text) if _numeric_reading(match) is None]
    for month in _month_names(view.text):
        calendar, number = months()[_spaced(month["name"])]
        year, days = _year_and_days(view.text, max(0, month.start() - _WINDOW), month)
        for start, end, day in days if year else ():
            if day is not None and _date_reading(calendar, year, number, day) is None:
                spans.append((start, end))
    return tuple(view.span(*span) for span in sorted(spans))


def _numeric_dates(plain: str) -> Iterator[FoundDate]:
    """The dates that are written in digits alone."""
    if not _SEPARATED.search(plain):
        return
    for match in _NUMERIC.finditer(plain):
        reading = _numeric_reading(match)
        if reading is not None:
            era = _END_OF_ERA.match(plain, match.end())
            yield FoundDate(match.start(), era.end() if era else match.end(), *reading)


def _numeric_reading(match: re.Match[str]) -> Reading | None:
    if match["year"]:
        return _numeric_day(match["year"], match["month"], match["day"], iso=True)
    if match["late"]:
        return _numeric_day(match["late"], match["second"], match["first"], dotted="." in match["sign"])
    century = "20" if match["short"] < "70" else "19"
    return _numeric_day(century + match["short"], match["second2"], match["first2"])


def _numeric_day(
    written_year: str, written_month: str, written_day: str, *, iso: bool = False, dotted: bool = False
) -> Reading | None:
    """The day is read first, the month first where only that is possible; the day is `ambiguous` where both are.

    The order of ISO 8601 (`iso`) leaves no doubt, nor do dots (`dotted`), before which no locale of CLDR has the month.
    """
    year, month, day = int(written_year), int(written_month), int(written_day)
    if year in _HIJRI_YEARS:
        return hijri(year, month, day)
    if not iso and month > 12 >= day:
        month, day = day, month
    if not possible(year, month, day):
        return None
    both_orders = month != day <= 12 and int(written_month) <= 12
    return Day(year, month, day, ambiguous=both_orders and not (iso or dotted)), "gregorian"


@cache
def _month_pattern() -> re.Pattern[str]:
    names = alternatives(months())
    return compiled(
        rf"{_BEGINS_MONTH}(?P<name>{names})(?![^\W\d_])(?:\.(?=\s?\d))?"
        rf"(?:(?:\s?[/(–-]\s?|(?P<bare>\s))(?P<double>{names})(?!\w)\)?)?"
    )


@cache
def _ordinal_pattern() -> re.Pattern[str]:
    names = alternatives(ordinals())
    return compiled(rf"(?<!\w)[وف]?(?P<ordinal>{names})\sمن\s(?:شهر\s)?\Z")


def _spaced(name: str) -> str:
    """The name with single spaces, as the tables have it."""
    return " ".join(name.split())


@cache
def _first_words() -> re.Pattern[str]:
    return compiled(rf"{_BEGINS_MONTH}(?:{alternatives(name.split()[0] for name in months())})(?![^\W\d_])")


_may_be_month: Memo[bool] = Memo(lambda form: _first_words().search(form) is not None)
"""Whether a folded piece between two spaces holds the first word of some month's name."""


def _named_dates(plain: str) -> Iterator[FoundDate]:
    """The dates with the name of a month."""
    if not any(map(_may_be_month.__getitem__, plain.split())):
        return
    previous_end = 0
    for month in _month_names(plain):
        calendar, number = months()[_spaced(month["name"])]
        if month["double"] and months()[_spaced(month["double"])] != (calendar, number):
            continue
        year, days = _year_and_days(plain, max(previous_end, month.start() - _WINDOW), month)
        for start, end, day in days:
            if reading := _date_reading(calendar, year, number, day):
                yield FoundDate(start, end, *reading)
                previous_end = end


def _month_names(plain: str) -> Iterator[re.Match[str]]:
    """Names of months near a number, or right after the "من" that may follow an ordinal."""
    pattern, previous_end = _month_pattern(), 0
    for anchor in sorted([*_NUMBER.finditer(plain), *_OF.finditer(plain)], key=re.Match.start):
        start, end = anchor.span()
        names: list[re.Match[str]] = []
        if not anchor[0].isdigit():
            name = pattern.match(plain, end) if end >= previous_end else None
            names = [name] if name else []
        elif end - start in _BEFORE_NUMBER:
            first_start, last_start = max(previous_end, start - _BEFORE_NUMBER[end - start]), end + _AFTER_NUMBER
            nearby = pattern.finditer(plain, first_start, last_start + _LONGEST_NAME)
            names = [name for name in nearby if name.start() <= last_start]
        yield from (_without_double(plain, name) for name in names)
        previous_end = names[-1].end() if names else previous_end


def _without_double(plain: str, month: re.Match[str]) -> re.Match[str]:
    """The match without its second word where that is only a space away and no other name of the same month."""
    if month["bare"] is None or months()[_spaced(month["name"])] == months()[_spaced(month["double"])]:
        return month
    return _month_pattern().match(plain, month.start(), month.end("name")) or month


def _year_and_days(plain: str, floor: int, month: re.Match[str]) -> tuple[int | None, list[_DaySpan]]:
    """The year after a month, and the dates it makes with the days before it or the day after it.

    The days before it begin at offset `floor` or later.
    """
    after = _AFTER.match(plain, month.end())
    if after is None:
        return None, []
    year = int(after["year"]) if after["year"] else None
    if days := _days_before(plain, floor, month.start()):
        last = days[-1]
        if after["day"]:  # that number belongs to something else, and so does a year behind it
            return None, [*days[:-1], last._replace(end=month.end())]
        return year, [*days[:-1], last._replace(end=after.end())]
    if after["day"]:
        is_date = year or month["name"].isascii()
        return year, [_DaySpan(month.start(), after.end(), int(after["day"]))] if is_date else []
    return year, [_DaySpan(month.start(), after.end(), None)] if year else []


def _date_reading(calendar: Calendar, year: int | None, month: int, day: int | None) -> Reading | None:
    """The day; None where there is none, and for an incomplete Hijri date: only a whole one has a Gregorian equal."""
    if calendar == "hijri":
        return hijri(year, month, day) if year and day is not None else None
    return (Day(year, month, day), "gregorian") if possible(year, month, day) else None


def _days_before(plain: str, floor: int, month_start: int) -> list[_DaySpan]:
    """The day or days ("7-9", "7 و9") of the month written right before it."""
    if match := _DAY.search(plain, floor, month_start):
        days = [_DaySpan(*match.span("day"), int(match["day"]))]
        if match["first"] and int(match["first"]) < int(match["day"]):
            days.insert(0, _DaySpan(*match.span("first"), int(match["first"])))
        return days
    if plain[max(floor, month_start - 6) : month_start].rstrip().endswith((" من", " شهر")):
        match = _ordinal_pattern().search(plain, floor, month_start)
        if match and not folded_list("dates", "parts").intersection(plain[floor : match.start()].split()[-1:]):
            return [_DaySpan(*match.span("ordinal"), ordinals()[_spaced(match["ordinal"])])]
    return []
