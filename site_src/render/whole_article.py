"""The whole article, each sentence facing its translation, in blocks: paragraphs, lists, tables."""

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

_JOINED_KINDS = frozenset({"list", "table"})
"""Kinds of paragraphs that form one block with neighbours of their kind: the items of a list, the rows of a table."""


class Row(NamedTuple):
    """A sentence of the article and its translation."""

    pair: Pair
    number: Markup
    """The sentence's number on its page; a sentence that is repeated has the same number again."""
    first: bool
    """Whether it stands here for the first time on the page."""
    opens: bool
    """Whether it is the first of its paragraph."""


class Block(NamedTuple):
    """A paragraph, a list or a table."""

    kind: ParagraphKind
    rows: tuple[Row, ...]


def whole_article(composer: Composer, entry: Entry, code: str) -> tuple[Block, ...]:
    """The article in blocks; () where the site translates summaries only or has no other language."""
    target, paragraphs = entry.telling(code).target, entry.brief.story.lead.paragraphs
    if not target or not target.body:
        return ()
    places = [sentence.paragraph for sentence in entry.brief.body]
    pairs = pairs_of(composer, entry, code, "body", entry.brief.body, target.body)
    rows = zip(places, _rows(pairs, target), strict=True)
    blocks = groupby(rows, lambda row: _block_key(paragraphs[row[0]].kind, row[0]))
    return tuple(Block(kind, tuple(row for _, row in group)) for (kind, _), group in blocks)


def _block_key(kind: ParagraphKind, place: int) -> tuple[ParagraphKind, int]:
    """What the sentences of one block have in common; `place` is that of the paragraph in the article."""
    return kind, -1 if kind in _JOINED_KINDS else place


def _rows(pairs: Iterable[Pair], target: StoryEdition) -> Iterator[Row]:
    # Title (0), summary, then body; of a repeated sentence the lowest number stays.
    numbered = reversed(list(enumerate(target.renderings)))
    numbers = {rendering.source: number for number, rendering in numbered if number}
    highest, last_paragraph = len(target.sentences), -1
    for pair, rendering, sentence in zip(pairs, target.body, target.brief.body, strict=True):
        number = numbers[rendering.source]
        is_first, opens_paragraph = number > highest, sentence.paragraph != last_paragraph
        yield Row(pair, numeral(number), is_first, opens_paragraph)
        highest, last_paragraph = max(highest, number), sentence.paragraph
