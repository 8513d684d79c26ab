"""Qualifiers: "may", "at least", "only", "deputy", "former" are not lost, not added and not made their opposite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from msgspec import Struct

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.patterns import compiled, late
from site_src.translate.checks.pair import Pair, Severity
from site_src.translate.checks.sounds import has_same_word

_BATCH = 8
"""How many rules are searched for with one pattern."""
_PARTICLES = 2
"""How many letters may be written onto the front of a name."""
_TO_NAME = late(r"\bto (?=[A-ZÀ-Þ])")


class Rule(Struct, frozen=True):
    """The words of a qualifier, as patterns for folded Arabic and English.

    A clash is not reported where English has `but` or Arabic has `free`. Where English has `doubt`, a lost qualifier
    may be expressed in other words: this is a warning whatever the severity of the rule.
    """

    ar: re.Pattern[str]
    en: re.Pattern[str]
    but: re.Pattern[str] | None = None
    free: re.Pattern[str] | None = None
    doubt: re.Pattern[str] | None = None
    severity: Severity = "error"


def check_qualifiers(pair: Pair) -> Iterator[Finding]:
    """Qualifiers that only one text of a pair has, which changes what it says.

    A rule is `mild`, and its finding only worth a look, if right translations were seen to do without its words.
    """
    if not pair.from_arabic:
        return
    source, target = pair.source, pair.target
    if _any_rule("lost").search(source.folded):
        yield from _lost(pair)
    for rule in _rules("added") if _any_rule("added").search(target.folded) else ():
        if (match := rule.en.search(target.folded)) and not rule.ar.search(source.folded):
            yield target.folded_finding("qualifiers", rule.severity, *match.span())
    for rule in _rules("clash") if _any_rule("clash").search(target.folded) else ():
        match = rule.en.search(target.folded)
        if match and rule.ar.search(source.folded) and not _is_excused(rule, pair):
            yield target.folded_finding("qualifiers", rule.severity, *match.span())


def _lost(pair: Pair) -> Iterator[Finding]:
    """The qualifiers of the source that the translation does not have."""
    source = pair.source
    translation = fold(_TO_NAME.sub("to -", pair.target.text))  # "to Ukraine" is no verb that something is planned
    batches = (rules for any_rule, rules in _batches() if any_rule.search(source.folded))
    for rule in (rule for rules in batches for rule in rules):
        match = rule.ar.search(source.folded)
        if match and not rule.en.search(translation) and not _is_name(pair, match):
            doubtful = rule.doubt and rule.doubt.search(translation)
            yield source.folded_finding("qualifiers", "warning" if doubtful else rule.severity, *match.span())


def _is_name(pair: Pair, match: re.Match[str]) -> bool:
    """Whether the matched words are a name, known or heard in the translation: Bishkek is no doubt (شكك)."""
    offset = pair.source.folded_offset
    names = ((offset(name.start) - _PARTICLES, offset(name.end)) for name in pair.source.names)
    is_known = any(start <= match.start() and match.end() <= end for start, end in names)
    return is_known or has_same_word(match[0], pair.target)


def _is_excused(rule: Rule, pair: Pair) -> bool:
    """Whether a word of either text explains the clash."""
    explained = rule.but and rule.but.search(pair.target.folded)
    return bool(explained or (rule.free and rule.free.search(pair.source.folded)))


@cache
def _any_rule(kind: str, first: int = 0, last: int | None = None) -> re.Pattern[str]:
    """The pattern of the words of any rule of a kind, or of its rules [first:last]; most texts have none of them."""
    frame, lang = (_arabic_words(), "ar") if kind == "lost" else (_ENGLISH_WORDS, "en")
    return frame.compile("|".join(rule[lang] for rule in table("checks_qualifiers")[kind][first:last]))


@cache
def _batches() -> tuple[tuple[re.Pattern[str], tuple[Rule, ...]], ...]:
    """The rules for lost qualifiers in batches, each with the pattern of the words of any of its rules."""
    rules = _rules("lost")
    starts = range(0, len(rules), _BATCH)
    return tuple((_any_rule("lost", start, start + _BATCH), rules[start : start + _BATCH]) for start in starts)


class _Frame(NamedTuple):
    """What stands around the words of a rule in a pattern."""

    prefix: str
    suffix: str

    def compile(self, words: str) -> re.Pattern[str]:
        return compiled(f"{self.prefix}{fold(words)}{self.suffix}")


_ENGLISH_WORDS = _Frame(r"\b(?:", r")(?!\w)")
_ENGLISH_BEGINNINGS = _Frame(r"\b(?:", ")")
_PARTS_OF_WORDS = _Frame("(?:", ")")
_ANYTHING = _Frame("", "")


@cache
def _arabic_words() -> _Frame:
    return _Frame(rf"(?<!\w){table('checks_qualifiers')['before']}(?:", r")(?!\w)")


@cache
def _rules(kind: str) -> tuple[Rule, ...]:
    """The rules of one kind in the table: "lost", "added" or "clash"."""
    arabic, english = {
        "lost": (_arabic_words(), _ENGLISH_BEGINNINGS),
        "added": (_PARTS_OF_WORDS, _ENGLISH_WORDS),
        "clash": (_arabic_words(), _ENGLISH_WORDS),
    }[kind]
    return tuple(
        Rule(
            ar=arabic.compile(rule["ar"]),
            en=english.compile(rule["en"]),
            but=_ENGLISH_WORDS.compile(rule["but"]) if "but" in rule else None,
            free=_ANYTHING.compile(rule["free"]) if "free" in rule else None,
            doubt=_ENGLISH_BEGINNINGS.compile(rule["doubt"]) if "doubt" in rule else None,
            severity="warning" if rule.get("mild") else "error",
        )
        for rule in table("checks_qualifiers")[kind]
    )
