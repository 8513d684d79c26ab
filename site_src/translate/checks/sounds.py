"""Whether a text has a word that sounds like a name: consonants compared across Arabic and Latin letters."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache, lru_cache

from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.names.forms import arabic_strip
from site_src.text.patterns import late
from site_src.translate.checks.pair import Side
from site_src.translate.glossary import skeleton

_LETTERS = late(r"[^\W\d_]+")
_ARABIC = late("[\u0620-\u064a\u067e-\u06af]")


def heard(form: str, side: Side) -> bool:
    """Whether a word of the text may sound like the longest word of `form`: enough to let a capitalised word pass."""
    return _heard(max(_parts(form), key=len, default=""), side, table("checks_names")["sounds"]["alike"])


def certainly_heard(form: str, side: Side) -> bool:
    """Whether the text has a word that sounds like each word of `form`: enough to take it for the name."""
    parts = [part for part in _parts(form) if len(part) > 2]
    return bool(parts) and all(_heard(part, side, table("checks_names")["sounds"]["certain"]) for part in parts)


def _parts(form: str) -> list[str]:
    return _LETTERS.findall(fold(form))


def _heard(word: str, side: Side, least: float) -> bool:
    if word in side.words:
        return True
    bones = _bones(word)
    return len(bones) > 1 and any(_alike(bones, other, least) for one in set(side.words) for other in _readings(one))


@lru_cache(maxsize=1 << 15)
def _readings(word: str) -> tuple[str, ...]:
    """The consonants of a word, with and without the Arabic particles that may stand before it."""
    cores = [word, *(core for _, core in arabic_strip(word))] if _ARABIC.search(word) else [word]
    cores += [core[2:] for core in cores if core.startswith("ال") and len(core) > 4]
    return tuple(dict.fromkeys(_bones(core) for core in cores))


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
    latin = "".join(_letters().get(letter, "") for letter in word) if _ARABIC.search(word) else _plain(word)
    return re.sub(r"(.)\1+", r"\1", "".join(_merged().get(letter, letter) for letter in skeleton(latin)))


def _plain(word: str) -> str:
    import unicodedata

    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


@cache
def _letters() -> dict[str, str]:
    return {fold(letter): latin for letter, latin in table("checks_names")["sounds"]["arabic"].items()}


@cache
def _merged() -> dict[str, str]:
    return dict(table("checks_names")["sounds"]["merged"])
