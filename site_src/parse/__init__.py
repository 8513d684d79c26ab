"""Parsing: a decoded page to the articles that it holds.

A format module says what the markup knows (`Blocks`); `articles` decides what it means, once for all formats.
"""

from __future__ import annotations

from dataclasses import replace

from site_src.model import ParsedPage, RawPage
from site_src.parse import html, markdown, mhtml, pasted
from site_src.parse.blocks import Format

FORMATS: dict[str, Format] = {
    "text": pasted.read,
    "markdown": markdown.read,
    "html": html.read,
    "mhtml": mhtml.read,
}
"""`RawPage.format` to the module that reads it."""


def parse_page(page: RawPage, source_languages: tuple[str, ...]) -> ParsedPage:
    """The articles of a page, with all that reading, its format and the search for articles have to say of it."""
    from site_src.parse.articles import read_articles

    blocks = FORMATS[page.format](page)
    parsed = read_articles(page, blocks, source_languages)
    return replace(
        parsed,
        dropped=tuple(sorted((*blocks.dropped, *parsed.dropped), key=lambda gone: gone.line)),
        teasers=(*blocks.teasers, *parsed.teasers),
        problems=(*page.problems, *blocks.problems, *parsed.problems),
    )
