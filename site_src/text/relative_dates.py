"""Relative dates ("أمس", "قبل 3 ساعات", "الجمعة الماضي"), resolved against a date that is known.

What the words leave open stays open: "منذ أسبوعين" names no day, only the month if all its days lie in one.
Without a time in the known date, hours are counted back from the end of that day.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from site_src.model.fields import Day
from site_src.tables import table
from site_src.text.calendars import FoundDate, months, possible
from site_src.text.date_surroundings import weekday_names, weekdays, with_day
from site_src.text.fold import fold_all
from site_src.text.patterns import compiled
from site_src.text.words import alternatives

Match = re.Match[str]
Resolve = Callable[[Match, datetime], Day | None]
_LEAD = 12
"""Characters before a relative date in which the words are looked for that must precede it."""
_BEFORE_TRIGGER, _AFTER_TRIGGER = 20, 80
"""Characters from the first trigger back to where its date may begin, and from the last to where its may end."""
_JOIN = 5
"""Characters between two days of one month that are told together (5 إلى 7 ديسمبر)."""
_FURTHEST = {"minute": 120, "hour": 72, "day": 31, "week": 8, "month": 18, "year": 10}
"""The largest count of a unit by which a day is worked out: larger ones are rounded (قبل 30 عاما, منذ 760 شهرا)."""
_EXACT = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}


def resolved(plain: str, stated: list[FoundDate], base: Day) -> list[FoundDate]:
    """The stated dates and the relative ones of a folded text, in its order, resolved against the day `base`.

    A stated date without a year is given one where the words behind it fix it.
    """
    known = _moment(base)
    if known is None:
        return stated
    dates = _with_shared_years([_with_year(plain, date, known) for date in stated])
    starts = [date.start for date in dates]
    relative_dates = []
    for date in _relative(plain, known):
        place = bisect_left(starts, date.end)
        if place == 0 or dates[place - 1].end <= date.start:
            relative_dates.append(date)
    return sorted([*dates, *relative_dates], key=lambda date: date.start)


def may_be_relative(form: str) -> bool:
    """Whether a folded piece without spaces may be part of a relative date; a text without such a piece has none."""
    single_words, last_words = _telltale_words()
    return form.startswith(last_words) or any(map(form.__contains__, single_words))


@cache
def _telltale_words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(words that a piece may hold anywhere, last words of phrases with which it may begin)."""
    triggers = {word for form in _forms() for word in form.triggers}
    single_words = _shortest([word for word in triggers if " " not in word])
    phrases = [trigger for trigger in triggers if not any(map(trigger.__contains__, single_words))]
    return single_words, tuple({phrase.split()[-1] for phrase in phrases})


def _moment(base: Day) -> datetime | None:
    """The time of a full day, its last minute where it has no time; None for a day that is not full."""
    try:
        hour, minute = map(int, (base.time or "23:59").split(":"))
        return datetime(base.year or 0, base.month or 0, base.day or 0, hour, minute)
    except ValueError:
        return None


def _relative(plain: str, known: datetime) -> Iterator[FoundDate]:
    """The relative dates of a folded text, form by form; a date out of the calendar's range is left out."""
    for form in _forms():
        for match in _matches(form, plain):
            try:
                day = form.resolve(match, known)
            except OverflowError:
                continue
            if day is not None:
                yield with_day(plain, FoundDate(*match.span(), day, relative=True))


def _matches(form: _Form, plain: str) -> Iterator[Match]:
    """The matches of a form behind what must precede it, from left to right, never overlapping; only near triggers."""
    triggers = [trigger for trigger in form.triggers if trigger in plain]
    if not triggers:
        return
    start = max(0, min(map(plain.find, triggers)) - _BEFORE_TRIGGER)
    limit = max(map(plain.rfind, triggers)) + _AFTER_TRIGGER
    while match := form.pattern.search(plain, start, limit):
        if form.before.search(plain, max(0, match.start() - _LEAD), match.start()):
            yield match
            start = match.end()
        else:
            start = match.start() + 1


def _words() -> dict[str, Any]:
    words: dict[str, Any] = table("dates")["relative"]
    return words


@cache
def _numbers(kind: str) -> dict[str, int]:
    """Folded word to its number, of the table `kind`: days by their distance from the known one."""
    words = _words()[kind]
    return dict(zip(fold_all([*words]), words.values(), strict=True))


@cache
def _counts() -> dict[str, int]:
    """The folded words for 3 to 10, which stand before a plural."""
    words = table("numbers")["ar"]
    rows = [(int(value), fold_all(forms)) for value, forms in (words["digit"] | words["ten"]).items()]
    return {word: value for value, forms in rows if value > 2 for word in forms}


@cache
def _units() -> dict[str, tuple[str, int]]:
    """Folded word to its unit and the count that it states itself; 0 where a number must stand before it."""
    return {
        word: (unit, count)
        for unit, rows in _words()["units"].items()
        for count, words in zip((1, 2, 0), rows, strict=True)
        for word in fold_all(words)
    }


def _single_days() -> list[str]:
    """The folded words for one day."""
    return [word for word, unit_and_count in _units().items() if unit_and_count == ("day", 1)]


@cache
def _signs() -> dict[str, int]:
    """Folded word to -1 for "last", 0 for "this" and 1 for "next"."""
    kinds = ((-1, "past"), (0, "present"), (1, "future"))
    return {word: sign for sign, kind in kinds for word in fold_all(_words()[kind])}


@cache
def _months() -> dict[str, int]:
    return {name: number for name, (calendar, number) in months().items() if calendar == "gregorian"}


class _Form(Struct, frozen=True):
    """One way to name a day by its distance from another."""

    triggers: tuple[str, ...]
    """Words of which the text must hold one; the pattern is not tried elsewhere."""
    before: re.Pattern[str]
    """What must stand before it. It is tried only where `pattern` matches, since that begins with letters and is found
    many times as fast."""
    pattern: re.Pattern[str]
    resolve: Resolve


@cache
def _forms() -> tuple[_Form, ...]:
    words = _words()
    ago, days, signs = fold_all(words["ago"]), list(_numbers("days")), list(_signs())
    with_weekday = fold_all(words["with_weekday"])

    after_particle = r"(?<!\w)[وفلب]?\Z"
    after_no_l = r"(?<!\w)[وفب]?\Z"  # لامس is "touched"
    in_the_clear = rf"(?:^|[:|،(–-]\s?|(?<!\w)(?:{alternatives(words['today_after'])})\s)\Z"

    number, units = rf"(?:\d{{1,3}}|{alternatives(_counts())})", alternatives(_units())
    not_from_today = rf"(?!(?:{alternatives(words['from_today'])})(?!\w))"
    from_other_day = rf"(?:\s(?:{alternatives(words['of_time'])})){{0,2}}\sمن\s{not_from_today}"
    name = rf"(?P<name>{weekday_names()})(?!\w)"
    weekday_behind = rf"\s(?:{name}|\((?P<bracketed>{weekday_names()})\))"
    month = rf"(?P<month>{words['this_month']}|{alternatives(_months())})"
    sign = _sign_after().pattern

    alone = rf"(?!(?:{alternatives(_single_days())})\s(?!(?:{alternatives(fold_all(words['of_time']))})(?!\w))\w)"
    rest = rf"\sو(?:(?:{alternatives(fold_all(words['and_part']))})|(?:{number}\s)?(?:{units}))(?!\w)"
    open_end = rf"\s(?:{alternatives(fold_all(words['open_end']))})(?!\w)"
    of_which = rf"\s(?:ال\w|\d|(?:{alternatives([*months(), *days])})(?!\w))"
    unit = rf"(?:(?P<count>{number})\s|{alone})(?P<unit>{units})(?(count)|(?!{of_which}))"
    ago_unit = rf"(?:{alternatives(ago)})\s{unit}(?!\w|{rest}|{open_end}|{from_other_day})"
    near_day = rf"(?P<word>{alternatives(days)})(?!\w)(?:{weekday_behind})?"
    near_weekday = rf"(?P<word>{alternatives(with_weekday)}){weekday_behind}"
    today = rf"{words['today']}(?=\s?(?:[^\w\s]|$))"
    return (
        _form(ago, after_particle, ago_unit, _resolve_ago),
        _form(days, after_no_l, near_day, _resolve_near_day),
        _form(with_weekday, after_particle, near_weekday, _resolve_near_day),
        _form([words["today"]], in_the_clear, today, lambda _, known: Day.of(known)),
        _form(signs, after_particle, rf"{name}{sign}", _resolve_weekday),
        _form(signs, after_particle, rf"{month}{sign}", _resolve_month),
        _form(signs, after_particle, rf"(?:{alternatives(words['this_year'])}){sign}", _resolve_year),
    )


def _form(triggers: Sequence[str], before: str, pattern: str, resolve: Resolve) -> _Form:
    return _Form(_shortest(triggers), compiled(before), compiled(pattern), resolve)


def _shortest(words: Sequence[str]) -> tuple[str, ...]:
    """The words that contain none of the other words."""
    return tuple(word for word in words if not any(other != word and other in word for other in words))


@cache
def _sign_after() -> re.Pattern[str]:
    """The word behind a day, month or year that says whether it is the last, this or the next one."""
    return compiled(rf"\s(?P<sign>{alternatives(_signs())})(?!\w)")


def _resolve_ago(match: Match, known: datetime) -> Day | None:
    """The day of "three hours ago" and the like; only its month or year where the words leave the day open."""
    unit, count = _units()[match["unit"]]
    if match["count"]:
        count = int(match["count"]) if match["count"].isdigit() else _counts()[match["count"]]
    if not 0 < count <= _FURTHEST[unit]:
        return None
    if unit in _EXACT:
        return Day.of(known - count * _EXACT[unit])
    if unit == "week":
        return _common_part(known - timedelta(days=7 * count + 6), known - timedelta(days=7 * count))
    if unit == "month":
        return _month_away(known, -count)
    return Day(known.year - count, None, None) if known.year > count else None


def _common_part(first: datetime, last: datetime) -> Day | None:
    """The year, and the month where it is the same, of all days from the first to the last; None over two years."""
    if first.year != last.year:
        return None
    return Day(first.year, first.month if first.month == last.month else None, None)


def _month_away(known: datetime, count: int) -> Day:
    """The month that lies `count` months after the known day."""
    years, month = divmod(known.month - 1 + count, 12)
    return Day(known.year + years, month + 1, None)


def _resolve_near_day(match: Match, known: datetime) -> Day | None:
    """Yesterday, today, tomorrow; None when a weekday beside it says that the known date is not the writer's."""
    days = (_numbers("days") | _numbers("with_weekday"))[" ".join(match["word"].split())]
    moment, weekday_name = known + timedelta(days=days), match["name"] or match["bracketed"]
    if not weekday_name:
        return Day.of(moment)
    weekday = weekdays()[weekday_name]
    return replace(Day.of(moment), weekday=weekday) if weekday == moment.weekday() else None


def _resolve_weekday(match: Match, known: datetime) -> Day:
    """The last such weekday before the known day, or the next one after it."""
    weekday, sign = weekdays()[match["name"]], _signs()[match["sign"]]
    days = (weekday - known.weekday()) % 7
    if sign < 0 or (sign == 0 and weekday < known.weekday()):
        days -= 7
    elif sign > 0 and days == 0:
        days = 7
    return replace(Day.of(known + timedelta(days=days)), weekday=weekday)


def _resolve_month(match: Match, known: datetime) -> Day:
    sign = _signs()[match["sign"]]
    if (month := _months().get(match["month"])) is None:
        return _month_away(known, sign)
    return Day(_year_of(known, sign, month, 0), month, None)


def _year_of(known: datetime, sign: int, month: int, day: int) -> int:
    """The year of the last such date before the known one (`sign` -1), of the next after it (1), or the same year (0).

    `day` is 0 for a month without a day.
    """
    date, known_date = (month, day), (known.month, known.day if day else 0)
    if sign < 0:
        return known.year - (date >= known_date)
    return known.year + (sign > 0 and date <= known_date)


def _resolve_year(match: Match, known: datetime) -> Day:
    return Day(known.year + _signs()[match["sign"]], None, None)


def _with_year(plain: str, date: FoundDate, known: datetime) -> FoundDate:
    """A date without a year takes it from the word after it ("7 نوفمبر الماضي")."""
    day = date.day
    if day.year is not None or day.month is None:
        return date
    match = _sign_after().match(plain, date.end)
    if match is None:
        return date
    year = _year_of(known, _signs()[match["sign"]], day.month, day.day or 0)
    if not possible(year, day.month, day.day):
        return date
    return replace(date, end=match.end(), day=replace(day, year=year), relative=True)


def _with_shared_years(dates: list[FoundDate]) -> list[FoundDate]:
    """The dates, with the year that was worked out for one also for the day right before it (5 و7 ديسمبر المقبل)."""
    shared = list(dates)
    for place in range(len(dates) - 2, -1, -1):
        date, following = shared[place], shared[place + 1]
        year, month, day = following.day.year, date.day.month, date.day.day
        joined = following.relative and following.start - date.end <= _JOIN and following.day.month == month
        if joined and date.day.year is None and year and month and possible(year, month, day):
            shared[place] = replace(date, day=replace(date.day, year=year), relative=True)
    return shared
