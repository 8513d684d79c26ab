"""Quotation marks and brackets: which opens, which closes, and what they hold.

Pages use «…», “…”, ”…“, „…“ and "…" and mix them, so the neighbours of a mark say first whether it opens or closes,
its direction second, and what is open already last. A mark without a partner encloses nothing.
"""

from __future__ import annotations

import re

from site_src.text.patterns import late

_MARKS = '«»“”„"()[]'
_MARK = late(f"[{re.escape(_MARKS)}]")
_FAMILY = {**dict.fromkeys("«»", 0), **dict.fromkeys('“”„"', 1), **dict.fromkeys("()", 2), **dict.fromkeys("[]", 3)}
_BRACKETS = frozenset("()[]")
OPENING_QUOTES = frozenset('«“„”"')
"""The marks with which pages open a quotation."""
_OPENING = frozenset("«“„([")
_CLOSING = frozenset("»”)]")
_BEFORE_OPENING = frozenset(':،,؛;/-–—=>ـ([«“„"\u200e\u200f')
_PARTICLES = frozenset("وفبلك")
_AFTER_CLOSING = frozenset(':،,؛;.…!?؟-–—/)]»”"\u200e\u200f')


def pairs(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets (opening mark, closing mark) of every matched pair, in order of the opening marks; pairs may nest."""
    if not any(map(text.__contains__, _MARKS)):  # many times as fast as a pattern that matches nothing
        return ()
    open_marks: tuple[list[int], ...] = ([], [], [], [])
    matching: list[tuple[int, int]] = []
    for mark in _MARK.finditer(text):
        offset = mark.start()
        open_of_family = open_marks[_FAMILY[text[offset]]]
        if _opens(text, offset, is_open=bool(open_of_family)):
            open_of_family.append(offset)
        elif open_of_family:
            matching.append((open_of_family.pop(), offset))
    return tuple(sorted(matching))


def _opens(text: str, offset: int, *, is_open: bool) -> bool:
    """Whether the mark opens; `is_open` says that one of its family is open already."""
    mark = text[offset]
    if mark in _BRACKETS:
        return mark in _OPENING
    after = text[offset + 1 : offset + 2]
    before = text[offset - 1 : offset]
    may_open = may_close = False
    if after and not after.isspace():
        may_open = not before or _may_precede(before, text[max(0, offset - 2) : offset - 1])
    if before and not before.isspace():
        may_close = not after or after.isspace() or after in _AFTER_CLOSING
    if may_open != may_close:
        return may_open
    if mark in _OPENING:
        return True
    return mark not in _CLOSING and not is_open


def _may_precede(before: str, before_that: str) -> bool:
    """Whether `before`, with `before_that` before it, may stand right before an opening mark, be it as a particle."""
    if before in _PARTICLES:
        return not (before_that.isalnum() or before_that == "_")
    return not before or before.isspace() or before in _BEFORE_OPENING
