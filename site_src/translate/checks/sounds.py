"""Whether a text has a word that sounds like a name: consonants compared across Arabic and Latin letters."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import pairwise

from site_src.tables import table
from site_src.text.fold import fold, unmarked
from site_src.text.names.forms import arabic_strip
from site_src.text.patterns import late
from site_src.translate.checks.pair import Side
from site_src.translate.glossary import skeleton

_LETTERS = late(r"[^\W\d_]+")
_COMPOUND = 6
"""Letters from which a Latin word may be two of Arabic."""
_MANY = 3
"""Words of a name of which one need not be heard."""
_SOUNDS = 3
"""Consonants from which the same ones are the same name: "Yemen" has those of من."""
_SHORT = 4
"""Letters of words that sound like too many others."""
_CAPITAL = late(r"\b[A-ZÀ-Þ\u0100-\u017f][\w’'-]*")
_APOSTROPHES = late("['’]")
_SOFT = late("c(?=[eiy])")
"""A c that is heard as s: Rice, Cyril."""
_TURKMEN = late(r"(?<=\w\w\w[oe])w(?=a?$)")
"""A w that is heard as v: Meredow."""
_ARABIC = late("[\u0620-\u064a\u067e-\u06af]")


def heard(form: str, side: Side) -> bool:
    """Whether a word of the text may sound like the longest word of `form`: enough to let a capitalised word pass.

    Two words of Arabic may be one (فخر الدين, Fakhreddin; دولت آباد), an article between them not heard.
    """
    word, least = max(_parts(form), key=len, default=""), table("checks_names")["sounds"]["alike"]
    if _heard(word, set(side.words), least) or (len(_bones(word)) == 1 and _is_short_sound(word, side)):
        return True
    if side.lang != "ar" or len(word) < _COMPOUND:
        return False
    joined = {one + other.removeprefix("ال") for one, other in pairwise(side.words)}
    return _heard(word, joined, table("checks_names")["sounds"]["certain"])


def _is_short_sound(word: str, side: Side) -> bool:
    """Whether a word that is no particle has the one consonant of this one: Ata, Ali, Ahly."""
    words = {one for one in side.words if len(one) > 2}.difference(
        map(fold, table("checks_names")["sounds"]["particles"])
    )
    return any(_bones(word) in _readings(one) for one in words)


def certainly_heard(form: str, side: Side) -> bool:
    """Whether the text has a word that sounds like each word of `form`: enough to take it for the name.

    Two consonants are those of many a word: short names are heard in short words alone, and in no particle.
    In English a name has a capital; a word of another name that is known is that name's. Of three words one may be
    translated: Naftna Industrija Srbije.
    """
    words, rules = _may_be_names(side), table("checks_names")["sounds"]
    parts = [part for part in _parts(form) if len(part) > 2]
    if max((len(_bones(part)) for part in parts), default=0) < _SOUNDS:
        words = {word for word in words if len(word) <= rules["short"]}.difference(map(fold, rules["particles"]))
    unheard = sum(1 for part in parts if not _heard(part, words, rules["certain"]))
    return bool(parts) and unheard <= (len(parts) >= _MANY)


def same_sound(form: str, side: Side) -> bool:
    """Whether the text has words of the very consonants of each word of `form`: the name in another spelling."""
    parts = [_bones(part) for part in _parts(form) if len(part) > 2]
    if not parts or max(map(len, parts)) < _SOUNDS:
        return False
    return set(parts) <= {bones for word in _may_be_names(side) for bones in _readings(word)}


def spoken_at(word: str, side: Side) -> tuple[int, int] | None:
    """Where a folded Arabic text has one word, of no known name, of the very consonants of this one.

    They are three at least, or two of a longer word: Aliyev.
    """
    bones = _bones(fold(word).removesuffix("'s").removesuffix("’s"))
    if len(bones) < _SOUNDS and (len(bones) < _SOUNDS - 1 or len(word) <= _SHORT):
        return None
    least = 1 if len(bones) >= _SOUNDS else _SHORT + 1
    words = (found for found in _LETTERS.finditer(side.folded) if len(found[0]) >= least)
    places = [found.span() for found in words if bones in _readings(found[0])]
    known = ((side.in_folded(name.start), side.in_folded(name.end)) for name in side.names)
    return places[0] if len(places) == 1 and not any(a <= places[0][1] - 1 < b for a, b in known) else None


def same_word(word: str, side: Side) -> bool:
    """Whether an English text has a word with a capital of the very consonants of this one, two at least: Twitter."""
    bones = _bones(fold(word))
    return side.lang == "en" and len(bones) > 1 and bones in map(_bones, _may_be_names(side))


def spelt_out(word: str, side: Side) -> bool:
    """Whether an Arabic text gives an acronym letter by letter: إن آي إس for NIS, بي بي سي for BBC."""
    acronym = side.lang == "ar" and word.isupper() and word.isascii() and word.isalpha()
    return acronym and bool(_spelling(word).search(side.folded))


@lru_cache(maxsize=1 << 10)
def _spelling(word: str) -> re.Pattern[str]:
    """What finds the names of the letters of an acronym one after the other."""
    letters = table("checks_names")["sounds"]["letters"]
    read = r"[ .-]?".join(f"(?:{fold(letters[letter.lower()])})" for letter in word)
    return re.compile(rf"(?<!\w)[وفبل]{{0,2}}(?:ال)?{read}(?!\w)")


def _may_be_names(side: Side) -> set[str]:
    """The words of a text that may be of a name that the names file does not have in this spelling."""
    if side.lang != "en":
        return set(side.words)
    known = [(span.start, span.end) for span in side.names]
    free = (word for word in _CAPITAL.finditer(side.text) if not any(a <= word.start() < b for a, b in known))
    return {fold(word[0]).removesuffix("'s").removesuffix("’s") for word in free}


def _parts(form: str) -> list[str]:
    return _LETTERS.findall(_APOSTROPHES.sub("", fold(form)))


def _heard(word: str, words: set[str], least: float) -> bool:
    if word in words:
        return True
    bones = _bones(word)
    if len(bones) > 1 and any(_alike(bones, other, least) for one in words for other in _readings(one)):
        return True
    if len(bones) <= _SOUNDS or _ARABIC.search(word):
        return False
    return any(bones in _readings(one.translate(_also())) for one in words)


@lru_cache(maxsize=1 << 15)
def _readings(word: str) -> tuple[str, ...]:
    """The consonants of a word, with and without the Arabic particles that may stand before it."""
    cores = [word, *(core for _, core in arabic_strip(word))] if _ARABIC.search(word) else [word]
    cores += [core[2:] for core in cores if core.startswith("ال") and len(core) > 4]
    cores += [core[5:] for core in cores if core.startswith("عبدال") and len(core) > 6]
    return tuple(dict.fromkeys(map(_bones, cores)))


@lru_cache(maxsize=1 << 15)
def _alike(one: str, other: str, least: float) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < 2 or 2 * min(len(one), len(other)) < least * (len(one) + len(other)):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= least


@lru_cache(maxsize=1 << 15)
def _bones(word: str) -> str:
    """The consonants of a word in either script, those made one that transliteration exchanges."""
    plain = _TURKMEN.sub("v", _SOFT.sub("s", _APOSTROPHES.sub("", word)))
    latin = "".join(_letters().get(letter, "") for letter in word) if _ARABIC.search(word) else unmarked(plain)
    return re.sub(r"(.)\1+", r"\1", "".join(_merged().get(letter, letter) for letter in skeleton(latin)))


@cache
def _letters() -> dict[str, str]:
    return {fold(letter): latin for letter, latin in table("checks_names")["sounds"]["arabic"].items()}


@cache
def _also() -> dict[int, str]:
    """Arabic letters to letters that are heard as they may be heard too."""
    heard_as = {latin: letter for letter, latin in _letters().items()}
    also = table("checks_names")["sounds"]["also"]
    return {ord(letter): heard_as.get(latin, "") for letter, latin in also.items()}


@cache
def _merged() -> dict[str, str]:
    return dict(table("checks_names")["sounds"]["merged"])
