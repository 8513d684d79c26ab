"""Stories as lists show them: title facing title, one sentence, source, date, badges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar, cast

from markupsafe import Markup

from site_src.model import Fact, Name
from site_src.render.catalogue import Catalogue, Entry
from site_src.render.credits import date_line, source_line
from site_src.render.labels import Language
from site_src.render.links import story_path
from site_src.render.press import Press
from site_src.render.standing import Badge, badges, machine_made, stand_in, title_mentions
from site_src.text.names import NameBook

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Headline:
    """A story's title in one language; where it is missing, the names that stand in for it."""

    language: Language
    text: Markup
    names: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A story in a list of one edition."""

    slug: str
    path: str
    own: Headline
    facing: Headline | None
    summary: Markup
    missing: Markup
    """Why there is no summary in this language; "" where there is one."""
    source: Markup
    date: Markup
    copies: int
    badges: list[Badge]
    figures: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that makes pages: press, catalogue and the book of names."""

    press: Press
    catalogue: Catalogue
    book: NameBook
    kept: dict[tuple[object, ...], Any] = field(default_factory=dict)
    """What has been set once and comes again: see `once`."""

    def once(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """What `make` gives, made once for each key."""
        if key not in self.kept:
            self.kept[key] = make()
        return cast(T, self.kept[key])

    def names_line(self, names: tuple[Name, ...], code: str) -> tuple[Markup, ...]:
        """Names in the script of an edition, for a stand-in line."""
        press = self.press
        return tuple(press.say(*press.name_words(name, code)) for name in names)

    def headlines(self, entry: Entry, code: str) -> tuple[Headline, Headline | None]:
        """The title in the edition's language and the one that faces it."""
        return self.once((entry.slug, code), lambda: self._headlines(entry, code))

    def _headlines(self, entry: Entry, code: str) -> tuple[Headline, Headline | None]:
        telling = entry.tellings[code]
        source = entry.brief.title.value or telling.own.title.source
        if code != entry.lang:
            return self._headline(entry, telling.own.title.text, code), self._headline(entry, source, entry.lang)
        own = self._headline(entry, telling.own.title.text or source, code)
        if telling.target is None:
            return own, None
        return own, self._headline(entry, telling.target.title.text, telling.target_lang)

    def _headline(self, entry: Entry, text: str, code: str) -> Headline:
        names = () if text else stand_in(title_mentions(entry.brief), self.catalogue.names, 6)
        return Headline(self.press.language(code), self.press.say(text, code), self.names_line(names, code))

    def card(self, entry: Entry, code: str) -> Card:
        """The card of a story in an edition."""
        return self.once(("card", entry.slug, code), lambda: self._card(entry, code))

    def _card(self, entry: Entry, code: str) -> Card:
        press, labels, telling = self.press, self.press.labels[code], entry.tellings[code]
        own, facing = self.headlines(entry, code)
        shown = next((one.text for one in telling.own.sentences if one.text), "")
        missing = Markup("") if shown else self.missing_words(entry, code)
        figures = tuple(fact for fact in entry.facts.figures if fact.en and fact.ar and fact.sentence)[:4]
        return Card(
            entry.slug, story_path(entry.slug), own, facing, press.say(shown, code), missing,
            self.source(entry, code), self.date(entry, code), len(entry.brief.story.copies),
            badges(telling.target, labels), figures,
        )  # fmt: skip

    def source(self, entry: Entry, code: str) -> Markup:
        """Who carried the story."""
        lead = entry.brief.story.lead
        return self.once(("source", entry.slug, code), lambda: source_line(lead, self.press, self.book, code))

    def date(self, entry: Entry, code: str) -> Markup:
        """When its page says that it appeared."""
        return self.once(("date", entry.slug, code), lambda: date_line(entry.brief.story.lead, self.press, code))

    def missing_words(self, entry: Entry, code: str) -> Markup:
        """Why no sentence can be shown in the edition's language."""
        labels, press = self.press.labels[code], self.press
        withheld = any(one.state == "withheld" for one in entry.tellings[code].own.renderings)
        words = labels.names_withheld if withheld else labels.names_pending
        source, target = (labels.name_of(press.language(lang)) for lang in (entry.lang, code))
        return Markup(words.format(source=source, target=target))

    def plain_title(self, entry: Entry, code: str) -> str:
        """The title as plain text: for `title`, feeds and citations; the names, or the source's title, without one."""
        return self.once(("title", entry.slug, code), lambda: self._plain_title(entry, code))

    def _plain_title(self, entry: Entry, code: str) -> str:
        own, facing = self.headlines(entry, code)
        comma = self.press.labels[code].comma
        chosen = own.text or comma.join(own.names) or (facing.text if facing else "")
        return Markup(chosen).striptags() or str(self.press.labels[code].untitled)

    def link(self, entry: Entry, code: str) -> tuple[str, Markup, Markup]:
        """(path below the edition, title, that a machine made it or "") of a story for a line of an edition.

        The title is in whatever language the story has one.
        """
        path, labels, title = story_path(entry.slug), self.press.labels[code], entry.tellings[code].own.title
        own, facing = self.headlines(entry, code)
        if own.text:
            return path, own.text, machine_made(labels, title)
        if facing and facing.text:
            phrase = partial(self.press.typesetter.macro, "phrase")
            return path, phrase(facing.language, facing.text), Markup("")
        return path, labels.comma.join(own.names) or labels.untitled, Markup("")
