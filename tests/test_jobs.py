"""Several processes give what one gives; one that is killed, and Ctrl-C, leave a sentence and nothing else behind."""

import multiprocessing
import operator
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from corpus import texts
from support_site import ROOT, news_site, tree

from site_src.cli import main
from site_src.pipeline.analysts import ALONE, AsWorthIt, Input, Work, analyst
from site_src.pipeline.processes import Several

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds the processes under /proc")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The shipped rules and names with twenty pages, one of them no page and one another's copy."""
    return news_site(tmp_path, 18)


def build(site: Path, *more: str) -> int:
    return main(["build", "--config", str(site / "site.toml"), "--frozen", *more])


def works(function: Callable[[object, object], object], common: object, shape: object) -> Work[object, object, object]:
    return Work(function, common, shape, "read")


def inputs(*values: object) -> list[Input[object]]:
    return [Input(f"{place}.txt", value, 10, b"") for place, value in enumerate(values)]


def test_two_processes_write_what_one_writes(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for jobs in ("1", "2"):
        shutil.rmtree(site / "_site", ignore_errors=True)
        shutil.rmtree(site / ".cache", ignore_errors=True)
        assert build(site, "--jobs", jobs) == 0
        said.append((tree(site / "_site"), capsys.readouterr().err))
    assert said[0] == said[1]
    assert "story-00003-empty.txt" in said[0][1]


def test_what_two_processes_made_is_remembered_for_one(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(site, "--jobs", "2") == 0
    (site / "content" / "articles" / "story-00004.txt").touch()
    (site / ".cache" / "finished").unlink()
    capsys.readouterr()
    assert build(site, "--jobs", "1") == 0
    assert capsys.readouterr().out.count("0 files written") == 1


def test_results_come_in_the_order_of_the_inputs() -> None:
    several = Several(2)
    try:
        assert list(several.each(works(operator.mul, 3, int), inputs(*range(100)))) == [3 * n for n in range(100)]
        assert list(several.each(works(operator.add, "a", str), inputs("b", "\ud800"))) == ["ab", "a\ud800"]
    finally:
        several.close()
    assert not multiprocessing.active_children()


def test_an_error_of_the_work_is_raised_here_with_the_place_where_it_arose() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        list(Several(2).each(works(operator.floordiv, 1, int), inputs(1, 0, 1)))
    assert "_answer" in "".join(caught.value.__notes__)
    assert not multiprocessing.active_children()


def test_processes_are_not_started_for_little_work() -> None:
    by = AsWorthIt(2, least=30)
    assert list(by.each(works(operator.mul, 3, int), inputs(1, 2))) == [3, 6]
    assert not multiprocessing.active_children()
    assert list(by.each(works(operator.mul, 3, int), inputs(1, 2, 3))) == [3, 6, 9]
    assert len(multiprocessing.active_children()) == 2
    by.close()
    assert not multiprocessing.active_children()


def test_nobody_is_asked_to_help_on_processors_that_others_keep_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getloadavg", lambda: (10_000.0, 0.0, 0.0))
    assert analyst(None) is ALONE
    assert analyst(1) is ALONE
    assert isinstance(analyst(2), AsWorthIt)


@pytest.mark.parametrize("typed", ["0", "-1", "x", "2.5", "", "1000", "٢"])
def test_a_number_of_processes_that_is_none_is_refused(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["build", f"--jobs={typed}"])
    assert end.value.code == 2
    assert f"{typed} is no number of processes; write one from 1 to 64" in capsys.readouterr().err


def begun(site: Path) -> "subprocess.Popen[str]":
    """A build of two processes, in a process group of its own as in a terminal, with enough to do to be caught."""
    for place in range(8):
        page = "\n\n".join(paragraph for text in texts(150, place) for paragraph in (text.title, *text.paragraphs))
        (site / "content" / "articles" / f"long-{place}.txt").write_text(page, "utf-8")
    command = [
        sys.executable,
        str(ROOT / "build.py"),
        "build",
        "--config",
        str(site / "site.toml"),
        "--frozen",
        "--jobs=2",
    ]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)


def group(leader: int) -> Iterator[tuple[int, int]]:
    """(process, its parent) for each process of the group that has not ended."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent, number = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(number) == leader and state != "Z":
            yield int(stat.parent.name), int(parent)


def workers(leader: int) -> list[int]:
    """The processes that another than the first one started."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        found = [process for process, parent in group(leader) if process != leader != parent]
        if len(found) == 2:
            return found
        time.sleep(0.01)
    raise AssertionError("no processes were started")


def assert_nothing_left(leader: int) -> None:
    until = time.monotonic() + 30
    while list(group(leader)):
        assert time.monotonic() < until, f"still there: {list(group(leader))}"
        time.sleep(0.01)


@linux
def test_a_process_that_is_killed_is_one_sentence_and_the_old_site_stays(site: Path) -> None:
    assert build(site) == 0
    before = tree(site / "_site")
    process = begun(site)
    os.kill(workers(process.pid)[0], signal.SIGKILL)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1, said
    assert "it was killed by the system (SIGKILL)" in said
    assert ".txt: a process that was to" in said
    assert "--jobs 1" in said
    assert "Traceback" not in said
    assert tree(site / "_site") == before
    assert_nothing_left(process.pid)


@linux
def test_ctrl_c_ends_every_process(site: Path) -> None:
    process = begun(site)
    workers(process.pid)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert not (site / "_site").exists()
    assert_nothing_left(process.pid)


@linux
def test_no_process_outlives_a_build_that_is_killed(site: Path) -> None:
    process = begun(site)
    workers(process.pid)
    process.kill()
    process.communicate(timeout=60)
    assert_nothing_left(process.pid)
