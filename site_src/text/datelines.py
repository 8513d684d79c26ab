"""Datelines: the place, often the day, and who reports, with which the reports of agencies open.

There are three questions about them: whom a dateline credits, where the name must be certain; where it ends, whoever
it names; and whether a text may open with one at all.
"""

from __future__ import annotations

import re
from functools import cache

from site_src.tables import table
from site_src.text.patterns import compiled, late

_LETTERS = r"(?:[^\W\d_]++|[\u064b-\u0652])++"
_CREDITING = (
    rf"\A(?:{_LETTERS}(?:\s{_LETTERS}){{0,2}}(?:/{_LETTERS}(?=[^()/–—:]{{0,40}}\())?(?P<day>\s\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{4}}|\s?[،,/]?\s(?:في\s)?\d[^()/-]{{2,24}}(?:/\s?(?:MONTH)\b)?|(?:\s?[-–/]\s?\d{{1,2}}){{1,2}})?\s*|(?=\())"
    r"(?:(?:\([^()\d]{2,20}\)\s?(?=\())?(?:[-–—]\s)?\((?P<brackets>[^()]{2,40})\)(?:\s*[-–—:ـ]|(?(day)\s|(?!)))|[-–—/،,]\s*(?P<dash>[^-–—:/()]{2,40}?)\s*[-–—:/]\s|\.\s*(?:\d{1,2}\s[^\W\d_]+(?:\s\d{4})?\.\s*)?(?P<stop>[^-–—:/()]{2,40}?)\s*[-–—/]\s|/\s*(?P<slash>\S+)\s)"
)
_MARKS = "(-–—:/"
"""The marks of which a dateline has at least one; most reports have no dateline."""
_OPENING = late(
    r"\s*(?:[^.:؟!«»\"“”()/]{2,40}(?:\([^()\d]{2,20}\)\s?)?\([^()]{2,40}\)\s*[-–—ـ]{1,2}\s+"
    r"|[^:؟!«»\"“”()/]{2,40}/\s?(?P<agency>[^/]{2,20})/\.?\s+|[^.:،؟!«»\"“”]{2,40}?\s[-–—]\s+)"
)

_TATWEEL = " ـ"
_LONE_TATWEEL = late(r"(?<=\s)ـ{1,2}(?=\s)")
"""The stroke that lengthens a letter; where it stands alone it is a dash."""
_HEAD = 60
"""Characters in which a dateline ends."""
_AT_PLACE = late(r"\A[^\W\d_]+(?:\s[^\W\d_]+)?\s*(?:[(/,،]\s*[^()/]{2,30}\)?\s*)?[-–—:/]\s")


def crediting(head: str) -> re.Match[str] | None:
    """The dateline with which `head` opens, if it has a place for a name; the last group that matched is the name."""
    head = _with_dashes(head) if _TATWEEL in head else head
    return _crediting_pattern().match(head) if any(map(head.__contains__, _MARKS)) else None


def _with_dashes(text: str) -> str:
    """The text with dashes for lone tatweels at its beginning, so that no character changes its place."""
    return _LONE_TATWEEL.sub(lambda match: "-".ljust(len(match[0])), text[:_HEAD]) + text[_HEAD:]


@cache
def _crediting_pattern() -> re.Pattern[str]:
    """The pattern of `crediting`, in whose date a month may have two names ("تشرين الثاني/ نوفمبر")."""
    months = [re.escape(name) for names in table("months")["gregorian"] for name in names if not name.isascii()]
    return compiled(_CREDITING.replace("MONTH", "|".join(months)))


def opening(text: str) -> re.Match[str] | None:
    """What may be a dateline at the start of `text`, up to where the sentence begins.

    Its group `agency` is the name between slashes. Any words before a bare dash match as well.
    """
    return _OPENING.match(_with_dashes(text) if _TATWEEL in text else text)


def opens_at_place(text: str) -> bool:
    """Whether a text opens with one or two words as of a place, then perhaps who reports from there, then a mark."""
    return _AT_PLACE.match(_with_dashes(text) if _TATWEEL in text else text) is not None
