"""The store's SQLite file: values by key, each with its parts in a column of their own, which are read when looked at.

Only the store writes here. Table `known` has a row for each value, table `together` one for each run of values that is
read as one. Whatever is wrong with the file counts as a value that is not there; only a part whose value was found a
moment ago raises `LostPartsError`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterable, Iterator, Sequence, Set
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from site_src.errors import LostPartsError, reason
from site_src.parts import Place, mark_of

Row = tuple[bytes, bytes, bytes]
"""Key, value, and all parts of the value, one after the other."""
Found = Iterator[tuple[bytes, bytes]]
"""Key and value of what is there, in any order."""

_AT_ONCE = 100
"""Keys that one question to the database asks for."""
_READ = 4
"""Values whose parts are held: the parts of one are looked at one after the other."""
_KEEP = 3
"""The file is thinned when it holds more than this many times what one build used."""
_HARMED = (sqlite3.Error, UnicodeError)
"""What a harmed file makes of a question; its complaint may quote what is no text."""


class Shelf:
    """The file in one folder. It may be closed, and opens again for who looks at a part afterwards."""

    def __init__(self, folder: Path):
        self.folder, self._path = folder, folder / "store.sqlite"
        self._file: sqlite3.Connection | None = None
        self.refused = ""
        """Why the last thing that was to be written could not be; "" where nothing was refused."""
        self._parts_of = lru_cache(_READ)(self._read_parts)

    def open(self) -> bool:
        """Open the file, made new if it is missing or none of ours; whether that could be done."""
        self.close()
        self.refused = ""
        try:
            self._file = _open(self._path)
        except (*_HARMED, OSError) as error:
            self.refused = reason(error)
        return self._file is not None

    def close(self) -> None:
        """Let the file go, and what was read of it: what stands there next may be another."""
        self._parts_of.cache_clear()
        if self._file is not None:
            self._file.close()
            self._file = None

    def clear(self) -> None:
        """Forget everything."""
        self.close()
        _remove(self._path)

    def values(self, keys: Sequence[bytes]) -> Found:
        """The values of those keys."""
        return self._rows("known", keys)

    def runs(self, names: Sequence[bytes]) -> Found:
        """Those runs that lie together, by name."""
        return self._rows("together", names)

    def _rows(self, table: str, keys: Sequence[bytes]) -> Found:
        for asked in (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE)):
            marks = ",".join("?" * len(asked))
            with suppress(*_HARMED):
                rows = self._opened().execute(f"SELECT key, value FROM {table} WHERE key IN ({marks})", asked)
                yield from ((key, value) for key, value in rows if isinstance(value, bytes))

    def part(self, place: Place) -> bytes:
        """The part at `place`. Raises `LostPartsError`."""
        parts = self._parts_of(place.key)[place.start : place.start + place.size]
        if mark_of(parts) != place.mark:
            self._parts_of.cache_clear()  # they may be there again when they are looked at next
            raise LostPartsError(str(self._path))
        return parts

    def _read_parts(self, key: bytes) -> bytes:
        """All parts of a value; b"" where nothing is known of it."""
        with suppress(*_HARMED):
            row = self._opened().execute("SELECT parts FROM known WHERE key = ?", (key,)).fetchone()
            if row and isinstance(row[0], bytes):
                return row[0]
        return b""

    def put(self, rows: Iterable[Row]) -> bool:
        """Write values and their parts, in place of those of the same key; whether that could be done."""
        try:
            with self._opened() as file:
                file.executemany("INSERT OR REPLACE INTO known VALUES (?, ?, ?)", rows)
        except _HARMED as error:
            self.refused = str(error)
            return False
        return True

    def thin(self, used: Set[bytes]) -> None:
        """Forget what was not `used`, once that is most of it."""
        with suppress(*_HARMED), self._opened() as file:
            (count,) = file.execute("SELECT count(*) FROM known").fetchone()
            if count > _KEEP * len(used) + 1000:
                unused = [(key,) for (key,) in file.execute("SELECT key FROM known") if key not in used]
                file.executemany("DELETE FROM known WHERE key = ?", unused)

    def lay_runs(self, runs: Iterable[tuple[bytes, bytes]], used: Container[bytes]) -> None:
        """Lay (name, values) of runs together, and forget the runs that were not `used`."""
        with suppress(*_HARMED), self._opened() as file:
            file.executemany("INSERT OR REPLACE INTO together VALUES (?, ?)", runs)
            unused = [(name,) for (name,) in file.execute("SELECT key FROM together") if name not in used]
            file.executemany("DELETE FROM together WHERE key = ?", unused)

    def _opened(self) -> sqlite3.Connection:
        if self._file is None:
            self._file = sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=rw", uri=True)
        return self._file


def _open(path: Path) -> sqlite3.Connection:
    """The database at `path`, made new if it is missing or none of ours; raises OSError or one of `_HARMED`."""
    try:
        return _ours(path)
    except sqlite3.OperationalError:  # such as a folder that may not be written: what is there may be sound
        raise
    except _HARMED:
        _remove(path)
        return _ours(path)


def _ours(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    file = sqlite3.connect(path, timeout=1)
    try:
        file.execute("PRAGMA journal_mode=WAL")
        file.execute("PRAGMA synchronous=OFF")
        file.execute("CREATE TABLE IF NOT EXISTS known (key BLOB PRIMARY KEY, value BLOB, parts BLOB)")
        file.execute("CREATE TABLE IF NOT EXISTS together (key BLOB PRIMARY KEY, value BLOB)")
        if [column for _, column, *_ in file.execute("PRAGMA table_info(known)")] == ["key", "value", "parts"]:
            return file
        raise sqlite3.DatabaseError("is of another version: what it holds is none of ours either")
    except BaseException:
        file.close()
        raise


def _remove(path: Path) -> None:
    """Remove a database with what SQLite keeps beside it."""
    for file in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        with suppress(OSError):
            file.unlink()
