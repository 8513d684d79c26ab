"""The whole article, every sentence facing its translation, paragraph by paragraph as what they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from site_src.model.edition import StoryEdition
from site_src.model.page import ParagraphKind
from site_src.render.catalogue import Entry
from site_src.render.composer import Composer
from site_src.render.labels import numeral
from site_src.render.pairs import Pair, pairs_of

_JOINED = frozenset({"list", "table"})
"""Kinds of which paragraphs that follow each other are one block: the entries of a list, the rows of a table."""


class Row(NamedTuple):
    """A sentence of the article and what faces it."""

    pair: Pair
    number: Markup
    """The sentence's number on its page; a sentence that comes again keeps it."""
    first: bool
    """Whether it stands here for the first time on the page."""
    opens: bool
    """Whether it is the first of its paragraph."""


class Block(NamedTuple):
    """A paragraph, a list or a table."""

    kind: ParagraphKind
    rows: tuple[Row, ...]


def whole_article(composer: Composer, entry: Entry, code: str) -> tuple[Block, ...]:
    """The article in blocks; none where the site translates summaries only or has no other language."""
    target, paragraphs = entry.telling(code).target, entry.brief.story.lead.paragraphs
    if not target or not target.body:
        return ()
    pairs = pairs_of(composer, entry, code, "body", entry.brief.body, target.body)
    rows = zip(entry.brief.body, _rows(pairs, target), strict=True)
    blocks = groupby(rows, lambda row: _block(paragraphs[row[0].paragraph].kind, row[0].paragraph))
    return tuple(Block(kind, tuple(row for _, row in group)) for (kind, _), group in blocks)


def _block(kind: ParagraphKind, place: int) -> tuple[ParagraphKind, int]:
    """What the sentences of one block have in common."""
    return kind, -1 if kind in _JOINED else place


def _rows(pairs: Iterable[Pair], target: StoryEdition) -> Iterator[Row]:
    numbers = {told.source: number for number, told in reversed(list(enumerate(target.renderings))) if number}
    highest, last = len(target.sentences), -1
    for pair, told, sentence in zip(pairs, target.body, target.brief.body, strict=True):
        number = numbers[told.source]
        yield Row(pair, numeral(number), number > highest, sentence.paragraph != last)
        highest, last = max(highest, number), sentence.paragraph
