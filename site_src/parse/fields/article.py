"""Fields of one article, each with its evidence: what its label lines, its markup and its lead state.

A visible statement counts before the markup's. Nothing is guessed: what nobody states stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from msgspec.structs import asdict

from site_src.model.fields import UNDATED, UNKNOWN, Day, Found
from site_src.model.report import Problem
from site_src.parse.blocks import Meta
from site_src.parse.fields.credited import Credits, credits_of
from site_src.parse.fields.credits import is_agencies, is_place
from site_src.parse.fields.stated import Stated, may_state_date, stated_in
from site_src.parse.head.title import stated_headlines, title_of
from site_src.parse.head.window import without_window
from site_src.parse.lines import Line
from site_src.tables import table
from site_src.text.dates import find_dates, find_impossible
from site_src.text.fold import words
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
_DAYS = frozenset({"published", "updated", "saved"})
_DAY_LINES = frozenset({"date", "byline", "dateline"})
"""Lines without a label that may state the day of publication."""
_ISO_DAY = late(r"\s*(\d{4}-\d{2}-\d{2})(?!\d)")
_URL = late(r"(?:https?://|www\.)\S+")
_ARCHIVED = late(r"\Ahttps?://[^/]+/(?:[^/]+/)?\d{8,14}(?:[a-z]{2}_)?/(?=https?://)")
"""What a web archive sets before the address of the page that it kept: its own, and when it did."""
_DIGIT = late(r"\d")


_Impossible = tuple[str, str, str, int | None]
"""A date that is none: the field, the day as written, who says it, and its line on the page."""


class Fields(Credits, frozen=True, gc=False, kw_only=True):
    """The credits and the other fields of an article, under the names that they have in `Article`."""

    title: Found[str]
    published: Found[Day]
    updated: Found[Day]
    event: Found[Day]
    saved: Found[Day]
    url: Found[str]


def fields_of(
    file: str,
    title: Line | None,
    lines: Sequence[Line],
    body: Sequence[Line],
    meta: Sequence[Meta],
    site: Found[str],
) -> tuple[Fields, tuple[Problem, ...]]:
    """The fields of an article with this headline, these label lines, these paragraphs, this markup and this site.

    And what is wrong with what states them.
    """
    stated = list(stated_in(lines))
    saved = _date("saved", stated, meta, None)
    published = _date("published", stated, meta, saved.value)
    if published.value is None:
        published = _unlabelled_date(stated, saved.value, title, body[:1])
        day = published.value
        if day is None or not may_be_day_of(" ".join([line.plain for line in body[:2]]), day):
            published = UNDATED
    credits = credits_of(stated, body, meta, site)
    headline, credits = title_of(title, meta, credits)
    problems = (
        *(_contradictions(file, stated, meta, title) if meta else ()),
        *_no_such_dates(file, _impossible(stated, body[:1], meta)),
    )
    fields = Fields(
        title=headline,
        published=published,
        updated=_date("updated", stated, _changes(meta), saved.value),
        event=_event(body),
        saved=saved,
        url=_url(stated, meta),
        **asdict(credits),
    )
    return fields, problems


def _changes(meta: Sequence[Meta]) -> Sequence[Meta]:
    """The changes that the markup states, none at the very moment of publication: sites fill in both with one value."""
    changed = [one for one in meta if one.name == "updated"]
    published = {one.value for one in meta if one.name == "published"} if changed else ()
    return [one for one in changed if one.value not in published]


def _date(name: str, stated: Sequence[Stated], meta: Sequence[Meta], base: Day | None) -> Found[Day]:
    """The first date stated under this name, on the page or else in the markup."""
    for value, where in _values(name, stated, meta):
        if day := stated_day(value, base):
            return Found(day, "stated", value, where)
    return UNDATED


def _values(name: str, stated: Sequence[Stated], meta: Sequence[Meta]) -> Iterator[tuple[str, str]]:
    yield from ((one.value, one.where) for one in stated if one.field == name)
    yield from ((one.value, one.where) for one in meta if one.name == name)


def _unlabelled_date(
    stated: Sequence[Stated], base: Day | None, title: Line | None, lead: Sequence[Line]
) -> Found[Day]:
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


def _event(body: Sequence[Line]) -> Found[Day]:
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


def _url(stated: Sequence[Stated], meta: Sequence[Meta]) -> Found[str]:
    for value, where in _values("url", stated, meta):
        if match := _URL.search(value):
            return Found(_ARCHIVED.sub("", match.group()).rstrip(".,،)"), "stated", value, where)
    for one in stated:
        if one.field == "address":
            return Found(one.value, "inferred", one.value, one.where)
    return UNKNOWN


def _contradictions(file: str, stated: Sequence[Stated], meta: Sequence[Meta], title: Line | None) -> Iterator[Problem]:
    """Where the markup states another day than the page shows, or another headline."""
    for name in ("published", "updated"):
        shown, hidden = _date(name, stated, (), None), _date(name, (), meta, None)
        if name == "published" and not shown.value:
            shown = _unlabelled_date(stated, None, None, ())
        if shown.value and hidden.value and _differ(shown.value, hidden.value):
            yield _contradiction(file, name, _said(shown), _said(hidden))
    stated_as_one = [one for one in meta if one.name == "title" and one.where == "json-ld"]
    for told in (stated_as_one, stated_headlines(meta)):
        held = set(words(" ".join(one.value for one in told)))
        if title is not None and held and held.isdisjoint(words(title.text)):
            yield _contradiction(file, "title", (title.text, f"line {title.line}"), (told[0].value, told[0].where))
            break


def _impossible(stated: Sequence[Stated], lead: Sequence[Line], meta: Sequence[Meta]) -> Iterator[_Impossible]:
    """The days that no calendar has where the page or its markup states a date."""
    for one in stated:
        name = one.field if one.field in _DAYS else "published" if one.field in _DAY_LINES else ""
        if name and not find_dates(one.value):
            yield from ((name, one.value[a:b], "the page", one.line) for a, b in find_impossible(one.value))
    for line in lead if _DATED_PLACE.match(lead[0].text if lead else "") else ():
        head = line.text[:_DATELINE]
        spans = () if find_dates(head) else find_impossible(head)
        yield from (("published", head[a:b], "the page", line.line) for a, b in spans if _divides(head, a, b))
    for said in meta:
        day = _ISO_DAY.match(said.value) if said.name in ("published", "updated") else None
        if day and not find_dates(said.value):
            yield said.name, day[1], f"the markup ({said.where})", None


def _no_such_dates(file: str, said: Iterable[_Impossible]) -> Iterator[Problem]:
    """A warning for each field and day, however often it is stated."""
    first: dict[tuple[str, str], _Impossible] = {}
    for one in said:
        first.setdefault(one[:2], one)
    for name, day, where, line in first.values():
        what = f"{name}: {where} says {day}: there is no such day"
        yield Problem(file, "no-such-date", what, f"set {name} in the .toml beside the file", line, "warning")


def _said(found: Found[Day]) -> tuple[str, str]:
    return (found.value.iso or found.words if found.value else "", found.where)


def _contradiction(file: str, name: str, shown: tuple[str, str], hidden: tuple[str, str]) -> Problem:
    return Problem(
        file,
        "contradiction",
        f"{name}: the page shows {shown[0]} ({shown[1]}), its markup says {hidden[0]} ({hidden[1]})",
        f"check which is right and set {name} in the .toml beside the file",
        severity="warning",
    )


def _differ(first: Day, second: Day) -> bool:
    """Whether two full dates are further apart than a time zone can make them."""
    one, other = first.date, second.date
    return one is not None and other is not None and abs((one - other).days) > 1
