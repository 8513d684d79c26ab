"""Ordinals, spelt or in digits, and what their words can mean besides."""

from __future__ import annotations

from fractions import Fraction

from site_src.text.figures.counted import phrase
from site_src.text.figures.english import decimal, figure_words, ordinal_words
from site_src.text.figures.lexicon import units
from site_src.text.figures.reader import Reader, Reading
from site_src.text.figures.years import decade_reading

_FEMININE = ("ه", "ي")
_TENS_AND_DIGITS = frozenset({"tens", "digits"})


def tailed(reader: Reader, place: int) -> Reading | None:
    """A literal with letters glued to it: 10th, 1990s."""
    token, tail = reader.tokens[place], reader.tokens[place + 1]
    if not tail.glued or not token.whole:
        return None
    if reader.cue(place + 1, "ordinal_tail"):
        return _ordinal(reader, place, place + 2, int(token.value))
    if reader.cue(place + 1, "decade_tail") and token.value % 10 == 0 and token.value >= 1000:
        return decade_reading(place, place + 2, int(token.value))
    return None


def ordinal(reader: Reader, place: int) -> Reading | None:
    """An ordinal in words (tenth, twenty-first, الثالث عشر); None where the word means another thing."""
    token = reader.at(place)
    if token.sort in _TENS_AND_DIGITS:
        if _is_age(reader, place, place + 1):
            return _age(place, place + 1, int(token.value))
        return _numbered(reader, place) if token.definite or reader.words.lang == "en" else None
    if token.sort != "ordinal" or reader.cue(place - 1, "month"):
        return None
    more = reader.at(place + 1)
    compound = reader.words.lang == "ar" and more.sort == ("tens" if more.joined else "ten")
    value, end = (int(token.value + more.value), place + 2) if compound else (int(token.value), place + 1)
    if reader.cue(place - 1, "hour") and token.definite:
        return Reading("number", place, end, str(value), english=f"{value} o'clock")
    if reader.cue(place, "third") and reader.cue(place - 1, "article") and reader.cue(place + 1, "of"):
        return Reading("number", place, place + 1, decimal(Fraction(1, 3)), english="a third")
    if reader.cue(place, "never_alone") and not (compound or (token.definite and token.bare)):
        return None
    return _age(place, end, value) if _is_age(reader, place, end) else _ordinal(reader, place, end, value)


def _is_age(reader: Reader, place: int, end: int) -> bool:
    """Whether an ordinal that orders no noun before it says how old somebody is: في الثامنة والستين من عمره."""
    alone = reader.at(place).definite and not reader.at(place - 1).definite
    return alone and reader.cue(end, "from") and reader.cue(end + 1, "age")


def _age(place: int, end: int, value: int) -> Reading:
    return Reading("duration", place, end, str(value), unit="year", english=figure_words(value, None, "year"))


def _numbered(reader: Reader, place: int) -> Reading | None:
    """Tens and digits that are ordinals: twenty-first; الثلاثون, الـ30 after a noun that is numbered so (الذكرى).

    The noun may be joined to another, which then stands between (حزمة العقوبات الـ18).
    """
    onward = reader.undashed(place + 1) if reader.words.lang == "en" and reader.at(place).sort == "tens" else place
    if onward > place and reader.at(onward).sort == "ordinal":
        return _ordinal(reader, place, onward + 1, int(reader.at(place).value + reader.at(onward).value))
    noun, before, token = reader.at(place - 1), reader.at(place - 2), reader.at(place)
    if not (noun.definite and token.definite):
        return None
    joined = "ordinal_construct" in before.cues and not before.definite and reader.at(place + 1).sort != "scale"
    numbered = joined or "ordinal_noun" in noun.cues
    return _ordinal(reader, place, place + 1, int(token.value)) if numbered else None


def _leads(reader: Reader, place: int, end: int) -> bool:
    """Whether an ordinal without article orders the noun behind it, not the one before (عقد أول اجتماع)."""
    token, following = reader.at(place), reader.at(end)
    if token.definite or token.text.endswith(_FEMININE) or following.definite:
        return False
    return following.sort == "word" and following.bare and following.text not in reader.words.not_nouns


def _ordinal(reader: Reader, place: int, end: int, value: int) -> Reading:
    """The ordinal with the noun it orders, before it (الذكرى السنوية العاشرة) or after it (ثالث جولة, third round)."""
    unit = ""
    for start in (place - 2, place - 1) if reader.words.lang == "ar" else ():
        found = _ordered(reader, start)
        if found and found[1] == place and reader.at(start).definite == reader.at(place).definite:
            if not _leads(reader, place, end):
                unit, place = found[0], start
            break
    after = _ordered(reader, end)
    follows = reader.at(end).bare and not reader.at(place).definite
    if not unit and after and follows and reader.at(end).text not in reader.words.several:
        unit, end = after
    return Reading("ordinal", place, end, str(value), unit=unit, english=ordinal_words(value, unit))


def _ordered(reader: Reader, place: int) -> tuple[str, int] | None:
    found = phrase(reader, place, reader.at(place).units)
    return found if found and units()[found[0]].ordered else None
