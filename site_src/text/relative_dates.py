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
"""Characters that what must precede a relative date takes at most."""
_FRONT, _REACH = 20, 80
"""Characters from the first trigger to the beginning of its date, and from the last past what may follow it."""
_EXACT = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}


def resolved(plain: str, stated: list[FoundDate], base: Day) -> list[FoundDate]:
    """The stated dates, missing years filled where words fix them, and the relative ones, in order of place."""
    known = _moment(base)
    if known is None:
        return stated
    dates = [_with_year(plain, date, known) for date in stated]
    starts = [date.start for date in dates]
    apart = []
    for found in _relative(plain, known):
        place = bisect_left(starts, found.end)
        if place == 0 or dates[place - 1].end <= found.start:
            apart.append(found)
    return sorted([*dates, *apart], key=lambda date: date.start)


def may_be_relative(form: str) -> bool:
    """Whether a piece of text without spaces, folded, may be part of a relative date; one without such has none."""
    within, begins = _bearers()
    return form.startswith(begins) or any(map(form.__contains__, within))


@cache
def _bearers() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words of which a piece must hold one; words that are the last of several, with one of which it may begin."""
    words = {word for form in _forms() for word in form.triggers}
    within = _least([word for word in words if " " not in word])
    return within, tuple({word.split()[-1] for word in words if not any(map(word.__contains__, within))})


def _moment(base: Day) -> datetime | None:
    try:
        hour, minute = map(int, (base.time or "23:59").split(":"))
        return datetime(base.year or 0, base.month or 0, base.day or 0, hour, minute)
    except ValueError:
        return None


def _relative(plain: str, known: datetime) -> Iterator[FoundDate]:
    for form in _forms():
        for match in _matches(form, plain):
            try:
                day = form.resolve(match, known)
            except OverflowError:
                continue
            if day is not None:
                yield with_day(plain, FoundDate(*match.span(), day, relative=True))


def _matches(form: _Form, plain: str) -> Iterator[Match]:
    """Where a form stands behind what may precede it, from left to right, never overlapping; sought near triggers."""
    held = [trigger for trigger in form.triggers if trigger in plain]
    if not held:
        return
    end, last = max(0, min(map(plain.find, held)) - _FRONT), max(map(plain.rfind, held)) + _REACH
    while match := form.pattern.search(plain, end, last):
        start, end = match.span()
        if form.before.search(plain, max(0, start - _LEAD), start):
            yield match
        else:
            end = start + 1


def _words() -> dict[str, Any]:
    words: dict[str, Any] = table("dates")["relative"]
    return words


@cache
def _numbers(kind: str) -> dict[str, int]:
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
    """Folded word to its unit and the count that it says itself, 0 where a number must stand before it."""
    return {
        word: (unit, (1, 2, 0)[min(place, 2)])
        for unit, forms in _words()["units"].items()
        for place, word in enumerate(fold_all(forms))
    }


@cache
def _signs() -> dict[str, int]:
    kinds = ((-1, "past"), (0, "present"), (1, "future"))
    return {word: sign for sign, kind in kinds for word in fold_all(_words()[kind])}


@cache
def _months() -> dict[str, int]:
    return {name: number for name, (calendar, number) in months().items() if calendar == "gregorian"}


class _Form(Struct, frozen=True):
    """One way to name a day by its distance from another."""

    triggers: tuple[str, ...]
    """Words without one of which the pattern need not be tried."""
    before: re.Pattern[str]
    """What must stand before it. Sought only where the pattern is found, which begins with letters: a search for that
    is many times as fast."""
    pattern: re.Pattern[str]
    resolve: Resolve


@cache
def _forms() -> tuple[_Form, ...]:
    words = _words()
    unit = rf"(?:(?P<count>\d{{1,3}}|{alternatives(_counts())})\s)?(?P<unit>{alternatives(_units())})"
    sure = rf"(?:^|[:|،(–-]\s?|(?<!\w)(?:{alternatives(words['today_after'])})\s)\Z"
    name = rf"(?P<name>{weekday_names()})(?!\w)"
    beside = rf"\s(?:{name}|\((?P<bracketed>{weekday_names()})\))"
    fixed = alternatives(words["with_weekday"])
    sign = _sign_after().pattern
    other = rf"(?:\s(?:{alternatives(words['of_time'])})){{0,2}}\sمن\s(?!(?:{alternatives(words['from_today'])})(?!\w))"
    ago, days, signs = fold_all(words["ago"]), list(_numbers("days")), list(_signs())
    led = r"(?<!\w)[وفلب]?\Z"
    return (
        _form(ago, led, rf"(?:{alternatives(ago)})\s{unit}(?!\w|\s\d{{4}}(?!\d)|{other})", _ago),
        _form(days, led, rf"(?P<word>{alternatives(days)})(?!\w)(?:{beside})?", _near),
        _form(fold_all(words["with_weekday"]), led, rf"(?P<word>{fixed}){beside}", _near),
        _form([words["today"]], sure, rf"{words['today']}(?=\s?(?:[^\w\s]|$))", lambda _, known: Day.of(known)),
        _form(signs, led, rf"{name}{sign}", _weekday),
        _form(signs, led, rf"(?P<month>{words['this_month']}|{alternatives(_months())}){sign}", _month),
        _form(signs, led, rf"(?:{alternatives(words['this_year'])}){sign}", _year),
    )


def _form(triggers: Sequence[str], before: str, pattern: str, resolve: Resolve) -> _Form:
    return _Form(_least(triggers), compiled(before), compiled(pattern), resolve)


def _least(words: Sequence[str]) -> tuple[str, ...]:
    """The words that hold no other of them."""
    return tuple(word for word in words if not any(other != word and other in word for other in words))


@cache
def _sign_after() -> re.Pattern[str]:
    return compiled(rf"\s(?P<sign>{alternatives(_signs())})(?!\w)")


def _ago(match: Match, known: datetime) -> Day | None:
    unit, count = _units()[match["unit"]]
    if match["count"]:
        count = int(match["count"]) if match["count"].isdigit() else _counts()[match["count"]]
    if not count:
        return None
    if unit in _EXACT:
        return Day.of(known - count * _EXACT[unit])
    if unit == "week":
        return _shared(known - timedelta(days=7 * count + 6), known - timedelta(days=7 * count))
    if unit == "month":
        return _month_away(known, -count)
    return Day(known.year - count, None, None) if known.year > count else None


def _shared(first: datetime, last: datetime) -> Day | None:
    """What all days of a span have in common."""
    if first.year != last.year:
        return None
    return Day(first.year, first.month if first.month == last.month else None, None)


def _month_away(known: datetime, count: int) -> Day:
    years, month = divmod(known.month - 1 + count, 12)
    return Day(known.year + years, month + 1, None)


def _near(match: Match, known: datetime) -> Day | None:
    """Yesterday, today, tomorrow; nothing when a weekday beside it says that the known date is not the writer's."""
    away = (_numbers("days") | _numbers("with_weekday"))[" ".join(match["word"].split())]
    moment, said = known + timedelta(days=away), match["name"] or match["bracketed"]
    named = weekdays()[said] if said else None
    if named is None:
        return Day.of(moment)
    return replace(Day.of(moment), weekday=named) if named == moment.weekday() else None


def _weekday(match: Match, known: datetime) -> Day:
    """The last such weekday before the known day, or the next one after it."""
    number, sign = weekdays()[match["name"]], _signs()[match["sign"]]
    away = (number - known.weekday()) % 7
    if sign < 0 or (sign == 0 and number < known.weekday()):
        away -= 7
    elif sign > 0 and away == 0:
        away = 7
    return replace(Day.of(known + timedelta(days=away)), weekday=number)


def _month(match: Match, known: datetime) -> Day:
    sign = _signs()[match["sign"]]
    if (month := _months().get(match["month"])) is None:
        return _month_away(known, sign)
    return Day(_year_of(known, sign, month, 0), month, None)


def _year_of(known: datetime, sign: int, month: int, day: int) -> int:
    """The year of the last such date before the known one, of the next after it, or the same year."""
    this, present = (month, day), (known.month, known.day if day else 0)
    if sign < 0:
        return known.year - (this >= present)
    return known.year + (sign > 0 and this <= present)


def _year(match: Match, known: datetime) -> Day:
    return Day(known.year + _signs()[match["sign"]], None, None)


def _with_year(plain: str, date: FoundDate, known: datetime) -> FoundDate:
    """A date without a year takes it from the word after it ("7 نوفمبر الماضي")."""
    if date.day.year is not None or date.day.month is None:
        return date
    match = _sign_after().match(plain, date.end)
    if match is None:
        return date
    day = date.day.day or 0
    year = _year_of(known, _signs()[match["sign"]], date.day.month, day)
    if not possible(year, date.day.month, date.day.day):
        return date
    return replace(date, end=match.end(), day=replace(date.day, year=year), relative=True)
