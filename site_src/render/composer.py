"""Composes what several pages share (headlines, cards, sources, dates), and gives the recipe of every page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Protocol, TypeVar

from markupsafe import Markup
from msgspec import Struct, field

from site_src.kept import NO_HEAD_START, HeadStart
from site_src.model.names import Name
from site_src.model.output import Content, Recipe, ShareCard
from site_src.render.cards import Card, Headline, Link
from site_src.render.catalogue import Entry, Heading, Line
from site_src.render.credits import date_line, organisation, source_line
from site_src.render.fingerprint import fingerprint
from site_src.render.labels import NOTHING, plain
from site_src.render.links import story_path
from site_src.render.press import Press
from site_src.render.standing import badge, badges
from site_src.text.names import NameBook

T = TypeVar("T")
Picture = Callable[[str, ShareCard], Recipe]
Make = Callable[..., str | Content]
"""Makes the content of a file."""
_MOST = 1 << 14
"""Fragments after which all are forgotten: those of some thousand stories."""
_STORY = 64
"""The same of what is shared by the pages of a story: its original, and the wording of its copies."""
STAND_IN = 6
"""Names that stand in for a title."""


class Marked(Protocol):
    """A value that is told from others by less than all of it."""

    @property
    def mark(self) -> object:
        """A hash of all of it, or values that say as much."""


def _once(held: dict[tuple[object, ...], Any], key: tuple[object, ...], make: Callable[[], T], most: int) -> T:
    made: T | None = held.get(key)
    if made is None:
        if len(held) >= most:
            held.clear()
        made = held[key] = make()
    return made


class Composer(Struct, frozen=True):
    """Everything that sets pages in type: press, names as pages show them, the book that finds them.

    A page is made by a function of this composer and of what its recipe names: stories, and words besides. There is no
    way from here to other stories, so that a page which is known by its recipe can never be stale.
    """

    press: Press
    names: Mapping[str, Name]
    book: NameBook
    mark: bytes = b""
    """A hash of everything that is the same for all pages."""
    picture: Picture | None = None
    """Gives the recipe of the picture at a path; None where stories have none."""
    start: HeadStart = NO_HEAD_START
    """What earlier builds made of the same."""
    kept: dict[tuple[object, ...], Any] = field(default_factory=dict)
    """What has been set once and comes again: see `once`."""
    shared: dict[tuple[object, ...], Any] = field(default_factory=dict)
    """What the pages of the story at hand share: see `once_a_story`."""

    def recipe(self, path: str, make: Make, *words: Any) -> Recipe:
        """The recipe of the file at `path`, which `make(self, path, *words)` gives."""
        return Recipe(path, fingerprint(self.mark, path, words), partial(self._made, path, make, *words))

    def recipe_of(self, told: Sequence[Marked], path: str, make: Make, *words: Any) -> Recipe:
        """The recipe of a file that tells of stories: `make(self, path, told, *words)` gives it."""
        return self.recipes_of(told, {path: words}, make)[0]

    def recipes_of(self, told: Sequence[Marked], files: Mapping[str, tuple[Any, ...]], make: Make) -> list[Recipe]:
        """The recipes of files that tell of the same, each by its path with words of its own: one hash for all."""
        made_from = fingerprint(self.mark, files, [one.mark for one in told])
        return [Recipe(path, made_from, partial(self._made, path, make, told, *words)) for path, words in files.items()]

    def _made(self, path: str, make: Make, *words: Any) -> Content:
        content = make(self, path, *words)
        return content.encode() if isinstance(content, str) else content

    def once(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """What `make` gives, which is never None, made once for each key."""
        return _once(self.kept, key, make, _MOST)

    def once_a_story(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """The same for what the pages of one story share, and no other: too much to be held for all."""
        return _once(self.shared, key, make, _STORY)

    def names_line(self, names: tuple[Name, ...], code: str) -> tuple[Markup, ...]:
        """Names in the script of an edition, for a stand-in line."""
        press = self.press
        return tuple(press.say(*press.name_words(name, code)) for name in names)

    def heading(self, line: Line, code: str) -> Heading:
        """What a story's line says in an edition."""
        return self.once(("heading", line.slug, code), lambda: line.heading(code))

    def headlines(self, heading: Heading) -> tuple[Headline, Headline | None]:
        """The title in the edition's language and the one that faces it."""
        return self.once((heading.slug, heading.code), lambda: self._headlines(heading))

    def _headlines(self, heading: Heading) -> tuple[Headline, Headline | None]:
        own = self._headline(heading, heading.own, heading.code)
        return own, self._headline(heading, heading.facing[1], heading.facing[0]) if heading.facing else None

    def _headline(self, heading: Heading, text: str, code: str) -> Headline:
        known = () if text else tuple(self.names[name] for name in heading.names if name in self.names)
        language, names = self.press.language(code), self.names_line(known[:STAND_IN], code)
        if not text and language.direction == "ltr":
            names = (*names, *[self.press.say(words, code) for words in heading.figures])[:STAND_IN]
        labels = self.press.labels[heading.code]
        titled = heading.own or (heading.facing and heading.facing[1])
        lacking = labels.nothing_recognised if titled else labels.untitled
        return Headline(language, self.press.say(text, code), names, lacking)

    def card(self, entry: Entry, code: str) -> Card:
        """The card of a story in an edition."""
        key = "card", entry.slug, code
        return self.once(key, lambda: self.start.kept.same(key, (self.mark, entry), lambda: self._card(entry, code)))

    def _card(self, entry: Entry, code: str) -> Card:
        press, labels, telling = self.press, self.press.labels[code], entry.telling(code).briefing
        own, facing = self.headlines(self.heading(entry.line, code))
        shown, beside = telling.opening
        faced = press.say(beside, facing.language.code) if facing else NOTHING
        return Card(
            entry.slug, story_path(entry.slug), own, facing, press.say(shown, code), faced,
            self.source(entry, code), self.date(entry, code), len(entry.brief.story.copies),
            badges(telling.target, labels),
        )  # fmt: skip

    def known(self, words: str) -> str:
        """The English name of an organisation; "" for words that the book does not know as one."""
        return self.once(("known", words), lambda: organisation(words, self.book))

    def source(self, entry: Entry, code: str) -> Markup:
        """Who carried the story."""
        lead = entry.brief.story.lead
        told = tuple([(found.value, found.id) for found in (lead.outlet, lead.agency, *lead.sources)])
        return self.once(("source", code, told), lambda: source_line(lead, self.press, self.known, code))

    def date(self, entry: Entry, code: str) -> Markup:
        """When its page says that it appeared."""
        return self.once(("date", entry.slug, code), lambda: date_line(entry.brief.story.lead, self.press, code))

    def plain_title(self, heading: Heading) -> str:
        """The title as plain text, for where it stands alone: the page's title, feeds, shared links.

        The names, or the source's title, where the edition has none; one that a machine made says so.
        """
        return self.once(("title", heading.slug, heading.code), lambda: self._plain_title(heading))

    def _plain_title(self, heading: Heading) -> str:
        own, facing = self.headlines(heading)
        labels = self.press.labels[heading.code]
        chosen = own.text or labels.comma.join(own.names) or (facing.text if facing else "")
        if own.text and heading.machine:
            chosen = labels.machine_title.format(title=own.text)
        return plain(chosen) or str(labels.untitled)

    def link(self, heading: Heading) -> Link:
        """A story for a line of an edition."""
        return self.once(("link", heading.slug, heading.code), lambda: self._link(heading))

    def _link(self, heading: Heading) -> Link:
        path, labels = story_path(heading.slug), self.press.labels[heading.code]
        own, facing = self.headlines(heading)
        state = "machine" if heading.machine else heading.missing
        standing = badge(state, labels).words if state else NOTHING
        if own.text:
            return Link(path, own.text, standing)
        if facing and facing.text:
            return Link(path, self.press.phrase(facing.language, facing.text), standing)
        return Link(path, labels.comma.join(own.names) or labels.untitled, standing)
