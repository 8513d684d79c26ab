"""The title of a page's window: HEADLINE - SITE and its other orders, taken apart in one place for all formats.

Such a title is a line of a copied page, an element of HTML, or the headline of a page that states no other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from site_src.model.fields import Day
from site_src.parse.fields.names import is_distinctive, is_issue, is_outlet, names_medium
from site_src.parse.head.retelling import retold_share, stems
from site_src.parse.lines import Line
from site_src.parse.word_lists import word_list
from site_src.text.agencies import agency_of
from site_src.text.dates import find_dates
from site_src.text.fold import words
from site_src.text.patterns import late

_PART_END = r"\s+(?:[–—-]+|[»›]|::)\s+|\s*\|\s*"
_DIVIDER = late(_PART_END)
"""A dash or arrow with spaces, or a bar, between the parts of a title."""
_DIVIDER_IN_MARKUP = late(rf"{_PART_END}|\s*[:_•·-]\s*")
"""What may stand between a headline that is known and its site in the markup: a colon or an underscore too."""
_MAY_DIVIDE = late(r"[|»›–—]|\s-|::")
"""A character of a divider: most lines have none."""
_HEADLINE_MOST = 30
"""Lines, at most, down to the headline that the title of the window holds."""
_NAME_MOST = 4
"""Words, at most, of a site's name that a copied line gives."""
_SITE_MOST = 5
"""Words, at most, of a site's name in the markup, or before a colon."""
_SECTION_WORDS = 2
"""Words, at most, of the name of a section."""


def last_part(title: str) -> tuple[str, str, str]:
    """A title up to its last divider, the divider, and the part behind it; the title, "" and "" without any."""
    dividers = list(_DIVIDER.finditer(title)) if _MAY_DIVIDE.search(title) else []
    if not dividers:
        return title, "", ""
    return title[: dividers[-1].start()], dividers[-1][0].strip(), title[dividers[-1].end() :]


def site_around(title: str, headline: str) -> str:
    """The name of the site that a title in the markup holds beside the headline; or "".

    It is the part with a word for an outlet, else the last part. A site before the headline has two words or more.
    """
    parts = (part.strip() for part in _DIVIDER.split(_beside(title, headline, _DIVIDER_IN_MARKUP)))
    parts_of_name = [part for part in parts if part and not (part[0].isdigit() or is_issue(part))]
    outlets = [part for part in parts_of_name if is_outlet(part) and len(words(part)) > 1]
    site = (outlets or parts_of_name or [""])[-1]
    least = 1 if title.startswith(headline) else 2
    return site if least <= len(words(site)) <= _SITE_MOST else ""


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
    head, divider, tail = last_part(title)
    dates = find_dates(tail) if divider == "-" and tail[:1].isdigit() else ()
    if not dates or dates[0].end < len(tail):
        return title, None
    before, divider, section = last_part(head)
    if divider and len(words(section)) <= _SECTION_WORDS:
        head = before
    site, colon, headline = head.partition(" : ")
    names_site = colon and len(words(site)) <= _SITE_MOST and len(words(headline)) > _SECTION_WORDS
    return headline if names_site else head, dates[0].day


def _beside(title: str, headline: str, divider: re.Pattern[str] = _DIVIDER) -> str:
    """What a divider separates from a headline in a title; "" where that is no title of this headline."""
    if title.startswith(headline):
        behind = divider.match(title, len(headline))
        return title[behind.end() :] if behind else ""
    front = title.removesuffix(headline)
    ends = [match.start() for match in divider.finditer(front) if match.end() == len(front) < len(title)]
    return front[: ends[0]] if ends else ""


def _names_site(part: str) -> bool:
    """Whether a part of a window's title is a name of few words, one of them for a medium or an organisation."""
    part_words = words(part)
    if not names_medium(part) and word_list("bylines", "organisation").isdisjoint(part_words):
        return False
    return is_distinctive(part) and len(part_words) <= _NAME_MOST and not agency_of(part)
