"""Datelines: the place, often the day, and who reports, with which the reports of agencies open.

Three looks at them: whom one credits, which must be sure of the name; where one ends, whoever it names; and whether
a text may open with one at all.
"""

from __future__ import annotations

import re
from functools import cache

from site_src.tables import table
from site_src.text.patterns import compiled, late

_LETTERS = r"(?:[^\W\d_]++|[\u064b-\u0652])++"
_CREDITING = (
    rf"\A(?:{_LETTERS}(?:\s{_LETTERS}){{0,2}}(?:/{_LETTERS}(?=[^()/–—:]{{0,40}}\())?(?P<day>\s?[،,/]?\s(?:في\s)?\d[^()/-]{{2,24}}(?:/\s?(?:MONTH)\b)?|(?:\s?[-–/]\s?\d{{1,2}}){{1,2}})?\s*|(?=\())"
    r"(?:(?:\([^()\d]{2,20}\)\s?(?=\())?(?:[-–—]\s)?\((?P<brackets>[^()]{2,40})\)(?:\s*[-–—:ـ]|(?(day)\s|(?!)))|[-–—/،,]\s*(?P<dash>[^-–—:/()]{2,40}?)\s*[-–—:/]\s|\.\s*(?P<stop>[^-–—:/()]{2,40}?)\s*[-–—/]\s|/\s*(?P<slash>\S+)\s)"
)
_ENDS = "(-–—:/"
"""Without one of these there is no dateline, and most reports open with none."""
_OPENING = late(
    r"\s*(?:[^.:؟!«»\"“”()/]{2,40}(?:\([^()\d]{2,20}\)\s?)?\([^()]{2,40}\)\s*[-–—ـ]{1,2}\s+"
    r"|[^:؟!«»\"“”()/]{2,40}/\s?(?P<agency>[^/]{2,20})/\.?\s+|[^.:،؟!«»\"“”]{2,40}?\s[-–—]\s+)"
)

_STROKE = " ـ"
_DRAWN = late(r"(?<=\s)ـ{1,2}(?=\s)")
"""The stroke that lengthens a letter, where it stands alone: a dash."""
_HEAD = 60
_AT_PLACE = late(r"\A[^\W\d_]+(?:\s[^\W\d_]+)?\s*(?:[(/,،]\s*[^()/]{2,30}\)?\s*)?[-–—:/]\s")


def crediting(head: str) -> re.Match[str] | None:
    """The dateline with which `head` opens, if it has a place for a name: its last group is the name."""
    head = _dashed(head) if _STROKE in head else head
    return _crediting().match(head) if any(map(head.__contains__, _ENDS)) else None


def _dashed(text: str) -> str:
    """The text with dashes for strokes in its head, each character where it stood."""
    return _DRAWN.sub(lambda drawn: "-".ljust(len(drawn[0])), text[:_HEAD]) + text[_HEAD:]


@cache
def _crediting() -> re.Pattern[str]:
    """In the date a month may be named twice ("تشرين الثاني/ نوفمبر")."""
    months = [re.escape(name) for names in table("months")["gregorian"] for name in names if not name.isascii()]
    return compiled(_CREDITING.replace("MONTH", "|".join(months)))


def opening(text: str) -> re.Match[str] | None:
    """What may be a dateline at the start of `text`, to where the sentence begins.

    Its group `agency` is the name between slashes; all that stands before a bare dash passes too.
    """
    return _OPENING.match(_dashed(text) if _STROKE in text else text)


def opens_at_place(text: str) -> bool:
    """Whether one or two words as of a place, and maybe who reports from there, stand before a sign that ends them."""
    return _AT_PLACE.match(_dashed(text) if _STROKE in text else text) is not None
