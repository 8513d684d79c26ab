"""Quotation marks and brackets: which opens, which closes, and what they hold.

Pages use «…», “…”, ”…“, „…“ and "…" and mix them, so the neighbours of a mark say first whether it opens or closes,
its direction second, and what is open already last. A mark without a partner holds nothing.
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
    """Places (opening mark, closing mark) of every matched pair, in order of the opening marks; pairs may nest."""
    if not any(map(text.__contains__, _MARKS)):  # many times as fast as a pattern that finds nothing
        return ()
    waiting: tuple[list[int], ...] = ([], [], [], [])
    matched: list[tuple[int, int]] = []
    for mark in _MARK.finditer(text):
        place = mark.start()
        stack = waiting[_FAMILY[text[place]]]
        if _opens(text, place, bool(stack)):
            stack.append(place)
        elif stack:
            matched.append((stack.pop(), place))
    return tuple(sorted(matched))


def _opens(text: str, place: int, inside: bool) -> bool:
    """Whether the mark opens; `inside` says that one of its family is open already."""
    mark = text[place]
    if mark in _BRACKETS:
        return mark in _OPENING
    after = text[place + 1 : place + 2]
    before = text[place - 1 : place]
    may_open = (
        bool(after)
        and not after.isspace()
        and (not before or _may_precede(before, text[max(0, place - 2) : place - 1]))
    )
    may_close = bool(before) and not before.isspace() and (not after or after.isspace() or after in _AFTER_CLOSING)
    if may_open != may_close:
        return may_open
    if mark in _OPENING:
        return True
    return mark not in _CLOSING and not inside


def _may_precede(before: str, last: str) -> bool:
    """Whether `before`, and `last` before that, may stand right before an opening mark: a letter does as a particle."""
    if before in _PARTICLES:
        return not (last.isalnum() or last == "_")
    return not before or before.isspace() or before in _BEFORE_OPENING
