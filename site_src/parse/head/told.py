"""Told: how much of a headline a text goes on to tell, by the stems of its words."""

from __future__ import annotations

from collections.abc import Sequence

from site_src.parse.lines import MEASURES, Line
from site_src.text.fold import words

_PREFIXES = ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل", "ف")
TELLING = 3
"""Paragraphs at the beginning of a text that say what it is about."""
_LEAD = 2
"""Lines of a text that tell its headline."""


def shared(headline: str, held: frozenset[str]) -> float:
    """Share of the headline's longer words whose stems a text holds."""
    sought = [word for word in words(headline) if len(word) > 3]
    return sum(_stem(word) in held for word in sought) / len(sought) if sought else 0.0


def is_told(headline: str, lead: frozenset[str]) -> bool:
    """Whether a text, by the stems of its first paragraphs, goes on to tell what a headline says."""
    return shared(headline, lead) >= MEASURES["headline_told"]


def lead_stems(lines: Sequence[Line], first: int) -> frozenset[str]:
    """The stems of the lines that tell the headline of the text that begins at `first`."""
    return stems(" ".join([line.text for line in lines[first : first + _LEAD]]))


def stems(text: str) -> frozenset[str]:
    """The stems of the words of a text."""
    return frozenset(_stem(word) for word in words(text))


def names_told(name: str, text: Sequence[Line]) -> bool:
    """Whether the beginning of a text, of these lines, holds one of the words of a name, whatever stands before it."""
    told = words(" ".join([line.text for line in text[:TELLING]]))
    return not {_bare(word) for word in words(name)}.isdisjoint(map(_bare, told))


def _stem(word: str) -> str:
    """The first letters of a word without conjunction, preposition and article."""
    return _bare(word)[:4]


def _bare(word: str) -> str:
    for prefix in _PREFIXES if word.startswith(_PREFIXES) else ():
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            return word[len(prefix) :]
    return word
