"""What a number counts: the unit or noun after it, or before it where Arabic puts it there (الدول الخمس)."""

from __future__ import annotations

from msgspec import Struct

from site_src.text.figures.lexicon import NO_PHRASES, Number, Phrases
from site_src.text.figures.reader import Reader


class Counted(Struct, frozen=True, gc=False):
    """A unit id, or the token of a noun that the units do not know; `end` is the first token after it."""

    unit: str = ""
    noun: int = -1
    end: int = -1


NOTHING = Counted()


def phrase(reader: Reader, place: int, phrases: Phrases) -> tuple[str, int] | None:
    """The longest of the phrases that the token at `place` may begin: its meaning and the place after it."""
    for words, meaning in phrases.longer.get(reader.tokens[place + 1].text, ()) if phrases.longer else ():
        if tuple([token.text for token in reader.tokens[place : place + len(words)]]) == words:
            return meaning, place + len(words)
    return (phrases.alone, place + 1) if phrases.alone else None


def counted(reader: Reader, place: int, *, vague: bool = False) -> Counted:
    """What is counted by a number that ends before `place`; `vague` numbers take English "of" and any noun."""
    place = reader.undashed(place)
    if vague and reader.cue(place, "article"):
        place += 1
    token = reader.tokens[place]
    if token.sort == "percent":
        return Counted("percent", end=place + 1)
    if token.sort == "symbol" and token.unit:
        return Counted(token.unit, end=place + 1)
    if token.percent is not NO_PHRASES and (percent := phrase(reader, place, token.percent)):
        return Counted("percent", end=percent[1])
    if "of" in token.cues and (vague or reader.tokens[place + 1].definite or reader.words.lang == "ar"):
        return _unit(reader, place + 1) or _noun(reader, place + 1)
    return _unit(reader, place) or _noun(reader, place)


def counted_before(reader: Reader, place: int, *, definite: bool) -> Counted:
    """The noun before a number that follows it as an adjective does; its `end` is its own place."""
    token = reader.at(place - 1)
    if reader.words.lang != "ar" or token.sort != "word" or token.definite != definite:
        return NOTHING
    found = phrase(reader, place - 1, token.units)
    if found and found[1] == place:
        return Counted(found[0], end=place - 1)
    return Counted(noun=place - 1, end=place - 1) if definite else NOTHING


def _unit(reader: Reader, place: int) -> Counted | None:
    token = reader.tokens[place]
    if token.units is NO_PHRASES or token.joined or not token.bare:
        return None
    found = phrase(reader, place, token.units)
    return rated(reader, *found) if found else None


def rated(reader: Reader, unit: str, end: int) -> Counted:
    """The unit that ends before `end`, with the rate that may follow it: barrels per day."""
    rates = reader.tokens[end].rates
    rate = phrase(reader, end, rates) if rates is not NO_PHRASES else None
    if rate is None or reader.cue(rate[1], "which_one") or reader.at(rate[1]).sort == "digits":
        return Counted(unit, end=end)
    return Counted(f"{unit}/{rate[0]}", end=rate[1])


def with_half(reader: Reader, unit: str, end: int) -> tuple[Number, int]:
    """What "and a half" adds to a number that its unit parts from it (ثلاث ساعات ونصف الساعة), and where it ends."""
    half = reader.at(end)
    if half.sort != "fraction" or not unit or not half.joined:
        return 0, end
    repeated = _unit(reader, end + 1)
    same = repeated is not None and repeated.unit == unit and reader.at(end + 1).definite
    return half.value, end + 2 if same else end + 1


def _noun(reader: Reader, place: int) -> Counted:
    token, number = reader.at(place), reader.at(place - 1)
    if reader.words.lang != "ar" or token.sort != "word" or token.joined or not token.bare:
        return NOTHING
    if number.sort == "scale" and number.text.endswith("ا"):  # the accusative (ألفا, مليونا) counts no word behind it
        return NOTHING
    fits = len(token.text) > 2 and token.text[0] != "و" and token.text.isalpha()
    return Counted(noun=place, end=place + 1) if fits and token.text not in reader.words.not_nouns else NOTHING
