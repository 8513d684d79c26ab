"""Rendering: from a publication to every file of the site, as a pure function.

`render` lists the page kinds in order; each kind has a module of its own and a template of the same name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from site_src.model import Facts, Page, Publication, SearchEntry
from site_src.render.cards import Desk
from site_src.render.catalogue import make_catalogue
from site_src.render.documents import read_document
from site_src.render.environment import Typesetter
from site_src.render.fonts import font_files
from site_src.render.lists import archive_pages, changes_page, home_page, topic_pages
from site_src.render.machine import briefing_file, feeds, robots, sitemap
from site_src.render.names import names_pages
from site_src.render.press import Press, open_press
from site_src.render.search import search_entries, search_page
from site_src.render.static import check_colours, static_files
from site_src.render.story import story_page
from site_src.render.wayfinding import front_door, not_found, redirects
from site_src.settings import Settings
from site_src.text.names import NameBook

Indexer = Callable[[Iterable[SearchEntry]], Iterator[Page]]
"""Makes the files of the search index."""


def render(
    publication: Publication,
    settings: Settings,
    names: NameBook,
    facts: Mapping[str, Facts],
    templates: tuple[Path, ...],
    pages: Mapping[str, str],
    index: Indexer | None = None,
) -> Iterator[Page]:
    """Every output file of the site.

    `facts` holds the facts box of each story by slug; `templates` are folders, the first that holds a template wins;
    `pages` are Markdown texts by name and language: "about.en", or "notes/SLUG.en" for remarks on a story.
    `index` makes the files of the search index of every story; without it the search page offers its lists only.
    Raises `MujazError` for a template or label that is wrong, naming file, line and page, and for colours that cannot
    be read.
    """
    check_colours(settings.site.colours, templates)
    catalogue = make_catalogue(publication, settings, facts)
    source = next((entry.lang for entry in catalogue.entries.values()), settings.site.source_languages[0])
    press = open_press(Typesetter(templates), settings, source, publication.until, pages)
    desk = Desk(press, catalogue, names)
    font = font_files(press)
    mapped: dict[str, list[str]] = {}
    for page in _editions(desk, publication, pages, indexed=index is not None):
        code, _, rest = page.path.partition("/")
        if rest.endswith(".html"):
            mapped.setdefault(rest, []).append(code)
        yield page
    yield from sitemap(desk, ((rest, tuple(codes)) for rest, codes in mapped.items()))
    yield from (front_door(desk), not_found(press), robots(desk), briefing_file(desk, publication))
    yield from redirects(press, catalogue, publication)
    yield from (*static_files(press, templates), *font)
    if index and "search" in settings.site.extras:
        yield from index(search_entries(desk))
    yield Page(".nojekyll", b"")


def _editions(desk: Desk, publication: Publication, pages: Mapping[str, str], *, indexed: bool) -> Iterator[Page]:
    notes = {name: text for name, text in pages.items() if name.startswith("notes/")}
    for entry in desk.catalogue.entries.values():
        for code in entry.tellings:
            yield story_page(desk, entry, code, notes)
    for code in desk.press.editions:
        yield home_page(desk, code)
        for topic in desk.press.settings.topics:
            yield from topic_pages(desk, topic, code)
        yield changes_page(desk, publication, code)
        yield from _extras(desk, code, indexed=indexed)
        yield from _documents(desk.press, code, pages)
        yield from feeds(desk, code)


def _extras(desk: Desk, code: str, *, indexed: bool) -> Iterable[Page]:
    extras = desk.press.settings.site.extras
    if "names" in extras:
        yield from names_pages(desk, code)
    if "archive" in extras:
        yield from archive_pages(desk, code)
    if "search" in extras:
        yield search_page(desk, code, indexed=indexed)


def _documents(press: Press, code: str, pages: Mapping[str, str]) -> Iterator[Page]:
    """The site's own pages in a language, from Markdown."""
    for name, text in sorted(pages.items()):
        stem, _, lang = name.rpartition(".")
        if lang == code and "/" not in stem:
            document = read_document(text, stem)
            editions = [other for other in press.editions if f"{stem}.{other}" in pages]
            words = {"title": document.title, "body": document.body, "section": stem}
            yield press.page("page.html", code, f"{stem}/index.html", words, editions)


__all__ = ["Indexer", "render"]
