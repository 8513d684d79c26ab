"""The first page of an edition: what the site holds, the newest stories of each topic, the names they turn on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, islice
from typing import NamedTuple

from markupsafe import Markup

from site_src.model.output import Recipe
from site_src.render.cards import Card
from site_src.render.catalogue import Catalogue, Entry
from site_src.render.composer import Composer
from site_src.render.key_figures import first_figures
from site_src.render.labels import Language
from site_src.render.links import topic_path
from site_src.render.lists import facing_words
from site_src.render.names import Ranked, bands, ranked
from site_src.render.standing import APPROVED, BADGES
from site_src.render.structured import list_data
from site_src.settings import Topic


class Totals(NamedTuple):
    """What the page says of all stories of the site."""

    stories: int
    copies: int
    """Merged into them."""
    waiting: tuple[tuple[str, int], ...]
    """(state, stories) of translations that nobody has approved, the least trusted first."""
    found: bool
    """Whether the search finds the stories of a state."""


class Section(NamedTuple):
    """A topic on the home page."""

    slug: str
    path: str
    """Its own page; "" for what fits no topic."""
    title: str
    facing: tuple[Language, str] | None
    cards: list[Card]
    total: int
    """Its stories, shown here or not."""
    figures: list[tuple[Markup, Markup]]
    """(figure, the words around it) of its first story, in the language of the edition."""


def home_page(composer: Composer, catalogue: Catalogue, code: str, *, indexed: bool) -> Recipe:
    """The first page of an edition: the newest stories of each topic, and the names they turn on."""
    site = composer.press.settings.site
    shown, totals = [], []
    for topic in composer.press.settings.topics:
        entries = catalogue.by_topic.get(topic.slug, ())
        shown.append(entries[: site.home_stories])
        totals.append(len(entries))
    loose = [entry for entry in catalogue.entries.values() if not entry.brief.topics]
    shown.append(tuple(loose[: site.home_stories]))
    names = ranked(composer, catalogue, 8) if "names" in site.extras else ()
    sizes = tuple(zip(map(len, shown), (*totals, len(loose)), strict=True))
    told = tuple(chain.from_iterable(shown))
    return composer.recipe_of(told, f"{code}/index.html", _home, sizes, _totals(catalogue, indexed=indexed), names)


def _totals(catalogue: Catalogue, *, indexed: bool) -> Totals:
    there = catalogue.states
    waiting = tuple((state, there[state]) for state in BADGES if state in there and state not in APPROVED)
    copies = sum([len(entry.brief.story.copies) for entry in catalogue.entries.values()])
    return Totals(len(catalogue.entries), copies, waiting, found=indexed and len(there) > 1)


def _home(
    composer: Composer, path: str, entries: Sequence[Entry], sizes: Sequence[tuple[int, int]], totals: Totals,
    names: Ranked,
) -> str:  # fmt: skip
    """`sizes` are (shown, all) of each topic and, last, of what fits none; `entries` those shown, in that order."""
    code = path.partition("/")[0]
    press, rest = composer.press, iter(entries)
    parts = [(tuple(islice(rest, shown)), total) for shown, total in sizes]
    sections = [_section(composer, topic, *part, code)
                for topic, part in zip(press.settings.topics, parts, strict=False)]  # fmt: skip
    loose, total = parts[-1]
    if loose:
        cards = [composer.card(entry, code) for entry in loose]
        other = next((lang for lang in press.editions if lang != code), "")
        facing = (press.languages[other], str(press.labels[other].unsorted)) if other else None
        sections.append(Section("unsorted", "", press.labels[code].unsorted, facing, cards, total,
                                first_figures(composer, loose, code)))  # fmt: skip
    listed = {entry.slug: entry for entry in entries}
    words = {
        "title": press.labels[code].home_title, "section": "home", "sections": sections, "totals": totals,
        "waiting": [(f"search/index.html?state={state}", getattr(press.labels[code], f"badge_{state}"), count)
                    for state, count in totals.waiting],
        "standins": any(card.standin for section in sections for card in section.cards),
        "topics": len(press.settings.topics),
        "views": len(press.editions) > 1 or code not in press.settings.site.source_languages,
        "feed": f"{code}/feed.xml", "bands": bands(composer, names, code, "../"),
        "structured": list_data(composer, tuple(listed.values()), code),
    }  # fmt: skip
    return press.page("home.html", path, words)


def _section(composer: Composer, topic: Topic, shown: Sequence[Entry], count: int, code: str) -> Section:
    cards = [composer.card(entry, code) for entry in shown]
    return Section(topic.slug, topic_path(topic.slug), composer.press.words(topic.title, code),
                   facing_words(composer, topic, code), cards, count, first_figures(composer, shown, code))  # fmt: skip
