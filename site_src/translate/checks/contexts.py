"""Contexts: figures of a translation that stand beside each other's words.

Where the source counts 40 trucks and 12 ambulances, the translation does not count 12 trucks and 40 ambulances. Which
words of the two texts mean the same is known from the lexicon and from the names.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.patterns import compiled, late
from site_src.text.words import folded_list
from site_src.translate.checks.amounts import Amount, Value
from site_src.translate.checks.lexicon import beginnings, senses
from site_src.translate.checks.pair import Pair, Side, Span

_WORD = late(r"[^\W\d_]+")
_DATES = frozenset({"date", "day", "year", "time"})
"""Kinds of amounts that count nothing."""

Meanings = frozenset[str]
"""Beginnings of English words, and ids of names."""


def find_exchanged_context(pair: Pair) -> Span | None:
    """The span of one of two or more figures of the translation that have exchanged the words beside them, else None.

    Each of them stands beside no word of its own, and beside a word that belongs to another one of them.
    """
    source, target = _meanings_of_figures(pair.source), _meanings_of_figures(pair.target)
    values = [value for value in target if value in source]
    misplaced = {
        value: {other for other in values if not (source[other] - source[value]).isdisjoint(target[value])}
        for value in values
        if source[value] and source[value].isdisjoint(target[value])
    }
    exchanged = [value for value, others in misplaced.items() if not others.isdisjoint(misplaced)]
    if len(exchanged) < 2:
        return None
    return next((amount.start, amount.end) for amount in pair.target.amounts if amount.value == exchanged[0])


def _meanings_of_figures(side: Side) -> dict[Value, Meanings]:
    """For each value that counts something and is stated once, what the words beside its figure mean."""
    amounts = [amount for amount in side.amounts if amount.kind not in _DATES and not amount.is_idiomatic]
    times = Counter(amount.value for amount in amounts)
    if len(times) < 2:
        return {}
    return {amount.value: _meanings_beside(side, amount) for amount in amounts if times[amount.value] == 1}


def _meanings_beside(side: Side, amount: Amount) -> Meanings:
    """What the words mean that stand beside a figure, up to the next figure or the end of its part of the clause."""
    words = _words_beside(side, side.folded_offset(amount.start), side.folded_offset(amount.end))
    names = (
        span.name_id
        for span in side.names
        if any(side.folded_offset(span.start) <= word.start() < side.folded_offset(span.end) for word in words)
    )
    return Meanings().union(names, *(_meanings(side.lang, word[0]) for word in words))


def _words_beside(side: Side, start: int, end: int) -> list[re.Match[str]]:
    """The words of the folded text beside the figure from `start` to `end`, and those inside it, such as units."""
    rules = table("checks_exchanged")["context"]
    before, behind = rules["reach"][side.lang]
    breaks = _breaks(side.lang)
    first = max((last for last in _ends_of_amounts(side) if last <= start), default=0)
    first = max((match.end() for match in breaks.finditer(side.folded, first, start)), default=first)
    last = min((first for first in _starts_of_amounts(side) if first >= end), default=len(side.folded))
    parting = breaks.search(side.folded, end, last)
    last = parting.start() if parting else last
    words_before = list(_WORD.finditer(side.folded, first, start))[-before:]
    words_inside = _WORD.finditer(side.folded, start, end)
    return [*words_before, *words_inside, *list(_WORD.finditer(side.folded, end, last))[:behind]]


def _starts_of_amounts(side: Side) -> list[int]:
    return [side.folded_offset(amount.start) for amount in side.amounts]


def _ends_of_amounts(side: Side) -> list[int]:
    return [side.folded_offset(amount.end) for amount in side.amounts]


def _meanings(lang: str, word: str) -> Meanings:
    """The beginnings of the English words that a folded word may stand for, or with which it begins."""
    if lang == "ar":
        return Meanings() if word in folded_list("lexicon", "silent") else senses(word)
    return Meanings() if word in folded_list("lexicon", "light") else beginnings(word)


@cache
def _breaks(lang: str) -> re.Pattern[str]:
    """What parts a figure from the words of another one."""
    return compiled(fold(table("checks_exchanged")["context"]["breaks"][lang]))
