"""Reads and checks `labels/<language>.toml` of the template folders; a site's own words replace the shipped ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from site_src.errors import MujazError, SettingsError, did_you_mean, unreadable
from site_src.tables import read_table
from site_src.text.patterns import late
from site_src.toml import not_toml, refused

_LISTS = {"months": 12, "months_short": 12, "weekdays": 7}
"""The lists of words in the calendar, with their lengths."""
_PATTERNS = {
    "day_month_year": ("day", "month", "year"),
    "day_month": ("day", "month"),
    "month_year": ("month", "year"),
    "with_weekday": ("weekday", "date"),
}
"""The patterns in the calendar, with the {places} that each may have."""
_KEYS = {"language": ("code", "name", "direction", "foreign"), "calendar": (*_LISTS, *_PATTERNS)}
"""The keys that a label file must have, and no others, in the tables whose keys are fixed."""
_TABLES = (*_KEYS, "languages", "labels", "desk")
_PLACE = late(r"\{(\w+)\}")


def read_label_files(folders: tuple[Path, ...], code: str) -> dict[str, dict[str, Any]]:
    """The tables of a language, by name; the words of a folder win over those of later folders.

    Every table is there, though it may be empty. Raises `MujazError` where there is no file, `SettingsError` with all
    mistakes of the first file that has any.
    """
    files = [path for folder in folders if (path := folder / "labels" / f"{code}.toml").is_file()]
    if not files:
        raise MujazError(f"templates/labels/{code}.toml: is missing; copy labels/en.toml and translate its words.")
    merged: dict[str, dict[str, Any]] = {name: {} for name in _TABLES}
    for path in reversed(files):
        tables = _read(path)
        if mistakes := list(_mistakes(tables, merged["labels"])):
            raise refused(path.read_text("utf-8-sig"), str(path), mistakes)
        for name, words in tables.items():
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


def _mistakes(tables: dict[str, Any], shipped_labels: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the tables of a file, in words; the labels of the file may replace `shipped_labels`."""
    for name, table in tables.items():
        if name not in _TABLES:
            yield _unknown_key(name, name, _TABLES)
        elif not isinstance(table, dict):
            yield f"{name} = {table!r}: must be a table"
        else:
            for key, value in table.items():
                yield from _value_mistakes(name, key, value, shipped_labels)


def _value_mistakes(table_name: str, key: str, value: Any, shipped_labels: dict[str, Any]) -> Iterator[str]:
    path = f"{table_name}.{key}"
    if table_name == "labels":
        yield from _label_mistakes(path, value, shipped_labels.get(key, value))
    elif table_name in _KEYS and key not in _KEYS[table_name]:
        yield _unknown_key(path, key, _KEYS[table_name])
    elif table_name == "calendar":
        yield from _calendar_mistakes(path, key, value)
    else:
        yield from _text_mistakes(path, value)


def _unknown_key(path: str, key: str, known_keys: Iterable[str]) -> str:
    return f"{path}: there is no such key{did_you_mean(key, known_keys, 'the keys are ' + ', '.join(known_keys))}"


def _text_mistakes(path: str, value: Any) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{path} = {value!r}: must be a string"


def _calendar_mistakes(path: str, key: str, value: Any) -> Iterator[str]:
    if key in _LISTS:
        if not (isinstance(value, list) and len(value) == _LISTS[key] and all(isinstance(word, str) for word in value)):
            yield f"{path} = {value!r}: must be a list of {_LISTS[key]} strings"
    elif isinstance(value, str) and not {*_PLACE.findall(value)} <= {*_PATTERNS[key]}:
        yield f"{path} = {value!r}: must have no places but {', '.join(f'{{{place}}}' for place in _PATTERNS[key])}"
    else:
        yield from _text_mistakes(path, value)


def _label_mistakes(path: str, value: Any, shipped: Any) -> Iterator[str]:
    if isinstance(value, dict) and isinstance(shipped, dict):
        for form, text in value.items():
            yield from _text_mistakes(f"{path}.{form}", text)
        if "other" not in value:
            yield f"{path}.other: is missing"
    elif isinstance(shipped, dict):
        yield f"{path} = {value!r}: must be a table of plural forms, as in the shipped file"
    else:
        yield from _text_mistakes(path, value)
