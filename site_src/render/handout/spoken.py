"""Stories as lines of text, for formats that have no style sheet: mail and word processors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from markupsafe import Markup

from site_src.render.cards import Headline
from site_src.render.handout.told import Handout, Told
from site_src.render.labels import Labels
from site_src.render.ledger import Carrier
from site_src.render.lines import Line, as_line, joined
from site_src.render.pairs import Cell

Kind = Literal["text", "names", "note"]
"""A sentence or title; names and figures that stand in its place; what is to be known about it."""
Side = tuple[tuple[Kind, Line], ...]
"""One language's side of a pair; () where the site has no such side."""


class Copied(NamedTuple):
    """A saved copy of a story."""

    name: Line
    url: str
    note: Line


class Spoken(NamedTuple):
    """A story in lines, in reading order."""

    slug: str
    url: str
    title: tuple[Side, Side]
    meta: Line
    notices: tuple[Line, ...]
    pairs: tuple[tuple[Side, Side], ...]
    """(own side, the one that faces it) of each sentence."""
    copies: tuple[Copied, ...]


def speak(handout: Handout, told: Told) -> Spoken:
    """A story in lines; a state that pages show by a badge is said in words beside its sentence."""
    labels = handout.labels
    title, *made = told.made or (Markup(""),) * (len(told.pairs) + 1)
    meta = [as_line(words, labels.language) for words in (told.source, told.date, *(one.words for one in told.badges))]
    lacking: Side = (("note", as_line(told.own.lacking, labels.language)),)
    copies = (
        Copied(as_line(one.name, labels.language), one.url, as_line(_standing(one), labels.language))
        for one in told.carriers
    )
    return Spoken(
        told.slug, told.url, _sides(handout, _title(told.own) or lacking, _title(told.facing), title),
        joined(" · ", tuple(meta)), tuple(as_line(words, labels.language) for words in told.notices),
        tuple(_sides(handout, _cell(pair.own, labels), _cell(pair.facing, labels), state)
              for pair, state in zip(told.pairs, made, strict=True)),
        tuple(copies),
    )  # fmt: skip


def _standing(copy: Carrier) -> Markup:
    return Markup(" ").join((copy.date + Markup("."), copy.reason, *copy.supplied))


def _sides(handout: Handout, own: Side, facing: Side, made: Markup) -> tuple[Side, Side]:
    """Both sides, with how the translation was made on the side that is the translation."""
    note: Side = (("note", as_line(made, handout.lang)),) if made else ()
    return (own + note, facing) if handout.translated else (own, facing + note if facing else ())


def _title(headline: Headline | None) -> Side:
    if headline is None:
        return ()
    if headline.text:
        return (("text", as_line(headline.text, headline.language)),)
    return (("names", as_line(_names(headline.names), headline.language)),) if headline.names else ()


def _cell(cell: Cell | None, labels: Labels) -> Side:
    return tuple(_lines(cell, labels)) if cell else ()


def _lines(cell: Cell, labels: Labels) -> Iterator[tuple[Kind, Line]]:
    if cell.text:
        yield "text", as_line(cell.text, cell.language)
    elif cell.names:
        yield "names", as_line(_names(cell.names), cell.language)
    else:
        yield "note", as_line(labels.nothing_recognised, labels.language)
    for note in (*cell.reasons, *cell.notes):
        yield "note", as_line(note, labels.language)


def _names(names: tuple[Markup, ...]) -> Markup:
    return Markup(" · ").join(names)
