"""The case library: every folder of `tests/pages` is a page as saved, and what a careful reader finds in it.

`expected.json` holds rows for the articles (only the keys that it names are compared), or an object with `articles`,
`style`, `held_back` and what was dropped. `--rewrite-expectations` writes what the parser found: read the diff.
"""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import Any

import pytest

from site_src.model import Article, Day, Found, ParsedPage, Problem
from site_src.parse import parse_page
from site_src.read import read_page

PAGES = Path(__file__).parent / "pages"
CASES = sorted(folder for folder in PAGES.iterdir() if folder.is_dir())
OURS = [case for case in CASES if not case.name.startswith(("html-", "md-", "mht-"))]


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


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_saved_page_gives_the_articles_that_a_reader_finds_in_it(case: Path, request: pytest.FixtureRequest) -> None:
    path = case / "expected.json"
    if not path.exists():
        pytest.skip(f"{case.name} has no expected.json yet")
    expected = json.loads(path.read_text("utf-8"))
    found = found_in(case)
    if isinstance(expected, list):
        wanted: Any = expected
        rows = found["articles"] or [{"part": 0}]
        shown: Any = [same_keys(one, two) for one, two in zip(rows, expected, strict=False)] + rows[len(expected) :]
    else:
        if request.config.getoption("--rewrite-expectations"):
            kept = {key: expected[key] for key in ("style", "held_back")}
            path.write_text(json.dumps(kept | found, ensure_ascii=False, indent=1) + "\n", "utf-8")
            return
        wanted = {key: value for key, value in expected.items() if key not in ("style", "held_back")}
        shown = same_keys(found, wanted)
    assert shown == wanted, "\n".join(
        difflib.unified_diff(lines(wanted), lines(shown), "expected", "found", lineterm="")
    )


def test_the_table_of_styles_names_every_style_of_a_pasted_page() -> None:
    table = (PAGES.parent.parent / "docs/page-styles.md").read_text("utf-8")
    styles = {json.loads((case / "expected.json").read_text("utf-8"))["style"] for case in OURS}
    assert {style for style in styles if f"| {style} |" not in table} == set()
