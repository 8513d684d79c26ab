"""Writes settings into the TOML files of the editor's word: under a lock, with a backup, as a step to take back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from site_src.errors import MujazError, unwritable
from site_src.serve.articles.toml_edit import Setting, Value, parse, value_of, with_settings
from site_src.serve.desk.steps import Change, Steps, locked, write
from site_src.text.decode import marked

_INDEPENDENT_ELEMENTS = frozenset({"drop", "keep", "merge", "keep_apart"})
"""Keys of lists whose elements do not depend on each other: one is taken out again whatever was added since."""

Decide = Callable[[str], Iterable[Setting]]
"""The settings that a file shall get, given its text as it is now; may refuse by raising `MujazError`."""


def save(steps: Steps, decisions: Sequence[tuple[Path, Decide]]) -> str:
    """Apply the settings of all decisions as one step, and return the names of their files.

    Raises `MujazError`, and writes nothing, where a decision is refused or a file is no TOML. Raises it too where a
    file cannot be written; the files written before it can then be taken back.
    """
    planned: list[Change] = []
    written: list[Change] = []
    path = decisions[0][0]
    try:
        with locked([path for path, _ in decisions]) as contents:
            for path, decide in decisions:
                content = contents[path]
                byte_order_mark, text = _read_text(content or b"", path)
                settings = tuple(decide(text))
                new_content = (byte_order_mark + with_settings(text, settings, path.name)).encode("utf-8")
                if new_content != (content or b""):
                    planned.append(Change(path, content, new_content, partial(_without_settings, path, settings)))
                    contents[path] = new_content
            for change in planned:
                path = change.path
                write([change])
                written.append(change)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        if written:
            steps.record(*written)
    return ", ".join(dict.fromkeys(path.name for path, _ in decisions))


def _without_settings(path: Path, settings: Sequence[Setting], content: bytes) -> bytes | None:
    """The content of the file with the settings taken out; None where one of their keys was edited since."""
    byte_order_mark, text = _read_text(content, path)
    reverse = [_reverse_setting(setting, parse(text, path.name)) for setting in reversed(settings)]
    if None in reverse:
        return None
    return (byte_order_mark + with_settings(text, filter(None, reverse), path.name)).encode("utf-8")


def _reverse_setting(setting: Setting, document: dict[str, object]) -> Setting | None:
    """The setting that reverses another in the file as it is now; None where an edit since stands in its way."""
    current = value_of(document, setting.key, setting.part)
    if current == setting.after:
        return Setting(setting.key, current, setting.before, setting.part)
    if setting.key not in _INDEPENDENT_ELEMENTS:
        return None
    added = _difference(setting.after, setting.before)
    removed = _difference(setting.before, setting.after)
    some_added_are_gone = bool(_difference(added, current))
    some_removed_are_back = len(_difference(removed, current)) < len(removed)
    if some_added_are_gone or some_removed_are_back:
        return None
    return Setting(setting.key, current, (*_difference(current, added), *removed), setting.part)


def _difference(value: Value, other: Value) -> tuple[object, ...]:
    """The elements of `value` that `other` lacks."""
    others = _elements(other)
    return tuple(element for element in _elements(value) if element not in others)


def _elements(value: Value) -> tuple[object, ...]:
    """The elements of a list; a single value counts as one element, an absent key as none."""
    if isinstance(value, tuple):
        return value
    return () if value is None else (value,)


def _read_text(content: bytes, path: Path) -> tuple[str, str]:
    """(byte order mark of the file or "", the text after it); raises `MujazError` where it is not UTF-8."""
    try:
        return marked(content)
    except UnicodeDecodeError as error:
        raise MujazError(
            f"{path.name}: is not UTF-8 (byte {error.start}); save it as UTF-8, then try again."
        ) from error
