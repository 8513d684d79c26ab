"""The example site: it shows every state, on invented news, and never mixes with the real one."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from support_site import ROOT, TINY, run, tree

DEMO = ROOT / "examples" / "demo"
MADE = shutil.ignore_patterns("_site", ".cache", "models", ".backup", "*.bak")
STATES = {"source", "approved", "machine", "withheld", "pending", "stale", "draft"}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example, built as its README says: not frozen."""
    site = tmp_path_factory.mktemp("demo")
    shutil.copytree(DEMO, site, dirs_exist_ok=True, ignore=MADE)
    run("build", "--quiet", "--config", str(site / "site.toml"))
    return site


@pytest.fixture(scope="module")
def briefing(demo: Path) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((demo / "_site" / "briefing.json").read_text("utf-8"))
    return made


def renderings(briefing: dict[str, Any]) -> list[dict[str, Any]]:
    editions = [edition for story in briefing["stories"] for edition in story["editions"].values()]
    return [one for edition in editions for one in (edition["title"], *edition["sentences"])]


def story(briefing: dict[str, Any], slug: str) -> dict[str, Any]:
    return next(one for one in briefing["stories"] if one["slug"] == slug)


def test_the_example_shows_every_state_and_every_origin(briefing: dict[str, Any]) -> None:
    assert {one["state"] for one in renderings(briefing)} == STATES
    approved = {one["origin"] for one in renderings(briefing) if one["state"] == "approved"}
    assert approved == {"authors", "editor"}


@pytest.mark.parametrize("code", ["en", "ar"])
def test_its_own_page_leads_to_each_story_that_it_names(demo: Path, code: str) -> None:
    page = demo / "_site" / code / "about" / "index.html"
    links = re.findall(r'href="(\.\./stories/[^"]+)"', page.read_text("utf-8"))
    assert len(links) == 8 and all((page.parent / link).is_file() for link in links)


def test_of_the_days_of_a_story_the_one_of_its_publication_is_told_from_those_in_its_text(
    briefing: dict[str, Any],
) -> None:
    days = [(one["en"], one["field"]) for one in story(briefing, "nuclear-fuel")["facts"]["when"]]
    assert days == [("25 October 2026", "published"), ("2027", None)]


def test_one_sentence_is_withheld_by_a_check_and_one_by_a_person(briefing: dict[str, Any]) -> None:
    withheld = [one for one in renderings(briefing) if one["state"] == "withheld"]
    assert {one["origin"] for one in withheld} == {"machine", "editor"}
    assert all(one["text"] is None for one in withheld)


def test_what_is_called_machine_translation_names_its_engine_and_version(briefing: dict[str, Any]) -> None:
    engines = {one["engine"] for one in renderings(briefing) if one["origin"] == "machine"}
    assert engines == {"Argos Translate, Arabic-English package 0.1"}
    assert all(one["engine"] is None for one in renderings(briefing) if one["origin"] != "machine")


def test_the_small_package_still_says_what_the_example_says_it_made(demo: Path, tmp_path: Path) -> None:
    """No text is ascribed to an engine that did not make it: the same package makes the same words again."""
    site = tmp_path / "again"
    shutil.copytree(demo, site, ignore=MADE)
    settings = (site / "site.toml").read_text("utf-8")
    (site / "site.toml").write_text(settings.replace("engines = []", 'engines = ["argos"]'), "utf-8")
    config = ("--config", str(site / "site.toml"))
    run("models", "install", "--file", str(TINY), *config)
    run("translate", "water-summit", "oil-exemption", "--redo", "--quiet", *config)
    for slug in ("water-summit", "oil-exemption"):
        said, again = ((folder / "content" / "translations" / f"{slug}.en.po").read_text("utf-8").splitlines()
                       for folder in (demo, site))  # fmt: skip
        scored = "#. score:"
        assert [line for line in said if not line.startswith(scored)] == [
            line for line in again if not line.startswith(scored)
        ]


def test_both_topics_an_unsorted_story_and_merged_copies_are_there(demo: Path, briefing: dict[str, Any]) -> None:
    assert {slug for one in briefing["stories"] for slug in one["topics"]} == {"central-asia", "hungary-energy"}
    assert [one["slug"] for one in briefing["stories"] if not one["topics"]] == ["almaty-chess"]
    assert len(story(briefing, "aktau-grain-berth")["sources"]) == 2
    saved = [path for path in (demo / "content" / "articles").iterdir() if path.suffix != ".toml"]
    assert len(saved) >= 12
    assert {path.suffix for path in saved} == {".txt", ".md", ".html"}


def test_every_heading_of_the_first_page_faces_its_own_in_the_other_language(demo: Path) -> None:
    for code, other in (("en", "خارج المواضيع"), ("ar", "Not sorted into a topic")):
        heads = (demo / "_site" / code / "index.html").read_text("utf-8").split('<div class="topichead">')[1:]
        assert len(heads) == 3 and all('<div class="facing">' in head.split("<article")[0] for head in heads)
        assert f'">{other}</p></div>' in heads[2].split("<article")[0]


@pytest.mark.parametrize(
    ("name", "options", "begins"),
    [
        ("brief.html", (), b"<!DOCTYPE html>"),
        ("brief.md", (), b"# "),
        ("brief.EML", (), b"Subject: "),
        ("brief.docx", (), b"PK"),
        ("brief.md", ("--format", "html"), b"<!DOCTYPE html>"),
    ],
)
def test_one_file_is_of_the_format_that_its_name_says(
    demo: Path, tmp_path: Path, name: str, options: tuple[str, ...], begins: bytes
) -> None:
    run("export", *options, "--out", str(tmp_path / name), "--config", str(demo / "site.toml"))
    assert begins in (tmp_path / name).read_bytes()[:200]


def test_what_a_page_does_not_state_is_unknown(briefing: dict[str, Any]) -> None:
    assert story(briefing, "pasted-without-a-title")["title"]["status"] == "inferred"
    assert story(briefing, "fergana-market")["published"] is None
    assert story(briefing, "ashgabat-pipeline")["sources"][0]["outlet"] is None


def test_a_page_with_two_articles_gives_a_story_to_each_topic(briefing: dict[str, Any]) -> None:
    assert story(briefing, "two-on-one-page")["topics"] == ["central-asia"]
    assert story(briefing, "two-on-one-page-2")["topics"] == ["hungary-energy"]


def test_since_the_last_brief_there_are_new_changed_and_lost_stories(demo: Path) -> None:
    page = (demo / "_site" / "en" / "changes" / "index.html").read_text("utf-8")
    for word in ("New", "Changed", "Gone"):
        assert f">{word}</h2>" in page
    assert "جسر للمشاة في خجند" in page


def test_the_story_that_is_told_on_leads_back_to_its_first_report(demo: Path) -> None:
    page = (demo / "_site" / "en" / "stories" / "aktau-first-ship.html").read_text("utf-8")
    assert "aktau-grain-berth.html" in page
    other = (demo / "_site" / "en" / "stories" / "dam-and-village.html").read_text("utf-8")
    assert "Markdown" in other
    assert "a few hundred hectares" in other


def test_every_page_says_that_it_is_an_example(demo: Path) -> None:
    pages = {path: path.read_text("utf-8") for path in (demo / "_site").rglob("*.html")}
    assert len(pages) > 50
    assert not [path for path, page in pages.items() if "Mujaz demo" not in page or "مثال موجز" not in page]
    told = ("every outlet, person and event in it is invented", "كل منبر وشخص وحدث فيه من نسج الخيال")
    silent = [path.name for path, page in pages.items() if not any(words in page for words in told)]
    assert silent == ["404.html"]


def test_a_build_changes_nothing_of_the_example_and_two_builds_are_alike(demo: Path, tmp_path: Path) -> None:
    run("build", "--quiet", "--config", str(demo / "site.toml"), "--out", str(tmp_path / "b"), "--cache", str(tmp_path))
    assert tree(demo / "_site") == tree(tmp_path / "b")
    shutil.copytree(DEMO / "content", tmp_path / "shipped", ignore=MADE)
    shutil.copytree(demo / "content", tmp_path / "built", ignore=MADE)
    assert tree(tmp_path / "shipped") == tree(tmp_path / "built")


def test_a_strict_build_of_the_example_fails_because_it_shows_what_is_open(demo: Path) -> None:
    said = run("check", "--quiet", "--config", str(demo / "site.toml"), code=1)
    assert "strict: " in said.stderr and "status --config" in said.stderr and said.stdout == ""


def test_no_text_of_the_example_is_in_the_real_site_and_none_of_that_here() -> None:
    def articles(content: Path) -> set[str]:
        found = tree(content / "articles").values()
        return {line for page in found for line in page.decode().splitlines() if len(line) > 60}

    assert articles(DEMO / "content")
    assert not articles(DEMO / "content") & articles(ROOT / "content")
    demo_slugs, real_slugs = (
        {json.loads(line)["slug"] for line in (content / "record.jsonl").read_text("utf-8").splitlines()}
        for content in (DEMO / "content", ROOT / "content")
    )
    assert not demo_slugs & real_slugs
