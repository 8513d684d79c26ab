"""Markdown to blocks by its structure alone: nothing is rendered, and raw HTML in it is only ever taken off.

Lines of a paragraph stay lines: whether they were wrapped by hand is decided once for all formats.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from site_src.model import Dropped, RawPage
from site_src.parse.blocks import Block, Blocks, Role
from site_src.parse.header import find_header
from site_src.parse.scopes import group_by_titles

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*")
_ITEM = re.compile(r"\s*(?:[-*+•]|[0-9٠-٩]{1,3}[.)])\s+(.*)")
_LINKED_ITEM = re.compile(r"\s*(?:[-*+•]|[0-9٠-٩]{1,3}[.)])\s+(\[[^\[\]]*\]\([^()\s]*\))\s*")
_TEASER_SPACES = 3
_QUOTE = re.compile(r"\s{0,3}>\s?(.*)")
_RULE = re.compile(r"\s{0,3}(?:-\s*){3,}|\s{0,3}(?:\*\s*){3,}|\s{0,3}(?:_\s*){3,}")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)\s*")
_COLUMNS = re.compile(r"\s*+\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*+\|?\s*+")
_FENCE = re.compile(r"\s{0,3}(```+|~~~+)")
_REFERENCE = re.compile(r" {0,3}\[[^\[\]^][^\[\]]*\]:\s*\S+.*")
_IMAGE = re.compile(r"!\[([^\[\]]*)\](?:\([^()\s]*(?:\s+(?:\"[^\"]*\"|'[^']*'))?\)|\[[^\[\]]*\])")
_CODE_OPENS = re.compile(r"\s*<(script|style|template|aside|nav)\b", re.IGNORECASE)
_CALLOUT = re.compile(r"\[![\w -]+\][+-]?\s*")

_MARKED = re.compile(r"[<\[*_~`\\&]")
_INLINE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"<((?:https?|mailto):[^<>\s]*)>"), r"\1"),
    (re.compile(r"<!--[^<>]*-->|</?[A-Za-z][^<>]*>"), ""),
    (re.compile(r"\[\^[^\[\]]*\]:?|\s?\(\[[^\[\]]*\]\([^()\s]*\)\)\s*\Z"), ""),
    (re.compile(r"\[([^\[\]]*)\](?:\([^()\s]*(?:\s+(?:\"[^\"]*\"|'[^']*'))?\)|\[[^\[\]]*\])"), r"\1"),
    (re.compile(r"\*\*([^*]+)\*\*|__([^_]+)__|~~([^~]+)~~|(?<!`)`++([^`]+)`+"), r"\1\2\3\4"),
    (re.compile(r"(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])|(?<![\w_])_([^_\s][^_]*)_(?![\w_])"), r"\1\2"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])"), r"\1"),
)


class _Part(Struct):
    """A block whose lines are still being gathered."""

    texts: list[str]
    line: int
    role: Role
    gap: bool

    def block(self) -> Block:
        return Block(" ".join(filter(None, self.texts)), self.line, self.role, self.gap)


class _Reading(Struct):
    """What has been read so far of one page, and what the next line continues."""

    parts: list[_Part] = []
    dropped: list[Dropped] = []
    gap: bool = False
    fence: str = ""
    code: str = ""
    links: list[Dropped] = []
    """Entries of lists that are a link and nothing else: they announce other pages."""

    def add(self, text: str, line: int, role: Role = "") -> None:
        if shown := plain(text):
            self.parts.append(_Part([shown], line, role, self.gap and bool(self.parts)))
            self.gap = False

    def extend(self, text: str) -> None:
        self.parts[-1].texts.append(plain(text))

    def continues(self, *roles: Role) -> bool:
        """Whether the line goes on with a last block of one of these roles."""
        return bool(self.parts) and not self.gap and self.parts[-1].role in roles


def read(page: RawPage) -> Blocks:
    """The blocks of a Markdown page; headings, list entries, quotes and table rows each with their role."""
    lines = page.text.split("\n")
    header = find_header(page.file, lines)
    reading = _Reading()
    for number, line in _body(lines, header.body):
        _read_line(reading, number, line)
    return Blocks(
        group_by_titles(_titled([part.block() for part in reading.parts])),
        problems=header.problems,
        header=header.toml,
        header_line=header.line,
        dropped=(*reading.dropped, *reading.links),
        teasers=tuple(link.text for link in reading.links if link.text.count(" ") >= _TEASER_SPACES),
    )


def _titled(blocks: list[Block]) -> list[Block]:
    """The blocks; a heading that begins the page is its title, of whatever level, where no other heading is there."""
    heads = [block for block in blocks if block.role in ("title", "heading")]
    if len(heads) == 1 and heads[0] is blocks[0]:
        return [replace(heads[0], role="title"), *blocks[1:]]
    return blocks


def _body(lines: Sequence[str], start: int) -> Iterator[tuple[int, str]]:
    return enumerate(lines[start - 1 :], start)


def plain(text: str) -> str:
    """The text of a Markdown line without its marks, links and raw HTML."""
    if not _MARKED.search(text):
        return text.strip()
    for pattern, kept in _INLINE:
        text = pattern.sub(kept, text)
    return html.unescape(text).strip()


def _read_line(reading: _Reading, number: int, line: str) -> None:
    if line.lstrip()[:1].isalpha() and not (reading.code or reading.fence):  # no mark begins with a letter
        _read_prose(reading, number, line)
    elif reading.code or _CODE_OPENS.match(line):
        _skip_code(reading, number, line)
    elif fence := _FENCE.match(line):
        reading.fence = "" if reading.fence else fence[1]
        reading.gap = True
    elif not line.strip():
        reading.gap = True
    elif reading.fence:
        reading.add(line, number)
    else:
        _read_text(reading, number, line)


def _skip_code(reading: _Reading, number: int, line: str) -> None:
    opened = _CODE_OPENS.match(line)
    reading.code = reading.code or (opened[1].lower() if opened else "")
    reading.dropped.append(Dropped(number, line.strip(), f"html-{reading.code}"))
    if f"</{reading.code}" in line.lower():
        reading.code = ""


def _read_text(reading: _Reading, number: int, line: str) -> None:
    """One line of text that is neither empty nor code: the first form that fits it."""
    if heading := _HEADING.fullmatch(line):
        reading.gap = True
        reading.add(heading[2], number, "title" if len(heading[1]) == 1 else "heading")
    elif (under := _UNDERLINE.fullmatch(line)) and reading.continues(""):
        reading.parts[-1].role = "title" if under[1][0] == "=" else "heading"
    elif _RULE.fullmatch(line) or _REFERENCE.fullmatch(line):
        reading.gap = True
    elif (quote := _QUOTE.fullmatch(line)) is not None:
        _read_quote(reading, number, quote[1])
    elif link := _LINKED_ITEM.fullmatch(line):
        reading.links.append(Dropped(number, plain(link[1]), "links"))
    elif entry := _ITEM.fullmatch(line):
        reading.add(entry[1], number, "list")
    else:
        _read_prose(reading, number, line)


def _read_prose(reading: _Reading, number: int, line: str) -> None:
    """A line without a mark before it: a row of a table, more of the block above it, or a paragraph."""
    bars = line.strip() if "|" in line else ""
    if "|" in bars.strip("|") or (bars.startswith("|") and bars.endswith("|")):
        _read_row(reading, number, line)
    elif reading.continues("list", "quote"):
        reading.extend(line)
    else:
        _read_images(reading, number, line)


def _read_quote(reading: _Reading, number: int, text: str) -> None:
    text = _CALLOUT.sub("", text, count=1) if text.startswith("[!") else text
    if not text.strip():
        reading.gap = True
    elif reading.continues("quote"):
        reading.extend(text)
    else:
        reading.add(_ITEM.sub(r"\1", text), number, "quote")


def _read_row(reading: _Reading, number: int, line: str) -> None:
    """A table row, its cells between bars; a line with one bar in the middle of prose stays prose."""
    if _COLUMNS.fullmatch(line):
        if reading.continues(""):
            reading.parts[-1].role = "table"
        return
    cells = [plain(cell) for cell in line.strip().strip("|").split("|")]
    in_table = line.strip().startswith("|") or reading.continues("table")
    reading.add(" | ".join(filter(None, cells)), number, "table" if in_table else "")


def _read_images(reading: _Reading, number: int, line: str) -> None:
    """Prose, its images taken out; a line of nothing but images gives their words as captions."""
    without = _IMAGE.sub("", line)
    reading.add(without, number)
    for image in _IMAGE.finditer(line):
        reading.add(image[1], number, "caption")
