"""A scheduler and two workers give what one process gives, one of them killed; else a sentence says why not."""

import operator
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from support_cluster import dies_always, dies_once, marks, pid, tasks

from site_src import pipeline
from site_src.cli import main
from site_src.errors import MujazError
from site_src.pipeline import cluster
from site_src.pipeline.analysts import ALONE, Input, Work
from site_src.pipeline.cluster import Cluster, batched
from site_src.pipeline.spread import Spread
from site_src.places import find_places
from site_src.settings import Translation, load_settings
from site_src.translate import models
from site_src.translate.argos import Argos

distributed = pytest.importorskip("distributed", reason="the optional package `distributed` is not installed")

ROOT = Path(__file__).parent.parent
HERE = Path(__file__).parent
sys.path.append(str(ROOT / "benchmarks"))

from corpus import texts  # noqa: E402

PAIRS = [tuple(line.split("\t")) for line in (HERE / "argos" / "pairs.tsv").read_text("utf-8").splitlines()]
STARTED = subprocess.Popen[bytes]


def dask(*words: str, log: Path, paths: Sequence[Path] = (ROOT, HERE)) -> STARTED:
    """`dask ...` of this environment, in a process group of its own, able to import our package and this file.

    What kills workers is given up at the second death, for a worker takes seconds to start.
    """
    more = {"PYTHONPATH": os.pathsep.join(map(str, paths)), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    environment = os.environ | more
    with log.open("wb") as said:
        command = [sys.executable, "-m", "dask", *words, "--no-dashboard"]
        return subprocess.Popen(
            command, stdout=said, stderr=said, env=environment, cwd=log.parent, start_new_session=True
        )


def end(process: STARTED) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(60)


def until(found: Callable[[], object], what: str) -> None:
    """Wait until `found()` is true."""
    last = time.monotonic() + 60
    while not found():
        assert time.monotonic() < last, what
        time.sleep(0.05)


class Room:
    """A scheduler on loopback and its workers."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.processes: list[STARTED] = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self.scheduler = dask("scheduler", "--host", "127.0.0.1", "--port", str(port), log=folder / "scheduler.log")
        self.processes.append(self.scheduler)

    def worker(self, *more: str, paths: Sequence[Path] = (ROOT, HERE)) -> STARTED:
        name = f"worker-{len(self.processes)}"
        how = ("--nthreads", "1", "--local-directory", str(self.folder / name), *more)
        self.processes.append(dask("worker", self.address, *how, log=self.folder / f"{name}.log", paths=paths))
        return self.processes[-1]

    def close(self) -> None:
        for process in reversed(self.processes):
            if process.poll() is None:
                end(process)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """Two workers, which are started anew when they are killed."""
    made = Room(tmp_path_factory.mktemp("room"))
    try:
        made.worker()
        made.worker()
        with distributed.Client(made.address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield made
    finally:
        made.close()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The shipped rules and names with sixty pages of news, one of them no page and one another's copy."""
    articles = tmp_path / "content" / "articles"
    articles.mkdir(parents=True)
    shutil.copy(ROOT / "site.toml", tmp_path)
    shutil.copy(ROOT / "content" / "names.toml", tmp_path / "content")
    shutil.copytree(ROOT / "content" / "pages", tmp_path / "content" / "pages")
    for text in texts(60, 11):
        (articles / text.file).write_text("\n\n".join([text.title, text.date, *text.paragraphs]), "utf-8")
    (articles / "00007-again.txt").write_bytes((articles / "00007.txt").read_bytes())
    (articles / "00003-empty.txt").write_bytes(b"")
    return tmp_path


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def build(site: Path, *more: str) -> int:
    return main(["build", "--config", str(site / "site.toml"), *more])


def afresh(site: Path) -> None:
    for folder in ("_site", ".cache", "content/translations"):
        shutil.rmtree(site / folder, ignore_errors=True)
    (site / "content" / "record.jsonl").unlink(missing_ok=True)


def works(function: object, common: object, doing: str = "read") -> Work[object, object, object]:
    return Work(function, common, object, doing)  # type: ignore[arg-type]


def inputs(*values: object, size: int = 40_000) -> list[Input[object]]:
    return [Input(f"{place}.txt", value, size, b"") for place, value in enumerate(values)]


def test_a_cluster_translates_and_writes_what_one_process_writes(
    site: Path, room: Room, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(site / "users"))
    models.install_file(HERE / "argos" / "tiny.argosmodel", site / "models")
    made = []
    for how in (("--jobs", "1"), ("--scheduler", room.address)):
        afresh(site)
        assert build(site, *how) == 0
        said = re.sub(r"in [\d.]+ s", "", capsys.readouterr().out)
        shutil.rmtree(site / "content" / "translations" / ".backup")  # what stood there before the last part was saved
        made.append((tree(site / "_site"), tree(site / "content"), said))
    assert any(name.endswith(".po") for name in made[0][1])
    assert " 0 translated" not in made[0][2]
    assert made[0] == made[1]


def test_results_come_in_order_and_from_both_workers(room: Room) -> None:
    by = Cluster(room.address)
    try:
        assert list(by.each(works(operator.mul, 3), inputs(*range(40), size=7_000))) == [3 * n for n in range(40)]
        assert list(by.each(works(operator.add, "a"), inputs("b", "\ud800"))) == ["ab", "a\ud800"]
        assert len(set(by.each(works(pid, None), inputs(*range(20))))) == 2
        assert list(by.each(works(pid, None), [])) == []
    finally:
        by.close()


def test_a_worker_that_is_killed_loses_nothing(room: Room, tmp_path: Path) -> None:
    by = Cluster(room.address)
    try:
        assert list(by.each(works(dies_once, str(tmp_path)), inputs(*range(30)))) == [3 * n for n in range(30)]
    finally:
        by.close()
    assert (tmp_path / "killed").read_text() == "xx"


def test_an_error_of_the_work_is_raised_here_with_the_place_where_it_arose(room: Room) -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        list(Cluster(room.address).each(works(operator.floordiv, 1), inputs(1, 0, 1)))
    assert "_worked" in "".join(caught.value.__notes__)


def test_what_is_given_up_is_dropped_by_the_workers(room: Room, tmp_path: Path) -> None:
    by = Cluster(room.address)
    made = by.each(works(marks, str(tmp_path)), inputs(*range(200)))
    assert next(made) == 0
    made.close()  # type: ignore[attr-defined]
    with distributed.Client(room.address, set_as_default=False) as client:
        until(lambda: not client.run_on_scheduler(tasks), "tasks are left")
    assert len(list(tmp_path.iterdir())) <= 12


def test_batches_are_cut_by_bytes_and_reach_every_worker() -> None:
    sizes = [[one.size for one in batch] for batch in batched(inputs(*range(100), size=10_000), 2)]
    assert sizes == [[10_000] * 10] * 10
    assert [len(batch) for batch in batched(inputs(1, 2, 3, 4, size=10), 2)] == [1, 1, 1, 1]
    large = [Input("a", 0, 5, b""), Input("b", 0, 900_000, b""), Input("c", 0, 5, b"")]
    assert [[one.file for one in batch] for batch in batched(large, 1)] == [["a"], ["b"], ["c"]]


def test_a_model_is_loaded_once_and_translates_as_the_engine_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "users"))
    models.install_file(HERE / "argos" / "tiny.argosmodel", tmp_path / "models")
    engine, sentences = Argos(Translation(), tmp_path), [arabic for arabic, _ in PAIRS]
    spread = [pair for part in Spread(engine, ALONE).translate(sentences, "ar", "en") for pair in part]
    assert dict(spread) == {place: out for part in engine.translate(sentences, "ar", "en") for place, out in part}
    kept = engine.keeping()
    first = list(kept.translate(sentences[:2], "ar", "en"))
    shutil.rmtree(tmp_path / "models")
    assert list(kept.translate(sentences[:2], "ar", "en")) == first


# ---- what goes wrong -------------------------------------------------------------------------------------------------


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Room]:
    """A scheduler that no worker has joined yet."""
    made = Room(tmp_path)
    try:
        yield made
    finally:
        made.close()


def refusal(address: str) -> str:
    with pytest.raises(MujazError) as caught:
        list(Cluster(address).each(works(operator.mul, 3), inputs(1)))
    return str(caught.value)


def test_a_scheduler_that_is_not_there_is_one_sentence_and_nothing_is_written(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(site)
    assert build(site, "--scheduler", "tcp://127.0.0.1:1") == 1
    said = capsys.readouterr().err
    assert said.startswith("tcp://127.0.0.1:1: no Dask scheduler answers (")
    assert "Traceback" not in said
    assert {name: text for name, text in tree(site).items() if not name.startswith(".cache/")} == before


@pytest.mark.parametrize("typed", ["HOST:8786", "http://a:1", "tcp://a", "tcp://a:x", "tcp://a:1/b", ""])
def test_an_address_that_is_none_is_refused(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["build", f"--scheduler={typed}"])
    assert end.value.code == 2
    assert f"{typed} is no address of a scheduler; write it like tcp://HOST:8786" in capsys.readouterr().err


def test_a_file_that_no_worker_survives_is_named_and_its_neighbours_are_not_blamed(room: Room) -> None:
    several = inputs(*range(12), size=10_000)
    with pytest.raises(MujazError) as caught:
        list(Cluster(room.address).each(works(dies_always, 7), several))
    assert str(caught.value).startswith("7.txt: every worker that was to read it was killed.")


def test_workers_that_are_missing_or_run_other_code_are_refused_and_a_lost_scheduler_leaves_the_old_site(
    site: Path, empty: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_CONNECT", 3.0)
    with distributed.Client(empty.address, timeout=60, set_as_default=False) as client:
        assert refusal(empty.address).startswith(f"{empty.address}: the scheduler has no worker.")

        other = site / "other"
        shutil.copytree(ROOT / "site_src", other / "site_src", ignore=shutil.ignore_patterns("__pycache__"))
        (other / "site_src" / "tables" / "more.toml").touch()
        strange = empty.worker("--no-nanny", paths=(other, HERE))
        client.wait_for_workers(1, timeout=60)
        assert "with other files or libraries. Nothing was published. Install the same there" in refusal(empty.address)
        end(strange)
        until(lambda: not client.nthreads(), "the worker is still there")

        empty.worker("--no-nanny")
        client.wait_for_workers(1, timeout=60)
    assert build(site, "--jobs", "1") == 0
    before = tree(site / "_site")
    shutil.rmtree(site / ".cache")
    with pytest.raises(MujazError, match="the connection to the scheduler was lost"):
        stopped(site, empty.address, lambda: end(empty.scheduler))
    assert tree(site / "_site") == before


def test_a_room_that_all_workers_have_left_is_not_waited_for(empty: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 0.5)
    worker = empty.worker("--no-nanny")
    with distributed.Client(empty.address, timeout=60, set_as_default=False) as client:
        client.wait_for_workers(1, timeout=60)
    made = Cluster(empty.address).each(works(pid, None), inputs(*range(100)))
    next(made)
    end(worker)
    with pytest.raises(MujazError, match=r"no worker is left; the next file to read was \d+\.txt\."):
        list(made)


def stopped(site: Path, address: str, stop: Callable[[], object]) -> None:
    """A build in whose midst something happens: once half of the pages are read."""

    def watch(_stage: str, done: int, total: int) -> None:
        if done == total // 2:
            stop()

    places = find_places(str(site / "site.toml"))
    pipeline.build(places, load_settings(places.config), pipeline.Options(frozen=True, scheduler=address), watch)


def test_ctrl_c_leaves_the_old_site_and_no_task(site: Path, room: Room) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped(site, room.address, interrupt)
    assert not (site / "_site").exists()
    with distributed.Client(room.address, timeout=60, set_as_default=False) as client:
        until(lambda: not client.run_on_scheduler(tasks), "tasks are left")
