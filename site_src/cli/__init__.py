"""The command line: the one place that reads arguments, prints and decides the exit code.

Exit codes: 0 fine, 1 something an editor can fix, 2 wrong usage, 3 a bug of ours, 130 interrupted.
"""

from __future__ import annotations

import argparse
import atexit
import errno
import gc
import signal
import sys
from io import TextIOWrapper

from site_src.cli.arguments import parse_arguments
from site_src.errors import BUG, FIXABLE, INTERRUPTED, LostPartsError, MujazError, name_site, refused

_ENVIRONMENT_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM)
"""Errors that no bug of ours can cause, such as a report printed into a file on a full disk, or a folder of the site
that this user may not read or write."""


def collect_seldom() -> None:
    """Make the garbage collector run seldom: it would search modules and stage results, which stay, every time."""
    gc.set_threshold(200_000, 20, 1_000)


def main(arguments: list[str] | None = None, *, ends: bool = False) -> int:
    """Run one command and return the exit code. A person sees sentences, and a traceback only with --debug.

    `ends` tells that the process ends with the command. Without `arguments` it does, and its own arguments are used.
    """
    collect_seldom()
    atexit.register(gc.freeze)  # at exit the system frees all memory: a last search for cycles would only take time
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    options = parse_arguments(sys.argv[1:] if arguments is None else arguments)
    options.ends = ends or arguments is None
    name_site(getattr(options, "config", ""), getattr(options, "content", ""))
    try:
        return _run(options)
    except KeyboardInterrupt:
        print("\nInterrupted. What was done is kept; run the same command to go on.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:
        if options.debug and not isinstance(error, MujazError):
            raise
        from site_src.cli.report import visible

        message, code = _explain(error)
        print(visible(message), file=sys.stderr)
        return code
    finally:
        name_site("", "")  # another call of this process may be of another site


def _explain(error: Exception) -> tuple[str, int]:
    """What a person is told of an error, and the exit code."""
    if isinstance(error, MujazError):
        return str(error), error.exit_code
    if isinstance(error, OSError) and error.errno in _ENVIRONMENT_ERRORS:
        todo = "Allow it" if isinstance(error, PermissionError) else "Free space or mend the disk"
        return f"The system refused it: {refused(error)}. {todo}, then repeat.", FIXABLE
    if isinstance(error, MemoryError):
        return (
            "The memory of this machine is not enough. Nothing was published. End other programs, then repeat.",
            FIXABLE,
        )
    return (
        f"This is a bug of ours, not a mistake of yours: {type(error).__name__}: {error}\n"
        "Nothing was published. Run the command again with --debug and report what it prints."
    ), BUG


def _run(options: argparse.Namespace) -> int:
    """Run the command; if parts of the cache turn out to be lost, clear the cache and run it once more."""
    from importlib import import_module

    command = import_module(f"site_src.cli.{options.module}")
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:  # as `bootstrap` left it: from here on Ctrl-C raises
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return int(command.run(options))
    except LostPartsError:
        from site_src.cli.site import places_of
        from site_src.store import clear

        clear(places_of(options).cache)
        return int(command.run(options))
