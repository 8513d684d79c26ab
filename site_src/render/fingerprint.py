"""The fingerprint of what a page is made from: a hash, the same for equal values in every process."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from site_src.parts import marked


def fingerprint(*values: Any) -> bytes:
    """A hash of values that are structs, built-in types or containers of them; their types do not count."""
    try:
        told = marked(values)
    except UnicodeError:  # a lone surrogate
        told = repr(values).encode("utf-8", "surrogatepass")
    return blake2b(told, digest_size=16).digest()
