"""Phrases, thresholds and word lists: TOML tables beside this file, each read once.

Parsing TOML takes twenty times as long as reading its content as msgpack, which is left beside our compiled modules.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from site_src import beside

FOLDER = Path(__file__).parent


@cache
def table(name: str) -> dict[str, Any]:
    """The table `name` ("markers" reads `markers.toml`); callers must not change it."""
    return read_table(FOLDER / f"{name}.toml")


def read_table(path: Path, folder: Path = beside.FOLDER) -> dict[str, Any]:
    """The content of the TOML file at `path`, left in `folder` for the next time; no code is read from there.

    Of files of one name, that of the last is left. Raises UnicodeError and TOMLDecodeError.
    """
    from msgspec import msgpack

    source, place = path.read_bytes(), folder / f"{path.stem}.msgpack"
    packed = beside.left(place, source)
    if packed is not None:
        return msgpack.decode(packed, type=dict[str, Any])
    content = _parse(source)
    with suppress(OverflowError):  # a number or a date that is out of its bounds
        packed = msgpack.encode(content)
        if msgpack.decode(packed) == content:  # a date without a time zone comes back as text
            beside.leave(place, source, packed)
    return content


def _parse(source: bytes) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(source.decode("utf-8-sig"))
