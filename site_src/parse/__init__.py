"""Parsing: a decoded page to the articles that it holds.

A module of `formats` says what the markup knows (`Blocks`); `articles` decides what it means, once for all formats:

    editor, formats     the editor's word; a page to blocks
    lines, cues         a block as it would be shown, and what is known of it so far
    paragraphs          broken lines to whole ones, and junk that was glued to them cut off
    junk                lines that are no text
    split               where an article ends
    head, layout        headline and paragraphs
    fields              what is stated of an article: its day, its credits
"""

from __future__ import annotations

from operator import attrgetter

from site_src.model.page import ParsedPage, RawPage
from site_src.parse.blocks import Blocks, Format


def _pasted(page: RawPage) -> Blocks:
    from site_src.parse.formats import pasted

    return pasted.read(page)


def _markdown(page: RawPage) -> Blocks:
    from site_src.parse.formats import markdown

    return markdown.read(page)


def _html(page: RawPage) -> Blocks:
    from site_src.parse.formats import html

    return html.read(page)


def _mhtml(page: RawPage) -> Blocks:
    from site_src.parse.formats import mhtml

    return mhtml.read(page)


FORMATS: dict[str, Format] = {"text": _pasted, "markdown": _markdown, "html": _html, "mhtml": _mhtml}
"""`RawPage.format` to the function that reads it."""


def parse_page(page: RawPage, source_languages: tuple[str, ...]) -> ParsedPage:
    """The articles of a page, with all that reading, its format and the search for articles have to say of it."""
    from site_src.parse.articles import read_articles

    blocks = FORMATS[page.format](page)
    parsed = read_articles(page, blocks, source_languages)
    return ParsedPage(
        parsed.file,
        parsed.articles,
        tuple(sorted((*blocks.dropped, *parsed.dropped), key=attrgetter("line"))),
        (*blocks.teasers, *parsed.teasers),
        (*page.problems, *blocks.problems, *parsed.problems),
    )
