"""Parsing: a decoded page to the articles that it holds.

A module of `formats` says what the markup knows (`Blocks`); `articles` decides what it means, once for all formats:

    editor, formats     the editor's word; a page to blocks
    lines, cues         a block as it would be shown, and what is known of it so far
    paragraphs          broken lines joined to whole paragraphs, and junk that was glued to them cut off
    junk                lines that are not text of an article
    split               where an article ends
    head                headline, and what else stands above the text
    extent, layout      where the text begins and ends; its paragraphs
    fields              what is stated of an article: its day, its credits
    problems            what a page's editor should look at
"""

from __future__ import annotations

from importlib import import_module
from operator import attrgetter

from site_src.model.page import ParsedPage, RawPage
from site_src.parse.blocks import Blocks

_FORMATS = {"text": "pasted", "markdown": "markdown", "html": "html", "mhtml": "mhtml"}
"""`RawPage.format` to the module of `formats` whose `read` makes blocks of such a page; imported on first use."""


def blocks_of(page: RawPage) -> Blocks:
    """The blocks of a page, as its format alone describes its lines."""
    blocks: Blocks = import_module(f"site_src.parse.formats.{_FORMATS[page.format]}").read(page)
    return blocks


def parse_page(page: RawPage, source_languages: tuple[str, ...]) -> ParsedPage:
    """The articles of a page, with what was dropped and all problems: of the file, of its format and of the parsing."""
    from site_src.parse.articles import read_articles

    blocks = blocks_of(page)
    parsed = read_articles(page, blocks, source_languages)
    return ParsedPage(
        parsed.file,
        parsed.articles,
        tuple(sorted((*blocks.dropped, *parsed.dropped), key=attrgetter("line"))),
        (*blocks.teasers, *parsed.teasers),
        (*page.problems, *blocks.problems, *parsed.problems),
    )
