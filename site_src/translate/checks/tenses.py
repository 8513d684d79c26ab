"""Tenses: what has happened is not told as what will happen, nor the reverse; whose verb is whose the lexicon knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Literal

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.patterns import compiled, late
from site_src.translate.checks.lexicon import beginnings, senses
from site_src.translate.checks.pair import Pair, Span

_WORD = late(r"[^\W\d_]+")
_OPENING = late(r"(?:^|[.:«»\"“”،؛!?] ?)\W*")
"""What stands before the first word of a clause."""


def check_tenses(pair: Pair) -> Iterator[Finding]:
    """At most one verb of the translation that is in the future for a perfect of the source, or the other way round."""
    if not pair.from_arabic or not pair.target.folds_in_place:
        return
    if span := _told_as_coming(pair) or _told_as_past(pair):
        yield pair.target.finding("qualifiers", "error", *span)


def _told_as_coming(pair: Pair) -> Span | None:
    """A verb behind "will" that stands for nothing but a perfect, in a source without a word of the future."""
    will = _pattern("will").search(pair.target.folded)
    verb = _WORD.match(pair.target.folded, will.end()) if will else None
    if not verb or _pattern("future").search(pair.source.folded):
        return None
    stems = beginnings(verb[0])
    counterparts = [word for word in _WORD.finditer(pair.source.folded) if not stems.isdisjoint(senses(word[0]))]
    if counterparts and all(_is_perfect(pair.source.folded, word) for word in counterparts):
        return verb.span()
    return None


def _is_perfect(text: str, word: re.Match[str]) -> bool:
    """Whether an Arabic word opens its clause and has the form of a perfect."""
    opens = any(opening.end() == word.start() for opening in _OPENING.finditer(text, 0, word.start() + 1))
    return opens and bool(_pattern("perfect").fullmatch(word[0]))


def _told_as_past(pair: Pair) -> Span | None:
    """A verb in the past for one that is still to come in the source, where it has no other counterpart."""
    words = [(word.span(), word[0]) for word in _WORD.finditer(pair.target.folded)]
    for meanings in _coming_verbs(pair.source.folded):
        counterparts = [index for index, (_, word) in enumerate(words) if not meanings.isdisjoint(beginnings(word))]
        if counterparts and all(_is_past([word for _, word in words], index) for index in counterparts):
            return words[counterparts[0]][0]
    return None


def _coming_verbs(text: str) -> Iterator[frozenset[str]]:
    """The meanings of each Arabic verb in the future, or behind a word for a plan."""
    for word in _WORD.finditer(text):
        if coming := _pattern("coming").fullmatch(word[0]):
            yield senses(coming[1])
    for plan in _pattern("plan").finditer(text):
        behind = [senses(word[0]) for word in islice(_WORD.finditer(text, plan.end()), table("checks_tenses")["reach"])]
        yield next(filter(None, behind), frozenset[str]())


def _is_past(words: list[str], index: int) -> bool:
    """Whether an English word is a verb in the past, with no word near before it that puts it into the future."""
    before = words[max(0, index - table("checks_tenses")["reach"]) : index]
    if not _pattern("past").fullmatch(words[index]):
        return False
    return not any(_pattern("to_come").fullmatch(word) for word in before)


@cache
def _pattern(key: Literal["future", "perfect", "plan", "coming", "will", "past", "to_come"]) -> re.Pattern[str]:
    return compiled(table("checks_tenses")[key])
