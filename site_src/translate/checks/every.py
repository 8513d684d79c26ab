"""All checks, in the order in which their findings are reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from site_src.model.edition import Finding
from site_src.translate.checks.adequacy import check_adequacy
from site_src.translate.checks.bound import check_owners
from site_src.translate.checks.duals import check_duals
from site_src.translate.checks.exchanged import check_exchanges
from site_src.translate.checks.form import check_capitals, check_copy, check_emptiness, check_placeholders, check_script
from site_src.translate.checks.length import check_padding, check_repetition, check_truncation
from site_src.translate.checks.limits import check_limits
from site_src.translate.checks.names import check_names
from site_src.translate.checks.negation import check_negation
from site_src.translate.checks.numbers import check_numbers
from site_src.translate.checks.opposites import check_opposites
from site_src.translate.checks.pair import Pair
from site_src.translate.checks.qualifiers import check_qualifiers
from site_src.translate.checks.quotes import check_quotes
from site_src.translate.checks.tenses import check_tenses

CHECKS: tuple[Callable[[Pair], Iterator[Finding]], ...] = (
    check_script,
    check_capitals,
    check_placeholders,
    check_truncation,
    check_padding,
    check_repetition,
    check_quotes,
    check_numbers,
    check_duals,
    check_names,
    check_negation,
    check_opposites,
    check_qualifiers,
    check_limits,
    check_tenses,
    check_exchanges,
    check_owners,
    check_adequacy,
)
"""In the order in which their findings are reported."""


def findings(pair: Pair) -> tuple[Finding, ...]:
    """What is wrong with the target; for an empty or copied translation, only that it is empty or copied."""
    not_translated = (*check_emptiness(pair), *check_copy(pair))
    return not_translated or tuple(finding for check in CHECKS for finding in check(pair))
