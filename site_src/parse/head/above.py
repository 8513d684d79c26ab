"""Head: what stands above the text: the day of a visit, menus, rows and lists, standfirsts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import chain, groupby, islice

from site_src.model.page import ParagraphKind
from site_src.parse.head.told import shared, stems
from site_src.parse.lines import HEAD_FIELDS, MEASURES, Line
from site_src.parse.paragraphs.reflow import is_bullet
from site_src.tables import table
from site_src.text.dates import find_dates
from site_src.text.fold import words
from site_src.text.patterns import compiled, late
from site_src.text.words import alternatives

_BARS = late(r"\s*[|•·]\s*")
_BILINGUAL = late(r"\s[–—-]\s(?=[A-Za-z][^\u0600-\u06ff]*\Z)")
"""Between a name and the same in Latin letters."""
_STANDFIRSTS = 3
_ALIKE = 3
"""Lines from which on those that are alike are a list."""
_DATELINE = 60


def days_of_visit(lines: tuple[Line, ...], title: int, first: int) -> frozenset[int]:
    """The places of dates that stand alone among the menus and boxes above the headline: each is that of the visit.

    The day on which the text, by its dateline, was written is none.
    """
    if not [line for line in lines[: max(title, 0)] if line.rule == "date"]:
        return frozenset()
    title = next((place for place in range(title) if lines[place].plain == lines[title].plain), title)
    above = [place for place in range(title) if lines[place].sort in ("text", "junk")]
    among = range(above[0], above[-1]) if above else range(0)
    alone = [place for place in among if lines[place].rule == "date" and _is_day_alone(lines[place].text)]
    written = _month_and_day(lines[first].text[:_DATELINE]) if alone and first < len(lines) else None
    return frozenset(place for place in alone if written is None or _month_and_day(lines[place].text) != written)


def end_of_menu(above: tuple[Line, ...]) -> int:
    """The place of the last button of the menu above the text and above all that is stated of it; -1 without one."""
    head = next((place for place, line in enumerate(above) if line.rule in HEAD_FIELDS), len(above))
    return max((place for place in range(head) if above[place].rule == "navigation"), default=-1)


def _month_and_day(text: str) -> tuple[int | None, int | None] | None:
    """Month and day of the first date in a text, None without a day."""
    day = next((date.day for date in find_dates(text)), None)
    return (day.month, day.day) if day and day.day else None


def _is_day_alone(text: str) -> bool:
    """Whether a line is a date and nothing else, as no newspaper's line of issue and day is.

    Beside the time of day it may be said by the other calendar too: so sites show when they are read.
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
    """Whether the first line is no headline: a row of names, of site and section say, or an entry of a list.

    A numbered headline of a digest has its source or day right below it.
    """
    if is_bullet(text := lines[0].text):
        return not (text[0].isdigit() and lines[-1].sort == "field")
    parts = _BARS.split(text)
    if len(parts) == 1 and text[-1].isascii():
        parts = _BILINGUAL.split(text)
    return len(parts) > 1 and all(part.count(" ") < 3 for part in parts)


def is_same(text: str, stated: str) -> bool:
    """Whether a headline is the stated title, which may carry the name of the site."""
    here, there = words(text), words(stated)
    return bool(here) and (there[: len(here)] == here or here[: len(there)] == there)


def rows_alike(above: Sequence[Line]) -> frozenset[int]:
    """The places of lines of one list: one below another, each with a number and with the first word of the others."""
    found: list[int] = []
    for _, run in groupby(enumerate(above), key=lambda one: _first_of_row(one[1])):
        places = [place for place, line in run if line.sort == "text"]
        found += places if len(places) >= _ALIKE and _first_of_row(above[places[0]]) else []
    return frozenset(found)


def _first_of_row(line: Line) -> str:
    return line.plain.partition(" ")[0] if line.is_headline and any(map(str.isdigit, line.plain)) else ""


def above_text(lines: tuple[Line, ...], title: int, first: int) -> dict[int, ParagraphKind]:
    """What stands between headline and text: standfirsts, long enough to say something and no row of headlines."""
    rows = {place for place in rows_alike(lines[:first]) if place > title} if first - title > _ALIKE else set()
    long = (place for place in range(title + 1, first) if lines[place].words > MEASURES["body_least"])
    plain = (place for place in long if place not in rows and _may_announce(lines[place]))
    found = list(islice(plain, _STANDFIRSTS + 1))
    of_others = sum(lines[place + 1].rule == "date" for place in found if place + 1 < len(lines)) > 1
    if title < 0 or len(found) > _STANDFIRSTS or of_others:
        return _first_section(lines, title, first, {})
    bullets = [place for place in range(title + 1, first) if _is_entry(lines[place])]
    kinds: dict[int, ParagraphKind] = dict.fromkeys(bullets, "list")
    kinds |= dict.fromkeys(rows, "table")
    said = lines[title].plain
    fresh = (place for place in _told(lines, title, first, found) if said not in lines[place].plain)
    kinds |= {place: "standfirst" for place in fresh if not is_same(lines[place].text, lines[title].text)}
    return kinds | _first_section(lines, title, first, kinds)


def _told(lines: tuple[Line, ...], title: int, first: int, found: Sequence[int]) -> Sequence[int]:
    """Those of these places whose line shares a word with headline or text, as no advert does; all without a text."""
    if not found or first == len(lines):
        return found
    told = stems(" ".join(line.text for line in (lines[title], *lines[first:])))
    return [place for place in found if shared(lines[place].text, told)]


def _first_section(
    lines: tuple[Line, ...], title: int, first: int, kinds: dict[int, ParagraphKind]
) -> dict[int, ParagraphKind]:
    """The sub-heading right above the text, where the text has further ones."""
    above = first - 1
    while above > title and lines[above].sort != "text":
        above -= 1
    if above == title or above in kinds or lines[above].role != "heading":
        return {}
    return {above: "heading"} if any(line.role == "heading" and line.sort == "text" for line in lines[first:]) else {}


def _may_announce(line: Line) -> bool:
    """Whether a line may be a standfirst by its make; pages mark their second headline as a heading too."""
    made = line.is_headline or (line.sort == "text" and line.role == "heading")
    return made and not is_bullet(line.text)


def _is_entry(line: Line) -> bool:
    return line.sort == "text" and not line.role and line.words > 2 and is_bullet(line.text)
