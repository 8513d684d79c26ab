"""Blocks: what every input format gives to the one reader of articles.

A format module (`pasted`, `markdown`, `html`, `mhtml`) turns a decoded page into `Blocks`: the text in reading
order, each block with what the markup (if any) says of its role, and the fields that markup states. What is junk,
where an article begins and what its fields are is decided in `articles`, once for all formats.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from site_src.model import Problem, RawPage

Role = Literal["", "title", "heading", "list", "quote", "table", "caption"]
"""What the markup says a block is: "title" is h1, "heading" h2 to h6, "" plain or unknown (always, in pasted text)."""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that the format keeps together: one line of pasted text, one element of HTML."""

    text: str
    line: int
    """1-based line of the decoded file."""
    role: Role = ""
    gap: bool = False
    """An empty line (pasted text) or an element boundary (HTML) stands before it."""
    lang: str = ""
    """The markup's `lang`, if any."""
    group: int = 0
    """Blocks of one <article> or headline scope share a number above 0; 0: the markup does not say."""


@dataclass(frozen=True, slots=True)
class Meta:
    """A field stated in markup: `name` as in `Article` ("title", "published", "outlet", "url", ...)."""

    name: str
    value: str
    where: str
    """ "json-ld", "og:title", "meta author", "time", "header" ..."""
    group: int = 0
    """The block group that it belongs to; 0: the page."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """A page as a format understands it."""

    blocks: tuple[Block, ...]
    meta: tuple[Meta, ...] = ()
    problems: tuple[Problem, ...] = ()


class Format(Protocol):
    """A format module's one public function; `parse.FORMATS` maps `RawPage.format` to it."""

    def __call__(self, page: RawPage) -> Blocks: ...
