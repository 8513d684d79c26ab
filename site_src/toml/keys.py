"""Changes one key of a TOML document as a person would by hand: all other lines and comments are unchanged."""

from __future__ import annotations

from typing import Any


def set_key(table: Any, key: str, value: Any, *, replace_list: bool = False) -> None:
    """Set a key of a `tomlkit` document or table to a value: a text, a date or a list; None removes the key.

    A list keeps its lines and comments, and new members are added at its end; with `replace_list` the list is replaced.
    """
    if value is None:
        table.pop(key, None)
    elif key not in table:
        _insert(table, key, value)
    elif isinstance(value, list) and isinstance(table[key], list) and not replace_list:
        for member in [member for member in table[key] if member not in value]:
            table[key].remove(member)
        for member in value:
            if member not in table[key]:
                table[key].append(member)
    elif table[key] != value:
        table[key] = value


def _insert(table: Any, key: str, value: Any) -> None:
    """Insert a new key behind the last key above all subtables; `tomlkit` would put it below the comments there."""
    import tomlkit
    from tomlkit.items import AoT, Table

    body = table.value.body if isinstance(table, Table) else table.body
    keys = [index for index, (name, item) in enumerate(body) if name is not None and not isinstance(item, (AoT, Table))]
    has_subtables = any(isinstance(item, (AoT, Table)) for _, item in body)
    behind_keys = keys[-1] + 1 if keys else 0
    index = behind_keys if keys or has_subtables else len(body)
    body.insert(index, (tomlkit.key(key), tomlkit.item(value)))
