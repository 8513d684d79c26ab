"""Functions for the workers of a cluster, in a module that they can import."""

import os
import signal
import time
from pathlib import Path


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


def tasks(dask_scheduler: object) -> int:
    """How many a scheduler has, run by it."""
    return len(dask_scheduler.tasks)  # type: ignore[attr-defined]
