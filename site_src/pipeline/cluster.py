"""A cluster: an analyst whose workers are those of a Dask scheduler, on this machine or on others.

Dask gives the batches of a worker that is gone to others, and after some such deaths gives one up: then its inputs are
tried one by one with nothing else under way, so that the error names the one file that no worker survives.
"""

from __future__ import annotations

import asyncio
import logging
import platform
import socket
import traceback
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from itertools import islice
from time import monotonic
from typing import Any, Generic
from urllib.parse import urlsplit

from site_src import __version__
from site_src.errors import MujazError
from site_src.pipeline.analysts import Common, Given, Input, Made, Work
from site_src.store import code_version

MISSING = "--scheduler needs the package `distributed`, which is not installed; run `pip install 'mujaz[dask]'`."
_BATCH = 100_000
"""Bytes of inputs that make a task: some 20 articles and 0.2 s, beside 5 ms that a task costs Dask."""
_AHEAD = 2
"""Batches under way for each worker: one that it works on and one that it has when it is done."""
_RETRIES = 2
"""How often a batch is tried again that ends in an error: on a worker, perhaps, that has what it needs."""
_CONNECT = 5.0
"""Seconds in which a scheduler must answer."""
_PATIENCE = 20.0
"""Seconds without any worker after which none is expected any more; one that died is started anew in some three."""
_LOOK = 1.0
"""Seconds after which it is looked whether there are workers still."""

_START = "Start workers (docs/how-to/cluster.md)"

Batch = Sequence[Input[Given]]
Version = tuple[bytes, str]
"""What two processes that give the same results have in common: a hash, and what of it can be said in words."""


class Cluster:
    """The workers of the Dask scheduler at an address, connected to for the first work and left at `close`."""

    elsewhere = True

    def __init__(self, address: str):
        self._address = address
        self._client: Any = None

    def each(self, work: Work[Common, Given, Made], inputs: Sequence[Input[Given]]) -> Iterator[Made]:
        """The result for each input, in their order; raises `MujazError` for a file that no worker survives."""
        try:
            if inputs:
                yield from self._each(work, inputs)
        except GeneratorExit:  # nobody asks on; what was sent is dropped with its futures
            raise
        except BaseException:  # Ctrl-C among them
            self.close()
            raise

    def _each(self, work: Work[Common, Given, Made], inputs: Sequence[Input[Given]]) -> Iterator[Made]:
        self._client = self._client or _connect(self._address)
        now = _Round(self._client, self._address, work)
        workers = max(1, now.workers())
        batches = batched(inputs, workers)
        under_way = deque(map(now.send, islice(batches, _AHEAD * workers + 1)))
        while under_way:
            task = under_way.popleft()
            made = now.results(task, under_way)
            under_way.extend(map(now.send, islice(batches, 1)))
            yield from made

    def close(self) -> None:
        """Leave the scheduler, which then drops what was still to do."""
        if self._client is not None:
            client, self._client = self._client, None
            client.close(timeout=_CONNECT)


def batched(inputs: Sequence[Input[Given]], workers: int) -> Iterator[Batch[Given]]:
    """The inputs in order, in batches of so many bytes; smaller ones where else a worker would have none."""
    most = min(_BATCH, sum(one.size for one in inputs) // (_AHEAD * workers))
    batch: list[Input[Given]] = []
    size = 0
    for one in inputs:
        if batch and size + one.size > most:
            yield batch
            batch, size = [], 0
        batch.append(one)
        size += one.size
    yield batch


@dataclass(frozen=True, slots=True)
class _Task(Generic[Given]):
    """A batch on its way."""

    batch: Batch[Given]
    future: Any


class _Round(Generic[Common, Given, Made]):
    """One work of a cluster."""

    def __init__(self, client: Any, address: str, work: Work[Common, Given, Made]):
        self._client, self._address, self._work = client, address, work
        self._seen = monotonic()
        # A task of its own, not scattered: what was scattered is gone with the workers that held it.
        self._common = client.submit(_same, work.common, pure=False, retries=_RETRIES)

    def workers(self) -> int:
        """How many there are at this moment."""
        with _connected(self._address):
            return len(self._client.nthreads())

    def send(self, batch: Batch[Given]) -> _Task[Given]:
        """Hand out a batch."""
        values = [one.value for one in batch]
        made_by = (_version(), self._work.function, self._common, values)
        with _connected(self._address):
            return _Task(batch, self._client.submit(_worked, *made_by, pure=False, retries=_RETRIES))

    def results(self, task: _Task[Given], others: Iterable[_Task[Given]]) -> list[Made]:
        """What came of a batch, once it is there; `others` are under way beside it."""
        if self._survived(task):
            return self._fetched(task)
        for other in others:
            self._survived(other)
        return [made for one in task.batch for made in self._alone(one)]

    def _alone(self, one: Input[Given]) -> list[Made]:
        task = self.send([one])
        if self._survived(task):
            return self._fetched(task)
        raise MujazError(
            f"{one.file}: every worker that was to {self._work.doing} it was killed. Nothing was published. Most often "
            "the memory ran out: give the workers more; if it happens again, take this file out and report it."
        )

    def _survived(self, task: _Task[Given]) -> bool:
        """Whether a worker did the batch, once that is known; raises what the function raised."""
        error = self._patiently(partial(task.future.exception, timeout=_LOOK), task)
        if error is None or isinstance(error, import_module("distributed").KilledWorker):
            return error is None
        raise error

    def _fetched(self, task: _Task[Given]) -> list[Made]:
        made: list[Made] = self._patiently(partial(task.future.result, timeout=_PATIENCE), task)
        return made

    def _patiently(self, ask: Callable[[], Any], task: _Task[Given]) -> Any:
        """The answer to `ask`, asked for as long as there are workers; raises `MujazError` when there are none."""
        while True:
            try:
                with _connected(self._address):
                    return ask()
            except TimeoutError:
                self._look(task.batch[0].file)

    def _look(self, file: str) -> None:
        if self.workers():
            self._seen = monotonic()
        elif monotonic() - self._seen > _PATIENCE:
            raise MujazError(
                f"{self._address}: no worker is left; the next file to {self._work.doing} was {file}. Nothing was "
                f"published. {_START} and build again."
            )


def _greeted(address: str) -> None:
    """Raise `OSError` where nothing greets: Dask's client waits for ever for a program that takes a call in silence."""
    parts = urlsplit(address)
    if parts.scheme == "tcp":  # a scheduler speaks first
        with socket.create_connection((parts.hostname, parts.port), timeout=_CONNECT) as plug:
            if not plug.recv(1):
                raise ConnectionError("what is there hangs up")


def _connect(address: str) -> Any:
    """A client of the scheduler, whose workers all run this very code; raises `MujazError`."""
    try:
        distributed = import_module("distributed")
    except ImportError:
        raise MujazError(MISSING) from None
    for name in ("distributed", "distributed.client"):  # what goes wrong is said once, by us
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        _greeted(address)
        with warnings.catch_warnings(action="ignore"):
            client = distributed.Client(address, timeout=_CONNECT, set_as_default=False)
    except (OSError, ValueError, RuntimeError, ImportError) as error:
        raise MujazError(
            f"{address}: no Dask scheduler answers ({_first_line(error)}). Nothing was changed. Start one "
            "(docs/how-to/cluster.md), or build without --scheduler."
        ) from None
    try:
        _check(client, address)
    except BaseException:
        client.close(timeout=_CONNECT)
        raise
    return client


def _check(client: Any, address: str) -> None:
    """Raise `MujazError` where there is no worker, or where one, or the scheduler, does not run the code of this."""
    with _connected(address):
        try:
            client.wait_for_workers(1, timeout=_CONNECT)
        except TimeoutError:
            raise MujazError(f"{address}: the scheduler has no worker. Nothing was changed. {_START}.") from None
        there = client.run(_version, on_error="return") | {f"the scheduler {address}": _scheduler(client)}
    own = _version()
    if wrong := [f"{who} {_difference(told, own)}" for who, told in there.items() if told != own]:
        raise MujazError(_other_code(wrong))


def _scheduler(client: Any) -> object:
    try:
        return client.run_on_scheduler(_version)
    except ImportError as error:
        return error


def _version() -> Version:
    return code_version(), f"Mujaz {__version__}, Python {platform.python_version()}"


def _difference(told: object, own: Version) -> str:
    if isinstance(told, ImportError):
        return f"has no Mujaz ({told})"
    if not isinstance(told, tuple):
        return f"cannot say what it runs ({told})"
    return f"runs {told[1]}, not {own[1]}" if told[1] != own[1] else f"runs {own[1]} with other files or libraries"


def _other_code(wrong: Sequence[str]) -> str:
    return (
        f"What runs elsewhere must be what runs here, but {'; '.join(wrong)}. Nothing was published. Install the same "
        "there, start it again, and build again (docs/how-to/cluster.md)."
    )


@contextmanager
def _connected(address: str) -> Iterator[None]:
    """What the loss of the connection raises, in words."""
    try:
        yield
    except TimeoutError:
        raise
    except (OSError, CancelledError) as error:
        raise MujazError(
            f"{address}: the connection to the scheduler was lost ({_first_line(error)}). Nothing was published. See "
            "that it runs and that this machine reaches it, and build again; what was made so far is remembered."
        ) from None


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def _same(common: Common) -> Common:
    return common


async def _worked(
    version: Version, function: Callable[[Common, Given], Made], common: Common, values: Sequence[Given]
) -> list[Made]:
    """The results of a batch, on a worker.

    A coroutine, because Dask runs those in the worker's main thread, the only one in which `budget.within` can stop
    what takes too long; between two inputs the worker tells the scheduler that it is alive.
    """
    if version != _version():
        raise MujazError(_other_code([f"the worker {platform.node()} {_difference(_version(), version)}"]))
    made = []
    for value in values:
        try:
            made.append(function(common, value))
        except Exception as error:
            error.add_note(traceback.format_exc())
            raise
        await asyncio.sleep(0)
    return made
