"""`labels/<language>.toml` of the template folders: read and checked, a site's own words laid over the shipped ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from site_src.errors import MujazError, SettingsError, did_you_mean, unreadable
from site_src.tables import read_table
from site_src.text.patterns import late
from site_src.toml import not_toml, refused

_LISTS = {"months": 12, "months_short": 12, "weekdays": 7}
"""Of the calendar: what is a list of words, and of how many."""
_PATTERNS = {
    "day_month_year": ("day", "month", "year"),
    "day_month": ("day", "month"),
    "month_year": ("month", "year"),
    "with_weekday": ("weekday", "date"),
}
"""Of the calendar: what is a pattern, and the places that it may have."""
_KEYS = {"language": ("code", "name", "direction", "foreign"), "calendar": (*_LISTS, *_PATTERNS)}
"""The tables that a label file must have, of which every key is known."""
_TABLES = (*_KEYS, "languages", "labels", "desk")
_PLACE = late(r"\{(\w+)\}")


def read_label_files(folders: tuple[Path, ...], code: str) -> dict[str, dict[str, Any]]:
    """The tables of a language; a folder's words win over those of later folders, and any table may be empty.

    Raises `MujazError` where there is no file, `SettingsError` with all mistakes of the first that has any.
    """
    files = [path for folder in folders if (path := folder / "labels" / f"{code}.toml").is_file()]
    if not files:
        raise MujazError(f"templates/labels/{code}.toml: is missing; copy labels/en.toml and translate its words.")
    merged: dict[str, dict[str, Any]] = {name: {} for name in _TABLES}
    for path in reversed(files):
        said = _read(path)
        if mistakes := list(_mistakes(said, merged["labels"])):
            raise refused(path.read_text("utf-8-sig"), str(path), mistakes)
        for name, words in said.items():
            merged[name] |= words
    missing = [f"{name}.{key}: is missing" for name, keys in _KEYS.items() for key in keys if key not in merged[name]]
    if missing:
        raise SettingsError(str(files[0]), missing)
    return merged


def _read(path: Path) -> dict[str, Any]:
    try:
        return read_table(path)
    except UnicodeError as error:
        raise unreadable(path, error) from error
    except (ValueError, RecursionError) as error:
        raise not_toml(path.read_text("utf-8-sig"), str(path)) from error


def _mistakes(said: dict[str, Any], shipped: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a file that says this; `shipped` are the labels that its own are laid over."""
    for name, words in said.items():
        if name not in _TABLES:
            yield _unknown(name, name, _TABLES)
        elif not isinstance(words, dict):
            yield f"{name} = {words!r}: must be a table"
        else:
            for key, value in words.items():
                if name == "labels":
                    yield from _of_label(f"labels.{key}", value, shipped.get(key, value))
                elif key not in _KEYS.get(name, words):
                    yield _unknown(f"{name}.{key}", key, _KEYS[name])
                elif name == "calendar":
                    yield from _of_calendar(key, value)
                else:
                    yield from _of_text(f"{name}.{key}", value)


def _unknown(shown: str, key: str, known: Iterable[str]) -> str:
    return f"{shown}: there is no such key{did_you_mean(key, known, 'the keys are ' + ', '.join(known))}"


def _of_text(shown: str, value: Any) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{shown} = {value!r}: must be a string"


def _of_calendar(key: str, value: Any) -> Iterator[str]:
    shown = f"calendar.{key}"
    if key in _LISTS:
        if not (isinstance(value, list) and len(value) == _LISTS[key] and all(isinstance(word, str) for word in value)):
            yield f"{shown} = {value!r}: must be a list of {_LISTS[key]} strings"
    elif isinstance(value, str) and not {*_PLACE.findall(value)} <= {*_PATTERNS[key]}:
        yield f"{shown} = {value!r}: must have no places but {', '.join(f'{{{place}}}' for place in _PATTERNS[key])}"
    else:
        yield from _of_text(shown, value)


def _of_label(shown: str, value: Any, shipped: Any) -> Iterator[str]:
    if isinstance(value, dict) and isinstance(shipped, dict):
        for form, text in value.items():
            yield from _of_text(f"{shown}.{form}", text)
        if "other" not in value:
            yield f"{shown}.other: is missing"
    elif isinstance(shipped, dict):
        yield f"{shown} = {value!r}: must be a table of plural forms, as in the shipped file"
    else:
        yield from _of_text(shown, value)
