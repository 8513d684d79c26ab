"""Figures and dates of a text: what each one says, exactly where, and how English would say it.

One pass: every word is looked up, and only where a figure can begin is anything read further.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

from site_src.model import Day, FigureKind
from site_src.text.dates import find_dates
from site_src.text.figures.english import date_words
from site_src.text.figures.lexicon import STARTERS, analyse, lexicon
from site_src.text.figures.reader import Reader, Reading
from site_src.text.figures.reading import read

_SPACE = re.compile(r"[^\S ]")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """One figure or date of a text; fields as in `model.Figure`, which adds the paragraph."""

    kind: FigureKind
    start: int
    end: int
    low: str
    high: str = ""
    unit: str = ""
    noun: str = ""
    english: str = ""


def find_figures(
    text: str, lang: str = "ar", base: Day | None = None, names: Sequence[Span] = ()
) -> tuple[FoundFigure, ...]:
    """The figures and dates of `text`, in order and without overlap.

    `lang` is "ar" or "en" (KeyError for another); `base` is the day against which relative dates are resolved;
    `names` are spans of known names, inside which nothing is a figure ("the Group of Twenty").
    A time of day is a date whose `low` is "HH:MM"; a date without year is "--MM-DD".
    """
    dates = [found for found in find_dates(text, base) if not _overlaps((found.start, found.end), names)]
    spans = [*names, *((found.start, found.end) for found in dates)]
    figures = [_date(found.start, found.end, found.day) for found in dates]
    figures += _figures(text, lang, spans)
    return tuple(sorted(figures, key=lambda figure: figure.start))


def _overlaps(span: Span, spans: Sequence[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in spans)


def _date(start: int, end: int, day: Day) -> FoundFigure:
    low = day.iso or (f"--{day.month:02d}" + (f"-{day.day:02d}" if day.day else "") if day.month else "")
    return FoundFigure("date", start, end, low, english=date_words(day.year, day.month, day.day))


def _figures(text: str, lang: str, taken: Sequence[Span]) -> Iterator[FoundFigure]:
    pieces = _SPACE.sub(" ", text).split(" ")
    analysed = [analyse(piece, lang) for piece in pieces]
    tokens = list(chain.from_iterable(analysed))
    hot = [place for place, token in enumerate(tokens) if token.sort in STARTERS]
    if not hot:
        return
    owners = [number for number, found in enumerate(analysed) for _ in found]
    offsets = list(accumulate((len(piece) + 1 for piece in pieces), initial=0))

    def span(first: int, last: int) -> Span:
        return offsets[owners[first]] + tokens[first].start, offsets[owners[last]] + tokens[last].end

    reader, last = Reader(tokens, lexicon(lang)), None
    for place in hot:
        if (last and place < last.end) or _overlaps(span(place, place), taken):
            continue
        reading = read(reader, place, last)
        if reading is None:
            continue
        last = reading
        if reading.kind and not _overlaps(found := span(reading.start, reading.end - 1), taken):
            noun = span(reading.noun, reading.noun) if reading.noun >= 0 else (0, 0)
            yield _figure(reading, reading.kind, found, text[slice(*noun)])


def _figure(reading: Reading, kind: FigureKind, found: Span, noun: str) -> FoundFigure:
    return FoundFigure(kind, *found, reading.low, reading.high, reading.unit, noun, reading.english)
