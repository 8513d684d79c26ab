"""Duals: where an Arabic ending means two of something, the English does not say one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.memo import Memo
from site_src.text.patterns import compiled, late
from site_src.translate.checks.pair import Pair, Side

_WORD = late(r"[^\W\d_]+")
_DUAL_ENDINGS = ("ان", "ين")
_PARTICLES = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول")
_ARTICLES = ("", "ال", "لل")


def check_duals(pair: Pair) -> Iterator[Finding]:
    """The first dual of the source of which the translation names one; figures are compared elsewhere."""
    if not pair.from_arabic:
        return
    for word in _WORD.finditer(pair.source.text):
        singular = _SINGULARS[word[0]]
        if not singular or _is_in_figure_or_name(pair.source, word.start()):
            continue
        if _english_two().search(pair.target.folded):
            return
        if _has_only_singular(singular, pair.target.folded):
            yield pair.source.finding("numbers", "error", *word.span())
            return


def _english_singular(word: str) -> str:
    """The English singular of an Arabic dual, words joined by "|"; "" for any other word."""
    folded = fold(word)
    return _duals().get(folded, "") if folded.endswith(_DUAL_ENDINGS) else ""


_SINGULARS = Memo(_english_singular)


@cache
def _duals() -> dict[str, str]:
    """Folded duals, with and without particles and article, to their English singular."""
    return {
        particle + article + fold(stem + ending): singular
        for stem, singular in table("checks_duals")["nouns"].items()
        for ending in _DUAL_ENDINGS
        for particle in _PARTICLES
        for article in _ARTICLES
    }


def _is_in_figure_or_name(side: Side, offset: int) -> bool:
    return any(span.start <= offset < span.end for spans in (side.figures, side.names) for span in spans)


def _has_only_singular(singular: str, text: str) -> bool:
    """Whether a text has a noun, or one of several joined by "|", once and in the singular, and not in the plural."""
    determiner = r"(?:the|an?|one|its|their|his|this|that)"
    times = len(re.findall(rf"\b{determiner} (?:\w+ )?(?:{singular})\b", text))
    return times == 1 and not re.search(rf"\b(?:{singular.replace('|', 's|')}s)\b", text)


@cache
def _english_two() -> re.Pattern[str]:
    """The pattern of English words that express a dual."""
    return compiled("|".join(table("checks_duals")["two"]["en"]))
