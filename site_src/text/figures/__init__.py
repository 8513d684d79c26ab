"""Figures and dates of a text: what each one says, exactly where, and how English would say it.

One pass: every word is looked up, and only where a figure can begin is anything read further.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter

from site_src.model.brief import Figure
from site_src.model.fields import Day
from site_src.text.calendars import FoundDate
from site_src.text.cut import CutText, Span, overlaps
from site_src.text.dates import find_dates
from site_src.text.figures.english import date_words
from site_src.text.figures.lexicon import lexicon
from site_src.text.figures.qualifiers import Qualifier, qualifier
from site_src.text.figures.reader import Reader
from site_src.text.figures.reading import read
from site_src.text.figures.signs import DATE, FIGURES, PARTED, RELATIVE, tell
from site_src.text.figures.tokens import analyser, signer

_START = attrgetter("start")


def find_figures(
    text: str | CutText, lang: str = "ar", base: Day | None = None, names: Sequence[Span] = (), paragraph: int = 0
) -> tuple[Figure, ...]:
    """The figures and dates of `text`, in order and without overlap.

    `lang` is "ar" or "en" (KeyError for another); `base` is the day against which relative dates are resolved;
    `names` are spans of known names, inside which nothing is a figure ("the Group of Twenty"); `paragraph` is the
    number that its figures are given.
    A time of day is a date whose `low` is "HH:MM"; a date without year is "--MM-DD".
    """
    cut = CutText.of(text)
    signs = PARTED.join(signer(lang).of(cut.pieces))
    relative = base is not None and tell(signs, RELATIVE)
    dates: list[FoundDate] = []
    if relative or tell(signs, DATE):
        found = find_dates(cut.text, base if relative else None)
        dates = [date for date in found if not _is_named((date.start, date.end), names)]
    taken = [*names, *((date.start, date.end) for date in dates)] if dates else names
    figures = list(_read_all(cut, signs, lang, taken, paragraph))
    if not dates:
        return tuple(figures)
    return tuple(sorted([*[_date(date, paragraph) for date in dates], *figures], key=_START))


def _is_named(span: Span, names: Sequence[Span]) -> bool:
    """Whether a date belongs to a name; a name within it is the place whose time it states (بتوقيت موسكو)."""
    first, last = span
    return overlaps(span, [name for name in names if not first < name[0] < name[1] <= last])


def _date(found: FoundDate, paragraph: int) -> Figure:
    day = found.day
    low = day.iso or (f"--{day.month:02d}" + (f"-{day.day:02d}" if day.day else "") if day.month else "")
    english = date_words(day.year, day.month, day.day)
    reckoned = found.relative or found.calendar == "hijri"
    return Figure("date", paragraph, found.start, found.end, low, english=english, reckoned=reckoned)


def _read_all(cut: CutText, signs: bytes, lang: str, taken: Sequence[Span], paragraph: int) -> Iterator[Figure]:
    hot = signs.translate(FIGURES)
    at = hot.find(1)
    if at < 0:
        return
    reader = Reader(cut, analyser(lang).of(cut.pieces), lexicon(lang))
    done, at = 0, -1
    while (at := hot.find(1, at + 1)) >= 0:
        piece = signs.count(PARTED, 0, at)
        place = at - piece
        if place < done:
            continue
        reader.go(piece, signs.rfind(PARTED, 0, at) + 1 - piece)
        if taken and overlaps(reader.span(place, place), taken):
            continue
        reading = read(reader, place)
        if reading is None:
            continue
        start, end = reader.span(max(reading.start, done), reading.end - 1)
        reader.last, done = reading, reading.end
        if reading.kind and not (taken and overlaps((start, end), taken)):
            noun = cut.text[slice(*reader.span(reading.noun, reading.noun))] if reading.noun >= 0 else ""
            found = Figure(
                reading.kind, paragraph, start, end, reading.low, reading.high, reading.unit, noun, reading.english
            )  # fmt: skip
            words = qualifier(reader, reading)
            yield _qualified(found, words, *reader.span(words.first, words.last)) if words else found


def _qualified(found: Figure, words: Qualifier, start: int, end: int) -> Figure:
    """The figure with the words, from `start` to `end`, that make it a bound or an estimate."""
    lead = max(0, found.start - start - words.cut)
    return found._replace(qualifier=words.id, lead=lead, tail=max(0, end - found.end))
