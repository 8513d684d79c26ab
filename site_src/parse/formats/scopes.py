"""Scopes: where a page with two or more headlines holds two or more articles."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from site_src.parse.blocks import Block
from site_src.parse.formats.limits import LIMITS
from site_src.text.fold import fold


def group_by_titles(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with a group number for each headline where two or more headlines have a text of their own.

    A headline without a text becomes a heading of the article before it; if it only repeats another headline, it is
    left out. What stands above the first headline belongs to the first article.
    """
    titles = [index for index, block in enumerate(blocks) if block.role == "title"]
    ends = [*titles[1:], len(blocks)]
    headlines = [title for title, end in zip(titles, ends, strict=False) if _has_text(blocks[title + 1 : end])]
    if not headlines:
        return tuple(blocks)
    are_several = len(headlines) > 1
    headline_texts = {fold(blocks[headline].text) for headline in headlines}
    with_text, starts_of_further = set(headlines), set(headlines[1:])
    grouped, group = [], 1
    for index, block in enumerate(blocks):
        group += index in starts_of_further
        is_without_text = block.role == "title" and index not in with_text
        if is_without_text and fold(block.text) in headline_texts:
            continue
        if is_without_text or are_several:
            role = "heading" if is_without_text else block.role
            block = replace(block, role=role, group=group if are_several else block.group)
        grouped.append(block)
    return tuple(grouped)


def _has_text(blocks: Sequence[Block]) -> bool:
    """Whether the blocks below a headline hold as many words as an article has."""
    words = 0
    for block in blocks:
        words += len(block.text.split()) if block.role not in {"title", "caption"} else 0
        if words >= LIMITS["body"]:
            return True
    return False
