"""All checks, in the order in which their findings are reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from site_src.model.edition import Finding
from site_src.translate.checks.adequacy import adequacy
from site_src.translate.checks.bound import bound
from site_src.translate.checks.duals import duals
from site_src.translate.checks.exchanged import exchanged
from site_src.translate.checks.form import capitals, copied, empty, placeholders, script
from site_src.translate.checks.length import loop, padded, truncated
from site_src.translate.checks.limits import limits
from site_src.translate.checks.names import names
from site_src.translate.checks.negation import negation
from site_src.translate.checks.numbers import numbers
from site_src.translate.checks.opposites import opposites
from site_src.translate.checks.pair import Pair
from site_src.translate.checks.qualifiers import qualifiers
from site_src.translate.checks.quotes import quotes

CHECKS: tuple[Callable[[Pair], Iterator[Finding]], ...] = (
    script, capitals, placeholders, truncated, padded, loop, quotes,
    numbers, duals, names, negation, opposites, qualifiers, limits, exchanged, bound, adequacy,
)  # fmt: skip
"""In the order in which their findings are reported."""


def findings(pair: Pair) -> tuple[Finding, ...]:
    """What is wrong with the target; for an empty or copied translation, only that it is empty or copied."""
    not_translated = (*empty(pair), *copied(pair))
    return not_translated or tuple(finding for check in CHECKS for finding in check(pair))
