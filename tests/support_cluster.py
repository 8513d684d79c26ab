"""A room of real Dask processes for tests, and functions that its workers can import."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any

from support_site import ROOT, TINY, news_site

from site_src.pipeline.analysts import Input, Work
from site_src.translate.packages import manage

HERE = Path(__file__).parent

STARTED = subprocess.Popen[bytes]
OURS = (ROOT, HERE, ROOT / "benchmarks")


class Room:
    """A scheduler on loopback and its workers, each in a process group of its own.

    They can import our package and this file. What kills workers is given up at the second death, for a worker takes
    seconds to start.
    """

    def __init__(self, folder: Path, protocol: str = "tcp", paths: Sequence[Path] = OURS):
        self.folder, self.processes = folder, []
        for name in ("cwd", "temporary"):
            (folder / name).mkdir()
        port = free_port()
        self.address = f"{protocol}://127.0.0.1:{port}"
        # Where the tests themselves are killed, it ends by itself, and its workers with it.
        where = ("--host", "127.0.0.1", "--port", str(port), "--protocol", protocol, "--idle-timeout", "300")
        self.scheduler = self._start("scheduler", *where, paths=paths)

    processes: list[STARTED]

    def worker(self, *more: str, paths: Sequence[Path] = OURS) -> STARTED:
        how = ("--host", "127.0.0.1", "--nthreads", "1", "--death-timeout", "60")
        return self._start("worker", self.address, *how, *more, paths=paths)

    def _start(self, *words: str, paths: Sequence[Path]) -> STARTED:
        command = [sys.executable, "-m", "dask", *words, "--no-dashboard", "--dashboard-address", "127.0.0.1:0"]
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(map(str, paths)), "TMPDIR": str(self.folder / "temporary"),
            "ARGOS_PACKAGES_DIR": str(self.folder / "none"), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
        }  # fmt: skip
        with (self.folder / f"{len(self.processes)}.log").open("wb") as log:
            started = subprocess.Popen(
                command, stdout=log, stderr=log, env=environment, cwd=self.folder / "cwd", start_new_session=True
            )
        self.processes.append(started)
        return started

    @contextmanager
    def client(self, workers: int = 0) -> Iterator[Any]:
        """A client of our own, once there are so many workers."""
        from distributed import Client

        made = Client(self.address, timeout=60, set_as_default=False)
        try:
            if workers:
                made.wait_for_workers(workers, timeout=60)
            yield made
        finally:
            made.close(timeout=1)

    @contextmanager
    def midway(self, act: Callable[[str], object]) -> Iterator[None]:
        """Meanwhile `act` happens, with the address of a worker that is at work."""
        acted = []

        def watch(client: Any) -> None:
            until(lambda: acted.extend(client.run_on_scheduler(at_work)) or acted, "no worker got work")
            act(acted[0])

        with self.client() as client:
            thread = Thread(target=watch, args=(client,))
            thread.start()
            yield
            thread.join()
        assert acted

    def leave(self) -> None:
        """End all as Ctrl-C does."""
        for process in reversed(self.processes):
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                process.wait(60)

    def close(self) -> None:
        """End all, at their own pace first: a worker's guard that is killed at once leaves six semaphores behind."""
        for process in reversed(self.processes):
            if process.poll() is None:
                process.terminate()
                with suppress(subprocess.TimeoutExpired):
                    process.wait(10)
                end(process)


@contextmanager
def room_in(folder: Path, protocol: str = "tcp", paths: Sequence[Path] = OURS) -> Iterator[Room]:
    made = Room(folder, protocol, paths)
    try:
        yield made
    finally:
        made.close()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def end(process: STARTED) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(60)


def until(found: Callable[[], object], what: str) -> None:
    """Wait until `found()` is true."""
    last = time.monotonic() + 60
    while not found():
        assert time.monotonic() < last, what
        time.sleep(0.02)


# ---- a site ----------------------------------------------------------------------------------------------------------


def make_desk(folder: Path) -> Path:
    """The shipped rules and names, a tiny model, forty pages of news; one is no page, and one another's copy."""
    news_site(folder, 40)
    manage.install_file(TINY, folder / "models")
    return folder


def started(site: Path, *more: str) -> STARTED:
    """`python build.py` for the site, as a person types it."""
    return subprocess.Popen(
        [sys.executable, "build.py", "--config", str(site / "site.toml"), *more],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=os.environ | {"ARGOS_PACKAGES_DIR": str(site)},
    )  # fmt: skip


def build(site: Path, *more: str) -> tuple[int, str, str]:
    """Its exit code, and what it said on both ways out."""
    process = started(site, *more)
    out, err = process.communicate(timeout=120)
    return process.returncode, out.decode(), err.decode()


def works(function: object, common: object, doing: str = "read") -> Work[object, object, object]:
    return Work(function, common, object, doing)


def inputs(*values: object, size: int = 40_000) -> list[Input[object]]:
    return [Input(f"{place}.txt", value, size, b"") for place, value in enumerate(values)]


# ---- for workers and schedulers --------------------------------------------------------------------------------------


def pid(_common: object, _value: object) -> int:
    time.sleep(0.02)
    return os.getpid()


def dies_once(folder: str, value: int) -> int:
    """The first worker that gets to 13 is killed, as the system kills what needs too much memory."""
    time.sleep(0.02)
    if value == 13:
        with (Path(folder) / "killed").open("a") as seen:
            seen.write("x")
        if (Path(folder) / "killed").stat().st_size == 1:
            os.kill(os.getpid(), signal.SIGKILL)
    return value * 3


def dies_always(poison: int, value: int) -> int:
    if value == poison:
        os.kill(os.getpid(), signal.SIGKILL)
    return value


def marks(folder: str, value: int) -> int:
    time.sleep(0.2)
    (Path(folder) / str(value)).touch()
    return value


def models_loaded() -> tuple[int, int]:
    """How often a worker has loaded a model, and how often it worked with one that was loaded."""
    from site_src.pipeline import spread

    told = spread._kept.cache_info()
    return told.misses, told.hits


def tasks(dask_scheduler: Any) -> int:
    """How many a scheduler has."""
    return len(dask_scheduler.tasks)


def at_work(dask_scheduler: Any) -> list[str]:
    """The addresses of the workers that have a batch."""
    return [
        worker.address
        for worker in dask_scheduler.workers.values()
        if any(str(task.key).startswith("_worked") for task in worker.processing)
    ]
