"""The state of the translation: by story for the desk, by state for the memory as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from msgspec import Struct

from site_src.model.edition import Edition, Finding, Rendering, State, StoryEdition
from site_src.model.report import Doubt
from site_src.translate.memory import Memory
from site_src.translate.policy import approver, strict_failure

STATES: tuple[State, ...] = get_args(State)
_SETTLED = frozenset({"source", "approved", "machine"})
"""A sentence in one of these states needs attention only where a check finds something."""


class StoryStatus(Struct, frozen=True):
    """One story in one translated edition."""

    slug: str
    lang: str
    states: tuple[tuple[State, int], ...]
    """How many sentences are in each state; every state is listed."""
    words_pending: int
    """Source words of pending and stale sentences."""
    findings: int
    """How many findings the checks have, in approved text too."""
    failing: int
    """Sentences for which `--strict` fails."""
    since: str
    """ISO date on which the story was first seen, if it has pending sentences and the record knows it; else ""."""
    doubts: tuple[Doubt, ...]
    """The sentences that are neither approved nor a machine's, and those with findings."""


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
    """The status of every story that is translated; a story in the source language has none."""
    translated = [(story, edition.lang) for edition in editions for story in edition.stories if _translated(story)]
    stories = tuple(_story(story, lang) for story, lang in translated)
    waiting = [story for story in stories if dict(story.states)["pending"]]
    oldest = min(waiting, key=lambda story: (story.since == "", story.since, story.slug), default=None)
    return Status(
        stories, _sum(story.states for story in stories), sum(story.words_pending for story in stories),
        sum(story.findings for story in stories), sum(story.failing for story in stories),
        oldest.slug if oldest else "",
    )  # fmt: skip


def failing(editions: Iterable[Edition]) -> int:
    """The sentences of all editions for which `--strict` fails."""
    return sum([_failing(story) for edition in editions for story in edition.stories])


def _failing(story: StoryEdition) -> int:
    if not story.translated:
        return story.states.count("pending")
    return sum([strict_failure(rendering) for rendering in story.renderings if rendering.state != "source"])


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
    """The sentences that need attention, each with its findings: errors, and warnings unless `warnings` is False."""
    for number, rendering in enumerate(story.renderings):
        findings: Sequence[Finding] = rendering.findings
        if findings and not warnings:
            findings = [finding for finding in findings if finding.severity == "error"]
        if findings or rendering.state not in _SETTLED:
            words = tuple([(finding.check, finding.what) for finding in findings])
            yield Doubt(story.slug, number, rendering.state, words, rendering.why)


def _words(rendering: Rendering) -> int:
    return len(rendering.source.split())


def _sum(states: Iterable[tuple[tuple[State, int], ...]]) -> tuple[tuple[State, int], ...]:
    total: Counter[State] = Counter()
    for counts in states:
        total.update(dict(counts))
    return tuple((state, total[state]) for state in STATES)


class MemoryStats(Struct, frozen=True):
    """The memory of one language in figures."""

    lang: str
    files: int
    unreadable: int
    entries: int
    """Entries that are not obsolete."""
    obsolete: int
    states: tuple[tuple[State, int], ...]
    """Of the entries that are not obsolete."""
    by_authors: int
    """Approved entries that are the project's authors'."""
    source_words: int
    target_words: int


def memory_stats(memory: Memory) -> MemoryStats:
    """The memory in figures."""
    entries = [entry for file in memory.files.values() for entry in file.entries]
    current = [entry for entry in entries if not entry.obsolete]
    states = Counter(entry.state for entry in current)
    return MemoryStats(
        memory.lang, len(memory.files), sum(not memory.writable(slug) for slug in memory.files),
        len(current), len(entries) - len(current),
        tuple((state, states[state]) for state in STATES if state != "source"),
        sum(entry.state == "approved" and approver(entry) == "authors" for entry in current),
        sum(len(entry.source.split()) for entry in current), sum(len(entry.text.split()) for entry in current),
    )  # fmt: skip
