"""The content of a hand-out, the same for every format: chosen stories, sentence facing sentence, with their states."""

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
    """ISO date: only stories of that day or later; "" for all. An undated story is of the day it was first seen, if
    that is known."""


class Briefing(NamedTuple):
    """A story as its own page shows it."""

    slug: str
    url: str
    """Its page on the published site; "" where the site has no address."""
    own: Headline
    facing: Headline | None
    plain_title: str
    pairs: tuple[Pair, ...]
    state_words: tuple[Markup, ...]
    """For the title and then each sentence: the state of a translation that no person has approved, else ""."""
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
    stories: tuple[Briefing, ...]
    translated: bool
    """Whether the hand-out's language is that of the translations, not that of the sources."""

    @property
    def lang(self) -> Language:
        """The language that leads."""
        return self.labels.language

    @property
    def facing(self) -> Language | None:
        """The language that faces it; None where no story has one."""
        return next((story.facing.language for story in self.stories if story.facing), None)

    @property
    def site_name(self) -> str:
        """The site's name in the language that leads."""
        return self.composer.press.words(self.composer.press.settings.site.name, self.lang.code)

    @property
    def until(self) -> Markup:
        """The "data until" day; "" where no page states one."""
        return self.composer.press.until[self.lang.code]

    @property
    def licence(self) -> str:
        """The site's licence, in words; "" without one."""
        return self.composer.press.words(self.composer.press.settings.site.licence, self.lang.code)


def make_handout(
    publication: Publication,
    settings: Settings,
    names: NameBook,
    facts: Mapping[str, Facts],
    templates: tuple[Path, ...],
    choice: Choice,
) -> Handout:
    """The chosen briefings, as markup."""
    catalogue = make_catalogue(publication, settings, facts)
    source = next((entry.lang for entry in catalogue.entries.values()), settings.site.source_languages[0])
    press = open_press(Typesetter(templates), settings, source, publication.until, ())
    composer = Composer(press, catalogue.names, names)
    code = settings.site.languages[0]
    chosen = [entry for entry in catalogue.entries.values() if _is_chosen(entry, choice)]
    topic = settings.topic(choice.topic)
    title = press.words(topic.title, code) if topic else str(Markup(press.labels[code].home_title).unescape())
    stories = tuple(_briefing(composer, entry, code) for entry in chosen)
    return Handout(composer, press.labels[code], title, stories, translated=code != source)


def _is_chosen(entry: Entry, choice: Choice) -> bool:
    if choice.topic and choice.topic not in entry.brief.topics:
        return False
    if not choice.since:
        return True
    day = (entry.day and entry.day.iso) or entry.brief.story.first_seen
    # A date without a day, such as a month, is chosen if any day of it would be; a story without a date is not.
    return bool(day) and day >= choice.since[: len(day)]


def _briefing(composer: Composer, entry: Entry, code: str) -> Briefing:
    labels, base, heading = composer.press.labels[code], composer.press.settings.site.base_url, entry.line.heading(code)
    target = entry.telling(code).briefing.target
    own, facing = composer.headlines(heading)
    return Briefing(
        slug=entry.slug,
        url=f"{base}{code}/{story_path(entry.slug)}" if base else "",
        own=own,
        facing=facing,
        plain_title=composer.plain_title(heading),
        pairs=tuple(story_pairs(composer, entry, code)),
        state_words=tuple(_state_words(rendering, labels) for rendering in (target.renderings if target else ())),
        source=composer.source(entry, code),
        date=composer.date(entry, code),
        badges=badges(target, labels),
        notices=tuple(_engine_notices(composer, entry, code)),
        facts=fact_lists(composer, entry, code),
        carriers=carriers(composer, entry, code),
    )


def _state_words(rendering: Rendering, labels: Labels) -> Markup:
    is_unapproved = rendering.text and rendering.state in UNAPPROVED
    return Markup(getattr(labels, f"badge_{rendering.state}") if is_unapproved else "")


def _engine_notices(composer: Composer, entry: Entry, code: str) -> Iterator[Markup]:
    """Which engine translated what: all that is shown, or the title and the sentences named."""
    press, labels, telling = composer.press, composer.press.labels[code], entry.telling(code).briefing
    source, target = (labels.name_of(press.language(lang)) for lang in (entry.lang, telling.target_lang or code))
    for engine, numbers in engines(telling.target).items():
        label = labels.notice_machine_parts if numbers else labels.notice_machine
        notice = label.format(engine=press.say(engine, code), source=source, target=target)
        parts = [labels.sentence.format(n=number) if number else labels.title_ref for number in numbers]
        yield Markup(" ").join([notice, labels.comma.join(parts)]) if numbers else Markup(notice)
