"""What a number counts: the unit or noun after it, or before it where Arabic puts it there (الدول الخمس)."""

from __future__ import annotations

from msgspec import Struct

from site_src.text.figures.lexicon import Number, Phrases, units
from site_src.text.figures.reader import Reader


class Counted(Struct, frozen=True, gc=False):
    """A unit id, or the token of a noun that the units do not know; `end` is the first token after it."""

    unit: str = ""
    noun: int = -1
    end: int = -1


NOTHING = Counted()
UP_TO_TEN = frozenset({"digit", "ten"})
"""Sorts of the number words from one to ten, which a noun in the plural precedes."""
_LED = 7
"""Letters from which a word in لا is no noun of that root (لاعب, لافتات)."""
_PLURAL, _ADJECTIVE = ("ات", "ين", "ون"), ("ي", "يه")


def phrase(reader: Reader, place: int, phrases: Phrases) -> tuple[str, int] | None:
    """The longest of the phrases that the token at `place` may begin: its meaning and the place after it."""
    following = reader.tokens[place + 1].text
    for words, meaning in phrases:
        if len(words) == 1 or (words[1] == following and _stand(reader, place, words)):
            return meaning, place + len(words)
    return None


def _stand(reader: Reader, place: int, words: tuple[str, ...]) -> bool:
    return tuple([token.text for token in reader.tokens[place : place + len(words)]]) == words


def counted(reader: Reader, place: int, *, vague: bool = False) -> Counted:
    """What is counted by a number that ends before `place`; `vague` numbers take English "of" and any noun."""
    place = reader.undashed(place)
    if vague and reader.cue(place, "article"):
        place += 1
    token = reader.tokens[place]
    if token.sort == "symbol" and token.unit:
        return Counted(token.unit, end=place + 1)
    if "of" in token.cues and (vague or reader.words.lang == "ar"):
        return _unit(reader, place + 1) or _noun(reader, place + 1)
    return _unit(reader, place) or _noun(reader, place)


def counted_before(reader: Reader, place: int, *, definite: bool) -> Counted:
    """The noun before a number that follows it as an adjective does; its `end` is its own place."""
    token = reader.at(place - 1)
    if reader.words.lang != "ar" or token.sort != "word" or token.definite != definite:
        return NOTHING
    found = phrase(reader, place - 1, token.units)
    few = definite and reader.at(place).sort in UP_TO_TEN
    if found and not (few and token.text == units()[found[0]].singular):
        return Counted(found[0], end=place - 1)
    if definite:
        return _noun_before(reader, place)
    return _dual_before(reader, place) if is_spelt_two(reader, place) else NOTHING


def _noun_before(reader: Reader, place: int) -> Counted:
    """The noun that a number with its article follows, at a distance where another word comes between.

    دول المنطقة الخمس counts a known noun that agrees with the number. Which noun an adjective or a second noun with
    its article leaves to the number cannot be told: then nothing is.
    """
    number, between, noun = reader.at(place), reader.at(place - 1).text, reader.at(place - 2)
    if between.endswith(_PLURAL):
        return Counted(noun=place - 1, end=place - 1)
    found = phrase(reader, place - 2, noun.units)
    if found and found[1] == place - 1 and units()[found[0]].singular.endswith("ه") != number.text.endswith("ه"):
        return Counted(found[0], end=place - 2)
    alone = noun.sort != "word" or noun.text in reader.words.not_nouns
    return Counted(noun=place - 1, end=place - 1) if alone and not between.endswith(_ADJECTIVE) else NOTHING


def _dual_before(reader: Reader, place: int) -> Counted:
    """The noun in the dual before a spelt two, which stands nowhere but behind it (متهمين اثنين)."""
    token = reader.at(place - 1)
    told = len(token.text) > 4 and token.text.endswith(("ين", "ان"))
    return Counted(noun=place - 1, end=place - 1) if told else NOTHING


def is_spelt_two(reader: Reader, place: int) -> bool:
    """Whether the token is a word for two."""
    token = reader.tokens[place]
    return token.sort == "digit" and token.value == 2


def _unit(reader: Reader, place: int) -> Counted | None:
    token = reader.tokens[place]
    found = phrase(reader, place, token.units) if token.bare else None
    return rated(reader, *found) if found else None


def rated(reader: Reader, unit: str, end: int) -> Counted:
    """The unit that ends before `end`, with the rate that may follow it: barrels per day. A percent has none."""
    onward = end + 1 if reader.cue(end, "only") else end
    rate = phrase(reader, onward, reader.tokens[onward].rates) if unit != "percent" else None
    if rate is None or reader.cue(rate[1], "which_one") or reader.names_time(rate[1]):
        return Counted(unit, end=end)
    return Counted(f"{unit}/{rate[0]}", end=rate[1])


def with_half(reader: Reader, unit: str, end: int) -> tuple[Number, int]:
    """What "and a half" adds to a number that its unit parts from it, and where it ends.

    The unit, or the scale of the number, may be said again (ثلاث ساعات ونصف الساعة, مليونا دولار ونصف المليون); half of
    anything else is another figure (3 ملايين دولار ونصف الأرباح).
    """
    half, following = reader.at(end), reader.at(end + 1)
    if half.sort != "fraction" or not half.joined:
        return 0, end
    repeated = _unit(reader, end + 1)
    if repeated.unit == unit if repeated else following.sort == "scale" and following.definite:
        return half.value, end + 2
    return (0, end) if following.definite else (half.value, end + 1)


def _noun(reader: Reader, place: int) -> Counted:
    token, number = reader.at(place), reader.at(place - 1)
    if reader.words.lang != "ar" or token.sort != "word" or not token.bare:
        return NOTHING
    if number.bracketed or is_spelt_two(reader, place - 1):
        return NOTHING
    if "of" in number.cues and reader.at(place + 1).sort in {"digits", *UP_TO_TEN}:  # 5 من أكبر 10 مدن
        return NOTHING
    if number.sort == "scale" and number.text.endswith("ا"):  # the accusative (ألفا, مليونا) counts no word behind it
        return NOTHING
    led = token.text.startswith("لا") and len(token.text) >= _LED  # ل before what is done (20 لافتتاح المتحف)
    fits = len(token.text) > 2 and token.text[0] != "و" and token.text.isalpha() and not led
    return Counted(noun=place, end=place + 1) if fits and token.text not in reader.words.not_nouns else NOTHING
