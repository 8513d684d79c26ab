"""Labels without a phrase: lines that are a field by their make alone, such as a bare date or a dateline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby

from site_src.parse.fields.names import (
    credits_in,
    is_agencies,
    is_person,
    is_place,
    names_medium,
    names_outlet,
)
from site_src.parse.fields.outlets import came_by, collected_from, outlet_at_place
from site_src.parse.fields.stated import date_label, is_bare_date, is_of_event
from site_src.parse.junk.markers import is_relative, marked
from site_src.parse.lines import HEAD, MEASURES, Line, changed
from site_src.parse.paragraphs.breaks import is_open
from site_src.parse.word_lists import word_list
from site_src.text.agencies import agency_of, may_name_agency
from site_src.text.dates import find_dates
from site_src.text.fold import words
from site_src.text.patterns import compiled, late
from site_src.text.words import alternatives

_PARTS = late(r"\s*[•|·]\s*|\s+[-–—]\s+")
_DIVIDES = late("[•|·–—-]")
_DIGIT = late(r"\d")
_DIVIDES_PLACE = late(r"/| ?[-–—] | ـ ")
_DIVIDES_OUTLET = late(r"[/_–—:-]| ـ ")
_ADDRESS = late(r"(?:https?://|www\.)\S+\Z", re.IGNORECASE)
_PLACE_AND_OUTLET = late(r"[^\W\d_]++(?:\s[^\W\d_]++){0,2}\s{0,2}[:–—-]\s?[«\"“]([^«»\"“”]{2,40})[»\"”]\Z")
_PLACE_AND_DAY = late(r"([^\W\d_]+(?:\s[^\W\d_]+)?)[،,]\s\d[^.]*\.\Z")
_PLACE_IN_FRONT = late(r"[^\W\d_]++(?:\s[^\W\d_]++){0,2}(?:\s?\([^()\d]{2,20}\))?\s?\([^()]{2,40}\)\s*[-–—:ـ]?\Z")
"""A place, or one and its country in brackets, and what stands in brackets behind it."""
_YEAR = late(r"(?:19|20)\d\d")
_GLUE = late(r"(?<=(?<!\d)20\d\d)(?=[^\W_])")
"""Behind a year, where pages glue the next of what they state."""
_NEAR = 2
"""Places behind a label at which its date begins, at most."""
_CLOSERS = frozenset('»"”')
_GLUED = late(r"([^\W\d_]{3,}(?: [^\W\d_]{3,})?)[-–]([^\W\d_]+)")
_DIVIDED = late(r"[/+|،,;؛&•·()\[–—-]")
_CUE = late(r'[/+|،,;؛&•·()\[–—:«"“wW-]')
"""What a field of more words than a name has, unless a number: a sign that divides, encloses or addresses."""
_CREDITS = frozenset({"source", "byline"})
_ADDS = "&+ "
_NAME_MOST = 6
"""Words of a name, at most, and of two that "and" joins."""
_SHORT = 4
_FIELDS = 2
"""Fields from which on a list is one of labels, whatever it says besides."""
_BOXED = frozenset({"byline", "source", "url"})
"""Fields that a list of labels states: no list of a report's own does."""
_LABELLED = late(r"[^\W\d_]+(?: [^\W\d_]+){0,2}\s?:\s")
_SIGNED_MOST = 8
"""Words of a medium, its place and the dash between them, at most."""
_PLACE_MOST = 3
"""Words of the place that a dateline begins with, at most."""


def rows_of_values(lines: Sequence[Line]) -> frozenset[int]:
    """The places of rows of tables whose rows are not mostly labels: a cell such as "source" names a column there."""
    found: list[int] = []
    tables = groupby(enumerate(lines), key=lambda one: one[1].role == "table")
    for rows in [list(run) for is_table, run in tables if is_table]:
        if 2 * sum(marked(line).sort == "field" for _, line in rows) <= len(rows) > 1:
            found += [place for place, _ in rows]
    return frozenset(found)


def without_boxes(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines; a list above the text that states a credit or address holds labels, those that nobody knows too.

    A list of what the article tells may name its source too: beside one field, a label has a value of a word or two.
    """
    if not [line for line in lines if line.rule in _BOXED and line.role == "list"]:
        return lines
    first = next((place for place, line in enumerate(lines) if line.is_body and line.role != "list"), len(lines))
    gone: list[int] = []
    for is_list, run in groupby(range(first), key=lambda place: lines[place].role == "list"):
        box = [*run] if is_list else []
        named = any(lines[place].rule in _BOXED for place in box)
        fields = len([place for place in box if lines[place].sort == "field"])
        other = [place for place in box if lines[place].sort == "text"]
        if named and all(_is_label(lines[place], fields) for place in other):
            gone += other
    return changed(lines, gone, sort="junk", rule="label")


def _is_label(line: Line, fields: int) -> bool:
    """Whether an entry of a list with so many fields names a value, with its label or without."""
    most = _SHORT if fields < _FIELDS else line.words
    if _LABELLED.match(line.text) is not None:
        return line.words <= most
    return fields >= _FIELDS and not line.stopped and line.words <= MEASURES["tag_most"]


def with_values_below(lines: Sequence[Line]) -> list[Line]:
    """The lines; a name below the label of a credit that needs one is its value, and so is one added to it."""
    if not [line for line in lines if line.rule in _CREDITS and not line.value]:
        return list(lines)
    found: list[Line] = []
    rule, taken = "", False
    for line in lines:
        if rule and _is_name(line) and (not taken or line.text[0] in _ADDS):
            line = line.but(sort="field", rule=rule, value=line.text.lstrip(_ADDS))
            taken = True
        else:
            opens = line.rule in _CREDITS and not line.value and _needs_value(line)
            rule, taken = (line.rule if opens else ""), False
        found.append(line)
    return found


def _needs_value(line: Line) -> bool:
    """Whether a label cannot stand alone: a colon ends it, or a preposition behind another word."""
    return line.text[-1] == ":" or (line.words > 1 and is_open(line))


def _is_name(line: Line) -> bool:
    """Whether a line is no longer than a name, or is a known one: below a label may stand the next headline too."""
    if line.sort != "text" or line.role or line.finished or line.words > _NAME_MOST:
        return False
    name = line.text.lstrip(_ADDS)
    return line.words < MEASURES["headline_least"] or is_agencies(name) or is_person(name) or names_outlet(name)


def as_field(line: Line) -> Line | None:
    """The line as a field: an agency, a bare date or address, a row of author, date and the like; else None."""
    divided = line.words <= _SIGNED_MOST and _DIVIDES_OUTLET.search(line.text) is not None
    if divided and came_by(line.text.rstrip(". ")):
        return line.but(sort="junk", rule="label")
    if line.stopped or line.words > MEASURES["heading_most"] + _SHORT:
        dated = line.text[-2:-1].isdigit() and _is_place_and_day(line.text)
        return line.but(sort="field", rule="date", value=line.text) if dated else None
    if line.words > _NAME_MOST and not (_CUE.search(line.text) or _DIGIT.search(line.text)):
        return None
    if _ADDRESS.match(line.text):
        return line.but(sort="field", rule="address", value=line.text)
    if (glued := _GLUED.fullmatch(line.text)) and agency_of(glued[2]):
        return line.but(sort="field", rule="dateline", value=f"{glued[1]} / {glued[2]}")
    if day_and_agency := _day_and_agency(line):
        return line.but(sort="field", rule="byline", value=day_and_agency)
    if _may_be_credit(line) and (rule := _credit_rule(line.text)):
        return line.but(sort="field", rule=rule, value=line.text)
    if line.text[-1] in _CLOSERS and (place := _PLACE_AND_OUTLET.match(line.text)):
        return line.but(sort="field", rule="source", value=place[1])
    if divided and (outlet := outlet_at_place(line.text) or collected_from(line.text)):
        return line.but(sort="field", rule="source", value=outlet)
    bare = is_bare_date(line.text)
    if bare and is_of_event(line.text):
        return line.but(sort="junk", rule="label")
    if (row := _row(line)) is not None and _names_somebody(row, line.text):
        return row
    if row is None and line.text[0].isdigit() and (day := day_before_minutes(line)) is not None:
        return day
    if bare or (line.words <= _SHORT and is_relative(line.text)):
        if line.plain.partition(" ")[0] in word_list("bylines", "first_names") and (signed := _with_name(line.text)):
            return line.but(sort="field", rule="byline", value=signed)
        return line.but(sort="field", rule="date", value=line.text)
    return row or _labelled_row(line)


def _labelled_row(line: Line) -> Line | None:
    """A row of who wrote, a label and a date, its parts glued or not; or of a person and agencies."""
    if line.plain.partition(" ")[0] in word_list("bylines", "first_names") and may_name_agency(line.plain[:HEAD]):
        first, second, rest = [*line.text.split(" ", 2), "", ""][:3]
        signed = rest[:1].isalpha() and is_agencies(rest)
        return line.but(sort="field", rule="byline", value=f"{first} {second} | {rest}") if signed else None
    if ":" not in line.text or _YEAR.search(line.text) is None:
        return None
    text = _GLUE.sub(" ", line.text)
    label = date_label(text)
    dates = find_dates(text[label[1] :]) if label else ()
    if label is None or not dates or dates[0].start >= _NEAR or not _names_writer(text[: label[0]]):
        return None
    return line.but(sort="field", rule="byline", value=text)


def _names_writer(before: str) -> bool:
    """Whether a person, or a medium, stands before a label, with a day or without."""
    days = find_dates(before)
    name = (before[: days[0].start] if days else before).strip(" -–—|،,")
    numbered = len(name) > _SHORT and name[-1].isdigit() and " " not in name
    return is_person(name) or names_medium(name) or numbered


def _with_name(text: str) -> str:
    """Who wrote and the day of a line that states it, the name glued to the day or not; or ""."""
    if not (dates := find_dates(text)):
        return ""
    name = text[: dates[0].start].strip(" -–—|،,")
    return f"{name} | {text[dates[0].start :]}" if is_person(name) else ""


def _is_place_and_day(text: str) -> bool:
    """Whether a line is a place, a comma, a day and a full stop; another noun before it says what was then."""
    match = _PLACE_AND_DAY.match(text)
    return match is not None and is_place(match[1]) and is_bare_date(text)


def day_before_minutes(line: Line) -> Line | None:
    """A line that begins with a date, how long an article takes to read glued to its year, as a byline of that day."""
    minutes = _minutes_behind_year().search(line.plain) if line.text[0].isdigit() else None
    return line.but(sort="field", rule="byline", value=line.text[: minutes.start()]) if minutes else None


@cache
def _minutes_behind_year() -> re.Pattern[str]:
    """How long an article takes to read, glued to the year of its day."""
    phrases = alternatives(word_list("bylines", "reading_time"))
    return compiled(rf"(?<=\d/(?:19|20)\d\d)\d{{1,2}}\s(?:{phrases})\Z|(?<=\s(?:19|20)\d\d)\d{{1,2}}\s(?:{phrases})\Z")


def _names_somebody(row: Line, text: str) -> bool:
    """Whether a row of date and credit names a person, or nobody but an agency or outlet."""
    named = [part for part in row.value.split(" | ") if not is_bare_date(part)]
    credited = len(named) == 1 and bool(agency_of(named[0]) or names_outlet(named[0]))
    return credited or any(map(is_person, _PARTS.split(text)))


def _may_be_credit(line: Line) -> bool:
    """A cheap look before a line is taken apart: it is short or divided, and holds a word of some agency's name."""
    return (line.words <= _NAME_MOST or _DIVIDED.search(line.text) is not None) and may_name_agency(line.plain[:HEAD])


def _credit_rule(text: str) -> str:
    """The rule of a credit: "source" for agencies only, "dateline" for a place and an agency, "" for anything else."""
    if is_agencies(text):
        return "source"
    return "dateline" if _is_place_and_agency(text) else ""


def _is_place_and_agency(text: str) -> bool:
    """Whether a line is a dateline by itself: a place, a slash or dash, and an agency; or the agency and a place."""
    if _DIVIDES_PLACE.search(text) is None:
        if _PLACE_IN_FRONT.match(text) is None or is_person(text.partition("(")[0].rstrip()):
            return False
        return is_agencies(text[text.rindex("(") :].rstrip(" -–—:ـ"))
    names = credits_in(text)
    if len(names) == 2 and names[0].agency and not names[1].agency:
        return names[1].text.count(" ") < 2
    if len(names) > 2 and is_place(names[0].text) and all(name.agency for name in names[1:]):
        return True
    return (
        2 <= len(names) <= 3
        and not any(name.agency for name in names[:-1])
        and bool(agency_of(names[-1].text))
        and names[0].text.count(" ") < 3
    )


def _day_and_agency(line: Line) -> str:
    """Date and agency of a dateline such as "PLACE 12 Safar 1448 / 27 July 2026 AGENCY", or with its date last."""
    if not _DIGIT.search(line.text) or not may_name_agency(line.plain[:HEAD]) or not (dates := find_dates(line.text)):
        return ""
    place, agency = line.text[: dates[0].start], line.text[dates[-1].end :].strip(" -–—/().،,")
    days = " ".join(line.text[date.start : date.end] for date in dates)
    before = place.rstrip(" -–—،,|")
    if not agency and is_agencies(before):
        return f"{days} | {before}"
    if not agency and _is_place_and_agency(before):
        return " | ".join([days, *(name.text for name in credits_in(before) if name.agency)])
    is_dateline = place.strip() and len(words(place)) <= _PLACE_MOST and agency_of(agency)
    return f"{days} | {agency}" if is_dateline else ""


def _row(line: Line) -> Line | None:
    """A row such as "author • date • reading time" as a byline of what is neither label nor date."""
    parts = [part for part in _PARTS.split(line.text) if part] if _DIVIDES.search(line.text) else []
    if len(parts) < 2 or not any(is_bare_date(part) for part in parts):
        return None
    named = [part for part in parts if marked(line.written(part)).sort in ("text", "field")]
    if any(part.count(" ") >= _NAME_MOST and not is_bare_date(part) for part in named):
        return None
    return line.but(sort="field", rule="byline", value=" | ".join(named))
