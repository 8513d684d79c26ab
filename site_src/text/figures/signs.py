"""Signs: one byte for each token says whether it may be part of a figure or date, so that a byte search finds both."""

from __future__ import annotations

from site_src.text.dates import may_hold_date
from site_src.text.relative_dates import may_be_relative

FIGURE, DATE, RELATIVE = 1, 2, 4
"""The bits of a sign: the token may begin a figure, or be part of a stated date, or of a relative one."""
SEPARATOR = b"\x80"
"""The byte between the signs of two pieces."""
FIGURE_STARTS = bytes(byte & FIGURE for byte in range(1 << 8))
"""Translates each sign to 1 where a figure can begin, else to 0."""
_WITHOUT = {sign: bytes(byte for byte in range(1 << 8) if not byte & sign) for sign in (DATE, RELATIVE)}


def signs_of_dates(form: str) -> int:
    """The bits of dates for a folded piece."""
    return (may_hold_date(form) and DATE) | (may_be_relative(form) and RELATIVE)


def has_sign(signs: bytes, sign: int) -> bool:
    """Whether any of the signs has the bit `sign`: `DATE` or `RELATIVE`."""
    return bool(signs.translate(None, _WITHOUT[sign]))
