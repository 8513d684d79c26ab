"""Duals: where the Arabic says two of something by its ending, the English does not say one, or some."""

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
_PARTICLES = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول")


def duals(pair: Pair) -> Iterator[Finding]:
    """The first dual of the source of which the translation says nothing; figures are compared elsewhere."""
    if not pair.from_arabic:
        return
    for word in _WORD.finditer(pair.source.text):
        if not (folded := _ENDED[word[0]]) or _is_read(pair.source, word.start()):
            continue
        if _said_otherwise(folded, pair) and not _two().search(pair.target.folded):
            yield pair.source.finding("numbers", "warning", *word.span())
            return


def _ended(word: str) -> str:
    """The folded word if it may be a dual by its ending, else nothing."""
    folded = fold(word)
    return folded if folded.endswith(("ان", "ين")) else ""


_ENDED = Memo(_ended)


def _is_read(side: Side, place: int) -> bool:
    """Whether a figure or a name has the word."""
    taken = [(one.start, one.end) for one in side.figures] + [(one.start, one.end) for one in side.names]
    return any(start <= place < end for start, end in taken)


def _said_otherwise(word: str, pair: Pair) -> bool:
    """Whether the word is a dual that the translation must say; with the article, it may say a plural."""
    if _singular(word) is not None:
        return True
    one = _singular(word, article=True)
    return one is not None and _alone(one, pair.target.folded)


def _alone(one: str, text: str) -> bool:
    """Whether a text speaks of one only."""
    singular = re.search(rf"\b(?:the|its|their|his|this|that) (?:\w+ )?(?:{one})\b", text)
    return bool(singular) and not re.search(rf"\b(?:{one.replace('|', 's|')}s)\b", text)


def _singular(word: str, article: bool = False) -> str | None:
    """English words for one of what the word says two of, "" for a word in the feminine; None for no dual."""
    for letters in _PARTICLES:
        core = word.removeprefix(letters) if word.startswith(letters) else ""
        if article:
            core = core[2:] if core.startswith("ال") else core[1:] if core.startswith("لل") else ""
        if core in _duals():
            return _duals()[core]
        if not article and _is_feminine(core):
            return ""
    return None


def _is_feminine(core: str) -> bool:
    known = table("checks_duals")["feminine"]
    if len(core) < known["letters"] or core.startswith(("ال", "لل")):
        return False
    return core.endswith(("تان", "تين")) and not core.endswith("ستان") and core not in _no_duals()


@cache
def _no_duals() -> frozenset[str]:
    words = [fold(word) for word in table("checks_duals")["feminine"]["words"]]
    return frozenset(letters + word for word in words for letters in _PARTICLES)


@cache
def _duals() -> dict[str, str]:
    """Folded duals with English words for one."""
    known = table("checks_duals")
    both = {fold(stem + end): one for stem, one in known["nouns"].items() for end in ("ان", "ين")}
    return {**{fold(stem + "ان"): "" for stem in known["sound"]["nouns"]}, **both}


@cache
def _two() -> re.Pattern[str]:
    return compiled("|".join(table("checks_duals")["two"]["en"]))
