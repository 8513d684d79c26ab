"""One edition per language: what the memory holds, what an engine adds to it, and what of that may be published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from msgspec import structs

from site_src.model import Brief, Edition, Finding, Problem, Rendering, StoryEdition
from site_src.settings import Settings
from site_src.translate.checks import check_pair
from site_src.translate.edit import Edit
from site_src.translate.engine import Translator
from site_src.translate.glossary import corrected
from site_src.translate.machine import (
    Check,
    Keep,
    Machine,
    Made,
    Progress,
    engines_findings,
    notes_now,
    translate_unseen,
    unseen,
)
from site_src.translate.memory import Memory
from site_src.translate.po import sentence_key
from site_src.translate.policy import Policy, rendering
from site_src.translate.segments import Segment, segments
from site_src.translate.settle import edit_of, settle

if TYPE_CHECKING:
    from site_src.text.names import NameBook

Shown = dict[tuple[str, str], Rendering]
"""Renderings by story slug and folded sentence."""
CheckPair = Callable[[str, str, "NameBook", str, str], tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class Translated:
    """The editions, what the memory must be told, and what to report.

    A sentence that two stories share counts in each; one that a machine made in this run and a check withheld counts
    both as translated and as withheld.
    """

    editions: tuple[Edition, ...] = ()
    edits: tuple[Edit, ...] = ()
    memories: tuple[Memory, ...] = ()
    """As they are once the edits are made."""
    remembered: int = 0
    """Published, and not translated in this run."""
    translated: int = 0
    pending: int = 0
    refused: int = 0
    """Those of the pending sentences that the engine could not translate: they wait for a person."""
    withheld: int = 0
    stale: int = 0
    drafts: int = 0
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


_COUNTS = ("remembered", "translated", "pending", "refused", "withheld", "stale", "drafts")


@dataclass(frozen=True, slots=True)
class Desk:
    """All that one edition is made with."""

    briefs: tuple[Brief, ...]
    policy: Policy
    check: Check
    machine: Machine | None


def make_editions(
    briefs: tuple[Brief, ...],
    settings: Settings,
    memories: Iterable[Memory],
    engine: Translator | None,
    names: NameBook,
    *,
    check: CheckPair = check_pair,
    progress: Callable[[Progress], None] | None = None,
    keep: Keep | None = None,
    redo: bool = False,
) -> Translated:
    """The edition of every language of the site, from the memory of each target language and, if given, an engine.

    Nothing is written here: `edits` say what the memory should learn (`save_edits` does it), and `keep` is called
    with the edits of each part that the engine has done, so that an interruption loses none of it. `redo` lets the
    engine replace what a machine wrote before, never what a person touched.
    """

    def judge(source: str, text: str, source_lang: str, lang: str) -> tuple[Finding, ...]:
        return check(source, text, names, source_lang, lang)

    def correct(source: str, text: str, lang: str) -> tuple[str, tuple[str, ...]]:
        return corrected(source, text, names, lang)

    machine = Machine(engine, judge, correct, keep, progress, redo) if engine else None
    desk = Desk(briefs, settings.translation.publish, judge, machine)
    held = {memory.lang: memory for memory in memories}
    parts = [_make(desk, held.get(lang, Memory(lang, {}))) for lang in settings.site.languages]
    counts = {name: sum(getattr(part, name) for part in parts) for name in _COUNTS}
    return Translated(
        tuple(edition for part in parts for edition in part.editions),
        tuple(edit for part in parts for edit in part.edits),
        tuple(memory for part in parts for memory in part.memories),
        **counts,
        notes=tuple(note for part in parts for note in part.notes),
        problems=tuple(problem for part in parts for problem in part.problems),
    )


def _make(desk: Desk, memory: Memory) -> Translated:
    """The edition of the memory's language."""
    wanted = segments(desk.briefs, memory.lang)
    settled = settle(memory, wanted)
    memory = memory.edited(settled)
    made = _machine(desk, memory, wanted, settled)
    memory = memory.edited(made.edits)
    shown, rechecked = _shown(desk, memory, wanted)
    edition = Edition(memory.lang, tuple(_story(brief, memory.lang, shown) for brief in sorted(desk.briefs, key=_age)))
    fresh = {(edit.slug, sentence_key(edit.source)) for edit in made.edits if edit.text}
    return replace(
        _counted(shown, fresh), editions=(edition,), edits=(*settled, *made.edits, *rechecked),
        memories=(memory.edited(rechecked),), notes=made.notes, problems=memory.problems,
    )  # fmt: skip


def _machine(desk: Desk, memory: Memory, wanted: tuple[Segment, ...], settled: tuple[Edit, ...]) -> Made:
    """What the engine makes of all that nobody has translated."""
    waiting = unseen(memory, wanted, desk.machine.redo) if desk.machine else ()
    if not waiting or not desk.machine:
        return Made()
    if desk.machine.keep:
        desk.machine.keep(settled)
    return translate_unseen(waiting, desk.machine)


def _shown(desk: Desk, memory: Memory, wanted: tuple[Segment, ...]) -> tuple[Shown, tuple[Edit, ...]]:
    """What each segment may show, and the edits that bring the build's own lines in the memory up to date."""
    shown: Shown = {}
    edits: list[Edit] = []
    for segment in wanted:
        entry = memory.lookup(segment.slug, segment.source)
        findings = engines_findings(entry) if entry and entry.state in ("pending", "machine") else ()
        if entry and entry.text:
            findings += desk.check(segment.source, entry.text, segment.source_lang, segment.lang)
        shown[segment.slug, segment.key] = rendering(segment.source, entry, findings, desk.policy)
        if entry and entry.slug == segment.slug:
            notes = notes_now(entry, findings)
            if sorted(notes) != sorted(entry.notes):
                edits.append(edit_of(entry, segment.lang, notes=notes))
    return shown, tuple(edits)


def _story(brief: Brief, lang: str, shown: Shown) -> StoryEdition:
    title = _segment(brief, brief.title.value or "", lang, shown)
    summary = tuple(_segment(brief, sentence.text, lang, shown) for sentence in brief.sentences)
    return StoryEdition(
        brief, title, summary, tuple(_segment(brief, sentence.text, lang, shown) for sentence in brief.body)
    )


def _segment(brief: Brief, source: str, lang: str, shown: Shown) -> Rendering:
    """The sentence as `shown` has it; what is in the edition's language already, or holds no word, stands as it is."""
    found = shown.get((brief.story.slug, sentence_key(source)))
    if found is None or brief.story.lead.lang == lang:
        return Rendering(source, source, "source", "source")
    return found if found.source == source else structs.replace(found, source=source)


def _age(brief: Brief) -> tuple[bool, tuple[int, ...], str]:
    """Sorts the newest first and the undated last; of one day, the later time first, then by slug."""
    day = brief.story.lead.published.value
    if day is None or day.year is None:
        return True, (), brief.story.slug
    minutes = [int(part) for part in day.time.split(":")] if day.time else [-1, -1]
    return False, tuple(-(part or 0) for part in (day.year, day.month, day.day, *minutes)), brief.story.slug


def _counted(shown: Shown, fresh: set[tuple[str, str]]) -> Translated:
    refused = sum(found.state == "pending" and bool(found.findings) for found in shown.values())
    states = Counter(rendering.state for rendering in shown.values())
    remembered = sum(found.state in ("approved", "machine") for place, found in shown.items() if place not in fresh)
    return Translated(
        remembered=remembered, translated=len(fresh), pending=states["pending"], refused=refused,
        withheld=states["withheld"], stale=states["stale"], drafts=states["draft"],
    )  # fmt: skip
