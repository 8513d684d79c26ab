"""Negation: what the source denies, the translation denies too, in whatever words; and it denies nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from site_src.model import Finding
from site_src.tables import table
from site_src.translate.checks.pair import Pair, Side

Words = list[re.Match[str]]


def negation(pair: Pair) -> Iterator[Finding]:
    """Denials lost or added between Arabic and English."""
    if (pair.source.lang, pair.target.lang) != ("ar", "en"):
        return
    turns, open_turns = _turns(pair)
    ours = {sort: _outside(_find(pair.source, sort), turns) for sort in ("plain", "firm", "absorb", "hints")}
    said, other = _find(pair.target, "plain"), _find(pair.target, "other")
    turned = _find(pair.target, "turns")
    licensed = sum(bool(ar.search(pair.source.bare) and en.search(pair.target.bare)) for ar, en in _licences())
    carried = len(said) + max(0, len(other) - len(ours["firm"]) - len(ours["absorb"])) + len(turned) + licensed
    yield from _lost(pair, [*ours["plain"], *open_turns], ours["firm"], carried, len(other) + licensed)
    excuses = len(ours["plain"]) + len(ours["firm"]) + len(ours["absorb"]) + len(ours["hints"]) + len(turns)
    added = [word for word in said if not any(turn.start() <= word.start() < turn.end() for turn in turned)]
    if len(added) > excuses:
        yield _finding(pair.target, added[-1], not excuses, "not denied in the source")


def _lost(pair: Pair, plain: Words, firm: Words, carried: int, other: int) -> Iterator[Finding]:
    """What the source denies and the translation does not."""
    if len(plain) > carried:
        yield _finding(pair.source, plain[-1], not carried, "not denied in the translation")
    elif firm and not carried and not other:
        yield _finding(pair.source, firm[0], True, "not denied in the translation")


def _finding(side: Side, word: re.Match[str], certain: bool, note: str) -> Finding:
    """A finding against a word of the text without marks, whose place in the text itself is looked up."""
    start = side.text.find(word["word"])
    if start < 0:
        return Finding("negation", "error" if certain else "warning", f"{word['word']} ({note})", side.place)
    return side.finding("negation", "error" if certain else "warning", start, start + len(word["word"]), note)


def _turns(pair: Pair) -> tuple[list[tuple[int, int]], Words]:
    """Arabic turns with a denying word, by place, and those of them that English neither denies nor says otherwise."""
    found, open_turns = [], []
    for ar, en in _turn_rules():
        for turn in ar.finditer(pair.source.bare):
            found.append(turn.span("word"))
            if en and not en.search(pair.target.bare):
                open_turns.append(turn)
    return found, open_turns


def _outside(words: Iterable[re.Match[str]], turns: list[tuple[int, int]]) -> Words:
    return [word for word in words if not any(start <= word.start("word") < end for start, end in turns)]


def _find(side: Side, sort: str) -> Words:
    return list(_pattern(side.lang, sort).finditer(side.bare))


@cache
def _pattern(lang: str, sort: str) -> re.Pattern[str]:
    """What finds the words of one sort."""
    rules = table("checks_negation")[lang]
    return re.compile(rf"{rules['before']}(?P<word>{'|'.join(rules[sort])})(?!\w)", re.IGNORECASE)


@cache
def _turn_rules() -> tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...]:
    rules, before = table("checks_negation")["turn"], table("checks_negation")["ar"]["before"]
    return tuple(
        (
            re.compile(rf"{before}(?P<word>{rule['ar']})(?!\w)"),
            re.compile(rf"\b(?:{rule['en']})\b", re.IGNORECASE) if rule["en"] else None,
        )
        for rule in rules
    )


@cache
def _licences() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    rules = table("checks_negation")["licence"]
    return tuple((re.compile(rule["ar"]), re.compile(rule["en"], re.IGNORECASE)) for rule in rules)
