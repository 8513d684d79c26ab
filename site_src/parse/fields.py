"""Fields of one article, each with its evidence: what its label lines, its markup and its lead state.

A visible statement counts before the markup's. Nothing is guessed: what nobody states stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from site_src.model import UNDATED, UNKNOWN, Day, Found, Problem
from site_src.parse.blocks import Meta
from site_src.parse.credits import (
    Credit,
    chain,
    credits_in,
    is_agencies,
    is_nobody,
    is_outlet,
    outlet_name,
    person_name,
)
from site_src.parse.lines import Line
from site_src.tables import table
from site_src.text.dates import find_dates
from site_src.text.fold import fold, folded, words

_SUFFIX = re.compile(r"\s+[|»:–—-]+\s+(?=[^|»–—]{2,40}\Z)")
_TRAILING_CREDIT = re.compile(r"\(([^()\d]{2,60})\)[.\s]*\Z")
_DATELINE = re.compile(
    r"\A(?P<place>[^\W\d_]+(?:\s[^\W\d_]+){0,2})\s*(?:\((?P<in>[^()]{2,40})\)\s*[-–—:]|[-–—/،,]\s*(?P<after>[^-–—:/()]{2,40}?)\s*[-–—:/]\s|/\s*(?P<slash>\S+)\s)"
)
_URL = re.compile(r"(?:https?://|www\.)\S+")


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of `Article`, under the same names."""

    title: Found[str] = UNKNOWN
    published: Found[Day] = UNDATED
    updated: Found[Day] = UNDATED
    event: Found[Day] = UNDATED
    saved: Found[Day] = UNDATED
    outlet: Found[str] = UNKNOWN
    agency: Found[str] = UNKNOWN
    author: Found[str] = UNKNOWN
    url: Found[str] = UNKNOWN
    aggregator: Found[str] = UNKNOWN
    sources: tuple[Found[str], ...] = ()
    problems: tuple[Problem, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Stated:
    """One labelled value of the page."""

    field: str
    value: str
    where: str
    line: int


def fields_of(
    file: str, title: Line | None, lines: Sequence[Line], body: Sequence[Line], meta: Sequence[Meta]
) -> Fields:
    """The fields of an article with this headline, these label lines, these paragraphs and this markup."""
    stated = list(_stated(lines))
    saved = _date("saved", stated, meta, None)
    published = _date("published", stated, meta, saved.value)
    if published.status == "unknown":
        published = _unlabelled_date(stated, saved.value)
    found = Fields(
        published=published,
        updated=_date("updated", stated, meta, saved.value),
        saved=saved,
        event=_event(body),
        url=_url(stated, meta),
        problems=tuple(_contradictions(file, stated, meta, title)),
    )
    return _with_title(_with_credits(found, stated, body, meta), title, meta)


def _stated(lines: Sequence[Line]) -> Iterator[Stated]:
    """The labelled values of the lines; a label without a value takes a bare date directly after it."""
    waiting = ""
    for line in lines:
        where = f"line {line.line}"
        if line.rule == "date" and waiting:
            yield Stated(waiting, line.text, where, line.line)
            waiting = ""
            continue
        waiting = ""
        for name, value in _labelled(line):
            if value:
                yield Stated(name, value, where, line.line)
            elif name in ("published", "updated", "saved"):
                waiting = name


def _labelled(line: Line) -> Iterator[tuple[str, str]]:
    """The field of a line and its value, and those of further labels with a colon on the same line."""
    text = line.text if line.rule == "date" else line.value
    plain = folded(text)
    edges: list[tuple[int, int, str]] = [(0, 0, line.rule)]
    for match in _inner_label().finditer(plain.text):
        edges.append((*plain.span(match.start(), match.end()), _label_fields()[" ".join(match[1].split())]))
    ends = [edge[0] for edge in edges[1:]] + [len(text)]
    for (_, begin, name), end in zip(edges, ends, strict=True):
        yield name, text[begin:end].strip(" |-–—•،,/")


@cache
def _label_fields() -> dict[str, str]:
    return {fold(phrase): row["field"] for row in table("bylines")["label"] for phrase in row["phrases"]}


@cache
def _inner_label() -> re.Pattern[str]:
    phrases = "|".join(re.escape(phrase) for phrase in sorted(_label_fields(), key=len, reverse=True))
    return re.compile(rf"(?<!\w)({phrases})\s*[::]\s*")


def _date(name: str, stated: Sequence[Stated], meta: Sequence[Meta], base: Day | None) -> Found[Day]:
    """The first date stated under this name, on the page or else in the markup."""
    for value, where in _values(name, stated, meta):
        for date in find_dates(value, base)[:1]:
            return Found(date.day, "stated", value, where)
    return UNDATED


def _values(name: str, stated: Sequence[Stated], meta: Sequence[Meta]) -> Iterator[tuple[str, str]]:
    yield from ((one.value, one.where) for one in stated if one.field == name)
    yield from ((one.value, one.where) for one in meta if one.name == name)


def _unlabelled_date(stated: Sequence[Stated], base: Day | None) -> Found[Day]:
    """A bare date above the text, or one on the byline: most probably that of publication."""
    for one in stated:
        if one.field in ("date", "byline"):
            for date in find_dates(one.value, base)[:1]:
                return Found(date.day, "inferred", one.value, one.where)
    return UNDATED


def _event(body: Sequence[Line]) -> Found[Day]:
    """The weekday with day and month that the lead names, in one of the first two paragraphs."""
    for line in body[:2]:
        for date in find_dates(line.text):
            if date.day.weekday is not None and date.day.day is not None and date.day.month is not None:
                return Found(date.day, "stated", line.text[date.start : date.end], f"line {line.line}")
    return UNDATED


def _url(stated: Sequence[Stated], meta: Sequence[Meta]) -> Found[str]:
    for value, where in _values("url", stated, meta):
        if match := _URL.search(value):
            return Found(match.group().rstrip(".,،)"), "stated", value, where)
    return UNKNOWN


def _with_credits(found: Fields, stated: Sequence[Stated], body: Sequence[Line], meta: Sequence[Meta]) -> Fields:
    """Outlet, agency, author, aggregator and further sources, from credit lines, then the text, then the markup."""
    outlet = agency = author = UNKNOWN
    sources: list[Found[str]] = []
    for one in stated:
        if one.field in ("byline", "source"):
            names = [name for name in credits_in(_undated(one.value)) if not is_nobody(name.text)]
            agency = agency if agency.value else _agency(one, names)
            rest = [name for name in names if not name.agency]
            person, desk = _byline(names) if one.field == "byline" else (None, rest[0] if rest else None)
            author = author if author.value or not person else _found(person_name(person.text), one)
            outlet = outlet if outlet.value or not desk else _found(outlet_name(desk.text), one)
            sources += [_found(name.text, one) for name in rest[1:] if one.field == "source"]
        elif one.field == "sources":
            sources += [
                _found(name.text, one, name.agency) for name in credits_in(one.value) if not is_nobody(name.text)
            ]
    agency = agency if agency.value else _agency_in_text(body)
    credited = replace(found, outlet=outlet, agency=agency, author=author, sources=tuple(sources))
    return _with_meta(credited, stated, meta)


def _undated(value: str) -> str:
    """A credit without the date and time on the same line."""
    for date in reversed(find_dates(value)):
        value = f"{value[: date.start]} | {value[date.end :]}"
    return value


def _found(name: str, one: Stated, agency: str = "") -> Found[str]:
    return Found(name, "stated", one.value, one.where, agency)


def _agency(one: Stated, names: list[Credit]) -> Found[str]:
    written, ids = chain(one.value, names)
    return Found(written, "stated", one.value, one.where, ids) if written else UNKNOWN


def _byline(names: list[Credit]) -> tuple[Credit | None, Credit | None]:
    """The person and the desk of a byline. A single word beside a person is the place that he writes from."""
    others = [name for name in names if not name.agency]
    person = next((name for name in others if not is_outlet(name.text)), None)
    desks = [name for name in others if is_outlet(name.text) and (person is None or len(words(name.text)) > 1)]
    return person, desks[0] if desks else None


def _agency_in_text(body: Sequence[Line]) -> Found[str]:
    """The agency of the dateline, or in brackets behind the last sentence."""
    for line in body[:2]:
        if (match := _DATELINE.match(line.text[:90])) and (name := match["in"] or match["after"] or match["slash"]):
            names = credits_in(name)
            if names and all(one.agency for one in names):
                return _agency(Stated("agency", name, f"line {line.line}", line.line), names)
    for line in body[-1:]:
        if (match := _TRAILING_CREDIT.search(line.text)) and is_agencies(match[1]):
            return _agency(Stated("agency", match[1], f"line {line.line}", line.line), credits_in(match[1]))
    return UNKNOWN


def _with_meta(found: Fields, stated: Sequence[Stated], meta: Sequence[Meta]) -> Fields:
    """The credits completed from the markup: the site is the outlet, or the aggregator where it credits another."""
    first = {name: next(((one.value, one.where) for one in meta if one.name == name), None)
             for name in ("outlet", "author", "agency", "aggregator")}  # fmt: skip
    for name in ("author", "agency"):
        if (value := first[name]) and getattr(found, name).value is None:
            found = replace(found, **{name: Found(value[0], "stated", value[0], value[1])})
    passed_on = next((_found(one.value, one) for one in stated if one.field == "aggregator"), UNKNOWN)
    if value := first["aggregator"]:
        passed_on = Found(value[0], "stated", value[0], value[1])
    site = first["outlet"]
    if site and found.outlet.value is None:
        return replace(found, outlet=Found(site[0], "stated", site[0], site[1]), aggregator=passed_on)
    if site and passed_on.value is None and not _alike(site[0], found.outlet.value or ""):
        passed_on = Found(site[0], "stated", site[0], site[1])
    return replace(found, aggregator=passed_on)


def _alike(first: str, second: str) -> bool:
    return fold(outlet_name(first)) == fold(outlet_name(second))


def _with_title(found: Fields, title: Line | None, meta: Sequence[Meta]) -> Fields:
    """The headline without the name of the site, which is evidence for the outlet where nothing else is."""
    written = [(title.text, f"line {title.line}")] if title else []
    written += [(one.value, one.where) for one in meta if one.name == "title" and one.value.strip()]
    if not written:
        return found
    text, where = written[0]
    short, site = _without_suffix(text, [found.outlet.value or "", found.aggregator.value or ""])
    found = replace(found, title=Found(short, "stated", text, where))
    if site and found.outlet.value is None:
        return replace(found, outlet=Found(site, "inferred", text, where))
    return found


def _without_suffix(title: str, sites: Sequence[str]) -> tuple[str, str]:
    """A title and the name of the site behind it: after a bar, or after a dash where the name is known as a site's."""
    cuts = list(_SUFFIX.finditer(title))
    if not cuts:
        return title, ""
    cut = cuts[-1]
    head, tail = title[: cut.start()].rstrip(), title[cut.end() :].strip()
    known = any(site and _alike(tail, site) for site in sites) or (is_outlet(tail) and len(words(tail)) > 1)
    if len(words(head)) >= 3 and len(words(tail)) <= 4 and (known or "|" in cut.group()):
        return head, tail
    return title, ""


def _contradictions(file: str, stated: Sequence[Stated], meta: Sequence[Meta], title: Line | None) -> Iterator[Problem]:
    """Where the markup states another day than the page shows, or another headline."""
    for name in ("published", "updated"):
        shown = _date(name, stated, (), None)
        hidden = _date(name, (), meta, None)
        if shown.value and hidden.value and _differ(shown.value, hidden.value):
            yield Problem(file, "contradiction", f"the page shows {name} {shown.value.iso} ({shown.where}), its {hidden.where} says {hidden.value.iso}",
                          "check which is right and set it in the file's .toml", severity="warning")  # fmt: skip
    if title is None or not title.text:
        return
    for one in meta:
        if one.name == "title" and set(words(one.value)).isdisjoint(words(title.text)):
            yield Problem(file, "contradiction", f"the page shows the title {title.text!r}, its {one.where} says {one.value!r}",
                          "check which is right and set it in the file's .toml", title.line, "warning")  # fmt: skip
            return


def _differ(first: Day, second: Day) -> bool:
    """Whether two full dates are further apart than a time zone can make them."""
    if not (first.full and second.full):
        return False
    import datetime

    days = [datetime.date(day.year or 1, day.month or 1, day.day or 1) for day in (first, second)]
    return abs((days[0] - days[1]).days) > 1
