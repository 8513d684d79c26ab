"""Fields of one article, each with its evidence: what its label lines, its markup and its lead state.

A visible statement counts before the markup's. Nothing is guessed: what nobody states stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import asdict

from site_src.model.fields import UNKNOWN, Day, Found
from site_src.model.report import Problem
from site_src.parse.blocks import Meta
from site_src.parse.fields.credits import Credits, credits_of
from site_src.parse.fields.dates import (
    date_of,
    event_date,
    no_such_dates,
    published_date,
    unlabelled_date,
    updated_date,
)
from site_src.parse.fields.stated import Stated, stated_in, values_of
from site_src.parse.head.title import stated_headlines, title_of
from site_src.parse.lines import Line
from site_src.text.fold import words
from site_src.text.patterns import late

_URL = late(r"(?:https?://|www\.)\S+")
_ARCHIVED = late(r"\Ahttps?://[^/]+/(?:[^/]+/)?\d{8,14}(?:[a-z]{2}_)?/(?=https?://)")
"""What a web archive sets before the address of the page that it kept: its own, and when it did."""


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
    saved = date_of("saved", stated, meta, None)
    credits = credits_of(stated, body, meta, site)
    headline, credits = title_of(title, meta, credits)
    problems = (
        *(_contradictions(file, stated, meta, title) if meta else ()),
        *no_such_dates(file, stated, body[:1], meta),
    )
    fields = Fields(
        title=headline,
        published=published_date(stated, meta, title, body, saved.value),
        updated=updated_date(stated, meta, saved.value),
        event=event_date(body),
        saved=saved,
        url=_url(stated, meta),
        **asdict(credits),
    )
    return fields, problems


def _url(stated: Sequence[Stated], meta: Sequence[Meta]) -> Found[str]:
    for value, where in values_of("url", stated, meta):
        if match := _URL.search(value):
            return Found(_ARCHIVED.sub("", match.group()).rstrip(".,،)"), "stated", value, where)
    for one in stated:
        if one.field == "address":
            return Found(one.value, "inferred", one.value, one.where)
    return UNKNOWN


def _contradictions(file: str, stated: Sequence[Stated], meta: Sequence[Meta], title: Line | None) -> Iterator[Problem]:
    """Where the markup states another day than the page shows, or another headline."""
    for name in ("published", "updated"):
        shown, hidden = date_of(name, stated, (), None), date_of(name, (), meta, None)
        if name == "published" and not shown.value:
            shown = unlabelled_date(stated, None, None, ())
        if shown.value and hidden.value and _differ(shown.value, hidden.value):
            yield _contradiction(file, name, _said(shown), _said(hidden))
    stated_as_one = [one for one in meta if one.name == "title" and one.where == "json-ld"]
    for told in (stated_as_one, stated_headlines(meta)):
        held = set(words(" ".join(one.value for one in told)))
        if title is not None and held and held.isdisjoint(words(title.text)):
            yield _contradiction(file, "title", (title.text, f"line {title.line}"), (told[0].value, told[0].where))
            break


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
