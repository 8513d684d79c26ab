"""Years and decades: a literal or spelt number that is a year because of the words around it."""

from __future__ import annotations

from site_src.text.figures.counted import find_counted
from site_src.text.figures.english import decimal
from site_src.text.figures.lexicon import units
from site_src.text.figures.reader import Reader, Reading

_YEARS = range(1900, 2100)
_COUNTED = ("ا", "ه")
"""Ends of the singular that a number above ten counts."""
_INTRODUCING_CUES = ("between", "from", "before_year")
STATED_YEARS = range(100, 2200)
"""Numbers that are a year beside a word such as "year"."""


def read_year(reader: Reader, place: int) -> Reading | None:
    """The year, or years, that the literal at `place` states; None where it counts something."""
    token, end, last = reader.tokens[place], place + 1, reader.last
    if not token.is_plain_integer:  # asked first: a fraction in a range is looked for from its beginning
        return None
    follows_year = last is not None and last.kind == "year"
    has_cues_beside = reader.tokens[place - 1].cues or reader.tokens[end].cues
    if not (has_cues_beside or follows_year or token.value in _YEARS):
        return None
    number = int(token.value)
    if reader.cue(end, "hijri") and number in STATED_YEARS:
        return Reading("year", place, end + 1, str(number), unit="hijri", english=f"{number} AH")
    gregorian = reader.cue(end, "gregorian") and not reader.tokens[end].definite
    stated = gregorian or reader.cue(place - 1, "year") or _continues_years(reader, place)
    if not (stated and number in STATED_YEARS):
        if number not in _YEARS or len(token.text) != 4:
            return None
        if not stated and not _looks_like_year(reader, place):
            return None
    return _year_range(reader, place, end + 1 if gregorian else end)


def _continues_years(reader: Reader, place: int) -> bool:
    """Whether a number is joined to the year that was read right before it (عامي 2019 و2020)."""
    last = reader.last
    if last is None or last.kind != "year" or last.end not in {place, place - 1}:
        return False
    return reader.tokens[place].has_and or not reader.tokens[place - 1].cues.isdisjoint(("and", "to"))


def _looks_like_year(reader: Reader, place: int) -> bool:
    """Whether a bare number from 1900 to 2099 is a year: it is unless it counts or numbers something (رقم 1902)."""
    unit = find_counted(reader, place + 1).unit
    if (unit and not _is_single_time(reader, place, unit)) or _is_scaled(reader, place + 1):
        return False
    before, following = reader.tokens[place - 1], reader.tokens[place + 1]
    if "label" in before.cues:
        return False
    introduced = before.sort == "gap" or not before.cues.isdisjoint(_INTRODUCING_CUES)
    accusative = following.sort == "word" and following.bare and following.text.endswith(_COUNTED)
    return introduced or following.definite or not accusative


def _is_single_time(reader: Reader, place: int, unit: str) -> bool:
    """Whether one of a unit of time follows, which such a number would count in the accusative (2019 يوم السبت)."""
    counted = units().get(unit)
    if counted is None or counted.kind != "duration" or reader.tokens[place].value % 100 <= 10:
        return False
    return reader.tokens[place + 1].text == counted.arabic_singular and not counted.arabic_singular.endswith("ه")


def _is_scaled(reader: Reader, place: int) -> bool:
    """Whether the number before `place` has a scale or a symbol there."""
    return reader.tokens[place].sort in {"scale", "manyscale", "symbol"}


def _year_range(reader: Reader, place: int, end: int) -> Reading:
    """The year at `place`, which ends before `end`, or the range of years that begins with it."""
    low = decimal(reader.tokens[place].value)
    between = reader.cue(place - 1, "between") or reader.cue(place - 2, "between")
    upper_start = reader.upper_end_start(end, between=between)
    if upper_start is not None and (high := _upper_year(reader, upper_start, low)):
        end = upper_start + 2 if reader.cue(upper_start + 1, "gregorian") else upper_start + 1
        return Reading("year", place, end, low, high, english=f"{low} to {high}")
    return Reading("year", place, end, low, english=low)


def _upper_year(reader: Reader, place: int, low: str) -> str:
    """The year at `place`, of two or four digits, that ends a range from the year `low`; "" where none does."""
    token = reader.tokens[place]
    if token.sort != "digits" or not token.is_plain_integer or len(token.text) not in {2, 4}:
        return ""
    year = token.text if len(token.text) == 4 else low[:2] + token.text
    return year if int(low) < int(year) < 2200 and not _is_scaled(reader, place + 1) else ""


def read_spelt_year(reader: Reader, place: int) -> Reading | None:
    """A year said as two numbers, as only English does: nineteen ninety-one, twenty twenty-four."""
    if reader.words.lang != "en":
        return None
    century, tens = reader.tokens[place], reader.tokens[place + 1]
    if century.value not in {18, 19, 20} or century.sort not in {"ten", "tens"}:
        return None
    last_place = reader.after_hyphen(place + 2)
    last = reader.tokens[last_place]
    has_ones = tens.sort == "tens" and last.sort == "digit"
    if tens.glued or tens.value >= 100 or not (has_ones or tens.sort in {"ten", "tens"}):
        return None
    number = str(century.value * 100 + tens.value + (last.value if has_ones else 0))
    return Reading("year", place, last_place + 1 if has_ones else place + 2, number, english=number)


def read_decade(reader: Reader, place: int) -> Reading | None:
    """The decade that a word such as "seventies" names, unless it is an age."""
    if reader.cue(place + 1, "from") and reader.cue(place + 2, "age"):
        return None
    return decade_reading(place, place + 1, int(reader.tokens[place].value))


def decade_reading(place: int, end: int, first_year: int) -> Reading:
    """The ten (or hundred) years from `first_year`, tokens `place` to `end`."""
    span = 9 if first_year % 100 else 99
    return Reading("year", place, end, str(first_year), str(first_year + span), english=f"{first_year}s")
