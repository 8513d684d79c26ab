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
from site_src.render.composer import Composer
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


def name_row(composer: Composer, name: Name, count: int, code: str, root: str) -> Markup:
    """A name in both scripts, linked to its page, with a count."""
    press = composer.press
    words = name, press.labels[code], root, name_path(name.id), count
    return composer.once(("name", name.id, code, root, count), lambda: press.typesetter.fragment("name_row", *words))


def ranked(composer: Composer, catalogue: Catalogue, limit: int = 0) -> Ranked:
    """The names of each kind that stories mention; with a limit, people and places only."""
    whole = composer.once(("ranked",), lambda: _ranked(catalogue))
    return tuple((kind, names[:limit]) for kind, names in whole if kind in _FOREMOST) if limit else whole


def _ranked(catalogue: Catalogue) -> Ranked:
    found = ((kind, catalogue.of_kind(kind)) for kind in get_args(NameKind))
    return tuple((kind, tuple((name.id, count) for name, count in names)) for kind, names in found if names)


def bands(composer: Composer, names: Ranked, code: str, root: str) -> list[tuple[str, Markup, list[Markup]]]:
    """(kind, heading, rows) of each kind of name."""
    return [
        (kind, getattr(composer.press.labels[code], f"kind_{kind}"),
         [name_row(composer, composer.names[name], count, code, root) for name, count in counted])
        for kind, counted in names
    ]  # fmt: skip


def names_pages(composer: Composer, catalogue: Catalogue, code: str) -> Iterator[Recipe]:
    """The index of names and a page for each, with the stories that mention it."""
    names = [(kind, pair) for kind, counted in ranked(composer, catalogue) for pair in counted]
    for path, shown, *place in paged(f"{code}/names/index.html", names, INDEX_NAMES):
        grouped = tuple((kind, tuple(pair for _, pair in found)) for kind, found in groupby(shown, lambda one: one[0]))
        yield composer.recipe(path, _index_page, grouped, *place)
    for name in catalogue.by_name:
        yield from _name_pages(composer, catalogue, name, code)


def _index_page(composer: Composer, path: str, names: Ranked, number: int, total: int) -> str:
    code = path.partition("/")[0]
    words = {
        "title": composer.press.labels[code].people_places, "section": "names",
        "bands": bands(composer, names, code, "../../"), **pager("names/index.html", number, total),
    }  # fmt: skip
    return composer.press.page("names.html", path, words)


class Named(NamedTuple):
    """What a page of a name is told."""

    name: str
    stories: int
    """Stories that mention it."""
    companions: tuple[tuple[str, int], ...]
    """(name, stories that mention both)."""
    number: int
    total: int


def _name_pages(composer: Composer, catalogue: Catalogue, name: str, code: str) -> Iterator[Recipe]:
    entries = catalogue.by_name[name]
    companions = composer.once(("companions", name), lambda: catalogue.companions(name, COMPANIONS))
    size = composer.press.settings.site.page_stories
    for path, shown, *place in paged(f"{code}/{name_path(name)}", entries, size):
        named = Named(name, len(entries), companions, *place)
        yield composer.recipe_of([entry.line for entry in shown], path, _name_page, named)


def _name_page(composer: Composer, path: str, lines: Sequence[Line], named: Named) -> str:
    code = path.partition("/")[0]
    press, labels, name = composer.press, composer.press.labels[code], composer.names[named.name]
    own, own_lang = press.name_words(name, code)
    words = {
        "title": own, "own": press.quote(own, own_lang, code), "name": name, "section": "names",
        "kind": getattr(labels, f"one_{name.kind}"), "seen": _seen(labels, name),
        "country": _country(composer, name, code),
        "note": press.cite(name.note, code), "count": named.stories,
        "forms": tuple(zip_longest(name.en_variants, name.ar_variants, fillvalue="")),
        "companions": [name_row(composer, composer.names[other], count, code, "../../../")
                       for other, count in named.companions],
        "rows": [_row(composer, line, code) for line in lines],
        **pager(name_path(name.id), named.number, named.total),
    }  # fmt: skip
    return press.page("name.html", path, words)


def _country(composer: Composer, name: Name, code: str) -> Markup:
    """The country of a name, as pages call it, else as CLDR does; "" for a country itself."""
    country = composer.once(("countries",), lambda: _countries(composer)).get(name.country)
    if country is None:
        return composer.press.say(territory(name.country, code), code)
    return NOTHING if country.id == name.id else composer.press.say(*composer.press.name_words(country, code))


def _countries(composer: Composer) -> dict[str, Name]:
    """The names of countries by their ISO codes: places that bear the name of what they stand in."""
    known = {**composer.book.names, **composer.names}
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


def _row(composer: Composer, line: Line, code: str) -> tuple[str, Markup, Markup, Markup]:
    """(path, title, how it stands, date) of a story."""
    return composer.once(("row", line.slug, code), lambda: _made_row(composer, line, code))


def _made_row(composer: Composer, line: Line, code: str) -> tuple[str, Markup, Markup, Markup]:
    date = composer.press.time(line.day, code) if line.day else composer.press.labels[code].undated
    return (*composer.link(line.heading(code)), date)


def _seen(labels: Labels, name: Name) -> Markup:
    key = {"cldr": "seen_cldr", "sample page": "seen_page", "": ""}.get(name.seen, "seen_public")
    seen: Markup = getattr(labels, key) if key else NOTHING
    return seen
