"""Limits: a minimum of the source is no maximum in the translation."""

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
from site_src.translate.checks.pair import Pair, Severity, Side

Bound = Literal["floor", "ceiling"]
_OPPOSITE: dict[Bound, Bound] = {"floor": "ceiling", "ceiling": "floor"}


class Limit(Struct, frozen=True):
    """An amount that is a minimum ("floor") or a maximum ("ceiling")."""

    amount: Amount
    bound: Bound
    start: int
    """Where the words that say so start in the folded text, in characters."""
    end: int


def check_limits(pair: Pair) -> Iterator[Finding]:
    """At most one amount that the translation limits the other way round."""
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
