"""Pages that are too long, too slow or too many: named, within bounded time and memory, and the others are built."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import support_attack as attack

from site_src.pipeline.budget import TooSlowError, within


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
    (articles / "brief.txt").write_text("خبر طويل عن النهر\n\n" + "\n\n".join(lines[:9000]), "utf-8")
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


def runaway() -> None:
    """Work that stops nothing by itself, and keeps every error to itself."""
    while True:
        try:
            re.search("(?:a+)+b", "a" * 60)
        except Exception:
            continue


def test_work_is_stopped_whatever_it_does_and_leaves_no_alarm_behind() -> None:
    before = signal.getsignal(signal.SIGPROF)
    with pytest.raises(TooSlowError):
        within(0.05, runaway)
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
