"""Files and folders: the marks (size, times, inode) by which a change shows, exchange in one step, flushing, locks."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ctypes import CDLL

_TICK = 2_000_000_000
"""Nanoseconds: the coarsest time stamps of a file system in use (FAT)."""
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class OvertakenError(OSError):
    """Somebody else changed a file between its reading and its writing."""

    def __init__(self, path: Path):
        super().__init__(errno.EBUSY, "another program changed it at this very moment; try again", str(path))


class Marks(NamedTuple):
    """By what a change of a file shows: no change leaves all of them alone."""

    size: int
    modified: int
    """Time of its content, in nanoseconds, as `changed`."""
    changed: int
    """Time of its inode, which nobody can set."""
    inode: int
    mode: int


_MARKS = attrgetter("st_size", "st_mtime_ns", "st_ctime_ns", "st_ino", "st_mode")
NO_MARKS = Marks(0, 0, 0, 0, 0)
"""Those of no file."""


def telling(marks: Iterable[Marks]) -> bool:
    """Whether the next change of any of these files is sure to show by its marks.

    Those of a link are not those of the file, and right after a change a coarse clock may give the next the same time.
    """
    moment = time_ns() - _TICK
    return all(stat.S_ISREG(one.mode) and one.changed < moment for one in marks)


def marks_of(path: str | os.PathLike[str]) -> Marks:
    """The marks of a file, or of the link itself; raises OSError."""
    return _marks(os.lstat(path))


def marks_if_any(place: str | os.DirEntry[str]) -> Marks:
    """The marks of a file, or of the link itself; those of none where nothing is, or where it cannot be looked at."""
    try:
        return _marks(os.lstat(place) if isinstance(place, str) else place.stat(follow_symlinks=False))
    except OSError:
        return NO_MARKS


def marks_below(folder: Path, endings: str | tuple[str, ...] = "") -> dict[str, Marks]:
    """The marks of every file (and link, and whatever else is no folder) below `folder`, by path from there.

    Only of those whose name has one of the `endings`.
    """
    return {path: _marks(entry.stat(follow_symlinks=False)) for path, entry in _entries_below(folder, endings)}


def inodes_below(folder: Path) -> dict[str, int]:
    """The inode of every file below `folder`, by path from there, and 0 for what is neither file nor folder.

    By it a file is known as the very one of another folder on the same file system, for less than `marks_below` costs.
    """
    found = _entries_below(folder)
    return {path: entry.inode() if entry.is_file(follow_symlinks=False) else 0 for path, entry in found}


def _entries_below(folder: Path, endings: str | tuple[str, ...] = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Whatever is no folder below `folder`, by path from there; links to folders are not followed."""
    waiting = [""] if folder.is_dir() else []
    root = f"{folder}/"
    while waiting:
        below = waiting.pop()
        with os.scandir(root + below) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{below}{entry.name}/")
                elif entry.name.endswith(endings):
                    yield below + entry.name, entry


def _marks(at: os.stat_result) -> Marks:
    return tuple.__new__(Marks, _MARKS(at))


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


def replace_bytes(
    path: Path,
    content: bytes,
    keep: Callable[[Path], None] | None = None,
    *,
    over: bytes | None = None,
    flushed: bool = True,
) -> None:
    """Put `content` at `path` in one step: a crash leaves the old file or the new one. Raises OSError.

    `keep` is called with `path` while the old file is still there and the new one is safely written. `over` is what
    `content` was made from, b"" for no file: where the file holds something else by then, it stays, and
    `OvertakenError` is raised. What only saves time need not be `flushed`: when the system fails, it may be lost, or
    cut short.
    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        fresh.unlink(missing_ok=True)  # a dead process's file, or a link to somebody else's
        with fresh.open("xb") as file:
            file.write(content)
            if flushed:
                file.flush()
                os.fsync(file.fileno())
        if path.exists():
            fresh.chmod(stat.S_IMODE(path.stat().st_mode))
            if keep:
                keep(path)
        if over is not None and over != (path.read_bytes() if path.exists() else b""):
            raise OvertakenError(path)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    if flushed:
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make a new name durable; systems that cannot open a folder need no such step."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


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


def _libc() -> CDLL:
    import ctypes

    return ctypes.CDLL(None, use_errno=True)
