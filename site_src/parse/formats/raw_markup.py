"""Raw markup in Markdown: what HTML inside a Markdown page says of where its lines and rows end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from site_src.parse.formats.limits import LIMITS

_BREAK = "\x1e"
"""A line ends here that does not end in the file, whose lines are counted."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_NOTE = re.compile(r"(?<!\S)%%(?!\s*\Z)(?:(?!%%).)++%%(?!\S)", re.DOTALL)
"""What a note program hides between two pairs of percent signs."""
_TAG = re.compile(r"<[A-Za-z][\w-]*+(?:\s++[\w:-]++(?:=(?:\"[^\"<>]*+\"|'[^'<>]*+'|[^\s\"'<>]++))?)*+\s*+>")
_TABLE = re.compile(r"<table\b.*?</table[^<>]*>?", re.DOTALL | re.IGNORECASE)
_ROW = re.compile(r"<tr\b[^<>]*>", re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b[^<>]*>", re.IGNORECASE)
_HEAD = re.compile(r"<h([1-6])\b[^<>]*>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
_LINE = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BLOCK = re.compile(
    r"</?(?:p|div|section|article|main|center|figure|figcaption|ul|ol|dl|dt|dd|blockquote|details|summary|hr|table"
    r"|thead|tbody|tr|td|th)\b[^<>]*>|</(?:h[1-6]|li)\s*>",
    re.IGNORECASE,
)
_MARK = re.compile(r"<[^<>]*>")


def lines_of(lines: Sequence[str], first: int) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, from `first` on; of those with HTML, the lines that a browser would show."""
    text = "\n".join(lines)
    if "%%" in text:
        text = _NOTE.sub(_only_lines, text)
    if "<" in text:
        text = _up_to("-->", _COMMENT, _only_lines, text)
        text = _TAG.sub(_on_one_line, text)
        text = _up_to("</table", _TABLE, _rows, text)
        text = _HEAD.sub(lambda tag: f"{_BREAK}{_BREAK}{'#' * int(tag[1])} ", text)
        text = _LINE.sub(_BREAK, _ITEM.sub(f"{_BREAK}- ", text))
        text = _BLOCK.sub(_BREAK * 2, text)
    for number, line in enumerate(text.split("\n"), first):
        yield from ((number, piece) for piece in (line.split(_BREAK) if _BREAK in line else (line,)))


def _only_lines(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


def _on_one_line(tag: re.Match[str]) -> str:
    return " ".join(tag[0].split()) + _only_lines(tag) if "\n" in tag[0] else tag[0]


def _up_to(end: str, pattern: re.Pattern[str], kept: Callable[[re.Match[str]], str], text: str) -> str:
    """The text with what a pattern finds replaced, as far as some `end` is still to come: what is open stays."""
    last = text.lower().rfind(end)
    if last < 0:
        return text
    last = text.find(">", last) + 1 or len(text)
    return pattern.sub(kept, text[:last]) + text[last:]


def _rows(found: re.Match[str]) -> str:
    """The rows of a table as Markdown writes them; the cells one below another where they hold paragraphs."""
    rows = [[" ".join(_MARK.sub(" ", cell).split()) for cell in _CELL.split(row)[1:]] for row in _ROW.split(found[0])]
    is_layout = any(cell.count(" ") >= LIMITS["cell_words"] for row in rows for cell in row)
    shown = ["| " + " | ".join(row) + " |" if not is_layout else (_BREAK * 2).join(row) for row in rows if any(row)]
    return _BREAK * 2 + (_BREAK * (1 + is_layout)).join(shown) + _BREAK * 2 + _only_lines(found)
