"""Files that one process leaves for the next in `__pycache__`, beside our compiled modules: they save time and no more.

Where Python may keep no compiled modules, and nobody compiled ours on purpose, that folder is not there; none is made.
Each file begins with a hash of what it was made from and of itself. One that does not match is made again.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path

from site_src.filesystem import replace_bytes

FOLDER = Path(cache_from_source(__file__)).parent
_MARK = 20
"""Bytes before what is left: a hash of what it was made from, and of itself."""


def left(place: Path, made_from: bytes) -> bytes | None:
    """What was left at `place`, if it was made from the same; None where there is no such thing."""
    try:
        held = place.read_bytes()
    except OSError:
        return None
    content = held[_MARK:]
    return content if held[:_MARK] == _mark(made_from, content) else None


def leave(place: Path, made_from: bytes, content: bytes) -> None:
    """Put `content` at `place` in one step, where its folder is there and may be written to."""
    with suppress(OSError):
        replace_bytes(place, _mark(made_from, content) + content, flushed=False)


def _mark(made_from: bytes, content: bytes) -> bytes:
    return blake2b(made_from + content, digest_size=_MARK).digest()
