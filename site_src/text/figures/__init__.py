"""Figures and dates of a text: what each one says, exactly where, and how English would say it.

One pass: every word is looked up, and only where a figure can begin is anything read further.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, compress, count
from operator import attrgetter
from typing import NamedTuple

from site_src.model import Day, FigureKind
from site_src.text.cut import CutText
from site_src.text.dates import FoundDate, find_dates
from site_src.text.figures.english import date_words
from site_src.text.figures.lexicon import lexicon
from site_src.text.figures.qualifiers import qualifier
from site_src.text.figures.reader import Reader, Reading
from site_src.text.figures.reading import read
from site_src.text.figures.tokens import FIGURE, Token, analyser, states_date

Span = tuple[int, int]
_SIGNS, _START = attrgetter("signs"), attrgetter("start")


class FoundFigure(NamedTuple):
    """One figure or date of a text; fields as in `model.Figure`, which adds the paragraph."""

    kind: FigureKind
    start: int
    end: int
    low: str
    high: str = ""
    unit: str = ""
    noun: str = ""
    english: str = ""
    qualifier: str = ""
    lead: int = 0
    tail: int = 0
    reckoned: bool = False


def find_figures(
    text: str | CutText, lang: str = "ar", base: Day | None = None, names: Sequence[Span] = ()
) -> tuple[FoundFigure, ...]:
    """The figures and dates of `text`, in order and without overlap.

    `lang` is "ar" or "en" (KeyError for another); `base` is the day against which relative dates are resolved;
    `names` are spans of known names, inside which nothing is a figure ("the Group of Twenty").
    A time of day is a date whose `low` is "HH:MM"; a date without year is "--MM-DD".
    """
    cut = CutText.of(text)
    pieces = list(map(analyser(lang).__getitem__, cut.pieces))
    tokens = list(chain.from_iterable(pieces))
    signed = list(compress(count(), map(_SIGNS, tokens)))
    dates: list[FoundDate] = []
    if states_date(tokens, signed, relative=base is not None):
        dates = [found for found in find_dates(cut.text, base) if not _overlaps((found.start, found.end), names)]
    figures = [_date(found) for found in dates]
    if hot := [place for place in signed if tokens[place].signs & FIGURE]:
        spans = [*names, *((found.start, found.end) for found in dates)]
        figures += _read_all(cut.text, Reader(tokens, lexicon(lang)), hot, _Places(cut, pieces), spans)
    return tuple(sorted(figures, key=_START)) if dates else tuple(figures)


def _overlaps(span: Span, spans: Sequence[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in spans)


def _date(found: FoundDate) -> FoundFigure:
    day = found.day
    low = day.iso or (f"--{day.month:02d}" + (f"-{day.day:02d}" if day.day else "") if day.month else "")
    english = date_words(day.year, day.month, day.day)
    return FoundFigure(
        "date", found.start, found.end, low, english=english, reckoned=found.relative or found.calendar == "hijri"
    )


def _read_all(
    text: str, reader: Reader, hot: list[int], places: _Places, taken: Sequence[Span]
) -> Iterator[FoundFigure]:
    last: Reading | None = None
    done = 0
    for place in hot:
        if place < done or (taken and _overlaps(places.span(reader, place, place), taken)):
            continue
        reading = read(reader, place, last)
        if reading is None:
            continue
        start, end = places.span(reader, max(reading.start, done), reading.end - 1)
        last, done = reading, reading.end
        if reading.kind and not _overlaps((start, end), taken):
            noun = text[slice(*places.span(reader, reading.noun, reading.noun))] if reading.noun >= 0 else ""
            found = FoundFigure(
                reading.kind, start, end, reading.low, reading.high, reading.unit, noun, reading.english
            )  # fmt: skip
            yield _qualified(found, reader, reading, places)


def _qualified(found: FoundFigure, reader: Reader, reading: Reading, places: _Places) -> FoundFigure:
    """The figure with the words that make it a bound or an estimate."""
    words = qualifier(reader, reading)
    if words is None:
        return found
    start, end = places.span(reader, words.first, words.last)
    lead = max(0, found.start - start - words.cut)
    return found._replace(qualifier=words.id, lead=lead, tail=max(0, end - found.end))


class _Places:
    """Where tokens stand in the text: they know only their place in their piece."""

    def __init__(self, cut: CutText, found: list[tuple[Token, ...]]) -> None:
        self._first_token = list(accumulate(map(len, found), initial=0))
        self._start = cut.start

    def span(self, reader: Reader, first: int, last: int) -> Span:
        """From the beginning of one token to the end of another."""
        piece = bisect_right(self._first_token, first) - 1
        other = piece if last == first else bisect_right(self._first_token, last) - 1
        return self._start(piece) + reader.tokens[first].start, self._start(other) + reader.tokens[last].end
