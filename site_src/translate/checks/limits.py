"""Limits: a minimum of the source is no maximum in the translation, and an exact figure is neither, nor a rough one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Literal

from msgspec import Struct

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.patterns import compiled
from site_src.translate.checks.amounts import Amount, is_same_amount
from site_src.translate.checks.pair import Pair, Severity, Side, Span

Bound = Literal["floor", "ceiling"]
_COUNTS = frozenset({"number", "percent", "money", "quantity"})
"""Kinds of amounts that a translation may not limit by itself."""
_OPPOSITE: dict[Bound, Bound] = {"floor": "ceiling", "ceiling": "floor"}


class Limit(Struct, frozen=True):
    """An amount that is a minimum ("floor") or a maximum ("ceiling")."""

    amount: Amount
    bound: Bound
    start: int
    """Where the words that say so start in the folded text, in characters."""
    end: int


def check_limits(pair: Pair) -> Iterator[Finding]:
    """At most one amount that the translation limits the other way round, or limits or makes rough by itself."""
    if not pair.from_arabic or _english_limit_words().isdisjoint(pair.target.words):
        return
    target_limits = _find_limits(pair.target)
    source_limits = _find_limits(pair.source) if target_limits else []
    for limit in target_limits:
        source_bounds = _bounds_of(limit.amount, source_limits)
        if source_bounds and source_bounds.isdisjoint(_bounds_of(limit.amount, target_limits)):
            severity: Severity = "warning" if _is_half(limit.amount) else "error"
            yield pair.target.folded_finding("qualifiers", severity, limit.start, limit.end)
            return
    if added := next(_added(pair, target_limits), None):
        yield pair.target.folded_finding("qualifiers", "error", *added)


def _added(pair: Pair, target_limits: list[Limit]) -> Iterator[Span]:
    """The words that limit an amount of the translation, or make it rough, of which the source has nothing.

    A duration is left out: "over ten years" may be within them.
    """
    source = pair.source.folded
    may_limit = bool(_arabic_words("free").search(source))
    spans = [] if may_limit else [(limit.amount, (limit.start, limit.end)) for limit in target_limits]
    if not may_limit and not _arabic_words("rough").search(source):
        spans += _rough_amounts(pair.target)
    for amount, span in spans:
        if amount.kind in _COUNTS and any(is_same_amount(amount, other) for other in pair.source.amounts):
            yield span


def _rough_amounts(side: Side) -> Iterator[tuple[Amount, Span]]:
    """The amounts that English gives as rough ones, each with the span of the words that say so."""
    for amount in side.amounts:
        if words := _rough_words().search(side.folded, 0, side.folded_offset(amount.start)):
            yield amount, words.span()


def _bounds_of(amount: Amount, limits_of_text: list[Limit]) -> set[Bound]:
    return {limit.bound for limit in limits_of_text if is_same_amount(limit.amount, amount)}


def _is_half(amount: Amount) -> bool:
    """Whether a translation may name the other half: fewer than half came, more than half stayed away."""
    return amount.value == (50 if amount.kind == "percent" else Fraction(1, 2))


def _find_limits(side: Side) -> list[Limit]:
    """The limits in a text, in the order of their amounts.

    The words that make an amount a limit stand between it and the amount before or behind it.
    """
    patterns = _limit_patterns(side.lang)
    limits_of_text: list[Limit] = []
    amounts = side.amounts
    starts = [*(side.folded_offset(amount.start) for amount in amounts), len(side.folded)]
    ends = [0, *(side.folded_offset(amount.end) for amount in amounts)]
    for index, amount in enumerate(amounts):
        words = patterns["before"].search(side.folded, ends[index], starts[index])
        words = words or patterns["behind"].match(side.folded, ends[index + 1], starts[index + 1])
        if words:
            stated: Bound = "floor" if words["floor"] else "ceiling"
            bound = _OPPOSITE[stated] if words["denied"] else stated
            limits_of_text.append(Limit(amount, bound, *words.span(stated)))
    return limits_of_text


@cache
def _limit_patterns(lang: str) -> dict[str, re.Pattern[str]]:
    """The patterns of the limit words before an amount ("before") and behind it ("behind")."""
    rules = {key: fold(words) for key, words in table("checks_numbers")["limits"][lang].items() if key != "words"}
    floor, ceiling = (rf"(?P<{bound}>{rules[bound]})" for bound in ("floor", "ceiling"))
    floor_behind, ceiling_behind = (rf"(?P<{bound}>{rules[f'{bound}_behind']})" for bound in ("floor", "ceiling"))
    before = rf"(?<!\w)(?P<denied>{rules['denied']} )?(?:{floor}|{ceiling}){rules['gap']}\Z"
    behind = rf"{rules['gap_behind']}(?:{floor_behind}|{ceiling_behind})(?!\w)(?P<denied>(?!))?"
    return {"before": compiled(before), "behind": compiled(behind)}


@cache
def _english_limit_words() -> frozenset[str]:
    """Every English limit has at least one of these words."""
    return frozenset(table("checks_numbers")["limits"]["en"]["words"])


@cache
def _arabic_words(kind: Literal["free", "rough"]) -> re.Pattern[str]:
    """The pattern of Arabic words that may limit a figure, or that may make it rough."""
    return compiled(rf"(?<!\w)(?:{fold(table('checks_numbers')['limits']['ar'][kind])})(?!\w)")


@cache
def _rough_words() -> re.Pattern[str]:
    """The pattern of English words right before a rough figure."""
    return compiled(table("checks_numbers")["limits"]["en"]["rough"])
