"""The figures of a story on the first page, each with the words of its sentence that say what it counts."""

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

_MOST_FIGURES = 4
"""Figures shown of a story."""
_CONTEXT = 7
"""Words shown before a figure, and after it, at most."""
_CLAUSE_BREAK = late(r"[،؛:;…()\[\]«»“”\"–—]|[,.](?!\d)")
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
    figures = (figure for entry in shown[:1]
               for figure in key_figures(entry.facts, entry.editions[code].sentences, code))  # fmt: skip
    return [(say(figure.fact.ar if arabic else figure.fact.en, code), say(figure.words, code)) for figure in figures]


def key_figures(facts: Facts, sentences: Sequence[Rendering], lang: str) -> tuple[KeyFigure, ...]:
    """At most four figures that the summary states, each with its clause of the `sentences`, which are in `lang`.

    Only figures that English writes with digits: "about half" is left out. So is a figure that its sentence does not
    hold, because the sentence is withheld or waits, or that it holds twice: by itself it would say nothing.
    """
    in_summary = (fact for fact in facts.of_kind("figure") if fact.sentence and _DIGIT.search(fact.en))
    return tuple(islice(_with_clauses(in_summary, sentences, lang), _MOST_FIGURES))


def _with_clauses(facts: Iterable[Fact], sentences: Sequence[Rendering], lang: str) -> Iterator[KeyFigure]:
    for fact in facts:
        text = sentences[fact.sentence - 1].text
        if span := _find_words(fact.ar, text) or _find_value(fact.ar, text, lang):
            yield KeyFigure(fact, _clause(text, *span))


def _find_words(words: str, text: str) -> tuple[int, int] | None:
    """The span of the Arabic words of a figure in a text that holds them once."""
    start = text.find(words)
    return (start, start + len(words)) if start >= 0 and text.count(words) == 1 else None


def _find_value(words: str, text: str, lang: str) -> tuple[int, int] | None:
    """The span of the value of the Arabic words in an English text that holds it once."""
    if lang != "en" or not text:
        return None
    values = {(figure.low, figure.high) for figure in find_figures(words)}
    matches = [figure for figure in find_figures(text, lang) if (figure.low, figure.high) in values]
    return (matches[0].start, matches[0].end) if len(values) == len(matches) == 1 else None


def _clause(text: str, start: int, end: int) -> str:
    """The words around text[start:end], from one punctuation mark to the next; "…" where more than seven are cut."""
    clause_start = max((mark.end() for mark in _CLAUSE_BREAK.finditer(text, 0, start)), default=0)
    clause_end = next((mark.start() for mark in _CLAUSE_BREAK.finditer(text, end)), len(text))
    words = [word.span() for word in _WORD.finditer(text, clause_start, clause_end)]
    starts_before = [word_start for word_start, _ in words if word_start < start]
    ends_after = [word_end for _, word_end in words if word_end > end]
    first = starts_before[-_CONTEXT:][0] if starts_before else start
    last = ends_after[:_CONTEXT][-1] if ends_after else end
    opening = "… " if len(starts_before) > _CONTEXT else ""
    closing = " …" if len(ends_after) > _CONTEXT else ""
    return f"{opening}{text[first:last]}{closing}"
