"""Where the articles of a page begin, by the editor's word: the settings of the sidecar that say so."""

from __future__ import annotations

from collections.abc import Iterator

from site_src.model.page import Article, ParsedPage
from site_src.serve.articles.page_file import PageFile
from site_src.serve.articles.paragraphs import Passage, names_of, passages
from site_src.serve.articles.toml_edit import Setting, Value, parse, value_of, with_settings
from site_src.text.fold import fold
from site_src.translate.po import sha

_KEY = "split"
_ON_LINE = "line "
"""Begins the evidence of a title that stands on a line of the page."""


def splits_mark(page: ParsedPage) -> str:
    """A digest of all that a person judges the beginnings of articles by."""
    return sha(repr([(passage.text, passage.part) for passage in passages(page)]))


def settings_to_begin(page: PageFile, sidecar_text: str, passage: Passage) -> tuple[Setting, ...]:
    """The settings after which a further article begins at the passage, and nothing of another one is lost.

    Empty where there are none. Where the editor names no beginnings yet, those that the rules find are named as well.
    """
    before = page.read(sidecar_text)
    stated = page.word(sidecar_text).page.get(_KEY)
    known = tuple(stated.value or ()) if stated else tuple(map(_opening, before.articles[1:]))
    for words in names_of(passage.text, page.line(passage.line)):
        settings = settings_to_state(page, sidecar_text, (*known, words))
        after = page.read(with_settings(sidecar_text, settings, page.sidecar.name))
        begins = any(_begins_at(article, passage.line) for article in after.articles[1:])
        if begins and len(after.articles) == len(before.articles) + 1 and _lost(before, after) <= {fold(passage.text)}:
            return settings
    return ()


def settings_to_state(page: PageFile, sidecar_text: str, value: Value) -> tuple[Setting, ...]:
    """The settings that state where articles begin: first words; False for one article; None leaves it to the rules."""
    now = value_of(parse(sidecar_text, page.sidecar.name), _KEY)
    return (Setting(_KEY, now, value),) if now != value else ()


def _opening(article: Article) -> str | int:
    """What names the first line of an article: its title where that is a line of the page, else its first paragraph."""
    title = article.title
    return title.words or title.value or "" if title.where.startswith(_ON_LINE) else article.paragraphs[0].line


def _begins_at(article: Article, line: int) -> bool:
    return article.title.where == f"{_ON_LINE}{line}" or article.paragraphs[0].line == line


def _lost(before: ParsedPage, after: ParsedPage) -> set[str]:
    """The paragraphs, folded, that no article has any more."""
    return {*_texts(before)} - {*_texts(after)}


def _texts(page: ParsedPage) -> Iterator[str]:
    return (fold(paragraph.text) for article in page.articles for paragraph in article.paragraphs)
