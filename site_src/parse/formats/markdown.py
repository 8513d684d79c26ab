"""Markdown to blocks by its structure alone: nothing is rendered, and raw HTML only says where lines and rows end.

Lines of a paragraph stay lines: whether they were wrapped by hand is decided once for all formats.
"""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from site_src.model.page import Dropped, RawPage
from site_src.parse.blocks import Block, Blocks, Meta, Role
from site_src.parse.editor.header import Header, find_header
from site_src.parse.fields.stated import begins_with_label, is_bare_date
from site_src.parse.formats.inline import IMAGE, LINK, plain, with_shown, without_note_links
from site_src.parse.formats.raw_markup import lines_of
from site_src.parse.formats.repeats import without_repeats
from site_src.parse.formats.scopes import group_by_titles
from site_src.parse.lines import is_finished
from site_src.text.fold import fold

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*")
_ITEM = re.compile(r"\s*(?:[-*+•]|[0-9٠-٩]{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(.*)")
_LINKED_ITEM = re.compile(rf"\s*(?:[-*+•]|[0-9٠-٩]{{1,3}}[.)])\s+({LINK})\s*")
_TEASER_SPACES = 3
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)+(.*)")
_RULE = re.compile(r"\s{0,3}(?:-\s*){3,}|\s{0,3}(?:\*\s*){3,}|\s{0,3}(?:_\s*){3,}")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)\s*")
_GRID = re.compile(r"\s*\+(?:[-=:]+\+)+\s*")
_COLUMNS = re.compile(r"\s*+\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*+\|?\s*+")
_FENCE = re.compile(r"\s{0,3}(```+|~~~+)")
_REFERENCE = re.compile(r" {0,3}\[([^\[\]^][^\[\]]*)\]:\s*\S+.*")
_CODE_OPENS = re.compile(r"\s*<(script|style|template|aside|nav)\b", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"\s*\{[#.][^{}]*\}\Z")
_NOTE = re.compile(r" {0,3}\[\^[^\[\]]+\]:\s")
_DRAWN = re.compile(r"\s*-{3,}(?:\s+-{3,})+\s*")
_DRAWN_CELLS = re.compile(r"\s{2,}")
_LINK_ROW = re.compile(rf"\s*(?:{LINK}[\s/|»›>·•←-]*){{2,}}")
_LINKED = re.compile(r"\[[^\[\]]*\]\((https?://[^()/\s]+/[^()\s]+)\)")
_LABEL_WORDS = 6
_FIELD = 10
"""Spaces in a line that states a field, at most."""
_TITLE = re.compile(r'^"?title"?\s*=', re.MULTILINE)
_BOXES = ("aside", "nav")
_HARD_BREAKS = ("  ", "\\")
_CALLOUT = re.compile(r"\[![\w -]+\][+-]?\s*")


class _Part(Struct):
    """A block whose lines are still being gathered."""

    texts: list[str]
    line: int
    role: Role
    gap: bool
    linked: bool

    def block(self) -> Block:
        among = self.gap and not (self.role or self.linked)
        return Block(" ".join(filter(None, self.texts)), self.line, self.role, self.gap, among=among)


class _Reading(Struct):
    """What has been read so far of one page, and what the next line continues."""

    parts: list[_Part] = []
    dropped: list[Dropped] = []
    gap: bool = False
    fence: str = ""
    code: str = ""
    drawn: bool = False
    """Inside a table whose columns stand apart by spaces alone."""
    stated: list[Meta] = []
    """The addresses that titles link to: each is that of the report below it."""
    open: frozenset[str] = frozenset()
    """Boxes that are not all closed: their tags say nothing of where they end."""
    links: list[Dropped] = []
    """Entries of lists that are a link and nothing else: they announce other pages."""
    note: bool = False
    """Inside a footnote, which goes on in the lines right below that are indented."""

    def add(self, text: str, line: int, role: Role = "") -> None:
        if shown := plain(text):
            self.parts.append(_Part([shown], line, role, self.gap and bool(self.parts), "](" in text))
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
    lowered = page.text.lower()
    reading = _Reading(open=frozenset(box for box in _BOXES if lowered.count(f"<{box}") != lowered.count(f"</{box}")))
    labels = frozenset(found[1] for line in lines if "]:" in line and (found := _REFERENCE.fullmatch(line)))
    for number, line in lines_of(lines[header.body - 1 :], header.body):
        _read_line(reading, number, without_note_links(with_shown(line, labels) if labels else line))
    blocks, repeated = without_repeats([part.block() for part in reading.parts])
    below_title = [replace(one, role="heading") if _is_section(one, header) else one for one in blocks]
    return Blocks(
        tuple(below_title) if header.titled or _has_sections(blocks, header) else group_by_titles(_titled(blocks)),
        meta=tuple(reading.stated) if sum(one.role == "title" for one in blocks) == 1 else (),
        problems=header.problems,
        header=header.toml,
        header_line=header.line,
        dropped=(*reading.dropped, *reading.links, *repeated),
        teasers=tuple(link.text for link in reading.links if link.text.count(" ") >= _TEASER_SPACES),
    )


def _has_sections(blocks: list[Block], header: Header) -> bool:
    """Whether first-level headings below a header with a title are sections: none is followed by a field of its own."""
    if not _TITLE.search(header.toml):
        return False
    heads = [place for place, block in enumerate(blocks) if block.role == "title"]
    below = (block.text for head in heads for block in blocks[head + 1 : head + 3])
    return not any(text.count(" ") < _FIELD and (is_bare_date(text) or begins_with_label(text)) for text in below)


def _is_section(block: Block, header: Header) -> bool:
    return block.role == "title" and (header.titled or fold(block.text) not in fold(header.toml))


def _titled(blocks: list[Block]) -> list[Block]:
    """The blocks; a heading that begins the page is its title, of whatever level, where no other heading is there."""
    heads = [block for block in blocks if block.role in ("title", "heading")]
    if len(heads) == 1 and heads[0] is blocks[0]:
        return [replace(heads[0], role="title"), *blocks[1:]]
    return blocks


def _read_line(reading: _Reading, number: int, line: str) -> None:
    if reading.drawn and line.strip() and _read_drawn(reading, number, line):
        return
    reading.note = reading.note and line[:1].isspace() and bool(line.strip())
    if reading.note:
        reading.dropped.append(Dropped(number, plain(line), "footnote"))
    elif line.lstrip()[:1].isalpha() and not (reading.code or reading.fence):  # no mark begins with a letter
        _read_prose(reading, number, line)
    elif reading.code or ((code := _CODE_OPENS.match(line)) and code[1].lower() not in reading.open):
        _skip_code(reading, number, line)
    elif (fence := _FENCE.match(line)) and fence[1].startswith(reading.fence):
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
    closed = line.lower().find(f"</{reading.code}")
    end = line.find(">", closed) + 1 if closed >= 0 else 0
    reading.dropped.append(Dropped(number, (line[:end] if end else line).strip(), f"html-{reading.code}"))
    if closed >= 0:
        reading.code = ""
    if end and line[end:].strip():
        _read_line(reading, number, line[end:])


def _read_text(reading: _Reading, number: int, line: str) -> None:
    """One line of text that is neither empty nor code: the first form that fits it."""
    if heading := _HEADING.fullmatch(line):
        reading.gap = True
        reading.add(_ATTRIBUTES.sub("", heading[2]), number, "title" if len(heading[1]) == 1 else "heading")
        if len(heading[1]) == 1 and (linked := _LINKED.fullmatch(heading[2])):
            reading.stated.append(Meta("url", linked[1], f"line {number}"))
    elif _DRAWN.fullmatch(line) and reading.continues(""):
        head = reading.parts[-1]
        head.role, head.texts, reading.drawn = "table", [_cells(head.texts[-1])], True
    elif _is_underline(reading, line):
        _read_underline(reading, "title" if "=" in line else "heading")
    elif _RULE.fullmatch(line) or _GRID.fullmatch(line) or _REFERENCE.fullmatch(line):
        reading.gap = True
    elif (quote := _QUOTE.fullmatch(line)) is not None:
        _read_quote(reading, number, quote[1])
    elif link := _LINKED_ITEM.fullmatch(line) or _LINK_ROW.fullmatch(line):
        _read_link(reading, number, link[link.lastindex or 0])
    elif _NOTE.match(line):
        reading.dropped.append(Dropped(number, plain(line), "footnote"))
        reading.note = True
    elif entry := _ITEM.fullmatch(line):
        reading.add(entry[1], number, "list")
    else:
        _read_prose(reading, number, line)


def _is_underline(reading: _Reading, line: str) -> bool:
    """Whether a line makes a heading of the one above; dashes right below a sentence are a rule."""
    if not (reading.continues("") and _UNDERLINE.fullmatch(line)):
        return False
    return "=" in line or not is_finished(reading.parts[-1].texts[-1])


def _read_underline(reading: _Reading, role: Role) -> None:
    """A heading above its underline, in as many lines as stand there."""
    head = reading.parts.pop()
    while not head.gap and reading.continues("") and not is_finished(reading.parts[-1].texts[-1]):
        above = reading.parts.pop()
        head = _Part([*above.texts, *head.texts], above.line, "", above.gap, linked=False)
    head.role = role
    reading.parts.append(head)


def _read_drawn(reading: _Reading, number: int, line: str) -> bool:
    """Whether the line is a row, or the end, of a table whose columns stand apart by spaces."""
    cells = _cells(line)
    reading.drawn = " | " in cells
    if reading.drawn:
        reading.add(cells, number, "table")
    return reading.drawn or _RULE.fullmatch(line) is not None


def _cells(line: str) -> str:
    return " | ".join(_DRAWN_CELLS.split(line.strip()))


def _read_link(reading: _Reading, number: int, link: str) -> None:
    """A link to another page; the label over a box of them goes with the box."""
    above = reading.parts[-1] if reading.parts else None
    if above is not None and above.role == "heading" and len(above.texts[0].split()) <= _LABEL_WORDS:
        reading.parts.pop()
        reading.dropped.append(Dropped(above.line, above.texts[0], "links"))
    reading.links.append(Dropped(number, plain(link), "links"))


def _read_prose(reading: _Reading, number: int, line: str) -> None:
    """A line without a mark before it: a row of a table, more of the block above it, or a paragraph."""
    bars = line.strip() if "|" in line else ""
    if "|" in bars.strip("|") or (bars.startswith("|") and bars.endswith("|")):
        _read_row(reading, number, line)
    elif reading.continues("list", "quote"):
        reading.extend(line)
    else:
        _read_images(reading, number, line.strip().removeprefix("| ") if bars else line)


def _read_quote(reading: _Reading, number: int, text: str) -> None:
    if callout := _CALLOUT.match(text):
        reading.gap = True
        reading.add(text[callout.end() :], number, "quote")
        reading.gap = True
    elif not text.strip():
        reading.gap = True
    elif heading := _HEADING.fullmatch(text):
        reading.gap = True
        reading.add(heading[2], number, "quote")
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
    without = IMAGE.sub("", line)
    reading.add(without, number)
    reading.gap = reading.gap or line.endswith(_HARD_BREAKS)
    for image in IMAGE.finditer(line):
        reading.add(image[1], number, "caption")
