"""Scopes: where a page with two or more headlines holds two or more articles."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from site_src.parse.blocks import Block
from site_src.parse.formats.limits import LIMITS
from site_src.text.fold import fold


def group_by_titles(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, numbered by headline where two or more headlines have a body of their own.

    A headline without a body is a heading of the article before it, and nothing where it only repeats a headline;
    what stands above the first belongs to the first.
    """
    heads = [place for place, block in enumerate(blocks) if block.role == "title"]
    ends = [*heads[1:], len(blocks)]
    full = [head for head, end in zip(heads, ends, strict=False) if _has_body(blocks[head + 1 : end])]
    if not full:
        return tuple(blocks)
    numbered, said = len(full) > 1, {fold(blocks[head].text) for head in full}
    begun, further = set(full), set(full[1:])
    grouped, group = [], 1
    for place, block in enumerate(blocks):
        group += place in further
        bodiless = block.role == "title" and place not in begun
        if not (bodiless and fold(block.text) in said):
            changed = bodiless or numbered
            role = "heading" if bodiless else block.role
            grouped.append(replace(block, role=role, group=group if numbered else block.group) if changed else block)
    return tuple(grouped)


def _has_body(blocks: Sequence[Block]) -> bool:
    found = 0
    for block in blocks:
        found += len(block.text.split()) if block.role not in {"title", "caption"} else 0
        if found >= LIMITS["body"]:
            return True
    return False
