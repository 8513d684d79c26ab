"""One figure at a place of the token stream: number, range, dual, money; years and ordinals are asked first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import takewhile

from msgspec.structs import replace

from site_src.model.brief import FigureKind
from site_src.text.figures.cardinals import PRECISE, Cardinal, cardinal
from site_src.text.figures.counted import (
    NOTHING,
    UP_TO_TEN,
    Counted,
    counted,
    counted_before,
    is_spelt_two,
    phrase,
    rated,
    with_half,
)
from site_src.text.figures.english import decimal, figure_words, ordinal_words
from site_src.text.figures.lexicon import Number, units
from site_src.text.figures.literals import clock, hour, telephone, torn
from site_src.text.figures.ordinals import ordinal, tailed
from site_src.text.figures.reader import Reader, Reading
from site_src.text.figures.tokens import Token
from site_src.text.figures.years import STATED_YEARS, decade, spelt_year, year


def read(reader: Reader, place: int) -> Reading | None:
    """The figure that begins at `place`; None where there is none."""
    for one in _READERS.get(reader.tokens[place].sort, _OF_WORDS):
        if reading := one(reader, place):
            return reading
    return None


def _group(reader: Reader, place: int) -> Reading | None:
    """The number of a group (مجموعة العشرين, Group of Seven) is a name, unless it counts something."""
    before = reader.at(place - 1).cues
    if "group" in before:
        named = reader.at(place).definite
    elif "group_of" in before and reader.cue(place - 2, "group"):
        found = cardinal(reader, place)
        named = found is not None and not counted(reader, found.end).unit
    else:
        return None
    return Reading(None, place, place + 1) if named else None


def _dual(reader: Reader, place: int) -> Reading | None:
    """Two of a unit; with the article (البلدين) only durations, because the rest only points back."""
    token = reader.at(place)
    if token.definite and units()[token.unit].kind != "duration":
        return None
    half, end = with_half(reader, token.unit, place + 1)
    if is_spelt_two(reader, end):
        end += 1
    return _reading(reader, Cardinal(token.value + half, end), place, Counted(token.unit, end=end))


def _unit_and_half(reader: Reader, place: int) -> Reading | None:
    """One of a unit and a half: of a duration (عام ونصف), or with the unit said again (دولار ونصف الدولار)."""
    before = counted_before(reader, place, definite=False)
    half, end = with_half(reader, before.unit, place)
    if not half or (_kind(before.unit) != "duration" and end == place + 1):
        return None
    return _reading(reader, Cardinal(1 + half, end), before.end, Counted(before.unit, end=end))


def _sign_before(reader: Reader, place: int) -> Reading | None:
    """A sign before its number: $3.5 billion, US$ 20-30 million, between $3 billion and $5 billion, %30."""
    unit = reader.at(place).unit
    first = cardinal(reader, place + 1) if unit else None
    if first is None:
        return None
    onward = reader.connector(first.end, between=reader.cue(place - 1, "between"))
    signed = onward is not None and reader.at(onward).unit == unit
    second = cardinal(reader, onward + signed) if onward is not None else None
    if second and unit == "percent" and (second.scale != 1 or counted(reader, second.end).unit):
        second = None
    low, high, end = _ends(first, second) if second else (first.value, None, first.end)
    unit, end = (what := rated(reader, unit, end)).unit, what.end
    english = figure_words(low, high, unit)
    return Reading(_kind(unit), place, end, decimal(low), decimal(high) if high else "", unit, english=english)


def _money_after_code(reader: Reader, place: int) -> Reading | None:
    """A currency code before its number: USD 5 million."""
    before = reader.at(place - 1)
    code = before.text.upper() if before.units else ""
    found = cardinal(reader, place) if code and phrase(reader, place - 1, before.units) == (code, place) else None
    if found is None or found.vague != PRECISE:
        return None
    english = figure_words(found.value, None, code)
    return Reading("money", place, found.end, decimal(found.value), unit=code, english=english)


def _ends(first: Cardinal, second: Cardinal, *, shared: bool = True) -> tuple[Number, Number | None, int]:
    """Lower and upper end; when `shared`, the scale said last counts for both. No upper end unless it is above."""
    low = first.value
    if shared and low < second.value / second.scale:
        low *= second.scale
    return (low, second.value, second.end) if low < second.value else (first.value, None, first.end)


def _number(reader: Reader, place: int) -> Reading | None:
    first, token, introduced = cardinal(reader, place), reader.tokens[place], reader.tokens[place - 1].cues
    if first is None or not _stands(reader, place, first) or _lacks_digits(reader, place):
        return None
    if "year" in introduced and first.value in STATED_YEARS:
        spelt = decimal(first.value)
        return Reading("year", place, first.end, spelt, english=spelt)
    what = _behind(reader, place, first)
    if not what.unit and _is_dashed(reader, place):
        return None
    if (noun := _led_by(reader, place)) is not None:
        if _is_one(noun) and token.whole and first.end == place + 1:
            return Reading("ordinal", place, first.end, decimal(first.value), english=ordinal_words(int(token.text)))
        what = what if what.unit and not reader.cue(first.end, "of") else NOTHING
    if not what.unit and ("label" in introduced or (what.end < 0 and _labelled(reader, place))):
        return Reading("number", place, first.end, decimal(first.value), english=decimal(first.value))
    if found := _range(reader, place, first, what):
        return found
    if reader.at(what.end).sort == "fraction":
        half, end = with_half(reader, what.unit, what.end)
        first, what = replace(first, value=first.value + half * first.scale), replace(what, end=end)
    elif what.unit and first.scale > 1 and (rest := _rest_behind_unit(reader, first, what)):
        first, what = replace(first, value=first.value + rest.value), replace(what, end=rest.end)
    return _reading(reader, first, place, what)


def _rest_behind_unit(reader: Reader, first: Cardinal, what: Counted) -> Cardinal | None:
    """The rest of a number whose unit stands behind its largest scale (ملياري دولار و300 مليون), counting no other."""
    onward = reader.joined(what.end)
    rest = cardinal(reader, onward) if onward is not None else None
    if rest is None or rest.vague != PRECISE or not 1 < rest.scale < first.scale or rest.value >= first.scale:
        return None
    return rest if counted(reader, rest.end) == NOTHING else None


def _lacks_digits(reader: Reader, place: int) -> bool:
    """Whether a scale's digits touch a word that may be a name (موزمبيق950 ألف دولار)."""
    return reader.tokens[place - 1].sort == "inert" and reader.tokens[place].sort == "scale"


def _behind(reader: Reader, place: int, first: Cardinal) -> Counted:
    """What stands behind a number and is counted by it.

    Digits count no noun with its article, a spelt number with its article none that the tables do not know, and "one"
    not what follows من where the noun before it is one of something (عام واحد من العقوبات).
    """
    token, following = reader.tokens[place], reader.at(first.end)
    few = token.definite and token.sort in UP_TO_TEN
    if few and following.definite:
        return NOTHING
    what = counted(reader, first.end, vague=first.vague != PRECISE or first.value < 1)
    part = "of" in following.cues
    if what.noun >= 0 and not part and (few or (following.definite and token.sort == "digits")):
        return NOTHING
    alone = part and first.value == 1 and counted_before(reader, place, definite=False).unit != ""
    return NOTHING if alone else what


def _is_dashed(reader: Reader, place: int) -> bool:
    """Whether a dash ties short digits to the word before them, as a name is numbered (Nur -1, Nur - 2)."""
    token = reader.at(place)
    dashed = token.whole and len(token.text) < 3 and reader.at(place - 1).sort == "dash"
    return dashed and reader.words.lang == "ar" and reader.at(place - 2).sort == "word"


def _led_by(reader: Reader, place: int) -> Token | None:
    """The noun with its article before digits with theirs (الدول الـ27, الحزمة الـ 20): what follows is not counted."""
    token, before = reader.at(place), reader.at(place - 1)
    apart = before.text == "ال"
    noun = reader.at(place - 2) if apart else before
    return noun if token.sort == "digits" and (token.definite or apart) and noun.definite else None


def _is_one(noun: Token) -> bool:
    """Whether digits surely order a noun: one often ordered (القمة الـ 12), or in ة and no unit, plural or label."""
    often = "ordinal_noun" in noun.cues or (noun.text.endswith("ه") and not noun.units)
    return often and noun.cues.isdisjoint({"label", "plural"})


def _labelled(reader: Reader, place: int) -> bool:
    """Whether digits number something some words before them (قرار مجلس الأمن الدولي 2254)."""
    back = range(place - 1, place - 5, -1) if reader.at(place).sort == "digits" else ()
    words = takewhile(lambda before: reader.at(before).sort == "word", back)
    return any(reader.cue(before, "label") for before in words)


def _range(reader: Reader, place: int, first: Cardinal, what: Counted) -> Reading | None:
    """Two numbers that are the ends of one figure: between 3 and 5 billion, 10-15%, from 3 days to 5 days.

    Not where something grew by one of them to the other: "rose 3 dollars to 83 dollars" says the unit of both, and no
    "from".
    """
    behind = what.end if what.unit else first.end
    if what.unit and reader.cue(behind, "to") and not reader.cue(place - 1, "from"):
        return None
    onward = reader.connector(behind, between=reader.cue(place - 1, "between"))
    second = cardinal(reader, onward) if onward is not None else None
    if second is None or first.vague != PRECISE:
        return None
    upper = counted(reader, second.end)
    low, high, end = _ends(first, second, shared=not what.unit)
    if high is None or what.unit not in {"", upper.unit}:
        return None
    return _reading(reader, replace(first, value=low, end=end), place, upper, high=high)


def _stands(reader: Reader, place: int, found: Cardinal) -> bool:
    """Whether the words are a number here: a lone one, a half-time or the first quarter are not."""
    token, single = reader.tokens[place], found.end == place + 1
    if token.sort == "digits":
        return True
    if token.definite and found.value >= 1 and reader.cue(found.end, "of"):
        return counted_before(reader, place, definite=True).unit != ""
    if token.sort in UP_TO_TEN and not token.definite and _may_be_part(reader, place):
        return False
    if token.sort == "parts":
        return not single or (reader.cue(place - 1, "article") and reader.cue(place + 1, "of"))
    if token.sort == "fraction":
        ordinals = {reader.at(place - 1).sort, reader.at(place + 1).sort}
        return "ordinal" not in ordinals and not reader.cue(reader.undashed(place + 1), "no_fraction")
    if single and token.value == 1:  # one percent or one year is a figure, one country is none
        what = counted(reader, found.end)
        return _kind(what.unit) != "number" or counted_before(reader, place, definite=False).unit != ""
    return True


def _may_be_part(reader: Reader, place: int) -> bool:
    """Whether a number word may be the fraction that is spelt like it: خمس السكان, عشر ما."""
    if not reader.cue(place, "part_too"):
        return False
    following, unit = reader.at(place + 1), counted(reader, place + 1).unit
    return reader.cue(place + 1, "what") or (following.definite and following.bare and _kind(unit) != "duration")


def _reading(reader: Reader, found: Cardinal, place: int, what: Counted, high: Number | None = None) -> Reading:
    start, token, value = place, reader.tokens[place], found.value
    if not what.unit and (token.definite or value == 1 or is_spelt_two(reader, place)):
        before = counted_before(reader, place, definite=token.definite)
        what, start = (before, before.end) if before.end >= 0 else (what, place)
    if what.unit in reader.words.homonyms:
        what = _meant(reader, what, start, max(found.end, what.end), high or value)
    kind, end = _kind(what.unit), max(found.end, what.end)
    if 0 < value < 1 and kind == "number" and token.sort != "digits":
        what, kind, end = NOTHING, _kind(""), found.end
    if (token.glued and _negative(reader, place)) or reader.cue(place - 1, "minus"):
        value, start = -value, place - 1
    elif reader.cue(end, "below") and reader.cue(end + 1, "zero"):
        value, high, end = (-value, None, end + 2) if high is None else (-high, -value, end + 2)
    english = "" if what.noun >= 0 else figure_words(value, high, what.unit, found.vague)
    low = decimal(value) if found.vague == PRECISE else ""
    return Reading(kind, start, end, low, decimal(high) if high else "", what.unit, what.noun, english)


def _meant(reader: Reader, what: Counted, start: int, end: int, most: Number) -> Counted:
    """What is counted by a unit with a homonym: the other where its words mean that (عقدين طويلي الأجل)."""
    homonym = reader.words.homonyms[what.unit]
    told = reader.at(start - 1).text in homonym.before or reader.at(end).text in homonym.after
    return replace(what, unit=homonym.other) if told or most > homonym.most else what


def _negative(reader: Reader, place: int) -> bool:
    """A dash is a minus where it opens a run and touches the digits."""
    sign = reader.at(place - 1)
    return sign.sort == "dash" and not sign.glued and reader.at(place - 2).sort != "digits"


_OF_WORDS = (_group, _unit_and_half, ordinal, spelt_year, _money_after_code, _number)
_READERS: dict[str, Sequence[Callable[[Reader, int], Reading | None]]] = {
    "digits": (_group, hour, telephone, torn, tailed, year, ordinal, _money_after_code, _number),
    "clock": (clock,), "decades": (decade,), "dual": (_dual,), "symbol": (_sign_before,),
}  # fmt: skip
"""What may read a figure that begins with a sort of token; the first that does is right."""


@cache
def _kind(unit: str) -> FigureKind:
    known = units().get(unit) or units().get(unit.partition("/")[0])
    return known.kind if known else "number"
