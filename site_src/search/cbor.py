"""The part of CBOR (RFC 8949) that Pagefind's lists use: whole numbers, text, arrays, and true, false and null."""

from __future__ import annotations

from typing import Any

_PLAIN = {0xF4: False, 0xF5: True, 0xF6: None}
_NUMBER, _TEXT, _ARRAY = 0, 3, 4
_SHORT = 24
"""A number below this stands in the head itself; from here on the head says how many bytes follow."""


def decode(packed: bytes) -> Any:
    """The one value that `packed` holds; raises `ValueError` for what Pagefind's lists do not use."""
    value, end = _read(packed, 0)
    if end != len(packed):
        raise ValueError(f"{len(packed) - end} bytes follow the value")
    return value


def _read(packed: bytes, at: int) -> tuple[Any, int]:
    if packed[at] in _PLAIN:
        return _PLAIN[packed[at]], at + 1
    kind, (count, at) = packed[at] >> 5, _count(packed, at)
    if kind == _NUMBER:
        return count, at
    if kind == _TEXT:
        return packed[at : at + count].decode(), at + count
    if kind != _ARRAY:
        raise ValueError(f"values of kind {kind} are not read")
    values = []
    for _ in range(count):
        value, at = _read(packed, at)
        values.append(value)
    return values, at


def _count(packed: bytes, at: int) -> tuple[int, int]:
    """The number in a head, and where what follows it begins."""
    short = packed[at] & 31
    if short < _SHORT:
        return short, at + 1
    if short > _SHORT + 3:
        raise ValueError("lists without a length are not read")
    end = at + 1 + (1 << (short - _SHORT))
    return int.from_bytes(packed[at + 1 : end]), end


def encode(value: Any) -> bytes:
    """The value in its shortest form."""
    if value is None or isinstance(value, bool):
        return {None: b"\xf6", True: b"\xf5", False: b"\xf4"}[value]
    if isinstance(value, int):
        return _head(_NUMBER, value)
    if isinstance(value, str):
        return _head(_TEXT, len(text := value.encode())) + text
    return _head(_ARRAY, len(value)) + b"".join(map(encode, value))


def _head(kind: int, count: int) -> bytes:
    if count < _SHORT:
        return bytes([kind << 5 | count])
    power = next(power for power in range(4) if count < 1 << (8 << power))
    return bytes([kind << 5 | _SHORT + power]) + count.to_bytes(1 << power)
