"""One build writes into a folder at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time
from typing import TextIO

from site_src.errors import MujazError


@contextmanager
def only_build(place: Path, out: Path) -> Iterator[None]:
    """Hold the lock of `out`, the file at `place`; raises `MujazError` while another build holds it.

    A dead owner's lock is free. The file goes with its owner, while the lock is still held: who opened it before and
    locks it then finds another file, or none, under its name, and opens that one.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    with _locked(place, out) as lock:
        lock.truncate(0)
        lock.write(f"process {os.getpid()}")
        lock.flush()
        try:
            yield
        finally:
            with suppress(OSError):
                place.unlink()


def _locked(place: Path, out: Path) -> TextIO:
    """The file at `place`, open and locked, where the system has locks."""
    while True:
        lock = place.open("a+")
        try:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(lock.fileno()), place.stat()):
                return lock
        except ImportError:
            return lock
        except BlockingIOError:
            raise MujazError(_held_by_another(out, lock)) from None
        except FileNotFoundError:
            pass
        lock.close()


def _held_by_another(out: Path, lock: TextIO) -> str:
    with lock:
        lock.seek(0)
        owner, age = lock.read().strip() or "unknown", max(0, round(time() - os.fstat(lock.fileno()).st_mtime))
    return (
        f"{out}: another build ({owner}, for {age} seconds) is writing here. "
        "Wait until it is done, or choose another folder with --out."
    )
