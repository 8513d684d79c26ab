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
"""Bytes before what is kept: a hash of the table that it was read from."""


@cache
def table(name: str) -> dict[str, Any]:
    """The table `name` ("markers" reads `markers.toml`); callers must not change it."""
    return read_table(FOLDER / f"{name}.toml", _KEPT)


def read_table(path: Path, kept: Path) -> dict[str, Any]:
    """What the TOML at `path` says, kept in the folder `kept` for the next time; no code is read from there.

    What is kept of another text, was cut short or cannot be written costs time only.
    """
    source = path.read_bytes()
    mark, place = blake2b(source, digest_size=_MARK).digest(), kept / f"{path.stem}.msgpack"
    known = _known(place, mark)
    return _parsed(source, place, mark) if known is None else known


def _known(place: Path, mark: bytes) -> dict[str, Any] | None:
    from msgspec import MsgspecError, msgpack

    try:
        held = place.read_bytes()
        return msgpack.decode(held[_MARK:], type=dict[str, Any]) if held.startswith(mark) else None
    except (OSError, MsgspecError):
        return None


def _parsed(source: bytes, place: Path, mark: bytes) -> dict[str, Any]:
    import os
    import tomllib

    from msgspec import msgpack

    said = tomllib.loads(source.decode())
    if not sys.dont_write_bytecode:
        with suppress(OSError):
            staged = place.with_name(f"{place.name}.{os.getpid()}")
            staged.write_bytes(mark + msgpack.encode(said))
            staged.replace(place)
    return said
