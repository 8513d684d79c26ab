"""Who published a story and when, in the words of an edition: nothing is stated that the page does not state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup
from msgspec.structs import replace

from site_src.model.fields import Found
from site_src.model.page import FIELDS, Article
from site_src.render.dates import shown_date
from site_src.render.labels import NOTHING, Labels, escaped
from site_src.render.press import Press
from site_src.text.agencies import latin_name
from site_src.text.names import NameBook

OrganisationNames = Callable[[str], str]
"""The English name of the organisation that a page's words name; "" if they name none: see `organisation`."""
_COPY = "copy "
"""What `Found.where` begins with for a field that was taken from a copy."""


def source_name(
    source: Found[str], press: Press, english_name: OrganisationNames, code: str, *, opens: bool = True
) -> Markup:
    """An outlet or agency: its known name in the edition's script, else the page's own words, isolated.

    `opens`: the name stands first in its line.
    """
    words = source.value or ""
    direction = press.language(code).direction
    if direction == "ltr":
        agencies = [latin_name(agency_id, opens=opens and not place)
                    for place, agency_id in enumerate(source.id.split("+"))]  # fmt: skip
        if all(agencies):
            names: Markup = press.labels[code].comma.join(map(escaped, agencies))
            return names
        if name := english_name(words):
            return escaped(name)
    return press.say(words, code)


def as_saved(article: Article) -> Article:
    """The article as its own page has it: without the fields that merging took from a copy."""
    cleared: dict[str, Any] = dict.fromkeys(borrowed(article), Found())
    return replace(article, **cleared) if cleared else article


def borrowed(article: Article) -> dict[str, str]:
    """The fields that were taken from a copy, each with its copy (FILE, or FILE#2 for the second article of a page)."""
    return {name: field.where.removeprefix(_COPY) for name in FIELDS
            if (field := getattr(article, name)).where.startswith(_COPY)}  # fmt: skip


def source_line(
    article: Article, press: Press, english_name: OrganisationNames, code: str, *, opens: bool = True
) -> Markup:
    """The sources of an article, such as "Euronews with AFP, cites AP", or that the page states none.

    `opens`: the sources stand first in their line.
    """
    labels = press.labels[code]
    outlet = source_name(article.outlet, press, english_name, code, opens=opens) if article.outlet.value else NOTHING
    agency_opens = opens and not article.outlet.value
    agency = (
        source_name(article.agency, press, english_name, code, opens=agency_opens) if article.agency.value else NOTHING
    )
    line: Markup = outlet or agency or (labels.no_source if opens else labels.no_source_lower)
    if outlet and agency:
        line = labels.with_agency.format(outlet=outlet, agency=agency)
    cited = cited_line(article, press, english_name, code)
    return line + labels.comma + cited if cited else line


def cited_line(article: Article, press: Press, english_name: OrganisationNames, code: str) -> Markup:
    """Such as "cites AP": the further sources that a page names; "" for none."""
    if not article.sources:
        return NOTHING
    labels = press.labels[code]
    names = labels.comma.join(source_name(source, press, english_name, code, opens=False) for source in article.sources)
    cited: Markup = labels.cites.format(sources=names)
    return cited


def date_line(article: Article, press: Press, code: str) -> Markup:
    """The date of an article; with what it dates, if that is not the publication, and with a note if it has no year."""
    labels = press.labels[code]
    kind, field = shown_date(article)
    if not field.value:
        no_date: Markup = labels.no_date
        return no_date
    date: Markup = press.time(field.value, code)
    if field.value.year is None:
        date += labels.comma + labels.no_year
    if kind:
        date = getattr(labels, kind).format(date=date)
    return date


def title_note(title: Found[str], labels: Labels) -> Markup:
    """That a title is the desk's, or was taken from the text; "" for a title that the saved file states."""
    note: Markup = NOTHING
    if title.status == "editor" and title.where != "header":
        note = labels.title_editor
    elif title.status == "inferred":
        note = labels.title_derived
    return note


def organisation(words: str, book: NameBook) -> str:
    """The English name of the name whose Arabic form is exactly `words`; "" if there is none."""
    spans = book.find(words)
    if len(spans) != 1:
        return ""
    span = spans[0]
    is_exact = span.direct and words[span.start : span.end].strip() == words.strip()
    return book.names[span.name_id].en if is_exact else ""
