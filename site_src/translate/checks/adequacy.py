"""Adequacy: whether the words of a translation come from its source, and whether those of the source are in it.

Every translator renders some words freely, but the lexicon knows all usual translations of common words. Where several
words come from nowhere while others are lost, the translation is of another sentence, though its names and figures fit.
Whoever rearranges a sentence renders its words freely too: of such a translation, other words prove nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
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
    """At most one finding: too many words without a counterpart, or one that turns the news in place of another.

    It quotes the longest run of words of the source that are lost, or the word of the translation that turns the news.
    """
    if not pair.from_arabic:
        return
    source, target = _content_words(pair)
    severity: Severity | None = next((each for each in _SEVERITIES if _is_other_sentence(source, target, each)), None)
    turned = None if severity == "error" else _turning_word(source, target)
    if turned:
        yield pair.target.finding("adequacy", "error", *turned.span)
    elif severity:
        yield pair.source.finding("adequacy", severity, *_longest_lost_run(source))


def _turning_word(source: Sequence[ContentWord], target: Sequence[ContentWord]) -> ContentWord | None:
    """The first word of the translation that turns the news and comes from nowhere, if a word of the source is lost."""
    turning_words = folded_list("checks_adequacy", "turning", "words")
    if all(word.has_counterpart for word in source):
        return None
    return next((word for word in target if word.word in turning_words and not word.has_counterpart), None)


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


def _is_other_sentence(source: Sequence[ContentWord], target: Sequence[ContentWord], severity: Severity) -> bool:
    """Whether enough words of both texts have no counterpart for a finding, while the others keep their order."""
    thresholds: dict[str, float] = table("checks_adequacy")[severity]
    lost = sum(not word.has_counterpart for word in source)
    added = sum(not word.has_counterpart for word in target)
    if lost < thresholds["lost"] or added < max(thresholds["added"], thresholds["added_share"] * len(target)):
        return False
    return _share_in_order(source, target) >= thresholds["in_order"]


def _share_in_order(source: Sequence[ContentWord], target: Sequence[ContentWord]) -> float:
    """Of every two words that both texts have, how many stand in the same order in both, 0 to 1; 1 where few are sure.

    A word of the translation is sure of its counterpart if only one word of the source can be it.
    """
    counterparts = [
        [place for place, word in enumerate(source) if not senses(word.word).isdisjoint(beginnings(target_word.word))]
        for target_word in target
    ]
    places = [candidates[0] for candidates in counterparts if len(candidates) == 1]
    if len(places) < table("checks_adequacy")["sure_words"]:
        return 1
    orders = [before <= behind for before, behind in combinations(places, 2)]
    return sum(orders) / len(orders)


def _longest_lost_run(source: Sequence[ContentWord]) -> Span:
    """The span of the longest run of content words without a counterpart."""
    longest: list[ContentWord] = []
    run: list[ContentWord] = []
    for word in source:
        run = [] if word.has_counterpart else [*run, word]
        longest = max(longest, run, key=len)
    return longest[0].span[0], longest[-1].span[1]
