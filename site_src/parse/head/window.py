"""The title of a page's window, copied as a line: the headline, the site and the day in it."""

from __future__ import annotations

from collections.abc import Sequence

from site_src.model.fields import Day
from site_src.parse.fields.names import is_distinctive, names_medium
from site_src.parse.head.retelling import retold_share, stems
from site_src.parse.lines import Line
from site_src.parse.word_lists import word_list
from site_src.text.agencies import agency_of
from site_src.text.dates import find_dates
from site_src.text.fold import words
from site_src.text.patterns import late

_DIVIDER = late(r"\s+[–—-]\s+|\s*[|»›]\s*")
"""A dash with spaces, or a bar, between the parts of a window's title."""
_DIVIDER_AT_END = late(r"(?:\s[–—-]\s|[|»›]\s?)\Z")
_MAY_DIVIDE = late(r"[|»›–—]|\s-")
"""A character of a divider: lines without any are no titles of windows."""
_HEADLINE_MOST = 30
"""Lines, at most, down to the headline that the title of the window holds."""
_NAME_MOST = 4
"""Words, at most, of a site's name without a colon behind it."""
_SITE_WORDS = 5
"""Words, at most, of a site's name before a colon."""
_SECTION_WORDS = 2
"""Words, at most, of the name of a section."""


def site_in_window(lines: Sequence[Line]) -> str:
    """The site that the first line names beside a headline that stands a few lines below it; or "".

    Only a word for a medium distinguishes a site from a section, a speaker or a remark. A headline does not report on
    the site itself, so the two share no word.
    """
    window = lines[0].text if lines else ""
    if _MAY_DIVIDE.search(window) is None:
        return ""
    headlines = (line.text for line in lines[1:_HEADLINE_MOST] if line.is_headline)
    rest, headline = next(((rest, text) for text in headlines if (rest := _beside(window, text))), ("", ""))
    parts = (part.strip() for part in _DIVIDER.split(rest))
    return next((part for part in parts if _names_site(part) and not retold_share(part, stems(headline))), "")


def headline_of_window(lines: Sequence[Line], headlines: Sequence[int]) -> int:
    """The index of the headline that the first one repeats with a divider, as a window's title does; or -1.

    `headlines` are the indexes of the headlines, in order.
    """
    window = lines[headlines[0]].text
    below = (index for index in headlines[1:] if lines[index].is_headline)
    return next((index for index in below if _beside(window, lines[index].text)), -1)


def without_window(title: str) -> tuple[str, Day | None]:
    """Headline and day of a window's title such as "SITE : HEADLINE - SECTION - DATE"; any other title and None."""
    head, dash, tail = title.rpartition(" - ")
    dates = find_dates(tail) if dash and tail[:1].isdigit() else ()
    if not dates or dates[0].end < len(tail):
        return title, None
    before, dash, section = head.rpartition(" - ")
    if dash and len(words(section)) <= _SECTION_WORDS:
        head = before
    site, colon, headline = head.partition(" : ")
    names_site = colon and len(words(site)) <= _SITE_WORDS and len(words(headline)) > _SECTION_WORDS
    return headline if names_site else head, dates[0].day


def _beside(window: str, headline: str) -> str:
    """What a divider separates from a headline in the title of a window; "" where that is no title of this headline."""
    if window.startswith(headline):
        divider = _DIVIDER.match(window, len(headline))
        return window[divider.end() :] if divider else ""
    front = window.removesuffix(headline)
    divider = _DIVIDER_AT_END.search(front) if front != window else None
    return front[: divider.start()] if divider else ""


def _names_site(part: str) -> bool:
    """Whether a part of a window's title is a name of few words, one of them for a medium or an organisation."""
    part_words = words(part)
    if not names_medium(part) and word_list("bylines", "organisation").isdisjoint(part_words):
        return False
    return is_distinctive(part) and len(part_words) <= _NAME_MOST and not agency_of(part)
