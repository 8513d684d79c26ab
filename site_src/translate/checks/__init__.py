"""What is wrong with a translation, seen from the two texts alone: pure functions, no model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from site_src.model import Finding
from site_src.translate.checks.form import copied, empty, placeholders, script
from site_src.translate.checks.length import loop, padded, truncated
from site_src.translate.checks.names import names as name_check
from site_src.translate.checks.negation import negation
from site_src.translate.checks.numbers import numbers
from site_src.translate.checks.pair import Pair, Side
from site_src.translate.checks.quotes import quotes

if TYPE_CHECKING:
    from site_src.text.names import NameBook

CHECKS: tuple[Callable[[Pair], Iterator[Finding]], ...] = (
    script, placeholders, truncated, padded, loop, quotes, numbers, name_check, negation,
)  # fmt: skip
"""In the order in which their findings are reported."""


def check_pair(
    source: str, target: str, names: NameBook, source_lang: str = "ar", target_lang: str = "en"
) -> tuple[Finding, ...]:
    """What is wrong with `target` as a translation of `source`; nothing found is an empty tuple.

    An empty or copied translation is nothing else besides.
    """
    pair = Pair(Side(source, source_lang, "source", names), Side(target, target_lang, "target", names))
    whole = (*empty(pair), *copied(pair))
    return whole or tuple(finding for check in CHECKS for finding in check(pair))
