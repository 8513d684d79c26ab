"""The lexicon of news: what an Arabic word may be in English, and what an English word may translate.

`tables/lexicon.toml` gives for the bases of common Arabic words the beginnings of all English words that may stand for
them. Words that it does not have (names, figures, rare words) are left out of the comparison.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from site_src.tables import table
from site_src.text.fold import fold_all
from site_src.text.words import word_memo

_SHORT_WORD = 3
"""A beginning of so many letters or fewer is a whole word, which only an ending may follow: not "oil" for "oilman"."""


def _senses(word: str) -> frozenset[str]:
    """The beginnings of English words for a folded Arabic word, from the bases that leave out the fewest letters."""
    known_bases = [(left_out, base) for left_out, base in _strip_affixes(word) if base in _bases()]
    fewest = min(known_bases)[0] if known_bases else 0
    return frozenset[str]().union(*(_bases()[base] for left_out, base in known_bases if left_out == fewest))


senses = word_memo(_senses).__getitem__
"""The beginnings of English words for a folded Arabic word; empty where the lexicon does not have it."""


def _beginnings(word: str) -> frozenset[str]:
    prefixes = table("lexicon")["turning"]
    forms = [word, *(word.removeprefix(prefix) for prefix in prefixes if word.startswith(prefix))]
    known = _english()
    return frozenset(beginning for form in forms for beginning in _possible_beginnings(form) if beginning in known)


def _possible_beginnings(word: str) -> Iterator[str]:
    """All beginnings of a word, and the short words of which it is an inflected form."""
    yield from (word[:length] for length in range(_SHORT_WORD + 1, len(word) + 1))
    for ending in table("lexicon")["endings"]:
        if not word.endswith(ending):
            continue
        stem = word[: len(word) - len(ending)]
        if len(stem) <= _SHORT_WORD:
            yield stem
        elif ending and len(stem) == _SHORT_WORD + 1 and stem[-1] == stem[-2]:  # cutting, putting
            yield stem[:-1]


beginnings = word_memo(_beginnings).__getitem__
"""The beginnings in the lexicon of a lower-case English word."""


def _strip_affixes(word: str) -> Iterator[tuple[int, str]]:
    """The bases of which an Arabic word may be a form, each with how many letters of the word it leaves out."""
    for prefix in table("lexicon")["before"]:
        if not word.startswith(prefix):
            continue
        rest = word[len(prefix) :]
        for suffix in table("lexicon")["after"]:
            base = rest[: len(rest) - len(suffix)]
            if not rest.endswith(suffix) or (len(base) < _SHORT_WORD and base != word):
                continue
            left_out = len(prefix) + len(suffix)
            yield left_out, base
            if len(base) > _SHORT_WORD and base[0] in "تنا":
                yield left_out, f"ي{base[1:]}"


@cache
def _bases() -> dict[str, frozenset[str]]:
    """Folded Arabic bases to the beginnings of the English words that may stand for them."""
    english_by_base: dict[str, frozenset[str]] = {}
    for bases, english in table("lexicon")["words"].items():
        beginnings_of_row = frozenset(english.split())
        for base in fold_all(bases.split()):
            english_by_base[base] = english_by_base.get(base, frozenset()) | beginnings_of_row
            if base.endswith("ه") and len(base) > _SHORT_WORD:  # ة, which an ending replaces
                stem = base[:-1]
                english_by_base[stem] = english_by_base.get(stem, frozenset()) | beginnings_of_row
    return english_by_base


@cache
def _english() -> frozenset[str]:
    """All beginnings of English words in the lexicon."""
    return frozenset(beginning for english in _bases().values() for beginning in english)
