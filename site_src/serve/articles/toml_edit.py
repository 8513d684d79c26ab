"""Changes keys of a TOML file as a person would by hand: from text to text, every other line unchanged."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from site_src.errors import MujazError
from site_src.naming import ended_like
from site_src.parse.editor.header import key_of
from site_src.toml.keys import set_key

Value = Any
"""A text or a date, or the elements of a list as a tuple (texts, numbers, tuples of texts); None for an absent key."""


class Setting(Struct, frozen=True):
    """A change of one key: its value now and its value afterwards."""

    key: str
    before: Value
    after: Value
    part: int = 0
    """The number of a `[[part]]` table, from 1; 0 means the keys above all tables."""


def parse(text: str, file: str) -> dict[str, Any]:
    """The document that the text of a file holds; raises `MujazError` where it is no TOML or `part` is not tables."""
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        from site_src.toml.mistake import toml_mistake

        raise MujazError(f"{file}: is not TOML: {toml_mistake(text)}; correct it, then try again.") from error
    parts = document.get("part", [])
    if not (isinstance(parts, list) and all(isinstance(part, dict) for part in parts)):
        raise MujazError(f"{file}: `part` is no list of tables; write [[part]] once for each article, then try again.")
    return document


def value_of(document: dict[str, Any], key: str, part: int = 0) -> Value:
    """The value of a key, under whichever of its names it stands; None where it is absent."""
    table = _find_table(document, part)
    value = table.get(_name_in_table(table, key))
    if not isinstance(value, list):
        return value
    return tuple(tuple(element) if isinstance(element, list) else element for element in value)


def settings_to_remove(document: dict[str, Any], key: str, part: int, *, several: bool) -> tuple[Setting, ...]:
    """The settings that remove a key for an article; the first is the one that counts.

    The key stands in the `[[part]]` of the article. Where its page has one article only (not `several`), it may stand
    above all tables too.
    """
    parts = (part,) if several else (part, 0)
    values = ((number, value_of(document, key, number)) for number in parts)
    return tuple(Setting(key, value, None, number) for number, value in values if value is not None)


def settings_to_set(
    document: dict[str, Any], key: str, part: int, wanted: Value, *, several: bool
) -> tuple[Setting, ...]:
    """The settings that give a key this value for an article, where it stands now if it is present.

    None for `wanted` removes the key. `several` is as in `settings_to_remove`.
    """
    present = settings_to_remove(document, key, part, several=several)
    if wanted is None:
        return present
    if present:
        return (replace(present[0], after=wanted),)
    return (Setting(key, None, wanted, part if several else 0),)


def with_settings(text: str, settings: Iterable[Setting], file: str) -> str:
    """The text with each setting applied; raises `MujazError` where it is no TOML, or cannot be changed safely."""
    for setting in settings:
        text = _apply(text, setting, file)
    return text


def _apply(text: str, setting: Setting, file: str) -> str:
    """The text with one setting applied, checked by reading it again."""
    document = parse(text, file)
    missing_parts = setting.part - len(document.get("part", [])) if setting.after is not None else 0
    last_line_ended = text if not text or text.endswith("\n") else text + "\n"
    extended = last_line_ended + "\n[[part]]\n" * missing_parts
    expected = _expected_document(document, setting)
    for whole in (False, True):
        with suppress(Exception):  # tomlkit fails on rare documents, with exceptions of many kinds
            changed = _edit_text(extended, setting, whole=whole)
            if tomllib.loads(changed) == expected:
                return ended_like(text, changed)
    raise MujazError(f"{file}: the key {setting.key} cannot be changed here; change it in the file.")


def _expected_document(document: dict[str, Any], setting: Setting) -> dict[str, Any]:
    """The given document, changed in place to what the file must say afterwards."""
    if setting.after is not None and setting.part:
        parts = document.setdefault("part", [])
        parts += ({} for _ in range(setting.part - len(parts)))
    table = _find_table(document, setting.part)
    name = _name_in_table(table, setting.key)
    if setting.after is None:
        table.pop(name, None)
    else:
        table[name] = _toml_value(setting.after)
    return document


def _edit_text(text: str, setting: Setting, *, whole: bool) -> str:
    import tomlkit

    document: Any = tomlkit.parse(text)
    table = _find_table(document, setting.part)
    set_key(table, _name_in_table(table, setting.key), _toml_value(setting.after), replace_list=whole)
    return str(document.as_string())


def _find_table(document: Any, part: int) -> Any:
    """The table of a part (0: the document itself); an empty one where the file has no such part."""
    if not part:
        return document
    parts = document.get("part", [])
    return parts[part - 1] if isinstance(parts, list) and part <= len(parts) else {}


def _name_in_table(table: Any, key: str) -> str:
    """The name under which a key stands in the table; the key itself where it is absent."""
    return next((str(name) for name in table if key_of(name) == key), key)


def _toml_value(value: Value) -> Any:
    """The value with lists in place of tuples."""
    if not isinstance(value, tuple):
        return value
    return [list(element) if isinstance(element, tuple) else element for element in value]
