"""Retelling: how much of a headline its text says again, by the stems of its words."""

from __future__ import annotations

from collections.abc import Sequence

from site_src.parse.lines import MEASURES, Line
from site_src.text.fold import words

_PREFIXES = ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل", "ف")
LEAD_PARAGRAPHS = 3
"""Paragraphs at the beginning of a text that say what it is about."""
_RETELLING_LINES = 2
"""Lines at the beginning of a text that retell its headline."""


def retold_share(headline: str, text_stems: frozenset[str]) -> float:
    """The share, from 0 to 1, of a headline's words of four letters or more whose stems a text holds."""
    long_words = [word for word in words(headline) if len(word) > 3]
    return sum(_stem(word) in text_stems for word in long_words) / len(long_words) if long_words else 0.0


def is_retold(headline: str, text_stems: frozenset[str]) -> bool:
    """Whether a text, by the stems of its beginning, says again what a headline says."""
    return retold_share(headline, text_stems) >= MEASURES["headline_told"]


def lead_stems(lines: Sequence[Line], first: int) -> frozenset[str]:
    """The stems of the lines that retell the headline of the text that begins at `first`."""
    return stems(" ".join([line.text for line in lines[first : first + _RETELLING_LINES]]))


def stems(text: str) -> frozenset[str]:
    """The stems of the words of a text."""
    return frozenset(_stem(word) for word in words(text))


def is_name_mentioned(name: str, text: Sequence[Line]) -> bool:
    """Whether the beginning of a text holds one of the words of a name, with any prefixes; `text` are its lines."""
    lead_words = words(" ".join([line.text for line in text[:LEAD_PARAGRAPHS]]))
    return not {_without_prefix(word) for word in words(name)}.isdisjoint(map(_without_prefix, lead_words))


def _stem(word: str) -> str:
    """The first four letters of a word without conjunction, preposition and article."""
    return _without_prefix(word)[:4]


def _without_prefix(word: str) -> str:
    """A word without a conjunction, preposition or article before it, if three letters or more remain."""
    for prefix in _PREFIXES if word.startswith(_PREFIXES) else ():
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            return word[len(prefix) :]
    return word
