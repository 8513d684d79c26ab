"""Phrases, thresholds and word lists: TOML tables beside this file, each read once.

To parse TOML takes twenty times as long as to read what it says: that is kept where Python keeps compiled modules.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
_KEPT = Path(cache_from_source(__file__)).parent
_MARK = 20
"""Bytes before what is kept: a hash of the table that it was read from, and of itself."""


@cache
def table(name: str) -> dict[str, Any]:
    """The table `name` ("markers" reads `markers.toml`); callers must not change it."""
    return read_table(FOLDER / f"{name}.toml", _KEPT)


def read_table(path: Path, kept: Path) -> dict[str, Any]:
    """What the TOML at `path` says, kept in the folder `kept` for the next time; no code is read from there.

    What is kept of another text, was harmed or cannot be written costs time only.
    """
    source, place = path.read_bytes(), kept / f"{path.stem}.msgpack"
    known = _known(place, source)
    return _parsed(source, place) if known is None else known


def _known(place: Path, source: bytes) -> dict[str, Any] | None:
    from msgspec import msgpack

    try:
        held = place.read_bytes()
    except OSError:
        return None
    packed = held[_MARK:]
    return msgpack.decode(packed, type=dict[str, Any]) if held[:_MARK] == _mark(source, packed) else None


def _mark(source: bytes, packed: bytes) -> bytes:
    return blake2b(source + packed, digest_size=_MARK).digest()


def _parsed(source: bytes, place: Path) -> dict[str, Any]:
    import os
    import tomllib

    from msgspec import msgpack

    said = tomllib.loads(source.decode())
    if not sys.dont_write_bytecode:
        with suppress(OSError):
            staged = place.with_name(f"{place.name}.{os.getpid()}")
            packed = msgpack.encode(said)
            staged.write_bytes(_mark(source, packed) + packed)
            staged.replace(place)
    return said
