"""The editor's fields in place of those that were read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from msgspec.structs import replace

from site_src.model.fields import UNDATED, UNKNOWN, Found
from site_src.model.page import Article, EditorsWord
from site_src.model.report import Problem
from site_src.parse.editor.header import key_of
from site_src.parse.editor.word import DAYS, TEXTS, Said, Word
from site_src.text.fold import fold

_OF_ONE_ARTICLE = frozenset({"title", "slug", "url", *DAYS})


def overridden(articles: tuple[Article, ...], word: Word) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """The articles with the editor's fields in place of those that were read."""
    if not (word.page or word.parts):
        return articles, ()
    has = "the page has 1 article" if len(articles) == 1 else f"the page has {len(articles)} articles"
    problems = [source.fault(number, "", has) for source in word.sources
                for number in range(len(articles) + 1, len(source.tables))]  # fmt: skip
    if len(articles) > 1:
        problems += [source.fault(0, name, f"{key_of(name)}: {has}; put it under [[part]]") for source in word.sources
                     for name in source.tables[0] if key_of(name) in _OF_ONE_ARTICLE]  # fmt: skip
    page = {key: one for key, one in word.page.items() if len(articles) == 1 or key not in _OF_ONE_ARTICLE}
    parts: list[Said] = [*word.parts, *({} for _ in articles)]
    changed = [_with_fields(article, page | part) for article, part in zip(articles, parts, strict=False)]
    return tuple(changed), (*problems, *_unused_glosses(changed, word))


def _unused_glosses(articles: Sequence[Article], word: Word) -> Iterator[Problem]:
    """A problem for each gloss of words that no article has for which it is meant."""
    for source in word.sources:
        for number, table in enumerate(source.tables):
            glosses = next((value for name, value in table.items() if key_of(name) == "gloss"), None)
            if not isinstance(glosses, dict):
                continue
            among = articles[number - 1 : number] if number else articles
            texts = [(one.title.value or "", *(paragraph.text for paragraph in one.paragraphs)) for one in among]
            folded = fold("\n".join(chain.from_iterable(texts)))
            for words in glosses:
                if fold(words) not in folded:
                    what = f"gloss: {words!r}: stands nowhere in the article"
                    yield source.fault(number, f"gloss.{words}", what, "copy the words as they stand")


def _with_fields(article: Article, said: Said) -> Article:
    if not said:
        return article
    fields: dict[str, Any] = {}
    for key, (value, where) in said.items():
        if key in TEXTS:
            fields[key] = Found(value, "editor", value, where, _id(key, value)) if value.strip() else UNKNOWN
        elif key in DAYS:
            fields[key] = replace(value, where=where) if value.value else UNDATED
        elif key == "sources":
            fields[key] = tuple(Found(name, "editor", name, where, _id("agency", name)) for name in value)
    given = {key: value for key, (value, _) in said.items()}
    if "lang" in said:
        fields["lang"] = said["lang"][0]
    slug, topics, note = given.get("slug", ""), given.get("topics"), given.get("note", "")
    if "title" in said:
        fields["problems"] = tuple(one for one in article.problems if one.code != "doubtful-title")
    fields["word"] = EditorsWord(slug, topics, note, given.get("gloss", ()))
    return replace(article, **fields)


def _id(key: str, value: str) -> str:
    from site_src.parse.fields.names import agency_chain, credits_in

    return agency_chain(value, credits_in(value))[1] if key == "agency" else ""
