"""Counts: two figures of which each counts what the other counts in the source, killed and injured."""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations

from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.patterns import compiled
from site_src.translate.checks.amounts import Value
from site_src.translate.checks.pair import Pair, Side, Span


def counts(pair: Pair) -> Span | None:
    """A figure that counts what another figure counts in the source."""
    mine, theirs = pair.source.amounts, pair.target.amounts
    if len(mine) < 2 or len(theirs) < 2:
        return None
    at = pair.source.in_folded
    ours = {amount.value: (at(amount.start), at(amount.end)) for amount in mine}
    found = {amount.value: (amount.start, amount.end) for amount in theirs}
    both = [value for value in found if value in ours]
    for rule in range(len(table("checks_exchanged")["count"])):
        if len(set((here := _counted(pair.source, ours, rule)).values())) < 2:
            continue
        classes = here, _counted(pair.target, found, rule)
        for one, other in combinations(both, 2):
            said = [(side.get(one), side.get(other)) for side in classes]
            if None not in said[0] and said[0][0] != said[0][1] and said[1] == said[0][::-1]:
                return found[one]
    return None


def _counted(side: Side, figures: dict[Value, Span], rule: int) -> dict[Value, int]:
    """For each figure which of the two words of a rule is its own: its unit, before it in Arabic, else the nearest."""
    row = table("checks_exchanged")["count"][rule]
    ranged = row.get("range", False)
    patterns = _count_rules(side.lang)[rule]
    if not all(one.search(side.folded) for one in patterns):
        return {}
    words = [(n, m.span()) for n, one in enumerate(patterns) for m in one.finditer(side.folded)]
    found: dict[Value, int] = {}
    for value, (start, end) in figures.items():
        last = max((b for _, b in figures.values() if b <= start), default=0)
        next_ = min((a for a, _ in figures.values() if a >= end), default=len(side.folded))
        before = [(_far(side, b, start), n) for n, (_, b) in words if last <= b <= start]
        after = [(_far(side, end, a), n) for n, (a, _) in words if end <= a < next_ and not ranged]
        near = [(0, n) for n, (a, b) in words if start <= a and b <= end and not ranged]
        near = near or ([pair for pair in before if pair[0] <= row["reach"]] if side.lang == "ar" else [])
        near = near or [pair for pair in before + after if pair[0] <= row["reach"]]
        if near:
            found[value] = min(near)[1]
    if ranged:  # 480 to 510 is one figure: the first is from, the second to
        ends = {span: [value for value, one in figures.items() if one == span] for span in figures.values()}
        found |= {value: place for values in ends.values() if len(values) > 1 for place, value in enumerate(values)}
    return found


def _far(side: Side, start: int, end: int) -> int:
    """Letters between two places; words that part them count for more."""
    between = side.folded[start:end]
    return len(between) + (table("checks_exchanged")["parted"] if _parting().search(between) else 0)


@cache
def _parting() -> re.Pattern[str]:
    return compiled(table("checks_exchanged")["parting"])


@cache
def _count_rules(lang: str) -> tuple[tuple[re.Pattern[str], ...], ...]:
    begin = r"(?<!\w)[وف]?" if lang == "ar" else r"\b"
    return tuple(
        tuple(compiled(rf"{begin}(?:{fold(words)})(?!\w)") for words in rule[lang])
        for rule in table("checks_exchanged")["count"]
    )
