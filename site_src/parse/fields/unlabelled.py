"""Unlabelled: credits above a text that no label names: persons, outlets, datelines, known by names and places."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from site_src.parse.fields.names import (
    before_writer,
    holds_office,
    is_nobody,
    is_person,
    is_place,
    names_medium,
    names_outlet,
    person_name,
)
from site_src.parse.fields.outlets import is_paper, is_scene, outlet_in, says_how, writer_at_place
from site_src.parse.head.told import TELLING, stems
from site_src.parse.lines import Line, changed
from site_src.parse.paragraphs.reflow import is_bullet, without_bullet
from site_src.parse.word_lists import word_list
from site_src.text.fold import fold, words
from site_src.text.patterns import late

_PARTS = late(r"\s+[-–—ـ|/]\s+|\s*/\s+|\s?:\s+")
_PLACE_AND_OUTLET = late(r"[^\W\d_]{3,}(?: [^\W\d_]+)?\s?/\s?[^\W\d_]+(?: [^\W\d_]+){0,2}")
_AND = late(r"\sو(?=\w)")
_DIVIDERS = tuple("-–—/:")
"""Between a place, who wrote there, and the text."""
_FROM = "من "
"""Before who reports, alone below the headline, as agencies name them."""
_LONGEST = 8
_NAMED_MOST = 5
"""Words of a caption that is a name and an office, at most."""


def with_head_fields(lines: tuple[Line, ...], first: int) -> tuple[Line, ...]:
    """The lines of an article whose text begins at `first`; credits above it, but not its only headline, as fields."""
    lines = _with_dateline(lines, first)
    headlines = [place for place, line in enumerate(lines[:first]) if line.is_headline]
    if not headlines:
        return lines
    telling = lines[first : first + TELLING]
    above = (
        _as_credit(line, headlines[0] < place, headlines[0] < place == first - 1, telling)
        if _may_be_credit(line, len(headlines))
        else line
        for place, line in enumerate(lines[:first])
    )
    return (*above, *lines[first:])


def opens_with_credit(line: Line) -> bool:
    """Whether a line with a colon at its end is whom a text is credited to, and from where, as pages set it above."""
    if line.words > _LONGEST or not line.text.endswith(":"):
        return False
    parts = _PARTS.split(_uncoloned(line.text))
    named = any(is_place(part) or is_person(part) or names_outlet(part) or says_how(part) for part in parts)
    return (named and 1 < len(parts) < 4) or names_outlet(parts[0]) or names_medium(parts[0])


def _uncoloned(text: str) -> str:
    return text.rstrip(" :")


def _with_dateline(lines: tuple[Line, ...], first: int) -> tuple[Line, ...]:
    """The lines, the last one above the text as source where it names nothing but an outlet and a place.

    As byline where it names who wrote in place of the outlet, be it the only line above the text. One word of which
    headline or text tell is that of a ministry, a section or a stadium sooner than the paper's.
    """
    last = first - 1
    while last >= 0 and lines[last].sort != "text":
        last -= 1
    if last < 0 or first == len(lines) or lines[last].words > _LONGEST or lines[last].role:
        return lines
    if writer := writer_at_place(lines[last].text):
        return tuple(changed(lines, [last], sort="field", rule="byline", value=writer))
    outlet = outlet_in(lines[last].text)
    if not outlet or (" " not in outlet and not names_outlet(outlet) and _is_told(outlet, lines[:last], lines[first:])):
        return lines
    return tuple(changed(lines, [last], sort="field", rule="source", value=outlet))


def _is_told(word: str, above: Sequence[Line], text: Sequence[Line]) -> bool:
    return not stems(word).isdisjoint(stems(" ".join([line.text for line in (*above[-1:], *text)])))


def _may_be_credit(line: Line, headlines: int) -> bool:
    return line.sort == "text" and not line.role and line.words <= _LONGEST and headlines > line.is_headline


def _as_credit(line: Line, below: bool, between: bool, telling: Sequence[Line]) -> Line:
    """A person's name, alone or beside an outlet's, as byline; an outlet's as source, `below` the headline.

    "Place / paper" is a dateline only right `between` headline and text: elsewhere it may name sections. The name
    alone of somebody whom the text goes on `telling` of is a caption.
    """
    if opens_with_credit(line):
        line = line.written(_uncoloned(line.text))
    if is_bullet(line.text) and is_person(bare := without_bullet(line.text)):
        line = line.written(bare)
    parts = _PARTS.split(line.text)
    if line.words <= _NAMED_MOST and holds_office(line.text) and is_person(" ".join(line.text.split(" ", 2)[:2])):
        return line.but(sort="junk", rule="caption")
    if is_person(line.text):
        names = [name for name in _AND.split(line.plain) if " " in name]
        shown = (told.plain for told in telling if told.is_body and told.role != "caption")
        if any(_tells_of(name, told) for told in shown for name in names):
            return line.but(sort="junk", rule="caption")
        return line.but(sort="field", rule="byline", value=" / ".join(parts))
    if _has_person(parts) and (":" not in line.text or _may_stand_before_writer(line.text)):
        return line.but(sort="field", rule="byline", value=" / ".join(parts))
    if below and (person := _reporter(line)):
        return line.but(sort="field", rule="byline", value=person)
    if below and (person := _before_role(line)):
        return line.but(sort="field", rule="byline", value=person)
    if below and names_outlet(line.text) and not is_scene(line, telling):
        return line.but(sort="field", rule="source", value=line.text)
    if below and line.words > 2 and any(line.plain in told.plain for told in telling[:1]):
        return line.but(sort="junk", rule="caption")
    if between and _PLACE_AND_OUTLET.fullmatch(line.text) and is_paper(parts[-1]):
        return line.but(sort="field", rule="dateline", value=line.text)
    return line


def _tells_of(name: str, paragraph: str) -> bool:
    """Whether a paragraph names somebody as others are named, and not as who wrote it; both are folded."""
    before, named, after = f" {paragraph} ".partition(f" {name}")
    if not named or after[:1].isalpha():
        return False
    *_, word = before.split(" ")
    if not word:
        return after.lstrip()[:1] not in _DIVIDERS
    return word[-1] not in _DIVIDERS and word not in _before_writer()


@cache
def _before_writer() -> frozenset[str]:
    """The words after which a text names its own writer, folded."""
    return word_list("bylines", "titles").union(before_writer())


def _before_role(line: Line) -> str:
    """The name of two or three words that stands before what its bearer does ("NAME NAME writer on ..."); or ""."""
    found = line.text.split()
    known = word_list("bylines", "roles")
    roles = (at for at in range(2, min(4, len(found))) if fold(found[at].strip("-–،,")) in known)
    name = " ".join(found[: next(roles, 0)]).rstrip("-–،, ")
    return name if is_person(name) and not line.finished else ""


def _reporter(line: Line) -> str:
    """Who reports; or "" where the line goes from one to another, say."""
    person = line.text.removeprefix(_FROM)
    if person == line.text or not is_person(person):
        return ""
    return "" if any(word in word_list("layout", "within") for word in words(person)) else person


def _may_stand_before_writer(text: str) -> bool:
    """Whether a place or a kind of text stands before the colon of a line; other labels are those of a judge, say."""
    label = _PARTS.split(text.rpartition(":")[0].rstrip())[-1]
    return is_place(label) or is_nobody(label)


def _has_person(parts: list[str]) -> bool:
    """Whether one of two parts is a person, or the last of three behind a place ("PLACE - interview: NAME").

    Or the second of three whose last says how the report was come by ("OUTLET - NAME - exclusive").
    """
    if len(parts) == 3:
        person = parts[2] if is_place(parts[0]) else parts[1] if says_how(parts[2]) else ""
        return is_person(person_name(person))
    return len(parts) == 2 and any(is_person(person_name(part.partition("،")[0])) for part in parts)
