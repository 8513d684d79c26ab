"""The summary of an article: its first whole sentences."""

from __future__ import annotations

from site_src.model import Article, Sentence
from site_src.settings import Summary
from site_src.text.names.book import NameBook
from site_src.text.sentences import split


def summarise(article: Article, length: Summary, title: str, names: NameBook | None) -> tuple[Sentence, ...]:
    """The first sentences of the certain text paragraphs, as many as `length` asks for."""
    found = [
        (paragraph.text[start:end], place, start, end)
        for place, paragraph in enumerate(article.paragraphs)
        if paragraph.certain and paragraph.kind == "text"
        for start, end in split(paragraph.text)
    ]
    return tuple(Sentence(*sentence, rank) for rank, sentence in enumerate(found[: length.sentences]))
