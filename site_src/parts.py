"""The parts of a value by the hundred: a sequence that lies packed until somebody looks into it.

Most stories of an archive are only asked whether they are the same as before, and that their packed parts tell. What
was once packed stays so, and is unpacked when it is looked at: a build holds a few stories' paragraphs, not all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from types import GenericAlias
from typing import TYPE_CHECKING, Any, TypeVar, overload

from msgspec import MsgspecError, convert, msgpack

from site_src.errors import MujazError

T = TypeVar("T")

_OPEN = 64
"""How many are unpacked at a time: some stories' worth, since a story's parts are looked at one after the other."""


class Packed(Sequence[T]):
    """A tuple of values of one type; equal to a tuple, and to other parts, of equal values."""

    __slots__ = ("_kind", "_mark", "_packed", "_values")

    def __init__(self, kind: type[T], values: tuple[T, ...] | None, packed: bytes = b""):
        self._kind: Any = kind
        self._values, self._packed, self._mark = values, packed, b""

    @property
    def values(self) -> tuple[T, ...]:
        """What is in it."""
        return self._values if self._values is not None else _unpacked(self._kind, self._packed)

    @property
    def packed(self) -> bytes:
        """As msgpack; from now on it lies packed. Raises `UnicodeError` for a lone surrogate."""
        if self._values is not None:
            self._packed, self._values = pack(self._values), None
        return self._packed

    @property
    def mark(self) -> bytes:
        """A hash of what is in it. Raises `UnicodeError` for a lone surrogate."""
        if not self._mark:
            self._mark = blake2b(self.packed, digest_size=16).digest()
        return self._mark

    def __len__(self) -> int:
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
        both = self._packed and other._packed
        return self._packed == other._packed if both else self.values == other.values

    def __hash__(self) -> int:
        return hash(self.values)

    def __repr__(self) -> str:
        return repr(self.values)

    def __reduce__(self) -> tuple[Any, ...]:
        return Packed, (self._kind, self._values, self._packed)


if TYPE_CHECKING:
    Parts = Sequence
else:
    Parts = Packed
"""A field of parts: whoever makes a value gives `parts`, or a tuple where nothing is ever packed."""


def parts(kind: type[T], values: Iterable[T]) -> Parts[T]:
    """The values, ready to be packed."""
    return Packed(kind, tuple(values))


def pack(value: object) -> bytes:
    """The value as msgpack, its parts packed within it. Raises `UnicodeError` for a lone surrogate."""
    return _ENCODER.encode(value)


def marked(value: object) -> bytes:
    """The value as msgpack with hashes in place of its parts: the same for equal values in every process, and short.

    Raises `UnicodeError` for a lone surrogate.
    """
    return _MARKER.encode(value)


def size(held: Parts[Any]) -> int:
    """Bytes of parts; 0 for a tuple."""
    return len(held.packed) if isinstance(held, Packed) else 0


def unpack(shape: Any, packed: bytes) -> Any:
    """The value of type `shape` that was packed; its parts lie packed. Raises `MsgspecError` for any other."""
    return _decoder(shape).decode(packed)


@cache
def _decoder(shape: Any) -> msgpack.Decoder[Any]:
    return msgpack.Decoder(shape, dec_hook=_found)


@lru_cache(_OPEN)
def _unpacked(kind: Any, packed: bytes) -> tuple[Any, ...]:
    try:
        values: tuple[Any, ...] = unpack(_tuple_of(kind), packed)
    except MsgspecError as error:
        raise MujazError("The cache holds values that are none of ours: remove its folder, and build again.") from error
    return values


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


def _found(shape: Any, held: Any) -> Packed[Any]:
    kind = shape.__args__[0]
    return Packed(kind, None, held) if isinstance(held, bytes) else Packed(kind, convert(held, _tuple_of(kind)))


_ENCODER, _MARKER = msgpack.Encoder(enc_hook=_laid), msgpack.Encoder(enc_hook=_mark)
