"""Years and decades: a literal or a spelt number that is a year because of what stands around it."""

from __future__ import annotations

from site_src.text.figures.counted import counted
from site_src.text.figures.english import decimal
from site_src.text.figures.reader import Reader, Reading

_YEARS = range(1900, 2100)
_INTRODUCE = ("between", "from", "before_year")
STATED_YEARS = range(100, 2200)
"""Numbers that a word such as "year" makes a year."""


def year(reader: Reader, place: int) -> Reading | None:
    """The year, or years, that the literal at `place` states; None where it counts something."""
    token, end, last = reader.tokens[place], place + 1, reader.last
    if not token.whole:  # asked first: a range is gone through for a fraction
        return None
    introduced = reader.tokens[place - 1].cues or reader.tokens[end].cues or (last is not None and last.kind == "year")
    if not (introduced or token.value in _YEARS):
        return None
    number = int(token.value)
    if reader.cue(end, "hijri") and number in STATED_YEARS:
        return Reading("year", place, end + 1, str(number), unit="hijri", english=f"{number} AH")
    marked = reader.cue(end, "gregorian") and reader.at(end).definite is False
    after_year = last is not None and last.kind == "year" and last.end in {place, place - 1} and _goes_on(reader, place)
    stated = marked or after_year or reader.cue(place - 1, "year")
    if not (stated and number in STATED_YEARS) and not (number in _YEARS and len(token.text) == 4):
        return None
    if not stated and not _looks_like_year(reader, place):
        return None
    return _year_range(reader, place, end + 1 if marked else end)


def _goes_on(reader: Reader, place: int) -> bool:
    return reader.at(place).joined or not reader.at(place - 1).cues.isdisjoint(("and", "to"))


def _looks_like_year(reader: Reader, place: int) -> bool:
    """A bare number from 1900 to 2099 is a year unless something is counted by it."""
    if counted(reader, place + 1).unit or _scales(reader, place + 1):
        return False
    before, following = reader.at(place - 1), reader.at(place + 1)
    introduced = before.sort == "gap" or not before.cues.isdisjoint(_INTRODUCE)
    accusative = following.sort == "word" and following.bare and following.text.endswith("ا")
    return introduced or following.definite or not accusative


def _scales(reader: Reader, place: int) -> bool:
    return reader.at(place).sort in {"scale", "manyscale", "symbol"}


def _year_range(reader: Reader, place: int, end: int) -> Reading:
    low = decimal(reader.at(place).value)
    between = reader.cue(place - 1, "between") or reader.cue(place - 2, "between")
    onward = reader.connector(end, between=between)
    upper = reader.at(onward) if onward is not None else None
    if upper and onward is not None and upper.sort == "digits" and upper.whole:
        high = upper.text if len(upper.text) == 4 else low[:2] + upper.text
        if len(upper.text) in {2, 4} and int(low) < int(high) < 2200 and not _scales(reader, onward + 1):
            end = onward + 2 if reader.cue(onward + 1, "gregorian") else onward + 1
            return Reading("year", place, end, low, high, english=f"{low} to {high}")
    return Reading("year", place, end, low, english=low)


def spelt_year(reader: Reader, place: int) -> Reading | None:
    """A year said as two numbers, as only English does: nineteen ninety-one, twenty twenty-four."""
    if reader.words.lang != "en":
        return None
    century, rest = reader.at(place), reader.at(place + 1)
    if century.value not in {18, 19, 20} or century.sort not in {"ten", "tens"}:
        return None
    last = reader.at(reader.undashed(place + 2))
    ones = rest.sort == "tens" and last.sort == "digit"
    if not (rest.value < 100 and (ones or rest.sort in {"ten", "tens"})) or rest.glued:
        return None
    number = century.value * 100 + rest.value + (last.value if ones else 0)
    return Reading(
        "year", place, reader.undashed(place + 2) + 1 if ones else place + 2, str(number), english=str(number)
    )


def decade(reader: Reader, place: int) -> Reading | None:
    """The decade that a word such as "seventies" names, unless it is an age."""
    if reader.cue(place + 1, "from") and reader.cue(place + 2, "age"):
        return None
    return decade_reading(place, place + 1, int(reader.at(place).value))


def decade_reading(place: int, end: int, year: int) -> Reading:
    """The ten (or hundred) years from `year`, tokens `place` to `end`."""
    span = 9 if year % 100 else 99
    return Reading("year", place, end, str(year), str(year + span), english=f"{year}s")
