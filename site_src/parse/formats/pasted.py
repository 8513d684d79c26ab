"""Pasted text: one block per line; an empty line before it is a gap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_src.model.page import RawPage
from site_src.parse.blocks import Block, Blocks
from site_src.parse.editor.header import find_header
from site_src.parse.formats.copied import Numbered, without_copied
from site_src.parse.formats.messages import with_subject, without_mail
from site_src.parse.lines import ARABIC
from site_src.text.patterns import late

_CELL_WORDS = 12
_BESIDE_LEAST = 3
"""Rows of a text beside its translation, at least."""
_BESIDE_SPACES = 3
_FIGURE = late(r"[\d.,٫٬%٪+−-]+")
_ENTRY = late(r"(?:[\d٠-٩]{1,2}|[^\W\d_])[.)-]|[•·▪●◦■□–—*-]|o")
"""What a word processor sets before a tab and an entry of a list: its number, letter or symbol."""
_EMPHASIS = late(r"([*_])(?=\S)([^*_]*\S)\1")
"""What messengers write around a whole line: bold, italics."""


def read(page: RawPage) -> Blocks:
    """The lines of a pasted page that hold any text, without the white space around them."""
    lines = page.text.split("\n")
    header = find_header(page.file, lines)
    blocks: list[Block] = []
    gap, tables = False, "\t" in page.text or "|" in page.text
    numbered, dropped, meta = without_copied(
        page.text, [*enumerate(map(str.strip, lines[header.body - 1 :]), header.body)]
    )
    numbered, mailed = without_mail(page.text, numbered)
    if tables:
        numbered = list(_side_by_side(numbered))
    for number, text in numbered:
        if text:
            begun = gap and bool(blocks)
            formed = tables or text[0] in "*_"
            blocks.append(_block(text, number, begun) if formed else Block(text, number, "", begun))
        gap = not text
    return Blocks(
        tuple(with_subject(blocks)),
        tuple(meta),
        header.problems,
        header=header.toml,
        header_line=header.line,
        dropped=(*dropped, *mailed),
    )


def _side_by_side(lines: Sequence[Numbered]) -> Iterator[Numbered]:
    """The lines; what stands beside its translation as a paragraph of its own, where most lines do."""
    said = [text for _, text in lines if text]
    beside = sum(_are_two_languages(text) for text in said)
    if beside < _BESIDE_LEAST or 2 * beside <= len(said):
        yield from lines
        return
    for number, text in lines:
        cells = text.split("\t") if _are_two_languages(text) else [text]
        for cell in cells:
            yield from ((number, ""), (number, cell.strip())) if len(cells) > 1 else ((number, cell),)


def _are_two_languages(text: str) -> bool:
    """Whether a row is two cells of several words, one of them without any Arabic letter."""
    cells = text.split("\t")
    arabic = [ARABIC.search(cell) is not None for cell in cells]
    return (
        len(cells) == 2 and arabic[0] != arabic[1] and all(cell.strip().count(" ") >= _BESIDE_SPACES for cell in cells)
    )


def _block(text: str, number: int, gap: bool) -> Block:
    """A line; cells that tabs divide, as a table is pasted, stand between bars, as do those of a row of figures."""
    if text[0] in "*_" and (emphasis := _EMPHASIS.fullmatch(text)):
        text = emphasis[2]
    if "\t" in text or " | " in text:
        cells = [cell for cell in map(str.strip, text.split("\t")) if cell] if "\t" in text else _row_of_figures(text)
        if len(cells) == 2 and " " in cells[1] and _ENTRY.fullmatch(cells[0]):
            return Block(" ".join(cells), number, "", gap)
        if len(cells) > 1 and all(cell.count(" ") < _CELL_WORDS for cell in cells):
            return Block(" | ".join(cells), number, "table", gap)
    return Block(text, number, "", gap)


def _row_of_figures(text: str) -> list[str]:
    """The cells of a row between bars, most of them figures; none of any other line."""
    cells = [cell.strip() for cell in text.split(" | ")]
    figures = sum(_FIGURE.fullmatch(cell) is not None for cell in cells)
    return cells if figures > 1 and 2 * figures >= len(cells) else []
