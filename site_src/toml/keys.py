"""One key of a TOML document changed as a person would change it by hand: every other line and its comments stay."""

from __future__ import annotations

from typing import Any


def set_key(table: Any, key: str, value: Any, *, whole: bool = False) -> None:
    """Give a key of a document or table of `tomlkit` a value: a text, a date or a list; None takes the key out.

    A list keeps its lines and comments, and what it lacks comes at its end, unless it is to be written `whole`.
    """
    if value is None:
        table.pop(key, None)
    elif key not in table:
        _insert(table, key, value)
    elif isinstance(value, list) and isinstance(table[key], list) and not whole:
        for gone in [one for one in table[key] if one not in value]:
            table[key].remove(gone)
        for one in value:
            if one not in table[key]:
                table[key].append(one)
    elif table[key] != value:
        table[key] = value


def _insert(table: Any, key: str, value: Any) -> None:
    """Write it behind the last key that stands above all tables: the library would put it below comments."""
    import tomlkit
    from tomlkit.items import AoT, Table

    body = table.value.body if isinstance(table, Table) else table.body
    own = [place for place, (name, one) in enumerate(body) if name is not None and not isinstance(one, (AoT, Table))]
    tables = any(isinstance(one, (AoT, Table)) for _, one in body)
    place = own[-1] + 1 if own else 0 if tables else len(body)
    body.insert(place, (tomlkit.key(key), tomlkit.item(value)))
