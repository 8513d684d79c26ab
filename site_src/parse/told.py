"""Told: how much of a headline a text goes on to tell, by the stems of its words."""

from __future__ import annotations

from site_src.parse.lines import MEASURES
from site_src.text.fold import words


def shared(headline: str, held: frozenset[str]) -> float:
    """Share of the headline's longer words whose stems a text holds."""
    sought = [word for word in words(headline) if len(word) > 3]
    return sum(_stem(word) in held for word in sought) / len(sought) if sought else 0.0


def is_told(headline: str, lead: frozenset[str]) -> bool:
    """Whether a text, by the stems of its first paragraphs, goes on to tell what a headline says."""
    return shared(headline, lead) >= MEASURES["headline_told"]


def stems(text: str) -> frozenset[str]:
    """The stems of the words of a text."""
    return frozenset(_stem(word) for word in words(text))


def names_told(name: str, text: str) -> bool:
    """Whether a text holds one of the words of a name, whatever stands before it."""
    return not {_bare(word) for word in words(name)}.isdisjoint(map(_bare, words(text)))


def _stem(word: str) -> str:
    """The first letters of a word without conjunction, preposition and article."""
    return _bare(word)[:4]


def _bare(word: str) -> str:
    for prefix in ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل", "ف"):
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            return word[len(prefix) :]
    return word
