"""Pages that are too long, too slow or too many: named, within bounded time and memory, and the others are built."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
import time
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import pytest
import support_attack as attack
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from site_src import merge
from site_src.model.fields import Found
from site_src.model.page import Article, ParsedPage, RawPage
from site_src.parse.formats.html.crowded import CrowdedTagError, refuse_crowded
from site_src.pipeline import briefs, pages
from site_src.pipeline.budget import culprits, within
from site_src.render import catalogue, machine, story
from site_src.text.names import NameBook
from site_src.text.normal_forms import normalized
from site_src.translate import editions


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return attack.make(tmp_path / "site")


def test_a_page_of_five_thousand_sentences_is_one_story(site: Path) -> None:
    words = [f"وقال الخبير رقم {number} إن مياه النهر تكفي {number + 3} قرية في كازاخستان." for number in range(5000)]
    text = "\n\n".join(" ".join(words[start : start + 10]) for start in range(0, 5000, 10))
    (site / "content" / "articles" / "long.txt").write_text(f"تقرير طويل عن مياه النهر\n\n{text}\n", "utf-8")
    report = attack.build_here(site)
    assert (report.articles, report.stories) == (3, 3)


def test_pages_that_take_too_long_are_named_and_the_others_are_built(site: Path) -> None:
    articles, rules = site / "content" / "articles", (site / "site.toml").read_text("utf-8")
    lines = [f"وقال الخبير رقم {number} إن مياه النهر تكفي {number + 3} قرية في كازاخستان." for number in range(30_000)]
    (articles / "read.html").write_text(f"<html><body>{''.join(f'<p>{line}</p>' for line in lines)}</body></html>")
    (articles / "brief.txt").write_text(
        "مياه النهر تكفي آلاف القرى في كازاخستان\n\n" + "\n\n".join(lines[:9000]), "utf-8"
    )
    (site / "site.toml").write_text(rules.replace("[site]", "[site]\nseconds_per_page = 0.5"), "utf-8")
    report = attack.build_here(site)
    slow = {problem.file: problem.what for problem in report.problems if problem.code == "too-slow"}
    assert slow == dict.fromkeys(
        ["read.html", "brief.txt"], "took more than 0.5 seconds to understand and was left out"
    )
    assert {path.stem for path in (site / "_site" / "en" / "stories").iterdir()} == {"canal", "lake"}
    (articles / "read.html").unlink()
    (site / "site.toml").write_text(rules, "utf-8")
    assert [problem.code for problem in attack.build_here(site).problems] == []
    assert (site / "_site" / "en" / "stories" / "brief.html").is_file()


def test_a_page_on_which_the_program_fails_is_named_and_the_others_are_built(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pages.parse_page

    def failing(page: RawPage, languages: tuple[str, ...]) -> ParsedPage:
        if page.file == "lake.txt":
            raise IndexError("string index out of range")
        return real(page, languages)

    monkeypatch.setattr(pages, "parse_page", failing)  # no page is known on which it does
    report = attack.build_here(site)
    failed = [(problem.file, problem.code, problem.severity) for problem in report.problems]
    assert failed == [("lake.txt", "page-failed", "error")]
    assert "IndexError: string index out of range" in report.problems[0].what
    assert {path.stem for path in (site / "_site" / "en" / "stories").iterdir()} == {"canal"}


def test_a_story_that_the_program_fails_to_brief_is_named_and_the_others_are_built(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = briefs.make_title

    def failing(article: Article, names: NameBook) -> Found[str]:
        if article.file == "lake.txt":
            raise KeyError("lake")
        return real(article, names)

    with monkeypatch.context() as patch:
        patch.setattr(briefs, "make_title", failing)  # no story is known on which it does
        report = attack.build_here(site)
    failed = [(problem.file, problem.code, problem.severity) for problem in report.problems]
    assert failed == [("lake.txt", "page-failed", "error")]
    assert {path.stem for path in (site / "_site" / "en" / "stories").iterdir()} == {"canal"}
    assert attack.build_here(site).problems == (), "a story that was left out is not remembered as such"
    assert {path.stem for path in (site / "_site" / "en" / "stories").iterdir()} == {"canal", "lake"}


@pytest.mark.parametrize(("module", "function", "slug_of"), [
    (merge, "rank", lambda article, _: article.file.removesuffix(".txt")),
    (editions, "render_segments", lambda asked, *_: asked.slug),
    (catalogue, "_line", lambda brief, _: brief.story.slug),
    (story, "fact_lists", lambda _composer, entry, *_: entry.slug),
    (machine, "_story", lambda entry: entry.slug),
])  # fmt: skip
def test_a_story_that_any_further_stage_is_at_fault_on_is_named_and_the_others_are_built(
    site: Path, monkeypatch: pytest.MonkeyPatch, module: ModuleType, function: str, slug_of: Callable[..., str]
) -> None:
    attack.build_here(site)
    real = getattr(module, function)

    def failing(*arguments: Any, **named: Any) -> Any:
        if slug_of(*arguments) == "lake":
            raise ZeroDivisionError("division by zero")
        return real(*arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr(module, function, failing)
        attack.turn(site, 1)
        report = attack.build_here(site)
    failed = [(problem.file, problem.code, problem.severity) for problem in report.problems]
    assert failed == [("lake.txt", "page-failed", "error")]
    assert "ZeroDivisionError: division by zero" in report.problems[0].what
    assert {path.stem for path in (site / "_site" / "en" / "stories").iterdir()} == {"canal"}
    assert "lake" not in (site / "_site" / "en" / "index.html").read_text("utf-8")
    assert attack.build_here(site).problems == ()
    assert {path.stem for path in (site / "_site" / "en" / "stories").iterdir()} == {"canal", "lake"}


def test_a_fault_that_every_story_meets_stops_the_build_and_the_old_site_stays(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attack.build_here(site)
    before = (site / "_site" / "en" / "stories" / "lake.html").read_bytes()

    def failing(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(catalogue, "_line", failing)
    with pytest.raises(ZeroDivisionError):
        attack.build_here(site)
    assert (site / "_site" / "en" / "stories" / "lake.html").read_bytes() == before


def test_of_many_items_the_culprits_are_found_with_the_work_done_about_twice() -> None:
    items, done = list(range(1024)), []

    def work(some: Sequence[int]) -> None:
        for one in some:
            done.append(one)
            if one == 700:
                raise IndexError(one)

    assert [(item, str(fault)) for item, fault in culprits(items, work)] == [(700, "700")]
    assert len(done) < 3 * len(items)
    assert culprits([700], work) == []


def crowded(attributes: int) -> str:
    """A tag that libxml2 takes the square of the number of its attributes for: 8 s of one call for 80,000."""
    return f"<p {' '.join(f'n{number}=1' for number in range(attributes))}>وقال الخبير إن المياه تكفي.</p>"


def test_no_one_call_of_a_library_holds_a_build_beyond_what_a_page_may_take(site: Path) -> None:
    articles, many = site / "content" / "articles", crowded(100_000)
    (articles / "wide.html").write_text(f"<html>\n<body>\n<p title='<p>'>نص</p>\n{many}</body></html>", "utf-8")
    (articles / "framed.html").write_text(f'<html><body><iframe srcdoc="{many}"></iframe></body></html>', "utf-8")
    (articles / "deep.html").write_text(f"{'<div>' * 3000}\n<p>نص</p>{many}", "utf-8")
    (articles / "hidden.html").write_text(f"{'<div>' * 3000}\n<<i>{many[1:]}", "utf-8")
    (articles / "mail.mhtml").write_text(f"MIME-Version: 1.0\nContent-Type: text/html\n\n{many}", "utf-8")
    (articles / "marks.txt").write_text("خبر عن النهر\n\nا" + "\u0300\u0316" * 150_000, "utf-8")
    began = time.process_time()
    report = attack.build_here(site)
    assert time.process_time() - began < 20
    said = {(problem.file, problem.code, problem.line) for problem in report.problems if problem.file != "marks.txt"}
    lines = {"wide.html": 4, "framed.html": 1, "deep.html": 2, "hidden.html": 2, "mail.mhtml": 1}
    assert said == {(file, "crowded-tag", line) for file, line in lines.items()}
    assert [problem.file for problem in report.problems if problem.file == "marks.txt"] == ["marks.txt"]
    assert {path.stem for path in (site / "_site" / "en" / "stories").iterdir()} == {"canal", "lake"}


def test_a_page_with_more_attributes_than_usual_is_read(site: Path) -> None:
    text = "".join(f"<p>وقال الخبير رقم {n} إن مياه النهر تكفي {n + 3} قرية في كازاخستان.</p>" for n in range(1000))
    page = f"<html><body><h1>تقرير طويل عن مياه النهر</h1>{text}{crowded(900)}</body></html>"
    (site / "content" / "articles" / "usual.html").write_text(page, "utf-8")
    report = attack.build_here(site)
    assert (report.problems, report.stories) == ((), 3)


PIECES = ["<p ", "<a\n", "</p ", "<br/", "<!--", "-->", "<!", "<script>", "</script>", "<textarea ", "<?x ", "<_b ",
          "<é ", ">", "/>", " a=1", " b='", "'", ' c= "', '"', "d", "\ne", "/f ", " g=h", "=", "<", " نص ", "&lt;",
          "<body ", "<html i=1 ", "j=1", "\r\n", *(f" {name}" for name in "klmnopqrs")]  # fmt: skip
"""Ends and beginnings of whatever a tokenizer tells apart, and names of attributes."""


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_a_page_is_refused_for_the_attributes_that_its_elements_would_have(parts: list[str]) -> None:
    markup = "".join(["<html><body>", *parts]).encode()
    root = etree.fromstring(markup, etree.HTMLParser(encoding="utf-8", huge_tree=True, recover=True))
    most = max(len(element.attrib) for element in root.iter(etree.Element))
    refuse_crowded(markup, max(most, 8), 0)
    if most:
        with pytest.raises(CrowdedTagError) as told:
            refuse_crowded(markup, most - 1, 0)
        assert 1 <= told.value.line <= len(markup.splitlines())


MARKS = st.text(
    st.sampled_from("\u0300\u0316\u064e\u0651\u0654\u0345\u0f73\u0344\u3099\uff9eاeだ한fiﷺ .…«"), max_size=90
)


@pytest.mark.parametrize("form", ["NFC", "NFKC", "NFKD"])
@given(before=MARKS, after=MARKS)
def test_a_text_with_piles_of_marks_says_what_it_said(
    form: Literal["NFC", "NFKC", "NFKD"], before: str, after: str
) -> None:
    text = f"{before}{'ا' * 2000}{after}"
    made = normalized(form, text)
    assert unicodedata.normalize(form, made) == unicodedata.normalize(form, text)
    assert made == unicodedata.normalize(form, text) or len(after) >= 30 or len(before) >= 30


def runaway() -> str:
    """Work that stops nothing by itself, and keeps every error to itself."""
    while True:
        try:
            re.search("(?:a+)+b", "a" * 60)
        except Exception:
            continue


def test_work_is_stopped_whatever_it_does_and_leaves_no_alarm_behind() -> None:
    before = signal.getsignal(signal.SIGPROF)
    assert within(0.05, runaway) is None
    assert within(0.05, lambda: "in time") == "in time"
    assert signal.getsignal(signal.SIGPROF) is before
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_work_beside_the_main_thread_is_done_without_a_limit() -> None:
    results: list[int] = []
    thread = threading.Thread(target=lambda: results.append(within(0.001, lambda: sum(range(1_000_000)))))
    thread.start()
    thread.join()
    assert results == [499_999_500_000]


PEAK = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:])
_, status, used = os.wait4(child.pid, 0)
print(used.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""Runs a command and prints its most memory in KiB. Linux counts that of whoever starts it too: this must be small."""


def test_thousands_of_tiny_files_are_told_by_their_kinds_in_bounded_memory(site: Path) -> None:
    words, files = [b"", b"x", "كلمة".encode(), b"\xff\xfe", b"<p>"], 2000
    folder = site / "content" / "articles" / "tiny"
    folder.mkdir()
    for number in range(files):
        (folder / f"{number}.txt").write_bytes(words[number % len(words)])
    command = [sys.executable, "-c", PEAK, *attack.command(site, "build", "--frozen")]
    with (site / "log").open("w+") as log:
        done = subprocess.run(command, cwd=attack.ROOT, stdout=log, stderr=subprocess.STDOUT, check=False)
        log.seek(0)
        said, _, peak = log.read().rstrip().rpartition("\n")
    assert done.returncode == 0 and f"2 pages read, {files} refused, 2 articles" in said
    told, counted = said.count(" tiny/"), re.findall(r"^([\d,]+) more of this kind", said, re.MULTILINE)
    assert told <= 3 * 50 and told + sum(int(number.replace(",", "")) for number in counted) == files
    assert int(peak) < 300 * 1024, f"{peak} KiB"
