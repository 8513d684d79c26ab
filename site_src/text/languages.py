"""Languages: which one a text is written in, by its script, letters and words; the direction in which each is read.

It serves whole articles and single paragraphs; a short text without any sign of its language has none.
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
"""The beginning of a word of no more letters than this says nothing of its language."""
_SLICE = 240
"""Characters read at the beginning, in the middle and at the end of a long text."""


def recognise(text: str) -> str:
    """The language as "ar", "fa", "ur", "he", "en", "fr", "ru" …, or "" where the text does not tell."""
    signs = _count_signs(text)
    scripts = [name for name in signs if name in _scripts()]
    for script in sorted(scripts, key=signs.__getitem__, reverse=True):
        if language := _language(script, signs):
            return language
    return ""


def may_be(text: str, languages: Sequence[str]) -> bool:
    """Whether a text that does not tell its language may be in one of these, by the script of most of its letters."""
    scripts = _scripts()
    script_of = {code: script for script, row in scripts.items() for code in (*row["languages"], row["alone"])}
    letters = {name: count for name, count in _count_signs(text).items() if name in scripts or not name}
    main_script = max(letters, key=letters.__getitem__, default=None)
    return main_script is None or any(script_of.get(language, main_script) == main_script for language in languages)


def direction_of(code: str) -> str:
    """The direction in which a language is read: "ltr" or "rtl"."""
    return "rtl" if code.split("-")[0] in table("interface")["rtl"] else "ltr"


def _count_signs(text: str) -> dict[str, int]:
    """The letters of each script in a text ("" for unknown scripts), and the weight of the signs of each language."""
    totals: dict[str, int] = {}
    for signs in map(_signs_of_token.__getitem__, _sample(text).split()):
        for name, count in signs:
            totals[name] = totals.get(name, 0) + count
    return totals


def _words(text: str) -> list[str]:
    """The words in lower case, without vowel marks and addresses."""
    if text.isalpha() and _TATWEEL not in text and (lower := text.lower()).isalpha():
        return [lower]
    text = text.translate(_MARKS)
    if "@" in text or "/" in text or "www." in text:
        text = _ADDRESS.sub(" ", text)
    return _WORD.findall(text.lower())


def _sample(text: str) -> str:
    """The beginning, middle and end of a long text; a shorter one whole."""
    if len(text) <= 3 * _SLICE:
        return text
    middle = len(text) // 2
    return " ".join((text[:_SLICE], text[middle : middle + _SLICE], text[-_SLICE:]))


def _language(script: str, signs: Mapping[str, int]) -> str:
    """The language of the script with the most signs; of several with as many, the one that the table has first."""
    row = _scripts()[script]
    languages: list[str] = row["languages"]
    best = max(languages, key=lambda language: signs.get(language, 0), default="")
    if signs.get(best, 0) > 0:
        return best
    without_signs: str = _scripts()[row["instead"] if row.get("instead") in signs else script]["alone"]
    return without_signs


def _scripts() -> dict[str, Any]:
    scripts: dict[str, Any] = table("languages")["scripts"]
    return scripts


Signs = tuple[tuple[str, int], ...]
"""(script, letters) and (language, weight) of a token between two spaces; no script has the name of a language."""


def _look_up_signs(token: str) -> Signs:
    """The signs of a token; the first letter of a word counts for all of its letters but the last."""
    scripts: dict[str, int] = {}
    languages: dict[str, int] = {}
    for word in _words(token):
        for letter, count in ((word[0], len(word) - 1), (word[-1], 1)):
            scripts[_script(letter)] = scripts.get(_script(letter), 0) + count
        for language, weight in _signs_of_word(word):
            languages[language] = languages.get(language, 0) + weight
    return (*scripts.items(), *languages.items())


_signs_of_token: Memo[Signs] = Memo(_look_up_signs)


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    """The script of a letter; "" for an unknown one."""
    scripts = (name for name, row in _scripts().items() if any(run[0] <= letter <= run[-1] for run in row["letters"]))
    return next(scripts, "")


def _signs_of_word(word: str) -> Iterator[tuple[str, int]]:
    """(language, weight) of each language that a word points to: 2 for a frequent word, 1 by letters or beginning."""
    typed = _as_typed_in_arabic(word)
    for language, frequent, beginnings, letters in _signs_in_script(_script(word[0])):
        if typed in frequent:
            yield language, 2
        elif (len(word) > _SHORT and word.startswith(beginnings)) or not letters.isdisjoint(word):
            yield language, 1


@cache
def _signs_in_script(script: str) -> tuple[tuple[str, frozenset[str], tuple[str, ...], frozenset[str]], ...]:
    """Each language of a script with its frequent words, its beginnings of words and its letters."""
    signs = table("languages")
    languages: list[str] = _scripts().get(script, {"languages": ()})["languages"]
    return tuple(
        (
            language,
            frozenset(_as_typed_in_arabic(signs["words"].get(language, "")).split()),
            tuple(signs["beginnings"].get(language, ())),
            frozenset(signs["letters"].get(language, "")),
        )
        for language in languages
    )


def _as_typed_in_arabic(text: str) -> str:
    """The text with Arabic letters for the two that a Persian keyboard types differently."""
    return text.replace("ی", "ي").replace("ک", "ك")
