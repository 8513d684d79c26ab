"""Signs: for each token a byte that says whether it may be part of a figure or date; they are found by byte search."""

from __future__ import annotations

import re

from site_src.text.dates import may_hold_date
from site_src.text.patterns import late
from site_src.text.relative_dates import bearing

FIGURE, DATE, DAY, OPENS, CLOSES = 1, 2, 4, 8, 16
"""What a token may be a sign of: a figure, a stated date, a relative one by itself, the first half, the other half."""
PARTED = b"\x80"
"""Stands between the signs of two pieces."""
FIGURES = bytes(byte & FIGURE for byte in range(1 << 8))
"""Makes of the signs of a text a 1 where a figure can begin, else 0."""
_UNDATED = bytes(byte for byte in range(1 << 8) if not byte & DATE)
_BEARING = bytes(byte & (DAY | OPENS) != 0 for byte in range(1 << 8))
_RELATIVE = late(
    b"[%s]|.\x80+[%s]"
    % tuple(re.escape(bytes(byte for byte in range(1 << 7) if byte & sign)) for sign in (DAY, CLOSES)),
    re.DOTALL,
)


def signs_of_dates(form: str) -> tuple[int, int]:
    """The signs of dates at the first token of a folded piece, and at its last."""
    day, opens, closes = bearing(form)
    return (may_hold_date(form) and DATE) | (day and DAY) | (closes and CLOSES), opens and OPENS


def tell_date(signs: bytes) -> bool:
    """Whether the signs of a text are those of a stated date."""
    return bool(signs.translate(None, _UNDATED))


def relative_dates(signs: bytes) -> tuple[int, int] | None:
    """The first and last piece of what may be relative dates, by the signs of a text, `PARTED` between its pieces."""
    found, bearing = [], signs.translate(_BEARING)
    at = bearing.find(1)
    while at >= 0:
        if match := _RELATIVE.match(signs, at):
            found += [signs.count(PARTED, 0, place) for place in match.span()]
        at = bearing.find(1, at + 1)
    return (found[0], found[-1]) if found else None
