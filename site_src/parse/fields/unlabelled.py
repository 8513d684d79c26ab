"""Credits above a text that have no label: persons, outlets and datelines, recognised by names and places."""

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
from site_src.parse.head.retelling import LEAD_PARAGRAPHS, stems
from site_src.parse.lines import Line, with_fields_at
from site_src.parse.paragraphs.reflow import is_bullet, without_bullet
from site_src.parse.word_lists import word_list
from site_src.text.fold import fold, words
from site_src.text.patterns import late

_PART_DIVIDER = late(r"\s+[-–—ـ|/]\s+|\s*/\s+|\s?:\s+")
"""A sign between a place, a person, an outlet and the like."""
_PLACE_AND_OUTLET = late(r"[^\W\d_]{3,}(?: [^\W\d_]+)?\s?/\s?[^\W\d_]+(?: [^\W\d_]+){0,2}")
"""A place of one or two words, a slash, and an outlet of up to three."""
_AND = late(r"\sو(?=\w)")
""""And" (و), which joins two names."""
_DIVIDERS = tuple("-–—/:")
"""Characters between a place, a writer and the text."""
_FROM = "من "
"""The word before a reporter's name that stands alone below the headline, as agencies write it."""
_CREDIT_MOST = 8
"""Words of a credit, at most."""
_CAPTION_MOST = 5
"""Words of a caption that is a name and an office, at most."""


def with_head_fields(lines: tuple[Line, ...], first: int) -> tuple[Line, ...]:
    """The lines of an article, with unlabelled credits above its text made fields; its only headline stays text.

    `first` is the index of the first line of the text.
    """
    lines = _with_dateline(lines, first)
    headlines = [index for index, line in enumerate(lines[:first]) if line.is_headline]
    if not headlines:
        return lines
    lead = lines[first : first + LEAD_PARAGRAPHS]
    above = list(lines[:first])
    for index, line in enumerate(above):
        if _may_be_credit(line, len(headlines)):
            is_below = headlines[0] < index
            above[index] = _as_credit(line, is_below, is_below and index == first - 1, lead)
    return (*above, *lines[first:])


def opens_with_credit(line: Line) -> bool:
    """Whether a line with a colon at its end credits the text below it to somebody, with or without a place."""
    if line.words > _CREDIT_MOST or not line.text.endswith(":"):
        return False
    parts = _PART_DIVIDER.split(_without_colon(line.text))
    if names_outlet(parts[0]) or names_medium(parts[0]):
        return True
    return 1 < len(parts) < 4 and any(map(_is_part_of_credit, parts))


def _is_part_of_credit(part: str) -> bool:
    return is_place(part) or is_person(part) or names_outlet(part) or says_how(part)


def _without_colon(text: str) -> str:
    return text.rstrip(" :")


def _with_dateline(lines: tuple[Line, ...], first: int) -> tuple[Line, ...]:
    """The lines, the last one above the text made a source if it names only an outlet and a place.

    It is made a byline if it names a writer in place of the outlet, even where no other line stands above the text.
    A single word that the headline or the text mentions is no outlet: it rather names a ministry, a section or a
    stadium.
    """
    last = first - 1
    while last >= 0 and lines[last].sort != "text":
        last -= 1
    if last < 0 or first == len(lines) or lines[last].words > _CREDIT_MOST or lines[last].role:
        return lines
    if writer := writer_at_place(lines[last].text):
        return tuple(with_fields_at(lines, [last], sort="field", rule="byline", value=writer))
    outlet = outlet_in(lines[last].text)
    if not outlet:
        return lines
    is_bare_word = " " not in outlet and not names_outlet(outlet)
    if is_bare_word and _is_mentioned(outlet, lines[:last], lines[first:]):
        return lines
    return tuple(with_fields_at(lines, [last], sort="field", rule="source", value=outlet))


def _is_mentioned(word: str, above: Sequence[Line], text: Sequence[Line]) -> bool:
    """Whether the line right above, or the text, holds a form of the word."""
    return not stems(word).isdisjoint(stems(" ".join([line.text for line in (*above[-1:], *text)])))


def _may_be_credit(line: Line, headlines: int) -> bool:
    """Whether a line is short text and not the only one of so many headlines."""
    if line.sort != "text" or line.role or line.words > _CREDIT_MOST:
        return False
    return headlines > 1 or not line.is_headline


def _as_credit(line: Line, is_below: bool, is_between: bool, lead: Sequence[Line]) -> Line:
    """The line as a byline if it names a person, alone or beside an outlet, or as a source if it names an outlet.

    An outlet counts only where the line `is_below` the headline. "Place / paper" is a dateline only where the line
    `is_between`, right between headline and text: elsewhere it may name sections. The name alone of a person whom the
    `lead`, the first paragraphs, mentions is a caption.
    """
    if opens_with_credit(line):
        line = line.with_text(_without_colon(line.text))
    if is_bullet(line.text) and is_person(bare := without_bullet(line.text)):
        line = line.with_text(bare)
    parts = _PART_DIVIDER.split(line.text)
    if line.words <= _CAPTION_MOST and holds_office(line.text) and is_person(" ".join(line.text.split(" ", 2)[:2])):
        return line.with_fields(sort="junk", rule="caption")
    if is_person(line.text):
        if _are_mentioned(line, lead):
            return line.with_fields(sort="junk", rule="caption")
        return line.with_fields(sort="field", rule="byline", value=" / ".join(parts))
    if _has_person(parts) and (":" not in line.text or _may_stand_before_writer(line.text)):
        return line.with_fields(sort="field", rule="byline", value=" / ".join(parts))
    if is_below and (person := _reporter(line) or _name_before_role(line)):
        return line.with_fields(sort="field", rule="byline", value=person)
    if is_below and names_outlet(line.text) and not is_scene(line, lead):
        return line.with_fields(sort="field", rule="source", value=line.text)
    if is_below and line.words > 2 and any(line.plain in paragraph.plain for paragraph in lead[:1]):
        return line.with_fields(sort="junk", rule="caption")
    if is_between and _PLACE_AND_OUTLET.fullmatch(line.text) and is_paper(parts[-1]):
        return line.with_fields(sort="field", rule="dateline", value=line.text)
    return line


def _are_mentioned(line: Line, lead: Sequence[Line]) -> bool:
    """Whether one of the persons that a line names is mentioned in a paragraph of the lead."""
    names = [name for name in _AND.split(line.plain) if " " in name]
    paragraphs = (paragraph.plain for paragraph in lead if paragraph.is_body and paragraph.role != "caption")
    return any(_mentions(paragraph, name) for paragraph in paragraphs for name in names)


def _mentions(paragraph: str, name: str) -> bool:
    """Whether a paragraph names a person as one whom it is about, and not as its writer; both are folded."""
    before, match, after = f" {paragraph} ".partition(f" {name}")
    if not match or after[:1].isalpha():
        return False
    *_, word_before = before.split(" ")
    if not word_before:
        return after.lstrip()[:1] not in _DIVIDERS
    return word_before[-1] not in _DIVIDERS and word_before not in _before_writer()


@cache
def _before_writer() -> frozenset[str]:
    """The folded words after which a text names its own writer."""
    return word_list("bylines", "titles").union(before_writer())


def _name_before_role(line: Line) -> str:
    """The name of two or three words before a word for what its bearer does ("NAME NAME writer on ..."); or ""."""
    tokens = line.text.split()
    roles = word_list("bylines", "roles")
    role_indexes = (index for index in range(2, min(4, len(tokens))) if fold(tokens[index].strip("-–،,")) in roles)
    name = " ".join(tokens[: next(role_indexes, 0)]).rstrip("-–،, ")
    return name if is_person(name) and not line.finished else ""


def _reporter(line: Line) -> str:
    """The reporter whom a line names behind "from"; "" where it goes from one person or place to another, say."""
    person = line.text.removeprefix(_FROM)
    if person == line.text or not is_person(person):
        return ""
    return "" if any(word in word_list("layout", "within") for word in words(person)) else person


def _may_stand_before_writer(text: str) -> bool:
    """Whether a place or a kind of text stands before the colon of a line: other labels may introduce a judge, say."""
    label = _PART_DIVIDER.split(text.rpartition(":")[0].rstrip())[-1]
    return is_place(label) or is_nobody(label)


def _has_person(parts: list[str]) -> bool:
    """Whether a person is named in one of two parts, or in the right one of three.

    That is the last one behind a place ("PLACE - interview: NAME"), or the second where the last says how the report
    was obtained ("OUTLET - NAME - exclusive").
    """
    if len(parts) == 3:
        person = parts[2] if is_place(parts[0]) else parts[1] if says_how(parts[2]) else ""
        return is_person(person_name(person))
    return len(parts) == 2 and any(is_person(person_name(part.partition("،")[0])) for part in parts)
