"""Values: number words and literals read together as one number, in Arabic and in English.

A number is a sum of terms joined by "and", each below the scale of the one before: خمسة ملايين / وثلاثمئة ألف / وعشرون.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from msgspec import Struct

from site_src.text.figures.lexicon import Number, whole
from site_src.text.figures.reader import Reader
from site_src.text.figures.tokens import Token

_SCALES = frozenset({"scale", "manyscale"})
PRECISE = (0, 0)


class Cardinal(Struct, frozen=True, gc=False):
    """A number and where the tokens after it begin."""

    value: Number
    end: int
    scale: int = 1
    """1, or the last scale word used (1000, 1000000 ...)."""
    vague: tuple[int, int] = PRECISE
    """(10 or 100 or 0, scale or 0) for "tens of billions"; `PRECISE` for a number."""


def _arabic_below_hundred(reader: Reader, place: int) -> tuple[Number, int] | None:
    token, following = reader.at(place), reader.at(place + 1)
    if token.sort in {"digit", "bound"}:
        if following.sort == "ten" and following.bare:
            return token.value + 10, place + 2
        onward = reader.joined(place + 1)
        if onward is not None and reader.at(onward).sort == "tens":
            return token.value + reader.at(onward).value, onward + 1
        return (token.value, place + 1) if token.sort == "digit" else None
    return (token.value, place + 1) if token.sort in {"ten", "tens"} else None


def _english_below_hundred(reader: Reader, place: int) -> tuple[Number, int] | None:
    token = reader.at(place)
    if token.sort == "tens":
        onward = reader.undashed(place + 1)
        if reader.at(onward).sort == "digit":
            return token.value + reader.at(onward).value, onward + 1
    return (token.value, place + 1) if token.sort in {"digit", "ten", "tens"} else None


_BELOW_HUNDRED: dict[str, Callable[[Reader, int], tuple[Number, int] | None]] = {
    "ar": _arabic_below_hundred,
    "en": _english_below_hundred,
}


def _below_thousand(reader: Reader, place: int) -> tuple[Number, int] | None:
    token = reader.at(place)
    if token.sort == "digits":
        return token.value, place + 1
    below = _BELOW_HUNDRED[reader.words.lang]
    following = reader.at(place + 1)
    if token.sort == "digit" and following.sort == "hundred" and following.bare:
        total, place = token.value * 100, place + 2
    elif token.sort == "hundred":
        total, place = token.value, place + 1
    else:
        return below(reader, place)
    onward = reader.joined(place)
    rest = below(reader, onward) if onward is not None else None
    return (total + rest[0], rest[1]) if rest else (total, place)


def _with_half(reader: Reader, value: Number, place: int) -> tuple[Number, int]:
    """English "two and a half (million)"."""
    if reader.cue(place, "and") and reader.cue(place + 1, "article") and reader.at(place + 2).sort == "fraction":
        return value + reader.at(place + 2).value, place + 3
    return value, place


def _parts(reader: Reader, value: Number, place: int) -> tuple[Number, int] | None:
    """Parts named after a number: three quarters, two-thirds, one third."""
    onward = reader.undashed(place)
    token = reader.at(onward)
    if token.sort == "parts" and not token.joined and value < 12:
        return value * token.value, onward + 1
    if reader.cue(onward, "third") and value == 1:
        return Fraction(1, 3), onward + 1
    return None


def _scaled(reader: Reader, value: Number, place: int) -> Cardinal:
    """The value times the scale words that follow it (ألف مليار is two)."""
    scale = 1
    while True:
        onward = place
        if reader.tokens[place].sort == "dash":
            onward = reader.undashed(place)
        if value < 1 and reader.cue(onward, "article"):
            onward += 1
        token = reader.tokens[onward]
        if token.sort not in _SCALES or not token.bare:
            return Cardinal(value if scale == 1 else whole(value), place, scale)
        value, scale, place = value * token.value, scale * int(token.value), onward + 1


def _term(reader: Reader, place: int) -> Cardinal | None:
    """One term; ألفا right before its noun is the dual, elsewhere (ألفا ومئة) one in the accusative.

    A scale of one letter needs digits before it: the m of "8 p.m." is none.
    """
    token, following = reader.at(place), reader.at(place + 1)
    if token.sort == "twoscale":
        return Cardinal(token.value * 2, place + 1, int(token.value))
    if token.sort == "scale" and token.text.endswith("ا") and _may_be_counted(reader, following):
        return Cardinal(token.value * 2, place + 1, int(token.value))
    if token.sort == "scale" and len(token.text) == 1:
        return None
    if token.sort == "scale":
        once = Cardinal(token.value, place + 1, int(token.value))
        more = _scaled(reader, 1, place)
        return more if more.end > once.end else once
    if token.sort in {"fraction", "parts"}:
        return _scaled(reader, token.value, place + 1)
    small = _below_thousand(reader, place)
    if small is None:
        return None
    if parts := _parts(reader, *small):
        return _scaled(reader, *parts)
    return _scaled(reader, *_with_half(reader, *small))


def _may_be_counted(reader: Reader, token: Token) -> bool:
    """Whether a word may be what a number before it counts, so that a scale in ا is two of them (مليونا دولار)."""
    return token.sort != "gap" and not token.joined and token.text not in reader.words.not_nouns


def cardinal(reader: Reader, place: int) -> Cardinal | None:
    """The number that begins at `place`, or None."""
    token = reader.tokens[place]
    if vague := _vague(reader, place):
        return vague
    total = _term(reader, place)
    while total is not None:
        onward = reader.joined(total.end)
        term = _term(reader, onward) if onward is not None else None
        if term is None or onward is None:
            return total
        if token.sort == "digits" and onward == total.end and reader.words.lang == "en":  # "1.92bn one year before"
            return total
        if reader.at(onward).sort == "fraction":
            added = term.value * (total.scale if term.scale == 1 else 1)
            return Cardinal(whole(total.value + added), term.end)
        if term.value >= total.scale or (
            reader.at(onward).sort == "digits" and not _literal_goes_on(reader, total, term)
        ):
            return total
        total = Cardinal(total.value + term.value, term.end, term.scale)
    return None


def _literal_goes_on(reader: Reader, total: Cardinal, term: Cardinal) -> bool:
    """Whether digits may continue a sum: to the next lower scale (3 آلاف و500), in English with its word alone."""
    return term.scale * 1000 >= total.scale and (reader.words.lang == "ar" or term.scale > 1)


def _vague(reader: Reader, place: int) -> Cardinal | None:
    """A scale without a number: tens of billions, hundreds, thousands."""
    token = reader.at(place)
    if token.sort == "many":
        onward = place + 1
        if reader.cue(onward, "of"):
            onward += 1
        scale = reader.at(onward)
        if scale.sort in {"manyscale", "scale"} and not scale.joined:
            return Cardinal(0, onward + 1, vague=(int(token.value), int(scale.value)))
        return Cardinal(0, place + 1, vague=(int(token.value), 0))
    if token.sort == "manyscale" or (token.sort == "scale" and _few(reader, place)):
        return Cardinal(0, place + 1, vague=(0, int(token.value)))
    if token.sort == "hundred" and _few(reader, place):
        scale = reader.at(place + 1)
        more = int(scale.value) if scale.sort == "scale" else 0
        return Cardinal(0, place + (2 if more else 1), vague=(int(token.value), more))
    return None


def _few(reader: Reader, place: int) -> bool:
    """Whether the words before a scale leave open how many of it there are (a few hundred, a couple of thousand)."""
    return reader.cue(place - 1, "few") or (reader.cue(place - 1, "of") and reader.cue(place - 2, "few"))
