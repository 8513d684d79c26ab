"""The Markdown hand-out: to paste; words of an article are no Markdown, the other language stays in its elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup, escape

from site_src.render.handout.told import Handout, Told
from site_src.render.labels import Labels, Language
from site_src.render.pairs import Cell
from site_src.render.runs import tidy

_MARKS = re.compile(r"([\\`*_\[\]|#~])")
_INLINE = re.compile(r"[\\`*_\[\]|~]")
_LIST = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)", re.MULTILINE)


class Plain(NamedTuple):
    """A story in words that Markdown leaves alone."""

    title: Markup
    facing: Language | None
    facing_title: Markup
    source: Markup
    date: Markup
    badges: tuple[Markup, ...]
    notices: tuple[Markup, ...]
    pairs: tuple[tuple[Markup, Markup], ...]
    """(own sentence, facing sentence) in order, or what stands in their place and why."""


def write(handout: Handout) -> bytes:
    """Headings, numbered sentences, and below each the one that faces it."""
    words = {
        "L": handout.labels, "until": handout.until, "title": _plain(handout.title),
        "site_name": _plain(handout.site_name), "licence": _plain(handout.licence),
        "stories": [_story(told, handout.labels) for told in handout.stories],
    }  # fmt: skip
    return handout.composer.press.typesetter.fill("handout.md", words, "the hand-out").encode()


def _story(told: Told, labels: Labels) -> Plain:
    facing = told.facing
    return Plain(
        _plain(told.plain_title), facing.language if facing and facing.language.code else None,
        _within(facing.text.striptags() if facing else ""), _plain(told.source), _plain(told.date),
        tuple(_plain(badge.words) for badge in told.badges), tuple(_plain(notice) for notice in told.notices),
        tuple(_pairs(told, labels)),
    )  # fmt: skip


def _pairs(told: Told, labels: Labels) -> Iterator[tuple[Markup, Markup]]:
    for pair in told.pairs:
        yield _plain(_said(pair.own, labels)), _within(_said(pair.facing, labels).striptags() if pair.facing else "")


def _said(cell: Cell, labels: Labels) -> Markup:
    """A sentence, or the names and figures in its place, and what is to be said of it."""
    words = cell.text or Markup(" · ").join(cell.names) or labels.nothing_recognised
    return words + (Markup(" ({})").format(Markup("; ").join(cell.reasons)) if cell.reasons else Markup(""))


def _within(text: str) -> Markup:
    """Text inside of an element, where some programs look for Markdown and others show its escapes."""
    return Markup(_INLINE.sub(lambda found: f"&#{ord(found[0])};", escape(tidy(text))))


def _plain(text: str) -> Markup:
    """Text in which Markdown finds nothing to do."""
    words = Markup(text).striptags() if isinstance(text, Markup) else " ".join(tidy(text).split())
    return Markup(_LIST.sub(r"\1\\\2", _MARKS.sub(r"\\\1", words)).replace("&", "&amp;").replace("<", "&lt;"))
