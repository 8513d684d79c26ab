"""Rendering: from a publication to every file of the site, as a pure function.

`render` yields the recipes of all pages, kind by kind; each kind has a module of its own and a template of the same
name. A recipe holds a hash of all that its page is made from, which is gathered from the catalogue first, and the
function that makes the page of that and nothing else. A caller that has the page of a recipe need not make it again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from site_src.kept import NO_HEAD_START, HeadStart
from site_src.model.brief import Facts
from site_src.model.output import Page, Recipe, SearchEntry, Sheaf
from site_src.model.publication import Publication
from site_src.render.catalogue import Catalogue, make_catalogue
from site_src.render.composer import Composer, Picture
from site_src.render.documents import read_document
from site_src.render.feeds import feeds
from site_src.render.fingerprint import fingerprint
from site_src.render.fonts import font_files
from site_src.render.home import home_page
from site_src.render.lists import archive_pages, changes_page, topic_pages
from site_src.render.machine import briefing_file, robots, sitemap
from site_src.render.names import names_pages
from site_src.render.press import open_press
from site_src.render.search import search_entries, search_page
from site_src.render.static import check_colours, static_files
from site_src.render.story import story_pages
from site_src.render.typesetting import Typesetter
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
    picture: Picture | None = None,
    start: HeadStart = NO_HEAD_START,
) -> Iterator[Recipe | Sheaf]:
    """The recipe of every output file of the site, alone or in a sheaf; no page is made before its recipe is followed.

    `facts` holds the facts box of each story by slug; `templates` are folders, the first that holds a template wins;
    `pages` are Markdown texts by name and language: "about.en", or "notes/SLUG.en" for remarks on a story.
    `index` makes the files of the search index of every story; without it the search page offers its lists only.
    `picture` gives the recipe of the picture of each story; without it pages name none.
    Raises `MujazError` for a template or label that is wrong, naming file, line and page, and for colours that cannot
    be read.
    """
    check_colours(settings.site.colours, templates)
    catalogue = make_catalogue(publication, settings, facts, start)
    source = next((entry.lang for entry in catalogue.entries.values()), settings.site.source_languages[0])
    about_pages = sorted(name for name in pages if name.startswith("about."))
    template_files = _read_folders(templates)
    typesetter = start.kept.same("typesetter", (templates, template_files), lambda: Typesetter(templates))
    press = open_press(typesetter, settings, source, publication.until, pages)
    mark = fingerprint(settings, source, publication.until, about_pages, tuple(names.names.values()), template_files)
    composer = Composer(press, catalogue.names, names, mark, picture, start)
    font = font_files(press)
    index = index if "search" in settings.site.extras else None
    indexed = index is not None
    if "data" in settings.site.extras:  # first: the largest file, while memory holds little
        yield briefing_file(composer, catalogue, publication.until)
    yield from _with_sitemap(composer, _editions(composer, catalogue, publication, pages, indexed=indexed))
    yield from (front_door(composer, catalogue), not_found(composer, indexed=indexed), robots(composer))
    yield from redirects(composer, catalogue, publication.redirects)
    yield from map(_finished, (*static_files(press, templates), *font))
    if index:
        yield from map(_finished, index(search_entries(composer, catalogue)))
    yield _finished(Page(".nojekyll", b""))


def _read_folders(folders: tuple[Path, ...]) -> list[list[tuple[str, bytes]]]:
    """(path from the folder, content) of the files of each template folder.

    The paths count, since a file that is renamed is another template.
    """
    return [[(str(path.relative_to(folder)), path.read_bytes()) for path in _files(folder)] for folder in folders]


def _files(folder: Path) -> Iterator[Path]:
    """The files below `folder`, also through links to folders, as labels and templates are read through them.

    A folder is entered once, so that links in a circle come to an end.
    """
    entered: set[str] = set()
    for parent, subfolders, names in os.walk(folder, followlinks=True):
        subfolders[:] = sorted(name for name in subfolders if os.path.realpath(f"{parent}/{name}") not in entered)
        entered.update(os.path.realpath(f"{parent}/{name}") for name in subfolders)
        yield from filter(Path.is_file, (Path(parent, name) for name in sorted(names)))


def _finished(page: Page) -> Recipe:
    """The recipe of a page that is made already."""
    return Recipe(page.path, b"", lambda: page.content)


def _with_sitemap(composer: Composer, editions: Iterable[Recipe | Sheaf]) -> Iterator[Recipe | Sheaf]:
    """The recipes of the editions, and then those of the sitemap, which lists their pages."""
    codes_by_path: dict[str, list[str]] = {}
    for made in editions:
        for path in made.paths if isinstance(made, Sheaf) else (made.path,):
            code, _, path_below = path.partition("/")
            if path_below.endswith(".html"):
                codes_by_path.setdefault(path_below, []).append(code)
        yield made
    yield from sitemap(composer, ((path, tuple(codes)) for path, codes in codes_by_path.items()))


def _editions(
    composer: Composer, catalogue: Catalogue, publication: Publication, pages: Mapping[str, str], *, indexed: bool
) -> Iterator[Recipe | Sheaf]:
    yield from story_pages(composer, catalogue, pages)
    for code in composer.press.editions:
        yield home_page(composer, catalogue, code, indexed=indexed)
        for topic in composer.press.settings.topics:
            yield from topic_pages(composer, catalogue, topic, code)
        yield changes_page(composer, catalogue, publication.changes, publication.closed, code)
        yield from _extras(composer, catalogue, code, indexed=indexed)
        yield from _documents(composer, code, pages)
        yield from feeds(composer, catalogue, code)


def _extras(composer: Composer, catalogue: Catalogue, code: str, *, indexed: bool) -> Iterator[Recipe]:
    extras = composer.press.settings.site.extras
    if "names" in extras:
        yield from names_pages(composer, catalogue, code)
    if "archive" in extras:
        yield from archive_pages(composer, catalogue, code)
    if "search" in extras:
        yield search_page(composer, catalogue, code, indexed=indexed)


def _documents(composer: Composer, code: str, pages: Mapping[str, str]) -> Iterator[Recipe]:
    """The site's own pages in a language, from Markdown; a name with "/" is that of a note on a story."""
    for name, text in sorted(pages.items()):
        stem, _, lang = name.rpartition(".")
        if lang == code and "/" not in stem:
            editions = [edition for edition in composer.press.editions if f"{stem}.{edition}" in pages]
            yield composer.recipe(f"{code}/{stem}/index.html", _document, stem, text, editions)


def _document(composer: Composer, path: str, stem: str, text: str, editions: Sequence[str]) -> str:
    document = read_document(text, stem)
    variables = {"title": document.title, "body": document.body, "section": stem}
    return composer.press.page("page.html", path, variables, editions)


__all__ = ["Indexer", "render"]
