"""The amounts of a text, and whether two of them are the same: 3.5 billion and 3,500 million, a decade and 10 years."""

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

_DECADE_PREFIXES = ("", "و", "ب", "ل", "ف", "وب", "mid-", "late-", "early-")
"""What may be written onto the front of a decade."""
_MILLION = 1_000_000
_CONSONANTS = 2
"""Consonants that a word needs before two spellings of it can be recognised; yen and yuan have one."""
_LETTER_KAF = "ك"
"""With this letter before them, the letters of "hundreds" are the end of another word: quantities."""
_SHADDA = "\u0651"
"""The mark of a doubled letter, which ألف as a thousand does not have: ألّف is "wrote"."""

Value = int | Fraction
"""Nearly all values are whole numbers, and int is compared at a fraction of the cost."""


class Amount(Struct, frozen=True):
    """A value of a figure or date, with its place in the text."""

    kind: str
    """A kind of figure, or "day", "time" (minutes of half a day), "vague" (a scale without a number)."""
    value: Value
    unit: str
    start: int
    end: int

    @property
    def is_idiomatic(self) -> bool:
        """Whether languages express the value in many ways without a number: both, a first, once, a second."""
        return self.kind in {"number", "ordinal"} and self.value in {0, 1, 2}


def amounts(text: str, figures: tuple[Figure, ...]) -> tuple[Amount, ...]:
    """The amounts of a text in order; a range is two amounts, "a quarter of a million" is one."""
    amounts_of_text: list[Amount] = []
    for amount in (amount for figure in figures for amount in _read_figure(figure, text)):
        previous = amounts_of_text[-1] if amounts_of_text else None
        if previous and _is_fraction_of(previous, amount):
            product = previous.value * amount.value
            amounts_of_text[-1] = Amount(amount.kind, product, amount.unit, previous.start, amount.end)
        else:
            amounts_of_text.append(amount)
    return tuple(amounts_of_text)


def _is_fraction_of(part: Amount, total: Amount) -> bool:
    """Whether `part` is a fraction of the large number close behind it: "a quarter of a million"."""
    return not part.unit and 0 < part.value < 1 and total.value >= 1000 and total.start - part.end < 8


def _read_figure(figure: Figure, text: str) -> Iterator[Amount]:
    """The amounts of one figure: none for a decade or for a word that only looks like a figure."""
    words = text[figure.start : figure.end]
    last = text[figure.end - 1 : figure.end + 1]
    if not last.isdigit() and fold(text[figure.start : figure.end + (last[-1] == "s")]) in decades():
        return
    if figure.kind == "date":
        yield from _read_date(figure)
    elif figure.low == "1000" and _SHADDA in words:
        return
    elif not figure.low:
        if text[figure.start - 1 : figure.start] == _LETTER_KAF:
            return
        yield Amount("vague", _scale(words), figure.unit, figure.start, figure.end)
    else:
        following = text[figure.end : figure.end + 4].lstrip()[:3]
        factor, unit = table("checks_numbers")["clipped"].get(following, (1, figure.unit))
        below_zero = unit in table("checks_numbers")["cold"]["units"] and _is_below_zero(text, figure)
        for number in (figure.low, figure.high):
            if number:
                value = _parse_number(number) * factor
                yield Amount(figure.kind, -abs(value) if below_zero else value, unit, figure.start, figure.end)


@cache
def decades() -> dict[str, int]:
    """The folded names of decades in both languages (the eighties, 80s), which are compared by name, to numbers."""
    rows = (row for rows in table("checks_numbers")["decades"].values() for row in enumerate(rows))
    return {fold(prefix + name): number for number, names in rows for name in names for prefix in _DECADE_PREFIXES}


def _is_below_zero(text: str, figure: Figure) -> bool:
    """Whether a word right before the figure, or right behind it, says that it is below zero."""
    words_behind, words_before = _below_zero_words()
    return text[figure.end :].lstrip().startswith(words_behind) or text[: figure.start].rstrip().endswith(words_before)


@cache
def _below_zero_words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words for "below zero" that stand behind a figure, and those that stand before it."""
    words = table("checks_numbers")["cold"]
    return tuple(words["words"]), tuple(words["before"])


def _parse_number(number: str) -> Value:
    return int(number) if number.isdecimal() else Fraction(number)


def _read_date(figure: Figure) -> Iterator[Amount]:
    """The year and the day, or the time, of a date; months are compared by name."""
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
    """The months of the dates among the figures, 1 to 12."""
    dates = (figure.low for figure in figures if figure.kind == "date" and ":" not in figure.low)
    return frozenset(month for date in dates if (month := _date_parts(date)[1]))


def _scale(words: str) -> int:
    """What "tens of billions" counts by: the product of its scale words."""
    return prod(_scales()[word] for word in _scale_words().findall(fold(words)))


@cache
def _scales() -> dict[str, int]:
    return {fold(word): value for word, value in table("checks_numbers")["scales"].items()}


@cache
def _scale_words() -> re.Pattern[str]:
    return compiled("|".join(map(re.escape, _scales())))


def is_same_amount(one: Amount, other: Amount) -> bool:
    """Whether two amounts, one of each text, can be the same."""
    if one.kind == "vague" or other.kind == "vague":
        return one.kind == other.kind and one.value == other.value and not _units_clash(one, other)
    if one.kind == "time" or other.kind == "time":
        return _is_same_time(one, other)
    if "duration" in (one.kind, other.kind) and one.unit and other.unit:
        return _in_base_unit(one) == _in_base_unit(other)
    if _is_hundredth(one, other) or _is_hundredth(other, one):
        return True
    if _is_metres_read_as_millions(one, other) or _is_metres_read_as_millions(other, one):
        return True
    return not _units_clash(one, other) and _is_same_value(one, other)


def _is_metres_read_as_millions(metres: Amount, millions: Amount) -> bool:
    """Whether one is metres and the other as many millions without a unit, which is how "1,500m" may be read."""
    return metres.unit == "m" and not millions.unit and millions.value == metres.value * _MILLION


def _is_same_time(one: Amount, other: Amount) -> bool:
    if one.kind == other.kind:
        return one.value == other.value
    time, number = (one, other) if one.kind == "time" else (other, one)
    return time.value in (number.value % 12 * 60, clock(int(number.value)))


def clock(digits: int) -> int:
    """The minutes since midnight or noon of a time without a colon ("1224"); -1 where the digits are no time."""
    hour, minute = divmod(digits, 100)
    return hour % 12 * 60 + minute if 100 <= digits < 2400 and minute < 60 else -1


def _is_hundredth(small: Amount, large: Amount) -> bool:
    """Whether `small` is the same in hundredths of the unit of `large`: 51 cents, 0.51 dollars."""
    whole_unit = table("checks_numbers")["hundredths"].get(small.unit.partition("/")[0])
    if whole_unit is None or small.value != large.value * 100:
        return False
    unit = large.unit.partition("/")[0]
    return unit == whole_unit or (not whole_unit and large.kind == small.kind) or (not unit and large.value < 1)


def _is_same_value(one: Amount, other: Amount) -> bool:
    """Whether two values are equal, or one is a rounded or otherwise written form of the other."""
    low, high = (one.value, other.value) if one.value < other.value else (other.value, one.value)
    if low == high:
        return True
    if 0 < low < 1 < high:  # a third read as an ordinal; 50 percent for a half
        part, percent = Fraction(low), "percent" in (one.kind, other.kind)
        return high >= 3 and (abs(part * high - 1) < Fraction(1, 100) or (percent and abs(part * 100 - high) < 1))
    only_one_is_whole = (low.denominator == 1) != (high.denominator == 1)
    return low >= 100 and only_one_is_whole and high - low < 1


def _in_base_unit(duration: Amount) -> tuple[str, Value]:
    """A duration in the smallest unit in which its own unit can be counted: the unit and the value."""
    base_unit, factor = table("checks_numbers")["durations"].get(duration.unit.partition("/")[0], [duration.unit, 1])
    return base_unit, duration.value * factor


def _units_clash(one: Amount, other: Amount) -> bool:
    """Whether both amounts have units or rates, and neither can stand for the other."""
    (unit, *rates), (other_unit, *other_rates) = one.unit.split("/"), other.unit.split("/")
    both_are_rates = bool(rates and other_rates) and rates[0] in _rates() and other_rates[0] in _rates()
    if both_are_rates and set(rates).isdisjoint(other_rates):
        return True
    if _is_money(unit) and _is_money(other_unit):
        return _currencies_differ(_currency(unit), _currency(other_unit))
    measures = table("checks_numbers")["measures"]["units"]
    return unit != other_unit and unit in measures and other_unit in measures


@cache
def _rates() -> frozenset[str]:
    """What a rate is per: per day, per tonne; the h of the unit km/h is none of them."""
    return frozenset(table("units")["rates"])


def _is_money(unit: str) -> bool:
    return unit in units() and units()[unit].kind == "money"


@cache
def _currency(unit: str) -> str:
    """What a currency is called whoever issues it: dollars, riyals."""
    return unit_words(unit, singular=False).split()[-1]


def _currencies_differ(one: str, other: str) -> bool:
    """Whether two names of currencies are not two spellings of one ("riyals", "rials")."""
    return one != other and (skeleton(one) != skeleton(other) or len(skeleton(one)) < _CONSONANTS)
