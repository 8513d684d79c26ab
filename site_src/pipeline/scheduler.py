"""A Dask scheduler: the connection to it, refused where it or a worker does not run the program that runs here."""

from __future__ import annotations

import asyncio
import logging
import sys
import warnings
from collections.abc import Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from site_src.errors import MujazError, installing
from site_src.store import digest

MISSING = "--scheduler needs the package `distributed`, which is not installed; run {command}."
START = "Start workers (docs/how-to/cluster.md)"
CONNECT = 10.0
"""Seconds in which a scheduler must answer: one that is just being started needs some three."""
JOIN = 10.0
"""Seconds in which a first worker must have joined it."""
_NAMED = 3
"""Differences between two programs that are named; more help nobody."""


@dataclass(frozen=True, slots=True)
class Program:
    """What decides the results of a process."""

    python: str
    files: tuple[tuple[str, str], ...]
    """Name and hash of every source file and table."""
    libraries: tuple[tuple[str, str], ...]
    """Name and version of what is installed."""


def connect(address: str) -> Any:
    """A client of the scheduler, whose workers all run the program of this process; raises `MujazError`."""
    try:
        distributed = import_module("distributed")
    except ImportError:
        raise MujazError(MISSING.format(command=installing("distributed"))) from None
    for name in ("distributed", "distributed.client"):  # what goes wrong is said once, by us
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        with ThreadPoolExecutor(1) as own:  # whoever calls may have a loop of events of its own
            own.submit(asyncio.run, _greeted(address)).result()
        with warnings.catch_warnings(action="ignore"):
            client = distributed.Client(address, timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError, ImportError) as error:
        raise MujazError(
            f"{address}: no Dask scheduler answers ({_in_short(error)}). Nothing was changed. Start one "
            "(docs/how-to/cluster.md), or build without --scheduler."
        ) from None
    try:
        _check(client, address)
    except BaseException:
        client.close(timeout=CONNECT)
        raise
    return client


async def _greeted(address: str) -> None:
    """Raise where nothing greets: Dask's client waits for ever for a program that takes a call in silence."""
    call, security = import_module("distributed.comm").connect, import_module("distributed.security").Security()
    greeting = call(address, timeout=CONNECT, **security.get_connection_args("client"))
    try:
        (await asyncio.wait_for(greeting, CONNECT + 1)).abort()
    except TimeoutError as error:
        raise error if str(error) else ConnectionError("what is there keeps silent") from None


def _check(client: Any, address: str) -> None:
    """Raise `MujazError` where there is no worker, or where one, or the scheduler, runs another program."""
    with connected(address):
        try:
            client.wait_for_workers(1, timeout=JOIN)
        except TimeoutError:
            raise MujazError(f"{address}: the scheduler has no worker. Nothing was changed. {START}.") from None
        there = client.run(program, on_error="return") | {f"the scheduler {address}": _of_scheduler(client)}
    here = program()
    known = {who: told for who, told in there.items() if not isinstance(told, OSError)}  # else it is gone meanwhile
    if wrong := [f"{who} {said}" for who, told in known.items() if (said := difference(told, here))]:
        raise MujazError(other_program(wrong))


def _of_scheduler(client: Any) -> object:
    try:
        return client.run_on_scheduler(program)
    except (ImportError, AttributeError) as error:
        return error


@cache
def program() -> Program:
    """What this process runs."""
    package = Path(__file__).parent.parent
    files = sorted(path for path in package.rglob("*") if path.suffix in {".py", ".toml"})
    hashed = ((path.relative_to(package.parent).as_posix(), digest(path.read_bytes()).hex()) for path in files)
    installed = {str(found.name).lower(): found.version for found in distributions()}
    return Program(" ".join(sys.version.split()), tuple(hashed), tuple(sorted(installed.items())))


def difference(there: object, here: Program) -> str:
    """In what a process differs from this one, in words; "" where both give the same results.

    A library that only one of them has decides nothing: what needs it raises an error.
    """
    if not isinstance(there, Program):
        return f"does not find this version of Mujaz ({there})"
    both = dict(there.libraries).keys() & dict(here.libraries).keys()
    theirs, ours = (
        {("Python", one.python), *one.files, *(line for line in one.libraries if line[0] in both)}
        for one in (there, here)
    )
    names = sorted({name for name, _ in theirs ^ ours}, key=lambda name: (name != "Python", name))
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    told = (_versions(name, dict(theirs), dict(ours)) for name in names[:_NAMED])
    return f"has {', '.join(told)}{more}" if names else ""


def _versions(name: str, theirs: dict[str, str], ours: dict[str, str]) -> str:
    if name in theirs.keys() & ours.keys():
        return f"another {name}" if "/" in name else f"{name} {theirs[name]} for {ours[name]}"
    return f"one file more: {name}" if name in theirs else f"no {name}"


def other_program(wrong: list[str]) -> str:
    """The message for processes that run another program."""
    return (
        f"What runs elsewhere must be what runs here, but {'; '.join(wrong)}. Nothing was published. Install the same "
        "there, start it again, and build again (docs/how-to/cluster.md)."
    )


@contextmanager
def connected(address: str) -> Iterator[None]:
    """What the loss of the connection raises, in words; a `TimeoutError` is none."""
    try:
        yield
    except TimeoutError:
        raise
    except (OSError, CancelledError) as error:
        raise MujazError(
            f"{address}: the connection to the scheduler was lost ({_in_short(error)}). Nothing was published. See "
            "that it runs and that this machine reaches it, and build again; what was made so far is remembered."
        ) from None


def _in_short(error: BaseException) -> str:
    """What is at the root of it, in one line."""
    if error.__cause__ is not None:
        return _in_short(error.__cause__)
    return (str(error).strip() or type(error).__name__).splitlines()[0]
