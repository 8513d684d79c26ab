"""A page as its articles: the lines of each, and the headlines that the page only announces."""

from __future__ import annotations

from itertools import pairwise

from msgspec import Struct

from site_src.parse.lines import Line
from site_src.parse.split.starts import Reader


class SplitPage(Struct, frozen=True, gc=False):
    """The lines of each article of a page, and the headlines that are only announced."""

    parts: tuple[tuple[Line, ...], ...]
    teasers: tuple[str, ...]
    certain: frozenset[int] = frozenset()
    """The numbers, from 0, of the parts that the editor or their own dates and credits separate, however short."""
    doubtful: tuple[Line, ...] = ()
    """The lines at which another article may begin, without enough evidence."""


def split_page(lines: list[Line], forced_starts: frozenset[int] | None, has_title: bool) -> SplitPage:
    """The page split into articles.

    `forced_starts` are the indexes at which the editor says that an article begins, None where nothing is said of it.
    `has_title`: the page states a title outside of its text, which may be that of several parts.
    """
    if forced_starts is not None:
        certain = frozenset(range(len(forced_starts) + 1) if forced_starts else ())
        return SplitPage(_cut_at(lines, sorted(forced_starts)), (), certain)
    starts: list[int] = []
    teasers: list[str] = []
    reader = Reader(lines, has_title)
    for index in range(len(lines)):
        if reader.read_line(index):
            starts.append(index)
        if reader.lines[index].sort == "related":
            teasers += reader.take_announced(index)
    certain_starts = [number for number, start in enumerate(starts, 1) if start in reader.certain_starts]
    certain = frozenset(part for number in certain_starts for part in (number - 1, number))
    return SplitPage(_cut_at(reader.lines, starts), tuple(teasers), certain, tuple(reader.doubtful))


def _cut_at(lines: list[Line], starts: list[int]) -> tuple[tuple[Line, ...], ...]:
    """The lines in parts that begin at these indexes; the first part begins at 0."""
    edges = [0, *(start for start in starts if start), len(lines)]
    return tuple(tuple(lines[start:end]) for start, end in pairwise(edges))
