"""Pasted text: one block per line; an empty line before it is a gap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from site_src.model.page import RawPage
from site_src.parse.blocks import Block, Blocks
from site_src.parse.editor.header import find_header
from site_src.parse.formats.copied import Numbered, without_copied
from site_src.parse.formats.messages import with_subject, without_mail
from site_src.parse.lines import ARABIC
from site_src.text.patterns import late

_CELL_WORDS = 12
"""A cell of a table has at most as many words."""
_BESIDE_LEAST = 3
"""Rows of a text beside its translation, at least."""
_BESIDE_SPACES = 3
"""Spaces in a cell of a text beside its translation, at least."""
_FIGURE = late(r"[\d.,٫٬%٪+−-]+")
_ENTRY = late(r"(?:[\d٠-٩]{1,2}|[^\W\d_])[.)-]|[•·▪●◦■□–—*-]|o")
"""What a word processor sets before a tab and an entry of a list: a number, letter or symbol."""
_EMPHASIS = late(r"([*_])(?=\S)([^*_]*\S)\1")
"""What messengers write around a whole line: bold, italics."""


def read(page: RawPage) -> Blocks:
    """The lines of a pasted page that hold any text, without the white space around them."""
    lines = page.text.split("\n")
    header = find_header(page.file, lines)
    numbered_lines = [*enumerate(map(str.strip, lines[header.body - 1 :]), header.body)]
    numbered, dropped, meta = without_copied(page.text, numbered_lines)
    numbered, mail_lines = without_mail(page.text, numbered)
    has_cells = "\t" in page.text or "|" in page.text
    if has_cells:
        numbered = list(_split_side_by_side(numbered))
    blocks: list[Block] = []
    below_empty = False
    for number, text in numbered:
        if text:
            gap = below_empty and bool(blocks)
            may_have_form = has_cells or text[0] in "*_"
            blocks.append(_block(text, number, gap) if may_have_form else Block(text, number, "", gap))
        below_empty = not text
    return Blocks(
        tuple(with_subject(_without_single_rows(blocks))),
        tuple(meta),
        header.problems,
        header=header.toml,
        header_line=header.line,
        dropped=(*dropped, *mail_lines),
    )


def _split_side_by_side(lines: Sequence[Numbered]) -> Iterator[Numbered]:
    """The lines; where most rows hold a text beside its translation, each cell is a paragraph of its own."""
    texts = [text for _, text in lines if text]
    bilingual = sum(_is_bilingual_row(text) for text in texts)
    if bilingual < _BESIDE_LEAST or 2 * bilingual <= len(texts):
        yield from lines
        return
    for number, text in lines:
        if not _is_bilingual_row(text):
            yield number, text
            continue
        for cell in text.split("\t"):
            yield number, ""
            yield number, cell.strip()


def _is_bilingual_row(text: str) -> bool:
    """Whether a row is two cells of several words, one of them without any Arabic letter."""
    cells = text.split("\t")
    if len(cells) != 2:
        return False
    first, second = cells
    if (ARABIC.search(first) is None) == (ARABIC.search(second) is None):
        return False
    return all(cell.strip().count(" ") >= _BESIDE_SPACES for cell in cells)


def _block(text: str, number: int, gap: bool) -> Block:
    """The block of a line; cells between tabs, and those of a row of figures, become a table row between bars.

    An entry behind its number or symbol, and a value behind a label with a colon, are no row.
    """
    if text[0] in "*_" and (emphasis := _EMPHASIS.fullmatch(text)):
        text = emphasis[2]
    if "\t" in text:
        cells = [cell for cell in map(str.strip, text.split("\t")) if cell]
    else:
        cells = _row_of_figures(text) if " | " in text else []
    is_entry = len(cells) == 2 and " " in cells[1] and _ENTRY.fullmatch(cells[0])
    if is_entry or (len(cells) == 2 and cells[0].endswith(":")):
        return Block(" ".join(cells), number, "", gap)
    if len(cells) > 1 and all(cell.count(" ") < _CELL_WORDS for cell in cells):
        return Block(" | ".join(cells), number, "table", gap)
    return Block(text, number, "", gap)


def _without_single_rows(blocks: list[Block]) -> list[Block]:
    """The blocks, with a row that has no other beside it as a line of text: it is no table, but a head with tabs."""
    roles = ["", *(block.role for block in blocks), ""]
    return [
        replace(block, role="") if block.role == "table" not in (above, below) else block
        for above, block, below in zip(roles, blocks, roles[2:], strict=False)
    ]


def _row_of_figures(text: str) -> list[str]:
    """The cells of a row between bars that is mostly figures; empty for any other line."""
    cells = [cell.strip() for cell in text.split(" | ")]
    figures = sum(_FIGURE.fullmatch(cell) is not None for cell in cells)
    return cells if figures > 1 and 2 * figures >= len(cells) else []
