"""Analysts run a pure function over many inputs, in this process or in several, and remember its results in the store.

A function given to an analyst stands in a module, and what it is given and gives can be pickled: any scheduler that
runs functions elsewhere can be a further kind. Results come in the order of the inputs, whoever made them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, Protocol, TypeVar

from msgspec import Struct

from site_src.model.report import Problem
from site_src.store import Store

Common = TypeVar("Common")
Given = TypeVar("Given")
Made = TypeVar("Made")
T = TypeVar("T")

WORTH = 2_000_000
"""Bytes of pages below which several processes save no time: about 400 articles.

Measured with two processes on two idle processors: 250 pages of 1.3 MB took as long as with one (2.3 s), 500 of 2.6 MB
an eighth less (3.6 for 4.1 s); 60 and 120 took a tenth longer.
"""
_MOST = 8
"""Processes that are started unasked; each holds its own tables, some 60 MB."""
_WINDOW = 4_000_000
"""Bytes of inputs that are held at a time."""


class Work(Struct, Generic[Common, Given, Made], frozen=True):
    """One pure function and what all its inputs have in common."""

    function: Callable[[Common, Given], Made]
    common: Common
    shape: Any
    """The type of its results, as `Store.remember` wants it."""
    doing: str
    """What it does to a file, for messages: "read", "summarise"."""


class Input(Struct, Generic[Given], frozen=True):
    """One input: the file it comes from, what it holds, how large that is, and the hash of all that decides."""

    file: str
    value: Given
    size: int
    """Bytes, or thereabouts."""
    made_from: bytes


class Analyst(Protocol):
    """Works a function over inputs."""

    @property
    def elsewhere(self) -> bool:
        """Whether it has more processors than this machine, so that an engine too is better run by it."""

    def each(self, work: Work[Common, Given, Made], inputs: Sequence[Input[Given]]) -> Iterator[Made]:
        """The result for each input, in their order; raises what the function raises."""

    def close(self) -> None:
        """End all processes; later work starts them anew."""


class Alone:
    """The process that asks, and no other."""

    elsewhere = False

    def each(self, work: Work[Common, Given, Made], inputs: Sequence[Input[Given]]) -> Iterator[Made]:
        """The result for each input, made when it is asked for."""
        return (work.function(work.common, one.value) for one in inputs)

    def close(self) -> None:
        """Nothing is open."""


ALONE = Alone()


class AsWorthIt:
    """Alone while there is little to do; several processes for as long as they are open, once there is much."""

    elsewhere = False

    def __init__(self, count: int, least: int):
        self._count, self._least = count, least
        self._open: Analyst | None = None

    def each(self, work: Work[Common, Given, Made], inputs: Sequence[Input[Given]]) -> Iterator[Made]:
        """The result for each input, by whom it is quickest."""
        if self._open is None and len(inputs) > 1 and sum(one.size for one in inputs) >= self._least:
            from site_src.pipeline.processes import Several

            self._open = Several(self._count)
        return (self._open or ALONE).each(work, inputs)

    def close(self) -> None:
        """End all processes."""
        if self._open is not None:
            self._open.close()
            self._open = None


def analyst(jobs: int | None, scheduler: str = "") -> Analyst:
    """Who works with so many processes at most; None is as many as there are idle processors, when that is worth it.

    With the address of a Dask scheduler its workers do.
    """
    if scheduler:
        from site_src.pipeline.cluster import Cluster

        return Cluster(scheduler)
    count = min(_MOST, idle()) if jobs is None else jobs
    return AsWorthIt(count, WORTH if jobs is None else 0) if count > 1 else ALONE


def idle() -> int:
    """How many processors of those that this process may use nobody else keeps busy, as far as the system tells.

    On processors that others share, several processes cost more time than they save.
    """
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return usable - round(load)


def remembered(
    store: Store,
    kind: str,
    work: Work[Common, Given, Made | Problem],
    inputs: Iterable[Input[Given] | Made],
    by: Analyst,
) -> Iterator[Made | Problem]:
    """The result for each input, from the store or made by the analyst; a problem, never kept, where there is none.

    What stands among the inputs and is none is a result already.
    """
    for window in _windows(inputs):
        asked = [one for one in window if isinstance(one, Input)]
        known = store.known_all(kind, [one.made_from for one in asked], work.shape)
        made = by.each(work, [one for one, found in zip(asked, known, strict=True) if found is None])
        results = iter(known)
        for one in window:
            result = next(results) if isinstance(one, Input) else one
            if result is None and isinstance(one, Input):
                result = next(made)
                if not isinstance(result, Problem):
                    store.learn(kind, one.made_from, result)
            yield result
        next(made, None)  # its end: left at the last result, the work would be taken for given up


def _windows(inputs: Iterable[T]) -> Iterator[list[T]]:
    """The inputs in lists of as many as may be held at once."""
    window: list[T] = []
    size = 0
    for one in inputs:
        window.append(one)
        size += one.size if isinstance(one, Input) else 0
        if size >= _WINDOW:
            yield window
            window, size = [], 0
    yield window
