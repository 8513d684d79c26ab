"""Denied words: what one text of a pair denies and the other affirms, word for word, known from the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from msgspec import Struct

from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.patterns import compiled, late
from site_src.text.words import folded_list
from site_src.translate.checks.lexicon import beginnings, senses
from site_src.translate.checks.pair import Pair, Span

_WORD = late(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_REACH = 4
"""Among so many words behind a denial the denied one is found."""

Meanings = frozenset[str]
"""Beginnings of English words."""


class Word(Struct, frozen=True):
    """A word of a text without vowel marks, with its meanings: none where the lexicon does not have it."""

    span: Span
    meanings: Meanings


def find_affirmed(pair: Pair, denials: Iterable[Span], target_denials: Sequence[Span]) -> Span | None:
    """The first of the source's denials of which the translation has the denied word and affirms it, else None.

    The denials are spans of the texts without vowel marks; `target_denials` are all words of the translation that may
    deny. A word of the translation that may translate another word of the source proves nothing.
    """
    source, target = _arabic_words(pair.source.bare), _english_words(pair.target.bare)
    for denial in denials:
        denied = _denied_word(source, denial)
        others = _meanings_of_all(word for word in source if word is not denied)
        counterparts = [word for word in target if denied and not word.meanings.isdisjoint(denied.meanings)]
        if counterparts and all(
            word.meanings.isdisjoint(others)
            and not any(_is_near(pair.target.bare, each, word.span) for each in target_denials)
            for word in counterparts
        ):
            return denial
    return None


def find_denied(pair: Pair, denials: Iterable[Span], source_denials: Sequence[Span]) -> Span | None:
    """The first of the translation's denials of which the source has the denied word and affirms it, else None.

    `source_denials` are the words of the source that deny and nothing else.
    """
    source, target = _arabic_words(pair.source.bare), _english_words(pair.target.bare)
    denied_in_source = [_denied_word(source, denial) for denial in source_denials]
    for denial in denials:
        denied = _denied_word(target, denial)
        counterparts = [word for word in source if denied and not word.meanings.isdisjoint(denied.meanings)]
        if counterparts and not any(word in denied_in_source for word in counterparts):
            return denial
    return None


def _denied_word(words: Sequence[Word], denial: Span) -> Word | None:
    """The first word behind a denial that has a meaning, if it is near."""
    behind = [word for word in words if word.span[0] >= denial[1]][:_REACH]
    return next((word for word in behind if word.meanings), None)


def _meanings_of_all(words: Iterable[Word]) -> Meanings:
    return Meanings().union(*(word.meanings for word in words))


def _arabic_words(text: str) -> list[Word]:
    silent = folded_list("lexicon", "silent")
    words = [(match.span(), fold(match[0])) for match in _WORD.finditer(text)]
    return [Word(span, Meanings() if word in silent else senses(word)) for span, word in words]


def _english_words(text: str) -> list[Word]:
    light = folded_list("lexicon", "light")
    words = [(match.span(), match[0].lower()) for match in _WORD.finditer(text)]
    return [Word(span, Meanings() if word in light else beginnings(word)) for span, word in words]


def _is_near(text: str, denial: Span, word: Span) -> bool:
    """Whether an English denial and a word stand in one part of a clause, or are one word."""
    if denial[0] < word[1] and word[0] < denial[1]:
        return True
    if denial[1] <= word[0]:
        return not _breaks("behind").search(text, denial[1], word[0])
    return not _breaks("before").search(text, word[1], denial[0])


@cache
def _breaks(side: str) -> re.Pattern[str]:
    """What parts an English denial from the words behind it, or from those before it."""
    return compiled(table("checks_negation")["breaks"][side], re.IGNORECASE)
