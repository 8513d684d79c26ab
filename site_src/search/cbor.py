"""The part of CBOR (RFC 8949) that Pagefind's lists use: whole numbers, text, arrays, and true, false and null."""

from __future__ import annotations

from typing import Any

_CONSTANTS = {0xF4: False, 0xF5: True, 0xF6: None}
_NUMBER, _TEXT, _ARRAY = 0, 3, 4
_LEAST_LONG = 24
"""A smaller number stands in the first byte itself; from here on, that byte tells how many bytes the number takes."""


def decode(packed: bytes) -> Any:
    """The one value that `packed` holds; raises `ValueError` for what Pagefind's lists do not use."""
    value, end = _read(packed, 0)
    if end != len(packed):
        raise ValueError(f"{len(packed) - end} bytes follow the value")
    return value


def _read(packed: bytes, offset: int) -> tuple[Any, int]:
    """The value at an offset, and the offset behind it."""
    if packed[offset] in _CONSTANTS:
        return _CONSTANTS[packed[offset]], offset + 1
    kind = packed[offset] >> 5
    count, offset = _read_count(packed, offset)
    if kind == _NUMBER:
        return count, offset
    if kind == _TEXT:
        return packed[offset : offset + count].decode(), offset + count
    if kind != _ARRAY:
        raise ValueError(f"values of kind {kind} are not read")
    values = []
    for _ in range(count):
        value, offset = _read(packed, offset)
        values.append(value)
    return values, offset


def _read_count(packed: bytes, offset: int) -> tuple[int, int]:
    """The number in the head of a value, and the offset behind the head."""
    first = packed[offset] & 31
    if first < _LEAST_LONG:
        return first, offset + 1
    if first > _LEAST_LONG + 3:
        raise ValueError("lists without a length are not read")
    end = offset + 1 + (1 << (first - _LEAST_LONG))
    return int.from_bytes(packed[offset + 1 : end]), end


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
    """The head of a value: its kind and its number, or the length of its content."""
    if count < _LEAST_LONG:
        return bytes([kind << 5 | count])
    power = next(power for power in range(4) if count < 1 << (8 << power))
    return bytes([kind << 5 | _LEAST_LONG + power]) + count.to_bytes(1 << power)
