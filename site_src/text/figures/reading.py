"""One figure at a place of the token stream: number, range, year, ordinal, dual, with its unit or counted noun."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from site_src.model import FigureKind
from site_src.text.figures.cardinals import Cardinal, Reader, cardinal
from site_src.text.figures.counted import Counted, counted, counted_before
from site_src.text.figures.english import decimal, figure_words, ordinal_words
from site_src.text.figures.lexicon import units

_YEARS = range(1900, 2100)
_STATED_YEARS = range(100, 2200)


@dataclass(frozen=True, slots=True)
class Reading:
    """Tokens `start` to `end` (exclusive); an empty `kind` means: read past them, they are no figure."""

    kind: FigureKind | None
    start: int
    end: int
    low: str = ""
    high: str = ""
    unit: str = ""
    noun: int = -1
    """The token that names what is counted, where the units do not know it."""
    english: str = ""


def read(reader: Reader, place: int, last: Reading | None) -> Reading | None:
    """The figure that begins at `place`, given the one before it; None where there is none."""
    token = reader.at(place)
    if _named_group(reader, place):
        return Reading(None, place, place + 1)
    if token.sort == "ordinal":
        return _ordinal(reader, place)
    if token.sort == "decades":
        return _decade(reader, place)
    if token.sort == "dual":
        return _dual(reader, place)
    if token.sort == "symbol":
        return _money_before(reader, place)
    if token.sort == "digits":
        special = _phone(reader, place) or _tailed(reader, place) or _year(reader, place, last)
        if special:
            return special
    return _number(reader, place)


def _named_group(reader: Reader, place: int) -> bool:
    """The number of a group (G20 as مجموعة العشرين, Group of Seven) is a name."""
    before = place - 1
    if reader.cue(before, "group_of") and reader.cue(before - 1, "group"):
        return True
    return reader.cue(before, "group") and reader.at(place).definite


def _phone(reader: Reader, place: int) -> Reading | None:
    """A whole literal with a leading zero begins a telephone number or a code; its groups go with it."""
    if not (reader.at(place).whole and len(reader.at(place).text) > 1 and reader.at(place).value.numerator >= 0):
        return None
    if not reader.at(place).text.startswith("0"):
        return None
    end = place + 1
    while reader.at(end).sort in {"digits", "dash"}:
        end += 1
    return Reading(None, place, end)


def _tailed(reader: Reader, place: int) -> Reading | None:
    """ "10th", "1990s": a literal with letters glued to it."""
    token, tail = reader.at(place), reader.at(place + 1)
    if not tail.glued or not token.whole:
        return None
    if reader.cue(place + 1, "ordinal_tail"):
        return _ordinal_reading(reader, place, place + 2, int(token.value))
    if reader.cue(place + 1, "decade_tail") and token.value % 10 == 0 and token.value >= 1000:
        return _decade_reading(place, place + 2, int(token.value))
    return None


def _year(reader: Reader, place: int, last: Reading | None) -> Reading | None:
    token = reader.at(place)
    if not token.whole:
        return None
    year, end = int(token.value), place + 1
    if reader.cue(end, "hijri") and year in _STATED_YEARS:
        return Reading("year", place, end + 1, str(year), unit="hijri", english=f"{year} AH")
    marked = reader.cue(end, "gregorian") and reader.at(end).definite is False
    after_year = last is not None and last.kind == "year" and last.end in {place, place - 1} and _goes_on(reader, place)
    stated = marked or after_year or reader.cue(place - 1, "year")
    if not (stated and year in _STATED_YEARS) and not (year in _YEARS and len(token.text) == 4):
        return None
    if not stated and not _looks_like_year(reader, place):
        return None
    return _year_range(reader, place, end + 1 if marked else end)


def _goes_on(reader: Reader, place: int) -> bool:
    return reader.at(place).joined or reader.cue(place - 1, "and", "to")


def _looks_like_year(reader: Reader, place: int) -> bool:
    """A bare number from 1900 to 2099 is a year unless something is counted by it."""
    if reader.cue(place - 1, "between", "from") or reader.at(place - 1).sort == "gap" or reader.cue(place - 1, "before_year"):
        return counted(reader, place + 1).unit == "" and not _scales(reader, place + 1)
    found = counted(reader, place + 1)
    following = reader.at(place + 1)
    counts = following.sort == "word" and following.bare and following.text.endswith("ا") and not following.definite
    return not found.unit and not counts and not _scales(reader, place + 1)


def _scales(reader: Reader, place: int) -> bool:
    return reader.at(place).sort in {"scale", "manyscale", "percent", "symbol"}


def _year_range(reader: Reader, place: int, end: int) -> Reading:
    low = decimal(reader.at(place).value)
    onward = _connector(reader, end, between=reader.cue(place - 1, "between") or reader.cue(place - 2, "between"))
    upper = reader.at(onward) if onward is not None else None
    if upper and onward is not None and upper.sort == "digits" and upper.whole:
        high = upper.text if len(upper.text) == 4 else low[:2] + upper.text
        if len(upper.text) in {2, 4} and int(low) < int(high) < 2200 and not _scales(reader, onward + 1):
            end = onward + 2 if reader.cue(onward + 1, "gregorian") else onward + 1
            return Reading("year", place, end, low, high, english=f"{low} to {high}")
    return Reading("year", place, end, low, english=low)


def _decade(reader: Reader, place: int) -> Reading | None:
    if reader.cue(place + 1, "from") and reader.cue(place + 2, "age"):
        return None
    return _decade_reading(place, place + 1, int(reader.at(place).value))


def _decade_reading(place: int, end: int, year: int) -> Reading:
    span = 9 if year % 100 else 99
    return Reading("year", place, end, str(year), str(year + span), english=f"{year}s")


def _ordinal(reader: Reader, place: int) -> Reading | None:
    """ "الثالث عشر", "الحادية والعشرون", "twenty-first", "tenth"; month names and hours are none."""
    token, following = reader.at(place), reader.at(place + 1)
    if reader.cue(place - 1, "month") or (not token.bare and not token.definite and token.text in reader.words.cue("third")):
        return None
    if reader.cue(place - 1, "hour"):
        return Reading("number", place - 1, place + 1, decimal(token.value), english="")
    if following.sort == "ten" and not following.joined:
        return _ordinal_reading(reader, place, place + 2, int(token.value + following.value))
    if following.sort == "tens" and following.joined:
        return _ordinal_reading(reader, place, place + 2, int(token.value + following.value))
    if token.text in reader.words.cue("third") and reader.cue(place - 1, "article") and reader.cue(place + 1, "of"):
        return Reading("number", place, place + 1, decimal(Fraction(1, 3)), english="a third")
    return _ordinal_reading(reader, place, place + 1, int(token.value))


def _ordinal_reading(reader: Reader, place: int, end: int, value: int) -> Reading:
    unit = ""
    if reader.cue(place - 1, "century") and reader.words.lang == "ar":
        unit, place = "century", place - 1
    elif reader.cue(end, "century"):
        unit, end = "century", end + 1
    return Reading("ordinal", place, end, str(value), unit=unit, english=ordinal_words(value, unit))


def _dual(reader: Reader, place: int) -> Reading | None:
    """Two of a unit; with the article (البلدين) only durations, because the rest only points back."""
    token = reader.at(place)
    kind = units()[token.unit].kind
    if token.definite and kind != "duration":
        return None
    value, end = Fraction(2), place + 1
    if reader.at(end).sort == "fraction" and reader.at(end).joined:
        value, end = value + reader.at(end).value, end + 1
    return _reading(reader, Cardinal(value, end), place, Counted(token.unit, end=end))


def _money_before(reader: Reader, place: int) -> Reading | None:
    """ "$3.5 billion", "US$ 20-30 million"."""
    found = _number(reader, place + 1) if reader.at(place).unit and reader.at(place + 1).sort == "digits" else None
    if found is None or found.unit not in {"", reader.at(place).unit}:
        return None
    ranged = cardinal(reader, place + 1)
    unit = Counted(reader.at(place).unit, end=found.end)
    low, high = Fraction(found.low), Fraction(found.high) if found.high else None
    english = figure_words(low, high, unit.unit, (0, 0), "")
    end = found.end if found.noun < 0 or ranged is None else ranged.end
    return Reading("money", place, end, found.low, found.high, unit.unit, english=english)


def _number(reader: Reader, place: int) -> Reading | None:
    first = cardinal(reader, place)
    if first is None or not _stands(reader, place, first):
        return None
    if reader.cue(place - 1, "year") and first.value in _STATED_YEARS and not any(first.vague):
        year = decimal(first.value)
        return Reading("year", place, first.end, year, english=year)
    what = counted(reader, first.end, vague=any(first.vague) or first.value < 1)
    onward = _connector(reader, max(what.end, first.end) if what.unit else first.end, between=_between(reader, place))
    second = cardinal(reader, onward) if onward is not None else None
    if second and not any(first.vague) and not any(second.vague):
        ranged = _range(reader, place, first, what, second)
        if ranged:
            return ranged
    return _reading(reader, first, place, what)


def _between(reader: Reader, place: int) -> bool:
    return reader.cue(place - 1, "between")


def _connector(reader: Reader, place: int, *, between: bool) -> int | None:
    """Where the upper end of a range begins: after a dash, "to", or the "and" of "between"."""
    if reader.at(place).sort == "dash" or reader.cue(place, "to"):
        return place + 1
    if between and reader.cue(place, "and"):
        return place + 1
    return place if between and reader.at(place).joined else None


def _range(reader: Reader, place: int, first: Cardinal, what: Counted, second: Cardinal) -> Reading | None:
    upper = counted(reader, second.end)
    low, bare = first.value, second.value / second.scale
    if first.scale == 1 and second.scale > 1 and low < bare and not what.unit:
        low *= second.scale
    if what.unit not in {"", upper.unit} or low >= second.value:
        return None
    if not upper.unit and upper.noun < 0 and what.unit:
        return None
    return _reading(reader, replace(first, value=low, end=second.end), place, upper, high=second.value)


def _stands(reader: Reader, place: int, found: Cardinal) -> bool:
    """Whether the words are a number here: a lone one, a half-time or the first quarter are not."""
    token, single = reader.at(place), found.end == place + 1
    if token.sort == "parts":
        return False
    if token.sort == "fraction" and single:
        before, after = reader.at(place - 1).sort == "ordinal", reader.at(place + 1).sort == "ordinal"
        return not (before or after or reader.cue(reader.undashed(place + 1), "no_fraction"))
    if single and token.sort == "digit" and token.value == 1:
        what = counted(reader, found.end)
        return bool(what.unit) and units().get(what.unit) is not None and units()[what.unit].kind != "number" or (
            counted_before(reader, place, definite=False).unit != ""
        )
    return True


def _reading(reader: Reader, found: Cardinal, place: int, what: Counted, high: Fraction | None = None) -> Reading:
    end, start = max(found.end, what.end), place
    if not what.unit and what.noun < 0:
        before = counted_before(reader, place, definite=reader.at(place).definite)
        if before.end >= 0 and (reader.at(place).definite or found.value == 1):
            what, start = before, before.end
    value = found.value
    if reader.at(place - 1).sort == "dash" and reader.at(place).glued and reader.at(place - 2).sort != "word" and (
        not reader.at(place - 1).glued
    ):
        value, start = -value, place - 1
    kind = _kind(what.unit)
    noun = reader.at(what.noun).text if what.noun >= 0 else ""
    english = figure_words(value, high, what.unit, found.vague, noun)
    low = "" if any(found.vague) else decimal(value)
    return Reading(kind, start, end, low, decimal(high) if high is not None else "", what.unit, what.noun, english)


def _kind(unit: str) -> FigureKind:
    kinds: dict[str, FigureKind] = {"percent": "percent", "money": "money", "quantity": "quantity", "duration": "duration"}
    known = units().get(unit) or units().get(unit.partition("/")[0])
    return kinds.get(known.kind, "number") if known else "number"


