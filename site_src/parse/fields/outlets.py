"""Outlets and writers that a line or an opening names without a label, beside a place, a desk or what the desk did.

What stands beside the name distinguishes it from a headline, a section or an author; a doubtful one stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from site_src.parse.fields.names import is_person, is_place, names_medium, names_outlet
from site_src.parse.head.retelling import is_name_mentioned
from site_src.parse.lines import Line, line_of_text
from site_src.parse.paragraphs.reflow import begins_paragraph
from site_src.parse.word_lists import word_list
from site_src.text.agencies import agency_of
from site_src.text.fold import fold, words
from site_src.text.patterns import late

_TWO_PARTS = late(r"([^–—:/|_-]{2,40}?)\s?([–—:/_-]|(?<=\s)ـ(?=\s)|\|)\s?([^–—:/|_-]{2,40}?)\s?[–—:/|_-]?")
"""A line of two parts: the first, the sign between them, and the second; a sign may follow."""
_WORDS_AND_DASH = late(r"\A[-–]?([^\W\d_]++(?:[\s.][^\W\d_]++){0,3})\s?[-–]\s?")
"""One to four words and a dash at the beginning of a report."""
_DIVIDERS = " -–—/:_"
_REMARK = late(r"[^\s.–-]++(?:\s[^\s.–-]++){2,11}\s?[-–](?:\s|\Z)")
"""Three words or more before a second dash; a place there has fewer."""
OPENING = 40
"""Characters in which a medium opens a report with its name."""
_TWO_AND_DASHES = late(r"\A([^\s–—:-][^–—:-]{2,30}?)\s[-–—]\s([^\s–—:-][^–—:-]{2,30}?)\s[-–—]\s(?=\S)")
"""Two names at the beginning of a report, each before a dash."""
_QUOTED_NAME = late(r"[«\"“](.{2,30})[»\"”]")


def outlet_in(text: str) -> str:
    """The outlet in a line of two parts, the other of which is a place, a desk or how the report was obtained; or "".

    Beside a bar only a desk counts.
    """
    if text[-1] in _DIVIDERS and names_medium(name := text.rstrip(_DIVIDERS)):
        return name
    parts = _two_parts(text)
    if parts is None:
        return ""
    first, sign, second = parts
    if " " in second and not word_list("bylines", "desk").isdisjoint(words(second)):
        return _outlet_in_part(first, sign)
    if sign == "|":
        return ""
    if (is_place(first) or says_how(first)) and (name := _outlet_in_part(second, sign)):
        return name
    if is_place(second):
        return _outlet_in_part(first, sign)
    return _outlet_in_part(first, ":") if says_how(second) else ""


def _two_parts(text: str) -> tuple[str, str, str] | None:
    """The parts of a line of two and the sign between them: the first, the sign, the second; None for another line."""
    match = _TWO_PARTS.fullmatch(text)
    return None if match is None else (match[1], match[2], match[3])


def outlet_at_place(text: str) -> str:
    """The outlet in a line of two parts, the other a place, if a word for a medium marks it; or "".

    Such a line may stand anywhere on a page.
    """
    parts = _two_parts(text)
    if parts is None:
        return ""
    first, sign, second = parts
    if is_place(first) and names_medium(second):
        return second
    return first if sign != ":" and is_place(second) and names_medium(first) else ""


def writer_at_place(text: str) -> str:
    """The writer in a line of two parts, the other a place, without a colon between them; or ""."""
    parts = _two_parts(text)
    if parts is None:
        return ""
    first, sign, second = parts
    if sign == ":" or is_place(first) == is_place(second):
        return ""
    name = second if is_place(first) else first
    return name if is_person(name) and not agency_of(name) else ""


def says_how(part: str) -> bool:
    """Whether a part of a line says how a desk obtained a report."""
    return fold(part) in word_list("bylines", "came_by")


def _outlet_in_part(part: str, sign: str) -> str:
    """The name of an outlet in one of two parts; beside a colon only a quoted name or one with a word for a medium."""
    quoted = _QUOTED_NAME.fullmatch(part)
    name = quoted[1] if quoted else part
    if agency_of(name) or is_place(name) or is_person(name):
        return ""
    if quoted is not None or names_medium(name) or names_outlet(name):
        return name
    return name if sign != ":" and is_paper(name) else ""


def is_paper(name: str) -> bool:
    """Whether a name is that of a newspaper.

    It is in the table, begins as the names of papers do, or is a place followed only by words such as "today". No other
    word distinguishes a paper from a ministry, a section or a surname.
    """
    if is_known_paper(name):
        return True
    first, *others = words(name) or [""]
    if len(others) == 1 and (others[0].isdigit() or first in word_list("bylines", "paper_firsts")):
        return True
    return bool(others) and is_place(first) and word_list("bylines", "of_any_site").issuperset(others)


def is_known_paper(name: str) -> bool:
    """Whether a name is that of a newspaper in the table; none of them is a person's."""
    return fold(name) in word_list("bylines", "papers")


def is_scene(line: Line, text: Sequence[Line]) -> bool:
    """Whether a line names the site of an event that the text reports ("the site of the fire"), and not a web site."""
    first, _, rest = line.plain.partition(" ")
    return first in word_list("bylines", "before_outlet_or_scene") and is_name_mentioned(rest, text)


def opened_by(text: str) -> re.Match[str] | None:
    """The words alone before the dash with which a report opens, as group 1; None if they are a remark between dashes.

    Before a dash that touches the next word, or behind another dash, only a medium counts: words may be joined by it.
    """
    head = text[:OPENING]
    match = _WORDS_AND_DASH.match(head) if "-" in head or "–" in head else None
    if match is None:
        return None
    needs_medium = match.start(1) or not match[0][-1].isspace()
    if needs_medium and not names_medium(match[1]):
        return None
    return None if _REMARK.match(text, match.end()) else match


def outlet_opening(head: str) -> str:
    """The outlet of a report that opens with a place, a dash, a name, a colon and a verb of reporting; or ""."""
    opening, colon, rest = head.partition(":")
    if not colon or not opening.strip():
        return ""
    return outlet_in(opening.strip()) if begins_paragraph(line_of_text(rest.strip())) else ""


def outlet_of_two(text: str) -> str:
    """The medium before the second dash with which a report opens, behind a place or how it was obtained; or ""."""
    match = _TWO_AND_DASHES.match(text)
    if match is None or not names_medium(match[2]):
        return ""
    return match[2] if is_place(match[1]) or says_how(match[1]) else ""
