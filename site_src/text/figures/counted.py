"""What a number counts: the unit or noun after it, or before it where Arabic puts it there (الدول الخمس)."""

from __future__ import annotations

from msgspec import Struct

from site_src.text.figures.cardinals import PRECISE, Cardinal
from site_src.text.figures.lexicon import Number, Phrases, units
from site_src.text.figures.reader import Reader


class Counted(Struct, frozen=True, gc=False):
    """What a number counts: a unit, or a noun that is no known unit."""

    unit: str = ""
    """Its id."""
    noun: int = -1
    """The token of the noun."""
    end: int = -1
    """The first token behind either; for a noun before its number the token of the noun."""


NOTHING = Counted()
UP_TO_TEN = frozenset({"digit", "ten"})
"""Sorts of the number words from one to ten."""
_BEFORE_ACTS = ("لا", "بان", "باست")
_LONG = 7
"""A word of so many letters that begins so has a particle (لافتتاح, بانسحاب); shorter ones are nouns (لاعب)."""
_SINGULAR = ("ا", "ه", "ي", "ء")
"""Ends of the accusative singular, folded."""
_PLURAL, _ADJECTIVE = ("ات", "ين", "ون"), ("ي", "يه")


def match_phrase(reader: Reader, place: int, phrases: Phrases) -> tuple[str, int] | None:
    """(meaning, place behind it) of the longest of the phrases that stands at `place`; None without any."""
    following = reader.tokens[place + 1].text
    for words, meaning in phrases:
        if len(words) == 1 or (words[1] == following and _has_words(reader, place, words)):
            return meaning, place + len(words)
    return None


def _has_words(reader: Reader, place: int, words: tuple[str, ...]) -> bool:
    """Whether the tokens from `place` on are these words."""
    return tuple([token.text for token in reader.tokens[place : place + len(words)]]) == words


def find_counted(reader: Reader, place: int, *, vague: bool = False) -> Counted:
    """What a number counts that ends before `place`; behind a `vague` number an "of" and any noun may follow."""
    place = reader.after_hyphen(place)
    if vague and reader.cue(place, "article"):
        place += 1
    token = reader.tokens[place]
    if token.sort == "symbol" and token.unit:
        return Counted(token.unit, end=place + 1)
    if "of" in token.cues and (vague or reader.words.lang == "ar"):
        return _unit(reader, place + 1) or _noun(reader, place + 1)
    return _unit(reader, place) or _noun(reader, place)


def find_counted_by(reader: Reader, place: int, number: Cardinal) -> Counted:
    """What stands behind the number at `place` and is counted by it.

    Digits count no noun with its article. A spelt number with its article counts no noun that the tables do not know
    (شيع الآلاف جثمانه).
    "One" does not count what follows من where it counts the noun before it (عام واحد من العقوبات).
    """
    token, following = reader.tokens[place], reader.tokens[number.end]
    definite_up_to_ten = token.definite and token.sort in UP_TO_TEN
    if definite_up_to_ten and following.definite:
        return NOTHING
    counted = find_counted(reader, number.end, vague=number.vague != PRECISE or number.value < 1)
    before_of = "of" in following.cues
    if counted.noun >= 0 and not before_of:
        definite_behind_digits = following.definite and token.sort == "digits"
        if reader.tokens[number.end - 1].definite or definite_behind_digits:
            return NOTHING
    if before_of and number.value == 1 and find_counted_before(reader, place, definite=False).unit:
        return NOTHING
    return counted


def find_counted_before(reader: Reader, place: int, *, definite: bool) -> Counted:
    """What a number counts that follows its noun as an adjective does; `end` is then the token of the noun."""
    token = reader.tokens[place - 1]
    if reader.words.lang != "ar" or token.sort != "word" or token.definite != definite:
        return NOTHING
    match = match_phrase(reader, place - 1, token.units)
    needs_plural = definite and reader.tokens[place].sort in UP_TO_TEN
    if match and not (needs_plural and token.text == units()[match[0]].arabic_singular):
        return Counted(match[0], end=place - 1)
    if definite:
        return _noun_before(reader, place)
    return _dual_before(reader, place) if is_spelt_two(reader, place) else NOTHING


def _noun_before(reader: Reader, place: int) -> Counted:
    """The noun that a number with its article counts, right before it or with one word between them.

    In دول المنطقة الخمس it is a known noun whose gender fits the number. Where an adjective or a second noun with its
    article stands between, it cannot be told which noun is counted: then it is `NOTHING`.
    """
    number, between, noun = reader.tokens[place], reader.tokens[place - 1].text, reader.tokens[place - 2]
    if between.endswith(_PLURAL):
        return Counted(noun=place - 1, end=place - 1)
    match = match_phrase(reader, place - 2, noun.units)
    if match and match[1] == place - 1:
        feminine_noun = units()[match[0]].arabic_singular.endswith("ه")
        if feminine_noun != number.text.endswith("ه"):
            return Counted(match[0], end=place - 2)
    alone = noun.sort != "word" or noun.text in reader.words.not_nouns
    return Counted(noun=place - 1, end=place - 1) if alone and not between.endswith(_ADJECTIVE) else NOTHING


def _dual_before(reader: Reader, place: int) -> Counted:
    """The noun in the dual before a spelt two, which only ever follows a dual (متهمين اثنين)."""
    token = reader.tokens[place - 1]
    is_dual = len(token.text) > 4 and token.text.endswith(("ين", "ان"))
    return Counted(noun=place - 1, end=place - 1) if is_dual else NOTHING


def is_spelt_two(reader: Reader, place: int) -> bool:
    """Whether the token is a word for two."""
    token = reader.tokens[place]
    return token.sort == "digit" and token.value == 2


def _unit(reader: Reader, place: int) -> Counted | None:
    """The unit at `place`, with its rate; None where there is none, or where it names a year (10 ملايين عام 1990)."""
    token, following = reader.tokens[place], reader.tokens[place + 1]
    if "year" in token.cues and following.is_plain_integer and following.bare and len(following.text) == 4:
        return None
    match = match_phrase(reader, place, token.units) if token.bare else None
    if match is None or (match == ("percent", place + 2) and reader.words.lang == "ar" and not following.definite):
        return None  # أربعة في مئة
    return with_rate(reader, *match)


def with_rate(reader: Reader, unit: str, end: int) -> Counted:
    """The unit that ends before `end`, with the rate that may follow it: barrels per day. A percent has none."""
    rate_start = end + 1 if reader.cue(end, "only") else end
    rate = match_phrase(reader, rate_start, reader.tokens[rate_start].rates) if unit != "percent" else None
    if rate is None or _is_certain_time(reader, *rate) or reader.says_month_or_year(rate[1]):
        return Counted(unit, end=end)
    return Counted(f"{unit}/{rate[0]}", end=rate[1])


def _is_certain_time(reader: Reader, rate: str, end: int) -> bool:
    """Whether what looks like a rate and ends before `end` is one time: في الأسبوع الثالث, not في اليوم الواحد."""
    following = reader.tokens[end]
    in_time = reader.cue(end - 2, "before_year") and reader.tokens[end - 1].definite
    is_certain = (following.definite and following.sort != "digit") or "which_one" in following.cues
    return in_time and is_certain


def with_dual_adjective(reader: Reader, unit: str, end: int) -> tuple[str, int]:
    """(unit, end) of a dual that ends before `end`, of two words where its adjective follows (نقطتين مئويتين)."""
    adjective = reader.tokens[end].text
    singular = f"{adjective[:-3]}ه" if adjective.endswith(("تين", "تان")) else adjective[:-2]
    noun = units()[unit].arabic_singular
    phrases = reader.words.units.get(noun, ()) if adjective.endswith(("ين", "ان")) else ()
    return next(((other, end + 1) for words, other in phrases if words == (noun, singular)), (unit, end))


def with_half(reader: Reader, unit: str, end: int) -> tuple[Number, int]:
    """(value, end) of "and a half" behind a unit; (0, `end`) where none follows.

    The unit, or the scale of the number, may be repeated (ثلاث ساعات ونصف الساعة, مليونا دولار ونصف المليون); half of
    anything else is another figure (3 ملايين دولار ونصف الأرباح).
    """
    half, following = reader.tokens[end], reader.tokens[end + 1]
    if half.sort != "fraction" or not half.has_and:
        return 0, end
    repeated = _unit(reader, end + 1)
    if repeated.unit == unit if repeated else following.sort == "scale" and following.definite:
        return half.value, end + 2
    return (0, end) if following.definite else (half.value, end + 1)


def _noun(reader: Reader, place: int) -> Counted:
    """The noun at `place`, where a number before it may count it; only Arabic nouns are."""
    token, number = reader.tokens[place], reader.tokens[place - 1]
    if reader.words.lang != "ar" or token.sort != "word" or not token.bare:
        return NOTHING
    if number.bracketed or is_spelt_two(reader, place - 1):
        return NOTHING
    if "of" in number.cues and reader.tokens[place + 1].sort in {"digits", *UP_TO_TEN}:  # 5 من أكبر 10 مدن
        return NOTHING
    if number.sort == "scale" and number.text.endswith("ا"):  # the accusative (ألفا, مليونا) counts no word behind it
        return NOTHING
    if token.text.startswith(_BEFORE_ACTS) and len(token.text) >= _LONG:  # ل and ب before what is done
        return NOTHING
    if _ends_above_ten(reader, place - 1) and not token.text.endswith(_SINGULAR):
        return NOTHING
    if _is_verb(token.text) and number.sort != "scale":
        return NOTHING
    if len(token.text) < 3 or token.text[0] == "و" or not token.text.isalpha():
        return NOTHING
    return NOTHING if token.text in reader.words.not_nouns else Counted(noun=place, end=place + 1)


def _is_verb(word: str) -> bool:
    """Whether a folded word behind a number is surely a verb: 10 أطلقت, ستة يحملون."""
    feminine = len(word) > 3 and word.endswith("ت") and not word.endswith("ات")
    return feminine or (word.startswith("ي") and word.endswith("ون") and not word.endswith("يون"))


def _ends_above_ten(reader: Reader, place: int) -> bool:
    """Whether the number at `place` ends in 11 to 99: its noun is in the accusative singular (11 حادثا)."""
    number = reader.tokens[place]
    if number.sort == "ten":
        return reader.tokens[place - 1].value > 0
    return number.value % 100 > 10 and (number.is_plain_integer or number.sort == "tens")
