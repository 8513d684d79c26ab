"""The editor's fields in place of those that were read from the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from msgspec.structs import replace

from site_src.model.fields import UNDATED, UNKNOWN, Found
from site_src.model.page import Article, EditorsWord
from site_src.model.report import Problem
from site_src.parse.editor.header import key_of
from site_src.parse.editor.word import DAYS, TEXTS, Entries, Word
from site_src.text.fold import fold

_OF_ONE_ARTICLE = frozenset({"title", "slug", "url", *DAYS})
"""Keys that belong in `[[part]]` on a page of several articles."""


def override(articles: tuple[Article, ...], word: Word) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """The articles with the editor's fields in place of those that were read, and the mistakes of the editor's word."""
    if not (word.page or word.parts):
        return articles, ()
    count = "the page has 1 article" if len(articles) == 1 else f"the page has {len(articles)} articles"
    problems = [source.fault(number, "", count) for source in word.sources
                for number in range(len(articles) + 1, len(source.tables))]  # fmt: skip
    if len(articles) > 1:
        problems += [source.fault(0, name, f"{key_of(name)}: {count}; put it under [[part]]") for source in word.sources
                     for name in source.tables[0] if key_of(name) in _OF_ONE_ARTICLE]  # fmt: skip
    page = {key: entry for key, entry in word.page.items() if len(articles) == 1 or key not in _OF_ONE_ARTICLE}
    parts: list[Entries] = [*word.parts, *({} for _ in articles)]
    overridden = [_with_fields(article, page | part) for article, part in zip(articles, parts, strict=False)]
    return tuple(overridden), (*problems, *_unused_glosses(overridden, word))


def _unused_glosses(articles: Sequence[Article], word: Word) -> Iterator[Problem]:
    """A problem for each gloss whose words stand in none of the articles for which it is given."""
    for source in word.sources:
        for number, table in enumerate(source.tables):
            glosses = next((value for name, value in table.items() if key_of(name) == "gloss"), None)
            if not isinstance(glosses, dict):
                continue
            glossed_articles = articles[number - 1 : number] if number else articles
            texts = [
                (article.title.value or "", *(paragraph.text for paragraph in article.paragraphs))
                for article in glossed_articles
            ]
            plain = fold("\n".join(chain.from_iterable(texts)))
            for words in glosses:
                if fold(words) not in plain:
                    what = f"gloss: {words!r}: stands nowhere in the article"
                    yield source.fault(number, f"gloss.{words}", what, "copy the words as they stand")


def _with_fields(article: Article, entries: Entries) -> Article:
    """The article with the fields that these entries give."""
    if not entries:
        return article
    fields: dict[str, Any] = {}
    for key, (value, where) in entries.items():
        if key in TEXTS:
            text = Found(value, "editor", value, where, _agency_id(key, value))
            fields[key] = text if value.strip() else UNKNOWN
        elif key in DAYS:
            fields[key] = replace(value, where=where) if value.value else UNDATED
        elif key == "sources":
            fields[key] = tuple(Found(name, "editor", name, where, _agency_id("agency", name)) for name in value)
    if "lang" in entries:
        fields["lang"] = entries["lang"].value
    if "title" in entries:
        fields["problems"] = tuple(problem for problem in article.problems if problem.code != "doubtful-title")
    values = {key: entry.value for key, entry in entries.items()}
    fields["word"] = EditorsWord(
        slug=values.get("slug", ""),
        topics=values.get("topics"),
        note=values.get("note", ""),
        glosses=values.get("gloss", ()),
    )
    return replace(article, **fields)


def _agency_id(key: str, value: str) -> str:
    """The canonical ids of the agencies in a value of the key "agency"; "" for any other key."""
    from site_src.parse.fields.names import agency_chain, credits_in

    return agency_chain(value, credits_in(value))[1] if key == "agency" else ""
