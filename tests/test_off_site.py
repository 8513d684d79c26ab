"""A story in no topic is not on the site: nothing that the site says of itself counts it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import support_site as support


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = support.shipped_site(tmp_path)
    (site / "content" / "articles" / "chess.txt").write_text(support.CHESS, "utf-8")
    return site


def run(site: Path, *arguments: str, code: int = 0) -> str:
    return support.run(*arguments, "--config", str(site / "site.toml"), code=code).stdout


def briefing(site: Path) -> dict:
    return json.loads((site / "_site" / "briefing.json").read_text("utf-8"))


def changes(site: Path) -> list[str]:
    """The headings of the page of changes, all of which stand above the story of chess alone."""
    page = (site / "_site" / "en" / "changes" / "index.html").read_text("utf-8")
    told = page.split("<main")[1].split("</main>")[0]
    assert told.count("<li") == 1
    assert "الشطرنج" in told
    return re.findall(r"<h2[^>]*>([^<]+)</h2>", told)


def list_it(site: Path) -> None:
    """Let the site list the stories of no topic."""
    settings = (site / "site.toml").read_text("utf-8")
    (site / "site.toml").write_text(settings.replace('# unsorted = "report"', 'unsorted = "site"'), "utf-8")


def test_data_until_is_the_latest_date_of_a_story_that_the_site_tells(site: Path) -> None:
    run(site, "build", "--frozen")
    assert briefing(site)["data_until"].startswith("2025-11-08")
    list_it(site)
    run(site, "build", "--frozen")
    assert briefing(site)["data_until"].startswith("2026-01-14")


def test_a_story_that_was_in_no_topic_when_the_brief_was_closed_is_neither_gone_nor_changed(site: Path) -> None:
    list_it(site)
    assert "closed with 4 stories" in run(site, "brief", "close")
    settings = (site / "site.toml").read_text("utf-8")
    (site / "site.toml").write_text(settings.replace('unsorted = "site"', 'unsorted = "report"'), "utf-8")
    run(site, "build", "--frozen")
    assert "الشطرنج" not in (site / "_site" / "en" / "changes" / "index.html").read_text("utf-8")
    (site / "content" / "articles" / "chess.toml").write_text('topics = ["central-asia"]\n', "utf-8")
    run(site, "build", "--frozen")
    assert changes(site) == ["New"]


def test_a_sentence_of_a_story_that_nobody_reads_does_not_fail_a_strict_build(site: Path) -> None:
    assert "3 sentences wait (3 of them in stories off the site)." in run(site, "build", "--strict")
    assert "chess" not in run(site, "status")
    list_it(site)
    assert "3 sentences wait." in run(site, "build", "--strict", code=1)
    assert "chess" in run(site, "status", code=1)


def test_the_page_of_changes_says_when_the_last_brief_was_closed(site: Path) -> None:
    page = site / "_site" / "en" / "changes" / "index.html"
    (site / "content" / "record.jsonl").unlink()
    run(site, "build", "--frozen")
    assert "No brief has been closed yet." in page.read_text("utf-8")
    run(site, "brief", "close")
    run(site, "build", "--frozen")
    told = re.sub(r"<[^>]+>", "", page.read_text("utf-8"))
    assert re.search(r"The last brief was closed on \d{1,2} [A-Z][a-z]+ \d{4}\.", told)
    assert "Nothing has changed since." in told


def test_a_story_that_gets_its_topic_after_the_brief_was_closed_is_new_and_gone_when_it_loses_it(site: Path) -> None:
    assert "closed with 3 stories" in run(site, "brief", "close")
    word = site / "content" / "articles" / "chess.toml"
    word.write_text('topics = ["central-asia"]\n', "utf-8")
    run(site, "build", "--frozen")
    assert changes(site) == ["New"]
    assert "closed with 4 stories" in run(site, "brief", "close")
    word.unlink()
    run(site, "build", "--frozen")
    assert changes(site) == ["Gone"]
