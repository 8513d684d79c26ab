"""What the desk sees of a site: every translated sentence with its place, its state and what the checks found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from site_src.model.brief import Brief
from site_src.model.edition import Rendering
from site_src.model.publication import FollowUp
from site_src.pipeline.opening import Opened, open_publication
from site_src.publish import without
from site_src.render.standing import state_of
from site_src.settings import Settings
from site_src.text.names import NameBook
from site_src.translate.memory import Memory
from site_src.translate.po import Entry, PoFile, sentence_key
from site_src.translate.segments import Segment, need
from site_src.translate.settle import settle

STATES = ("editor", "authors", "machine", "withheld", "pending", "stale", "draft")
"""The states a desk counts: who approved it, or why it waits."""
WAITING = frozenset({"machine", "pending", "stale", "draft"})


class Place(Struct, frozen=True):
    """A sentence of a story in a translated edition."""

    slug: str
    lang: str
    number: int
    """1 is the first sentence of the summary, 0 the title; where whole articles are translated theirs follow."""


class View(Struct, frozen=True, dict=True):
    """A site as its files are at one moment."""

    settings: Settings
    names: NameBook
    briefs: Mapping[str, Brief]
    """Of the stories that have a page, in the order of the site."""
    memories: Mapping[str, Memory]
    """By language, as the files will be when the next build has written them."""
    renderings: Mapping[Place, Rendering]
    """Every sentence that has a translation or should have one, in reading order."""
    near: Mapping[str, tuple[FollowUp, ...]]
    """The stories that share rare names and figures with each, by address."""

    @cached_property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many sentences are in each of `STATES`."""
        found = Counter(state_of(one) for one in self.renderings.values())
        return tuple((state, found[state]) for state in STATES)

    @cached_property
    def findings(self) -> tuple[tuple[str, int], ...]:
        """In how many sentences each check found something, the most frequent first."""
        found = Counter(check for one in self.renderings.values() for check in {f.check for f in one.findings})
        return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))

    @cached_property
    def waiting(self) -> int:
        """How many sentences wait for a person."""
        return sum(waits(one) for one in self.renderings.values())

    def of_story(self, slug: str, lang: str) -> Iterator[tuple[Place, Rendering]]:
        """The sentences of one story."""
        brief = self.briefs.get(slug)
        for number in range(len(brief.sentences) + len(brief.body) + 1 if brief else 0):
            if found := self.renderings.get(place := Place(slug, lang, number)):
                yield place, found

    def target(self, slug: str, page: str) -> str:
        """The language of the translation that a story's page of the edition `page` shows; "" without one."""
        brief = self.briefs.get(slug)
        if brief is None or page not in self.settings.site.languages:
            return ""
        source = brief.story.lead.lang
        return page if page != source else next((one for one in self.settings.site.languages if one != source), "")

    def segment(self, place: Place) -> Segment | None:
        """The sentence that is to be translated; None where there is none (any more)."""
        if place not in self.renderings:
            return None
        key = sentence_key(self.renderings[place].source)
        return next((one for one in self._segments(place) if one.key == key), None)

    def before(self, place: Place, segment: Segment) -> str:
        """The source of the sentence before it in the story's file; "" for the first."""
        wanted = self._segments(place)
        at = wanted.index(segment)
        return wanted[at - 1].source if at else ""

    def _segments(self, place: Place) -> tuple[Segment, ...]:
        return need(self.briefs[place.slug], place.lang).segments

    def entry(self, place: Place, file: PoFile | None = None) -> Entry | None:
        """The entry that speaks for a sentence; `file` is the story's file where it is known to be newer."""
        segment, memory = self.segment(place), self.memories[place.lang]
        if segment is None:
            return None
        if file is None:
            return memory.lookup(place.slug, segment.source)
        slugs = {entry.slug for entry in memory.anywhere.get(segment.key, ())}
        near = Memory(place.lang, {**{slug: memory.files[slug] for slug in slugs}, place.slug: file})
        return near.edited(settle(near, self._segments(place))).lookup(place.slug, segment.source)


def waits(rendering: Rendering) -> bool:
    """Whether it waits for a person: all does that no person approved or withheld."""
    return rendering.state in WAITING or (rendering.state == "withheld" and not rendering.why)


def wanted(rendering: Rendering, filter: str) -> bool:
    """Whether a filter lets it through: "" what waits, "state:machine", "check:numbers"."""
    kind, _, value = filter.partition(":")
    if kind == "state":
        return state_of(rendering) == value
    if kind == "check":
        return any(finding.check == value for finding in rendering.findings)
    return waits(rendering)


def next_place(view: View, after: Place | None, filter: str) -> Place | None:
    """The next sentence that the filter lets through, from the beginning again after the last; None if none does.

    A place that no sentence has (any more) is before the first of its story, or of all stories.
    """
    order = {place: number for number, place in enumerate(view.renderings)}
    of_story = [order[place] for place in order if after and place.slug == after.slug]
    start = order[after] if after in order else min(of_story, default=0) - 1
    found = [place for place, one in view.renderings.items() if wanted(one, filter)]
    return next((place for place in found if order[place] > start), found[0] if found else None)


def view_of(opened: Opened) -> View:
    """The view of a site with its translations as they are now; nothing is written."""
    made, publication = open_publication(opened)
    briefs: dict[str, Brief] = {}
    renderings: dict[Place, Rendering] = {}
    for edition in without(publication.editions, publication.hidden):
        for story in edition.stories:
            briefs[story.slug] = story.brief
            placed = ((Place(story.slug, edition.lang, number), one) for number, one in enumerate(story.renderings))
            renderings |= {place: one for place, one in placed if one.state != "source"}
    memories = {memory.lang: memory for memory in made.memories}
    near = {one.slug: one.follow_ups for one in publication.connections}
    return View(opened.settings, opened.names.book, briefs, memories, renderings, near)
