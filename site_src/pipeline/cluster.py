"""A cluster: an analyst whose workers are those of a Dask scheduler, on this machine or on others.

Dask gives the batches of a worker that is gone to others, and after some such deaths gives one up: then its inputs are
tried one by one with nothing else under way, so that the error names the one file that no worker survives.
"""

from __future__ import annotations

import asyncio
import platform
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from itertools import islice
from time import monotonic
from typing import Any, Generic

from site_src.errors import MujazError
from site_src.pipeline.analysts import Common, Given, Input, Made, Work
from site_src.pipeline.scheduler import START, Program, connect, connected, difference, other_program, program

_BATCH = 100_000
"""Bytes of inputs that make a task: some 20 articles and 0.2 s, beside 5 ms that a task costs Dask."""
_AHEAD = 2
"""Batches under way for each worker: one that it works on and one that it has when it is done."""
_RETRIES = 2
"""How often a batch is tried again that ends in an error: on a worker, perhaps, that has what it needs."""
_PATIENCE = 20.0
"""Seconds without any worker after which none is expected any more; one that died is started anew in some three."""
_LOOK = 1.0
"""Seconds after which it is looked whether there are workers still."""
_LEAVE = 5.0
"""Seconds in which the scheduler takes leave."""

Batch = Sequence[Input[Given]]


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
        except GeneratorExit:  # nobody asks on
            raise
        except BaseException:  # Ctrl-C among them
            self.close()
            raise

    def _each(self, work: Work[Common, Given, Made], inputs: Sequence[Input[Given]]) -> Iterator[Made]:
        self._client = self._client or connect(self._address)
        now = _Round(self._client, self._address, work)
        workers = max(1, now.workers())
        batches = batched(inputs, workers)
        under_way = deque(map(now.send, islice(batches, _AHEAD * workers + 1)))
        try:
            while under_way:
                made = now.results(under_way.popleft(), under_way)
                under_way.extend(map(now.send, islice(batches, 1)))
                yield from made
        finally:
            now.drop(under_way)

    def close(self) -> None:
        """Leave the scheduler, which then drops what was still to do."""
        if self._client is not None:
            client, self._client = self._client, None
            client.close(timeout=_LEAVE)


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


@dataclass(frozen=True, slots=True)
class _Job(Generic[Common, Given, Made]):
    """What all batches of a work have in common."""

    asked_by: Program
    function: Callable[[Common, Given], Made]
    common: Common


class _Round(Generic[Common, Given, Made]):
    """One work of a cluster."""

    def __init__(self, client: Any, address: str, work: Work[Common, Given, Made]):
        self._client, self._address, self._doing = client, address, work.doing
        self._seen = monotonic()
        # A task of its own, not scattered: what was scattered is gone with the workers that held it.
        self._job = self._submit(_same, _Job(program(), work.function, work.common))

    def _submit(self, function: Callable[..., Any], *given: Any) -> Any:
        with connected(self._address):
            return self._client.submit(function, *given, pure=False, retries=_RETRIES)

    def workers(self) -> int:
        """How many there are at this moment."""
        with connected(self._address):
            return len(self._client.nthreads())

    def send(self, batch: Batch[Given]) -> _Task[Given]:
        """Hand out a batch."""
        return _Task(batch, self._submit(_worked, self._job, [one.value for one in batch]))

    def results(self, task: _Task[Given], others: Sequence[_Task[Given]]) -> list[Made]:
        """What came of a batch, once it is there; `others` are under way beside it."""
        if (made := self._came(task)) is not None:
            return made
        for other in others:
            self._survived(other)
        return [made for one in task.batch for made in self._alone(one)]

    def drop(self, tasks: Iterable[_Task[Given]]) -> None:
        """Let go what nobody asks for any more: the scheduler then forgets it."""
        for future in (self._job, *(task.future for task in tasks)):
            future.release()

    def _alone(self, one: Input[Given]) -> list[Made]:
        if (made := self._came(self.send([one]))) is not None:
            return made
        raise MujazError(
            f"{one.file}: every worker that was to {self._doing} it was killed. Nothing was published. Most often "
            "the memory ran out: give the workers more; if it happens again, take this file out and report it."
        )

    def _came(self, task: _Task[Given]) -> list[Made] | None:
        """What a batch gave; None where no worker survived it.

        It is let go at once: the traceback of a question that waited too long may hold its future for as long as nobody
        searches for cycles.
        """
        try:
            return self._asked(task.future.result, _PATIENCE) if self._survived(task) else None
        finally:
            task.future.release()

    def _survived(self, task: _Task[Given]) -> bool:
        """Whether a worker did the batch, once that is known; raises what the function raised."""
        error = self._asked(task.future.exception, _LOOK)
        if error is None or isinstance(error, import_module("distributed").KilledWorker):
            return error is None
        raise error

    def _asked(self, ask: Callable[..., Any], seconds: float) -> Any:
        """The answer to `ask`, asked for as long as there are workers; raises `MujazError` when there are none."""
        while True:
            try:
                with connected(self._address):
                    return ask(timeout=seconds)
            except TimeoutError:
                self._look()

    def _look(self) -> None:
        if self.workers():
            self._seen = monotonic()
        elif monotonic() - self._seen > _PATIENCE:
            raise MujazError(f"{self._address}: no worker is left. Nothing was published. {START} and build again.")


def _same(job: _Job[Common, Given, Made]) -> _Job[Common, Given, Made]:
    return job


async def _worked(job: _Job[Common, Given, Made], values: Sequence[Given]) -> list[Made]:
    """The results of a batch, on a worker.

    A coroutine, because Dask runs those in the worker's main thread, the only one in which `budget.within` can stop
    what takes too long; between two inputs the worker tells the scheduler that it is alive.
    """
    if wrong := _unlike(job.asked_by):  # it came after the builder had looked
        raise MujazError(other_program([f"the worker {platform.node()} {wrong}"]))
    made = []
    for value in values:
        try:
            made.append(job.function(job.common, value))
        except Exception as error:
            error.add_note(traceback.format_exc())
            raise
        await asyncio.sleep(0)
    return made


@lru_cache(maxsize=2)
def _unlike(asked_by: Program) -> str:
    return difference(program(), asked_by)
