"""Pages of people, places, organisations and agreements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby, zip_longest
from typing import NamedTuple, get_args

from markupsafe import Markup

from site_src.model.names import Name, NameKind
from site_src.model.output import Recipe
from site_src.render.catalogue import Catalogue, Line
from site_src.render.desk import Desk
from site_src.render.labels import NOTHING, Labels
from site_src.render.links import name_path, paged, pager

_FOREMOST = ("person", "place")
"""The kinds that a list with a limit names."""
INDEX_NAMES = 100
"""Names on a page of the index, which keeps it within the weight of a page."""
COMPANIONS = 12
"""Names listed as appearing with a name."""
Ranked = tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
"""(kind, (name, stories that mention it)) of several kinds, the most mentioned first."""


def name_row(desk: Desk, name: Name, count: int, code: str, root: str) -> Markup:
    """A name in both scripts, linked to its page, with a count."""
    words = name, desk.press.labels[code], root, name_path(name.id), count
    return desk.once(("name", name.id, code, root, count), lambda: desk.press.typesetter.fragment("name_row", *words))


def ranked(desk: Desk, catalogue: Catalogue, limit: int = 0) -> Ranked:
    """The names of each kind that stories mention; with a limit, people and places only."""
    whole = desk.once(("ranked",), lambda: _ranked(catalogue))
    return tuple((kind, names[:limit]) for kind, names in whole if kind in _FOREMOST) if limit else whole


def _ranked(catalogue: Catalogue) -> Ranked:
    found = ((kind, catalogue.of_kind(kind)) for kind in get_args(NameKind))
    return tuple((kind, tuple((name.id, count) for name, count in names)) for kind, names in found if names)


def bands(desk: Desk, names: Ranked, code: str, root: str) -> list[tuple[str, Markup, list[Markup]]]:
    """(kind, heading, rows) of each kind of name."""
    return [
        (kind, getattr(desk.press.labels[code], f"kind_{kind}"),
         [name_row(desk, desk.names[name], count, code, root) for name, count in counted])
        for kind, counted in names
    ]  # fmt: skip


def names_pages(desk: Desk, catalogue: Catalogue, code: str) -> Iterator[Recipe]:
    """The index of names and a page for each, with the stories that mention it."""
    names = [(kind, pair) for kind, counted in ranked(desk, catalogue) for pair in counted]
    for path, shown, *place in paged(f"{code}/names/index.html", names, INDEX_NAMES):
        grouped = tuple((kind, tuple(pair for _, pair in found)) for kind, found in groupby(shown, lambda one: one[0]))
        yield desk.recipe(path, _index_page, grouped, *place)
    for name in catalogue.by_name:
        yield from _name_pages(desk, catalogue, name, code)


def _index_page(desk: Desk, path: str, names: Ranked, number: int, total: int) -> str:
    code = path.partition("/")[0]
    words = {
        "title": desk.press.labels[code].people_places, "section": "names",
        "bands": bands(desk, names, code, "../../"), **pager("names/index.html", number, total),
    }  # fmt: skip
    return desk.press.page("names.html", path, words)


class Named(NamedTuple):
    """What a page of a name is told."""

    name: str
    stories: int
    """Stories that mention it."""
    companions: tuple[tuple[str, int], ...]
    """(name, stories that mention both)."""
    number: int
    total: int


def _name_pages(desk: Desk, catalogue: Catalogue, name: str, code: str) -> Iterator[Recipe]:
    entries = [entry for entry in catalogue.by_name[name] if code in entry.editions]
    companions = desk.once(("companions", name), lambda: catalogue.companions(name, COMPANIONS))
    size = desk.press.settings.site.page_stories
    for path, shown, *place in paged(f"{code}/{name_path(name)}", entries, size):
        named = Named(name, len(entries), companions, *place)
        yield desk.recipe_of([entry.line for entry in shown], path, _name_page, named)


def _name_page(desk: Desk, path: str, lines: Sequence[Line], named: Named) -> str:
    code = path.partition("/")[0]
    press, labels, name = desk.press, desk.press.labels[code], desk.names[named.name]
    own, own_lang = press.name_words(name, code)
    words = {
        "title": own, "own": press.quote(own, own_lang, code), "name": name, "section": "names",
        "kind": getattr(labels, f"one_{name.kind}"), "seen": _seen(labels, name),
        "country": _country(desk, name, code),
        "note": press.cite(name.note, code), "count": named.stories,
        "forms": tuple(zip_longest(name.en_variants, name.ar_variants, fillvalue="")),
        "companions": [name_row(desk, desk.names[other], count, code, "../../../")
                       for other, count in named.companions],
        "rows": [_row(desk, line, code) for line in lines],
        **pager(name_path(name.id), named.number, named.total),
    }  # fmt: skip
    return press.page("name.html", path, words)


def _country(desk: Desk, name: Name, code: str) -> Markup:
    """The country of a name, as pages call it, else as CLDR does; "" for a country itself."""
    country = desk.once(("countries",), lambda: _countries(desk)).get(name.country)
    if country is None:
        return desk.press.say(territory(name.country, code), code)
    return NOTHING if country.id == name.id else desk.press.say(*desk.press.name_words(country, code))


def _countries(desk: Desk) -> dict[str, Name]:
    """The names of countries by their ISO codes: places that bear the name of what they stand in."""
    known = {**desk.book.names, **desk.names}
    return {
        name.country: name for name in known.values() if name.country and name.kind == "place"
        and not {name.en, name.en_short, name.ar, *name.en_variants, *name.ar_variants}.isdisjoint(
            (territory(name.country, "en"), territory(name.country, "ar")))
    }  # fmt: skip


@cache
def territory(iso: str, code: str) -> str:
    """A country in the words of a language (Unicode CLDR); its code where CLDR knows one of them not."""
    if not iso:
        return ""
    from babel.core import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(code).territories.get(iso, iso))
    except (UnknownLocaleError, ValueError):
        return iso


def _row(desk: Desk, line: Line, code: str) -> tuple[str, Markup, Markup, Markup]:
    """(path, title, how it stands, date) of a story."""
    return desk.once(("row", line.slug, code), lambda: _made_row(desk, line, code))


def _made_row(desk: Desk, line: Line, code: str) -> tuple[str, Markup, Markup, Markup]:
    date = desk.press.time(line.day, code) if line.day else desk.press.labels[code].undated
    return (*desk.link(line.heading(code)), date)


def _seen(labels: Labels, name: Name) -> Markup:
    key = {"cldr": "seen_cldr", "sample page": "seen_page", "": ""}.get(name.seen, "seen_public")
    seen: Markup = getattr(labels, key) if key else NOTHING
    return seen
