"""Cardinal numbers: number words and literals read together as one value, in Arabic and in English.

A number is a sum of terms joined by "and", each below the scale of the one before: خمسة ملايين / وثلاثمئة ألف / وعشرون.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from msgspec import Struct

from site_src.text.figures.lexicon import Number, simplify
from site_src.text.figures.reader import Reader
from site_src.text.figures.tokens import Token

_SCALES = frozenset({"scale", "manyscale"})
PRECISE = (0, 0)


class Cardinal(Struct, frozen=True, gc=False):
    """A number, and the place behind its last token."""

    value: Number
    end: int
    scale: int = 1
    """The value of its last scale word (1000, 1000000 ...); 1 without any."""
    vague: tuple[int, int] = PRECISE
    """(10 or 100 or 0, scale or 0) for "tens of billions"; `PRECISE` for a number."""


def _arabic_below_hundred(reader: Reader, place: int) -> tuple[Number, int] | None:
    """(value, end) of a number below a hundred, as all functions here give them."""
    token, following = reader.tokens[place], reader.tokens[place + 1]
    if token.sort in {"digit", "bound"}:
        if following.sort == "ten" and following.bare:
            return token.value + 10, place + 2
        tens_place = reader.continuation(place + 1)
        if tens_place is not None and reader.tokens[tens_place].sort == "tens":
            return token.value + reader.tokens[tens_place].value, tens_place + 1
        return (token.value, place + 1) if token.sort == "digit" else None
    return (token.value, place + 1) if token.sort in {"ten", "tens"} else None


def _english_below_hundred(reader: Reader, place: int) -> tuple[Number, int] | None:
    token = reader.tokens[place]
    if token.sort == "tens":
        ones_place = reader.after_hyphen(place + 1)
        if reader.tokens[ones_place].sort == "digit":
            return token.value + reader.tokens[ones_place].value, ones_place + 1
    return (token.value, place + 1) if token.sort in {"digit", "ten", "tens"} else None


_BELOW_HUNDRED: dict[str, Callable[[Reader, int], tuple[Number, int] | None]] = {
    "ar": _arabic_below_hundred,
    "en": _english_below_hundred,
}


def _below_thousand(reader: Reader, place: int) -> tuple[Number, int] | None:
    """(value, end) of a number below a thousand, or of digits."""
    token = reader.tokens[place]
    if token.sort == "digits":
        return token.value, place + 1
    below_hundred = _BELOW_HUNDRED[reader.words.lang]
    following = reader.tokens[place + 1]
    if token.sort == "digit" and following.sort == "hundred" and following.bare:
        hundreds, place = token.value * 100, place + 2
    elif token.sort == "hundred":
        hundreds, place = token.value, place + 1
    else:
        return below_hundred(reader, place)
    rest_place = reader.continuation(place)
    rest = below_hundred(reader, rest_place) if rest_place is not None else None
    return (hundreds + rest[0], rest[1]) if rest else (hundreds, place)


def _with_half(reader: Reader, value: Number, place: int) -> tuple[Number, int]:
    """(value, end) with English "and a half" added where it follows: two and a half (million)."""
    if reader.cue(place, "and") and reader.cue(place + 1, "article") and reader.tokens[place + 2].sort == "fraction":
        return value + reader.tokens[place + 2].value, place + 3
    return value, place


def _with_parts(reader: Reader, value: Number, place: int) -> tuple[Number, int] | None:
    """(value, end) where parts follow a number: three quarters, two-thirds, one third; else None."""
    next_place = reader.after_hyphen(place)
    token = reader.tokens[next_place]
    if token.sort == "parts" and not token.has_and and value < 12:
        return value * token.value, next_place + 1
    if reader.cue(next_place, "third") and value == 1:
        return Fraction(1, 3), next_place + 1
    return None


def _with_scales(reader: Reader, value: Number, place: int) -> Cardinal:
    """The value times the scale words that follow it; ألف مليار are two of them."""
    scale = 1
    while True:
        scale_place = place
        if reader.tokens[place].sort == "dash":
            scale_place = reader.after_hyphen(place)
        if value < 1 and reader.cue(scale_place, "article"):
            scale_place += 1
        token = reader.tokens[scale_place]
        if token.sort not in _SCALES or not token.bare:
            return Cardinal(value if scale == 1 else simplify(value), place, scale)
        value, scale, place = value * token.value, scale * int(token.value), scale_place + 1


def _term(reader: Reader, place: int) -> Cardinal | None:
    """One term of a sum.

    ألفا right before its noun is the dual, elsewhere (ألفا ومئة) one thousand in the accusative. A scale of one letter
    needs digits before it: the m of "8 p.m." is none.
    """
    token = reader.tokens[place]
    if token.sort == "twoscale":
        return Cardinal(token.value * 2, place + 1, int(token.value))
    if token.sort == "scale":
        if _is_dual(reader, token, reader.tokens[place + 1]):
            return Cardinal(token.value * 2, place + 1, int(token.value))
        if len(token.text) == 1:
            return None
        alone = Cardinal(token.value, place + 1, int(token.value))
        scaled = _with_scales(reader, 1, place)
        return scaled if scaled.end > alone.end else alone
    if token.sort in {"fraction", "parts"}:
        return _with_scales(reader, token.value, place + 1)
    below_thousand = _below_thousand(reader, place)
    if below_thousand is None:
        return None
    if parts := _with_parts(reader, *below_thousand):
        return _with_scales(reader, *parts)
    return _with_scales(reader, *_with_half(reader, *below_thousand))


def _is_dual(reader: Reader, scale: Token, following: Token) -> bool:
    """Whether a scale is a dual without its ن, as it stands before its noun (ألفا جندي, not مليونا عن العام)."""
    if not scale.text.endswith("ا") or following.sort == "gap" or following.has_and:
        return False
    return following.text not in reader.words.not_nouns


def read_cardinal(reader: Reader, place: int) -> Cardinal | None:
    """The number that begins at `place`, or None."""
    if vague := _read_vague(reader, place):
        return vague
    total = _term(reader, place)
    while total is not None:
        term_place = reader.continuation(total.end)
        term = _term(reader, term_place) if term_place is not None else None
        if term is None or term_place is None:
            return total
        starts_with_digits, english = reader.tokens[place].sort == "digits", reader.words.lang == "en"
        if starts_with_digits and english and term_place == total.end:  # "1.92bn one year before"
            return total
        if reader.tokens[term_place].sort == "fraction":
            part = term.value * (total.scale if term.scale == 1 else 1)
            return Cardinal(simplify(total.value + part), term.end)
        if term.value >= total.scale:
            return total
        if reader.tokens[term_place].sort == "digits" and not _digits_continue(reader, total, term):
            return total
        total = Cardinal(total.value + term.value, term.end, term.scale)
    return None


def _digits_continue(reader: Reader, total: Cardinal, term: Cardinal) -> bool:
    """Whether digits may continue a sum: at the next lower scale (3 آلاف و500), in English with a scale word alone.

    No decimal continues a scale without one of its own (100 ألف و1.5 دولار).
    """
    if term.scale == 1 and term.value.denominator != 1:
        return False
    return term.scale * 1000 >= total.scale and (reader.words.lang == "ar" or term.scale > 1)


def _read_vague(reader: Reader, place: int) -> Cardinal | None:
    """A scale without a number: tens of billions, hundreds, thousands."""
    token = reader.tokens[place]
    if token.sort == "many":
        scale_place = place + 1
        if reader.cue(scale_place, "of"):
            scale_place += 1
        scale = reader.tokens[scale_place]
        if scale.sort in {"manyscale", "scale"} and not scale.has_and:
            return Cardinal(0, scale_place + 1, vague=(int(token.value), int(scale.value)))
        return Cardinal(0, place + 1, vague=(int(token.value), 0))
    if token.sort == "manyscale" or (token.sort == "scale" and _follows_few(reader, place)):
        return Cardinal(0, place + 1, vague=(0, int(token.value)))
    if token.sort == "hundred" and _follows_few(reader, place):
        following = reader.tokens[place + 1]
        if following.sort == "scale":
            return Cardinal(0, place + 2, vague=(int(token.value), int(following.value)))
        return Cardinal(0, place + 1, vague=(int(token.value), 0))
    return None


def _follows_few(reader: Reader, place: int) -> bool:
    """Whether the words before a scale leave open how many of it there are (a few hundred, a couple of thousand)."""
    return reader.cue(place - 1, "few") or (reader.cue(place - 1, "of") and reader.cue(place - 2, "few"))
