"""Writes an editor's word into its TOML file so that it can be taken back: under a lock, backed up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from site_src.errors import MujazError, unwritable
from site_src.serve.articles.toml_edit import Setting, Value, parse, value_of, with_settings
from site_src.serve.desk.steps import Change, Steps, locked, write
from site_src.text.decode import marked

_SETS = frozenset({"drop", "keep", "merge", "keep_apart"})
"""Lists whose elements stand for themselves: one is taken back whatever else was added since."""


Decide = Callable[[str], Iterable[Setting]]
"""The settings that a file shall get, given its text as it is now; may refuse by raising `MujazError`."""


def save(steps: Steps, decisions: Sequence[tuple[Path, Decide]]) -> str:
    """Make the settings that are decided, as one step; gives the names of the files that they stand in.

    Raises `MujazError`, and nothing is written, where one is refused or a file is no TOML; also where a file cannot be
    written, and those before it then can be taken back.
    """
    made: list[Change] = []
    done: list[Change] = []
    path = decisions[0][0]
    try:
        with locked([path for path, _ in decisions]) as found:
            for path, decide in decisions:
                begin, text = _text(found[path] or b"", path)
                settings = tuple(decide(text))
                after = (begin + with_settings(text, settings, path.name)).encode("utf-8")
                if after != (found[path] or b""):
                    made.append(Change(path, found[path], after, partial(_without, path, settings)))
                    found[path] = after
            for one in made:
                path = one.path
                write([one])
                done.append(one)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        if done:
            steps.record(*done)
    return ", ".join(dict.fromkeys(path.name for path, _ in decisions))


def _without(path: Path, settings: Sequence[Setting], now: bytes) -> bytes | None:
    """The file with what it said before; None where somebody has changed the same key since."""
    begin, text = _text(now, path)
    back = [_back(setting, parse(text, path.name)) for setting in reversed(settings)]
    if None in back:
        return None
    return (begin + with_settings(text, filter(None, back), path.name)).encode("utf-8")


def _back(setting: Setting, document: dict[str, object]) -> Setting | None:
    """The setting that takes another back in a file that was changed since; None where it cannot be told apart."""
    now = value_of(document, setting.key, setting.part)
    if now == setting.after:
        return Setting(setting.key, now, setting.before, setting.part)
    if setting.key not in _SETS:
        return None
    came, gone = _less(setting.after, setting.before), _less(setting.before, setting.after)
    if _less(came, now) or len(_less(gone, now)) < len(gone):
        return None
    return Setting(setting.key, now, (*_less(now, came), *gone), setting.part)


def _less(one: Value, other: Value) -> tuple[object, ...]:
    less = _elements(other)
    return tuple(element for element in _elements(one) if element not in less)


def _elements(value: Value) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)


def _text(content: bytes, path: Path) -> tuple[str, str]:
    """The byte order mark that the file begins with, "" without one, and the text after it."""
    try:
        return marked(content)
    except UnicodeDecodeError as error:
        raise MujazError(
            f"{path.name}: is not UTF-8 (byte {error.start}); save it as UTF-8, then try again."
        ) from error
