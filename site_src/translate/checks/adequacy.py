"""Adequacy: whether the words of a translation come from its source, and those of the source are in it.

Whoever translates, some words go another way, and of the common ones the lexicon knows all ways they usually go. Where
several words come from nowhere while others are lost, the sentence is another one, though its names and figures stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.patterns import late
from site_src.text.words import cut_words, folded_list
from site_src.translate.checks.lexicon import beginnings, senses
from site_src.translate.checks.pair import Pair, Severity, Span

_SEVERITIES: tuple[Severity, ...] = ("error", "warning")
_WORD = late(r"[A-Za-z]+")


class Told(NamedTuple):
    """A telling word that the lexicon has, and whether the other text has a counterpart."""

    word: str
    span: Span
    found: bool


def adequacy(pair: Pair) -> Iterator[Finding]:
    """At most one finding: too many words without counterpart, or a grave one from nowhere in place of another.

    Quotes the longest run of words of the source that are lost, or the grave word.
    """
    if not pair.from_arabic:
        return
    source, target = _told(pair)
    lost, added = [one for one in source if not one.found], [one for one in target if not one.found]
    for severity in _SEVERITIES:
        limits = table("checks_adequacy")[severity]
        if len(lost) >= limits["lost"] and len(added) >= limits["added"]:
            yield pair.source.finding("adequacy", severity, *_longest(source))
            return
        grave = folded_list("checks_adequacy", severity, "grave")
        for one in added if lost else ():
            if one.word in grave:
                yield pair.target.finding("adequacy", severity, *one.span)
                return


def _told(pair: Pair) -> tuple[list[Told], list[Told]]:
    """The telling words of both texts, names apart."""
    named = [(name.start, name.end) for name in pair.source.names]
    words = [(word, said) for word in cut_words(pair.source.text) if (said := senses(word[0]))]
    wanted = frozenset[str]().union(*(said for _, said in words))
    english = [(found[0], found.span(), beginnings(found[0].lower())) for found in _WORD.finditer(pair.target.text)]
    offered = frozenset[str]().union(*(begun for _, _, begun in english))
    silent, light = folded_list("lexicon", "silent"), folded_list("lexicon", "light")
    source = [
        Told(word, (start, end), not said.isdisjoint(offered))
        for (word, start, end), said in words
        if word not in silent and not any(begin < end and start < close for begin, close in named)
    ]
    target = [
        Told(word, span, not begun.isdisjoint(wanted))
        for word, span, begun in english
        if begun and word.islower() and word not in light  # a capital begins a name
    ]
    return source, target


def _longest(source: Sequence[Told]) -> Span:
    """From where to where most telling words on end are lost."""
    best: list[Told] = []
    run: list[Told] = []
    for one in source:
        run = [] if one.found else [*run, one]
        best = max(best, run, key=len)
    return best[0].span[0], best[-1].span[1]
