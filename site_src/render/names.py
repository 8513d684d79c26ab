"""Pages of people, places, organisations and agreements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import NamedTuple, get_args

from markupsafe import Markup

from site_src.model.names import Name, NameKind
from site_src.model.output import Recipe
from site_src.render.catalogue import Catalogue, Line
from site_src.render.composer import Composer
from site_src.render.labels import NOTHING, Labels
from site_src.render.links import edition_of, name_path, paged, pager

_FOREMOST_KINDS = ("person", "place")
"""The kinds of names in a list with a limit."""
INDEX_NAMES = 100
"""Names on a page of the index, which keeps it within the weight of a page."""
COMPANIONS = 12
"""Names listed as appearing with a name."""
Ranked = tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
"""(kind, ((id of a name, how many stories mention it), ...)) of several kinds; in each, the most mentioned first."""


def name_row(composer: Composer, name: Name, count: int, code: str, root: str) -> Markup:
    """A name in both scripts, linked to its page, with a count."""
    press = composer.press
    arguments = name, press.labels[code], root, name_path(name.id), count
    key = "name", name.id, code, root, count
    return composer.once(key, lambda: press.typesetter.fragment("name_row", *arguments))


def ranked(composer: Composer, catalogue: Catalogue, limit: int = 0) -> Ranked:
    """The names of each kind that stories mention; with a limit, so many people and so many places only."""
    all_kinds = composer.once(("ranked",), lambda: _ranked(catalogue))
    if not limit:
        return all_kinds
    return tuple((kind, names[:limit]) for kind, names in all_kinds if kind in _FOREMOST_KINDS)


def _ranked(catalogue: Catalogue) -> Ranked:
    counts_by_kind = ((kind, catalogue.of_kind(kind)) for kind in get_args(NameKind))
    return tuple((kind, tuple((name.id, count) for name, count in counts)) for kind, counts in counts_by_kind if counts)


def bands(composer: Composer, names: Ranked, code: str, root: str) -> list[tuple[str, Markup, list[Markup]]]:
    """(kind, heading, rows) of each kind of name."""
    return [
        (kind, getattr(composer.press.labels[code], f"kind_{kind}"),
         [name_row(composer, composer.names[name], count, code, root) for name, count in counts])
        for kind, counts in names
    ]  # fmt: skip


def names_pages(composer: Composer, catalogue: Catalogue, code: str) -> Iterator[Recipe]:
    """The index of names and a page for each, with the stories that mention it."""
    names = [(kind, (name, count)) for kind, counts in ranked(composer, catalogue) for name, count in counts]
    for path, on_page, number, total in paged(f"{code}/names/index.html", names, INDEX_NAMES):
        by_kind = groupby(on_page, itemgetter(0))
        ranked_on_page = tuple((kind, tuple(counted for _, counted in group)) for kind, group in by_kind)
        yield composer.recipe(path, _index_page, ranked_on_page, number, total)
    for name in catalogue.by_name:
        yield from _name_pages(composer, catalogue, name, code)


def _index_page(composer: Composer, path: str, names: Ranked, number: int, total: int) -> str:
    code = edition_of(path)
    variables = {
        "title": composer.press.labels[code].people_places, "section": "names",
        "bands": bands(composer, names, code, "../../"), **pager("names/index.html", number, total),
    }  # fmt: skip
    return composer.press.page("names.html", path, variables)


class NamePage(NamedTuple):
    """What a page of a name is made from, besides the stories that it lists."""

    name: str
    """Id."""
    stories: int
    """How many stories mention it."""
    companions: tuple[tuple[str, int], ...]
    """(id of another name, how many stories mention both)."""
    number: int
    """Which of the name's pages this is, from 1."""
    total: int
    """How many pages the name has."""


def _name_pages(composer: Composer, catalogue: Catalogue, name: str, code: str) -> Iterator[Recipe]:
    entries = catalogue.by_name[name]
    companions = composer.once(("companions", name), lambda: catalogue.companions(name, COMPANIONS))
    size = composer.press.settings.site.page_stories
    for path, on_page, number, total in paged(f"{code}/{name_path(name)}", entries, size):
        page = NamePage(name, len(entries), companions, number, total)
        yield composer.recipe_of([entry.line for entry in on_page], path, _name_page, page)


def _name_page(composer: Composer, path: str, lines: Sequence[Line], page: NamePage) -> str:
    code = edition_of(path)
    press, labels, name = composer.press, composer.press.labels[code], composer.names[page.name]
    title, title_lang = press.name_words(name, code)
    variables = {
        "title": title, "own": press.quote(title, title_lang, code), "name": name, "section": "names",
        "kind": getattr(labels, f"one_{name.kind}"), "seen": _seen_words(labels, name),
        "country": _country(composer, name, code),
        "count": page.stories,
        "forms": tuple(zip_longest(name.en_variants, name.ar_variants, fillvalue="")),
        "companions": [name_row(composer, composer.names[companion], count, code, "../../../")
                       for companion, count in page.companions],
        "rows": [_story_row(composer, line, code) for line in lines],
        **pager(name_path(name.id), page.number, page.total),
    }  # fmt: skip
    return press.page("name.html", path, variables)


def _country(composer: Composer, name: Name, code: str) -> Markup:
    """The country of a name: as pages call it, else as CLDR does; "" for a name that is itself a country's."""
    country = composer.once(("countries",), lambda: _countries(composer)).get(name.country)
    if country is None:
        return composer.press.say(territory(name.country, code), code)
    return NOTHING if country.id == name.id else composer.press.say(*composer.press.name_words(country, code))


def _countries(composer: Composer) -> dict[str, Name]:
    """The names of countries by their ISO codes."""
    names = {**composer.book.names, **composer.names}.values()
    return {name.country: name for name in names if name.country and name.kind == "place" and _is_country(name)}


def _is_country(name: Name) -> bool:
    """Whether a place has the name that CLDR gives to the country it is in."""
    forms = {name.en, name.en_short, name.ar, *name.en_variants, *name.ar_variants}
    return not forms.isdisjoint((territory(name.country, "en"), territory(name.country, "ar")))


@cache
def territory(iso: str, code: str) -> str:
    """The name of a country in a language (Unicode CLDR); its ISO code where CLDR lacks one of the two."""
    if not iso:
        return ""
    from babel.core import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(code).territories.get(iso, iso))
    except (UnknownLocaleError, ValueError):
        return iso


def _story_row(composer: Composer, line: Line, code: str) -> tuple[str, Markup, Markup, Markup]:
    """(path, title, state of the title in words, date) of a story."""
    return composer.once(("row", line.slug, code), lambda: _make_story_row(composer, line, code))


def _make_story_row(composer: Composer, line: Line, code: str) -> tuple[str, Markup, Markup, Markup]:
    date = composer.press.time(line.day, code) if line.day else composer.press.labels[code].undated
    return (*composer.link(line.heading(code)), date)


def _seen_words(labels: Labels, name: Name) -> Markup:
    """Where the forms of a name were read, in words; "" where that is not stated."""
    key = {"cldr": "seen_cldr", "sample page": "seen_page", "": ""}.get(name.seen, "seen_public")
    words: Markup = getattr(labels, key) if key else NOTHING
    return words
