"""Promises of the file system that Python's library does not give: exchange folders, flush one, hold one alone."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def exchange(new: Path, place: Path, aside: Path) -> None:
    """Put the folder `new` at `place` and what was there at `new`, in one step where the system can.

    Elsewhere two renames through `aside`: a build that finds `aside` and no `place` puts it back.
    """
    if not place.exists():
        new.rename(place)
        return
    if _exchange_in_one_step(new, place):
        return
    place.rename(aside)
    new.rename(place)
    aside.rename(new)


def flush(folder: Path) -> None:
    """Everything in `folder` is on the disk when this returns."""
    if sys.platform != "linux":
        getattr(os, "sync", lambda: None)()
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        _libc().syncfs(handle)
    finally:
        os.close(handle)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the lock of `folder`, which must exist: a second process waits. It ends with the process that holds it.

    Nothing is written, so that a folder which may only be read can be held; without `fcntl` there is no lock.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _exchange_in_one_step(new: Path, place: Path) -> bool:
    if sys.platform != "linux":
        return False
    try:
        rename = _libc().renameat2
    except AttributeError:
        return False
    return bool(rename(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(place), _RENAME_EXCHANGE) == 0)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
