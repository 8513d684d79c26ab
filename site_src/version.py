"""The version of the code that runs, as a hash: what other code, another Python or other libraries made is not used."""

from __future__ import annotations

import sys
from functools import cache
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec import msgpack

from site_src import beside
from site_src.filesystem import marks_below, telling


@cache
def code_version() -> bytes:
    """A hash of every source file and table, of Python and of the libraries."""
    return version_of(Path(__file__).parent, beside.FOLDER)


def version_of(package: Path, kept: Path) -> bytes:
    """A hash of Python, of the libraries, and of what every source file and table of `package` holds.

    That is told by their marks, left in the folder `kept` for the next time, as long as they are those of before.
    """
    marks = marks_below(package, (".py", ".toml"))
    seen, place = _hash(sorted(marks.items())), kept / "version"
    held = beside.left(place, seen)
    if held is None:
        held = _hash([(path, (package / path).read_bytes()) for path in sorted(marks)])
        if telling(marks.values()):
            beside.leave(place, seen, held)
    return _hash([sys.version, _libraries(), held])


def _libraries() -> list[str]:
    """The folders of what is installed: their names hold versions."""
    names = (path.name for path in Path(msgspec.__file__).parent.parent.iterdir())
    return sorted(name for name in names if name != "__pycache__")


def _hash(value: object) -> bytes:
    return blake2b(msgpack.encode(value), digest_size=20).digest()
