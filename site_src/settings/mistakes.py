"""Every value of a file that is not of the type that its struct states, in a sentence: key, value, what is allowed."""

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

_PLAIN: dict[Any, tuple[tuple[type, ...], str]] = {
    str: ((str,), "a string"),
    bool: ((bool,), "true or false"),
    int: ((int,), "an integer"),
    float: ((int, float), "a number"),
}
"""Of each plain type: what TOML may give for it, and its name."""


def mistakes_in(raw: dict[str, Any], shape: type[Struct]) -> list[str]:
    """All mistakes of what was read of a TOML file: those of its values in its order, then keys that it lacks."""
    return list(_mistakes(raw, shape, ""))


def without(raw: dict[str, Any], mistakes: Iterable[str]) -> dict[str, Any]:
    """What was read of a TOML file without the values that `mistakes_in` has something against."""
    left = deepcopy(raw)
    for said in reversed([*mistakes]):  # the members of a list from its end, so that each is in its place still
        *above, last = key_of(said).split(".")
        with suppress(LookupError, TypeError, ValueError):
            table: Any = left
            for name in above:
                table = table[int(name) - 1] if isinstance(table, list) else table[name]
            del table[int(last) - 1 if isinstance(table, list) else last]
    return left


def key_of(said: str) -> str:
    """The key with which a mistake begins."""
    return re.split(r":? ", said, maxsplit=1)[0]


def _mistakes(value: Any, shape: Any, key: str) -> Iterator[str]:
    """The mistakes of a value and of all that is in it; members of lists count from 1."""
    origin, of = get_origin(shape), get_args(shape)
    if NoneType in of:  # TOML has no null: what may be missing is of the other type
        yield from _mistakes(value, of[0], key)
    elif origin is Literal:
        yield from () if value in of else _wrong(value, key, _any_of(of))
    elif origin is tuple:
        yield from _of_all(enumerate(value, 1), of[0], key) if isinstance(value, list) else _wrong(value, key, "a list")
    elif origin is dict:
        yield from _of_all(value.items(), of[1], key) if isinstance(value, dict) else _wrong(value, key, "a table")
    elif shape not in _PLAIN:
        yield from _of_table(value, shape, key) if isinstance(value, dict) else _wrong(value, key, "a table")
    elif type(value) not in _PLAIN[shape][0]:
        yield from _wrong(value, key, _PLAIN[shape][1])


def _of_all(members: Iterable[tuple[Any, Any]], shape: Any, key: str) -> Iterator[str]:
    for name, value in members:
        yield from _mistakes(value, shape, f"{key}.{name}")


def _of_table(table: dict[str, Any], shape: type[Struct], key: str) -> Iterator[str]:
    """The mistakes of a table that a struct describes."""
    shapes, above = get_type_hints(shape), f"{key}." if key else ""
    known = f"the keys are {', '.join(shapes)}"
    for name, value in table.items():
        if name in shapes:
            yield from _mistakes(value, shapes[name], above + name)
        else:
            yield f"{above}{name}: there is no such key{did_you_mean(name, shapes, known)}"
    yield from (f"{above}{one.name}: is missing" for one in fields(shape) if one.required and one.name not in table)


def _wrong(value: Any, key: str, allowed: str) -> Iterator[str]:
    shown = value.isoformat() if isinstance(value, date | time) else repr(value)
    yield f"{key} = {shown}: must be {allowed}"


def _any_of(values: tuple[Any, ...]) -> str:
    """The values as a person lists them: "'a', 'b' or 'c'"."""
    *most, last = map(repr, values)
    return f"{', '.join(most)} or {last}" if most else last
