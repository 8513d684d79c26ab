"""One piece of work that must not stop the others: within a limit of processor time, its faults told as a problem.

Where a fault shows only in what is made of all pieces together, `culprits` finds those that it comes from.

What takes longer is stopped by a signal, because a thread cannot be stopped: where there are no such timers (Windows),
and outside of the main thread, nothing is, and only the limits of size hold.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Sequence
from functools import partial
from types import FrameType
from typing import TypeVar

from site_src.errors import MujazError
from site_src.model.report import Problem

T = TypeVar("T")

NO_FAULTS = (MujazError, MemoryError)
"""What work may raise without being at fault: an answer to the editor, and the end of the machine's memory."""
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

    Raises what is no fault.
    """
    try:
        result = within(seconds, work)
    except NO_FAULTS:
        raise
    except Exception as error:  # a bug of ours: it must not keep the other pages off the site
        return failed(file, error)
    return _too_slow(file, seconds) if result is None else result


def culprits(items: Sequence[T], work: Callable[[Sequence[T]], object]) -> list[tuple[T, Exception]]:
    """The items on each of which alone `work` is at fault, with the fault; none where it is on every one of them.

    A half of the items on which there is no fault is not looked at further: for one culprit among many, the work is
    done about twice. Raises what is no fault.
    """
    found = _culprits(items, work)
    return found if len(found) < len(items) else []


def _culprits(items: Sequence[T], work: Callable[[Sequence[T]], object]) -> list[tuple[T, Exception]]:
    fault = _fault(partial(work, items)) if items else None
    if fault is None or len(items) == 1:
        return [(items[0], fault)] if fault else []
    middle = len(items) // 2
    return [*_culprits(items[:middle], work), *_culprits(items[middle:], work)]


def _fault(work: Callable[[], object]) -> Exception | None:
    try:
        work()
    except (*NO_FAULTS, OSError):
        raise
    except Exception as error:
        return error
    return None


def _too_slow(file: str, seconds: float) -> Problem:
    todo = "save the article alone, as text; or raise site.seconds_per_page"
    return Problem(file, "too-slow", f"took more than {seconds:g} seconds to understand and was left out", todo)


def failed(file: str, error: Exception) -> Problem:
    """The problem of a file on which this program is at fault."""
    what = f"this program failed on it ({type(error).__name__}: {error}) and left it out"
    return Problem(file, "page-failed", what, "tell us, with the page; meanwhile save the article alone, as text")


def _can_stop() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _Stop
