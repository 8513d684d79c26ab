"""Languages: which one a text is written in, by its script, its letters and its most frequent words.

Made for whole articles and for single paragraphs; where a short text gives no sign, nothing is concluded.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from typing import Any

from site_src.tables import table

_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")
_MARKS = re.compile("[\u0640\u064b-\u0655\u0670\u200b-\u200f]")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʻ][^\W\d_]+)*")
_ONE_KEYBOARD = str.maketrans("یک", "يك")
_SLICE = 240
"""Characters read at the beginning, in the middle and at the end of a long text."""


def recognise(text: str) -> str:
    """The language as "ar", "fa", "ur", "he", "en", "fr", "ru" …, or "" where the text does not tell."""
    letters: Counter[str] = Counter()
    signs: Counter[str] = Counter()
    for word, times in Counter(_words(_sample(text))).items():
        first, last, says = _known(word)
        letters[first] += (len(word) - 1) * times
        letters[last] += times
        for language, weight in says:
            signs[language] += weight * times
    for script, _ in letters.most_common():
        if language := _language(script, signs, letters):
            return language
    return ""


def _words(text: str) -> list[str]:
    """The words in lower case, without vowel marks and addresses."""
    text = _MARKS.sub("", text)
    if "@" in text or "/" in text or "www." in text:
        text = _ADDRESS.sub(" ", text)
    return _WORD.findall(text.lower())


def _sample(text: str) -> str:
    if len(text) <= 3 * _SLICE:
        return text
    middle = len(text) // 2
    return " ".join((text[:_SLICE], text[middle : middle + _SLICE], text[-_SLICE:]))


def _language(script: str, signs: Counter[str], letters: Counter[str]) -> str:
    """The language of the script with the most signs, of several the one that the table names first."""
    known = _scripts().get(script)
    if known is None:
        return ""
    if known.get("instead") in letters:
        script = known["instead"]
    languages: list[str] = known["languages"]
    best = max(languages, key=lambda language: signs[language], default="")
    alone: str = _scripts()[script]["alone"]
    return best if signs[best] > 0 else alone


def _scripts() -> dict[str, Any]:
    scripts: dict[str, Any] = table("languages")["scripts"]
    return scripts


@lru_cache(maxsize=1 << 16)
def _known(word: str) -> tuple[str, str, tuple[tuple[str, int], ...]]:
    """The scripts of a word's first and last letter, and what it says for each language."""
    return _script(word[0]), _script(word[-1]), _signs(word)


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return next((name for name, script in _scripts().items() if re.match(f"[{script['letters']}]", letter)), "")


def _signs(word: str) -> tuple[tuple[str, int], ...]:
    """What one word says for each language: 2 when it is one of its frequent words, 1 for its letters or beginning."""
    languages = _scripts().get(_script(word[0]), {"languages": ()})["languages"]
    weights = ((language, _weight(word, language)) for language in languages)
    return tuple((language, weight) for language, weight in weights if weight)


def _weight(word: str, language: str) -> int:
    signs = table("languages")
    if word.translate(_ONE_KEYBOARD) in _frequent(language):
        return 2
    beginnings = tuple(signs["beginnings"].get(language, ()))
    begins = len(word) > 4 and bool(beginnings) and word.startswith(beginnings)
    return int(begins or not set(word).isdisjoint(signs["letters"].get(language, "")))


@cache
def _frequent(language: str) -> frozenset[str]:
    return frozenset(table("languages")["words"].get(language, "").translate(_ONE_KEYBOARD).split())
