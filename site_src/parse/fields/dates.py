"""The days of an article, each with its evidence, and those that are stated and that no calendar has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from site_src.model.fields import UNDATED, Day, Found
from site_src.model.report import Problem
from site_src.parse.blocks import Meta
from site_src.parse.fields.names import is_agencies, is_place
from site_src.parse.fields.stated import Stated, may_state_date, values_of
from site_src.parse.head.window import without_window
from site_src.parse.lines import LABELLED_DAYS, Line
from site_src.tables import table
from site_src.text.dates import find_dates, find_impossible
from site_src.text.patterns import late
from site_src.text.stated_days import first_day, may_be_day_of, stated_day

_DATED_PLACE = late(r"[^\W\d_]+(?:\s[^\W\d_]+){0,2}\s?[،,(/-][^.:]{1,30}\d")
_SIGNED_DAY = late(
    r"(?P<place>[^\W\d_]++(?:\s[^\W\d_]++)?)\s(?P<day>\d{1,2}\s[^()]{3,24}\d{4})\s?"
    r"(?:\((?P<agency>[^()]{2,30})\)|[-–—ـ]{1,2}\s)"
)
"""Place and day, with nothing between them, and behind them the agency in brackets or a dash."""
_DATELINE = 60
_CLOSES_PLACE = ("،", ",", "(", "-", "/")
_OPENS_REPORT = tuple(":)-–—")
_DAY_OF = {
    **{name: name for name in ("published", "updated", "saved")},
    **dict.fromkeys(("date", "byline", "dateline"), "published"),
}
"""The fields that may state a day, those without a label too, and which day of the article it is."""
_ISO_DAY = late(r"\s*(\d{4}-\d{2}-\d{2})(?!\d)")
_DIGIT = late(r"\d")


def published_date(
    stated: Sequence[Stated], meta: Sequence[Meta], title: Line | None, body: Sequence[Line], saved: Day | None
) -> Found[Day]:
    """The day of publication under its label, else the bare one that is most probably it; none that the text denies."""
    labelled = date_of("published", stated, meta, saved)
    if labelled.value:
        return labelled
    bare = unlabelled_date(stated, saved, title, body[:1])
    if bare.value and may_be_day_of(" ".join([line.plain for line in body[:2]]), bare.value):
        return bare
    return UNDATED


def updated_date(stated: Sequence[Stated], meta: Sequence[Meta], saved: Day | None) -> Found[Day]:
    """The day of the last change; in markup none at the moment of publication: sites fill in both with one value."""
    published = {one.value for one in meta if one.name == "published"}
    changes = [one for one in meta if one.name == "updated" and one.value not in published]
    return date_of("updated", stated, changes, saved)


def date_of(name: str, stated: Sequence[Stated], meta: Sequence[Meta], base: Day | None) -> Found[Day]:
    """The first date stated under this name, on the page or else in the markup."""
    for value, where in values_of(name, stated, meta):
        if day := stated_day(value, base):
            return Found(day, "stated", value, where)
    return UNDATED


def unlabelled_date(stated: Sequence[Stated], base: Day | None, title: Line | None, lead: Sequence[Line]) -> Found[Day]:
    """A bare date above the text, one on the byline, headline or dateline: most probably that of publication."""
    for one in stated:
        if one.field in ("date", "byline") and (day := first_day(one.value, base)):
            return Found(day, "inferred", one.value, one.where)
    if title is not None and (named := without_window(title.text)[1]):
        return Found(named, "inferred", title.text, f"line {title.line}")
    return _dateline_date(lead)


def _dateline_date(lead: Sequence[Line]) -> Found[Day]:
    """The full date between the place and the report, as press releases open ("PLACE, 6 April 2025: ...")."""
    for line in lead:
        signed = _SIGNED_DAY.match(line.text)
        if signed and is_place(signed["place"]) and (not signed["agency"] or is_agencies(signed["agency"])):
            for date in find_dates(signed["day"])[:1]:
                if date.day.full:
                    return Found(date.day, "inferred", signed["day"], f"line {line.line}")
        if _DATED_PLACE.match(line.text):
            for date in find_dates(line.text[:_DATELINE])[:1]:
                if date.day.full and _divides(line.text, date.start, date.end):
                    return Found(date.day, "inferred", line.text[date.start : date.end], f"line {line.line}")
    return UNDATED


def _divides(text: str, start: int, end: int) -> bool:
    """Whether a date stands between a place and the report."""
    return text[:start].rstrip().endswith(_CLOSES_PLACE) and text[end:].lstrip().startswith(_OPENS_REPORT)


def event_date(body: Sequence[Line]) -> Found[Day]:
    """The weekday with day and month that the lead names, in one of the first two paragraphs."""
    for line in body[:2]:
        dated = _DIGIT.search(line.text) and may_state_date(line.plain)
        for date in find_dates(line.text) if dated and any(map(line.text.__contains__, _weekdays())) else ():
            if date.day.weekday is not None and date.day.day is not None and date.day.month is not None:
                return Found(date.day, "stated", line.text[date.start : date.end], f"line {line.line}")
    return UNDATED


@cache
def _weekdays() -> tuple[str, ...]:
    """The names of weekdays as written, for a look before the dates of a paragraph are read."""
    names = [name for same in table("dates")["weekdays"] for name in same]
    return (*names, *(name.replace("أ", "ا").replace("إ", "ا").replace("ة", "ه") for name in names))


def no_such_dates(file: str, stated: Sequence[Stated], lead: Sequence[Line], meta: Sequence[Meta]) -> Iterator[Problem]:
    """A warning for each field and day that no calendar has, however often it is stated."""
    told: set[tuple[str, str]] = set()
    for name, day, where, line in _impossible(stated, lead, meta):
        if (name, day) not in told:
            told.add((name, day))
            what = f"{name}: {where} says {day}: there is no such day"
            yield Problem(file, "no-such-date", what, f"set {name} in the .toml beside the file", line, "warning")


def _impossible(
    stated: Sequence[Stated], lead: Sequence[Line], meta: Sequence[Meta]
) -> Iterator[tuple[str, str, str, int | None]]:
    """Each such day: its field, the day as written, who says it, and its line on the page."""
    for one in stated:
        name = _DAY_OF.get(one.field)
        if name and not find_dates(one.value):
            yield from ((name, one.value[a:b], "the page", one.line) for a, b in find_impossible(one.value))
    head = lead[0].text[:_DATELINE] if lead and _DATED_PLACE.match(lead[0].text) else ""
    if head and not find_dates(head):
        spans = [(start, end) for start, end in find_impossible(head) if _divides(head, start, end)]
        yield from (("published", head[start:end], "the page", lead[0].line) for start, end in spans)
    for said in meta:
        day = _ISO_DAY.match(said.value) if said.name in LABELLED_DAYS else None
        if day and not find_dates(said.value):
            yield said.name, day[1], f"the markup ({said.where})", None
