"""The fields of one article, each with its evidence: what its label lines, its markup and its lead state.

A visible statement takes precedence over the markup's. Nothing is guessed: what nobody states stays unknown.
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
from site_src.parse.fields.statements import Statement, statements_in, values_of
from site_src.parse.head.title import stated_headlines, title_of
from site_src.parse.lines import Line
from site_src.text.fold import words
from site_src.text.patterns import late

_URL = late(r"(?:https?://|www\.)\S+")
_ARCHIVED = late(r"\Ahttps?://[^/]+/(?:[^/]+/)?\d{8,14}(?:[a-z]{2}_)?/(?=https?://)")
"""What a web archive sets before the address of an archived page: its own address, and the time of archiving."""


class Fields(Credits, frozen=True, gc=False, kw_only=True):
    """The credits and the other fields of an article, under the names of their fields in `Article`."""

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
    """The fields of one article, and the problems of what states them.

    `title` is the headline, `lines` are the label lines, `body` the paragraphs, `meta` the fields that the markup
    states, `site` is the name of the site.
    """
    statements = list(statements_in(lines))
    saved = date_of("saved", statements, meta, None)
    credits = credits_of(statements, body, meta, site)
    headline, credits = title_of(title, meta, credits)
    problems = (
        *(_contradictions(file, statements, meta, title) if meta else ()),
        *no_such_dates(file, statements, body[:1], meta),
    )
    fields = Fields(
        title=headline,
        published=published_date(statements, meta, title, body, saved.value),
        updated=updated_date(statements, meta, saved.value),
        event=event_date(body),
        saved=saved,
        url=_url(statements, meta),
        **asdict(credits),
    )
    return fields, problems


def _url(statements: Sequence[Statement], meta: Sequence[Meta]) -> Found[str]:
    """The address of the article: the one under a label or in the markup, else a bare address on a line."""
    for value, where in values_of("url", statements, meta):
        if match := _URL.search(value):
            return Found(_ARCHIVED.sub("", match.group()).rstrip(".,،)"), "stated", value, where)
    for statement in statements:
        if statement.field == "address":
            return Found(statement.value, "inferred", statement.value, statement.where)
    return UNKNOWN


def _contradictions(
    file: str, statements: Sequence[Statement], meta: Sequence[Meta], title: Line | None
) -> Iterator[Problem]:
    """A problem for each date, and for the headline, where the markup contradicts what the page shows."""
    for name in ("published", "updated"):
        shown, in_markup = date_of(name, statements, (), None), date_of(name, (), meta, None)
        if name == "published" and not shown.value:
            shown = unlabelled_date(statements, None, None, ())
        if shown.value and in_markup.value and _differ(shown.value, in_markup.value):
            yield _contradiction(file, name, _day_and_place(shown), _day_and_place(in_markup))
    json_titles = [field for field in meta if field.name == "title" and field.where == "json-ld"]
    for titles in (json_titles, stated_headlines(meta)):
        title_words = set(words(" ".join(field.value for field in titles)))
        if title is not None and title_words and title_words.isdisjoint(words(title.text)):
            yield _contradiction(file, "title", (title.text, f"line {title.line}"), (titles[0].value, titles[0].where))
            break


def _day_and_place(date: Found[Day]) -> tuple[str, str]:
    """A date, in ISO form or else as written, and where it stands."""
    return (date.value.iso or date.words if date.value else "", date.where)


def _contradiction(file: str, name: str, shown: tuple[str, str], in_markup: tuple[str, str]) -> Problem:
    """The problem that a field has two values; each is given with where it stands."""
    return Problem(
        file,
        "contradiction",
        f"{name}: the page shows {shown[0]} ({shown[1]}), its markup says {in_markup[0]} ({in_markup[1]})",
        f"check which is right and set {name} in the .toml beside the file",
        severity="warning",
    )


def _differ(first: Day, second: Day) -> bool:
    """Whether two full dates are further apart than a time zone can make them."""
    if first.date is None or second.date is None:
        return False
    return abs((first.date - second.date).days) > 1
