"""The analyst that works in several processes: each has a pipe, takes batches of inputs and sends a result for each.

They are started from a process of their own that has imported what they need, never forked from this one, which may
have threads. A process that is gone (the system ends what needs too much memory) is one error that names the file;
whatever ends the work ends all of them.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic

from msgspec import MsgspecError

from site_src.errors import MujazError
from site_src.parts import pack, unpack
from site_src.pipeline.analysts import Common, Given, Input, Made, Work

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext

_BATCH = 8
"""Inputs that a process gets at a time."""
_LEFT = 4
"""Inputs left to a process when it gets the next ones, so that it never waits for them."""
_PIPE = 48_000
"""Bytes that a pipe takes at once on every system."""
_PRELOADED = ["site_src.pipeline"]


class Several:
    """So many processes, started for the first work and kept until `close`.

    That one of them is gone is found out when its answer is due, not when something is sent to it.
    """

    elsewhere = False

    def __init__(self, count: int):
        self._count = count
        self._workers: dict[Connection, BaseProcess] = {}

    def each(self, work: Work[Common, Given, Made], inputs: Sequence[Input[Given]]) -> Iterator[Made]:
        """The result for each input, in their order; raises `MujazError` where a process is gone."""
        try:
            yield from self._each(work, inputs)
        except BaseException:  # Ctrl-C among them
            self.close()
            raise

    def _each(self, work: Work[Common, Given, Made], inputs: Sequence[Input[Given]]) -> Iterator[Made]:
        self._start(min(self._count, len(inputs)))
        for pipe in self._workers:
            with suppress(OSError):
                pipe.send((work.function, work.common))
        least = max(1, min(_BATCH, len(inputs) // (2 * self._count)))
        batches = [range(start, min(start + least, len(inputs))) for start in range(0, len(inputs), least)]
        state = _Round(work, inputs, iter(batches), self._workers)
        for place in range(len(inputs)):
            while place not in state.made:
                state.hand_out()
                state.take_in()
            yield state.made.pop(place)

    def _start(self, count: int) -> None:
        context = _context()
        while len(self._workers) < count:
            here, there = context.Pipe()
            process = context.Process(target=_work, args=(there,), daemon=True)
            process.start()
            there.close()
            self._workers[here] = process

    def close(self) -> None:
        """End all processes, at once and for certain."""
        for pipe, process in self._workers.items():
            process.kill()
            pipe.close()
        for process in self._workers.values():
            process.join()
        self._workers = {}


@dataclass(slots=True)
class _Round(Generic[Common, Given, Made]):
    """One work: which places of the inputs each process has still to answer, and what they gave so far."""

    work: Work[Common, Given, Made]
    inputs: Sequence[Input[Given]]
    batches: Iterator[range]
    workers: Mapping[Connection, BaseProcess]
    busy: dict[Connection, deque[int]] = field(default_factory=dict)
    next: range | None = None
    """The batch that nobody has yet."""
    made: dict[int, Made] = field(default_factory=dict)

    def hand_out(self) -> None:
        """Give a batch to each process that has little left to do."""
        for pipe in self.workers:
            waiting = self.busy.setdefault(pipe, deque())
            self.next = self.next or next(self.batches, None)
            if self.next and len(waiting) <= self._ahead(self.next):
                waiting.extend(self.next)
                with suppress(OSError):
                    pipe.send([self.inputs[place].value for place in self.next])
                self.next = None

    def _ahead(self, batch: range) -> int:
        """With how many inputs left a process may get the batch: with none, where the pipe would not take it whole.

        Else both could come to wait, each for the other to read.
        """
        return _LEFT if sum(self.inputs[place].size for place in batch) <= _PIPE else 0

    def take_in(self) -> None:
        """Take what has come; raises `MujazError` for a process that is gone."""
        ready = wait([pipe for pipe, waiting in self.busy.items() if waiting])
        for pipe in [pipe for pipe in self.busy if pipe in ready]:
            place = self.busy[pipe][0]
            try:
                answer = pipe.recv()
            except (EOFError, OSError):
                raise _gone(self.workers[pipe], self.work.doing, self.inputs[place].file) from None
            self.made[place] = _result(answer, self.work.shape)
            self.busy[pipe].popleft()


def _gone(process: BaseProcess, doing: str, file: str) -> MujazError:
    process.join(5)
    code = process.exitcode or 0
    how = f"was killed by the system ({signal.Signals(-code).name})" if code < 0 else f"ended (exit code {code})"
    return MujazError(
        f"{file}: a process that was to {doing} it {how}. Nothing was published. Most often the memory ran out: "
        "build with --jobs 1, which needs the least; if it happens again, take this file out and report it."
    )


def _result(answer: tuple[str, Any], shape: Any) -> Any:
    kind, value = answer
    if kind == "error":
        raise value
    return unpack(shape, value) if kind == "packed" else value


def _context() -> ForkServerContext | SpawnContext:
    """The safest way to start processes here; the process that starts them is deaf to Ctrl-C, and so are they."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    with _found_by_children(), _deaf():
        forkserver.ensure_running()
    return context


@contextmanager
def _found_by_children() -> Iterator[None]:
    """Our package can be imported by a Python that is started meanwhile, wherever that is."""
    before = os.environ.get("PYTHONPATH")
    root = str(Path(__file__).parent.parent.parent)
    os.environ["PYTHONPATH"] = root if not before else f"{root}{os.pathsep}{before}"
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before


@contextmanager
def _deaf() -> Iterator[None]:
    """Ctrl-C is ignored by whatever is started meanwhile, for a moment by us too: it reaches a whole process group."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _work(pipe: Connection) -> None:
    """A process's life: a list is a batch of inputs, anything else the function to use; it ends with the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    function, common = None, None
    with suppress(EOFError, OSError):
        while True:
            message = pipe.recv()
            if isinstance(message, list):
                for one in message:
                    pipe.send(_answer(function, common, one))
            else:
                function, common = message


def _answer(function: Any, common: Any, one: Any) -> tuple[str, Any]:
    """The result, packed where it can be, or the error, with the place where it arose."""
    try:
        made = function(common, one)
    except Exception as error:
        error.add_note(traceback.format_exc())
        return "error", error
    with suppress(UnicodeError, MsgspecError, TypeError):  # a lone surrogate
        if made is not None:  # else it took too long
            return "packed", pack(made)
    return "pickled", made
