"""The Markdown hand-out, to paste. Words of an article are escaped; the facing language stands in HTML elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup, escape

from site_src.render.handout.content import Briefing, Handout
from site_src.render.labels import Labels, Language
from site_src.render.pairs import Cell
from site_src.render.runs import tidy

_MARKS = re.compile(r"([\\`*_\[\]|#~])")
_INLINE_MARKS = re.compile(r"[\\`*_\[\]|~]")
_LIST_MARK = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)", re.MULTILINE)


class MarkdownStory(NamedTuple):
    """A story, all its words escaped for Markdown."""

    title: Markup
    facing: Language | None
    """The facing language; None where there is none."""
    facing_title: Markup
    source: Markup
    date: Markup
    badges: tuple[Markup, ...]
    notices: tuple[Markup, ...]
    pairs: tuple[tuple[Markup, Markup], ...]
    """(own sentence, facing sentence) in order, or what stands in their place and why."""


def write(handout: Handout) -> bytes:
    """Headings, numbered sentences, and below each sentence the one that faces it."""
    variables = {
        "L": handout.labels, "until": handout.until, "title": _escape(handout.title),
        "site_name": _escape(handout.site_name), "licence": _escape(handout.licence),
        "stories": [_markdown_story(story, handout.labels) for story in handout.stories],
    }  # fmt: skip
    return handout.composer.press.typesetter.fill("handout.md", variables, "the hand-out").encode()


def _markdown_story(story: Briefing, labels: Labels) -> MarkdownStory:
    facing = story.facing
    return MarkdownStory(
        title=_escape(story.plain_title),
        facing=facing.language if facing and facing.language.code else None,
        facing_title=_escape_in_element(facing.text.striptags() if facing else ""),
        source=_escape(story.source),
        date=_escape(story.date),
        badges=tuple(_escape(badge.words) for badge in story.badges),
        notices=tuple(_escape(notice) for notice in story.notices),
        pairs=tuple(_pairs(story, labels)),
    )


def _pairs(story: Briefing, labels: Labels) -> Iterator[tuple[Markup, Markup]]:
    for pair in story.pairs:
        facing = _cell_words(pair.facing, labels).striptags() if pair.facing else ""
        yield _escape(_cell_words(pair.own, labels)), _escape_in_element(facing)


def _cell_words(cell: Cell, labels: Labels) -> Markup:
    """A sentence, or the names and figures in its place, then the reasons in brackets."""
    words = cell.text or Markup(" · ").join(cell.names) or labels.nothing_recognised
    return words + (Markup(" ({})").format(Markup("; ").join(cell.reasons)) if cell.reasons else Markup(""))


def _escape_in_element(text: str) -> Markup:
    """Text for the inside of an HTML element: as entities, since some programs look for Markdown there too, and others
    would show a backslash.
    """
    return Markup(_INLINE_MARKS.sub(lambda mark: f"&#{ord(mark[0])};", escape(tidy(text))))


def _escape(text: str) -> Markup:
    """Text or the text of markup, on one line, in which nothing is Markdown or HTML."""
    words = Markup(text).striptags() if isinstance(text, Markup) else " ".join(tidy(text).split())
    return Markup(_LIST_MARK.sub(r"\1\\\2", _MARKS.sub(r"\\\1", words)).replace("&", "&amp;").replace("<", "&lt;"))
