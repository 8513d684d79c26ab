"""Whether a text has a word that sounds like a name: its consonants are compared across Arabic and Latin letters."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import pairwise

from site_src.tables import table
from site_src.text.fold import fold, unmarked
from site_src.text.names.forms import arabic_strip
from site_src.text.patterns import late
from site_src.translate.checks.pair import Side, Span
from site_src.translate.glossary import skeleton

_LETTERS = late(r"[^\W\d_]+")
_COMPOUND_LETTERS = 6
"""From so many letters on, a Latin word may stand for two Arabic words."""
_LONG_NAME = 3
"""In a name of so many words or more, one word need not be heard."""
_TELLING_CONSONANTS = 3
"""From so many on, equal consonants mean the same name; fewer do not: "Yemen" has those of من."""
_SHORT = 4
"""Words of so many letters or fewer sound like too many others."""
_CAPITALISED = late(r"\b[A-ZÀ-Þ\u0100-\u017f][\w’'-]*")
_APOSTROPHES = late("['’]")
_SOFT_C = late("c(?=[eiy])")
"""A c that sounds like s: Rice, Cyril."""
_TURKMEN_W = late(r"(?<=\w\w\w[oe])w(?=a?$)")
"""A w that sounds like v: Meredow."""
_ARABIC = late("[\u0620-\u064a\u067e-\u06af]")


def is_heard(form: str, side: Side) -> bool:
    """Whether a word of the text may sound like the longest word of `form`: enough to accept a capitalised word.

    Two Arabic words may be one Latin word (فخر الدين, Fakhreddin; دولت آباد); an article between them is not heard.
    """
    sounds = table("checks_names")["sounds"]
    word = max(_split_words(form), key=len, default="")
    if _sounds_like_any(word, set(side.words), sounds["alike"]):
        return True
    if len(_consonants(word)) == 1 and _has_word_of_one_consonant(word, side):
        return True
    if side.lang != "ar" or len(word) < _COMPOUND_LETTERS:
        return False
    joined = {first + second.removeprefix("ال") for first, second in pairwise(side.words)}
    return _sounds_like_any(word, joined, sounds["certain"])


def _has_word_of_one_consonant(word: str, side: Side) -> bool:
    """Whether the text has a word, no particle, with the only consonant of this word: Ata, Ali, Ahly."""
    candidates = {candidate for candidate in side.words if len(candidate) > 2}.difference(
        map(fold, table("checks_names")["sounds"]["particles"])
    )
    return any(_consonants(word) in _readings(candidate) for candidate in candidates)


def is_certainly_heard(form: str, side: Side) -> bool:
    """Whether the text has a word that sounds like each word of `form`: enough to take it for the name.

    Many words share two consonants: a short name is heard only in short words that are no particles.
    In English a name has a capital, and a word of another known name belongs to that name. Of three or more words, one
    may be translated: Naftna Industrija Srbije.
    """
    candidates, sounds = _possible_name_words(side), table("checks_names")["sounds"]
    words = [word for word in _split_words(form) if len(word) > 2]
    if max((len(_consonants(word)) for word in words), default=0) < _TELLING_CONSONANTS:
        short_words = {candidate for candidate in candidates if len(candidate) <= sounds["short"]}
        candidates = short_words.difference(map(fold, sounds["particles"]))
    unheard = sum(1 for word in words if not _sounds_like_any(word, candidates, sounds["certain"]))
    allowed = 1 if len(words) >= _LONG_NAME else 0
    return bool(words) and unheard <= allowed


def has_same_sound(form: str, side: Side) -> bool:
    """Whether the text has words with exactly the consonants of each word of `form`: the name in another spelling."""
    name_consonants = [_consonants(word) for word in _split_words(form) if len(word) > 2]
    if not name_consonants or max(map(len, name_consonants)) < _TELLING_CONSONANTS:
        return False
    return set(name_consonants) <= {reading for word in _possible_name_words(side) for reading in _readings(word)}


def find_by_sound(word: str, side: Side) -> Span | None:
    """The span, in the folded Arabic text, of the only word with exactly the consonants of `word`.

    None where there are several such words or none, or where it belongs to a known name. `word` must have three
    consonants, or two and more letters: Aliyev.
    """
    consonants = _consonants(without_possessive(fold(word)))
    if len(consonants) >= _TELLING_CONSONANTS:
        least_letters = 1
    elif len(consonants) == _TELLING_CONSONANTS - 1 and len(word) > _SHORT:
        least_letters = _SHORT + 1
    else:
        return None
    candidates = (match for match in _LETTERS.finditer(side.folded) if len(match[0]) >= least_letters)
    spans = [match.span() for match in candidates if consonants in _readings(match[0])]
    if len(spans) != 1:
        return None
    last = spans[0][1] - 1
    names = ((side.folded_offset(name.start), side.folded_offset(name.end)) for name in side.names)
    return None if any(start <= last < end for start, end in names) else spans[0]


def without_possessive(word: str) -> str:
    """An English word without the "'s" at its end."""
    return word.removesuffix("'s").removesuffix("’s")


def has_same_word(word: str, side: Side) -> bool:
    """Whether an English text has a capitalised word with exactly the consonants of this one, at least two: Twitter."""
    consonants = _consonants(fold(word))
    return side.lang == "en" and len(consonants) > 1 and consonants in map(_consonants, _possible_name_words(side))


def is_spelt_out(word: str, side: Side) -> bool:
    """Whether an Arabic text gives an acronym letter by letter: إن آي إس for NIS, بي بي سي for BBC."""
    is_acronym = word.isupper() and word.isascii() and word.isalpha()
    return side.lang == "ar" and is_acronym and bool(_letter_names(word).search(side.folded))


@lru_cache(maxsize=1 << 10)
def _letter_names(acronym: str) -> re.Pattern[str]:
    """The pattern of the Arabic names of an acronym's letters, one after the other."""
    names = table("checks_names")["sounds"]["letters"]
    spelling = r"[ .-]?".join(f"(?:{fold(names[letter.lower()])})" for letter in acronym)
    return re.compile(rf"(?<!\w)[وفبل]{{0,2}}(?:ال)?{spelling}(?!\w)")


def _possible_name_words(side: Side) -> set[str]:
    """The folded words of a text that may belong to a name which the names file does not have in this spelling."""
    if side.lang != "en":
        return set(side.words)
    names = [(span.start, span.end) for span in side.names]
    words = (
        word
        for word in _CAPITALISED.finditer(side.text)
        if not any(start <= word.start() < end for start, end in names)
    )
    return {without_possessive(fold(word[0])) for word in words}


def _split_words(form: str) -> list[str]:
    """The folded words of a form of a name."""
    return _LETTERS.findall(_APOSTROPHES.sub("", fold(form)))


def _sounds_like_any(word: str, candidates: set[str], threshold: float) -> bool:
    """Whether `word` is one of the candidates, or its consonants are alike enough to those of one of them (0 to 1)."""
    if word in candidates:
        return True
    consonants = _consonants(word)
    if len(consonants) > 1 and any(
        _is_alike(consonants, reading, threshold) for candidate in candidates for reading in _readings(candidate)
    ):
        return True
    if len(consonants) <= _TELLING_CONSONANTS or _ARABIC.search(word):
        return False
    return any(consonants in _readings(candidate.translate(_other_sounds())) for candidate in candidates)


@lru_cache(maxsize=1 << 15)
def _readings(word: str) -> tuple[str, ...]:
    """The consonants of a word, with and without the Arabic particles that may be written onto its front."""
    stems = [word, *(stem for _, stem in arabic_strip(word))] if _ARABIC.search(word) else [word]
    stems += [stem[2:] for stem in stems if stem.startswith("ال") and len(stem) > 4]
    stems += [stem[5:] for stem in stems if stem.startswith("عبدال") and len(stem) > 6]
    return tuple(dict.fromkeys(map(_consonants, stems)))


@lru_cache(maxsize=1 << 15)
def _is_alike(consonants: str, other: str, threshold: float) -> bool:
    """Whether two strings of consonants are equal, or similar by at least `threshold` (0 to 1)."""
    if consonants == other:
        return True
    shorter = min(len(consonants), len(other))
    if shorter < 2 or 2 * shorter < threshold * (len(consonants) + len(other)):
        return False
    return SequenceMatcher(None, consonants, other, autojunk=False).ratio() >= threshold


@lru_cache(maxsize=1 << 15)
def _consonants(word: str) -> str:
    """The consonants of a word in either script, in Latin letters; those that transliteration exchanges are merged."""
    if _ARABIC.search(word):
        latin = "".join(_latin_letters().get(letter, "") for letter in word)
    else:
        latin = unmarked(_TURKMEN_W.sub("v", _SOFT_C.sub("s", _APOSTROPHES.sub("", word))))
    merged = "".join(_merged_consonants().get(letter, letter) for letter in skeleton(latin))
    return re.sub(r"(.)\1+", r"\1", merged)


@cache
def _latin_letters() -> dict[str, str]:
    """Folded Arabic letters to the Latin letters that they sound like."""
    return {fold(letter): latin for letter, latin in table("checks_names")["sounds"]["arabic"].items()}


@cache
def _other_sounds() -> dict[int, str]:
    """Arabic letters that may be pronounced in a second way, to letters that are pronounced so; for str.translate."""
    letters_by_sound = {latin: letter for letter, latin in _latin_letters().items()}
    also = table("checks_names")["sounds"]["also"]
    return {ord(letter): letters_by_sound.get(latin, "") for letter, latin in also.items()}


@cache
def _merged_consonants() -> dict[str, str]:
    """Consonants to the one that stands for all those that transliteration exchanges."""
    return dict(table("checks_names")["sounds"]["merged"])
