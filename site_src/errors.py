"""The few errors that end a command; only `cli` prints them and exits.

A bad page is no error: it is a `model.Problem` in the report, and the other pages still build.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

FINE, FIXABLE, USAGE, BUG, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit codes: all well; something an editor can fix; wrong usage; a bug of ours; Ctrl-C."""


def program() -> str:
    """What a person types to call this program: `mujaz` where it is installed, else `python3 build.py`."""
    path = sys.argv[0].replace("\\", "/")
    return "mujaz" if path.rpartition("/")[2].removesuffix(".exe") == "mujaz" else "python3 build.py"


def command(rest: str) -> str:
    """A command of this program, as a message tells a person to type it."""
    return f"`{program()} {rest}`"


class MujazError(Exception):
    """Something a person can fix. `str(error)` says what, where and what to do."""

    exit_code = FIXABLE


class UsageError(MujazError):
    """The command itself was wrong: an unknown option, a path that does not exist."""

    exit_code = USAGE


class SettingsError(MujazError):
    """Every mistake of one file of ours (`site.toml`, `names.toml`, ...), said at once."""

    def __init__(self, file: str, mistakes: Sequence[str]):
        self.file, self.mistakes = file, tuple(mistakes)
        count = "1 mistake" if len(self.mistakes) == 1 else f"{len(self.mistakes)} mistakes"
        super().__init__("\n".join([f"{file}: {count}; nothing was written.", *(f"  {m}" for m in self.mistakes)]))
