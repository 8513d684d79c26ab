"""Counts: two figures that have exchanged what they count, such as the killed and the injured."""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations

from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.patterns import compiled
from site_src.translate.checks.amounts import Value
from site_src.translate.checks.pair import Pair, Side, Span

_Near = tuple[int, int]
"""(distance of a word from a figure, index of the word in its rule)."""


def find_exchanged_count(pair: Pair) -> Span | None:
    """The span of a figure of the translation that counts what another figure counts in the source, else None."""
    source, target = pair.source, pair.target
    if len(source.amounts) < 2 or len(target.amounts) < 2:
        return None
    offset = source.folded_offset
    source_spans = {amount.value: (offset(amount.start), offset(amount.end)) for amount in source.amounts}
    target_spans = {amount.value: (amount.start, amount.end) for amount in target.amounts}
    common_values = [value for value in target_spans if value in source_spans]
    for rule in range(len(table("checks_exchanged")["count"])):
        in_source = _counted_words(source, source_spans, rule)
        if len(set(in_source.values())) < 2:
            continue
        in_target = _counted_words(target, target_spans, rule)
        for one, other in combinations(common_values, 2):
            word, other_word = in_source.get(one), in_source.get(other)
            if word is None or other_word is None or word == other_word:
                continue
            if (in_target.get(one), in_target.get(other)) == (other_word, word):
                return target_spans[one]
    return None


def _counted_words(side: Side, figures: dict[Value, Span], rule: int) -> dict[Value, int]:
    """For each value, which of the two words of a rule (0 or 1) it counts; values near neither word are left out.

    A word inside the figure's span comes first, in Arabic then a word before it, else the nearest one.
    """
    row = table("checks_exchanged")["count"][rule]
    patterns = _count_patterns(side.lang)[rule]
    if not all(pattern.search(side.folded) for pattern in patterns):
        return {}
    words = [(index, match.span()) for index, pattern in enumerate(patterns) for match in pattern.finditer(side.folded)]
    counted: dict[Value, int] = {}
    for value, (start, end) in figures.items():
        previous_end = max((other_end for _, other_end in figures.values() if other_end <= start), default=0)
        before = [
            (_distance(side, word_end, start), index)
            for index, (_, word_end) in words
            if previous_end <= word_end <= start
        ]
        inside: list[_Near] = []
        after: list[_Near] = []
        if not row.get("range"):
            next_start = min((first for first, _ in figures.values() if first >= end), default=len(side.folded))
            inside = [(0, index) for index, (first, last) in words if start <= first and last <= end]
            after = [(_distance(side, end, first), index) for index, (first, _) in words if end <= first < next_start]
        nearest = inside
        if not nearest and side.lang == "ar":
            nearest = _within(row["reach"], before)
        nearest = nearest or _within(row["reach"], before + after)
        if nearest:
            counted[value] = min(nearest)[1]
    if row.get("range"):
        counted |= _ends_of_ranges(figures)
    return counted


def _within(reach: int, words: list[_Near]) -> list[_Near]:
    return [(distance, index) for distance, index in words if distance <= reach]


def _ends_of_ranges(figures: dict[Value, Span]) -> dict[Value, int]:
    """The values of each range: 480 to 510 is one figure, its first value is "from" (0), its second is "to" (1)."""
    values_by_span: dict[Span, list[Value]] = {}
    for value, span in figures.items():
        values_by_span.setdefault(span, []).append(value)
    ranges = (values for values in values_by_span.values() if len(values) > 1)
    return {value: index for values in ranges for index, value in enumerate(values)}


def _distance(side: Side, start: int, end: int) -> int:
    """The number of characters between two offsets of the folded text; words that separate clauses add to it."""
    between = side.folded[start:end]
    return len(between) + (table("checks_exchanged")["parted"] if _separators().search(between) else 0)


@cache
def _separators() -> re.Pattern[str]:
    return compiled(table("checks_exchanged")["parting"])


@cache
def _count_patterns(lang: str) -> tuple[tuple[re.Pattern[str], ...], ...]:
    prefix = r"(?<!\w)[وف]?" if lang == "ar" else r"\b"
    return tuple(
        tuple(compiled(rf"{prefix}(?:{fold(words)})(?!\w)") for words in rule[lang])
        for rule in table("checks_exchanged")["count"]
    )
