"""A figure in English words, composed from the tables alone; "" when they lack a part of it."""

from __future__ import annotations

from fractions import Fraction

from site_src.model.brief import Figure
from site_src.model.fields import Day
from site_src.tables import table
from site_src.text.figures.lexicon import Number, Unit, units

_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_DECIMALS = 10**4
"""A number with a scale word has no more decimals than this has zeros."""
_MANY = {10: "tens", 100: "hundreds", 1000: "thousands", 10**6: "millions", 10**9: "billions", 10**12: "trillions"}


def decimal(value: Number) -> str:
    """The canonical decimal of a value: no exponent, no trailing zeros, at most four decimals."""
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):.4f}".rstrip("0").rstrip(".")


def number_words(value: Number, *, spell: bool = False) -> str:
    """A number as English news writes it: "3.5 billion", "1,500", "0.5"; small ones spelt when `spell`."""
    for scale, name in _SCALES:
        if value >= scale and value * _DECIMALS % scale == 0:
            scaled = decimal(Fraction(value, scale))
            if len(scaled) <= 7:
                return f"{scaled} {name}"
    if value.denominator == 1:
        words = table("numbers")["en"]["digit"].get(str(value)) if spell else None
        return words[0] if words else f"{value.numerator:,}"
    return decimal(value)


def vague_words(many: int, scale: int) -> str:
    """A scale without a number: tens of billions, hundreds, thousands; 0 stands for a part that is missing."""
    return " of ".join([_MANY[power] for power in (many, scale) if power])


def unit_words(unit_id: str, *, singular: bool) -> str:
    """A unit's English name, singular or plural, with its rate: "barrels per day"."""
    unit = units().get(unit_id)
    if unit is not None:
        return unit.singular if singular else unit.plural
    base, _, rate = unit_id.rpartition("/")
    return f"{unit_words(base, singular=singular)} {table('units')['rates'][rate]['en'][0]}"


_FRACTIONS: dict[Number, str] = {
    Fraction(1, 2): "half", Fraction(1, 3): "a third", Fraction(2, 3): "two-thirds", Fraction(1, 4): "a quarter",
    Fraction(3, 4): "three-quarters", Fraction(1, 5): "a fifth", Fraction(2, 5): "two-fifths",
    Fraction(3, 5): "three-fifths", Fraction(4, 5): "four-fifths", Fraction(1, 6): "a sixth",
    Fraction(1, 7): "a seventh", Fraction(1, 9): "a ninth",
    Fraction(1, 8): "an eighth", Fraction(1, 10): "a tenth",
}  # fmt: skip


def _part_words(value: Number, unit: Unit) -> str:
    """A part of one of a unit: half an hour, a third of a mile; "" where English counts it otherwise (0.8 degrees)."""
    countable = unit.kind in {"duration", "quantity"} and value.denominator < 5
    fraction = _FRACTIONS.get(value) if countable else None
    if not fraction:
        return ""
    of = "" if fraction == "half" else " of"
    return f"{fraction}{of} {'an' if unit.takes_an else 'a'} {unit.singular}"


def figure_words(low: Number, high: Number | None, unit_id: str, vague: tuple[int, int] = (0, 0)) -> str:
    """The figure in English: its number or range (or `vague` words), and its unit if it has one."""
    if any(vague):
        words = vague_words(*vague)
        return f"{words} of {unit_words(unit_id, singular=False)}" if unit_id else words
    if unit_id == "percent":
        return " to ".join(f"{number_words(end)}%" for end in (low, high) if end is not None)
    unit = units().get(unit_id)
    if high is None and unit and (part := _part_words(low, unit)):
        return part
    if high is None and not unit_id and low in _FRACTIONS:
        return _FRACTIONS[low]
    spell = unit is not None and unit.kind in {"number", "duration"} and high is None
    words = number_words(low, spell=spell) if high is None else _range_words(low, high)
    return f"{words} {unit_words(unit_id, singular=low == 1 and high is None)}" if unit_id else words


def _range_words(low: Number, high: Number) -> str:
    """Two ends, with the scale only once where both share it: 3 to 5 million."""
    low_words, high_words = number_words(low), number_words(high)
    number, _, scale = low_words.partition(" ")
    return f"{number if scale and high_words.endswith(' ' + scale) else low_words} to {high_words}"


def ordinal_words(value: int, unit_id: str = "") -> str:
    """An ordinal: spelt up to tenth, then 11th; with its noun, 21st century."""
    spelt = table("numbers")["en"]["ordinal"].get(str(value)) if value <= 10 else None
    ending = "th" if value % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    words = spelt[0] if spelt else f"{value}{ending}"
    return f"{words} {unit_words(unit_id, singular=True)}" if unit_id else words


def date_words(year: int | None, month: int | None, day: int | None) -> str:
    """A date as far as it is known: 7 November 2025."""
    name = next(filter(str.isascii, table("months")["gregorian"][month - 1])) if month else ""
    return " ".join(str(part) for part in (day, name, year) if part)


def either_day_words(day: Day) -> str:
    """A date in digits that may be read in two orders, in both: 3/4/2026 is 3 April or 4 March 2026."""
    day_first, month_first = date_words(None, day.month, day.day), date_words(day.year, day.day, day.month)
    return f"{day_first} or {month_first}"


def qualified_words(english: str, qualifier: str) -> str:
    """A figure's English with its qualifier, an id of `qualifiers.toml` or "": at least 20 people."""
    return f"{table('qualifiers')['qualifier'][qualifier]['en']} {english}" if english and qualifier else english


def stated_words(figure: Figure) -> str:
    """The figure's English with its qualifier: it stands in where the sentence or title of the figure is missing.

    "" where the tables have none, and for a figure that the text does not state but we worked out (a day for
    "Tuesday"): a line of mere names and figures cannot mark which of them are worked out.
    """
    return "" if figure.reckoned else qualified_words(figure.english, figure.qualifier)
