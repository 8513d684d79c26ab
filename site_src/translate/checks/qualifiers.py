"""Qualifiers: may, at least, only, deputy, former are not lost, not added, and not turned into their opposite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.patterns import compiled
from site_src.translate.checks.pair import Pair, Severity


class Rule(Struct, frozen=True):
    """What finds words in folded Arabic and English; a clash is none where English has `but` or Arabic `free`."""

    ar: re.Pattern[str]
    en: re.Pattern[str]
    but: re.Pattern[str] | None = None
    free: re.Pattern[str] | None = None
    severity: Severity = "warning"


def qualifiers(pair: Pair) -> Iterator[Finding]:
    """Words that only one text of a pair has, though it says something else without them: each is worth a look.

    What says the contrary of the source beyond doubt, "no longer" for still, is an error.
    """
    if not pair.from_arabic:
        return
    source, target = pair.source, pair.target
    for rule in _rules("lost"):
        if (found := rule.ar.search(source.folded)) and not rule.en.search(target.folded):
            yield source.folded_finding("qualifiers", rule.severity, *found.span())
    for rule in _rules("added"):
        if (found := rule.en.search(target.folded)) and not rule.ar.search(source.folded):
            yield target.folded_finding("qualifiers", rule.severity, *found.span())
    for rule in _rules("clash"):
        if (found := rule.en.search(target.folded)) and rule.ar.search(source.folded) and not _cleared(rule, pair):
            yield target.folded_finding("qualifiers", rule.severity, *found.span())


def _cleared(rule: Rule, pair: Pair) -> bool:
    """Whether either text has a word that takes the clash away."""
    said = rule.but and rule.but.search(pair.target.folded)
    return bool(said or (rule.free and rule.free.search(pair.source.folded)))


@cache
def _rules(sort: str) -> tuple[Rule, ...]:
    """The rules of one sort of the table."""
    known = table("checks_qualifiers")
    begin, end = rf"(?<!\w){known['before']}(?:", r")(?!\w)"
    if sort == "lost":
        return tuple(
            Rule(_regex(begin, rule["ar"], end), _regex(r"\b(?:", rule["en"], ")"), severity=_severity(rule))
            for rule in known[sort]
        )
    if sort == "added":
        return tuple(
            Rule(_regex("(?:", rule["ar"], ")"), _regex(r"\b(?:", rule["en"], end), severity=_severity(rule))
            for rule in known[sort]
        )
    return tuple(
        Rule(
            ar=_regex(begin, rule["ar"], end),
            en=_regex(r"\b(?:", rule["en"], end),
            but=_regex(r"\b(?:", rule["but"], end),
            free=_regex("", rule["free"], ""),
            severity=_severity(rule),
        )
        for rule in known[sort]
    )


def _severity(rule: dict[str, object]) -> Severity:
    return "error" if rule.get("certain") else "warning"


def _regex(begin: str, words: str, end: str) -> re.Pattern[str]:
    return compiled(f"{begin}{fold(words)}{end}")
