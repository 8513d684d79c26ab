"""What the desk knows of a site: every translated sentence with its place, its state and the findings of the checks."""

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
"""The states that the desk counts: by whom a sentence was approved, or why it waits."""
WAITING = frozenset({"machine", "pending", "stale", "draft"})


class Place(Struct, frozen=True):
    """A sentence of a story in a translated edition."""

    slug: str
    lang: str
    number: int
    """0 is the title, 1 the first sentence of the summary; those of the whole article follow if it is translated."""


class View(Struct, frozen=True, dict=True):
    """A site as its files were when it was read."""

    settings: Settings
    names: NameBook
    briefs: Mapping[str, Brief]
    """Briefs of the stories that have a page, by address, in the order of the site."""
    memories: Mapping[str, Memory]
    """The translations by language, as the files will be once the next build has written them."""
    renderings: Mapping[Place, Rendering]
    """Every sentence that has a translation or should have one, in reading order."""
    follow_ups: Mapping[str, tuple[FollowUp, ...]]
    """By the address of a story, the stories that share rare names and figures with it."""

    @cached_property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many sentences are in each of `STATES`."""
        counts = Counter(state_of(rendering) for rendering in self.renderings.values())
        return tuple((state, counts[state]) for state in STATES)

    @cached_property
    def findings(self) -> tuple[tuple[str, int], ...]:
        """(check, how many sentences it found something in), the most frequent first."""
        counts: Counter[str] = Counter()
        for rendering in self.renderings.values():
            counts.update({finding.check for finding in rendering.findings})
        return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    @cached_property
    def waiting(self) -> int:
        """How many sentences wait for a person."""
        return sum(waits(rendering) for rendering in self.renderings.values())

    def of_story(self, slug: str, lang: str) -> Iterator[tuple[Place, Rendering]]:
        """The translated sentences of one story, the title first."""
        brief = self.briefs.get(slug)
        if brief is None:
            return
        for number in range(1 + len(brief.sentences) + len(brief.body)):
            place = Place(slug, lang, number)
            if rendering := self.renderings.get(place):
                yield place, rendering

    def target(self, slug: str, page: str) -> str:
        """The language of the translation on a story's page of the edition `page`; "" where it shows none."""
        brief = self.briefs.get(slug)
        if brief is None or page not in self.settings.site.languages:
            return ""
        source = brief.story.lead.lang
        if page != source:
            return page
        return next((language for language in self.settings.site.languages if language != source), "")

    def segment(self, place: Place) -> Segment | None:
        """The sentence to translate at that place; None where there is none (any more)."""
        if place not in self.renderings:
            return None
        key = sentence_key(self.renderings[place].source)
        return next((segment for segment in self._segments(place) if segment.key == key), None)

    def previous_source(self, place: Place, segment: Segment) -> str:
        """The source of the sentence before `segment` in the story's PO file; "" for the first."""
        segments = self._segments(place)
        index = segments.index(segment)
        return segments[index - 1].source if index else ""

    def _segments(self, place: Place) -> tuple[Segment, ...]:
        return need(self.briefs[place.slug], place.lang).segments

    def entry(self, place: Place, file: PoFile | None = None) -> Entry | None:
        """The entry whose translation a sentence gets; `file` is the story's PO file if the caller has read it anew."""
        segment, memory = self.segment(place), self.memories[place.lang]
        if segment is None:
            return None
        if file is None:
            return memory.lookup(place.slug, segment.source)
        slugs = {entry.slug for entry in memory.anywhere.get(segment.key, ())}
        files = {slug: memory.files[slug] for slug in slugs} | {place.slug: file}
        updated = Memory(place.lang, files)
        return updated.edited(settle(updated, self._segments(place))).lookup(place.slug, segment.source)


def waits(rendering: Rendering) -> bool:
    """Whether a sentence waits for a person: no person has approved it, nor withheld it with a reason."""
    return rendering.state in WAITING or (rendering.state == "withheld" and not rendering.why)


def passes_filter(rendering: Rendering, filter: str) -> bool:
    """Whether a filter selects a sentence: "" those that wait, "state:machine" by state, "check:numbers" by finding."""
    kind, _, value = filter.partition(":")
    if kind == "state":
        return state_of(rendering) == value
    if kind == "check":
        return any(finding.check == value for finding in rendering.findings)
    return waits(rendering)


def next_place(view: View, current: Place | None, filter: str) -> Place | None:
    """The first sentence after `current` that the filter selects, searching on from the beginning after the last.

    None where the filter selects no sentence. Where `current` has no sentence (any more), the search starts at the
    beginning of its story, or of all stories.
    """
    positions = {place: position for position, place in enumerate(view.renderings)}
    if current in positions:
        start = positions[current] + 1
    else:
        start = min((positions[place] for place in positions if current and place.slug == current.slug), default=0)
    selected = [place for place, rendering in view.renderings.items() if passes_filter(rendering, filter)]
    return next((place for place in selected if positions[place] >= start), selected[0] if selected else None)


def view_of(opened: Opened) -> View:
    """The view of a site with its translations as they are now; nothing is written."""
    translated, publication = open_publication(opened)
    briefs: dict[str, Brief] = {}
    renderings: dict[Place, Rendering] = {}
    for edition in without(publication.editions, publication.hidden):
        for story in edition.stories:
            briefs[story.slug] = story.brief
            for number, rendering in enumerate(story.renderings):
                if rendering.state != "source":
                    renderings[Place(story.slug, edition.lang, number)] = rendering
    memories = {memory.lang: memory for memory in translated.memories}
    follow_ups = {connection.slug: connection.follow_ups for connection in publication.connections}
    return View(opened.settings, opened.names.book, briefs, memories, renderings, follow_ups)
