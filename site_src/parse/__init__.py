"""Parsing: a decoded page to the articles that it holds.

A format module says what the markup knows (`Blocks`); `articles` decides what it means, once for all formats.
Formats are imported when a page needs them: pasted text must not wait for HTML, Markdown and mail.

    step                            rooms
    a file's own header             header, editors_word
    a format to blocks              pasted (copied, mailed, recorded), markdown (inline, raw_markup, repeats), html,
                                    mhtml; blocks, metadata, elements
    broken lines to whole ones      lines, wrapped, breaks, reflow, seams
    what each line is               markers (by phrase), junk (by shape), labels, captions, surroundings,
                                    announced; cues
    where an article ends           split, passed, below, scopes
    headline and paragraphs         layout, headline, told, head, speakers
    what is stated of an article    fields, stated; credited, credits, unlabelled, outlets, masthead, window
    the editor's word               overridden
"""

from __future__ import annotations

from operator import attrgetter

from site_src.model.page import ParsedPage, RawPage
from site_src.parse.blocks import Blocks, Format


def _pasted(page: RawPage) -> Blocks:
    from site_src.parse import pasted

    return pasted.read(page)


def _markdown(page: RawPage) -> Blocks:
    from site_src.parse import markdown

    return markdown.read(page)


def _html(page: RawPage) -> Blocks:
    from site_src.parse import html

    return html.read(page)


def _mhtml(page: RawPage) -> Blocks:
    from site_src.parse import mhtml

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
