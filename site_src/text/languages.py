"""Languages: which one a text is written in, by its script, its letters and its words; how each is read.

Made for whole articles and for single paragraphs; where a short text gives no sign, nothing is concluded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from site_src.tables import table
from site_src.text.memo import Memo
from site_src.text.patterns import late

_ADDRESS = late(r"https?://\S+|www\.\S+|\S+@\S+")
_MARKS = dict.fromkeys([0x0640, *range(0x064B, 0x0656), 0x0670, *range(0x200B, 0x2010)])
_WORD = late(r"[^\W\d_]+(?:['’ʻ][^\W\d_]+)*")
_TATWEEL = "\u0640"
_SHORT = 4
"""Letters of a word, at most, whose beginning says nothing."""
_SLICE = 240
"""Characters read at the beginning, in the middle and at the end of a long text."""


def recognise(text: str) -> str:
    """The language as "ar", "fa", "ur", "he", "en", "fr", "ru" …, or "" where the text does not tell."""
    found = _found(text)
    scripts = [name for name in found if name in _scripts()]
    for script in sorted(scripts, key=found.__getitem__, reverse=True):
        if language := _language(script, found):
            return language
    return ""


def may_be(text: str, languages: Sequence[str]) -> bool:
    """Whether a text that does not tell its language may be in one of these, by the script that most of it is in."""
    scripts = _scripts()
    written = {one: script for script, known in scripts.items() for one in (*known["languages"], known["alone"])}
    letters = {name: count for name, count in _found(text).items() if name in scripts or not name}
    own = max(letters, key=letters.__getitem__, default=None)
    return own is None or any(written.get(language, own) == own for language in languages)


def direction_of(code: str) -> str:
    """The direction in which a language is read: "ltr" or "rtl"."""
    return "rtl" if code.split("-")[0] in table("interface")["rtl"] else "ltr"


def _found(text: str) -> dict[str, int]:
    """The letters of each script in a text ("" for scripts unknown here), and what speaks for each language."""
    found: dict[str, int] = {}
    for signs in map(_known.__getitem__, _sample(text).split()):
        for name, count in signs:
            found[name] = found.get(name, 0) + count
    return found


def _words(text: str) -> list[str]:
    """The words in lower case, without vowel marks and addresses."""
    if text.isalpha() and _TATWEEL not in text and (lower := text.lower()).isalpha():
        return [lower]
    text = text.translate(_MARKS)
    if "@" in text or "/" in text or "www." in text:
        text = _ADDRESS.sub(" ", text)
    return _WORD.findall(text.lower())


def _sample(text: str) -> str:
    if len(text) <= 3 * _SLICE:
        return text
    middle = len(text) // 2
    return " ".join((text[:_SLICE], text[middle : middle + _SLICE], text[-_SLICE:]))


def _language(script: str, signs: Mapping[str, int]) -> str:
    """The language of the script with the most signs, of several the one that the table names first."""
    known = _scripts()[script]
    if known.get("instead") in signs:
        script = known["instead"]
    languages: list[str] = known["languages"]
    best = max(languages, key=lambda language: signs.get(language, 0), default="")
    alone: str = _scripts()[script]["alone"]
    return best if signs.get(best, 0) > 0 else alone


def _scripts() -> dict[str, Any]:
    scripts: dict[str, Any] = table("languages")["scripts"]
    return scripts


Signs = tuple[tuple[str, int], ...]
"""(script, letters) and (language, weight) of what stands between two spaces: no script is called as a language is."""


def _signs_of(token: str) -> Signs:
    """How many letters of each script a token has, by the first and last of each word, and what it says for whom."""
    scripts: dict[str, int] = {}
    languages: dict[str, int] = {}
    for word in _words(token):
        for letter, count in ((word[0], len(word) - 1), (word[-1], 1)):
            scripts[_script(letter)] = scripts.get(_script(letter), 0) + count
        for language, weight in _signs(word):
            languages[language] = languages.get(language, 0) + weight
    return (*scripts.items(), *languages.items())


_known: Memo[Signs] = Memo(_signs_of)


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    holding = (name for name, script in _scripts().items() if any(a[0] <= letter <= a[-1] for a in script["letters"]))
    return next(holding, "")


def _signs(word: str) -> Iterator[tuple[str, int]]:
    """What one word says for each language: 2 when it is one of its frequent words, 1 for its letters or beginning."""
    typed = _typed(word)
    for language, frequent, beginnings, letters in _known_of(_script(word[0])):
        if typed in frequent:
            yield language, 2
        elif (len(word) > _SHORT and word.startswith(beginnings)) or not letters.isdisjoint(word):
            yield language, 1


@cache
def _known_of(script: str) -> tuple[tuple[str, frozenset[str], tuple[str, ...], frozenset[str]], ...]:
    """Each language of a script with its frequent words, its beginnings of words and its letters."""
    signs = table("languages")
    languages: list[str] = _scripts().get(script, {"languages": ()})["languages"]
    return tuple(
        (
            language,
            frozenset(_typed(signs["words"].get(language, "")).split()),
            tuple(signs["beginnings"].get(language, ())),
            frozenset(signs["letters"].get(language, "")),
        )
        for language in languages
    )


def _typed(text: str) -> str:
    """The text with the two letters that keyboards of Persian and Arabic type differently made one."""
    return text.replace("ی", "ي").replace("ک", "ك")
