"""Stems: the form in which two words count as the same for the summary, never shown and never used for facts."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from site_src.tables import table
from site_src.text.fold import fold

_REMEMBERED = 1 << 16
"""Words whose readings are kept, as many as the names' trie keeps."""
_EDGES = "«»“”„\"'’()[]{}،,؛;:.!?؟…-–—*•"


class Word(NamedTuple):
    """One word of a sentence as the summary reads it."""

    folded: str
    """Without the marks around it; "" for marks alone."""
    stem: str
    """ "" for words that say nothing of what a text is about."""
    figure: bool
    """Whether it holds a digit or is a number word."""


@lru_cache(maxsize=_REMEMBERED)
def read_word(written: str) -> Word:
    """The reading of one word as it stands between spaces."""
    folded = fold(written).strip(_EDGES)
    figure = any(letter.isdigit() for letter in folded) or folded in _number_words()
    silent = folded in _stop_words() or folded[1:] in _stop_words() or len(folded) < 2
    return Word(folded, "" if silent else stem(folded), figure)


def stem(folded: str) -> str:
    """The folded word without article, the particles before it, and the commonest endings."""
    word = _without_front(folded)
    least = table("stop_words")["stem"]["least"]
    for row in table("stop_words")["stem"]["endings"]:
        ending = next((end for end in row if word.endswith(end) and len(word) - len(end) >= least), "")
        word = word.removesuffix(ending)
    return word


def _without_front(word: str) -> str:
    rules = table("stop_words")["stem"]
    for front in rules["articles"]:
        if word.startswith(front) and len(word) - len(front) >= rules["least"]:
            return word[len(front) :]
    cut = next((letter for letter in rules["bare"] if word.startswith(letter)), "")
    return word.removeprefix(cut) if len(word) > rules["bare_least"] else word


@cache
def _stop_words() -> frozenset[str]:
    kinds = ("particles", "pronouns", "verbs", "quantities", "times")
    return frozenset(fold(word) for kind in kinds for word in table("stop_words")[kind])


@cache
def _number_words() -> frozenset[str]:
    return frozenset(map(fold, table("summary_cues")["numbers"]))
