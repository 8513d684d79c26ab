"""What belongs to a date beside it: the weekday before it, the time and the zone before or after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from msgspec.structs import replace

from site_src.tables import table
from site_src.text.calendars import FoundDate, as_sighted, numbered, ordinals, possible
from site_src.text.fold import Folded
from site_src.text.patterns import compiled
from site_src.text.words import alternatives

_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?"
_LINK = r"[\s،,|–-]"
_AFTER_DATE = 60
_BEFORE_DATE = 40
"""Characters in which the surroundings of a date are looked for."""


@cache
def weekdays() -> dict[str, int]:
    """Number of each folded name of a weekday, 0 for Monday."""
    return numbered(table("dates")["weekdays"], 0)


@cache
def weekday_names() -> str:
    """A pattern for the name of a weekday."""
    return alternatives(weekdays())


@cache
def _weekday_pattern() -> re.Pattern[str]:
    matching = alternatives(table("dates")["matching"])
    return compiled(rf"(?<!\w)[ولب]?(?P<name>{weekday_names()})\.?[\s،,:(]{{1,3}}(?:(?:{matching})[\s:]{{1,2}})?\Z")


@cache
def _half_of_day() -> str:
    words = table("dates")
    before, after = alternatives(words["before_noon"]), alternatives(words["after_noon"])
    return rf"(?:\s?(?:(?P<morning>{before})|(?P<evening>{after}))\.?(?!\w))?"


@cache
def _zone() -> str:
    names = alternatives(table("dates")["zones"])
    return (
        rf"(?P<zone>(?:{names})(?!\w)(?:\s?[+-]\s?\d{{1,2}}(?::?\d{{2}})?)?|z(?!\w)|[+-]\d{{2}}:?\d{{2}}(?!\d)"
        r"|(?:بال)?ب?توقيت\s\w+(?:\sال\w+)?)"
    )


@cache
def _time_after() -> re.Pattern[str]:
    hour = alternatives(table("dates")["hour"])
    loose = rf"(?:{hour})[\s:]{{0,2}}(?P<hour2>\d{{1,2}})(?:[:.](?P<minute2>\d{{2}}))?(?!\d)"
    zone = rf"(?:\s?(?P<zoned>\()?{_zone()}(?(zoned)\)))?"
    lead = rf"(?:{_LINK}{{0,3}}(?:(?:في|علي|عند)\s)?(?:تمام\s)?)"
    return compiled(
        rf"(?:(?:t|{_LINK}{{1,3}}(?P<bracket>\()?){_CLOCK}(?!\d)|{lead}{loose}){_half_of_day()}{zone}(?(bracket)\))"
    )


@cache
def _zone_after() -> re.Pattern[str]:
    return compiled(rf"\s(?P<zoned>\()?{_zone()}(?(zoned)\))")


@cache
def _time_before() -> re.Pattern[str]:
    return compiled(
        rf"(?<![\d:.])(?:الساعه\s)?{_CLOCK}{_half_of_day()}(?:\s{_zone()})?(?:{_LINK}{{1,3}}|\s(?:من\s)?يوم\s)\Z"
    )


def with_surroundings(text: str, view: Folded, date: FoundDate) -> FoundDate:
    """The date with its weekday, time and zone; the zone is spelt as in `text`.

    The offsets of `date`, given and returned, count in the folded text of `view`.
    """
    return _with_time(text, view, _with_weekday(view.text, date))


def _with_weekday(plain: str, date: FoundDate) -> FoundDate:
    match = _weekday_pattern().search(plain, max(0, date.start - _BEFORE_DATE), date.start)
    if match is None:
        return date
    end = date.end
    if "(" in match[0] and plain[end : end + 1] == ")":
        end += 1
    weekday = weekdays()[match["name"]]
    day = as_sighted(date.day, weekday) if date.calendar == "hijri" else date.day
    return replace(date, start=match.start("name"), end=end, day=replace(day, weekday=weekday))


def _with_time(text: str, view: Folded, date: FoundDate) -> FoundDate:
    if date.day.day is None:
        return date
    for match in _time_candidates(view.text, date):
        if (time := _time(match.groupdict())) is not None:
            zone = text[slice(*view.span(*match.span("zone")))].strip() if match["zone"] else ""
            start, end = min(date.start, match.start()), max(date.end, match.end())
            return replace(date, start=start, end=end, day=replace(date.day, time=time, zone=zone))
    return date


def _time_candidates(plain: str, date: FoundDate) -> Iterator[re.Match[str]]:
    """Matches that may be the time or the zone of a date."""
    for pattern in (_time_after(), _zone_after()):
        if match := pattern.match(plain, date.end, date.end + _AFTER_DATE):
            yield match
    if match := _time_before().search(plain, max(0, date.start - _BEFORE_DATE), date.start):
        yield match


def _time(parts: Mapping[str, str | None]) -> str | None:
    """The time as HH:MM of 24 hours; "" where only a zone is stated, None if there is no such time."""
    hour = parts.get("hour") or parts.get("hour2")
    if hour is None:
        return ""
    hours, minutes = int(hour), int(parts.get("minute") or parts.get("minute2") or 0)
    if parts["evening"] and hours < 12:
        hours += 12
    elif parts["morning"] and hours == 12:
        hours = 0
    return f"{hours:02d}:{minutes:02d}" if hours < 24 and minutes < 60 else None


def with_day(plain: str, date: FoundDate) -> FoundDate:
    """A date of "this month" with the day before it (18 من الشهر الحالي); others as they are."""
    year, month = date.day.year, date.day.month
    if not (year and month and plain.startswith(table("dates")["relative"]["this_month"], date.start)):
        return date
    match = _day_before_month().search(plain, max(0, date.start - _BEFORE_DATE), date.start)
    if match is None:
        return date
    day = int(match["digits"] or ordinals()[match["ordinal"]])
    if not possible(year, month, day):
        return date
    return replace(date, start=match.start("day"), day=replace(date.day, day=day))


@cache
def _day_before_month() -> re.Pattern[str]:
    beginning = rf"(?:^|(?<!\w)(?:{alternatives(table('dates')['relative']['day_after'])})\s)"
    return compiled(rf"{beginning}(?P<day>(?:(?P<digits>\d{{1,2}})|(?P<ordinal>{alternatives(ordinals())}))\sمن\s)\Z")
