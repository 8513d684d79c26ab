"""Rows of lists as markup, remembered in runs of neighbouring stories, so that a changed story alters few runs."""

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
"""Stories in a run, on average: the shorter a run, the sooner it is made again; the longer, the fewer to look up."""


class Row(NamedTuple):
    """A story on a page of a list, as markup."""

    date: str
    card: str
    faced: bool
    """Whether its title faces one in another language."""
    standin: bool
    """Whether names and figures stand in for one of its titles."""


def by_runs(
    start: HeadStart, kind: str, mark: bytes, entries: Sequence[Entry], shape: Any, make: Callable[[Sequence[Entry]], T]
) -> Iterable[T]:
    """What `make` gives for each run of the entries, in their order: values of the type `shape`, remembered as `kind`.

    `mark` is a hash of all that `make` uses besides the entries.
    """
    runs = list(split_into_runs(entries, RUN))
    made_from = [mark + b"".join([entry.mark for entry in run]) for run in runs]
    return start.remembered(kind, made_from, shape, lambda place: make(runs[place]))


def split_into_runs(entries: Sequence[Entry], size: int) -> Iterator[Sequence[Entry]]:
    """The entries in runs of about `size`; whether a run ends after an entry depends on that entry's hash alone."""
    start = 0
    for end, entry in enumerate(entries, 1):
        if entry.mark[0] < 256 // size or end == len(entries):
            yield entries[start:end]
            start = end


def set_rows(composer: Composer, entries: Sequence[Entry], code: str, root: str) -> list[Row]:
    """The row of each entry on a page of the edition `code`; `root` leads from that page to the top of the site."""

    def make_row(entry: Entry) -> Row:
        card = composer.card(entry, code)
        level, lead, dated = "h3", False, False
        html = composer.press.typesetter.fragment("story", card, composer.press.labels[code], root, level, lead, dated)
        return Row(str(card.date), str(html), faced=card.facing is not None, standin=card.standin)

    mark = fingerprint(composer.mark, code, root)
    runs = by_runs(composer.start, "rows", mark, entries, list[Row], lambda run: [*map(make_row, run)])
    return [*chain.from_iterable(runs)]


def beside_dates(rows: Sequence[Row]) -> list[tuple[Markup, Markup]]:
    """(date, card) of each row; rows of the same date that follow each other have it on the first of them only."""
    dates_before = ["", *[row.date for row in rows]]
    return [(NOTHING if row.date == date_before else markup(row.date), markup(row.card))
            for date_before, row in zip(dates_before, rows, strict=False)]  # fmt: skip
