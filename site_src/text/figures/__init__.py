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
from site_src.text.figures.english import date_words, either_day_words
from site_src.text.figures.lexicon import lexicon
from site_src.text.figures.qualifiers import Qualifier, find_qualifier
from site_src.text.figures.reader import Reader
from site_src.text.figures.reading import read_figure
from site_src.text.figures.signs import DATE, FIGURE_STARTS, RELATIVE, SEPARATOR, has_sign
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
    signs = SEPARATOR.join(signer(lang).of(cut.pieces))
    relative, stated = base is not None and has_sign(signs, RELATIVE), has_sign(signs, DATE)
    dates: list[FoundDate] = []
    if relative or stated:
        all_dates = find_dates(cut.text, base if relative else None, stated=stated)
        dates = [date for date in all_dates if not _is_part_of_name((date.start, date.end), names)]
    excluded = [*names, *((date.start, date.end) for date in dates)] if dates else names
    figures = list(_read_figures(cut, signs, lang, excluded, paragraph))
    if not dates:
        return tuple(figures)
    return tuple(sorted([*[_date_figure(date, paragraph) for date in dates], *figures], key=_START))


def _is_part_of_name(span: Span, names: Sequence[Span]) -> bool:
    """Whether a date belongs to a name; a name within it is the place whose time it states (بتوقيت موسكو)."""
    start, end = span
    return overlaps(span, [name for name in names if not start < name[0] < name[1] <= end])


def _date_figure(date: FoundDate, paragraph: int) -> Figure:
    day = date.day
    low = day.iso or _iso_without_year(day)
    english = either_day_words(day) if day.ambiguous else date_words(day.year, day.month, day.day)
    reckoned = date.relative or date.calendar == "hijri"
    return Figure("date", paragraph, date.start, date.end, low, english=english, reckoned=reckoned)


def _iso_without_year(day: Day) -> str:
    """The month and day as "--MM-DD" or "--MM"; "" where not even the month is known."""
    if not day.month:
        return ""
    return f"--{day.month:02d}-{day.day:02d}" if day.day else f"--{day.month:02d}"


def _read_figures(cut: CutText, signs: bytes, lang: str, excluded: Sequence[Span], paragraph: int) -> Iterator[Figure]:
    """The figures outside the `excluded` spans; only the tokens whose sign has `FIGURE` are looked at."""
    starts = signs.translate(FIGURE_STARTS)
    if starts.find(1) < 0:
        return
    reader = Reader(cut, analyser(lang).of(cut.pieces), lexicon(lang))
    previous_end, offset = 0, -1
    while (offset := starts.find(1, offset + 1)) >= 0:
        piece = signs.count(SEPARATOR, 0, offset)
        place = offset - piece  # each separator before it is a byte without a token
        if place < previous_end:
            continue
        reader.set_position(piece, signs.rfind(SEPARATOR, 0, offset) + 1 - piece)
        if excluded and overlaps(reader.span(place, place), excluded):
            continue
        reading = read_figure(reader, place)
        if reading is None:
            continue
        start, end = reader.span(max(reading.start, previous_end), reading.end - 1)
        reader.last, previous_end = reading, reading.end
        if reading.kind and not (excluded and overlaps((start, end), excluded)):
            noun = cut.text[slice(*reader.span(reading.noun, reading.noun))] if reading.noun >= 0 else ""
            figure = Figure(
                reading.kind, paragraph, start, end, reading.low, reading.high, reading.unit, noun, reading.english
            )  # fmt: skip
            qualifier = find_qualifier(reader, reading)
            if qualifier:
                figure = _qualified(figure, qualifier, *reader.span(qualifier.first, qualifier.last))
            yield figure


def _qualified(figure: Figure, qualifier: Qualifier, start: int, end: int) -> Figure:
    """The figure with its qualifier, whose words stand from offset `start` to `end`."""
    lead = max(0, figure.start - start - qualifier.particle_length)
    return figure._replace(qualifier=qualifier.id, lead=lead, tail=max(0, end - figure.end))
