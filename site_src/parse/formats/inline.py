"""Inline Markdown: a line without its marks, links and tags, as CommonMark, Pandoc and note programs write them."""

from __future__ import annotations

import html
import re

_TARGET = r"\((?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*+)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s?\)"
"""The address of a link, with one level of brackets inside, and its title."""
LINK = rf"\[[^\[\]]*\]{_TARGET}"
IMAGE = re.compile(rf"!\[([^\[\]]*)\](?:{_TARGET}|\[[^\[\]]*\])")
_EMBED = re.compile(r"!\[\[[^\[\]]*\]\]")
_NOTE_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")
_SHORTCUT = re.compile(r"(?<!\])\[([^\[\]]+)\](?![\[(:{])")
_BLOCK_ID = re.compile(r"\s\^[A-Za-z0-9-]{1,40}\s*\Z")

_MARK = re.compile(r"[<\[*_~`\\&=^]")
_REPLACEMENTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (_BLOCK_ID, ""),
    (re.compile(r"<((?:https?|mailto):[^<>\s]*)>"), r"\1"),
    (re.compile(r"<!--[^<>]*-->|</?[A-Za-z][^<>]*>"), ""),
    (
        re.compile(
            rf"\[\^[^\[\]]*\](?:\(#[^()\s]*\)|:)?|\s?\(\[(?i:view|location|page|time|\d)[^\[\]]*\]{_TARGET}\)\s*\Z"
        ),
        "",
    ),
    (re.compile(rf"\[([^\[\]]*)\](?:{_TARGET}|\[[^\[\]]*\]|\{{[^{{}}]*\}})"), r"\1"),
    (re.compile(r"\*\*([^*]+)\*\*|__([^_]+)__|~~([^~]+)~~|(?<!`)`++([^`]+)`+|==(?! )([^=]+)(?<! )=="), r"\1\2\3\4\5"),
    (re.compile(r"(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])|(?<![\w_])_([^_\s][^_]*)_(?![\w_])"), r"\1\2"),
    (re.compile(r"\\(?:([!-/:-@\[-`{-~])|\Z)"), r"\1"),
)


def plain(text: str) -> str:
    """The text of a Markdown line without its marks, links and raw HTML."""
    if not _MARK.search(text):
        return text.strip()
    for pattern, replacement in _REPLACEMENTS:
        text = pattern.sub(replacement, text)
    return html.unescape(text).strip()


def without_shortcut_links(line: str, labels: frozenset[str]) -> str:
    """A line with its links of the form `[label]` as plain words; `labels` are those with an address on the page."""
    return _SHORTCUT.sub(lambda link: link[1] if link[1] in labels else link[0], line) if "[" in line else line


def without_note_links(line: str) -> str:
    """A line with its links between notes as the words that they show, and without parts of other notes set into it."""
    return _NOTE_LINK.sub(r"\1", _EMBED.sub("", line)) if "[[" in line else line
