"""Pages of people, places, organisations and agreements."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby, zip_longest

from markupsafe import Markup

from site_src.model import Name, Page
from site_src.render.cards import Desk
from site_src.render.catalogue import Entry
from site_src.render.labels import Labels
from site_src.render.links import name_path, numbered

KINDS = ("person", "place", "organisation", "agreement")
INDEX_NAMES = 100
"""Names on a page of the index, which keeps it within the weight of a page."""
COMPANIONS = 12
"""Names listed as appearing with a name."""


def name_row(desk: Desk, name: Name, count: int, code: str, root: str) -> Markup:
    """A name in both scripts, linked to its page, with a count."""
    return desk.press.typesetter.macro("name_row", name, desk.press.labels[code], root, name_path(name.id), count)


def bands(desk: Desk, code: str, root: str, limit: int = 0) -> list[tuple[str, Markup, list[Markup]]]:
    """(kind, heading, rows) of each kind of name that stories mention; with a limit, people and places only."""
    found = []
    for kind in KINDS[:2] if limit else KINDS:
        counted = desk.catalogue.of_kind(kind)
        rows = [name_row(desk, name, count, code, root) for name, count in (counted[:limit] if limit else counted)]
        if rows:
            found.append((kind, getattr(desk.press.labels[code], f"kind_{kind}"), rows))
    return found


def names_pages(desk: Desk, code: str) -> Iterator[Page]:
    """The index of names and a page for each, with the stories that mention it."""
    yield from _index_pages(desk, code)
    for name_id in desk.catalogue.by_name:
        yield from _name_pages(desk, desk.catalogue.names[name_id], code)


def _index_pages(desk: Desk, code: str) -> Iterator[Page]:
    rows = [(band[:2], row) for band in bands(desk, code, "../../") for row in band[2]]
    total, path = max(1, -(-len(rows) // INDEX_NAMES)), "names/index.html"
    for number in range(1, total + 1):
        shown = rows[(number - 1) * INDEX_NAMES : number * INDEX_NAMES]
        words = {
            "title": desk.press.labels[code].people_places, "section": "names",
            "bands": [(*band, [row for _, row in found]) for band, found in groupby(shown, lambda pair: pair[0])],
            "number": number, "total": total, "newer": numbered(path, number - 1) if number > 1 else "",
            "older": numbered(path, number + 1) if number < total else "",
        }  # fmt: skip
        yield desk.press.page("names.html", code, numbered(path, number), words)


def _name_pages(desk: Desk, name: Name, code: str) -> Iterator[Page]:
    press, labels, size = desk.press, desk.press.labels[code], desk.press.settings.site.page_stories
    entries = [entry for entry in desk.catalogue.by_name[name.id] if code in entry.tellings]
    own, own_lang = press.name_words(name, code)
    total, path = max(1, -(-len(entries) // size)), name_path(name.id)
    words = {
        "title": own, "own": press.quote(own, own_lang, code), "name": name, "section": "names",
        "kind": getattr(labels, f"one_{name.kind}"), "seen": _seen(labels, name),
        "country": press.say(territory(name.country, code), code),
        "note": press.say(name.note, code), "total": total, "count": len(entries),
        "forms": tuple(zip_longest(name.en_variants, name.ar_variants, fillvalue="")),
        "companions": [name_row(desk, other, count, code, "../../../") for other, count in _companions(desk, name.id)],
    }  # fmt: skip
    for number in range(1, total + 1):
        shown = entries[(number - 1) * size : number * size]
        page = {
            "number": number, "rows": [_row(desk, entry, code) for entry in shown],
            "newer": numbered(path, number - 1) if number > 1 else "",
            "older": numbered(path, number + 1) if number < total else "",
        }  # fmt: skip
        yield press.page("name.html", code, numbered(path, number), words | page)


def _companions(desk: Desk, name_id: str) -> list[tuple[Name, int]]:
    return desk.once(("companions", name_id), lambda: desk.catalogue.companions(name_id, COMPANIONS))


@cache
def territory(iso: str, code: str) -> str:
    """A country in the words of a language (Unicode CLDR); its code where CLDR knows one of them not."""
    from babel.core import Locale, UnknownLocaleError

    try:
        return Locale.parse(code).territories.get(iso, iso) if iso else ""
    except (UnknownLocaleError, ValueError):
        return iso


def _row(desk: Desk, entry: Entry, code: str) -> tuple[str, Markup, Markup, Markup]:
    """(path, title, that a machine made it, date) of a story."""
    return desk.once(("row", entry.slug, code), lambda: _made_row(desk, entry, code))


def _made_row(desk: Desk, entry: Entry, code: str) -> tuple[str, Markup, Markup, Markup]:
    date = desk.press.time(entry.day, code) if entry.day else Markup(desk.press.labels[code].undated)
    return (*desk.link(entry, code), date)


def _seen(labels: Labels, name: Name) -> Markup:
    key = {"cldr": "seen_cldr", "sample page": "seen_page", "": ""}.get(name.seen, "seen_public")
    return Markup(getattr(labels, key)) if key else Markup("")
