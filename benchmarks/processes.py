"""Measures what one process costs, by the kernel's own account of it and of the children it waited for."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class ProcessError(Exception):
    """A process that did not end well; the message holds its last words."""


@dataclass(frozen=True)
class Cost:
    """What one process and its children cost."""

    cpu: float
    """Seconds, user and system."""
    wall: float
    """Seconds."""
    peak: float
    """MiB, of the largest of them."""


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path) -> Cost:
    """Run a command in `folder` with `environment` besides ours; its output goes to `log`. Raises `ProcessError`.

    Linux counts the memory of whoever starts a process as the process's own until it runs its program, so the caller
    must be small.
    """
    start = time.perf_counter()
    with log.open("wb") as output:
        child = subprocess.Popen(
            command, cwd=folder, env=own_environment() | environment, stdin=subprocess.DEVNULL, stdout=output,
            stderr=output,
        )  # fmt: skip
        _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        last = (log.read_text("utf-8", "replace").strip() or "it printed nothing").splitlines()[-1]
        raise ProcessError(f"{Path(command[0]).name} ended with {child.returncode}: {last}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def own_environment() -> dict[str, str]:
    """Our environment, in which Python keeps what it has compiled, as it does for everybody who did not forbid it."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def pin(core: int | None) -> int:
    """Keep this process and its children to one core, the first that is allowed where none is named; return it."""
    if not hasattr(os, "sched_setaffinity"):
        raise SystemExit("The comparison needs Linux: elsewhere a process cannot be kept to one core.")
    number = min(os.sched_getaffinity(0)) if core is None else core
    os.sched_setaffinity(0, {number})
    return number
