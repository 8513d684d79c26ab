"""One edition per language: what the memory holds, what an engine adds to it, and what of that may be published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from site_src.kept import NOTHING_KEPT, Kept
from site_src.model import Brief, Edition, Finding, Problem, StoryEdition
from site_src.settings import Settings
from site_src.translate.checks import check_pair
from site_src.translate.edit import Edit
from site_src.translate.engine import Translator
from site_src.translate.glossary import corrected
from site_src.translate.machine import Check, Keep, Machine, Made, Progress, translate_unseen, unseen
from site_src.translate.memory import Memory
from site_src.translate.po import sentence_key
from site_src.translate.policy import Policy
from site_src.translate.segments import Need, need
from site_src.translate.settle import settle
from site_src.translate.told import Asked, Remember, Told, story_edition, tell

if TYPE_CHECKING:
    from site_src.text.names import NameBook

CheckPair = Callable[[str, str, "NameBook", str, str], tuple[Finding, ...]]
Wanted = Mapping[str, Need]
"""What each story needs, by slug."""


class Translated(Struct, frozen=True):
    """The editions, what the memory must be told, and what to report.

    A sentence that two stories share counts in each; one that a machine made in this run and a check withheld counts
    both as translated and as withheld.
    """

    editions: tuple[Edition, ...] = ()
    edits: tuple[Edit, ...] = ()
    """Of a frozen build, which saves none, only those that say something of a sentence."""
    held: tuple[tuple[Memory, Wanted], ...] = ()
    """What each edition was made with."""
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

    @property
    def memories(self) -> tuple[Memory, ...]:
        """The memories as they are once all edits are made."""
        return tuple(memory.edited(_settled(memory, wanted)) for memory, wanted in self.held)


_COUNTS = ("remembered", "translated", "pending", "refused", "withheld", "stale", "drafts")


class Desk(Struct, frozen=True):
    """All that one edition is made with."""

    briefs: Mapping[str, Brief]
    """By slug."""
    policy: Policy
    names: NameBook
    check: Check
    machine: Machine | None
    frozen: bool
    kept: Kept
    remember: Remember


class Version(NamedTuple):
    """One story in one language."""

    edition: StoryEdition
    told: Told


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
    frozen: bool = False,
    kept: Kept = NOTHING_KEPT,
    remember: Remember = lambda asked, tell: map(tell, asked),
) -> Translated:
    """The edition of every language of the site, from the memory of each target language and, if given, an engine.

    Every edition has the stories in the order of `briefs`. Nothing is written here: `edits` say what the memory should
    learn (`save_edits` does it), and `keep` is called with the edits of each part that the engine has done, so that an
    interruption loses none of it. `redo` lets the engine replace what a machine wrote before, never what a person
    touched. `frozen` is for who saves no edit. What is `kept` from the last editions that this process made, and what
    `remember` knows of stories that were asked for before with the same `names`, only save time.
    """

    def judge(source: str, text: str, source_lang: str, lang: str) -> tuple[Finding, ...]:
        return check(source, text, names, source_lang, lang)

    def correct(source: str, text: str, lang: str) -> tuple[str, tuple[str, ...]]:
        return corrected(source, text, names, lang)

    machine = Machine(engine, judge, correct, keep, progress, redo) if engine else None
    by_slug = {brief.story.slug: brief for brief in briefs}
    desk = Desk(by_slug, settings.translation.publish, names, judge, machine, frozen, kept, remember)
    held = {memory.lang: memory for memory in memories}
    return _together([_make(desk, held.get(lang, Memory(lang, {}))) for lang in settings.site.languages])


def _together(parts: Sequence[Translated]) -> Translated:
    """What the editions of all languages come to."""
    return Translated(
        tuple(edition for part in parts for edition in part.editions),
        tuple(edit for part in parts for edit in part.edits),
        tuple(each for part in parts for each in part.held),
        **{name: sum(getattr(part, name) for part in parts) for name in _COUNTS},
        notes=tuple(note for part in parts for note in part.notes),
        problems=tuple(problem for part in parts for problem in part.problems),
    )


def _make(desk: Desk, memory: Memory) -> Translated:
    """The edition of the memory's language."""
    lang, problems = memory.lang, memory.problems
    wanted = desk.kept.each(
        ("need", lang), desk.briefs, lambda slugs: [need(desk.briefs[slug], lang) for slug in slugs]
    )
    settled = _settled(memory, wanted, blank=not desk.frozen)
    memory = memory.edited(settled)
    made = _machine(desk, memory, wanted, settled)
    memory = memory.edited(made.edits)
    versions = _versions(desk, memory, wanted)
    rechecked = tuple(edit for version in versions.values() for edit in version.told.edits)
    edition = Edition(lang, tuple([version.edition for version in versions.values()]))
    return replace(
        _counted(versions, wanted, made), editions=(edition,), edits=(*settled, *made.edits, *rechecked),
        held=((memory.edited(rechecked), wanted),), notes=made.notes, problems=problems,
    )  # fmt: skip


def _settled(memory: Memory, wanted: Wanted, *, blank: bool = True) -> tuple[Edit, ...]:
    if not (blank or memory.files):
        return ()
    open_ = (segments for slug, (segments, keys) in wanted.items() if not memory.in_line(slug, keys))
    return tuple(edit for segments in open_ for edit in settle(memory, segments, blank=blank))


def _machine(desk: Desk, memory: Memory, wanted: Wanted, settled: tuple[Edit, ...]) -> Made:
    """What the engine makes of all that nobody has translated."""
    if not desk.machine:
        return Made()
    waiting = unseen(memory, (segment for story in wanted.values() for segment in story.segments), desk.machine.redo)
    if not waiting:
        return Made()
    if desk.machine.keep:
        desk.machine.keep(settled)
    return translate_unseen(waiting, desk.machine)


def _versions(desk: Desk, memory: Memory, wanted: Wanted) -> dict[str, Version]:
    """Each story by what the memory says of its sentences."""
    entries = {slug: memory.lookup_all(slug, keys) for slug, (_, keys) in wanted.items()}
    made_from = {slug: (brief, desk.policy, desk.names, entries[slug]) for slug, brief in desk.briefs.items()}

    def make(slugs: Sequence[str]) -> Iterator[Version]:
        asked = [Asked(slug, memory.lang, desk.policy, wanted[slug].segments, entries[slug]) for slug in slugs]
        told = desk.remember(asked, partial(tell, check=desk.check))
        for slug, found in zip(slugs, told, strict=True):
            yield Version(story_edition(desk.briefs[slug], wanted[slug], found), found)

    return desk.kept.each(("version", memory.lang), made_from, make)


def _counted(versions: Mapping[str, Version], wanted: Wanted, made: Made) -> Translated:
    renderings = [found for version in versions.values() for found in version.told.renderings]
    states = Counter(map(attrgetter("state"), renderings))
    fresh = {(edit.slug, sentence_key(edit.source)) for edit in made.edits if edit.text}
    new = sum(
        found.state in ("approved", "machine") and (slug, segment.key) in fresh
        for slug in {slug for slug, _ in fresh}
        for segment, found in zip(wanted[slug].segments, versions[slug].told.renderings, strict=True)
    )
    return Translated(
        remembered=states["approved"] + states["machine"] - new, translated=len(fresh), pending=states["pending"],
        refused=sum(found.state == "pending" for found in renderings if found.findings),
        withheld=states["withheld"], stale=states["stale"], drafts=states["draft"],
    )  # fmt: skip
