"""Pasted text: one block per line; an empty line before it is a gap."""

from __future__ import annotations

import re
from functools import cache

from msgspec.structs import replace

from site_src.model import Dropped, RawPage
from site_src.parse.blocks import Block, Blocks
from site_src.parse.copied import without_copied
from site_src.parse.header import find_header
from site_src.tables import table
from site_src.text.fold import fold, fold_all
from site_src.text.patterns import late

_CELL_WORDS = 12
_FIGURE = late(r"[\d.,٫٬%٪+−-]+")
_FIELD = late(r"([^\W\d_]+(?: [^\W\d_]+)?)\s?[:：]\s*(\S.*)")
_MAIL_LEAST = 3
"""Fields that a mail opens with, at least: who, to whom, when, about what."""
_SENT = late(
    r"(\[[^\[\]]{0,14}\d{1,2}:\d\d[^\[\]]{0,16}\]|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}[,،] \d{1,2}:\d\d[^-:]{0,4} -)"
    r" [^:]{1,40}: (\S.*)"
)
"""When a message was sent and by whom, as messengers write it before what it says."""
_DAY = late(r"\d[/.-]\d")
"""A time without a day is that of a recording, and its answers may be short."""
_MESSAGE_LEAST = 4
"""Words of a message from which on it may be what is passed on: others are the talk around it."""
_STAMPED = frozenset("[0123456789٠١٢٣٤٥٦٧٨٩")
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
    for number, text in numbered:
        if text and text[0] in _STAMPED and (sent := _SENT.fullmatch(text)):
            if sent[2].count(" ") >= _MESSAGE_LEAST - 1:
                text = sent[2]
            elif _DAY.search(sent[1]):
                dropped.append(Dropped(number, text, "message"))
                continue
        if text:
            begun = gap and bool(blocks)
            formed = tables or text[0] in "*_"
            blocks.append(_block(text, number, begun) if formed else Block(text, number, "", begun))
        gap = not text
    return Blocks(
        tuple(_with_subject(blocks)),
        tuple(meta),
        header.problems,
        header=header.toml,
        header_line=header.line,
        dropped=tuple(dropped),
    )


def _with_subject(blocks: list[Block]) -> list[Block]:
    """The blocks; of a pasted mail, which opens with its fields, the subject as headline if it is as long as one."""
    head = [match for block in blocks[:1] if (match := _FIELD.fullmatch(block.text)) and fold(match[1]) in _fields()]
    for block in blocks[1:] if head else ():
        match = _FIELD.fullmatch(block.text)
        if match is None or fold(match[1]) not in _fields():
            break
        head.append(match)
    if len(head) < _MAIL_LEAST:
        return blocks
    return [*map(_as_headline, blocks, head), *blocks[len(head) :]]


def _as_headline(block: Block, field: re.Match[str]) -> Block:
    named = fold(field[1]) in fold_all(table("mail")["subjects"])
    is_long = field[2].count(" ") >= table("layout")["measures"]["headline_least"] - 1
    return replace(block, text=field[2], role="title") if named and is_long else block


@cache
def _fields() -> frozenset[str]:
    return frozenset(fold_all(table("mail")["fields"]))


def _block(text: str, number: int, gap: bool) -> Block:
    """A line; cells that tabs divide, as a table is pasted, stand between bars, as do those of a row of figures."""
    if text[0] in "*_" and (emphasis := _EMPHASIS.fullmatch(text)):
        text = emphasis[2]
    if "\t" in text or " | " in text:
        cells = [cell for cell in map(str.strip, text.split("\t")) if cell] if "\t" in text else _row_of_figures(text)
        if len(cells) > 1 and all(cell.count(" ") < _CELL_WORDS for cell in cells):
            return Block(" | ".join(cells), number, "table", gap)
    return Block(text, number, "", gap)


def _row_of_figures(text: str) -> list[str]:
    """The cells of a row between bars, most of them figures; none of any other line."""
    cells = [cell.strip() for cell in text.split(" | ")]
    figures = sum(_FIGURE.fullmatch(cell) is not None for cell in cells)
    return cells if figures > 1 and 2 * figures >= len(cells) else []
