"""A cache of the results of pure functions, under a hash of their input and of the code: one SQLite file.

Nothing depends on it but time: a missing, foreign, corrupt or read-only cache is a miss. Values are written and read
by type with msgspec, so a planted cache can give wrong values at worst, never run code.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

from msgspec import MsgspecError, Raw

from site_src.kept import NOTHING_KEPT, Kept
from site_src.model.report import Problem
from site_src.parts import Packed, Place, lay_out, listed, pack, unpack
from site_src.store.shelf import Found, Row, Shelf
from site_src.version import code_version

T = TypeVar("T")

_WAITING = 1_000_000
"""Bytes of new values that are held before they are written."""
_AT_ONCE = 100
"""Results that are held at once of those that were asked for."""
_RUN = 64
"""Results in a run, on average: few runs are soon asked for, and one is soon laid anew."""
_KEY = 20
"""Bytes of a key."""
_CHECK = 4
"""Bytes of a checksum before each value."""


_hash = partial(hashlib.blake2b, digest_size=_KEY)


def digest(*parts: bytes | str) -> bytes:
    """A hash of the parts in order; their borders count."""
    made = _hash()
    for part in parts:
        raw = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        made.update(len(raw).to_bytes(8, "little"))
        made.update(raw)
    return made.digest()


class Store:
    """What earlier builds worked out: `remember` for results of pure functions, `last` and `keep` for head starts."""

    def __init__(self, folder: Path | None, kept: Kept = NOTHING_KEPT):
        """Opens (or makes) the store in `folder`; None, or a folder that cannot be used, remembers nothing.

        What is `kept` from an earlier store of this process need not be read again.
        """
        self.kept = kept
        self._version = code_version()
        self._used: set[bytes] = set()
        self._together: dict[bytes, bytes] = {}
        """The runs that the file has: the keys of the values in each, one after the other, by its name."""
        self._rows: dict[str, dict[bytes, bytes]] = {}
        """The keys of the inputs that `known_rows` was asked for, by kind."""
        self._runs: dict[str, dict[bytes, Sequence[bytes]]] = {}
        """The keys in each of the runs that the next build will ask for, by kind and name."""
        self._new: dict[bytes, Row] = {}
        self._places: list[tuple[Packed[Any], Place]] = []
        """Parts of what is new."""
        self._waiting = 0
        self._shelf = kept.same("shelf", folder, lambda: Shelf(folder)) if folder else None
        """What stands in the folder; what is kept may have parts on it."""
        self.problems: tuple[Problem, ...] = ()
        """What a person should know of the folder: that nothing can be remembered there."""
        if self._shelf is not None and not self._shelf.open():
            self._tell(self._shelf)
            self._shelf = None

    def remember(self, kind: str, made_from: bytes, shape: Any, make: Callable[[], T]) -> T:
        """The result of `make()`, from the store when it was made before from the same input by the same code.

        `shape` is the type of the result: a struct, a named tuple, or built-in containers of them.
        """
        known = self.known(kind, made_from, shape)
        if known is not None:
            return known  # type: ignore[no-any-return]
        made = make()
        self.learn(kind, made_from, made)
        return made

    def known(self, kind: str, made_from: bytes, shape: Any) -> Any:
        """The result that was made before from this input by the same code; None where there is none."""
        return self.known_all(kind, [made_from], shape)[0]

    def known_all(self, kind: str, made_from: Sequence[bytes], shape: Any) -> list[Any]:
        """The result for each input, None where there is none: `known` for many at a fraction of the cost."""
        keys = self._keys(kind, made_from)
        self._used.update(keys)
        return self._read_all(keys, shape)

    def known_rows(self, kind: str, made_from: Sequence[bytes], shape: Any) -> list[Any]:
        """`known_all` for what every build asks for in nearly the same order, such as all pages of a site.

        Values that were asked for one after the other are also written together, as a run that is read as one. Of a run
        in which an input came or changed, only the value of that input is read by itself.
        """
        keys = self._keys(kind, made_from)
        self._rows[kind] = dict(zip(made_from, keys, strict=True))
        self._used.update(keys)
        runs = self._runs[kind] = self._split_into_runs(kind, keys)
        known = self._read_runs(runs, shape)
        lacking = [key for key in keys if key not in known]
        known.update(zip(lacking, self._read_all(lacking, shape), strict=True))
        return [known[key] for key in keys]

    def expect_rows(self, kind: str, made_from: Sequence[bytes]) -> None:
        """Have the values of these inputs lie together: the next build will ask for nearly these with `known_rows`."""
        asked = self._rows.get(kind, {})
        keys = [asked.get(one) or self._keys(kind, [one])[0] for one in made_from]
        self._runs[kind] = self._split_into_runs(kind, keys)

    def _split_into_runs(self, kind: str, keys: Sequence[bytes]) -> dict[bytes, Sequence[bytes]]:
        """The keys in runs, each by its name.

        A run ends at a key that says so (content-defined chunks) and is named after the end of the one before: a change
        alters its own run, and hardly ever a name.
        """
        distinct = list(dict.fromkeys(keys))
        ends = [0, *(end for end, key in enumerate(distinct, 1) if key[0] < 256 // _RUN or end == len(distinct))]
        of_kind = digest("run", kind, self._version)
        return {_hash(of_kind + b"".join(distinct[max(start - 1, 0) : start])).digest(): distinct[start:end]
                for start, end in pairwise(ends)}  # fmt: skip

    def _lies_together(self, name: bytes, run: Sequence[bytes]) -> bool:
        """Whether the file has all values of the run, and no others, under its name."""
        return self._together.get(name) == b"".join(run)

    def remember_all(self, kind: str, made_from: Sequence[bytes], shape: Any, make: Callable[[int], T]) -> Iterator[T]:
        """The result of `make(place)` for each place in `made_from`, in order: `remember` for many."""
        for start in range(0, len(made_from), _AT_ONCE):
            asked = made_from[start : start + _AT_ONCE]
            for place, known in enumerate(self.known_all(kind, asked, shape), start):
                if known is None:
                    known = make(place)
                    self.learn(kind, made_from[place], known)
                yield known

    def learn(self, kind: str, made_from: bytes, made: object) -> None:
        """Remember what was made from this input, for this build and the next ones."""
        (key,) = self._keys(kind, [made_from])
        self._write(key, made)

    def _keys(self, kind: str, made_from: Iterable[bytes]) -> list[bytes]:
        of_kind = digest(kind, self._version)
        return [_hash(of_kind + one).digest() for one in made_from]

    def last(self, kind: str, shape: Any) -> Any:
        """What an earlier build by the same code put aside with `keep`; None where nothing is known.

        For what only saves the work of coming to the same result again: it is of some earlier input.
        """
        return self._read_all([self._standing(kind)], shape)[0]

    def keep(self, kind: str, value: object) -> None:
        """Put `value` aside for the next build, in place of the last."""
        self._write(self._standing(kind), value)

    def _standing(self, kind: str) -> bytes:
        key = digest(kind, self._version)
        self._used.add(key)
        return key

    def _write(self, key: bytes, value: object) -> None:
        self.kept.put(key, None, value)
        if self._shelf is not None:
            with suppress(UnicodeError):  # a lone surrogate cannot be kept
                packed, parts, places = lay_out(value, key)
                self._new[key] = key, _checksum(key, packed) + packed, parts
                self._places += places
                self._waiting += len(packed) + len(parts)
            if self._waiting >= _WAITING:
                self._save(self._shelf)

    def thin(self) -> None:
        """Forget what this store was not asked for, once that is most of it: for who asks for all of a site."""
        if self._shelf is not None:
            self._save(self._shelf)
            self._shelf.thin(self._used)
            self._shelf.lay_runs(self._laid(self._shelf), {name for runs in self._runs.values() for name in runs})

    def close(self) -> None:
        """Write what is new; a full disk or a locked file only costs time."""
        if self._shelf is not None:
            self._save(self._shelf)
            self._shelf.close()
            self._shelf = None

    def _save(self, shelf: Shelf) -> None:
        """Write what is new now: it is true whatever becomes of this build. Parts that are safe leave the memory."""
        if shelf.put(self._new.values()):
            for held, place in self._places:
                held.lie(shelf, place)
        else:
            self._tell(shelf)
        self._new, self._places, self._waiting = {}, [], 0

    def _tell(self, shelf: Shelf) -> None:
        what = f"nothing can be remembered there ({shelf.refused}), so that each time all work is done again"
        todo = "allow writing to all of it and make room, or name another folder with --cache"
        self.problems = (Problem(str(shelf.folder), "cache-unsaved", what, todo, severity="warning"),)

    def _read_runs(self, names: Iterable[bytes], shape: Any) -> dict[bytes, Any]:
        """The values in those runs that the file has, by key."""
        known: dict[bytes, Any] = {}
        for name, (keys, values) in self._read(Shelf.runs, list(names), tuple[bytes, list[shape]]).items():
            self._together[name] = keys
            known.update(zip(_cut(keys), values, strict=False))
        return known

    def _laid(self, shelf: Shelf) -> Found:
        """(name, keys and values) of the runs that do not lie together yet, as far as all of their values are there."""
        for name, run in ((name, run) for runs in self._runs.values() for name, run in runs.items()):
            if self._lies_together(name, run):
                continue
            keys, values = dict(_decoded(shelf.runs([name]), tuple[bytes, list[Raw]], shelf)).get(name, (b"", []))
            if name in self._together and keys == b"".join(run):  # laid by this process, which keeps the run of before
                continue
            there = {key: bytes(value) for key, value in zip(_cut(keys), values, strict=False)}
            lacking = [key for key in run if key not in there]
            there.update((key, value[_CHECK:]) for key, value in shelf.values(lacking) if _sound(key, value))
            if there.keys() >= {*run}:
                packed = listed([pack(b"".join(run)), listed([there[key] for key in run])])
                yield name, _checksum(name, packed) + packed

    def _read_all(self, keys: Sequence[bytes], shape: Any) -> list[Any]:
        found = self._read(Shelf.values, keys, shape)
        return [found.get(key) for key in keys]

    def _read(
        self, ask: Callable[[Shelf, Sequence[bytes]], Found], keys: Sequence[bytes], shape: Any
    ) -> dict[bytes, Any]:
        """What is known under these keys: of values, or of runs, as the shelf is asked."""
        found = {key: value for key in keys if (value := self.kept.get(key)) is not None}
        if self._shelf is not None:
            unread = [key for key in keys if key not in found]
            for key, value in _decoded(ask(self._shelf, unread), shape, self._shelf):
                self.kept.put(key, None, value)
                found[key] = value
        return found


def clear(folder: Path, kept: Kept = NOTHING_KEPT) -> None:
    """Forget what stands in `folder` and what is kept of it: who found parts of it lost begins anew."""
    Shelf(folder).clear()
    kept.clear()


def _decoded(rows: Found, shape: Any, shelf: Shelf) -> Iterator[tuple[bytes, Any]]:
    """The values that are whole."""
    for key, value in rows:
        if _sound(key, value):
            with suppress(MsgspecError, UnicodeError):
                yield key, unpack(shape, memoryview(value)[_CHECK:], shelf)


def _cut(keys: bytes) -> list[bytes]:
    """The keys that stand there one after the other."""
    return [keys[start : start + _KEY] for start in range(0, len(keys), _KEY)]


def _sound(key: bytes, value: bytes) -> bool:
    return _checksum(key, memoryview(value)[_CHECK:]) == value[:_CHECK]


def _checksum(key: bytes, packed: bytes | memoryview) -> bytes:
    """Of a value under its key: a harmed index leads to the whole value of another."""
    return crc32(packed, crc32(key)).to_bytes(_CHECK)
