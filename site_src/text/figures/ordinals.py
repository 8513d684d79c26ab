"""Ordinals, spelt or in digits, and the other meanings that their words can have."""

from __future__ import annotations

from fractions import Fraction

from site_src.text.figures.counted import match_phrase
from site_src.text.figures.english import decimal, figure_words, ordinal_words
from site_src.text.figures.lexicon import units
from site_src.text.figures.reader import Reader, Reading
from site_src.text.figures.tokens import Token
from site_src.text.figures.years import decade_reading

_FEMININE = ("ه", "ي")
_TENS_AND_DIGITS = frozenset({"tens", "digits"})


def read_tailed(reader: Reader, place: int) -> Reading | None:
    """A literal with letters glued to it: 10th, 1990s."""
    token, ending = reader.tokens[place], reader.tokens[place + 1]
    if not ending.glued or not token.is_plain_integer:
        return None
    if reader.cue(place + 1, "ordinal_tail"):
        return _ordinal_reading(reader, place, place + 2, int(token.value))
    if reader.cue(place + 1, "decade_tail") and token.value % 10 == 0 and token.value >= 1000:
        return decade_reading(place, place + 2, int(token.value))
    return None


def read_ordinal(reader: Reader, place: int) -> Reading | None:
    """An ordinal in words (tenth, twenty-first, الثالث عشر); None where the word has another meaning."""
    token = reader.tokens[place]
    if token.sort in _TENS_AND_DIGITS:
        if _is_age(reader, place, place + 1):
            return _age_reading(place, place + 1, int(token.value))
        return _read_tens_and_digits(reader, place) if token.definite or reader.words.lang == "en" else None
    if token.sort != "ordinal" or reader.cue(place - 1, "month"):
        return None
    following = reader.tokens[place + 1]
    compound = reader.words.lang == "ar" and following.sort == ("tens" if following.has_and else "ten")
    value, end = (int(token.value + following.value), place + 2) if compound else (int(token.value), place + 1)
    if reader.cue(place - 1, "hour") and token.definite:
        return Reading("number", place, end, str(value), english=f"{value} o'clock")
    if reader.cue(place, "third") and reader.cue(place - 1, "article") and reader.cue(place + 1, "of"):
        return Reading("number", place, place + 1, decimal(Fraction(1, 3)), english="a third")
    stands_alone = not compound and not (token.definite and token.bare)
    if stands_alone and reader.cue(place, "never_alone"):
        return None
    return (
        _age_reading(place, end, value) if _is_age(reader, place, end) else _ordinal_reading(reader, place, end, value)
    )


def _is_age(reader: Reader, place: int, end: int) -> bool:
    """Whether an ordinal that orders no noun before it says how old somebody is: في الثامنة والستين من عمره."""
    orders_no_noun = reader.tokens[place].definite and not reader.tokens[place - 1].definite
    return orders_no_noun and reader.cue(end, "from") and reader.cue(end + 1, "age")


def _age_reading(place: int, end: int, value: int) -> Reading:
    return Reading("duration", place, end, str(value), unit="year", english=figure_words(value, None, "year"))


def _read_tens_and_digits(reader: Reader, place: int) -> Reading | None:
    """Tens and digits that are ordinals: twenty-first; الثلاثون, الـ30 behind a noun that is numbered so (الذكرى).

    Between a noun in the construct state and its ordinal stands the noun that completes it (حزمة العقوبات الـ18).
    """
    token = reader.tokens[place]
    if reader.words.lang == "en" and token.sort == "tens":
        ones_place = reader.after_hyphen(place + 1)
        ones = reader.tokens[ones_place]
        if ones.sort == "ordinal":
            return _ordinal_reading(reader, place, ones_place + 1, int(token.value + ones.value))
    noun, noun_before = reader.tokens[place - 1], reader.tokens[place - 2]
    if not (noun.definite and token.definite):
        return None
    in_construct = "ordinal_construct" in noun_before.cues and not noun_before.definite
    is_ordinal = "ordinal_noun" in noun.cues or (in_construct and reader.tokens[place + 1].sort != "scale")
    return _ordinal_reading(reader, place, place + 1, int(token.value)) if is_ordinal else None


def _orders_following(reader: Reader, place: int, end: int) -> bool:
    """Whether an ordinal without article orders the noun behind it, not the one before (عقد أول اجتماع)."""
    token, following = reader.tokens[place], reader.tokens[end]
    if token.definite or token.text.endswith(_FEMININE) or following.definite:
        return False
    return following.sort == "word" and following.bare and following.text not in reader.words.not_nouns


def _ordinal_reading(reader: Reader, place: int, end: int, value: int) -> Reading:
    """The ordinal with the noun it orders, before it (الذكرى السنوية العاشرة) or after it (ثالث جولة, third round)."""
    unit = ""
    for start in (place - 2, place - 1) if reader.words.lang == "ar" else ():
        before = _match_orderable_unit(reader, start)
        if before and before[1] == place and reader.tokens[start].definite == reader.tokens[place].definite:
            if not _orders_following(reader, place, end) and _agrees(reader.tokens[place], before[0]):
                unit, place = before[0], start
            break
    after = _match_orderable_unit(reader, end)
    following = reader.tokens[end]
    agrees = following.bare and not reader.tokens[place].definite and following.text not in reader.words.plurals
    if not unit and after and agrees:
        unit, end = after
    return Reading("ordinal", place, end, str(value), unit=unit, english=ordinal_words(value, unit))


def _agrees(ordinal: Token, unit: str) -> bool:
    """Whether an ordinal, where it has no article, has the gender of a unit: not so in شهرا أولى."""
    return ordinal.definite or units()[unit].arabic_singular.endswith("ه") == ordinal.text.endswith(_FEMININE)


def _match_orderable_unit(reader: Reader, place: int) -> tuple[str, int] | None:
    """(id, end) of the unit at `place` if an ordinal may count it."""
    match = match_phrase(reader, place, reader.tokens[place].units)
    return match if match and units()[match[0]].orderable else None
