"""An article read once for all later stages: its title and paragraphs cut, and the names in them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from site_src.model.brief import Mention
from site_src.model.fields import Found
from site_src.model.page import Article
from site_src.text.cut import CutText
from site_src.text.names.book import NameBook, NameSpan

TITLE = -1
"""The index that stands for the title among the paragraphs."""


class ReadArticle(Struct, frozen=True):
    """An article under the title that is shown; its texts and names by the index of the paragraph, `TITLE` first."""

    article: Article
    title: Found[str]
    texts: Mapping[int, CutText]
    """An uncertain paragraph is empty here, so that nothing is taken from it."""
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
    paragraphs = (paragraph.text if paragraph.certain else "" for paragraph in article.paragraphs)
    cuts = tuple(map(CutText.of, (title.value or "", *paragraphs)))
    texts, names = enumerate(cuts, TITLE), enumerate(book.find_all(cuts), TITLE)
    return ReadArticle(article, title, dict(texts), dict(names))
