"""What stands above the text of an article: the day of a visit to the page, menus, rows and lists, standfirsts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import chain, groupby, islice

from site_src.model.page import ParagraphKind
from site_src.parse.head.retelling import retold_share, stems
from site_src.parse.lines import HEAD_FIELDS, MEASURES, Line
from site_src.parse.paragraphs.reflow import is_bullet
from site_src.tables import table
from site_src.text.dates import find_dates
from site_src.text.fold import words
from site_src.text.patterns import compiled, late
from site_src.text.words import alternatives

_BAR = late(r"\s*[|•·]\s*")
"""A bar or dot between the names in a row."""
_LATIN_DASH = late(r"\s[–—-]\s(?=[A-Za-z][^\u0600-\u06ff]*\Z)")
"""The dash between a name and the same name in Latin letters."""
_STANDFIRSTS_MOST = 3
"""Standfirsts of an article, at most: more such lines are headlines of others."""
_ROWS_LEAST = 3
"""Similar lines, at least, that make a list."""
_DATELINE = 60
"""Characters at the beginning of a text in which its dateline states a date."""


def days_of_visit(lines: tuple[Line, ...], title: int, first: int) -> frozenset[int]:
    """The indexes of dates that stand alone among menus and boxes above the headline: the days of a visit to the page.

    A date that is also that of the dateline of the text, which begins at `first`, is none. `title` is the index of
    the headline, -1 without one.
    """
    if not [line for line in lines[: max(title, 0)] if line.rule == "date"]:
        return frozenset()
    first_copy = next((index for index in range(title) if lines[index].plain == lines[title].plain), title)
    above = [index for index in range(first_copy) if lines[index].sort in ("text", "junk")]
    surrounded = range(above[0], above[-1]) if above else range(0)
    dates = [index for index in surrounded if lines[index].rule == "date" and _is_day_alone(lines[index].text)]
    dateline = _month_and_day(lines[first].text[:_DATELINE]) if dates and first < len(lines) else None
    return frozenset(index for index in dates if dateline is None or _month_and_day(lines[index].text) != dateline)


def end_of_menu(above: tuple[Line, ...]) -> int:
    """The index of the last menu button above the text and above the article's own fields; -1 without one."""
    head = next((index for index, line in enumerate(above) if line.rule in HEAD_FIELDS), len(above))
    return max((index for index in range(head) if above[index].rule == "navigation"), default=-1)


def _month_and_day(text: str) -> tuple[int | None, int | None] | None:
    """The month and day of the first date in a text; None if it states no day."""
    day = next((date.day for date in find_dates(text)), None)
    return (day.month, day.day) if day and day.day else None


def _is_day_alone(text: str) -> bool:
    """Whether a line is a single date and nothing else, unlike the line of a newspaper with its issue and day.

    With a time of day it may have the Hijri date beside it: so sites show the time of the visit.
    """
    dates = find_dates(text)
    rest = words(text[: dates[0].start] + text[dates[0].end :]) if len(dates) == 1 else [text]
    return not rest or bool(dates and dates[0].day.time and _hijri().fullmatch(" ".join(rest)))


@cache
def _hijri() -> re.Pattern[str]:
    """A day of the Hijri calendar, folded."""
    months = alternatives(chain.from_iterable(table("months")["hijri"]))
    return compiled(rf"\d{{1,2}} (?:{months}) \d{{4}}(?: ه)?")


def is_list_or_row(lines: Sequence[Line]) -> bool:
    """Whether the first line is a row of names, such as site and section, or an entry of a list, and so no headline.

    A numbered headline of a digest is no entry: its source or day stands right below it.
    """
    if is_bullet(text := lines[0].text):
        return not (text[0].isdigit() and lines[-1].sort == "field")
    parts = _BAR.split(text)
    if len(parts) == 1 and text[-1].isascii():
        parts = _LATIN_DASH.split(text)
    return len(parts) > 1 and all(part.count(" ") < 3 for part in parts)


def is_same(text: str, stated_title: str) -> bool:
    """Whether a headline is the stated title; either of them may have further words, such as the name of the site."""
    text_words, title_words = words(text), words(stated_title)
    if not text_words:
        return False
    return title_words[: len(text_words)] == text_words or text_words[: len(title_words)] == title_words


def rows_alike(above: Sequence[Line]) -> frozenset[int]:
    """The indexes of lines of one list: adjacent headlines that each have a number and begin with the same word."""
    rows: list[int] = []
    for first_word, run in groupby(enumerate(above), key=lambda row: _first_word_of_row(row[1])):
        indexes = [index for index, line in run if line.sort == "text"]
        if first_word and len(indexes) >= _ROWS_LEAST:
            rows += indexes
    return frozenset(rows)


def _first_word_of_row(line: Line) -> str:
    """The first word of a headline that holds a digit; "" for any other line."""
    return line.plain.partition(" ")[0] if line.is_headline and any(map(str.isdigit, line.plain)) else ""


def above_text(lines: tuple[Line, ...], title: int, first: int) -> dict[int, ParagraphKind]:
    """The indexes of the paragraphs between headline and text, and their kinds: standfirsts, lists, tables, a heading.

    A standfirst is long enough to say something and stands in no row of headlines. `title` is the index of the
    headline, -1 without one; the text begins at the index `first`.
    """
    rows = {index for index in rows_alike(lines[:first]) if index > title} if first - title > _ROWS_LEAST else set()
    long_lines = (index for index in range(title + 1, first) if lines[index].words > MEASURES["body_least"])
    may_be_standfirsts = (index for index in long_lines if index not in rows and _may_announce(lines[index]))
    candidates = list(islice(may_be_standfirsts, _STANDFIRSTS_MOST + 1))
    dated_candidates = [index for index in candidates if index + 1 < len(lines) and lines[index + 1].rule == "date"]
    are_headlines_of_others = len(candidates) > _STANDFIRSTS_MOST or len(dated_candidates) > 1
    if title < 0 or are_headlines_of_others:
        return _first_section(lines, title, first, {})
    entries = [index for index in range(title + 1, first) if _is_entry(lines[index])]
    kinds: dict[int, ParagraphKind] = dict.fromkeys(entries, "list")
    kinds |= dict.fromkeys(rows, "table")
    headline = lines[title]
    for index in _without_adverts(lines, title, first, candidates):
        if headline.plain not in lines[index].plain and not is_same(lines[index].text, headline.text):
            kinds[index] = "standfirst"
    return kinds | _first_section(lines, title, first, kinds)


def _without_adverts(lines: tuple[Line, ...], title: int, first: int, candidates: Sequence[int]) -> Sequence[int]:
    """Those of the candidates that share a word with headline or text, as no advert does; all where no text follows."""
    if not candidates or first == len(lines):
        return candidates
    article = stems(" ".join(line.text for line in (lines[title], *lines[first:])))
    return [index for index in candidates if retold_share(lines[index].text, article)]


def _first_section(
    lines: tuple[Line, ...], title: int, first: int, kinds: dict[int, ParagraphKind]
) -> dict[int, ParagraphKind]:
    """The index and kind of the sub-heading right above the text, if the text has further ones; else nothing.

    `kinds` are the paragraphs that are known above the text.
    """
    above = first - 1
    while above > title and lines[above].sort != "text":
        above -= 1
    if above == title or above in kinds or lines[above].role != "heading":
        return {}
    has_further = any(line.role == "heading" and line.sort == "text" for line in lines[first:])
    return {above: "heading"} if has_further else {}


def _may_announce(line: Line) -> bool:
    """Whether the shape of a line is that of a standfirst; pages mark a second headline as a heading too."""
    if not line.is_headline and (line.sort != "text" or line.role != "heading"):
        return False
    return not is_bullet(line.text)


def _is_entry(line: Line) -> bool:
    return line.sort == "text" and not line.role and line.words > 2 and is_bullet(line.text)
