"""One key of a TOML file changed as a person would change it by hand: text in, text out, every other line stays."""

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
"""A text or a date, or the elements of a list as a tuple (texts, numbers, tuples of texts); None is no such key."""


class Setting(Struct, frozen=True):
    """What a key shall say, and what it says now."""

    key: str
    before: Value
    after: Value
    part: int = 0
    """1 is the first `[[part]]` table; 0 stands above all tables."""


def parse(text: str, file: str) -> dict[str, Any]:
    """The TOML of a file; raises `MujazError` where it is none, or says otherwise than by `[[part]]` what parts say."""
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        from site_src.toml.mistake import toml_mistake

        raise MujazError(f"{file}: is not TOML: {toml_mistake(text)}; correct it, then try again.") from error
    parts = document.get("part", [])
    if not (isinstance(parts, list) and all(isinstance(one, dict) for one in parts)):
        raise MujazError(f"{file}: `part` is no list of tables; write [[part]] once for each article, then try again.")
    return document


def value_of(document: dict[str, Any], key: str, part: int = 0) -> Value:
    """What a key says, under whichever of its names; None where it is absent."""
    found = _table(document, part)
    value = found.get(_name(found, key))
    return tuple(tuple(one) if isinstance(one, list) else one for one in value) if isinstance(value, list) else value


def stated(document: dict[str, Any], key: str, part: int, *, several: bool) -> tuple[Setting, ...]:
    """The settings that take away what a file says of an article, what counts first: it is said under the `[[part]]` of
    the article, and above all tables where its page has no `several`.
    """
    found = ((scope, value_of(document, key, scope)) for scope in ((part,) if several else (part, 0)))
    return tuple(Setting(key, value, None, scope) for scope, value in found if value is not None)


def restated(document: dict[str, Any], key: str, part: int, wanted: Value, *, several: bool) -> tuple[Setting, ...]:
    """The settings by which a file says `wanted` of an article, where it says something of it now, if it does."""
    own = stated(document, key, part, several=several)
    if wanted is None:
        return own
    return (replace(own[0], after=wanted) if own else Setting(key, None, wanted, part if several else 0),)


def with_settings(text: str, settings: Iterable[Setting], file: str) -> str:
    """The text with each setting made; raises `MujazError` where it is no TOML, or cannot be changed safely."""
    for setting in settings:
        text = _with(text, setting, file)
    return text


def _with(text: str, setting: Setting, file: str) -> str:
    document = parse(text, file)
    lacking = setting.part - len(document.get("part", [])) if setting.after is not None else 0
    ended = (text if not text or text.endswith("\n") else text + "\n") + "\n[[part]]\n" * lacking
    wanted = _told(document, setting)
    for whole in (False, True):
        with suppress(Exception):  # over rare shapes the library stumbles, each time in its own way
            changed = _edited(ended, setting, whole=whole)
            if tomllib.loads(changed) == wanted:
                return ended_like(text, changed)
    raise MujazError(f"{file}: the key {setting.key} cannot be changed here; change it in the file.")


def _told(document: dict[str, Any], setting: Setting) -> dict[str, Any]:
    """What the file must say afterwards."""
    if setting.after is not None and setting.part:
        parts = document.setdefault("part", [])
        parts += ({} for _ in range(setting.part - len(parts)))
    table = _table(document, setting.part)
    name = _name(table, setting.key)
    if setting.after is None:
        table.pop(name, None)
    else:
        table[name] = _plain(setting.after)
    return document


def _edited(text: str, setting: Setting, *, whole: bool) -> str:
    import tomlkit

    document: Any = tomlkit.parse(text)
    table = _table(document, setting.part)
    set_key(table, _name(table, setting.key), _plain(setting.after), whole=whole)
    return str(document.as_string())


def _table(document: Any, part: int) -> Any:
    """The table of a part, an empty one where the file has none."""
    if not part:
        return document
    parts = document.get("part", [])
    return parts[part - 1] if isinstance(parts, list) and part <= len(parts) else {}


def _name(table: Any, key: str) -> str:
    """The name under which a key stands in a table; its own where it does not."""
    return next((str(name) for name in table if key_of(name) == key), key)


def _plain(value: Value) -> Any:
    return [list(one) if isinstance(one, tuple) else one for one in value] if isinstance(value, tuple) else value
