"""Copied: what a copy of a page holds that no reader of the page saw.

These are the running heads and feet of a print or PDF, the bar of a web archive, and boxes that a page tells screen
readers to skip. They are taken out before any line is judged, because a page break may stand inside a sentence.
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

_PRINTED_FOOT = late(r"((?:https?|file)://\S+)\s+\d{1,3}/\d{1,3}")
_PRINTED_HEAD = late(r"\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)[،,]\s\d{1,2}:\d\d(?:\s?[APap][Mm]|\s?[صم])?\s+(\S.*)")
_ARCHIVE_ADDRESS = late(r"https?://[^\s/]+/(?:[^\s/]+/)?\d{8,14}(?:[a-z]{2}_)?/(https?://\S+)")
"""The address of a page in a web archive, and in its group the page's own address."""
_PAGE_DIGITS = 4
"""A page number has fewer digits than this."""
_HEAD_SPACES = 2
"""Spaces in a running head, at least."""
_PAGE_LEAST = 200
"""Characters between the heads of two pages, at least; numbered rows of a table hold fewer."""
_BOX_MOST = 30
"""Lines of a box, at most: what is not closed by then is no box."""

Numbered = tuple[int, str]
"""A line of the page: its 1-based number and its text."""


def without_copied(page: str, lines: Sequence[Numbered]) -> tuple[Sequence[Numbered], list[Dropped], list[Meta]]:
    """The lines of the page itself, what was added to them, and the fields that the heads and feet of a print state."""
    is_print = "://" in page
    has_box = [text for _, text in lines if text.startswith(_box_openings())]
    has_numbers = sum(map(str.isdecimal, map(itemgetter(1), lines))) > 1
    heads = _running_heads(lines) if has_numbers else []
    if not (is_print or has_box or heads):
        return lines, [], []
    rules = dict.fromkeys(heads, "page-head")
    meta: list[Meta] = []
    feet = [
        (number, foot[1])
        for number, text in lines
        if is_print and "://" in text and (foot := _PRINTED_FOOT.fullmatch(text))
    ]
    if feet:
        titles = [(number, head[1]) for number, text in lines if (head := _PRINTED_HEAD.fullmatch(text))]
        if titles:
            meta.append(Meta("title", titles[0][1], "title element"))
        foot_number, address = feet[0]
        meta.append(Meta("url", address, f"line {foot_number}"))
        rules |= dict.fromkeys([number for number, _ in (*feet, *titles)], "page-head")
    rules |= dict.fromkeys(_box_lines(lines), "skipped-box")
    if is_print and (bar := _archive_bar(lines)):
        rules |= dict.fromkeys([number for number, _ in bar], "archived")
        bar_number, text = bar[0]
        if address_match := _ARCHIVE_ADDRESS.search(text):
            meta.append(Meta("url", address_match[1], f"line {bar_number}"))
    remaining = [line for line in lines if line[0] not in rules]
    dropped = [Dropped(number, text, rules[number]) for number, text in lines if number in rules and text]
    return remaining, dropped, meta


def _running_heads(lines: Sequence[Numbered]) -> list[int]:
    """The numbers of the lines that every page of a print or PDF repeats, with the lines of their page numbers.

    The page numbers count up. The repeated words stay where they stand without a page number, and at the top of the
    first page, where they may be the headline.
    """
    page_numbers = [index for index, (_, text) in enumerate(lines) if len(text) < _PAGE_DIGITS and text.isdecimal()]
    beside: dict[str, dict[int, int]] = {}  # text: the index of each line with it, and of the number beside that line
    for index in page_numbers:
        for neighbour in (index - 1, index + 1):
            text = lines[neighbour][1] if 0 <= neighbour < len(lines) else ""
            if text.count(" ") >= _HEAD_SPACES:
                beside.setdefault(text, {})[neighbour] = index
    heads = [
        numbers
        for numbers in beside.values()
        if _counts_up([int(lines[index][1]) for index in numbers.values()])
        and all(_is_page(lines[above:below]) for above, below in pairwise(numbers))
    ]
    top = next((index for index, (_, text) in enumerate(lines) if text and not text.isdecimal()), -1)
    return [lines[index][0] for numbers in heads for index in (*numbers, *numbers.values()) if index != top]


def _is_page(lines: Sequence[Numbered]) -> bool:
    """Whether the lines from a running head up to the next hold the text of a page."""
    return sum(len(text) for _, text in lines[1:]) >= _PAGE_LEAST


def _counts_up(numbers: Sequence[int]) -> bool:
    return len(numbers) > 1 and list(numbers) == [*range(numbers[0], numbers[0] + len(numbers))]


def _box_lines(lines: Sequence[Numbered]) -> Iterator[int]:
    """The numbers of the lines of boxes: from "skip NAME and go on reading" to "end of NAME"."""
    end = -1
    for index, (number, text) in enumerate(lines):
        if index > end and (opening := _box_opening().fullmatch(text)):
            below = enumerate(lines[index + 1 : index + _BOX_MOST], index + 1)
            endings = (other for other, (_, text_below) in below if _is_box_end(text_below, opening[1]))
            end = next(endings, end)
        if index <= end:
            yield number


def _archive_bar(lines: Sequence[Numbered]) -> Sequence[Numbered]:
    """The bar with address and calendar that a web archive sets above a page; empty without one.

    It reaches from the archive's address to the line that ends it; if that is missing, the bar is its first line alone.
    """
    top = next((index for index, (_, text) in enumerate(lines) if text), 0)
    if not lines or not _ARCHIVE_ADDRESS.search(lines[top][1]):
        return ()
    below = range(top + 1, min(len(lines), top + _BOX_MOST))
    ends = (index for index in below if lines[index][1] in _archive_bar_ends())
    return lines[top : next(ends, top) + 1]


def _is_box_end(text: str, name: str) -> bool:
    words = text.split()
    return name in text and len(words) <= len(name.split()) + 2 and not _box_ends().isdisjoint(words)


@cache
def _box_openings() -> tuple[str, ...]:
    """The first words of the line that opens a box, each also with a capital letter."""
    return tuple(form for skip in table("layout")["words"]["box_skips"] for form in (skip, skip.capitalize()))


@cache
def _box_opening() -> re.Pattern[str]:
    """The line that opens a box, with the name of the box in its group."""
    skip, on = ("|".join(map(re.escape, names)) for names in (_box_openings(), table("layout")["words"]["box_goes_on"]))
    return compiled(rf"(?:{skip})\s(\S.{{0,60}}?),?\s(?:{on})", re.IGNORECASE)


@cache
def _archive_bar_ends() -> frozenset[str]:
    return frozenset(table("layout")["words"]["archive_ends"])


@cache
def _box_ends() -> frozenset[str]:
    return frozenset(table("layout")["words"]["box_ends"])
