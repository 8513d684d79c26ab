"""The first page of an edition: what the site holds, the newest stories of each topic, the names they turn on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from site_src.model.output import Recipe
from site_src.render.cards import Card
from site_src.render.catalogue import Catalogue, Entry
from site_src.render.composer import Composer
from site_src.render.key_figures import first_figures
from site_src.render.labels import Language
from site_src.render.links import edition_of, topic_path
from site_src.render.lists import facing_words
from site_src.render.names import Ranked, bands, ranked
from site_src.render.standing import APPROVED, BADGES
from site_src.render.structured import list_data


class Totals(NamedTuple):
    """What the page says of all stories of the site."""

    stories: int
    copies: int
    """Merged into them."""
    waiting: tuple[tuple[str, int], ...]
    """(state, stories) of translations that nobody has approved, the least trusted first."""
    found: bool
    """Whether the search finds the stories of a state."""


class Shown(NamedTuple):
    """The stories of a topic, or of none, that the page shows: the newest."""

    entries: tuple[Entry, ...]
    total: int
    """Its stories, shown here or not."""

    @property
    def mark(self) -> object:
        """What tells it from others."""
        return [entry.mark for entry in self.entries], self.total


class Section(NamedTuple):
    """A topic on the home page."""

    slug: str
    path: str
    """Its own page; "" for what fits no topic."""
    title: str
    facing: tuple[Language, str] | None
    cards: list[Card]
    total: int
    figures: list[tuple[Markup, Markup]]
    """(figure, the words around it) of its first story, in the language of the edition."""


def home_page(composer: Composer, catalogue: Catalogue, code: str, *, indexed: bool) -> Recipe:
    """The first page of an edition: the newest stories of each topic, and the names they turn on."""
    site, topics = composer.press.settings.site, composer.press.settings.topics
    loose = tuple([entry for entry in catalogue.entries.values() if not entry.brief.topics])
    lists = (*[catalogue.by_topic.get(topic.slug, ()) for topic in topics], loose)
    told = [Shown(entries[: site.home_stories], len(entries)) for entries in lists]
    names = ranked(composer, catalogue, 8) if "names" in site.extras else ()
    return composer.recipe_of(told, f"{code}/index.html", _home, _totals(catalogue, indexed=indexed), names)


def _totals(catalogue: Catalogue, *, indexed: bool) -> Totals:
    there = catalogue.states
    waiting = tuple((state, there[state]) for state in BADGES if state in there and state not in APPROVED)
    copies = sum([len(entry.brief.story.copies) for entry in catalogue.entries.values()])
    return Totals(len(catalogue.entries), copies, waiting, found=indexed and len(there) > 1)


def _home(composer: Composer, path: str, told: Sequence[Shown], totals: Totals, names: Ranked) -> str:
    """`told` are the stories of each topic and, last, those of none."""
    code = edition_of(path)
    press, labels, loose = composer.press, composer.press.labels[code], told[-1]
    sections = [
        _section(composer, shown, code, topic.slug, topic_path(topic.slug), press.words(topic.title, code),
                 facing_words(composer, topic, code))
        for topic, shown in zip(press.settings.topics, told, strict=False)
    ]  # fmt: skip
    if loose.entries:
        other = next((lang for lang in press.editions if lang != code), "")
        facing = (press.languages[other], str(press.labels[other].unsorted)) if other else None
        sections.append(_section(composer, loose, code, "unsorted", "", labels.unsorted, facing))
    listed = {entry.slug: entry for shown in told for entry in shown.entries}
    words = {
        "title": labels.home_title, "section": "home", "sections": sections, "totals": totals,
        "waiting": [(f"search/index.html?state={state}", getattr(labels, f"badge_{state}"), count)
                    for state, count in totals.waiting],
        "standins": any(card.standin for section in sections for card in section.cards),
        "topics": len(press.settings.topics),
        "views": len(press.editions) > 1 or code not in press.settings.site.source_languages,
        "feed": f"{code}/feed.xml", "bands": bands(composer, names, code, "../"),
        "structured": list_data(composer, tuple(listed.values()), code),
    }  # fmt: skip
    return press.page("home.html", path, words)


def _section(
    composer: Composer, shown: Shown, code: str, slug: str, path: str, title: str, facing: tuple[Language, str] | None
) -> Section:
    cards = [composer.card(entry, code) for entry in shown.entries]
    return Section(slug, path, title, facing, cards, shown.total, first_figures(composer, shown.entries, code))
