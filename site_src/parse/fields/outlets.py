"""Outlets: one that a line names and, beside it, only its place, its desk or what the desk did; no label says so.

What stands beside it tells the name from a headline, a section or an author; one that may be another's stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from site_src.parse.fields.names import before_writer, is_person, is_place, names_medium, names_outlet, person_name
from site_src.parse.head.told import names_told
from site_src.parse.lines import MEASURES, Line, line_of_text
from site_src.parse.paragraphs.reflow import begins_paragraph
from site_src.parse.word_lists import word_list
from site_src.text.agencies import agency_of
from site_src.text.fold import fold, words
from site_src.text.patterns import late

_TWO = late(r"([^–—:/|_-]{2,40}?)\s?([–—:/_-]|(?<=\s)ـ(?=\s)|\|)\s?([^–—:/|_-]{2,40}?)\s?[–—:/|_-]?")
_OPENED_BY = late(r"\A[-–]?([^\W\d_]++(?:[\s.][^\W\d_]++){0,3})\s?[-–]\s?")
_DIVIDERS = " -–—/:_"
_COLLECTED = late(r"([^\W\d_]+) [^–—:|-]{2,30} -([^\W\d_][^–—:|-]{1,30})")
_HOW_AND_WRITER = late(r"\A([^\W\d_]{3,})\s?[-–—]\s?([^\W\d_]+(?:\s[^\W\d_]+){1,3})\s?:\s")
"""How a report was come by, and who wrote it, at its beginning."""
_REMARK = late(r"[^\s.–-]++(?:\s[^\s.–-]++){2,11}\s?[-–](?:\s|\Z)")
"""Three words and more before a second dash: a place that stands there has fewer."""
OPENING = 40
"""Characters in which a medium opens a report with its name."""
_OPENED_BY_TWO = late(r"\A([^\s–—:-][^–—:-]{2,30}?)\s[-–—]\s([^\s–—:-][^–—:-]{2,30}?)\s[-–—]\s(?=\S)")
_QUOTED = late(r"[«\"“](.{2,30})[»\"”]")
_NUMBERED = late(r"[^\W\d_]{2,}\d{1,3}")


def outlet_in(text: str) -> str:
    """The outlet of a line of two parts, the other a place, a desk (beside a bar only that) or its work; or ""."""
    if text[-1] in _DIVIDERS and names_medium(name := text.rstrip(_DIVIDERS)):
        return name
    match = _TWO.fullmatch(text)
    if match is None:
        return ""
    first, sign, second = match.groups()
    if " " in second and not word_list("bylines", "desk").isdisjoint(words(second)):
        return first if is_numbered(first) else _outlet(first, sign)
    if sign == "|":
        return ""
    if (is_place(first) or says_how(first)) and (name := _outlet(second, sign)):
        return name
    if is_place(second):
        return _outlet(first, sign)
    return _outlet(first, ":") if says_how(second) else ""


def outlet_at_place(text: str) -> str:
    """The outlet of such a line that a word for a medium gives away, wherever on a page it stands; or ""."""
    match = _TWO.fullmatch(text)
    if match is None:
        return ""
    first, sign, second = match.groups()
    if is_place(first) and names_medium(second):
        return second
    return first if sign != ":" and is_place(second) and names_medium(first) else ""


def writer_at_place(text: str) -> str:
    """Who wrote, of a line of two parts, the other a place, with no colon between them; or ""."""
    match = _TWO.fullmatch(text)
    if match is None or match[2] == ":" or is_place(match[1]) == is_place(match[3]):
        return ""
    name = match[3] if is_place(match[1]) else match[1]
    return name if is_person(name) and not agency_of(name) else ""


def collected_from(text: str) -> str:
    """The source that a dash ties to the name of the site that collected a report (موقع الضفة -السنبلة); or ""."""
    match = _COLLECTED.fullmatch(text)
    return match[2] if match and fold(match[1]) in word_list("bylines", "before_outlet") else ""


def came_by(text: str) -> bool:
    """Whether a line says nothing but who came by a report and how, or for whom: nobody who is known."""
    match = _TWO.fullmatch(text)
    if match is None or match[1].count(" ") + 1 >= MEASURES["headline_least"]:
        return False
    said = says_how(match[3]) or fold(match[3].partition(" ")[0]) in word_list("bylines", "for_site")
    return said and not (outlet_in(text) or is_person(match[1]))


def says_how(part: str) -> bool:
    """Whether a part says how a desk came by a report, and not from where."""
    return fold(part) in word_list("bylines", "came_by")


def _outlet(part: str, sign: str) -> str:
    """The name of an outlet in one of two parts; beside a colon only what is quoted or holds a word for a medium."""
    quoted = _QUOTED.fullmatch(part)
    name = quoted[1] if quoted else part
    if agency_of(name) or is_place(name) or is_person(name):
        return ""
    known = quoted is not None or names_medium(name) or names_outlet(name)
    return name if known or (sign != ":" and is_paper(name)) else ""


def is_paper(name: str) -> bool:
    """Whether a name is a known paper's; or several words begin as papers' names do, or are a place's and "today", say.

    No other word tells a paper from a ministry, a section or a surname.
    """
    if fold(name) in word_list("bylines", "papers"):
        return True
    first, *others = words(name) or [""]
    if len(others) == 1 and (others[0].isdigit() or first in word_list("bylines", "paper_firsts")):
        return True
    return bool(others) and is_place(first) and word_list("bylines", "of_any_site").issuperset(others)


def is_numbered(name: str) -> bool:
    """Whether a word ends with a number, as names of sites do, and beside a desk or a writer nothing else."""
    return _NUMBERED.fullmatch(name) is not None


def is_scene(line: Line, text: Sequence[Line]) -> bool:
    """Whether a line names the site of what a text tells ("the site of the fire"), and not one that tells it."""
    first, _, rest = line.plain.partition(" ")
    known = word_list("bylines", "before_outlet_or_scene")
    return first in known and names_told(rest, text)


def opened_by(text: str) -> re.Match[str] | None:
    """The words that stand alone before the dash with which a report opens, and no remark between two of them.

    Before a dash that touches what follows, or behind one, a medium: others are joined by it.
    """
    head = text[:OPENING]
    match = _OPENED_BY.match(head) if "-" in head or "–" in head else None
    if match and (match.start(1) or not match[0][-1].isspace()) and not names_medium(match[1]):
        return None
    return None if match and _REMARK.match(text, match.end()) else match


def outlet_opening(head: str) -> str:
    """The outlet of a report that opens with a place, a dash, a name, a colon and a report's verb; or ""."""
    opened, colon, said = head.partition(":")
    return outlet_in(opened.strip()) if colon and begins_paragraph(line_of_text(said.strip())) else ""


def outlet_of_two(text: str) -> str:
    """The medium before the second dash with which a report opens, behind a place or how it was come by; or ""."""
    match = _OPENED_BY_TWO.match(text)
    if match is None or not names_medium(match[2]):
        return ""
    return match[2] if is_place(match[1]) or says_how(match[1]) else ""


def writer_of_two(text: str) -> str:
    """Who wrote a report that opens with him and his place, each before a dash, in either order; or ""."""
    match = _HOW_AND_WRITER.match(text)
    if match is not None and says_how(match[1]) and is_person(match[2]):
        return match[2]
    match = _OPENED_BY_TWO.match(text)
    if match is None or is_place(match[1]) == is_place(match[2]):
        return ""
    said = match[2] if is_place(match[1]) else match[1]
    verb, _, rest = said.partition(" ")
    name = person_name(rest if fold(verb) in before_writer() else said)
    return name if is_person(name) else ""
