"""Dates: where a text states one, and which day it is, as far as it is stated.

Gregorian (months of every Arab region, doubled names, English), numeric (day first), ISO and Hijri; relative forms only
against a known date. A missing year stays missing, an impossible date is none, and today's date plays no part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

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
Span = tuple[int, int, int | None]
"""Start, end and number of a day of the month; None where only the month is stated."""

_HINT = late(r"\d|\bمن\b")
_SEPARATED = late(r"\d\s?[/\\.-]\s?\d")
_MAY_SEPARATE = late(r"(?:^|\d)\s?[/\\.-]")
"""In what stands between two spaces, of all that `_SEPARATED` finds."""
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
_REMEMBERED = 60
"""Characters of the longest text whose dates are remembered."""
# A month makes a date only beside a number, or after "من" and an ordinal: no other place is searched for its names.
_NUMBER = late(r"\d+")
_OF = late(r" من\s(?:شهر\s)?")
_BEFORE_NUMBER = {1: 16, 2: 16, 4: _WINDOW}
"""How far before a day or a year, by the number of its digits, a month may begin; other numbers are neither."""
_AFTER_NUMBER = 12
_BETWEEN_CALENDARS = 1
"""Words or signs between a day and the same day of another calendar."""
_LONGEST_NAME = 28


def find_dates(text: str, base: Day | None = None) -> tuple[FoundDate, ...]:
    """The dates of `text` in order, none overlapping; relative ones only when `base`, a known full date, is given."""
    return _plain_dates[text] if base is None and len(text) <= _REMEMBERED else _dates(text, base)


def _dates(text: str, base: Day | None) -> tuple[FoundDate, ...]:
    if base is None and not _HINT.search(text):
        return ()
    view = folded(text)
    found = sorted([*_numeric(view.text), *_named(view.text)], key=lambda date: date.start)
    found = [with_surroundings(text, view, date) for date in found]
    if base is not None and base.full:
        found = resolved(view.text, found, base)
    return tuple(_apart(found, view.span))


_plain_dates: Memo[tuple[FoundDate, ...]] = Memo(lambda text: _dates(text, None))
"""Of short texts: the dates of a page's fields are asked for by several rules, and many pages have the same."""


def _apart(found: list[FoundDate], span: Callable[[int, int], tuple[int, int]]) -> Iterator[FoundDate]:
    """The dates that overlap no earlier one, their places counted in the text as written."""
    end = 0
    for date in found:
        if date.start >= end:
            end = date.end
            first, last = span(date.start, date.end)
            yield replace(date, start=first, end=last)


def date_part(words: str, day: Day) -> str:
    """The part of a line that states the day, in two calendars if it does; all of it where no date in it is the day."""
    same = [one for one in find_dates(words) if one.day.year in (None, day.year) and _in_year(one.day) == _in_year(day)]
    if not same:
        return words
    end = same[0].end
    for one in same[1:]:
        if len(words[end : one.start].split()) > _BETWEEN_CALENDARS:
            break
        end = one.end
    return words[same[0].start : end]


def _in_year(day: Day) -> tuple[int | None, int | None]:
    return day.month, day.day


def may_hold_date(form: str) -> bool:
    """Whether what stands between two spaces, folded, may be part of a stated date; one without such has no date."""
    return _may_be_month[form] or (not form.isalpha() and _MAY_SEPARATE.search(form) is not None)


def find_impossible(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of what is written as a whole date and is the day of no calendar: "31 فبراير 2025", "2025-13-01"."""
    if not _HINT.search(text):
        return ()
    view = folded(text)
    found = [match.span() for match in _NUMERIC.finditer(view.text) if _numeric_reading(match) is None]
    for month in _month_names(view.text):
        calendar, number = months()[_spaced(month["name"])]
        year, spans = _around(view.text, max(0, month.start() - _WINDOW), month)
        whole = [span for span in spans if year and span[2] is not None]
        found += [(begin, end) for begin, end, day in whole if _read(calendar, year, number, day) is None]
    return tuple(view.span(*span) for span in sorted(found))


def _numeric(plain: str) -> Iterator[FoundDate]:
    if not _SEPARATED.search(plain):
        return
    for match in _NUMERIC.finditer(plain):
        reading = _numeric_reading(match)
        if reading is not None:
            era = _END_OF_ERA.match(plain, match.end())
            yield FoundDate(match.start(), era.end() if era else match.end(), *reading)


def _numeric_reading(match: re.Match[str]) -> Reading | None:
    if match["year"]:
        return _numeric_day(match["year"], match["month"], match["day"], ordered=True)
    if match["late"]:
        return _numeric_day(match["late"], match["second"], match["first"])
    century = "20" if match["short"] < "70" else "19"
    return _numeric_day(century + match["short"], match["second2"], match["first2"])


def _numeric_day(written_year: str, written_month: str, written_day: str, ordered: bool = False) -> Reading | None:
    """Day first; month first where only that is possible, `ambiguous` where both are."""
    year, month, day = int(written_year), int(written_month), int(written_day)
    if year in _HIJRI_YEARS:
        return hijri(year, month, day)
    if not ordered and month > 12 >= day:
        month, day = day, month
    if not possible(year, month, day):
        return None
    return Day(year, month, day, ambiguous=not ordered and month != day <= 12 and int(written_month) <= 12), "gregorian"


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
    """The name with plain spaces, as the tables have it."""
    return " ".join(name.split())


@cache
def _first_words() -> re.Pattern[str]:
    return compiled(rf"{_BEGINS_MONTH}(?:{alternatives(name.split()[0] for name in months())})(?![^\W\d_])")


_may_be_month: Memo[bool] = Memo(lambda form: _first_words().search(form) is not None)
"""Whether what stands between two spaces, folded, holds the first word of some month's name."""


def _named(plain: str) -> Iterator[FoundDate]:
    """Dates with the name of a month."""
    if not any(map(_may_be_month.__getitem__, plain.split())):
        return
    end = 0
    for month in _month_names(plain):
        calendar, number = months()[_spaced(month["name"])]
        if month["double"] and months()[_spaced(month["double"])] != (calendar, number):
            continue
        year, spans = _around(plain, max(end, month.start() - _WINDOW), month)
        for begin, after, day in spans:
            if reading := _read(calendar, year, number, day):
                yield FoundDate(begin, after, *reading)
                end = after


def _month_names(plain: str) -> Iterator[re.Match[str]]:
    """Names of months near a number, or right after the "من" that may follow an ordinal."""
    pattern, done = _month_pattern(), 0
    for anchor in sorted([*_NUMBER.finditer(plain), *_OF.finditer(plain)], key=re.Match.start):
        length = anchor.end() - anchor.start()
        near: list[re.Match[str]] = []
        if not anchor[0].isdigit():
            month = pattern.match(plain, anchor.end()) if anchor.end() >= done else None
            near = [month] if month else []
        elif length in _BEFORE_NUMBER:
            first, last = max(done, anchor.start() - _BEFORE_NUMBER[length]), anchor.end() + _AFTER_NUMBER
            near = [month for month in pattern.finditer(plain, first, last + _LONGEST_NAME) if month.start() <= last]
        yield from (_undoubled(plain, month) for month in near)
        done = near[-1].end() if near else done


def _undoubled(plain: str, month: re.Match[str]) -> re.Match[str]:
    """The match without the word behind it that, with only a space between, is no other name of the same month."""
    if month["bare"] is None or months()[_spaced(month["name"])] == months()[_spaced(month["double"])]:
        return month
    return _month_pattern().match(plain, month.start(), month.end("name")) or month


def _around(plain: str, floor: int, month: re.Match[str]) -> tuple[int | None, list[Span]]:
    """The year after a month, and the dates it makes with the days before it or the day after it."""
    after = _AFTER.match(plain, month.end())
    if after is None:
        return None, []
    year = int(after["year"]) if after["year"] else None
    if days := _days_before(plain, floor, month.start()):
        end = month.end() if after["day"] else after.end()
        return None if after["day"] else year, [*days[:-1], (days[-1][0], end, days[-1][2])]
    if after["day"] and (year or month["name"].isascii()):
        return year, [(month.start(), after.end(), int(after["day"]))]
    return year, [(month.start(), after.end(), None)] if year and not after["day"] else []


def _read(calendar: Calendar, year: int | None, month: int, day: int | None) -> Reading | None:
    """A Hijri date is one only when it is whole, for nothing less has a Gregorian equal."""
    if calendar == "hijri":
        return hijri(year, month, day) if year and day is not None else None
    return (Day(year, month, day), "gregorian") if possible(year, month, day) else None


def _days_before(plain: str, floor: int, at: int) -> list[Span]:
    """The day or days ("7-9", "7 و9") of the month written right before it."""
    if match := _DAY.search(plain, floor, at):
        days: list[Span] = [(*match.span("day"), int(match["day"]))]
        if match["first"] and int(match["first"]) < int(match["day"]):
            days.insert(0, (*match.span("first"), int(match["first"])))
        return days
    if plain[max(floor, at - 6) : at].rstrip().endswith((" من", " شهر")):
        match = _ordinal_pattern().search(plain, floor, at)
        if match and not folded_list("dates", "parts").intersection(plain[floor : match.start()].split()[-1:]):
            return [(*match.span("ordinal"), ordinals()[_spaced(match["ordinal"])])]
    return []
