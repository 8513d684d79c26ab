"""Window: the name of a page's window, copied as a line: the headline, the site and the day in it."""

from __future__ import annotations

from collections.abc import Sequence

from site_src.model.fields import Day
from site_src.parse.fields.names import is_distinctive, names_medium
from site_src.parse.head.told import shared, stems
from site_src.parse.lines import Line
from site_src.parse.word_lists import word_list
from site_src.text.agencies import agency_of
from site_src.text.dates import find_dates
from site_src.text.fold import words
from site_src.text.patterns import late

_DIVIDER = late(r"\s+[–—-]\s+|\s*[|»›]\s*")
_DIVIDER_AT_END = late(r"(?:\s[–—-]\s|[|»›]\s?)\Z")
_SIGN = late(r"[|»›–—]|\s-")
_HEADLINE_MOST = 30
"""Lines among which the headline stands that the name of the window holds."""
_NAME_MOST = 4
_SITE_WORDS = 5
_SECTION_WORDS = 2


def site_in_window(lines: Sequence[Line]) -> str:
    """The site that the first line names beside a headline that stands a few lines below it; or "".

    Only a word for a medium tells it from a section, a speaker or a remark; and the headline tells of no site.
    """
    window = lines[0].text if lines else ""
    if _SIGN.search(window) is None:
        return ""
    below = lines[1:_HEADLINE_MOST]
    rest, told = next(((rest, line.text) for line in below if (rest := _beside(window, line))), ("", ""))
    parts = (part.strip() for part in _DIVIDER.split(rest))
    return next((part for part in parts if _names_site(part) and not shared(part, stems(told))), "")


def headline_of_window(lines: Sequence[Line], found: Sequence[int]) -> int:
    """The place of that of the headlines at these places which the first of them repeats before a divider; or -1."""
    return next((place for place in found[1:] if _beside(lines[found[0]].text, lines[place])), -1)


def without_window(title: str) -> tuple[str, Day | None]:
    """The headline and the day of "SITE : HEADLINE - SECTION - DATE", as windows are named."""
    head, dash, tail = title.rpartition(" - ")
    days = find_dates(tail) if dash and tail[:1].isdigit() else ()
    if not days or days[0].end < len(tail):
        return title, None
    above, dash, section = head.rpartition(" - ")
    head = above if dash and len(words(section)) <= _SECTION_WORDS else head
    site, colon, rest = head.partition(" : ")
    named = colon and len(words(site)) <= _SITE_WORDS and len(words(rest)) > _SECTION_WORDS
    return rest if named else head, days[0].day


def _beside(window: str, headline: Line) -> str:
    """What a divider parts from a headline in the name of a window; "" where the name is another."""
    if not headline.is_headline:
        return ""
    if window.startswith(headline.text):
        divider = _DIVIDER.match(window, len(headline.text))
        return window[divider.end() :] if divider else ""
    front = window.removesuffix(headline.text)
    divider = _DIVIDER_AT_END.search(front) if front != window else None
    return front[: divider.start()] if divider else ""


def _names_site(part: str) -> bool:
    found = words(part)
    medium = names_medium(part) or not word_list("bylines", "organisation").isdisjoint(found)
    return medium and is_distinctive(part) and len(found) <= _NAME_MOST and not agency_of(part)
