"""Qualifiers: may, at least, only, deputy, former are not lost, not added, and not turned into their opposite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.patterns import compiled, late
from site_src.translate.checks.pair import Pair, Severity
from site_src.translate.checks.sounds import same_word

_PART = 8
"""Rules that are looked for at a time."""
_PARTICLES = 2
"""Letters that may stand before a name, of its word."""
_TO_NAME = late(r"\bto (?=[A-ZÀ-Þ])")


class Rule(Struct, frozen=True):
    """What finds words in folded Arabic and English; a clash is none where English has `but` or Arabic `free`.

    Where English has `doubt`, what is lost may be said in other words: a warning whatever the severity.
    """

    ar: re.Pattern[str]
    en: re.Pattern[str]
    but: re.Pattern[str] | None = None
    free: re.Pattern[str] | None = None
    doubt: re.Pattern[str] | None = None
    severity: Severity = "error"


def qualifiers(pair: Pair) -> Iterator[Finding]:
    """Words that only one text of a pair has, though it says something else without them.

    A rule whose words right translations also do without is `mild`: what it finds is only worth a look.
    """
    if not pair.from_arabic:
        return
    source, target = pair.source, pair.target
    if _any("lost").search(source.folded):
        said = fold(_TO_NAME.sub("to -", target.text))  # "to Ukraine" is no verb that something is planned
        for rule in (rule for some, rules in _parts() if some.search(source.folded) for rule in rules):
            found = rule.ar.search(source.folded)
            if found and not rule.en.search(said) and not _is_name(pair, found):
                doubted = rule.doubt and rule.doubt.search(said)
                yield source.folded_finding("qualifiers", "warning" if doubted else rule.severity, *found.span())
    for rule in _rules("added") if _any("added").search(target.folded) else ():
        if (found := rule.en.search(target.folded)) and not rule.ar.search(source.folded):
            yield target.folded_finding("qualifiers", rule.severity, *found.span())
    for rule in _rules("clash") if _any("clash").search(target.folded) else ():
        if (found := rule.en.search(target.folded)) and rule.ar.search(source.folded) and not _cleared(rule, pair):
            yield target.folded_finding("qualifiers", rule.severity, *found.span())


def _is_name(pair: Pair, found: re.Match[str]) -> bool:
    """Whether the words found are of a name, known or heard in the translation: Bishkek is no doubt (شكك)."""
    at = pair.source.in_folded
    names = ((at(name.start) - _PARTICLES, at(name.end)) for name in pair.source.names)
    known = any(start <= found.start() and found.end() <= end for start, end in names)
    return known or same_word(found[0], pair.target)


def _cleared(rule: Rule, pair: Pair) -> bool:
    """Whether either text has a word that takes the clash away."""
    said = rule.but and rule.but.search(pair.target.folded)
    return bool(said or (rule.free and rule.free.search(pair.source.folded)))


@cache
def _any(sort: str, first: int = 0, last: int | None = None) -> re.Pattern[str]:
    """What finds the words of any rule of a sort, or of some of them, which most texts have not."""
    begin, end = _edges()["lost" if sort == "lost" else "added"]
    lang = "ar" if sort == "lost" else "en"
    return _regex(begin, "|".join(rule[lang] for rule in table("checks_qualifiers")[sort][first:last]), end)


@cache
def _parts() -> tuple[tuple[re.Pattern[str], tuple[Rule, ...]], ...]:
    """The many rules for what is lost, so many at a time, with what finds the words of any of them."""
    rules = _rules("lost")
    return tuple((_any("lost", n, n + _PART), rules[n : n + _PART]) for n in range(0, len(rules), _PART))


@cache
def _edges() -> dict[str, tuple[str, str]]:
    """What stands before and behind the words of a rule: of whole Arabic words, of whole English ones, of a part."""
    arabic = rf"(?<!\w){table('checks_qualifiers')['before']}(?:"
    return {"lost": (arabic, r")(?!\w)"), "added": (r"\b(?:", r")(?!\w)"), "part": ("(?:", ")")}


@cache
def _rules(sort: str) -> tuple[Rule, ...]:
    """The rules of one sort of the table."""
    whole, english, part = _edges().values()
    sides = {"lost": (whole, (english[0], ")")), "added": (part, english), "clash": (whole, english)}[sort]
    return tuple(
        Rule(
            ar=_regex(sides[0][0], rule["ar"], sides[0][1]),
            en=_regex(sides[1][0], rule["en"], sides[1][1]),
            but=_regex(english[0], rule["but"], english[1]) if "but" in rule else None,
            free=_regex("", rule["free"], "") if "free" in rule else None,
            doubt=_regex(english[0], rule["doubt"], ")") if "doubt" in rule else None,
            severity="warning" if rule.get("mild") else "error",
        )
        for rule in table("checks_qualifiers")[sort]
    )


def _regex(begin: str, words: str, end: str) -> re.Pattern[str]:
    return compiled(f"{begin}{fold(words)}{end}")
