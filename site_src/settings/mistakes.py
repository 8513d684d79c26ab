"""Values of a file without the type that its struct states, each in a sentence: key, value, what is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from copy import deepcopy
from datetime import date, time
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from msgspec import Struct
from msgspec.structs import fields

from site_src.errors import did_you_mean

_PLAIN_TYPES: dict[Any, tuple[tuple[type, ...], str]] = {
    str: ((str,), "a string"),
    bool: ((bool,), "true or false"),
    int: ((int,), "an integer"),
    float: ((int, float), "a number"),
}
"""Each plain type to the types that TOML may give for it, and its name for people."""


def mistakes_in(raw: dict[str, Any], struct: type[Struct]) -> list[str]:
    """All mistakes of type in the content of a TOML file: its values in their order, then the keys that it lacks."""
    return list(_mistakes(raw, struct, ""))


def without(raw: dict[str, Any], mistakes: Iterable[str]) -> dict[str, Any]:
    """The content of a TOML file without the values that `mistakes`, from `mistakes_in`, are about."""
    remaining = deepcopy(raw)
    for mistake in reversed([*mistakes]):  # from the end of a list, so that the indexes of other members stay valid
        *parents, last = key_of(mistake).split(".")
        with suppress(LookupError, TypeError, ValueError):
            table: Any = remaining
            for name in parents:
                table = table[int(name) - 1] if isinstance(table, list) else table[name]
            del table[int(last) - 1 if isinstance(table, list) else last]
    return remaining


def key_of(mistake: str) -> str:
    """The key with which a mistake begins."""
    return re.split(r":? ", mistake, maxsplit=1)[0]


def _mistakes(value: Any, expected: Any, key: str) -> Iterator[str]:
    """The mistakes in a value that should have the type `expected`, and in all that is in it; members count from 1."""
    origin, arguments = get_origin(expected), get_args(expected)
    if NoneType in arguments:  # TOML has no null: a value that is there must have the other type
        yield from _mistakes(value, arguments[0], key)
    elif origin is Literal:
        yield from () if value in arguments else _wrong(value, key, _any_of(arguments))
    elif origin is tuple:
        is_list = isinstance(value, list)
        yield from _in_members(enumerate(value, 1), arguments[0], key) if is_list else _wrong(value, key, "a list")
    elif origin is dict:
        is_table = isinstance(value, dict)
        yield from _in_members(value.items(), arguments[1], key) if is_table else _wrong(value, key, "a table")
    elif expected not in _PLAIN_TYPES:
        yield from _in_table(value, expected, key) if isinstance(value, dict) else _wrong(value, key, "a table")
    else:
        types, type_name = _PLAIN_TYPES[expected]
        yield from () if type(value) in types else _wrong(value, key, type_name)


def _in_members(members: Iterable[tuple[Any, Any]], expected: Any, key: str) -> Iterator[str]:
    for name, value in members:
        yield from _mistakes(value, expected, f"{key}.{name}")


def _in_table(table: dict[str, Any], expected: type[Struct], key: str) -> Iterator[str]:
    """The mistakes in a table that a struct describes."""
    types, prefix = get_type_hints(expected), f"{key}." if key else ""
    all_keys = f"the keys are {', '.join(types)}"
    for name, value in table.items():
        if name in types:
            yield from _mistakes(value, types[name], prefix + name)
        else:
            yield f"{prefix}{name}: there is no such key{did_you_mean(name, types, all_keys)}"
    for field in fields(expected):
        if field.required and field.name not in table:
            yield f"{prefix}{field.name}: is missing"


def _wrong(value: Any, key: str, allowed: str) -> Iterator[str]:
    shown = value.isoformat() if isinstance(value, date | time) else repr(value)
    yield f"{key} = {shown}: must be {allowed}"


def _any_of(values: tuple[Any, ...]) -> str:
    """The values as a person lists them: "'a', 'b' or 'c'"."""
    *most, last = map(repr, values)
    return f"{', '.join(most)} or {last}" if most else last
