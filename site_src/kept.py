"""What a build keeps in memory for the next one of its process (`Kept`), and what spares a stage work (`HeadStart`).

A value is kept under a name, with what it was made from, and used again as long as that is equal. Stages hand on the
very objects of the last build, so that most comparisons end at once: they find the same object on both sides.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from msgspec import Struct

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Kept:
    """Values by name; `turn` forgets what was not asked for since the last turn."""

    def __init__(self) -> None:
        self._before: dict[Hashable, tuple[object, Any]] = {}
        self._now: dict[Hashable, tuple[object, Any]] = {}

    def same(self, name: Hashable, made_from: object, make: Callable[[], T]) -> T:
        """The value that was made under this name from something equal to `made_from`, else that of `make()`.

        `made_from` is never changed afterwards, and is all that `make` uses but what stays while the process runs.
        """
        found: T | None = self.get(name, made_from)
        if found is None:
            found = make()
            self.put(name, made_from, found)
        return found

    def each(
        self, kind: Hashable, made_from: Mapping[K, object], make: Callable[[Sequence[K]], Iterable[T]]
    ) -> dict[K, T]:
        """`same` for many values of one kind: that of each key, made from what `made_from` has for it.

        `make` gives the values of the keys that lack one, in their order.
        """
        before: tuple[Mapping[K, object], Mapping[K, T]] = self.get(kind) or ({}, {})
        known, values = before
        lacking = [key for key, one in made_from.items()
                   if key not in known or (known[key] is not one and known[key] != one)]  # fmt: skip
        made = dict(zip(lacking, make(lacking), strict=True))
        found = {key: made[key] if key in made else values[key] for key in made_from}
        self.put(kind, None, (made_from, found))
        return found

    def get(self, name: Hashable, made_from: object = None) -> Any:
        """The value of this name, if it was made from something equal; else None."""
        known = self._now.get(name) or self._before.get(name)
        if known is None or known[0] != made_from:
            return None
        self._now[name] = known
        return known[1]

    def put(self, name: Hashable, made_from: object, value: object) -> None:
        """Keep a value, which is never None, in place of the last one of this name."""
        self._now[name] = (made_from, value)

    def clear(self) -> None:
        """Forget everything."""
        self._before, self._now = {}, {}

    def turn(self) -> None:
        """A build has ended: forget what it did not ask for."""
        self._before, self._now = self._now, {}


class NothingKept(Kept):
    """For the only build of a process: makes all values and holds none."""

    def each(
        self, kind: Hashable, made_from: Mapping[K, object], make: Callable[[Sequence[K]], Iterable[T]]
    ) -> dict[K, T]:
        """The value of each key."""
        return dict(zip(made_from, make(tuple(made_from)), strict=True))

    def put(self, name: Hashable, made_from: object, value: object) -> None:
        """Let the value go."""


NOTHING_KEPT = NothingKept()


class Remembered(Protocol):
    """Gives values that an earlier build may have made."""

    def __call__(self, kind: str, made_from: Sequence[bytes], shape: Any, make: Callable[[int], T], /) -> Iterable[T]:
        """The values of a kind and type, in order: of each what it is made from, and what makes one by its place."""


def made_anew(kind: str, made_from: Sequence[bytes], shape: Any, make: Callable[[int], T], /) -> Iterable[T]:
    """All of the values, where nothing is remembered."""
    return map(make, range(len(made_from)))


class HeadStart(Struct, frozen=True):
    """What spares a stage work: nothing that the stage gives depends on it."""

    made_from: Mapping[str, bytes] = {}
    """Hashes of all that the brief and the facts of a story are made from, by slug, where they are known."""
    kept: Kept = NOTHING_KEPT
    """What the last build of this process left."""
    remembered: Remembered = made_anew
    """What earlier builds of any process made."""


NO_HEAD_START = HeadStart()
