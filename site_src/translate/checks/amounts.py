"""The amounts of a text, and when two say the same: 3.5 billion and 3,500 million, three decades and 30 years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from math import prod

from msgspec import Struct

from site_src.model.brief import Figure
from site_src.tables import table
from site_src.text.figures.english import unit_words
from site_src.text.figures.lexicon import units
from site_src.text.fold import fold
from site_src.text.patterns import compiled
from site_src.translate.glossary import skeleton

_PARTICLES = ("", "و", "ب", "ل", "ف", "وب", "mid-", "late-", "early-")
"""What may be written onto the front of a decade."""
_MILLION = 1_000_000
_BONES = 2
"""Consonants from which two spellings can be told to be of one word; yen and yuan have one."""


_LIKE = "ك"
"""With this before them, hundreds are the end of another word: quantities."""

_DOUBLED = "\u0651"
"""The mark of a doubled letter, which ألف as a thousand does not have: ألّف is "wrote"."""

Value = int | Fraction
"""Whole numbers, which nearly all are, are compared at a fraction of the cost."""


class Amount(Struct, frozen=True):
    """A value of a figure or date, with its place in the text."""

    kind: str
    """A kind of figure, or "day", "time" (minutes of half a day), "vague" (a scale without a number)."""
    value: Value
    unit: str
    start: int
    end: int

    @property
    def slight(self) -> bool:
        """Whether languages say it in many ways: both, a first, once, a second."""
        return self.kind in {"number", "ordinal"} and self.value in {0, 1, 2}


def amounts(text: str, figures: tuple[Figure, ...]) -> tuple[Amount, ...]:
    """The amounts of a text in order; a range is two, "a quarter of a million" is one."""
    found: list[Amount] = []
    for amount in (amount for figure in figures for amount in _read(figure, text)):
        part = found[-1] if found else None
        if part and not part.unit and 0 < part.value < 1 and amount.value >= 1000 and amount.start - part.end < 8:
            found[-1] = Amount(amount.kind, part.value * amount.value, amount.unit, part.start, amount.end)
        else:
            found.append(amount)
    return tuple(found)


def _read(figure: Figure, text: str) -> Iterator[Amount]:
    last = text[figure.end - 1 : figure.end + 1]
    if not last.isdigit() and fold(text[figure.start : figure.end + (last[-1] == "s")]) in decades():
        return
    if figure.kind == "date":
        yield from _date(figure)
    elif figure.low == "1000" and _DOUBLED in text[figure.start : figure.end]:
        return
    elif not figure.low:
        if text[figure.start - 1 : figure.start] == _LIKE:
            return
        yield Amount("vague", _scale(text[figure.start : figure.end]), figure.unit, figure.start, figure.end)
    else:
        after = text[figure.end : figure.end + 4].lstrip()[:3]
        times, unit = table("checks_numbers")["clipped"].get(after, (1, figure.unit))
        cold = unit in table("checks_numbers")["cold"]["units"] and _is_cold(text, figure)
        for value in (figure.low, figure.high):
            if value:
                amount = _value(value) * times
                yield Amount(figure.kind, -abs(amount) if cold else amount, unit, figure.start, figure.end)


@cache
def decades() -> dict[str, int]:
    """What decades are called in either language, folded, which are compared by name: the eighties, 80s."""
    rows = (row for rows in table("checks_numbers")["decades"].values() for row in enumerate(rows))
    return {fold(letters + name): number for number, row in rows for name in row for letters in _PARTICLES}


def _is_cold(text: str, figure: Figure) -> bool:
    """Whether a word before a figure, or behind it, says that it is below zero."""
    behind, before = _cold()
    return text[figure.end :].lstrip().startswith(behind) or text[: figure.start].rstrip().endswith(before)


@cache
def _cold() -> tuple[tuple[str, ...], tuple[str, ...]]:
    words = table("checks_numbers")["cold"]
    return tuple(words["words"]), tuple(words["before"])


def _value(number: str) -> Value:
    return int(number) if number.isdecimal() else Fraction(number)


def _date(figure: Figure) -> Iterator[Amount]:
    """Year, day and time; months are compared by name."""
    if ":" in figure.low:
        hour, minute = figure.low.split(":")
        yield Amount("time", int(hour) % 12 * 60 + int(minute), "", figure.start, figure.end)
        return
    year, _, day = _date_parts(figure.low)
    if year:
        yield Amount("year", year, "", figure.start, figure.end)
    if day:
        yield Amount("day", day, "", figure.start, figure.end)


def _date_parts(low: str) -> tuple[int, int, int]:
    """Year, month and day of "2025-11-07" or "--11-07"; 0 for each that is not stated."""
    year, month, day = (*low.replace("--", "0-").split("-"), "", "")[:3]
    return int(year or 0), int(month or 0), int(day or 0)


def months(figures: tuple[Figure, ...]) -> frozenset[int]:
    """The months of the dates."""
    dated = (figure for figure in figures if figure.kind == "date" and ":" not in figure.low)
    return frozenset(month for figure in dated if (month := _date_parts(figure.low)[1]))


def _scale(words: str) -> int:
    """What "tens of billions" counts by: the product of its scale words."""
    return prod(_scales()[word] for word in _scale_words().findall(fold(words)))


@cache
def _scales() -> dict[str, int]:
    return {fold(word): value for word, value in table("checks_numbers")["scales"].items()}


@cache
def _scale_words() -> re.Pattern[str]:
    return compiled("|".join(map(re.escape, _scales())))


def same(one: Amount, other: Amount) -> bool:
    """Whether two amounts of a pair can be one."""
    if one.kind == "vague" or other.kind == "vague":
        return one.kind == other.kind and one.value == other.value and not _clash(one, other)
    if one.kind == "time" or other.kind == "time":
        return _same_time(one, other)
    if "duration" in (one.kind, other.kind) and one.unit and other.unit:
        return _base(one) == _base(other)
    if _is_hundredth(one, other) or _is_hundredth(other, one):
        return True
    if _is_in_metres(one, other) or _is_in_metres(other, one):
        return True
    return not _clash(one, other) and _same_value(one, other)


def _is_in_metres(metres: Amount, read: Amount) -> bool:
    """Whether one has so many metres and the other so many millions of nothing, as "1,500m" is read."""
    return metres.unit == "m" and not read.unit and read.value == metres.value * _MILLION


def _same_time(one: Amount, other: Amount) -> bool:
    if one.kind == other.kind:
        return one.value == other.value
    time, number = (one, other) if one.kind == "time" else (other, one)
    return time.value in (number.value % 12 * 60, clock(int(number.value)))


def clock(digits: int) -> int:
    """The minutes of half a day that "1224" says in a time without a colon; -1 for no time."""
    hour, minute = divmod(digits, 100)
    return hour % 12 * 60 + minute if 100 <= digits < 2400 and minute < 60 else -1


def _is_hundredth(small: Amount, large: Amount) -> bool:
    """Whether the one says in small units what the other says in large: 51 cents, 0.51 dollars."""
    known = table("checks_numbers")["hundredths"].get(small.unit.partition("/")[0])
    if known is None or small.value != large.value * 100:
        return False
    unit = large.unit.partition("/")[0]
    return unit == known or (not known and large.kind == small.kind) or (not unit and large.value < 1)


def _same_value(one: Amount, other: Amount) -> bool:
    low, high = (one.value, other.value) if one.value < other.value else (other.value, one.value)
    if low == high:
        return True
    if 0 < low < 1 < high:  # a third read as an ordinal; 50 percent for a half
        part, percent = Fraction(low), "percent" in (one.kind, other.kind)
        return high >= 3 and (abs(part * high - 1) < Fraction(1, 100) or (percent and abs(part * 100 - high) < 1))
    return low >= 100 and (low.denominator == 1) != (high.denominator == 1) and high - low < 1


def _base(duration: Amount) -> tuple[str, Value]:
    """A duration in the smallest unit that its own can be counted in."""
    base, times = table("checks_numbers")["durations"].get(duration.unit.partition("/")[0], [duration.unit, 1])
    return base, duration.value * times


def _clash(one: Amount, other: Amount) -> bool:
    """Whether both state units, or how often, of which neither can stand for the other."""
    (first, *rates), (second, *others) = one.unit.split("/"), other.unit.split("/")
    if rates and others and rates[0] in _rates() and others[0] in _rates() and set(rates).isdisjoint(others):
        return True
    if _is_money(first) and _is_money(second):
        return _clashing(_currency(first), _currency(second))
    measures = table("checks_numbers")["measures"]["units"]
    return first != second and first in measures and second in measures


@cache
def _rates() -> frozenset[str]:
    """How often, or for how much: per day, per tonne; the unit km/h holds none of them."""
    return frozenset(table("units")["rates"])


def _is_money(unit: str) -> bool:
    return unit in units() and units()[unit].kind == "money"


@cache
def _currency(unit: str) -> str:
    """What a currency is called whoever issues it: dollars, riyals."""
    return unit_words(unit, False).split()[-1]


def _clashing(one: str, other: str) -> bool:
    """Whether two words for currencies are not spellings of one ("riyals", "rials")."""
    return one != other and (skeleton(one) != skeleton(other) or len(skeleton(one)) < _BONES)
