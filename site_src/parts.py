"""Sequences that stay packed until they are looked into, and the encoding of values in the store.

A story has paragraphs, figures and sentences by the hundred. `Packed` is a tuple of them that may hold msgpack bytes
instead, or only their place in the store's file (`store.shelf`), and decodes them when somebody reads it. Two of them
are compared by a hash of their bytes, so that an unchanged story is never decoded, and a build holds the decoded values
of a few stories, not of all.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cache, lru_cache, partial
from hashlib import blake2b
from struct import Struct
from types import GenericAlias
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar, overload

from msgspec import MsgspecError, convert, msgpack

from site_src.errors import LostPartsError

T = TypeVar("T")

_MARK = 16
_PLACE = Struct(f"<{_MARK}s20sII")
"""A `Place` as bytes."""
_LIST = Struct(">BI")
"""What opens an array of msgpack: its kind, and how many values follow."""
_NEAR = 256
"""Parts of so few bytes stay with their value: to fetch them costs more than to hold them."""
_OPEN = 64
"""How many are unpacked at a time: some stories' worth, since a story's parts are looked at one after the other."""


class Place(NamedTuple):
    """Where the parts of one field are on a shelf: among the parts of the value that they belong to."""

    mark: bytes
    """A hash of the parts: `_MARK` bytes."""
    key: bytes
    """The key of the value: 20 bytes."""
    start: int
    """Bytes of the value's parts that stand before these."""
    size: int
    """Bytes of these."""


class Shelf(Hashable, Protocol):
    """Where parts may be kept outside of memory."""

    def part(self, place: Place) -> bytes:
        """The parts at that place, packed. Raises `LostPartsError`."""


class Packed(Sequence[T]):
    """A tuple of values of one type; equal to a tuple, and to other parts, of equal values."""

    __slots__ = ("_kind", "_lies", "_mark", "_shelf", "_values", "near")

    def __init__(
        self,
        kind: type[T],
        values: tuple[T, ...] | None,
        lies: bytes = b"",
        shelf: Shelf | None = None,
        near: int = _NEAR,
    ):
        """The values; or None, and in `lies` the values packed, or, with a `shelf`, their `Place` there as bytes."""
        self._kind: Any = kind
        self._values, self._lies, self._shelf, self._mark = values, lies, shelf, b""
        self.near = near
        """Up to so many bytes they stay with their value."""

    @property
    def values(self) -> tuple[T, ...]:
        """What is in it."""
        return self._values if self._values is not None else _unpacked(self._kind, self._lies, self._shelf)

    @property
    def packed(self) -> bytes:
        """As msgpack, which is held in place of the values from now on. Raises `UnicodeError` for a lone surrogate."""
        if self._values is not None:
            self._lies, self._values = pack(self._values), None
        return _taken(self._lies, self._shelf)

    @property
    def mark(self) -> bytes:
        """A hash of what is in it. Raises `UnicodeError` for a lone surrogate."""
        if not self._mark:
            self._mark = mark_of(self.packed) if self._shelf is None else self._lies[:_MARK]
        return self._mark

    @property
    def size(self) -> int:
        """Bytes, packed."""
        return len(self.packed) if self._shelf is None else _place(self._lies).size

    def lie(self, shelf: Shelf, place: Place) -> None:
        """Read the values from this place of a shelf, which holds them, from now on; memory lets them go."""
        self._values, self._lies, self._shelf = None, _PLACE.pack(*place), shelf

    def __len__(self) -> int:
        if self._shelf is None and b"\x90" <= self._lies[:1] <= b"\x9f":  # what opens a short array tells its length
            return self._lies[0] - 0x90
        return len(self.values)

    def __iter__(self) -> Iterator[T]:
        return iter(self.values)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        return self.values[place]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Packed):
            return self.values == other
        both = self._lies and other._lies
        return self.mark == other.mark if both else self.values == other.values

    def __hash__(self) -> int:
        return hash(self.values)

    def __repr__(self) -> str:
        return repr(self.values)

    def __reduce__(self) -> tuple[Any, ...]:
        return Packed, (self._kind, self._values, _taken(self._lies, self._shelf), None, self.near)


if TYPE_CHECKING:
    Parts = Sequence
else:
    Parts = Packed
"""A field of parts: whoever makes a value gives `parts`, or a tuple where nothing is ever packed."""


def parts(kind: type[T], values: Iterable[T], near: int = _NEAR) -> Parts[T]:
    """The values, ready to be packed; up to so many bytes they stay `near`, with the value that they are part of."""
    return Packed(kind, tuple(values), near=near)


def pack(value: object) -> bytes:
    """The value as msgpack, its parts packed within it. Raises `UnicodeError` for a lone surrogate."""
    return _ENCODER.encode(value)


def marked(value: object) -> bytes:
    """The value as msgpack with hashes in place of its parts: the same for equal values in every process, and short.

    Raises `UnicodeError` for a lone surrogate.
    """
    return _MARKER.encode(value)


class Laid(NamedTuple):
    """A value as the store writes it: its larger parts apart from the rest."""

    value: bytes
    """As msgpack, with places instead of its larger parts."""
    parts: bytes
    """Those parts, one after the other."""
    places: tuple[tuple[Packed[Any], Place], ...]
    """Each of those parts, and its place."""


def lay_out(value: object, key: bytes) -> Laid:
    """The value as it is written under `key`, its larger parts apart. Raises `UnicodeError` for a lone surrogate."""
    packed: list[bytes] = []
    places: list[tuple[Packed[Any], Place]] = []

    def lay(held: object) -> bytes:
        one = _parts(held)
        own = one.packed
        if len(own) <= one.near and len(own) != _PLACE.size:
            return own
        last = places[-1][1] if places else Place(b"", key, 0, 0)
        packed.append(own)
        places.append((one, Place(one.mark, key, last.start + last.size, len(own))))
        return _PLACE.pack(*places[-1][1])

    return Laid(msgpack.Encoder(enc_hook=lay).encode(value), b"".join(packed), tuple(places))


def listed(packed: Sequence[bytes]) -> bytes:
    """The list of values that were packed, or laid out, each by itself, as `unpack` takes it."""
    return _LIST.pack(0xDD, len(packed)) + b"".join(packed)


def mark_of(packed: bytes) -> bytes:
    """The hash by which parts are known."""
    return blake2b(packed, digest_size=_MARK).digest()


def size(held: Parts[Any]) -> int:
    """Bytes of parts; 0 for a tuple."""
    return held.size if isinstance(held, Packed) else 0


def unpack(shape: Any, packed: bytes | memoryview, shelf: Shelf | None = None) -> Any:
    """The value of type `shape` that was packed, or laid out on a `shelf`; its parts are not decoded yet.

    Raises `MsgspecError` for any other, `UnicodeError` where its text is none.
    """
    return _decoder(shape, shelf).decode(packed)


@lru_cache(_OPEN)
def _decoder(shape: Any, shelf: Shelf | None) -> msgpack.Decoder[Any]:
    return msgpack.Decoder(shape, dec_hook=partial(_found, shelf))


@lru_cache(_OPEN)
def _unpacked(kind: Any, lies: bytes, shelf: Shelf | None) -> tuple[Any, ...]:
    try:
        values: tuple[Any, ...] = unpack(_tuple_of(kind), _taken(lies, shelf))
    except (MsgspecError, UnicodeError) as error:
        raise LostPartsError("The cache") from error
    return values


def _taken(lies: bytes, shelf: Shelf | None) -> bytes:
    return lies if shelf is None else shelf.part(_place(lies))


def _place(lies: bytes) -> Place:
    return Place(*_PLACE.unpack(lies))


_NEW: Callable[[type[Packed[Any]]], Packed[Any]] = object.__new__


@cache
def _tuple_of(kind: Any) -> GenericAlias:
    return GenericAlias(tuple, (kind, ...))


def _laid(value: object) -> bytes:
    return _parts(value).packed


def _mark(value: object) -> bytes:
    return _parts(value).mark


def _parts(value: object) -> Packed[Any]:
    if not isinstance(value, Packed):
        raise TypeError(f"{type(value).__name__} cannot be packed")
    return value


def _found(shelf: Shelf | None, shape: Any, held: Any) -> Packed[Any]:
    kind = shape.__args__[0]
    if not isinstance(held, bytes):
        return Packed(kind, convert(held, _tuple_of(kind)))
    found = _NEW(Packed)  # a build has seven of these for each story: to call the class costs a quarter more
    found._kind, found._values, found._lies, found._mark, found.near = kind, None, held, b"", _NEAR
    found._shelf = shelf if len(held) == _PLACE.size else None
    return found


_ENCODER, _MARKER = msgpack.Encoder(enc_hook=_laid), msgpack.Encoder(enc_hook=_mark)
