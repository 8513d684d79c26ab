"""Adequacy: whether the words of a translation come from its source, and whether those of the source are in it.

Every translator renders some words freely, but the lexicon knows all usual translations of common words. Where several
words come from nowhere while others are lost, the translation is of another sentence, though its names and figures fit.
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


class ContentWord(NamedTuple):
    """A word that carries meaning and that the lexicon has."""

    word: str
    span: Span
    has_counterpart: bool
    """Whether the other text has a word that may translate it."""


def check_adequacy(pair: Pair) -> Iterator[Finding]:
    """At most one finding: too many words without a counterpart, or a grave one that replaces another.

    It quotes the longest run of words of the source that are lost, or the grave word of the translation.
    """
    if not pair.from_arabic:
        return
    source, target = _content_words(pair)
    lost = [word for word in source if not word.has_counterpart]
    added = [word for word in target if not word.has_counterpart]
    for severity in _SEVERITIES:
        thresholds = table("checks_adequacy")[severity]
        if len(lost) >= thresholds["lost"] and len(added) >= thresholds["added"]:
            yield pair.source.finding("adequacy", severity, *_longest_lost_run(source))
            return
        grave_words = folded_list("checks_adequacy", severity, "grave")
        for added_word in added if lost else ():
            if added_word.word in grave_words:
                yield pair.target.finding("adequacy", severity, *added_word.span)
                return


def _content_words(pair: Pair) -> tuple[list[ContentWord], list[ContentWord]]:
    """The content words of the source and of the target, without names."""
    names = [(name.start, name.end) for name in pair.source.names]
    arabic_words = [(word, meanings) for word in cut_words(pair.source.text) if (meanings := senses(word[0]))]
    all_meanings = frozenset[str]().union(*(meanings for _, meanings in arabic_words))
    english_words = [
        (match[0], match.span(), beginnings(match[0].lower())) for match in _WORD.finditer(pair.target.text)
    ]
    all_beginnings = frozenset[str]().union(*(stems for _, _, stems in english_words))
    silent, light = folded_list("lexicon", "silent"), folded_list("lexicon", "light")
    source = [
        ContentWord(word, (start, end), not meanings.isdisjoint(all_beginnings))
        for (word, start, end), meanings in arabic_words
        if word not in silent and not any(name_start < end and start < name_end for name_start, name_end in names)
    ]
    target = [
        ContentWord(word, span, not stems.isdisjoint(all_meanings))
        for word, span, stems in english_words
        if stems and word.islower() and word not in light  # a capital begins a name
    ]
    return source, target


def _longest_lost_run(source: Sequence[ContentWord]) -> Span:
    """The span of the longest run of content words without a counterpart."""
    longest: list[ContentWord] = []
    run: list[ContentWord] = []
    for word in source:
        run = [] if word.has_counterpart else [*run, word]
        longest = max(longest, run, key=len)
    return longest[0].span[0], longest[-1].span[1]
