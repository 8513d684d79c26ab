"""`inspect` for people: one article after another, in colour, with what was dropped and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from site_src.cli.report import format_day, format_problem, visible
from site_src.model.brief import Brief
from site_src.model.fields import Day, Found
from site_src.model.page import FIELDS, Article

if TYPE_CHECKING:
    from site_src.pipeline.inspection import Row
    from site_src.text.names import NameBook

_COLOURS = {"stated": "green", "inferred": "yellow", "editor": "cyan", "unknown": "bright_black"}


def print_rows(rows: Sequence[Row], names: NameBook, explain: bool) -> None:
    """Print all rows, page by page; `explain` adds the lines that were dropped and the scores of sentences."""
    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False, soft_wrap=True)
    for row in rows:
        for line, style in _lines(row, names, explain):
            console.print(escape(visible(line)), style=style or None)


def _lines(row: Row, names: NameBook, explain: bool) -> Iterator[tuple[str, str]]:
    """Each line for an article, with the style to print it in."""
    article = row.brief.story.lead if row.brief else None
    part = f", article {article.part} of {len(row.page.articles)}" if article else ""
    yield f"{row.file}{part}", "bold"
    if row.brief:
        yield from _fields(row.brief.story.lead)
        yield from _text(row, row.brief)
    for problem in row.problems:
        yield f"  {format_problem(problem)}", "red" if problem.severity == "error" else "yellow"
    is_last = article is None or article.part == len(row.page.articles)
    if explain and row.brief:
        yield from _scores(row.brief, names)
    if explain and is_last:
        yield from _dropped(row)
    yield "", ""


def _fields(article: Article) -> Iterator[tuple[str, str]]:
    for name in FIELDS:
        field: Found[Any] = getattr(article, name)
        if field.status == "unknown":
            yield f"  {name:<11} unknown", _COLOURS["unknown"]
            continue
        identity = f" = {field.id}" if field.id else ""
        words = f", read from “{field.words}”" if field.words and field.words != field.value else ""
        evidence = f"[{field.status}, {field.where}{words}]"
        yield f"  {name:<11} {_format_value(field.value)}{identity}   {evidence}", _COLOURS[field.status]
    for source in article.sources:
        yield f"  {'also':<11} {source.value}   [{source.status}, {source.where}]", _COLOURS[source.status]


def _format_value(value: str | Day | None) -> str:
    if not isinstance(value, Day):
        return value or ""
    day = format_day(value)
    doubt = " (day and month could be the other way round)" if value.ambiguous else ""
    return " ".join(part for part in (day, value.time, value.zone) if part) + doubt


def _text(row: Row, brief: Brief) -> Iterator[tuple[str, str]]:
    kinds = [paragraph.kind for paragraph in brief.story.lead.paragraphs]
    counts = ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))
    yield f"  {'paragraphs':<11} {counts}", ""
    yield f"  {'topics':<11} {', '.join(brief.topics) or 'none'}", ""
    if row.duplicate_of:
        yield f"  {'copy of':<11} {row.duplicate_of[0]}, article {row.duplicate_of[1]}", ""
    if brief.title.status == "inferred":
        yield f"  derived title: {brief.title.value}", "yellow"
    for number, sentence in enumerate(brief.sentences, 1):
        yield f"  {number}. {sentence.text}", ""


def _scores(brief: Brief, names: NameBook) -> Iterator[tuple[str, str]]:
    from site_src.brief.summary import explain
    from site_src.text.article import read_article

    yield "  sentences by score", "bold"
    in_summary = {(sentence.paragraph, sentence.start) for sentence in brief.sentences}
    for scored in explain(read_article(brief.story.lead, brief.title, names), brief.figures):
        mark = "*" if (scored.line.paragraph, scored.line.start) in in_summary else " "
        parts = ", ".join(f"{name} {value:+.2f}" for name, value in scored.parts)
        yield f"    {mark} {scored.score:5.2f} = {parts or 'nothing'}: {scored.line.text[:60]}", "bright_black"


def _dropped(row: Row) -> Iterator[tuple[str, str]]:
    if row.page.dropped:
        yield "  left out of this page", "bold"
    for dropped in row.page.dropped:
        yield f"    line {dropped.line}, {dropped.rule}: {dropped.text[:100]}", "bright_black"
    for teaser in row.page.teasers:
        yield f"    announced only: {teaser[:100]}", "bright_black"
