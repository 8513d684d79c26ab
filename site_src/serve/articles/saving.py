"""Writes an editor's word into its TOML file and takes it back: under a lock, backed up, never over newer words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct

from site_src.errors import MujazError, unwritable
from site_src.filesystem import alone
from site_src.serve.articles.toml_edit import Setting, Value, parse, value_of, with_settings
from site_src.text.decode import marked
from site_src.translate.save import replace_file

_SETS = frozenset({"drop", "keep", "merge", "keep_apart"})
"""Lists whose elements stand for themselves: one is taken back whatever else was added since."""


class Written(Struct, frozen=True):
    """What a change made of a file: all that it takes to take it back."""

    path: Path
    before: bytes | None
    """None where there was no file."""
    after: bytes
    settings: tuple[Setting, ...]


def change(path: Path, decide: Callable[[str], Iterable[Setting]]) -> Written | None:
    """Make the settings that `decide` wants, given the file's text as it is now; None where nothing would change.

    `decide` runs under the lock of the folder and may refuse by raising `MujazError`, which is also raised for a file
    that is no TOML or cannot be written; the file then keeps its bytes.
    """
    try:
        with alone(path.parent):
            before = _read(path)
            text = _text(before, path)
            settings = tuple(decide(text))
            after = _bytes(with_settings(text, settings, path.name), before)
            if after == (before or b""):
                return None
            replace_file(path, after, before or b"")
            return Written(path, before, after, settings)
    except OSError as error:
        raise unwritable(path, error) from error


def take_back(written: Written) -> bool:
    """Put back what the file said before; False where somebody has changed the same key since."""
    path = written.path
    try:
        with alone(path.parent):
            now = _read(path)
            if now == written.after:
                _put(path, written.before, written.after)
                return True
            text = _text(now, path)
            back = [_back(setting, parse(text, path.name)) for setting in reversed(written.settings)]
            settings = [setting for setting in back if setting]
            if len(settings) == len(written.settings):
                replace_file(path, _bytes(with_settings(text, settings, path.name), now), now or b"")
            return len(settings) == len(written.settings)
    except OSError as error:
        raise unwritable(path, error) from error


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


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _put(path: Path, content: bytes | None, over: bytes) -> None:
    if content is None:
        path.unlink()
    else:
        replace_file(path, content, over)


def _text(content: bytes | None, path: Path) -> str:
    try:
        return marked(content or b"")[1]
    except UnicodeDecodeError as error:
        raise MujazError(
            f"{path.name}: is not UTF-8 (byte {error.start}); save it as UTF-8, then try again."
        ) from error


def _bytes(text: str, before: bytes | None) -> bytes:
    return (marked(before or b"")[0] + text).encode("utf-8")
