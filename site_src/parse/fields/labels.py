"""Fields without a labelling phrase: lines whose shape alone makes them a field, such as a bare date or a dateline."""

from __future__ import annotations

import re
from functools import cache

from site_src.parse.fields.names import (
    credits_in,
    is_agencies,
    is_person,
    is_place,
    names_medium,
    names_outlet,
)
from site_src.parse.fields.outlets import outlet_at_place
from site_src.parse.fields.statements import date_label, is_bare_date, is_of_event
from site_src.parse.junk.markers import apply_marker, is_relative
from site_src.parse.lines import HEAD, MEASURES, Line
from site_src.parse.word_lists import word_list
from site_src.text.agencies import agency_of, may_name_agency
from site_src.text.dates import find_dates
from site_src.text.fold import words
from site_src.text.patterns import compiled, late
from site_src.text.words import alternatives

_ROW_DIVIDER = late(r"\s*[•|·]\s*|\s+[-–—]\s+")
"""A sign between the parts of a row of author, date and the like."""
_MAY_DIVIDE_ROW = late("[•|·–—-]")
"""A character of such a sign: lines without any are no rows."""
_DIGIT = late(r"\d")
_VERB = late(r"س?[يت]\w{2,}\Z")
"""A verb in the present, or a name that may be read as one."""
_PLACE_DIVIDER = late(r"/| ?[-–—] | ـ ")
"""A slash or dash between the place and the agency of a dateline."""
_OUTLET_DIVIDER = late(r"[/_–—:-]| ـ ")
"""A sign between an outlet and what stands beside it."""
_ADDRESS = late(r"(?:https?://|www\.)\S+\Z", re.IGNORECASE)
_PLACE_AND_OUTLET = late(r"[^\W\d_]++(?:\s[^\W\d_]++){0,2}\s{0,2}[:–—-]\s?[«\"“]([^«»\"“”]{2,40})[»\"”]\Z")
"""A place of up to three words, a colon or dash, and an outlet in quotation marks."""
_PLACE_AND_DAY = late(r"([^\W\d_]+(?:\s[^\W\d_]+)?)[،,]\s\d[^.]*\.\Z")
"""A place of one or two words, a comma, a day, and a full stop, as in "PLACE, 6 April 2025." alone on a line."""
_PLACE_IN_FRONT = late(r"[^\W\d_]++(?:\s[^\W\d_]++){0,2}(?:\s?\([^()\d]{2,20}\))?\s?\([^()]{2,40}\)\s*[-–—:ـ]?\Z")
"""A place, with or without its country in brackets, followed by something in brackets."""
_YEAR = late(r"(?:19|20)\d\d")
_BEHIND_YEAR = late(r"(?<=(?<!\d)20\d\d)(?=[^\W_])")
"""The position right behind a year, where pages join the next field without a space."""
_DATE_WITHIN = 2
"""The date of a label begins fewer characters than this behind it."""
_CLOSING_QUOTES = frozenset('»"”')
_JOINED_BY_DASH = late(r"([^\W\d_]{3,}(?: [^\W\d_]{3,})?)[-–]([^\W\d_]+)")
"""A place and one word with a dash but no space between them."""
_NAME_DIVIDER = late(r"[/+|،,;؛&•·()\[–—-]")
"""A sign between the names of a credit."""
_FIELD_SIGN = late(r'[/+|،,;؛&•·()\[–—:«"“wW-]')
"""A sign that divides, encloses or begins an address: every field longer than a name has one, or a digit."""
_NAME_MOST = 6
"""Words, at most, of a name, or of two names that "and" joins."""
_BEYOND_HEADING = 4
"""Words, at most, by which a field is longer than a heading."""
_RELATIVE_MOST = 4
"""Words, at most, of a relative date such as "two hours ago"."""
_SIGNED_MOST = 8
"""Words, at most, of a medium, its place and the dash between them."""
_DAY_SIGNS = frozenset("-–—|/")
"""Signs between a day alone and the agency behind it."""
_PLACE_MOST = 3
"""Words, at most, of the place with which a dateline begins."""


def as_field(line: Line) -> Line | None:
    """The line as a field: an agency, a bare date or address, a row of author, date and the like; else None.

    The order counts: each test takes what the tests above it have left.
    """
    may_name_outlet = line.words <= _SIGNED_MOST and _OUTLET_DIVIDER.search(line.text) is not None
    if line.stopped or line.words > MEASURES["heading_most"] + _BEYOND_HEADING:
        is_dated = line.text[-2:-1].isdigit() and _is_place_and_day(line.text)
        return line.with_fields(sort="field", rule="date", value=line.text) if is_dated else None
    if line.words > _NAME_MOST and not (_FIELD_SIGN.search(line.text) or _DIGIT.search(line.text)):
        return None
    if _ADDRESS.match(line.text):
        return line.with_fields(sort="field", rule="address", value=line.text)
    return _as_credit(line, may_name_outlet) or _as_date_or_row(line)


def _as_credit(line: Line, may_name_outlet: bool) -> Line | None:
    """The line as a dateline, a byline of day and agency, or a source; None where it credits nobody."""
    if (joined := _JOINED_BY_DASH.fullmatch(line.text)) and agency_of(joined[2]):
        return line.with_fields(sort="field", rule="dateline", value=f"{joined[1]} / {joined[2]}")
    if day_and_agency := _day_and_agency(line):
        return line.with_fields(sort="field", rule="byline", value=day_and_agency)
    if _may_be_credit(line) and (rule := _credit_rule(line.text)):
        return line.with_fields(sort="field", rule=rule, value=line.text)
    if line.text[-1] in _CLOSING_QUOTES and (quoted := _PLACE_AND_OUTLET.match(line.text)):
        return line.with_fields(sort="field", rule="source", value=quoted[1])
    if may_name_outlet and (outlet := outlet_at_place(line.text)):
        return line.with_fields(sort="field", rule="source", value=outlet)
    return None


def _as_date_or_row(line: Line) -> Line | None:
    """The line as a date, as a byline if it is a row with a date, or as junk if the date is an event's; else None."""
    is_date = is_bare_date(line.text)
    if is_date and is_of_event(line.text):
        return line.with_fields(sort="junk", rule="label")
    if (row := _row(line)) is not None and _names_somebody(row, line.text):
        return row
    if row is None and line.text[0].isdigit() and (day := day_before_minutes(line)) is not None:
        return day
    labelled = _labelled_row(line) or _writer_and_agencies(line)
    begins_with_name = line.plain.partition(" ")[0] in word_list("bylines", "first_names")
    is_plain = is_date or labelled is None
    if begins_with_name and is_plain and (name_and_day := _name_and_day(line.text)):
        return line.with_fields(sort="field", rule="byline", value=name_and_day)
    if is_date or (line.words <= _RELATIVE_MOST and is_relative(line.text)):
        return line.with_fields(sort="field", rule="date", value=line.text)
    return row or labelled


def _labelled_row(line: Line) -> Line | None:
    """A row of a writer, a label and a date, with or without spaces between them; None for another line."""
    if ":" not in line.text or _YEAR.search(line.text) is None:
        return None
    text = _BEHIND_YEAR.sub(" ", line.text)
    label = date_label(text)
    if label is None:
        return None
    start, end = label
    dates = find_dates(text[end:])
    if not dates or dates[0].start >= _DATE_WITHIN or not _names_writer(text[:start]):
        return None
    return line.with_fields(sort="field", rule="byline", value=text)


def _writer_and_agencies(line: Line) -> Line | None:
    """A row of a person and the agencies behind the name, with nothing between them; None for another line."""
    begins_with_name = line.plain.partition(" ")[0] in word_list("bylines", "first_names")
    if not begins_with_name or not may_name_agency(line.plain[:HEAD]):
        return None
    first, second, rest = [*line.text.split(" ", 2), "", ""][:3]
    if not rest[:1].isalpha() or not is_agencies(rest):
        return None
    return line.with_fields(sort="field", rule="byline", value=f"{first} {second} | {rest}")


def _names_writer(before: str) -> bool:
    """Whether a person or a medium stands before a label, with a day behind the name or without."""
    dates = find_dates(before)
    name = (before[: dates[0].start] if dates else before).strip(" -–—|،,")
    return is_person(name) or names_medium(name)


def _name_and_day(text: str) -> str:
    """The writer and the day of a line that states only these, with or without a space between them; or "".

    Behind two names, a word as of a verb in the present makes a headline of the line.
    """
    dates = find_dates(text) if any(map(str.isdigit, text)) else ()
    if not dates or not is_bare_date(day := text[dates[0].start :]):
        return ""
    name = text[: dates[0].start].strip(" -–—|،,")
    return f"{name} | {day}" if is_person(name) and not any(map(_VERB.match, words(name)[2:])) else ""


def _is_place_and_day(text: str) -> bool:
    """Whether a line is a place, a comma, a day and a full stop. A noun other than a place says what happened then."""
    match = _PLACE_AND_DAY.match(text)
    return match is not None and is_place(match[1]) and is_bare_date(text)


def day_before_minutes(line: Line) -> Line | None:
    """The line as a byline of the day with which it begins, if the time of reading is joined to the year; else None."""
    minutes = _minutes_behind_year().search(line.plain) if line.text[0].isdigit() else None
    return line.with_fields(sort="field", rule="byline", value=line.text[: minutes.start()]) if minutes else None


@cache
def _minutes_behind_year() -> re.Pattern[str]:
    """The time that reading takes, joined to the year of a day without a space."""
    phrases = alternatives(word_list("bylines", "reading_time"))
    return compiled(rf"(?<=\d/(?:19|20)\d\d)\d{{1,2}}\s(?:{phrases})\Z|(?<=\s(?:19|20)\d\d)\d{{1,2}}\s(?:{phrases})\Z")


def _names_somebody(row: Line, text: str) -> bool:
    """Whether a row of date and credit names a person, or nothing but an agency or outlet."""
    names = [part for part in row.value.split(" | ") if not is_bare_date(part)]
    if len(names) == 1 and (agency_of(names[0]) or names_outlet(names[0])):
        return True
    return any(map(is_person, _ROW_DIVIDER.split(text)))


def _may_be_credit(line: Line) -> bool:
    """Whether a line is short or divided and holds a word of an agency's name: a cheap test before it is split."""
    if line.words > _NAME_MOST and _NAME_DIVIDER.search(line.text) is None:
        return False
    return may_name_agency(line.plain[:HEAD])


def _credit_rule(text: str) -> str:
    """The rule of a credit: "source" for agencies alone, "dateline" for a place and an agency, "" for anything else."""
    if is_agencies(text):
        return "source"
    return "dateline" if _is_place_and_agency(text) else ""


def _is_place_and_agency(text: str) -> bool:
    """Whether a line is only a dateline: a place, a slash or dash, and an agency; or the agency before the place."""
    if _PLACE_DIVIDER.search(text) is None:
        if _PLACE_IN_FRONT.match(text) is None or is_person(text.partition("(")[0].rstrip()):
            return False
        return is_agencies(text[text.rindex("(") :].rstrip(" -–—:ـ"))
    names = credits_in(text)
    if len(names) == 2 and names[0].agency and not names[1].agency:
        return names[1].text.count(" ") < 2
    if len(names) > 2 and is_place(names[0].text) and all(name.agency for name in names[1:]):
        return True
    if not 2 <= len(names) <= 3 or any(name.agency for name in names[:-1]):
        return False
    return bool(agency_of(names[-1].text)) and names[0].text.count(" ") < 3


def _day_and_agency(line: Line) -> str:
    """Date and agency of a dateline such as "PLACE 12 Safar 1448 / 27 July 2026 AGENCY", or one with the date last."""
    if not _DIGIT.search(line.text) or not may_name_agency(line.plain[:HEAD]) or not (dates := find_dates(line.text)):
        return ""
    before, behind = line.text[: dates[0].start], line.text[dates[-1].end :].strip(" -–—/().،,")
    days = " ".join(line.text[date.start : date.end] for date in dates)
    if behind:
        has_sign = line.text[dates[-1].end :].lstrip()[:1] in _DAY_SIGNS
        is_dateline = (has_sign or before.strip()) and len(words(before)) <= _PLACE_MOST and agency_of(behind)
        return f"{days} | {behind}" if is_dateline else ""
    credit = before.rstrip(" -–—،,|")
    if is_agencies(credit):
        return f"{days} | {credit}"
    if _is_place_and_agency(credit):
        return " | ".join([days, *(name.text for name in credits_in(credit) if name.agency)])
    return ""


def _row(line: Line) -> Line | None:
    """A row such as "author • date • reading time" as a byline without labels and other junk; None for another line."""
    parts = [part for part in _ROW_DIVIDER.split(line.text) if part] if _MAY_DIVIDE_ROW.search(line.text) else []
    if len(parts) < 2 or not any(is_bare_date(part) for part in parts):
        return None
    values = [part for part in parts if apply_marker(line.with_text(part)).sort in ("text", "field")]
    if any(part.count(" ") >= _NAME_MOST and not is_bare_date(part) for part in values):
        return None
    return line.with_fields(sort="field", rule="byline", value=" | ".join(values))
