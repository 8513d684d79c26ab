"""One piece of work that must not stop the others: within a limit of processor time, its faults told as a problem.

What takes longer is stopped by a signal, because a thread cannot be stopped: where there are no such timers (Windows),
and outside of the main thread, nothing is, and only the limits of size hold.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

from site_src.errors import MujazError
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


def attempt(file: str, seconds: float, work: Callable[[], T]) -> T | Problem:
    """The result of `work()` on what a file holds; the problem where it takes longer than `seconds` or is at fault.

    A `MujazError` is an answer to the editor and not a fault: it is raised, as is `MemoryError`.
    """
    try:
        result = within(seconds, work)
    except (MujazError, MemoryError):
        raise
    except Exception as error:  # a bug of ours: it must not keep the other pages off the site
        return _failed(file, error)
    return _too_slow(file, seconds) if result is None else result


def _too_slow(file: str, seconds: float) -> Problem:
    todo = "save the article alone, as text; or raise site.seconds_per_page"
    return Problem(file, "too-slow", f"took more than {seconds:g} seconds to understand and was left out", todo)


def _failed(file: str, error: Exception) -> Problem:
    what = f"this program failed on it ({type(error).__name__}: {error}) and left it out"
    return Problem(file, "page-failed", what, "tell us, with the page; meanwhile save the article alone, as text")


def _can_stop() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _Stop
