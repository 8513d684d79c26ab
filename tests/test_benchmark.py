"""The comparison with other generators: its corpus, its tables and its plot. Nothing here is timed."""

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import compare
import corpus
import documents
import generators
import goals
import plot
import processes
import pytest
import report
import results
from hypothesis import given
from hypothesis import strategies as st
from results import Results, Row
from rounds import edit

from site_src.cli import main

ROOT = Path(__file__).parent.parent

GENERATORS = generators.load()
PEERS = [name for name, generator in GENERATORS.items() if generator.packages]
SVG = "{http://www.w3.org/2000/svg}"


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def header(page: Path) -> dict[str, str]:
    lines = page.read_text("utf-8").split("---\n")[1].splitlines()
    return dict(line.split(": ", 1) for line in lines)


def test_as_many_pages_carry_a_second_report_as_others_carry_a_copy() -> None:
    texts = [text for page in corpus.briefing(300) for text in page]
    assert Counter(map(corpus.is_copy, texts)) == {False: 300, True: len(texts) - 300}
    assert len({text.story for text in texts}) == 300 < len(texts)


def test_a_report_speaks_of_the_trades_of_its_topic_and_of_no_other() -> None:
    for text, *_ in corpus.briefing(60):
        own = set(corpus.GRAMMAR["topic"][corpus.topic_of(text)]["trades"])
        words = " ".join((text.title, *text.paragraphs))
        assert {trade for trade in corpus.GRAMMAR["trade"] if trade in words} <= own


def test_copies_share_the_topic_of_their_report() -> None:
    topics: dict[int, set[int]] = {}
    for page in corpus.briefing(200, copies=0.3):
        for text in page:
            topics.setdefault(text.story, set()).add(corpus.topic_of(text))
    assert all(len(found) == 1 for found in topics.values())


@pytest.mark.parametrize("name", list(GENERATORS))
def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(name: str, tmp_path: Path) -> None:
    for folder, seed in (("a", 7), ("b", 7), ("c", 8)):
        documents.make_site(GENERATORS[name], tmp_path / folder, 12, seed)
    assert files(tmp_path / "a") == files(tmp_path / "b") != files(tmp_path / "c")


@pytest.mark.parametrize("name", PEERS)
def test_a_peer_gets_each_report_once_in_each_language(name: str, tmp_path: Path) -> None:
    peer = GENERATORS[name]
    documents.make_site(peer, tmp_path / "site", 30, 7)
    for lang in documents.LANGUAGES:
        slugs = [f"story-{number:05}" for number in range(40)]
        places = [tmp_path / "site" / peer.document_path(lang).format(slug=slug) for slug in slugs]
        assert sum(place.exists() for place in places) == 30
        headers = [header(place) for place in places if place.exists()]
        assert {each["lang"] for each in headers} == {lang}
        assert len({each["slug"] for each in headers}) == 30


def test_no_value_of_a_header_can_be_taken_for_anything_but_plain_words(tmp_path: Path) -> None:
    documents.make_site(GENERATORS["hugo"], tmp_path / "site", 60, 7)
    for page in (tmp_path / "site").glob("content/*/stories/*.md"):
        for value in header(page).values():
            assert ": " not in value and " #" not in value and value.strip() == value
            assert value[0] not in "\"'[{&*!|>%@`#-?:,"


def test_lists_for_a_tool_that_makes_none_name_every_story_once(tmp_path: Path) -> None:
    documents.make_site(GENERATORS["mkdocs"], tmp_path / "site", 40, 7)
    for lang in documents.LANGUAGES:
        lists = (tmp_path / "site" / "docs" / lang).glob("topics/*/index.md")
        rows = [line for page in lists for line in page.read_text("utf-8").splitlines() if line.startswith("- ")]
        assert len(rows) == len(set(rows)) == 40


def test_our_site_shows_the_reports_under_their_topics(tmp_path: Path) -> None:
    documents.make_site(GENERATORS["mujaz"], site := tmp_path / "site", 24, 7)
    assert main(["build", "--config", str(site / "site.toml"), "--frozen", "--quiet"]) == 0
    for lang in documents.LANGUAGES:
        edition = site / "_site" / lang
        assert len(list(edition.glob("stories/*.html"))) == 24
        assert len(list(edition.glob("topics/*/index.html"))) == len(corpus.GRAMMAR["topic"])
        assert not any((edition / name).exists() for name in ("names", "archive", "search"))


@pytest.mark.parametrize("name", ["hugo", "mujaz"])
def test_an_edit_adds_a_sentence_to_each_paragraph_of_one_article(name: str, tmp_path: Path) -> None:
    documents.make_site(GENERATORS[name], site := tmp_path / "site", 9, 7)
    before = files(site)
    edit(site, GENERATORS[name].articles, 3)
    (changed,) = [path for path, content in files(site).items() if content != before[path]]
    assert Path(changed).match(GENERATORS[name].articles)
    ended = [block for block in before[changed].decode().split("\n\n") if block.endswith(".")]
    assert len(ended) > 3
    assert files(site)[changed].count(b".") == before[changed].count(b".") + len(ended)


def test_a_site_that_was_edited_is_shown_with_the_edit(tmp_path: Path) -> None:
    documents.make_site(GENERATORS["mujaz"], site := tmp_path / "site", 3, 7)
    build = ["build", "--config", str(site / "site.toml"), "--frozen", "--quiet"]
    assert main(build) == 0
    before = files(site / "_site")
    edit(site, GENERATORS["mujaz"].articles, 0)
    assert main(build) == 0
    assert [path for path, content in files(site / "_site").items() if content != before.get(path)]


def test_a_process_that_fails_is_reported_with_its_last_words(tmp_path: Path) -> None:
    script = "print('first'); raise SystemExit('no such theme')"
    with pytest.raises(processes.ProcessError, match="ended with 1: no such theme"):
        processes.run([sys.executable, "-c", script], tmp_path, {}, tmp_path / "log")


def test_what_a_child_costs_counts_as_its_parents(tmp_path: Path) -> None:
    big = "b = bytearray(150 * 2**20); b[::4096] = b[::4096]"
    script = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {big!r}])"
    assert processes.run([sys.executable, "-c", script], tmp_path, {}, tmp_path / "log").peak > 150


def test_a_generator_whose_installer_is_not_there_says_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(generators.InstallError, match="npm is not on this machine"):
        generators.install(GENERATORS["eleventy"], tmp_path, lambda words: None)


def test_an_installed_generator_is_not_installed_again(tmp_path: Path) -> None:
    program = tmp_path / "pelican" / "bin" / "pelican"
    program.parent.mkdir(parents=True)
    program.touch()
    messages: list[str] = []
    assert generators.install(GENERATORS["pelican"], tmp_path, messages.append) == str(program)
    assert not messages


def test_an_unknown_generator_is_refused_and_the_known_ones_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        compare.parse_options(["--peers", "hugo,jekyll"])
    assert "there is no generator jekyll; there are hugo, eleventy" in capsys.readouterr().err


def row(generator: str, kind: str = "cold", size: int = 100, **more: object) -> Row:
    usual = Row(generator, size, kind, 2.5, 3.0, 80.0, 1.25, 3, 219, 4.0, "1.0", "2026-01-02")
    return replace(usual, **more)


RESULTS = Results("A machine", (row("hugo", ratio=1.0), row("hugo", "same"), row("mujaz"), row("mujaz", "preview")),
                {"nikola": "could not be installed: npm is not on this machine"})  # fmt: skip


def test_figures_come_back_from_their_file(tmp_path: Path) -> None:
    results.save(tmp_path / "found.json", RESULTS)
    assert results.load(tmp_path / "found.json") == RESULTS
    assert results.load(tmp_path / "none.json") == Results()


def test_new_figures_take_the_place_of_older_ones_of_the_same_build() -> None:
    both = results.merge(RESULTS, "A machine", [row("mujaz", cpu=1.0), row("nikola", size=200)], {})
    assert both.find(100, "mujaz", "cold") == row("mujaz", cpu=1.0)
    assert both.find(100, "hugo", "cold") == row("hugo", ratio=1.0)
    assert both.sizes == [100, 200]


def test_what_was_missing_is_forgotten_when_it_is_measured_and_kept_when_it_fails_at_one_size() -> None:
    assert not results.merge(RESULTS, "A machine", [row("nikola")], {}).missing
    failed = {"nikola": "failed at 200 articles: it ended with 1"}
    assert results.merge(RESULTS, "A machine", [row("nikola")], failed).missing == failed
    assert results.merge(RESULTS, "A machine", [row("mujaz")], {}).missing == RESULTS.missing


def test_figures_of_another_machine_are_not_kept_beside_new_ones() -> None:
    assert results.merge(RESULTS, "Another", [row("mujaz")], {}).rows == (row("mujaz"),)


def test_the_page_has_a_row_for_every_figure_and_a_reason_for_what_is_missing() -> None:
    page = report.page(RESULTS, GENERATORS)
    rows = [line for line in page.splitlines() if line.startswith(("| Hugo", "| Mujaz"))]
    assert len(rows) == len(RESULTS.rows)
    assert all(line.count("|") == report.HEAD.splitlines()[0].count("|") for line in rows)
    assert "- Nikola could not be installed: npm is not on this machine." in page


def test_a_goal_is_met_at_its_limit_and_not_above_it() -> None:
    goal = goals.Goal("CPU seconds", 100, "cold", "cpu", 2.5)
    assert goals.table([goal], RESULTS).endswith("| CPU seconds | 100 | 2.5 | 2.50 | yes |")
    assert goals.table([replace(goal, limit=2.4)], RESULTS).endswith("| 2.4 | 2.50 | **no** |")


def test_a_goal_of_growth_needs_both_sizes() -> None:
    growth = goals.Goal("growth", 500, "cold", "cpu", 5.5, base_size=100)
    assert growth.value(RESULTS) is None
    both = results.merge(RESULTS, "A machine", [row("mujaz", size=500, cpu=10.0)], {})
    assert growth.value(both) == 4.0


def test_every_goal_names_a_figure_and_a_build_that_are_measured() -> None:
    for goal in goals.load():
        assert goal.kind in results.KINDS
        assert replace(goal, size=100, base_size=0).value(Results("", (row("mujaz", goal.kind),))) is not None


def test_the_page_tells_who_wrote_another_number_of_pages() -> None:
    unequal = replace(RESULTS, rows=(*RESULTS.rows, row("pelican", pages=300), row("mkdocs", pages=222)))
    sentences = report.page_differences(unequal, GENERATORS)
    assert sentences == ["- Pelican wrote 300 pages at 100 articles, Hugo 219."]


def test_the_plot_is_well_formed_and_tells_in_words_what_it_shows() -> None:
    picture = ElementTree.fromstring(plot.svg(RESULTS, GENERATORS))
    title, described = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")
    assert title is not None and title.text and "100 articles" in title.text
    assert described is not None and described.text == plot.summary(RESULTS, GENERATORS)
    assert picture.get("aria-labelledby") == f"{title.get('id')} {described.get('id')}"
    marks = [mark.findtext(f"{SVG}title") for mark in picture.iter(f"{SVG}g")]
    assert marks == [
        "Hugo, cold: 1.00 times, 2.50 CPU seconds", "Hugo, nothing changed: 1.25 times, 2.50 CPU seconds",
        "Mujaz, cold: 1.25 times, 2.50 CPU seconds",
    ]  # fmt: skip


@given(st.lists(st.floats(0.001, 1000), min_size=2, max_size=20))
def test_a_greater_ratio_lies_further_right_and_inside_the_picture(ratios: list[float]) -> None:
    scale = plot.Scale(ratios)
    places = [scale.x(ratio) for ratio in sorted(ratios)]
    assert places == sorted(places)
    assert places[0] >= plot.LEFT - 1e-6 and places[-1] <= plot.WIDTH - plot.RIGHT + 1e-6


def test_the_published_page_and_plot_are_those_of_the_published_figures() -> None:
    docs = ROOT / "docs"
    found = results.load(docs / report.DATA)
    assert (docs / report.PAGE).read_text("utf-8") == report.page(found, GENERATORS)
    assert (docs / report.PICTURE).read_text("utf-8") == plot.svg(found, GENERATORS)
