"""TOML that a person wrote: its content, or its mistakes with their lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_src.errors import SettingsError


def read_toml(text: str, file: str) -> dict[str, Any]:
    """The content of the text of `file`; raises `SettingsError` where it is no TOML."""
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise not_toml(text, file) from error


def not_toml(text: str, file: str) -> SettingsError:
    """The error to raise for the text of `file`, which is no TOML."""
    from site_src.toml.mistake import toml_mistake

    return SettingsError(file, [f"is not TOML: {toml_mistake(text)}"])


def refused(text: str, file: str, mistakes: Iterable[str]) -> SettingsError:
    """The error to raise for mistakes in the text of `file`, which is TOML; one that begins with a key gets a line."""
    from site_src.toml.lines import with_lines

    return SettingsError(file, with_lines(text, mistakes))
