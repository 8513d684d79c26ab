"""The few errors that end a command; only `cli` prints them and exits.

A bad page is no error: it is a `model.report.Problem` in the report, and the other pages still build.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FIXABLE, USAGE, BUG, INTERRUPTED = 1, 2, 3, 130
"""Exit codes besides 0, all well: something an editor can fix; wrong usage; a bug of ours; Ctrl-C."""


INSTALLED = "mujaz"
"""The name of the program where it is installed."""
_BUILD = "build.py"
"""The file that calls it in a checkout."""


def program() -> str:
    """What a person types to call this program: `mujaz` where it is installed, else `python3 build.py`.

    Where that file lies in another folder than the person works in, its whole path.
    """
    folder, _, name = sys.argv[0].replace("\\", "/").rpartition("/")
    if name.removesuffix(".exe") == INSTALLED:
        return INSTALLED
    if name != _BUILD or os.path.realpath(folder or ".") == os.path.realpath("."):
        return f"python3 {_BUILD}"
    from shlex import quote

    return f"python3 {quote(sys.argv[0])}"


_named: dict[str, str] = {}
"""The options by which the person named the site, as they were typed."""


def name_site(config: str, content: str) -> None:
    """Remember how the person named the site of this call, so that `command` can say it back; "" for not at all."""
    _named.update({"--config": config, "--content": content})


def command(rest: str) -> str:
    """A command of this program, as a message tells a person to type it: of the same site as this call."""
    wanted = () if "--config" in rest else ("--config",) if rest.startswith("inspect ") else ("--config", "--content")
    from shlex import quote

    given = [f" {option} {quote(_named[option])}" for option in wanted if _named.get(option)]
    return f"`{program()} {rest}{''.join(given)}`"


def installing(*packages: str) -> str:
    """The command that installs packages where this program runs, be it a checkout or an installed program.

    It names what is missing and never an extra of our own: a package index may know another project by our name.
    """
    from pathlib import Path
    from shlex import quote

    python = Path(sys.executable or "python3")
    here = python.relative_to(Path.cwd()) if python.is_relative_to(Path.cwd()) else python
    return f"`{quote(str(here))} -m pip install {' '.join(map(quote, packages))}`"


def nearest(typed: str, known: Iterable[str]) -> str:
    """Of the words that are known the one that is most like what was typed; "" where none is."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(typed, list(known), n=1)), "")


def did_you_mean(typed: str, known: Iterable[str], otherwise: str = "") -> str:
    """The end of a complaint about a word that is none of those known: the nearest of them, else `otherwise`."""
    near = nearest(typed, known)
    hint = f"did you mean {near!r}?" if near else otherwise
    return f"; {hint}" if hint else ""


class MujazError(Exception):
    """Something a person can fix. `str(error)` says what, where and what to do."""

    exit_code = FIXABLE


class UsageError(MujazError):
    """The command itself was wrong: an unknown option, a path that does not exist."""

    exit_code = USAGE


class LostPartsError(MujazError):
    """Parts of a remembered value are gone or harmed: whoever began with that value begins anew, without the cache."""

    def __init__(self, where: str):
        super().__init__(f"{where} holds values that are none of ours: remove its folder, and build again.")


class SettingsError(MujazError):
    """Every mistake of one file of ours (`site.toml`, `names.toml`, ...), said at once."""

    def __init__(self, file: str, mistakes: Sequence[str]):
        self.file, self.mistakes = file, tuple(mistakes)
        count = "1 mistake" if len(self.mistakes) == 1 else f"{len(self.mistakes)} mistakes"
        super().__init__("\n".join([f"{file}: {count}; nothing was written.", *(f"  {m}" for m in self.mistakes)]))


def reason(error: Exception) -> str:
    """What an error says; of what the system refused its words alone, without its number and the path."""
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


def refused(error: OSError) -> str:
    """What the system refused and, where it names them, on which paths."""
    paths = [str(path) for path in (error.filename, error.filename2) if path]
    return ": ".join([reason(error), *([" -> ".join(paths)] if paths else [])])


def unread(error: OSError | UnicodeError) -> tuple[str, str]:
    """What to say of a file that ought to be text in UTF-8 and could not be read, and what to do."""
    if isinstance(error, UnicodeError):
        byte = f" (byte {error.start})" if isinstance(error, UnicodeDecodeError) else ""
        return f"is not UTF-8{byte}", "save it as UTF-8"
    todo = "bring it back" if isinstance(error, FileNotFoundError) else "make sure that it may be read"
    return f"cannot be read: {reason(error)}", todo


def unreadable(path: Path, error: OSError | UnicodeError) -> SettingsError:
    """What to raise where a file of ours cannot be read."""
    return SettingsError(str(path), ["; ".join(unread(error))])


def unwritable(path: Path, error: OSError) -> MujazError:
    """What to raise where a file of the editor's cannot be changed: it keeps its bytes."""
    what = f"{path.name}: cannot be changed ({error.strerror}); its old content is intact."
    return MujazError(f"{what} Free space, or allow reading and writing, then try again.")
