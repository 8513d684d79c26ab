"""How far the translation is: by story for a desk, by state for the memory as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import get_args

from msgspec import Struct

from site_src.model.edition import Edition, Rendering, State, StoryEdition
from site_src.model.report import Doubt
from site_src.translate.memory import Memory
from site_src.translate.policy import approver, strict_failure

STATES: tuple[State, ...] = get_args(State)
_SETTLED = frozenset({"source", "approved", "machine"})
"""States in which a sentence is looked at only for what a check finds."""


class StoryStatus(Struct, frozen=True):
    """One story in one translated edition."""

    slug: str
    lang: str
    states: tuple[tuple[State, int], ...]
    """How many sentences are in each state, none left out."""
    words_pending: int
    """Source words of pending and stale sentences."""
    findings: int
    """What the checks found, in approved text too."""
    failing: int
    """Sentences for which `--strict` fails."""
    since: str
    """ISO date on which the story was first seen, if it has pending sentences and the record knows it; else ""."""
    doubts: tuple[Doubt, ...]
    """The sentences that are neither approved nor a machine's, and those in which a check found something."""


class Status(Struct, frozen=True):
    """All stories of the translated editions."""

    stories: tuple[StoryStatus, ...]
    states: tuple[tuple[State, int], ...]
    words_pending: int
    findings: int
    failing: int
    oldest_pending: str
    """Slug of the story that has waited longest, "" where nothing waits."""


def status(editions: Iterable[Edition]) -> Status:
    """The status of every story that is translated; a source-language story has none."""
    placed = [(story, edition.lang) for edition in editions for story in edition.stories if _translated(story)]
    stories = tuple(_story(story, lang) for story, lang in placed)
    waiting = [one for one in stories if dict(one.states)["pending"]]
    oldest = min(waiting, key=lambda one: (one.since == "", one.since, one.slug), default=None)
    return Status(
        stories, _sum(one.states for one in stories), sum(one.words_pending for one in stories),
        sum(one.findings for one in stories), sum(one.failing for one in stories), oldest.slug if oldest else "",
    )  # fmt: skip


def failing(editions: Iterable[Edition]) -> int:
    """The sentences of all editions for which `--strict` fails."""
    return sum([_failing(story) for edition in editions for story in edition.stories])


def _failing(story: StoryEdition) -> int:
    if not story.translated:
        return story.states.count("pending")
    return sum([strict_failure(one) for one in story.renderings if one.state != "source"])


def _translated(story: StoryEdition) -> bool:
    return {*story.states} != {"source"}


def _story(story: StoryEdition, lang: str) -> StoryStatus:
    renderings = [rendering for rendering in story.renderings if rendering.state != "source"]
    states = Counter(rendering.state for rendering in renderings)
    return StoryStatus(
        story.slug, lang, tuple((state, states[state]) for state in STATES),
        sum(_words(rendering) for rendering in renderings if rendering.state in ("pending", "stale")),
        sum(len(rendering.findings) for rendering in renderings),
        sum(map(strict_failure, renderings)),
        story.brief.story.first_seen if states["pending"] else "", tuple(doubts(story)),
    )  # fmt: skip


def doubts(story: StoryEdition, *, warnings: bool = True) -> Iterator[Doubt]:
    """The sentences to look at, each with what the checks found: errors, and `warnings` where those count too."""
    for number, one in enumerate(story.renderings):
        found = [each for each in one.findings if warnings or each.severity == "error"] if one.findings else ()
        if found or one.state not in _SETTLED:
            yield Doubt(story.slug, number, one.state, tuple([(each.check, each.what) for each in found]), one.why)


def _words(rendering: Rendering) -> int:
    return len(rendering.source.split())


def _sum(states: Iterable[tuple[tuple[State, int], ...]]) -> tuple[tuple[State, int], ...]:
    total: Counter[State] = Counter()
    for each in states:
        total.update(dict(each))
    return tuple((state, total[state]) for state in STATES)


class MemoryStats(Struct, frozen=True):
    """The memory of one language in figures."""

    lang: str
    files: int
    unreadable: int
    entries: int
    """Living ones."""
    obsolete: int
    states: tuple[tuple[State, int], ...]
    """Of the living entries."""
    by_authors: int
    """Approved entries that are the project's authors'."""
    source_words: int
    target_words: int


def memory_stats(memory: Memory) -> MemoryStats:
    """The memory in figures."""
    every = [entry for file in memory.files.values() for entry in file.entries]
    living = [entry for entry in every if not entry.obsolete]
    states = Counter(entry.state for entry in living)
    return MemoryStats(
        memory.lang, len(memory.files), sum(not memory.writable(slug) for slug in memory.files),
        len(living), len(every) - len(living),
        tuple((state, states[state]) for state in STATES if state != "source"),
        sum(entry.state == "approved" and approver(entry) == "authors" for entry in living),
        sum(len(entry.source.split()) for entry in living), sum(len(entry.text.split()) for entry in living),
    )  # fmt: skip
