"""The dates of an article, each with its evidence, and stated dates that do not exist in any calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from site_src.model.fields import UNDATED, Day, Found
from site_src.model.report import Problem
from site_src.parse.blocks import Meta
from site_src.parse.fields.names import is_agencies, is_place
from site_src.parse.fields.statements import Statement, may_state_date, values_of
from site_src.parse.head.window import without_window
from site_src.parse.lines import LABELLED_DAYS, Line
from site_src.tables import table
from site_src.text.dates import find_dates, find_impossible
from site_src.text.patterns import late
from site_src.text.stated_days import first_day, may_be_day_of, stated_day

_DATED_PLACE = late(r"[^\W\d_]+(?:\s[^\W\d_]+){0,2}\s?[،,(/-][^.:]{1,30}\d")
"""A place of up to three words, a sign behind it, and a date, as in "PLACE, 6 April"."""
_SIGNED_DAY = late(
    r"(?P<place>[^\W\d_]++(?:\s(?!في\s)[^\W\d_]++)?)[،,]?\s(?:في\s)?(?P<day>\d{1,2}[-/.\s][^()]{1,24}?[-/.\s]\d{4})"
    r"\s?(?:[(/](?P<agency>[^()/]{2,30})[)/]|[-–—ـ]{1,2}\s)"
)
"""A place and a day side by side ("PLACE on DAY" too), followed by the agency in brackets or slashes, or by a dash."""
_DATELINE = 60
"""Characters at the beginning of a paragraph in which its dateline states a date."""
_BETWEEN_PLACE_AND_DATE = ("،", ",", "(", "-", "/")
"""Signs behind the place of a dateline."""
_BETWEEN_DATE_AND_REPORT = tuple(":)-–—")
"""Signs before the report."""
_DATE_FIELD_OF = {
    **{name: name for name in ("published", "updated", "saved")},
    **dict.fromkeys(("date", "byline", "dateline"), "published"),
}
"""Each field that may state a day, with or without a label, to the date of the article that it gives."""
_ISO_DAY = late(r"\s*(\d{4}-\d{2}-\d{2})(?!\d)")
_DIGIT = late(r"\d")


def published_date(
    statements: Sequence[Statement], meta: Sequence[Meta], title: Line | None, body: Sequence[Line], saved: Day | None
) -> Found[Day]:
    """The day of publication under its label, else the most probable bare date that the text does not contradict.

    `saved`, the day on which the page was saved, is what relative dates count from.
    """
    labelled = date_of("published", statements, meta, saved)
    if labelled.value:
        return labelled
    bare = unlabelled_date(statements, saved, title, body[:1])
    if bare.value and may_be_day_of(" ".join([line.plain for line in body[:2]]), bare.value):
        return bare
    return UNDATED


def updated_date(statements: Sequence[Statement], meta: Sequence[Meta], saved: Day | None) -> Found[Day]:
    """The day of the last change.

    A value in the markup that is also that of publication is no change: sites fill in both fields with one value.
    """
    published = {field.value for field in meta if field.name == "published"}
    changes = [field for field in meta if field.name == "updated" and field.value not in published]
    return date_of("updated", statements, changes, saved)


def date_of(name: str, statements: Sequence[Statement], meta: Sequence[Meta], base: Day | None) -> Found[Day]:
    """The first date under this name, on the page or else in the markup; relative dates count from `base`."""
    for value, where in values_of(name, statements, meta):
        if day := stated_day(value, base):
            return Found(day, "stated", value, where)
    return UNDATED


def unlabelled_date(
    statements: Sequence[Statement], base: Day | None, title: Line | None, lead: Sequence[Line]
) -> Found[Day]:
    """A date without a label above the text, in the byline, the headline or the dateline: probably that of publication.

    `lead` is the first paragraph, or nothing; relative dates count from `base`.
    """
    for statement in statements:
        if statement.field in ("date", "byline") and (day := first_day(statement.value, base)):
            return Found(day, "inferred", statement.value, statement.where)
    if title is not None and (day_in_title := without_window(title.text)[1]):
        return Found(day_in_title, "inferred", title.text, f"line {title.line}")
    return _dateline_date(lead)


def _dateline_date(lead: Sequence[Line]) -> Found[Day]:
    """The full date between the place and the report, as press releases open ("PLACE, 6 April 2025: ...")."""
    for line in lead:
        signed_day = _SIGNED_DAY.match(line.text)
        if signed_day and _is_place_and_agency(signed_day["place"], signed_day["agency"] or ""):
            for date in find_dates(signed_day["day"])[:1]:
                if date.day.full:
                    return Found(date.day, "inferred", signed_day["day"], f"line {line.line}")
        if _DATED_PLACE.match(line.text):
            for date in find_dates(line.text[:_DATELINE])[:1]:
                if date.day.full and _is_between_place_and_report(line.text, date.start, date.end):
                    return Found(date.day, "inferred", line.text[date.start : date.end], f"line {line.line}")
    return UNDATED


def _is_place_and_agency(place: str, agency: str) -> bool:
    """Whether the names around a day are a place and, if there is one, an agency."""
    return is_place(place) and (not agency or is_agencies(agency))


def _is_between_place_and_report(text: str, start: int, end: int) -> bool:
    """Whether the date from `start` to `end` has a place before it and the report behind it, by the marks around it."""
    return text[:start].rstrip().endswith(_BETWEEN_PLACE_AND_DATE) and text[end:].lstrip().startswith(
        _BETWEEN_DATE_AND_REPORT
    )


def event_date(body: Sequence[Line]) -> Found[Day]:
    """The first date with weekday, day and month in the first two paragraphs."""
    for line in body[:2]:
        may_be_dated = _DIGIT.search(line.text) and may_state_date(line.plain)
        if not may_be_dated or not any(map(line.text.__contains__, _weekdays())):
            continue
        for date in find_dates(line.text):
            if date.day.weekday is not None and date.day.day is not None and date.day.month is not None:
                return Found(date.day, "stated", line.text[date.start : date.end], f"line {line.line}")
    return UNDATED


@cache
def _weekdays() -> tuple[str, ...]:
    """The names of weekdays as written: a paragraph without any needs no search for dates."""
    names = [name for spellings in table("dates")["weekdays"] for name in spellings]
    return (*names, *(name.replace("أ", "ا").replace("إ", "ا").replace("ة", "ه") for name in names))


def no_such_dates(
    file: str, statements: Sequence[Statement], lead: Sequence[Line], meta: Sequence[Meta]
) -> Iterator[Problem]:
    """One warning for each field and impossible date, however often it is stated."""
    reported: set[tuple[str, str]] = set()
    for name, day, where, line in _impossible_dates(statements, lead, meta):
        if (name, day) not in reported:
            reported.add((name, day))
            what = f"{name}: {where} says {day}: there is no such day"
            yield Problem(file, "no-such-date", what, f"set {name} in the .toml beside the file", line, "warning")


def _impossible_dates(
    statements: Sequence[Statement], lead: Sequence[Line], meta: Sequence[Meta]
) -> Iterator[tuple[str, str, str, int | None]]:
    """Each impossible date: its field, the date as written, who states it, and its line on the page if it has one."""
    for statement in statements:
        name, value = _DATE_FIELD_OF.get(statement.field), statement.value
        if name and not find_dates(value):
            for start, end in find_impossible(value):
                yield name, value[start:end], "the page", statement.line
    head = lead[0].text[:_DATELINE] if lead and _DATED_PLACE.match(lead[0].text) else ""
    if head and not find_dates(head):
        for start, end in find_impossible(head):
            if _is_between_place_and_report(head, start, end):
                yield "published", head[start:end], "the page", lead[0].line
    for field in meta:
        day = _ISO_DAY.match(field.value) if field.name in LABELLED_DAYS else None
        if day and not find_dates(field.value):
            yield field.name, day[1], f"the markup ({field.where})", None
