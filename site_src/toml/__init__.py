"""TOML that a person wrote: what it says, or what is wrong with it and on which line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_src.errors import SettingsError


def read_toml(text: str, file: str) -> dict[str, Any]:
    """What the text of `file` says; raises `SettingsError` where it is no TOML."""
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise not_toml(text, file) from error


def not_toml(text: str, file: str) -> SettingsError:
    """What to raise for the text of `file`, which is no TOML."""
    from site_src.toml.mistake import toml_mistake

    return SettingsError(file, [f"is not TOML: {toml_mistake(text)}"])


def refused(text: str, file: str, mistakes: Iterable[str]) -> SettingsError:
    """What to raise for the text of `file`, which is TOML: its mistakes, each with its line if it begins with a key."""
    from site_src.toml.lines import placed

    return SettingsError(file, placed(text, mistakes))
