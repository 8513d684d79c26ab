"""The figure that begins at a token: a number, range, dual or amount of money, unless it is a year or an ordinal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache

from msgspec.structs import replace

from site_src.model.brief import FigureKind
from site_src.text.figures.cardinals import PRECISE, Cardinal, read_cardinal
from site_src.text.figures.counted import (
    NOTHING,
    UP_TO_TEN,
    Counted,
    find_counted,
    find_counted_before,
    find_counted_by,
    is_spelt_two,
    match_phrase,
    with_dual_adjective,
    with_half,
    with_rate,
)
from site_src.text.figures.english import decimal, figure_words, ordinal_words
from site_src.text.figures.lexicon import Number, units
from site_src.text.figures.literals import read_clock, read_hour, read_telephone, read_torn_decimal
from site_src.text.figures.numbered import (
    definite_noun_before,
    follows_inert,
    follows_label,
    is_numbered_name,
    is_orderable,
    read_group_number,
)
from site_src.text.figures.ordinals import read_ordinal, read_tailed
from site_src.text.figures.reader import Reader, Reading
from site_src.text.figures.years import STATED_YEARS, read_decade, read_spelt_year, read_year


def read_figure(reader: Reader, place: int) -> Reading | None:
    """The figure that begins at `place`; None where there is none."""
    for read in _READERS.get(reader.tokens[place].sort, _WORD_READERS):
        if reading := read(reader, place):
            return reading
    return None


def _read_dual(reader: Reader, place: int) -> Reading | None:
    """Two of a unit; of those with the article (البلدين) only durations, because the others only point back.

    Nor are they a figure that digits behind them number (في الدقيقتين 22 و63).
    """
    token = reader.tokens[place]
    if token.definite and (units()[token.unit].kind != "duration" or reader.tokens[place + 1].sort == "digits"):
        return None
    unit, end = with_dual_adjective(reader, token.unit, place + 1)
    half, end = with_half(reader, unit, end)
    if is_spelt_two(reader, end):
        end += 1
    return _make_reading(reader, Cardinal(token.value + half, end), place, Counted(unit, end=end))


def _read_unit_and_half(reader: Reader, place: int) -> Reading | None:
    """One of a unit and a half: of a duration (عام ونصف), or with the unit repeated (دولار ونصف الدولار)."""
    counted = find_counted_before(reader, place, definite=False)
    half, end = with_half(reader, counted.unit, place)
    repeats_unit = end > place + 1
    if not half or not (repeats_unit or _kind(counted.unit) == "duration"):
        return None
    return _make_reading(reader, Cardinal(1 + half, end), counted.end, Counted(counted.unit, end=end))


def _read_signed(reader: Reader, place: int) -> Reading | None:
    """A sign before its number: $3.5 billion, US$ 20-30 million, between $3 billion and $5 billion, %30."""
    unit = reader.tokens[place].unit
    first = read_cardinal(reader, place + 1) if unit else None
    if first is None:
        return None
    second = None
    upper_start = reader.upper_end_start(first.end, between=reader.cue(place - 1, "between"))
    if upper_start is not None:
        has_sign = reader.tokens[upper_start].unit == unit
        second = read_cardinal(reader, upper_start + has_sign)
    if second and unit == "percent" and (second.scale != 1 or find_counted(reader, second.end).unit):
        second = None
    low, high, end = _range_ends(first, second) if second else (first.value, None, first.end)
    counted = with_rate(reader, unit, end)
    unit, end = counted.unit, counted.end
    english = figure_words(low, high, unit)
    return Reading(_kind(unit), place, end, decimal(low), decimal(high) if high else "", unit, english=english)


def _read_money_after_code(reader: Reader, place: int) -> Reading | None:
    """A currency code before its number: USD 5 million."""
    before = reader.tokens[place - 1]
    code = before.text.upper() if before.units else ""
    if not code or match_phrase(reader, place - 1, before.units) != (code, place):
        return None
    cardinal = read_cardinal(reader, place)
    if cardinal is None or cardinal.vague != PRECISE:
        return None
    english = figure_words(cardinal.value, None, code)
    return Reading("money", place, cardinal.end, decimal(cardinal.value), unit=code, english=english)


def _range_ends(first: Cardinal, second: Cardinal, *, shares_scale: bool = True) -> tuple[Number, Number | None, int]:
    """(lower end, upper end, place behind them); the upper end is None where the second number is not larger.

    With `shares_scale` the scale word of the second number counts for both.
    """
    low = first.value
    if shares_scale and low < second.value / second.scale:
        low *= second.scale
    surely_lower = low < second.value and (first.scale > 1 or second.scale == 1 or low > first.value)
    return (low, second.value, second.end) if surely_lower else (first.value, None, first.end)


def _read_number(reader: Reader, place: int) -> Reading | None:
    """A number or range, with what it counts."""
    first, token, cues_before = read_cardinal(reader, place), reader.tokens[place], reader.tokens[place - 1].cues
    if first is None or not _is_number(reader, place, first) or follows_inert(reader, place):
        return None
    if "year" in cues_before and first.value in STATED_YEARS:
        year = decimal(first.value)
        return Reading("year", place, first.end, year, english=year)
    counted = find_counted_by(reader, place, first)
    if not counted.unit and is_numbered_name(reader, place):
        return None
    if (noun := definite_noun_before(reader, place)) is not None:
        if is_orderable(noun) and token.is_plain_integer and first.end == place + 1:
            return Reading("ordinal", place, first.end, decimal(first.value), english=ordinal_words(int(token.text)))
        counted = counted if counted.unit and not reader.cue(first.end, "of") else NOTHING
    counts_nothing = counted.end < 0 or reader.cue(first.end, "of")
    labelled = "label" in cues_before or (counts_nothing and follows_label(reader, place))
    if labelled and (not counted.unit or reader.cue(first.end, "of")):
        return Reading("number", place, first.end, decimal(first.value), english=decimal(first.value))
    if reading := _read_range(reader, place, first, counted) or _read_fall(reader, place, first, counted):
        return reading
    if reader.tokens[counted.end].sort == "fraction":
        half, end = with_half(reader, counted.unit, counted.end)
        first, counted = replace(first, value=first.value + half * first.scale), replace(counted, end=end)
    elif counted.unit and first.scale > 1 and (rest := _rest_behind_unit(reader, first, counted)):
        first, counted = replace(first, value=first.value + rest.value), replace(counted, end=rest.end)
    return _make_reading(reader, first, place, counted)


def _rest_behind_unit(reader: Reader, first: Cardinal, counted: Counted) -> Cardinal | None:
    """The rest of a number whose unit stands behind its largest scale (ملياري دولار و300 مليون); it counts no other."""
    start = reader.continuation(counted.end)
    rest = read_cardinal(reader, start) if start is not None else None
    if rest is None or rest.vague != PRECISE or not 1 < rest.scale < first.scale or rest.value >= first.scale:
        return None
    return rest if find_counted(reader, rest.end) == NOTHING else None


def _read_range(reader: Reader, place: int, first: Cardinal, counted: Counted) -> Reading | None:
    """Two numbers that are the ends of one figure: between 3 and 5 billion, 10-15%, from 3 days to 5 days.

    Not where something grew by one of them to the other: "rose 3 dollars to 83 dollars", "fell 3 billion to 60 billion
    dollars" say the unit or the scale of both, and neither "from" nor "between". "Five or six" is a figure, "five or
    ten" is none.
    """
    end, cues_before = counted.end if counted.unit else first.end, reader.tokens[place - 1].cues
    each_is_whole = counted.unit or first.scale > 1
    if each_is_whole and reader.cue(end, "to") and cues_before.isdisjoint(("from", "between")):
        return None
    either = reader.cue(end, "or")
    upper_start = end + 1 if either else reader.upper_end_start(end, between=reader.cue(place - 1, "between"))
    second = read_cardinal(reader, upper_start) if upper_start is not None else None
    if second is None or first.vague != PRECISE:
        return None
    if either and Fraction(second.value, second.scale) - Fraction(first.value, first.scale) != 1:
        return None
    upper_counted = find_counted(reader, second.end)
    low, high, end = _range_ends(first, second, shares_scale=not counted.unit)
    if high is None or counted.unit not in {"", upper_counted.unit}:
        return None
    return _make_reading(reader, replace(first, value=low, end=end), place, upper_counted, high=high)


def _read_fall(reader: Reader, place: int, first: Cardinal, counted: Counted) -> Reading | None:
    """The upper number of a fall, whose unit stands behind the lower one alone: from 11 to 9 percent.

    It is no figure where only the lower one has a scale: nobody can tell whether it is meant for both.
    """
    upper_start = reader.upper_end_start(first.end, between=False) if reader.cue(place - 1, "from") else None
    second = read_cardinal(reader, upper_start) if upper_start is not None and not counted.unit else None
    if second is None:
        return None
    if first.scale < second.scale:
        return Reading(None, place, first.end)
    lower_counted = find_counted(reader, second.end)
    return _make_reading(reader, first, place, replace(lower_counted, end=first.end)) if lower_counted.unit else None


def _is_number(reader: Reader, place: int, cardinal: Cardinal) -> bool:
    """Whether the words mean a number here; "one" alone, a half-time or the first quarter do not."""
    token, single = reader.tokens[place], cardinal.end == place + 1
    if token.sort == "digits":
        return True
    if token.definite and cardinal.value >= 1 and reader.cue(cardinal.end, "of"):
        return find_counted_before(reader, place, definite=True).unit != ""
    if token.sort in UP_TO_TEN and not token.definite and _may_be_fraction(reader, place):
        return False
    if token.sort == "parts":
        return not single or (reader.cue(place - 1, "article") and reader.cue(place + 1, "of"))
    if token.sort == "fraction":
        sorts_beside = {reader.tokens[place - 1].sort, reader.tokens[place + 1].sort}
        return "ordinal" not in sorts_beside and not reader.cue(reader.after_hyphen(place + 1), "no_fraction")
    if single and token.value == 1:  # one percent or one year is a figure, one country is none
        counted = find_counted(reader, cardinal.end)
        return _kind(counted.unit) != "number" or find_counted_before(reader, place, definite=False).unit != ""
    return True


def _may_be_fraction(reader: Reader, place: int) -> bool:
    """Whether a number word may be the fraction that is spelt like it: خمس السكان, عشر ما."""
    if not reader.cue(place, "part_too"):
        return False
    if reader.cue(place + 1, "what"):
        return True
    following = reader.tokens[place + 1]
    definite = following.definite and following.bare
    return definite and _kind(find_counted(reader, place + 1).unit) != "duration"


def _make_reading(
    reader: Reader, cardinal: Cardinal, place: int, counted: Counted, high: Number | None = None
) -> Reading:
    """The reading of a number that begins at `place`, with what it counts; `high` is its upper end."""
    start, token, value = place, reader.tokens[place], cardinal.value
    if not counted.unit and (token.definite or value == 1 or is_spelt_two(reader, place)):
        before = find_counted_before(reader, place, definite=token.definite)
        if before.end >= 0:
            counted, start = before, before.end
    if counted.unit in reader.words.homonyms:
        counted = _resolve_homonym(reader, counted, start, max(cardinal.end, counted.end), high or value)
    kind, end = _kind(counted.unit), max(cardinal.end, counted.end)
    if 0 < value < 1 and kind == "number" and token.sort != "digits":
        counted, kind, end = NOTHING, _kind(""), cardinal.end
    if (token.glued and _has_minus(reader, place)) or reader.cue(place - 1, "minus"):
        value, start = -value, place - 1
    elif reader.cue(end, "below") and reader.cue(end + 1, "zero"):
        value, high, end = (-value, None, end + 2) if high is None else (-high, -value, end + 2)
    english = "" if counted.noun >= 0 else figure_words(value, high, counted.unit, cardinal.vague)
    low = decimal(value) if cardinal.vague == PRECISE else ""
    return Reading(kind, start, end, low, decimal(high) if high else "", counted.unit, counted.noun, english)


def _resolve_homonym(reader: Reader, counted: Counted, start: int, end: int, value: Number) -> Counted:
    """What is counted by a unit with a homonym: the other unit where its words mean that (عقدين طويلي الأجل)."""
    homonym = reader.words.homonyms[counted.unit]
    words_decide = reader.tokens[start - 1].text in homonym.before or reader.tokens[end].text in homonym.after
    too_few = value < homonym.least and value.denominator == 1
    usual = value <= homonym.most and not (too_few or words_decide)
    return counted if usual else replace(counted, unit=homonym.other)


def _has_minus(reader: Reader, place: int) -> bool:
    """Whether the dash before digits is a minus: it touches them and opens a run."""
    dash = reader.tokens[place - 1]
    return dash.sort == "dash" and not dash.glued and reader.tokens[place - 2].sort != "digits"


_WORD_READERS = (
    read_group_number,
    _read_unit_and_half,
    read_ordinal,
    read_spelt_year,
    _read_money_after_code,
    _read_number,
)
_READERS: dict[str, Sequence[Callable[[Reader, int], Reading | None]]] = {
    "digits": (
        read_group_number,
        read_hour,
        read_telephone,
        read_torn_decimal,
        read_tailed,
        read_year,
        read_ordinal,
        _read_money_after_code,
        _read_number,
    ),
    "clock": (read_clock,),
    "decades": (read_decade,),
    "dual": (_read_dual,),
    "symbol": (_read_signed,),
}
"""Sort of the first token to the functions that may read the figure; the first that gives a reading is right."""


@cache
def _kind(unit_id: str) -> FigureKind:
    """The kind of figure that counts a unit, with or without a rate; "number" for an unknown one."""
    unit = units().get(unit_id) or units().get(unit_id.partition("/")[0])
    return unit.kind if unit else "number"
