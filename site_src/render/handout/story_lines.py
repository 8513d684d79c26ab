"""Stories as lines of text, for formats that have no style sheet: mail and word processors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from markupsafe import Markup

from site_src.render.cards import Headline
from site_src.render.handout.content import Briefing, Handout
from site_src.render.labels import Labels
from site_src.render.ledger import Carrier
from site_src.render.lines import Line, as_line, join_lines
from site_src.render.pairs import Cell

Kind = Literal["text", "names", "note"]
"""Of a line: a sentence or title; the names and figures that stand in for one; a remark on it."""
Side = tuple[tuple[Kind, Line], ...]
"""One language's side of a pair; () where the site has no such side."""


class CopyLines(NamedTuple):
    """A saved copy of a story in lines."""

    name: Line
    url: str
    note: Line


class StoryLines(NamedTuple):
    """A story in lines, in reading order."""

    slug: str
    url: str
    title: tuple[Side, Side]
    meta: Line
    notices: tuple[Line, ...]
    pairs: tuple[tuple[Side, Side], ...]
    """(own side, the one that faces it) of each sentence."""
    copies: tuple[CopyLines, ...]


def story_lines(handout: Handout, story: Briefing) -> StoryLines:
    """A story in lines; the state of a translation, which pages show by a badge, stands in words beside it."""
    labels, language = handout.labels, handout.labels.language
    title_state, *states = story.state_words or (Markup(""),) * (len(story.pairs) + 1)
    lacking: Side = (("note", as_line(story.own.lacking, language)),)
    meta = (story.source, story.date, *(badge.words for badge in story.badges))
    return StoryLines(
        slug=story.slug,
        url=story.url,
        title=_sides(handout, _title_side(story.own) or lacking, _title_side(story.facing), title_state),
        meta=join_lines(" · ", tuple(as_line(words, language) for words in meta)),
        notices=tuple(as_line(words, language) for words in story.notices),
        pairs=tuple(
            _sides(handout, _cell_side(pair.own, labels), _cell_side(pair.facing, labels), state)
            for pair, state in zip(story.pairs, states, strict=True)
        ),
        copies=tuple(
            CopyLines(as_line(carrier.name, language), carrier.url, as_line(_copy_note(carrier), language))
            for carrier in story.carriers
        ),
    )


def _copy_note(carrier: Carrier) -> Markup:
    return Markup(" ").join((carrier.date + Markup("."), carrier.reason, *carrier.supplied))


def _sides(handout: Handout, own: Side, facing: Side, state_words: Markup) -> tuple[Side, Side]:
    """Both sides; the state of the translation is a note on the side that is the translation."""
    note: Side = (("note", as_line(state_words, handout.lang)),) if state_words else ()
    if handout.translated:
        return own + note, facing
    return own, facing + note if facing else ()


def _title_side(headline: Headline | None) -> Side:
    if headline is None:
        return ()
    if headline.text:
        return (("text", as_line(headline.text, headline.language)),)
    return (("names", as_line(_join_names(headline.names), headline.language)),) if headline.names else ()


def _cell_side(cell: Cell | None, labels: Labels) -> Side:
    return tuple(_cell_lines(cell, labels)) if cell else ()


def _cell_lines(cell: Cell, labels: Labels) -> Iterator[tuple[Kind, Line]]:
    if cell.text:
        yield "text", as_line(cell.text, cell.language)
    elif cell.names:
        yield "names", as_line(_join_names(cell.names), cell.language)
    else:
        yield "note", as_line(labels.nothing_recognised, labels.language)
    for note in (*cell.reasons, *cell.notes):
        yield "note", as_line(note, labels.language)


def _join_names(names: tuple[Markup, ...]) -> Markup:
    return Markup(" · ").join(names)
