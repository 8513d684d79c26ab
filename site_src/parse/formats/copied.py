"""Copied: what a copy of a page holds that a reader of the page never saw.

The running heads and feet of a print or PDF, and boxes that a page tells screen readers to skip. They are taken out
before any line is judged: a page break may stand in the middle of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from operator import itemgetter

from site_src.model.page import Dropped
from site_src.parse.blocks import Meta
from site_src.tables import table
from site_src.text.patterns import compiled, late

_FOOT = late(r"((?:https?|file)://\S+)\s+\d{1,3}/\d{1,3}")
_HEAD = late(r"\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)[،,]\s\d{1,2}:\d\d(?:\s?[APap][Mm]|\s?[صم])?\s+(\S.*)")
_KEPT = late(r"https?://[^\s/]+/(?:[^\s/]+/)?\d{8,14}(?:[a-z]{2}_)?/(https?://\S+)")
"""The address of a page in a web archive, and its own behind it."""
_PAGE_DIGITS = 4
_HEAD_SPACES = 2
_PAGE_LEAST = 200
"""Characters between the heads of two pages, at least: the rows of a table, which count on too, hold fewer."""
_BOX_MOST = 30
"""Lines of a box, at most: one that is not closed by then is none."""

Numbered = tuple[int, str]
"""A line of the page: its number and its text."""


def without_copied(page: str, lines: Sequence[Numbered]) -> tuple[Sequence[Numbered], list[Dropped], list[Meta]]:
    """The lines of the page itself, what was added to them, and what the heads and feet of a print state."""
    skips = _skips()
    printed, boxed = "://" in page, [text for _, text in lines if text.startswith(skips)]
    numbered = sum(map(str.isdecimal, map(itemgetter(1), lines))) > 1
    heads = _running_heads(lines) if numbered else []
    if not (printed or boxed or heads):
        return lines, [], []
    gone = dict.fromkeys(heads, "page-head")
    stated: list[Meta] = []
    feet = [
        (number, foot[1]) for number, text in lines if printed and "://" in text and (foot := _FOOT.fullmatch(text))
    ]
    if feet:
        titles = [(number, head[1]) for number, text in lines if (head := _HEAD.fullmatch(text))]
        stated += [Meta("title", titles[0][1], "title element")] if titles else []
        stated += [Meta("url", feet[0][1], f"line {feet[0][0]}")]
        gone |= dict.fromkeys([number for number, _ in (*feet, *titles)], "page-head")
    gone |= dict.fromkeys(_boxed(lines), "skipped-box")
    if printed and (bar := _archive_bar(lines)):
        gone |= dict.fromkeys([number for number, _ in bar], "archived")
        stated += [Meta("url", found[1], f"line {bar[0][0]}") for found in [_KEPT.search(bar[0][1])] if found]
    kept = [line for line in lines if line[0] not in gone]
    return kept, [Dropped(number, text, gone[number]) for number, text in lines if number in gone and text], stated


def _running_heads(lines: Sequence[Numbered]) -> list[int]:
    """The numbers of the lines that every page of a print or PDF repeats beside its own number.

    The page's number counts on from one to the next; the words stay where they stand without a number, further up, and
    at the top of the first page: they may be the headline.
    """
    counts = [place for place, (_, text) in enumerate(lines) if len(text) < _PAGE_DIGITS and text.isdecimal()]
    beside: dict[str, dict[int, int]] = {}
    for place in counts:
        for near in (place - 1, place + 1):
            text = lines[near][1] if 0 <= near < len(lines) else ""
            if text.count(" ") >= _HEAD_SPACES:
                beside.setdefault(text, {})[near] = place
    pages = [places for places in beside.values() if _count_on([int(lines[at][1]) for at in places.values()])
             and all(_is_page(lines[above:below]) for above, below in pairwise(places))]  # fmt: skip
    top = next((place for place, (_, text) in enumerate(lines) if text and not text.isdecimal()), -1)
    return [lines[at][0] for places in pages for at in (*places, *places.values()) if at != top]


def _is_page(lines: Sequence[Numbered]) -> bool:
    return sum(len(text) for _, text in lines[1:]) >= _PAGE_LEAST


def _count_on(pages: Sequence[int]) -> bool:
    return len(pages) > 1 and list(pages) == [*range(pages[0], pages[0] + len(pages))]


def _boxed(lines: Sequence[Numbered]) -> Iterator[int]:
    """The numbers of the lines of boxes: from "skip NAME and go on reading" to "end of NAME"."""
    end = -1
    for place, (number, text) in enumerate(lines):
        if place > end and (opened := _opens().fullmatch(text)):
            below = lines[place + 1 : place + _BOX_MOST]
            closing = (at for at, (_, said) in enumerate(below, place + 1) if _closes(said, opened[1]))
            end = next(closing, end)
        if place <= end:
            yield number


def _archive_bar(lines: Sequence[Numbered]) -> Sequence[Numbered]:
    """The bar that a web archive sets above a page that it kept, with its calendar: from its address to what ends it.

    Without the line that ends it, it is the first line alone.
    """
    top = next((place for place, (_, text) in enumerate(lines) if text), 0)
    if not lines or not _KEPT.search(lines[top][1]):
        return ()
    below = range(top + 1, min(len(lines), top + _BOX_MOST))
    ends = (at for at in below if lines[at][1] in _bar_ends())
    return lines[top : next(ends, top) + 1]


def _closes(said: str, name: str) -> bool:
    words = said.split()
    return name in said and len(words) <= len(name.split()) + 2 and not _ends().isdisjoint(words)


@cache
def _skips() -> tuple[str, ...]:
    """What a box is opened with, and in capitals."""
    return tuple(form for skip in table("layout")["words"]["box_skips"] for form in (skip, skip.capitalize()))


@cache
def _opens() -> re.Pattern[str]:
    skip, on = ("|".join(map(re.escape, names)) for names in (_skips(), table("layout")["words"]["box_goes_on"]))
    return compiled(rf"(?:{skip})\s(\S.{{0,60}}?),?\s(?:{on})", re.IGNORECASE)


@cache
def _bar_ends() -> frozenset[str]:
    return frozenset(table("layout")["words"]["archive_ends"])


@cache
def _ends() -> frozenset[str]:
    return frozenset(table("layout")["words"]["box_ends"])
