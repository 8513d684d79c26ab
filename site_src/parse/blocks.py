"""Blocks: what every input format gives to the one reader of articles.

A format module (`pasted`, `markdown`, `html`, `mhtml`) turns a decoded page into `Blocks`: the text in reading
order, each block with what the markup (if any) says of its role, and the fields that markup states. What is junk,
where an article begins and what its fields are is decided in `articles`, once for all formats.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from site_src.model.page import Dropped
from site_src.model.report import Problem

Role = Literal["", "title", "heading", "list", "quote", "table", "caption"]
"""What the markup says a block is: "title" is h1, "heading" h2 to h6, "" plain or unknown (always, in pasted text)."""

OF_SITE = frozenset({"outlet", "saved"})
"""Names of `Meta` fields that hold for every article of a page."""


class Block(Struct, frozen=True, gc=False):
    """A run of text that the format keeps together: one line of pasted text, one element of HTML."""

    text: str
    line: int
    """1-based line of the decoded file."""
    role: Role = ""
    gap: bool = False
    """An empty line (pasted text) or an element boundary (HTML) stands before it."""
    lang: str = ""
    """The markup's `lang`, "" without one."""
    group: int = 0
    """Blocks of one <article> or headline scope share a number above 0; 0 where the markup does not say.

    Numbers are given only where a page holds two or more articles; each numbered group is one article.
    """
    among: bool = False
    """The markup presents it in the same way as the last paragraph above it."""


class Meta(Struct, frozen=True, gc=False):
    """A field stated in markup: `name` as in `Article` ("title", "published", "outlet", "url", ...), or "lang".

    Values are as written (dates unread); several of one name stand in the order in which they are to be trusted.
    """

    name: str
    value: str
    where: str
    """ "json-ld", "og:title", "meta author", "time", "canonical", "title element", "saved from", ..."""
    group: int = 0
    """The block group that it belongs to; 0 for the whole page."""


class Blocks(Struct, frozen=True, gc=False):
    """A page as a format understands it.

    `parse.parse_page` copies `problems`, `dropped` and `teasers` into the `ParsedPage`, so that
    `articles.read_articles` need not do so.
    """

    blocks: tuple[Block, ...]
    meta: tuple[Meta, ...] = ()
    problems: tuple[Problem, ...] = ()
    header: str = ""
    """The header inside the file, always as TOML, "" without one; the same keys as in `NAME.toml`.

    The simple form between `---` lines is already rewritten: every value a string as written ("" for none),
    `[a, b]` an array of strings, Arabic key names replaced by the field's own. Unknown keys pass through.
    """
    header_line: int = 1
    """1-based line of the decoded file on which `header` begins."""
    dropped: tuple[Dropped, ...] = ()
    """What the markup itself marks as no part of an article: navigation, hidden text, boxes of links."""
    teasers: tuple[str, ...] = ()
    """Headlines of other articles in boxes of links; they are among `dropped` too."""
