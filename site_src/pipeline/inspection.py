"""What the generator understood of files anywhere on disk: no site is needed and nothing is written.

One `Row` an article, in file order; `as_json` gives the documented schema (docs/inspect.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from site_src.errors import UsageError
from site_src.merge import merge
from site_src.model.brief import Brief, Sentence
from site_src.model.fields import Found
from site_src.model.page import FIELDS, Article, ParsedPage
from site_src.model.report import Problem
from site_src.model.story import Story
from site_src.pipeline.briefs import brief_of
from site_src.pipeline.pages import parsed
from site_src.read import list_files, named_file, read_page, shown
from site_src.record import Record
from site_src.settings import Settings
from site_src.text.names import NameBook
from site_src.translate.memory import Memory


@dataclass(frozen=True, slots=True)
class Row:
    """One article as it was understood, or (with `brief` None) a file that gave none."""

    file: str
    page: ParsedPage
    brief: Brief | None = None
    duplicate_of: tuple[str, int] | None = None
    """(file, part) of the lead of the story that it is a copy in."""
    english: tuple[str, ...] | None = None
    """The summary in English where the memory holds every sentence of it."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Of the article, and of its page when it is the first there."""
        if self.brief is None:
            return self.page.problems
        article = self.brief.story.lead
        return (*(self.page.problems if article.part == 1 else ()), *article.problems)


def inspect(
    paths: Iterable[str], settings: Settings, names: NameBook, memories: Sequence[Memory], sentences: int
) -> tuple[Row, ...]:
    """The rows of all files; `sentences` above 0 is the length of the summary in sentences.

    Raises `UsageError` for a path that does not exist.
    """
    pages = [(file, page) for path in paths for file, page in _pages(path, settings)]
    articles = [(file, article) for file, page in pages for article in page.articles]
    leads = _leads([replace(article, file=file) for file, article in articles])

    def row(file: str, page: ParsedPage, article: Article) -> Row:
        brief = brief_of(Story("", article), settings, names, sentences)
        return Row(file, page, brief, leads.get((file, article.part)), _english(brief.sentences, memories))

    rows = ([row(file, page, article) for article in page.articles] or [Row(file, page)] for file, page in pages)
    return tuple(chain.from_iterable(rows))


def _pages(path: str, settings: Settings) -> Iterator[tuple[str, ParsedPage]]:
    place = Path(path)
    if not place.exists() and not place.is_symlink():
        raise UsageError(f"{path}: there is no such file or folder.")
    for found in list_files(place) if place.is_dir() else named_file(place):
        if isinstance(found, Problem):
            yield found.file, ParsedPage(found.file, (), problems=(found,))
        else:
            file = shown(found) if found != place else path
            yield file, parsed(file, read_page(found, file), settings.site.source_languages)


def _leads(articles: Sequence[Article]) -> dict[tuple[str, int], tuple[str, int]]:
    """For each article that is a copy, the (file, part) of its story's lead."""
    stories = merge(articles, Record()).stories
    return {
        (copy.article.file, copy.article.part): (story.lead.file, story.lead.part)
        for story in stories
        for copy in story.copies
    }


def _english(sentences: Sequence[Sentence], memories: Sequence[Memory]) -> tuple[str, ...] | None:
    memory = next((memory for memory in memories if memory.lang == "en"), None)
    if memory is None or not sentences:
        return None
    entries = [memory.lookup("", sentence.text) for sentence in sentences]
    if not all(entry and entry.state == "approved" for entry in entries):
        return None
    return tuple(entry.text for entry in entries if entry)


def as_json(row: Row) -> dict[str, Any]:
    """The row as one object of the documented schema."""
    if row.brief is None:
        return {"file": row.file, "part": 0, "problems": [_problem(problem) for problem in row.problems]}
    brief, article = row.brief, row.brief.story.lead
    told = [paragraph for paragraph in article.paragraphs if paragraph.counted]
    return {
        "file": row.file,
        "part": article.part,
        "lang": article.lang,
        "title": article.title.value,
        "date": _iso(article.published),
        "updated": _iso(article.updated),
        "event": _iso(article.event),
        "source": article.outlet.value,
        "agency": article.agency.value,
        "author": article.author.value,
        "url": article.url.value,
        "paragraphs": [paragraph.text for paragraph in told],
        "headings": [paragraph.text for paragraph in article.paragraphs if paragraph.kind == "heading"],
        "summary_ar": [sentence.text for sentence in brief.sentences],
        "summary_order": sorted(range(len(brief.sentences)), key=lambda place: brief.sentences[place].rank),
        "summary_en": list(row.english) if row.english else None,
        "topics": list(brief.topics),
        "duplicate_of": dict(zip(("file", "part"), row.duplicate_of, strict=True)) if row.duplicate_of else None,
        "evidence": {field: _evidence(getattr(article, field)) for field in FIELDS},
        "problems": [_problem(problem) for problem in row.problems],
    }


def _iso(found: Found[Any]) -> str | None:
    return found.value.iso if found.value else None


def _evidence(found: Found[Any]) -> dict[str, str | None]:
    return {"status": found.status, "words": found.words or None, "id": found.id or None}


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code, "severity": problem.severity, "line": problem.line,
        "what": problem.what, "todo": problem.todo,
    }  # fmt: skip
