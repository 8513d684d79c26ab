"""What a hand-out says, the same for every format: chosen stories, sentence facing sentence, with their states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from markupsafe import Markup
from msgspec import Struct

from site_src.model.brief import Facts
from site_src.model.edition import Rendering
from site_src.model.publication import Publication
from site_src.render.cards import Headline
from site_src.render.catalogue import Entry, make_catalogue
from site_src.render.composer import Composer
from site_src.render.facts import fact_lists
from site_src.render.labels import Labels, Language
from site_src.render.ledger import Carrier, carriers
from site_src.render.links import story_path
from site_src.render.pairs import Pair, story_pairs
from site_src.render.press import open_press
from site_src.render.standing import UNAPPROVED, Badge, badges, engines
from site_src.render.typesetting import Typesetter
from site_src.settings import Settings
from site_src.text.names import NameBook

Format = Literal["html", "md", "mail", "docx", "pdf"]


class Choice(Struct, frozen=True):
    """What to hand out, and how."""

    format: Format = "html"
    topic: str = ""
    """Slug; "" for every topic."""
    since: str = ""
    """ISO date: only stories dated on it or later; "" for all. Undated stories are first seen on a day, if known."""


class Told(NamedTuple):
    """A story as its own page shows it."""

    slug: str
    url: str
    """Its page on the published site; "" where the site has no address."""
    own: Headline
    facing: Headline | None
    plain_title: str
    pairs: tuple[Pair, ...]
    made: tuple[Markup, ...]
    """Of title and sentences in turn: how its translation is marked where no person has approved it, else ""."""
    source: Markup
    date: Markup
    badges: list[Badge]
    notices: tuple[Markup, ...]
    """Which engines translated."""
    facts: list[tuple[Markup, list[Markup]]]
    carriers: tuple[Carrier, ...]


class Handout(NamedTuple):
    """The chosen briefings in the first language of the site, facing the other."""

    composer: Composer
    labels: Labels
    title: str
    stories: tuple[Told, ...]
    translated: bool
    """Whether the hand-out's own language is the one that is translated to, not the source's."""

    @property
    def lang(self) -> Language:
        """The language that leads."""
        return self.labels.language

    @property
    def facing(self) -> Language | None:
        """The other language; None where no story has one."""
        return next((told.facing.language for told in self.stories if told.facing), None)

    @property
    def site_name(self) -> str:
        """The site's name in that language."""
        return self.composer.press.words(self.composer.press.settings.site.name, self.lang.code)

    @property
    def until(self) -> Markup:
        """The "data until" day; "" where no page states one."""
        return self.composer.press.until[self.lang.code]

    @property
    def licence(self) -> str:
        """The site's licence, in words; "" without one."""
        return self.composer.press.words(self.composer.press.settings.site.licence, self.lang.code)


def tell(
    publication: Publication,
    settings: Settings,
    names: NameBook,
    facts: Mapping[str, Facts],
    templates: tuple[Path, ...],
    choice: Choice,
) -> Handout:
    """The chosen briefings, set in type."""
    catalogue = make_catalogue(publication, settings, facts)
    source = next((entry.lang for entry in catalogue.entries.values()), settings.site.source_languages[0])
    press = open_press(Typesetter(templates), settings, source, publication.until, ())
    composer = Composer(press, catalogue.names, names)
    code = settings.site.languages[0]
    chosen = [entry for entry in catalogue.entries.values() if _wanted(entry, choice)]
    topic = settings.topic(choice.topic)
    title = press.words(topic.title, code) if topic else str(Markup(press.labels[code].home_title).unescape())
    stories = tuple(_told(composer, entry, code) for entry in chosen)
    return Handout(composer, press.labels[code], title, stories, code != source)


def _wanted(entry: Entry, choice: Choice) -> bool:
    if choice.topic and choice.topic not in entry.brief.topics:
        return False
    day = (entry.day and entry.day.iso) or entry.brief.story.first_seen
    # A month counts when any day of it would; what nothing dates does not.
    return not choice.since or (bool(day) and day >= choice.since[: len(day)])


def _told(composer: Composer, entry: Entry, code: str) -> Told:
    labels, base, heading = composer.press.labels[code], composer.press.settings.site.base_url, entry.line.heading(code)
    target = entry.telling(code).briefing.target
    return Told(
        entry.slug, f"{base}{code}/{story_path(entry.slug)}" if base else "", *composer.headlines(heading),
        composer.plain_title(heading), tuple(story_pairs(composer, entry, code)),
        tuple(_made(one, labels) for one in (target.renderings if target else ())),
        composer.source(entry, code), composer.date(entry, code), badges(target, labels),
        tuple(_notices(composer, entry, code)), fact_lists(composer, entry, code), carriers(composer, entry, code),
    )  # fmt: skip


def _made(rendering: Rendering, labels: Labels) -> Markup:
    shown = rendering.text and rendering.state in UNAPPROVED
    return Markup(getattr(labels, f"badge_{rendering.state}") if shown else "")


def _notices(composer: Composer, entry: Entry, code: str) -> Iterator[Markup]:
    press, labels, telling = composer.press, composer.press.labels[code], entry.telling(code).briefing
    source, target = (labels.name_of(press.language(lang)) for lang in (entry.lang, telling.target_lang or code))
    for engine, numbers in engines(telling.target).items():
        words = labels.notice_machine_parts if numbers else labels.notice_machine
        named = [labels.sentence.format(n=number) if number else labels.title_ref for number in numbers]
        notice = words.format(engine=press.say(engine, code), source=source, target=target)
        yield Markup(" ").join([notice, labels.comma.join(named)]) if numbers else Markup(notice)
