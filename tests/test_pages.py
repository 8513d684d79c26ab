"""The case library: every folder of `tests/pages` is a page as saved, and what a careful reader finds in it.

`expected.json` holds `articles`, and whatever else of the page is compared; beside them `style`, `held_back` and, where
the reader still does worse than a person would, `gap`. `--rewrite-expectations` writes what was found: read the diff.
"""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import Any

import pytest

from site_src.model.fields import Day, Found
from site_src.model.page import Article, ParsedPage
from site_src.model.report import Problem
from site_src.parse import parse_page
from site_src.read import read_page

PAGES = Path(__file__).parent / "pages"
CASES = sorted(folder for folder in PAGES.iterdir() if folder.is_dir())
NOTES = ("style", "held_back", "gap")
FORMATS = {
    "txt": "pasted",
    "md": "Markdown",
    "html": "HTML",
    "htm": "HTML",
    "mht": "MHTML",
    "mhtml": "MHTML",
    "eml": "mail",
}
TABLE_BEGINS, TABLE_ENDS = "<!-- styles -->", "<!-- /styles -->"


def parsed(case: Path) -> ParsedPage:
    sources = sorted(path for path in case.glob("source.*") if path.suffix != ".toml")
    page = read_page(sources[0], sources[0].name)
    assert not isinstance(page, Problem), page
    return parse_page(page, ("ar",))


def day(found: Found[Day]) -> str | None:
    return None if found.value is None else found.value.iso or found.words


def row(article: Article) -> dict[str, Any]:
    paragraphs = [one for one in article.paragraphs if one.kind not in ("heading", "caption")]
    shown = {
        "part": article.part,
        "title": article.title.value,
        "date": day(article.published),
        "updated": day(article.updated),
        "event": day(article.event),
        "saved": day(article.saved),
        "source": article.outlet.value,
        "agency": article.agency.value,
        "agency_id": article.agency.id,
        "author": article.author.value,
        "url": article.url.value,
        "aggregator": article.aggregator.value,
        "sources": [one.value for one in article.sources],
        "lang": article.lang,
        "paragraphs": [one.text for one in paragraphs],
        "headings": [one.text for one in article.paragraphs if one.kind == "heading"],
        "captions": [one.text for one in article.paragraphs if one.kind == "caption"],
        "other_kinds": {one.text[:30]: one.kind for one in paragraphs if one.kind != "text"},
        "repairs": {one.text[:30]: list(one.repairs) for one in paragraphs if one.repairs},
        "other_langs": {one.text[:30]: one.lang for one in paragraphs if one.lang != article.lang},
        "uncertain": [one.text[:30] for one in paragraphs if not one.certain],
    }
    return {key: value for key, value in shown.items() if value not in (None, [], {}, "")}


def found_in(case: Path) -> dict[str, Any]:
    page = parsed(case)
    return {
        "articles": [row(article) for article in page.articles],
        "dropped": [[gone.line, gone.rule, gone.text[:60]] for gone in page.dropped],
        "teasers": list(page.teasers),
        "problems": [problem.code for problem in page.problems],
    }


def lines(value: Any) -> list[str]:
    return json.dumps(value, ensure_ascii=False, indent=1).splitlines()


def same_keys(found: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    return {key: found.get(key) for key in wanted}


def table_of_styles() -> str:
    """A row for each style of page: its formats, its pages, and how many of them were held back."""
    styles: dict[str, list[tuple[str, bool]]] = {}
    for case in CASES:
        expected = json.loads((case / "expected.json").read_text("utf-8"))
        form = next(FORMATS[path.suffix[1:]] for path in case.glob("source.*") if path.suffix[1:] in FORMATS)
        styles.setdefault(expected["style"], []).append((form, expected["held_back"]))
    rows = ["| style | formats | pages | held back |", "|---|---|---|---|"]
    for style, pages in sorted(styles.items(), key=lambda pair: pair[0].lower()):
        forms = ", ".join(sorted({form for form, _ in pages}))
        rows.append(f"| {style} | {forms} | {len(pages)} | {sum(held for _, held in pages) or ''} |")
    return "\n".join(rows)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_saved_page_gives_the_articles_that_a_reader_finds_in_it(case: Path, request: pytest.FixtureRequest) -> None:
    path = case / "expected.json"
    assert path.exists(), f"{case.name} has no expected.json: nothing says what a reader finds in it"
    expected = json.loads(path.read_text("utf-8"))
    wanted = {key: value for key, value in expected.items() if key not in NOTES}
    shown = same_keys(found_in(case), wanted)
    if request.config.getoption("--rewrite-expectations"):
        path.write_text(json.dumps(expected | shown, ensure_ascii=False, indent=1) + "\n", "utf-8")
        return
    assert shown == wanted, "\n".join(
        difflib.unified_diff(lines(wanted), lines(shown), "expected", "found", lineterm="")
    )


def test_the_table_of_styles_is_that_of_the_case_library(request: pytest.FixtureRequest) -> None:
    document = PAGES / "README.md"
    before, mark, rest = document.read_text("utf-8").partition(TABLE_BEGINS)
    _, end, after = rest.partition(TABLE_ENDS)
    shown = f"{before}{mark}\n{table_of_styles()}\n{end}{after}"
    if request.config.getoption("--rewrite-expectations"):
        document.write_text(shown, "utf-8")
    assert document.read_text("utf-8") == shown
