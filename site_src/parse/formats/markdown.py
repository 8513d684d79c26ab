"""Markdown to blocks by its structure alone: nothing is rendered, and raw HTML only says where lines and rows end.

The lines of a paragraph stay lines: whether a page was wrapped by hand is decided once for all formats.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from site_src.model.page import Dropped, RawPage
from site_src.parse.blocks import Block, Blocks, Meta, Role
from site_src.parse.editor.header import Header, find_header
from site_src.parse.fields.statements import begins_with_label, is_bare_date
from site_src.parse.formats.inline import IMAGE, LINK, plain, without_note_links, without_shortcut_links
from site_src.parse.formats.raw_markup import lines_of
from site_src.parse.formats.reading import Part, Reading
from site_src.parse.formats.repeats import without_repeats
from site_src.parse.formats.scopes import group_by_titles
from site_src.parse.lines import is_finished
from site_src.text.fold import fold

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*")
_ITEM = re.compile(r"\s*(?:[-*+•]|[0-9٠-٩]{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(.*)")
_LINKED_ITEM = re.compile(rf"\s*(?:[-*+•]|[0-9٠-٩]{{1,3}}[.)])\s+({LINK})\s*")
_TEASER_SPACES = 3
"""Spaces in a link that may be the headline of another article, at least."""
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)+(.*)")
_RULE = re.compile(r"\s{0,3}(?:-\s*){3,}|\s{0,3}(?:\*\s*){3,}|\s{0,3}(?:_\s*){3,}")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)\s*")
_GRID = re.compile(r"\s*\+(?:[-=:]+\+)+\s*")
"""The line between the rows of a table that is drawn with plus signs."""
_COLUMN_RULE = re.compile(r"\s*+\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*+\|?\s*+")
"""The line of dashes below the head of a table with bars."""
_FENCE = re.compile(r"\s{0,3}(```+|~~~+)")
_REFERENCE = re.compile(r" {0,3}\[([^\[\]^][^\[\]]*)\]:\s*\S+.*")
"""The address of a link, which stands apart from the link under a label."""
_CODE_OPENS = re.compile(r"\s*<(script|style|template|aside|nav)\b", re.IGNORECASE)
"""The start tag of an element whose content is left out."""
_ATTRIBUTES = re.compile(r"\s*\{[#.][^{}]*\}\Z")
"""The id or class that Pandoc writes behind a heading."""
_NOTE = re.compile(r" {0,3}\[\^[^\[\]]+\]:\s")
"""The beginning of a footnote."""
_DRAWN_RULE = re.compile(r"\s*-{3,}(?:\s+-{3,})+\s*")
"""The line of dashes below the head of a table whose columns stand apart by spaces."""
_DRAWN_CELLS = re.compile(r"\s{2,}")
"""What stands between two cells of such a table."""
_LINK_ROW = re.compile(rf"\s*(?:{LINK}[\s/|»›>·•←-]*){{2,}}")
"""Several links on one line and nothing else."""
_LINK_TO_PAGE = re.compile(r"\[[^\[\]]*\]\((https?://[^()/\s]+/[^()\s]+)\)")
"""A heading that is a link to a single page, with the address in its group."""
_LABEL_WORDS = 6
"""Words of the label over links, at most."""
_FIELD_SPACES = 10
"""A line that states a field has fewer spaces than this."""
_TITLE = re.compile(r'^"?title"?\s*=', re.MULTILINE)
"""The key of the title in a header."""
_BOX_TAGS = ("aside", "nav")
_HARD_BREAKS = ("  ", "\\")
"""Ends of a line that Markdown breaks there."""
_CALLOUT = re.compile(r"\[![\w -]+\][+-]?\s*")
"""The sign by which note programs give a quotation a kind (`[!note]`)."""


def read(page: RawPage) -> Blocks:
    """The blocks of a Markdown page; headings, list entries, quotes and table rows each with their role."""
    lines = page.text.split("\n")
    header = find_header(page.file, lines)
    lowered = page.text.lower()
    unclosed = frozenset(box for box in _BOX_TAGS if lowered.count(f"<{box}") != lowered.count(f"</{box}"))
    reading = Reading(unclosed=unclosed)
    labels = frozenset(match[1] for line in lines if "]:" in line and (match := _REFERENCE.fullmatch(line)))
    for number, line in lines_of(lines[header.body - 1 :], header.body):
        _read_line(reading, number, without_note_links(without_shortcut_links(line, labels) if labels else line))
    blocks, repeated = without_repeats([part.block() for part in reading.parts])
    if header.is_title_block or _has_sections(blocks, header):
        grouped = tuple([_as_heading(block) if _is_section(block, header) else block for block in blocks])
    else:
        grouped = group_by_titles(_with_title(blocks))
    return Blocks(
        grouped,
        meta=tuple(reading.addresses) if sum(block.role == "title" for block in blocks) == 1 else (),
        problems=header.problems,
        header=header.toml,
        header_line=header.line,
        dropped=(*reading.dropped, *reading.links, *repeated),
        teasers=tuple(link.text for link in reading.links if link.text.count(" ") >= _TEASER_SPACES),
    )


def _has_sections(blocks: list[Block], header: Header) -> bool:
    """Whether first-level headings below a header with a title are sections: none of them has a field right below."""
    if not _TITLE.search(header.toml):
        return False
    headings = [index for index, block in enumerate(blocks) if block.role == "title"]
    below = (block.text for heading in headings for block in blocks[heading + 1 : heading + 3])
    return not any(
        text.count(" ") < _FIELD_SPACES and (is_bare_date(text) or begins_with_label(text)) for text in below
    )


def _as_heading(block: Block) -> Block:
    return replace(block, role="heading")


def _is_section(block: Block, header: Header) -> bool:
    return block.role == "title" and (header.is_title_block or fold(block.text) not in fold(header.toml))


def _with_title(blocks: list[Block]) -> list[Block]:
    """The blocks, with a page's only heading as its title, of whatever level, where it begins the page."""
    headings = [block for block in blocks if block.role in ("title", "heading")]
    if len(headings) == 1 and headings[0] is blocks[0]:
        return [replace(headings[0], role="title"), *blocks[1:]]
    return blocks


def _read_line(reading: Reading, number: int, line: str) -> None:
    """Read a line of the page: what goes on from the lines above it first, then empty lines and code, then text."""
    if reading.in_drawn_table and line.strip() and _read_drawn_row(reading, number, line):
        return
    reading.in_note = reading.in_note and line[:1].isspace() and bool(line.strip())
    if reading.in_note:
        reading.dropped.append(Dropped(number, plain(line), "footnote"))
    elif line.lstrip()[:1].isalpha() and not (reading.code or reading.fence):  # no mark begins with a letter
        _read_prose(reading, number, line)
    elif reading.code or ((code := _CODE_OPENS.match(line)) and code[1].lower() not in reading.unclosed):
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


def _skip_code(reading: Reading, number: int, line: str) -> None:
    """Drop a line inside a skipped element; what stands behind the end of the element is read as a line of its own."""
    opening = _CODE_OPENS.match(line)
    reading.code = reading.code or (opening[1].lower() if opening else "")
    end_tag = line.lower().find(f"</{reading.code}")
    end = line.find(">", end_tag) + 1 if end_tag >= 0 else 0
    reading.dropped.append(Dropped(number, (line[:end] if end else line).strip(), f"html-{reading.code}"))
    if end_tag >= 0:
        reading.code = ""
    if end and line[end:].strip():
        _read_line(reading, number, line[end:])


def _read_text(reading: Reading, number: int, line: str) -> None:
    """Read a line that is neither empty nor code, by the first form that fits it."""
    if heading := _HEADING.fullmatch(line):
        _read_heading(reading, number, heading[2], level=len(heading[1]))
    elif _DRAWN_RULE.fullmatch(line) and reading.continues(""):
        head = reading.parts[-1]
        head.role, head.texts = "table", [_cells(head.texts[-1])]
        reading.in_drawn_table = True
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
        reading.in_note = True
    elif entry := _ITEM.fullmatch(line):
        reading.add(entry[1], number, "list")
    else:
        _read_prose(reading, number, line)


def _read_heading(reading: Reading, number: int, text: str, level: int) -> None:
    reading.gap = True
    reading.add(_ATTRIBUTES.sub("", text), number, "title" if level == 1 else "heading")
    if level == 1 and (link := _LINK_TO_PAGE.fullmatch(text)):
        reading.addresses.append(Meta("url", link[1], f"line {number}"))


def _is_underline(reading: Reading, line: str) -> bool:
    """Whether a line makes the one above it a heading; dashes right below a sentence are a rule."""
    if not (reading.continues("") and _UNDERLINE.fullmatch(line)):
        return False
    return "=" in line or not is_finished(reading.parts[-1].texts[-1])


def _read_underline(reading: Reading, role: Role) -> None:
    """Make the unfinished lines above an underline one heading."""
    head = reading.parts.pop()
    while not head.gap and reading.continues("") and not is_finished(reading.parts[-1].texts[-1]):
        above = reading.parts.pop()
        head = Part([*above.texts, *head.texts], above.line, "", above.gap, linked=False)
    head.role = role
    reading.parts.append(head)


def _read_drawn_row(reading: Reading, number: int, line: str) -> bool:
    """Read a row of a table whose columns stand apart by spaces; whether the line is such a row or the table's end."""
    cells = _cells(line)
    reading.in_drawn_table = " | " in cells
    if reading.in_drawn_table:
        reading.add(cells, number, "table")
    return reading.in_drawn_table or _RULE.fullmatch(line) is not None


def _cells(line: str) -> str:
    return " | ".join(_DRAWN_CELLS.split(line.strip()))


def _read_link(reading: Reading, number: int, link: str) -> None:
    """Keep a link to another page apart; a short heading right above it is the label of the links and is dropped."""
    above = reading.parts[-1] if reading.parts else None
    if above is not None and above.role == "heading" and len(above.texts[0].split()) <= _LABEL_WORDS:
        reading.parts.pop()
        reading.dropped.append(Dropped(above.line, above.texts[0], "links"))
    reading.links.append(Dropped(number, plain(link), "links"))


def _read_prose(reading: Reading, number: int, line: str) -> None:
    """Read a line without a mark before it: a row of a table, more of the block above it, or a paragraph."""
    row = line.strip() if "|" in line else ""
    if "|" in row.strip("|") or (row.startswith("|") and row.endswith("|")):
        _read_row(reading, number, line)
    elif reading.continues("list", "quote"):
        reading.extend(line)
    else:
        _read_images(reading, number, line.strip().removeprefix("| ") if row else line)


def _read_quote(reading: Reading, number: int, text: str) -> None:
    """Read a line of a quotation, given without its marks; callouts and headings in it are blocks of their own."""
    if callout := _CALLOUT.match(text):
        _add_quote_apart(reading, number, text[callout.end() :])
    elif not text.strip():
        reading.gap = True
    elif heading := _HEADING.fullmatch(text):
        _add_quote_apart(reading, number, heading[2])
    elif reading.continues("quote"):
        reading.extend(text)
    else:
        reading.add(_ITEM.sub(r"\1", text), number, "quote")


def _add_quote_apart(reading: Reading, number: int, text: str) -> None:
    reading.gap = True
    reading.add(text, number, "quote")
    reading.gap = True


def _read_row(reading: Reading, number: int, line: str) -> None:
    """Read a table row with its cells between bars; a line with one bar in the middle of prose stays prose."""
    if _COLUMN_RULE.fullmatch(line):
        if reading.continues(""):
            reading.parts[-1].role = "table"
        return
    cells = [plain(cell) for cell in line.strip().strip("|").split("|")]
    in_table = line.strip().startswith("|") or reading.continues("table")
    reading.add(" | ".join(filter(None, cells)), number, "table" if in_table else "")


def _read_images(reading: Reading, number: int, line: str) -> None:
    """Read prose without its images; each image gives its description as a caption."""
    prose = IMAGE.sub("", line)
    reading.add(prose, number)
    reading.gap = reading.gap or line.endswith(_HARD_BREAKS)
    for image in IMAGE.finditer(line):
        reading.add(image[1], number, "caption")
