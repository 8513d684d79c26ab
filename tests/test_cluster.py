"""A scheduler and two workers give what one process gives, also when one of them is killed in the middle."""

import gc
import operator
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec import structs
from support_cluster import (
    HERE,
    Room,
    build,
    dies_always,
    dies_once,
    free_port,
    inputs,
    make_desk,
    marks,
    models_loaded,
    pid,
    room_in,
    started,
    tasks,
    until,
    works,
)
from support_site import ROOT, tree

from site_src.errors import INTERRUPTED, MujazError
from site_src.pipeline.analysts import ALONE, Input
from site_src.pipeline.cluster import Cluster, batched
from site_src.pipeline.spread import Spread
from site_src.settings import Translation
from site_src.translate.engines.argos import Argos
from site_src.translate.packages import manage

pytest.importorskip("distributed", reason="the optional package `distributed` is not installed")

PAIRS = [tuple(line.split("\t")) for line in (HERE / "argos" / "pairs.tsv").read_text("utf-8").splitlines()]


class Made(NamedTuple):
    """What a build left and said."""

    site: dict[str, bytes]
    content: dict[str, bytes]
    said: tuple[int, str, str]


def made(site: Path, code: int, out: str, err: str) -> Made:
    shutil.rmtree(site / "content" / "translations" / ".backup")  # what stood there before the last part was saved
    words = [re.sub(r"in [\d.]+ s", "", said).replace(str(site), "SITE") for said in (out, err)]
    return Made(tree(site / "_site"), tree(site / "content"), (code, words[0], words[1]))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def local(desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """What one process makes of it."""
    site = shutil.copytree(desk, tmp_path_factory.mktemp("local") / "site")
    return made(site, *build(site, "--jobs", "1"))


@pytest.fixture
def site(desk: Path, tmp_path: Path) -> Path:
    return shutil.copytree(desk, tmp_path / "site")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """Two workers, which are started anew when they are killed."""
    with room_in(tmp_path_factory.mktemp("room")) as made:
        made.worker("--nworkers", "2")
        with made.client(workers=2):
            yield made


@pytest.fixture
def cluster(room: Room) -> Iterator[Cluster]:
    by = Cluster(room.address)
    yield by
    by.close()


@pytest.fixture
def no_search_for_cycles() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


def test_a_cluster_translates_and_writes_what_one_process_writes_and_a_worker_loads_the_model_once(
    site: Path, room: Room, local: Made
) -> None:
    assert made(site, *build(site, "--scheduler", room.address)) == local
    assert local.said[0] == 0
    assert any(name.endswith(".po") for name in local.content)
    assert " 0 translated" not in local.said[1]
    with room.client(workers=2) as client:
        loaded = client.run(models_loaded).values()
    assert max(times for times, _ in loaded) == 1
    assert sum(again for _, again in loaded) > 2


def test_a_worker_that_is_killed_in_the_middle_of_a_build_loses_nothing(site: Path, room: Room, local: Made) -> None:
    with room.client(workers=2) as client:
        before = client.run(os.getpid)
    with room.midway(lambda worker: os.kill(before[worker], signal.SIGKILL)):
        assert made(site, *build(site, "--scheduler", room.address)) == local
    with room.client(workers=2) as client:
        assert len(set(client.run(os.getpid).values()) - set(before.values())) == 1


def test_ctrl_c_ends_a_build_and_leaves_the_old_site_and_no_task(site: Path, room: Room) -> None:
    (site / "_site").mkdir()
    (site / "_site" / "old.html").write_text("old")
    process = started(site, "--scheduler", room.address)
    with room.midway(lambda _: process.send_signal(signal.SIGINT)):
        _, said = process.communicate(timeout=120)
    assert process.returncode == INTERRUPTED
    assert b"Traceback" not in said
    assert tree(site / "_site") == {"old.html": b"old"}
    assert not list(site.glob(".*_site*"))
    with room.client() as client:
        until(lambda: not client.run_on_scheduler(tasks), "tasks are left")


def test_results_come_in_order_and_from_both_workers(cluster: Cluster, room: Room) -> None:
    with room.client(workers=2):
        assert list(cluster.each(works(operator.mul, 3), inputs(*range(40), size=7_000))) == [3 * n for n in range(40)]
        assert list(cluster.each(works(operator.add, "a"), inputs("b", "\ud800"))) == ["ab", "a\ud800"]
        assert len(set(cluster.each(works(pid, None), inputs(*range(20))))) == 2
        assert list(cluster.each(works(pid, None), [])) == []


def test_a_worker_that_its_work_kills_once_loses_nothing(cluster: Cluster, tmp_path: Path) -> None:
    assert list(cluster.each(works(dies_once, str(tmp_path)), inputs(*range(30)))) == [3 * n for n in range(30)]
    assert (tmp_path / "killed").read_text() == "xx"


def test_a_file_that_no_worker_survives_is_named_and_its_neighbours_are_not_blamed(cluster: Cluster) -> None:
    with pytest.raises(MujazError) as caught:
        list(cluster.each(works(dies_always, 7), inputs(*range(12), size=10_000)))
    assert str(caught.value).startswith("7.txt: every worker that was to read it was killed.")


def test_an_error_of_the_work_is_raised_here_with_the_place_where_it_arose(cluster: Cluster) -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        list(cluster.each(works(operator.floordiv, 1), inputs(1, 0, 1)))
    assert "_worked" in "".join(caught.value.__notes__)


@pytest.mark.parametrize(("size", "done"), [(50_000, 12), (10_000, 60)], ids=["soon", "after a long wait"])
def test_what_is_given_up_is_dropped_by_the_workers(
    size: int, done: int, cluster: Cluster, room: Room, tmp_path: Path, no_search_for_cycles: None
) -> None:
    results = cluster.each(works(marks, str(tmp_path)), inputs(*range(200), size=size))
    assert next(results) == 0
    results.close()
    with room.client() as client:
        until(lambda: not client.run_on_scheduler(tasks), "tasks are left")
    assert len(list(tmp_path.iterdir())) <= done


def test_processes_started_as_the_how_to_says_listen_on_this_machine_alone(room: Room) -> None:
    psutil = pytest.importorskip("psutil")
    first = [psutil.Process(process.pid) for process in room.processes]
    every = [one for process in first for one in (process, *process.children(recursive=True))]
    ports = [told.laddr for one in every for told in one.net_connections("inet") if told.status == "LISTEN"]
    assert {port.ip for port in ports} == {"127.0.0.1"}


def test_the_example_of_the_how_to_does_what_it_says(tmp_path: Path) -> None:
    """As it stands, but for the port and for the line that installs what is installed."""
    without = shutil.ignore_patterns("__pycache__", "_site", ".cache")
    for name in ("site_src", "templates", "content", "examples"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=without)
    for name in ("build.py", "site.toml"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / ".venv").symlink_to(sys.prefix)
    section = (ROOT / "docs" / "how-to" / "cluster.md").read_text("utf-8").partition("## An example\n")[2]
    shown = re.findall(r"^    (.*)", section.partition("\n## ")[0].replace("8786", str(free_port())), re.M)
    assert "pip install" in shown[0]
    script = "\n".join(["set -e -m", "trap 'kill $(jobs -p)' EXIT", *shown[1:], "wait", "trap - EXIT"])
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("\nthe same\n")
    assert done.stdout.count("14 pages read") == 2
    assert "distributed.worker - INFO - Run out-of-band function 'program'" in done.stderr


def test_batches_are_cut_by_bytes_and_reach_every_worker() -> None:
    sizes = [[one.size for one in batch] for batch in batched(inputs(*range(100), size=10_000), 2)]
    assert sizes == [[10_000] * 10] * 10
    assert [len(batch) for batch in batched(inputs(1, 2, 3, 4, size=10), 2)] == [1, 1, 1, 1]
    large = [Input("a", 0, 5, b""), Input("b", 0, 900_000, b""), Input("c", 0, 5, b"")]
    assert [[one.file for one in batch] for batch in batched(large, 1)] == [["a"], ["b"], ["c"]]


def test_an_engine_cut_into_chunks_translates_as_it_does_whole_and_keeps_its_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "users"))
    manage.install_file(HERE / "argos" / "tiny.argosmodel", tmp_path / "models")
    engine, sentences = Argos(Translation(), tmp_path), [arabic for arabic, _ in PAIRS]
    spread = [pair for part in Spread(engine, ALONE).translate(sentences, "ar", "en") for pair in part]
    whole = {place: out for part in engine.translate(sentences, "ar", "en") for place, out in part}
    scores = {place: out.score for place, out in dict(spread).items()}
    # The words are the same; a processor may add up in another order for another number of sentences at once.
    assert scores == pytest.approx({place: out.score for place, out in whole.items()}, abs=1e-4)
    assert {place: structs.replace(out, score=scores[place]) for place, out in whole.items()} == dict(spread)
    kept = engine.keeping()
    first = list(kept.translate(sentences[:2], "ar", "en"))
    shutil.rmtree(tmp_path / "models")
    assert list(kept.translate(sentences[:2], "ar", "en")) == first
