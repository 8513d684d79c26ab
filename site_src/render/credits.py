"""Who carried a story and when, in the words of an edition: nothing is said that the page does not say."""

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

Known = Callable[[str], str]
"""`organisation` of a book."""
_COPY = "copy "


def source_name(found: Found[str], press: Press, known: Known, code: str, *, opens: bool = True) -> Markup:
    """An outlet or agency: its known name in the edition's script, else the page's own words, isolated.

    `opens`: no words stand before it in its line.
    """
    words = found.value or ""
    direction = press.language(code).direction
    if direction == "ltr":
        agencies = [latin_name(one, opens=opens and not place) for place, one in enumerate(found.id.split("+"))]
        if all(agencies):
            joined: Markup = press.labels[code].comma.join(map(escaped, agencies))
            return joined
        if name := known(words):
            return escaped(name)
    return press.say(words, code)


def as_saved(article: Article) -> Article:
    """The article as its own page has it: without the fields that merging took from a copy."""
    lent: dict[str, Any] = dict.fromkeys(borrowed(article), Found())
    return replace(article, **lent) if lent else article


def borrowed(article: Article) -> dict[str, str]:
    """The fields that were taken from a copy, and the copy (FILE, or FILE#2 for the second article of a page)."""
    return {field: found.where.removeprefix(_COPY) for field in FIELDS
            if (found := getattr(article, field)).where.startswith(_COPY)}  # fmt: skip


def source_line(article: Article, press: Press, known: Known, code: str, *, opens: bool = True) -> Markup:
    """Such as "Euronews with AFP", or that the page states no source; with what it cites.

    `opens`: no words stand before it in its line.
    """
    labels = press.labels[code]
    told = (article.outlet, opens), (article.agency, opens and not article.outlet.value)
    outlet, agency = [source_name(found, press, known, code, opens=first) if found.value else NOTHING
                      for found, first in told]  # fmt: skip
    line: Markup = outlet or agency or (labels.no_source if opens else labels.no_source_lower)
    if outlet and agency:
        line = labels.with_agency.format(outlet=outlet, agency=agency)
    cited = cited_line(article, press, known, code)
    return line + labels.comma + cited if cited else line


def cited_line(article: Article, press: Press, known: Known, code: str) -> Markup:
    """Such as "cites AP": the further sources that a page names; "" for none."""
    if not article.sources:
        return NOTHING
    labels = press.labels[code]
    names = labels.comma.join(source_name(found, press, known, code, opens=False) for found in article.sources)
    cited: Markup = labels.cites.format(sources=names)
    return cited


def date_line(article: Article, press: Press, code: str) -> Markup:
    """The date with what it is the date of; a missing year is said to be missing."""
    labels = press.labels[code]
    kind, found = shown_date(article)
    date: Markup = press.time(found.value, code) if found.value else labels.no_date
    if not found.value:
        return date
    if found.value.year is None:
        date += labels.comma + labels.no_year
    if kind:
        date = getattr(labels, kind).format(date=date)
    return date


def title_note(title: Found[str], labels: Labels) -> Markup:
    """That a title was taken from the text, or is the desk's; "" for one that the saved file states."""
    by_desk = title.status == "editor" and title.where != "header"
    note: Markup = labels.title_editor if by_desk else labels.title_derived if title.status == "inferred" else NOTHING
    return note


def organisation(words: str, book: NameBook) -> str:
    """The English name of an organisation whose Arabic form is exactly `words`."""
    spans = book.find(words)
    whole = len(spans) == 1 and spans[0].direct and words[spans[0].start : spans[0].end].strip() == words.strip()
    return book.names[spans[0].name_id].en if whole else ""
