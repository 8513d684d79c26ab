"""Tenses: what the Arabic tells as done is not told as to come, nor the other way round, of one and the same verb."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.patterns import compiled
from site_src.translate.checks.pair import Pair


class Verb(Struct, frozen=True):
    """What finds a verb in folded texts."""

    past: re.Pattern[str]
    present: re.Pattern[str]
    """The verb as present or to come, or its noun, which may be of any time."""
    noun: re.Pattern[str]
    base: re.Pattern[str]
    """The verb as it stands in no past: visit, visits, visiting."""
    done: re.Pattern[str]
    """The verb in the past, but for what is to be done to somebody: be arrested."""


def tenses(pair: Pair) -> Iterator[Finding]:
    """At most one verb of the translation that is told in the other time."""
    if not pair.from_arabic:
        return
    ours, theirs = pair.source.folded, pair.target.folded
    for told in _will().finditer(theirs):
        verb = _verbs()[(told.lastindex or 1) - 1]
        if verb.past.search(ours) and not (verb.done.search(theirs) or verb.present.search(ours)):
            yield pair.target.folded_finding("qualifiers", "warning", *told.span())
            return
    for coming in _coming().finditer(ours):
        verb = _verbs()[(coming.lastindex or 1) - 1]
        done = None if verb.base.search(theirs) else verb.done.search(theirs)
        if done and not (verb.past.search(ours) or verb.noun.search(ours)):
            yield pair.target.folded_finding("qualifiers", "warning", *done.span())
            return


@cache
def _will() -> re.Pattern[str]:
    """English verbs behind "will" or the like, each in the group of its number."""
    known = table("checks_tenses")
    verbs = "|".join(f"({row['base']})" for row in known["verb"])
    return _regex(rf"\b{known['will']}", verbs, r"\b")


@cache
def _coming() -> re.Pattern[str]:
    """Arabic verbs of what is to come, each in the group of its number."""
    known = table("checks_tenses")
    verbs = "|".join(f"({row['stem']})" for row in known["verb"])
    return _regex(rf"(?<!\w){known['coming']}", verbs, r"\w*")


@cache
def _verbs() -> tuple[Verb, ...]:
    known = table("checks_tenses")
    begin, end = rf"(?<!\w){known['before']}", rf"{known['after']}(?!\w)"
    return tuple(
        Verb(
            past=_regex(begin, row["past"], end),
            present=_regex(r"(?<!\w)", rf"{known['any']}(?:{row['stem']})|\w{{0,4}}(?:{row['noun']})", ""),
            noun=_regex(r"(?<!\w)\w{0,4}", row["noun"], ""),
            base=_regex(r"\b", row["base"], r"(?:s|es|ing)?\b"),
            done=_regex(r"(?<!\bbe )(?<!\bbeing )\b", row["done"], r"\b"),
        )
        for row in known["verb"]
    )


def _regex(begin: str, words: str, end: str) -> re.Pattern[str]:
    return compiled(f"{begin}(?:{fold(words)}){end}")
