"""A limit of processor time for one piece of work: what takes longer is stopped, and the report names it.

Stopped by a signal, because a thread cannot be stopped: where there are no such timers (Windows), and outside of the
main thread, nothing is, and only the limits of size hold.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

from site_src.model.report import Problem

T = TypeVar("T")

_AGAIN = 0.2
"""Seconds after which a stop is repeated that fell into code which cannot be stopped (a destructor)."""


class _Stop(BaseException):
    """Raised in the midst of the work; no `except Exception` of the work holds it up."""


def within(seconds: float, work: Callable[[], T]) -> T | None:
    """The result of `work()`; None once this process has spent so many seconds of CPU time on it.

    One call of a C library is stopped only at its end, a regular expression at once. Other users of `ITIMER_PROF`
    (profilers) must not run meanwhile.
    """
    if not _can_stop():
        return work()
    before = signal.signal(signal.SIGPROF, _stop)
    try:
        try:
            signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
            return work()
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    except _Stop:
        return None
    finally:
        signal.signal(signal.SIGPROF, before)


def too_slow(file: str, seconds: float) -> Problem:
    """What the report says of a page that took too long."""
    todo = "save the article alone, as text; or raise site.seconds_per_page"
    return Problem(file, "too-slow", f"took more than {seconds:g} seconds to understand and was left out", todo)


def _can_stop() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _Stop
