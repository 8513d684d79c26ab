"""Exchanges: two names or figures of a translation, each of which stands where the other should stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from operator import attrgetter

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.patterns import compiled
from site_src.translate.checks.acts import find_reversed_act
from site_src.translate.checks.contexts import find_exchanged_context
from site_src.translate.checks.counted import find_exchanged_count
from site_src.translate.checks.pair import Pair, Side, Span
from site_src.translate.checks.parties import Mention, find_parties

_PREPOSITION_REACH = 60
"""How many characters before a name its preposition may stand."""


def check_exchanges(pair: Pair) -> Iterator[Finding]:
    """At most one exchange: of names, of who acts on whom, or of what two figures count.

    Only a translation in which folding moves no letter is read, so that offsets are the same in both forms.
    """
    if not pair.from_arabic or not pair.target.folds_in_place:
        return
    span, both = None, find_parties(pair)
    if len(both.in_source) > 1 and len(both.in_target) > 1:
        span = _exchanged_prepositions(pair, both.in_source, both.in_target)
    if not span and both.unlisted_in_source:
        in_source = [*both.in_source, *both.unlisted_in_source]
        in_target = [*both.in_target, *both.unlisted_in_target]
        span = _exchanged_prepositions(pair, _in_order(in_source), _in_order(in_target), both_have_one=True)
    span = span or find_reversed_act(pair, both) or find_exchanged_count(pair) or find_exchanged_context(pair)
    if span:
        yield pair.target.finding("exchanged", "error", *span)


def _in_order(mentions: list[Mention]) -> list[Mention]:
    return sorted(mentions, key=attrgetter("start"))


def _exchanged_prepositions(
    pair: Pair, in_source: list[Mention], in_target: list[Mention], *, both_have_one: bool = False
) -> Span | None:
    """A name of one of two parties who have exchanged prepositions; none is one, unless each must have one."""
    source_prepositions = {key: preposition for key, (preposition, _) in _prepositions(pair.source, in_source).items()}
    if len(set(source_prepositions.values())) < 2:
        return None
    target_prepositions = _prepositions(pair.target, in_target)
    for one, other in combinations(source_prepositions.keys() & target_prepositions.keys(), 2):
        expected, other_expected = source_prepositions[one], source_prepositions[other]
        if both_have_one and not (expected and other_expected):
            continue
        (preposition, span), (other_preposition, other_span) = target_prepositions[one], target_prepositions[other]
        if expected != other_expected and (preposition, other_preposition) == (other_expected, expected):
            return min(span, other_span)
    return None


def _prepositions(side: Side, mentions: list[Mention]) -> dict[str, tuple[str, Span]]:
    """For the first mention of each party, its preposition ("" for none) and its span."""
    prepositions: dict[str, tuple[str, Span]] = {}
    previous_ends = [0, *(mention.end for mention in mentions)]
    for previous_end, mention in zip(previous_ends, mentions, strict=False):
        if mention.key not in prepositions:
            first = max(previous_end, mention.start - _PREPOSITION_REACH)
            match = _any_preposition(side.lang).search(side.folded, first, mention.start)
            preposition = (match.lastgroup or "") if match else ""
            prepositions[mention.key] = preposition, (mention.start, mention.end)
    return prepositions


@cache
def _any_preposition(lang: str) -> re.Pattern[str]:
    """The pattern of a preposition before a name, each in a group of its own."""
    rules = table("checks_exchanged")["way"]
    prepositions = "|".join(f"(?P<{name}>{fold(row[lang])})" for name, row in rules["words"].items())
    return compiled(f"{rules['before'][lang]}(?:{prepositions}){rules['behind'][lang]}")
