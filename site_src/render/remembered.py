"""Rows of lists as markup, remembered by runs of neighbouring stories: a story that changes alters few runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from markupsafe import Markup

from site_src.kept import HeadStart
from site_src.render.catalogue import Entry
from site_src.render.composer import Composer
from site_src.render.fingerprint import fingerprint
from site_src.render.labels import NOTHING, markup

T = TypeVar("T")

RUN = 3
"""Stories in a run, on average: some are soon made again, and few are soon asked for."""


class Row(NamedTuple):
    """A story on a page of a list, set in type."""

    date: str
    card: str
    faced: bool
    """Whether its title faces one in another language."""
    standin: bool
    """Whether names and figures stand in for one of its titles."""


def by_runs(
    start: HeadStart, kind: str, told: bytes, entries: Sequence[Entry], shape: Any, make: Callable[[Sequence[Entry]], T]
) -> Iterable[T]:
    """What `make` gives of each run of the entries, in their order, of the type `shape`.

    `told` is a hash of all else that it is made from.
    """
    runs = list(_runs(entries))
    made_from = [told + b"".join([entry.mark for entry in run]) for run in runs]
    return start.remembered(kind, made_from, shape, lambda place: make(runs[place]))


def _runs(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    """The entries in runs, each of which ends where a mark says so."""
    start = 0
    for end, entry in enumerate(entries, 1):
        if entry.mark[0] < 256 // RUN or end == len(entries):
            yield entries[start:end]
            start = end


def set_rows(composer: Composer, entries: Sequence[Entry], code: str, root: str) -> list[Row]:
    """Those of the entries, on a page of an edition from which `root` leads to the top of the site."""

    def row(entry: Entry) -> Row:
        card = composer.card(entry, code)
        shown = composer.press.typesetter.fragment("story", card, composer.press.labels[code], root, "h3", False, False)
        return Row(str(card.date), str(shown), card.facing is not None, card.standin)

    told = fingerprint(composer.mark, code, root)
    runs = by_runs(composer.start, "rows", told, entries, list[Row], lambda run: [*map(row, run)])
    return [*chain.from_iterable(runs)]


def beside_dates(rows: Sequence[Row]) -> list[tuple[Markup, Markup]]:
    """(date, card) of each row; a date stands once for all that follow one another with it."""
    dates = ["", *[row.date for row in rows]]
    return [(NOTHING if row.date == last else markup(row.date), markup(row.card))
            for last, row in zip(dates, rows, strict=False)]  # fmt: skip
