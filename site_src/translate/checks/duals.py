"""Duals: where an Arabic ending means two of something, the English does not say one, or some."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.memo import Memo
from site_src.text.patterns import compiled, late
from site_src.translate.checks.pair import Pair, Severity, Side

_WORD = late(r"[^\W\d_]+")
_DUAL_ENDINGS = ("ان", "ين")
_PARTICLES = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول")


def check_duals(pair: Pair) -> Iterator[Finding]:
    """The first dual of the source that the translation does not express; figures are compared elsewhere.

    It is an error where the translation says one of them, else a warning.
    """
    if not pair.from_arabic:
        return
    for word in _WORD.finditer(pair.source.text):
        folded = _POSSIBLE_DUALS[word[0]]
        if not folded or _is_in_figure_or_name(pair.source, word.start()):
            continue
        if _english_two().search(pair.target.folded):
            return
        if severity := _severity(folded, pair.target.folded):
            yield pair.source.finding("numbers", severity, *word.span())
            return


def _possible_dual(word: str) -> str:
    """The folded word if its ending may be that of a dual, else ""."""
    folded = fold(word)
    return folded if folded.endswith(_DUAL_ENDINGS) else ""


_POSSIBLE_DUALS = Memo(_possible_dual)


def _is_in_figure_or_name(side: Side, offset: int) -> bool:
    return any(span.start <= offset < span.end for spans in (side.figures, side.names) for span in spans)


def _severity(word: str, text: str) -> Severity | None:
    """How grave it is that an English text without a word for two stands for this one; None if it is no sure dual.

    With the article it may be a plural: then only a singular of the translation shows that it was a dual.
    """
    bare = _english_singular(word)
    singular = bare or _english_singular(word, with_article=True)
    if singular and _has_only_singular(singular, text):
        return "error"
    return None if bare is None else "warning"


def _has_only_singular(singular: str, text: str) -> bool:
    """Whether a text has a noun, or one of several joined by "|", once and in the singular, and not in the plural."""
    determiner = r"(?:the|an?|one|its|their|his|this|that)"
    times = len(re.findall(rf"\b{determiner} (?:\w+ )?(?:{singular})\b", text))
    return times == 1 and not re.search(rf"\b(?:{singular.replace('|', 's|')}s)\b", text)


def _english_singular(word: str, *, with_article: bool = False) -> str | None:
    """The English singular of a dual, words joined by "|"; "" where the table has none, None if the word is no dual."""
    for particle in _PARTICLES:
        stem = word.removeprefix(particle) if word.startswith(particle) else ""
        if with_article:
            stem = stem[2:] if stem.startswith("ال") else stem[1:] if stem.startswith("لل") else ""
        if stem in _duals():
            return _duals()[stem]
        if not with_article and _is_feminine_dual(stem):
            return ""
    return None


def _is_feminine_dual(stem: str) -> bool:
    if len(stem) < table("checks_duals")["feminine"]["letters"] or stem.startswith(("ال", "لل")):
        return False
    return stem.endswith(("تان", "تين")) and not stem.endswith("ستان") and stem not in _not_duals()


@cache
def _not_duals() -> frozenset[str]:
    """Folded words that end like a feminine dual and are none."""
    words = [fold(word) for word in table("checks_duals")["feminine"]["words"]]
    return frozenset(particle + word for word in words for particle in _PARTICLES)


@cache
def _duals() -> dict[str, str]:
    """Folded duals to their English singular."""
    rules = table("checks_duals")
    nouns = {fold(stem + ending): singular for stem, singular in rules["nouns"].items() for ending in _DUAL_ENDINGS}
    return {**{fold(stem + "ان"): "" for stem in rules["sound"]["nouns"]}, **nouns}


@cache
def _english_two() -> re.Pattern[str]:
    """The pattern of English words that express a dual."""
    return compiled("|".join(table("checks_duals")["two"]["en"]))
