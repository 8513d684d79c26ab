"""Pasted text: one block per line; an empty line before it is a gap."""

from __future__ import annotations

from site_src.model import RawPage
from site_src.parse.blocks import Block, Blocks
from site_src.parse.header import find_header

_CELL_WORDS = 12


def read(page: RawPage) -> Blocks:
    """The lines of a pasted page that hold any text, without the white space around them."""
    lines = page.text.split("\n")
    header = find_header(page.file, lines)
    blocks: list[Block] = []
    gap = False
    for number, line in enumerate(lines[header.body - 1 :], header.body):
        if text := line.strip():
            blocks.append(_block(text, number, gap and bool(blocks)))
        gap = not text
    return Blocks(tuple(blocks), problems=header.problems, header=header.toml, header_line=header.line)


def _block(text: str, number: int, gap: bool) -> Block:
    """A line; cells that tabs divide, as a table is pasted, stand between bars."""
    cells = [cell.strip() for cell in text.split("\t") if cell.strip()] if "\t" in text else ()
    if len(cells) > 1 and all(cell.count(" ") < _CELL_WORDS for cell in cells):
        return Block(" | ".join(cells), number, "table", gap)
    return Block(text, number, gap=gap)
