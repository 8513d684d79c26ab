"""An article read once: its title and paragraphs cut, and the names in them, for every reader after."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from site_src.model.brief import Mention
from site_src.model.fields import Found
from site_src.model.page import Article
from site_src.text.cut import CutText
from site_src.text.names.book import NameBook, NameSpan

TITLE = -1
"""The place of the title among the paragraphs."""


class ReadArticle(Struct, frozen=True):
    """An article with its shown title; texts and names by place (index of the paragraph, `TITLE` first)."""

    article: Article
    title: Found[str]
    texts: Mapping[int, CutText]
    """A paragraph that is not certain is empty here: nothing is read off it."""
    names: Mapping[int, tuple[NameSpan, ...]]

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every mention of a name, in reading order."""
        return tuple(
            Mention(span.name_id, place, span.start, span.end, span.direct)
            for place, spans in self.names.items()
            for span in spans
        )


def read_article(article: Article, title: Found[str], book: NameBook) -> ReadArticle:
    """The reading of `article` under `title`, the one that is shown, with the names that `book` knows."""
    written = (title.value or "", *(paragraph.text if paragraph.certain else "" for paragraph in article.paragraphs))
    texts = dict(enumerate(map(CutText.of, written), TITLE))
    return ReadArticle(article, title, texts, dict(enumerate(book.find_all(tuple(texts.values())), TITLE)))
