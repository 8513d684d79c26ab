"""Phrases, thresholds and word lists: TOML tables beside this file, each read once.

To parse TOML takes twenty times as long as to read what it says: that is left beside our compiled modules.
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


def read_table(path: Path, kept: Path = beside.FOLDER) -> dict[str, Any]:
    """What the TOML at `path` says, left in the folder `kept` for the next time; no code is read from there.

    Of files of one name, that of the last is left. Raises UnicodeError and TOMLDecodeError.
    """
    from msgspec import msgpack

    source, place = path.read_bytes(), kept / f"{path.stem}.msgpack"
    packed = beside.left(place, source)
    if packed is not None:
        return msgpack.decode(packed, type=dict[str, Any])
    said = _parsed(source)
    with suppress(OverflowError):  # a number or a date that is out of its bounds
        packed = msgpack.encode(said)
        if msgpack.decode(packed) == said:  # a date without a time zone comes back as text
            beside.leave(place, source, packed)
    return said


def _parsed(source: bytes) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(source.decode("utf-8-sig"))
