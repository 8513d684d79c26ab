"""The figures that the first page tells of a story: each with the words of its sentence that say what it counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from markupsafe import Markup

from site_src.model.brief import Fact, Facts
from site_src.model.edition import Rendering
from site_src.render.catalogue import Entry
from site_src.render.composer import Composer
from site_src.text.figures import find_figures
from site_src.text.patterns import late

_MOST = 4
"""Figures that are told of a story."""
_BESIDE = 7
"""Words that are told before a figure, and after it."""
_BREAK = late(r"[،؛:;…()\[\]«»“”\"–—]|[,.](?!\d)")
_WORD = late(r"\S+")
_DIGIT = late(r"\d")


class KeyFigure(NamedTuple):
    """A figure of the summary."""

    fact: Fact
    words: str
    """The clause of its sentence that holds it, in the language of an edition; a long one is cut at words."""


def first_figures(composer: Composer, shown: Sequence[Entry], code: str) -> list[tuple[Markup, Markup]]:
    """(figure, the words around it) of the first of the stories, in the language of the edition."""
    arabic, say = composer.press.language(code).direction == "rtl", composer.press.say
    found = (one for first in shown[:1] for one in key_figures(first.facts, first.editions[code].sentences, code))
    return [(say(one.fact.ar if arabic else one.fact.en, code), say(one.words, code)) for one in found]


def key_figures(facts: Facts, sentences: Sequence[Rendering], lang: str) -> tuple[KeyFigure, ...]:
    """A few figures that English says with digits, as the `sentences` of the summary in the language `lang` tell them.

    One that its sentence does not tell, because it is withheld or waits, or tells twice, says nothing by itself and is
    left out; so is "about half".
    """
    told = (fact for fact in facts.of_kind("figure") if fact.sentence and _DIGIT.search(fact.en))
    return tuple(islice(_placed(told, sentences, lang), _MOST))


def _placed(facts: Iterable[Fact], sentences: Sequence[Rendering], lang: str) -> Iterator[KeyFigure]:
    for fact in facts:
        one = sentences[fact.sentence - 1]
        if span := _as_written(fact.ar, one.text) or _of_value(fact.ar, one.text, lang):
            yield KeyFigure(fact, _clause(one.text, *span))


def _as_written(words: str, text: str) -> tuple[int, int] | None:
    """Where a text holds the Arabic words of a figure, and holds them once."""
    start = text.find(words)
    return (start, start + len(words)) if start >= 0 and text.count(words) == 1 else None


def _of_value(words: str, text: str, lang: str) -> tuple[int, int] | None:
    """Where a translation tells the value of the Arabic words, and tells it once."""
    if lang != "en" or not text:
        return None
    values = {(one.low, one.high) for one in find_figures(words)}
    found = [one for one in find_figures(text, lang) if (one.low, one.high) in values]
    return (found[0].start, found[0].end) if len(values) == len(found) == 1 else None


def _clause(text: str, start: int, end: int) -> str:
    """The words around a place, from one mark of punctuation to the next."""
    first = max((mark.end() for mark in _BREAK.finditer(text, 0, start)), default=0)
    last = next((mark.start() for mark in _BREAK.finditer(text, end)), len(text))
    words = [word.span() for word in _WORD.finditer(text, first, last)]
    before, after = ([one for one, _ in words if one < start], [stop for _, stop in words if stop > end])
    clause = text[before[-_BESIDE:][0] if before else start : after[:_BESIDE][-1] if after else end]
    return f"{'… ' * (len(before) > _BESIDE)}{clause}{' …' * (len(after) > _BESIDE)}"
