"""Signs: for each token a byte that says whether it may be part of a figure or date; they are found by byte search."""

from __future__ import annotations

from site_src.text.dates import may_hold_date
from site_src.text.relative_dates import may_be_relative

FIGURE, DATE, RELATIVE = 1, 2, 4
"""What a token may be a sign of: a figure, a stated date, a relative one."""
PARTED = b"\x80"
"""Stands between the signs of two pieces."""
FIGURES = bytes(byte & FIGURE for byte in range(1 << 8))
"""Makes of the signs of a text a 1 where a figure can begin, else 0."""
_WITHOUT = {sign: bytes(byte for byte in range(1 << 8) if not byte & sign) for sign in (DATE, RELATIVE)}


def signs_of_dates(form: str) -> int:
    """The signs of dates of a folded piece."""
    return (may_hold_date(form) and DATE) | (may_be_relative(form) and RELATIVE)


def tell(signs: bytes, sign: int) -> bool:
    """Whether the signs of a text hold that one of a date."""
    return bool(signs.translate(None, _WITHOUT[sign]))
