"""Raw markup in Markdown: where the HTML inside a Markdown page ends lines and rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from site_src.parse.formats.limits import LIMITS

_BREAK = "\x1e"
"""Stands where a line ends for the reader but not in the file, so that the lines of the file can still be counted."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_NOTE = re.compile(r"(?<!\S)%%(?!\s*\Z)(?:(?!%%).)++%%(?!\S)", re.DOTALL)
"""A comment of note programs, between two pairs of percent signs."""
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
    """The lines with their numbers, from `first` on; lines with HTML are split where a browser would end a line."""
    text = "\n".join(lines)
    if "%%" in text:
        text = _NOTE.sub(_only_line_ends, text)
    if "<" in text:
        text = _replace_closed("-->", _COMMENT, _only_line_ends, text)
        text = _TAG.sub(_on_one_line, text)
        text = _replace_closed("</table", _TABLE, _rows, text)
        text = _HEAD.sub(lambda tag: f"{_BREAK}{_BREAK}{'#' * int(tag[1])} ", text)
        text = _LINE.sub(_BREAK, _ITEM.sub(f"{_BREAK}- ", text))
        text = _BLOCK.sub(_BREAK * 2, text)
    for number, line in enumerate(text.split("\n"), first):
        yield from ((number, part) for part in (line.split(_BREAK) if _BREAK in line else (line,)))


def _only_line_ends(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def _on_one_line(tag: re.Match[str]) -> str:
    """A tag on one line, and behind it the line ends that stood inside it."""
    return " ".join(tag[0].split()) + _only_line_ends(tag) if "\n" in tag[0] else tag[0]


def _replace_closed(end: str, pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str], text: str) -> str:
    """The text with the matches of a pattern replaced, up to the last `end`: what is never closed stays."""
    last = text.lower().rfind(end)
    if last < 0:
        return text
    last = text.find(">", last) + 1 or len(text)
    return pattern.sub(replacement, text[:last]) + text[last:]


def _rows(table: re.Match[str]) -> str:
    """The rows of a table in Markdown; where cells hold paragraphs, the cells stand one below the other instead."""
    rows = [[" ".join(_MARK.sub(" ", cell).split()) for cell in _CELL.split(row)[1:]] for row in _ROW.split(table[0])]
    is_layout = any(cell.count(" ") >= LIMITS["cell_words"] for row in rows for cell in row)
    texts = ["| " + " | ".join(row) + " |" if not is_layout else (_BREAK * 2).join(row) for row in rows if any(row)]
    return _BREAK * 2 + (_BREAK * (1 + is_layout)).join(texts) + _BREAK * 2 + _only_line_ends(table)
