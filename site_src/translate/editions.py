"""One edition per language: what the memory holds, what an engine adds to it, and what of that may be published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from site_src.kept import HeadStart
from site_src.model.brief import Brief
from site_src.model.edition import Edition, Finding, StoryEdition
from site_src.model.report import Problem
from site_src.parts import mark_of, marked, pack
from site_src.settings import Settings
from site_src.translate.checks import check_pair
from site_src.translate.engines import Translator
from site_src.translate.glossary import corrected
from site_src.translate.machine import Check, Keep, Machine, Made, Progress, translate_unseen, unseen
from site_src.translate.memory import Memory
from site_src.translate.outline import Outlines, outline, serving
from site_src.translate.po import sentence_key
from site_src.translate.po.edit import Edit
from site_src.translate.policy import Policy
from site_src.translate.segments import Need, needs, texts
from site_src.translate.settle import settle
from site_src.translate.told import Asked, Told, story_edition, tell

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
    held: tuple[tuple[Memory, Wanted, tuple[Edit, ...]], ...] = ()
    """What each edition was made with, and what the checks have to say of it by now."""
    outlines: Mapping[str, Outlines] = {}
    """What the next build need not look at the sentences again for, by language."""
    remembered: int = 0
    """Published, and not translated in this run."""
    translated: int = 0
    pending: int = 0
    waiting: Mapping[str, int] = {}
    """Those of them in each language."""
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
        return tuple(self._edited(memory.edited(edits), wanted) for memory, wanted, edits in self.held)

    def _edited(self, memory: Memory, wanted: Wanted) -> Memory:
        return memory.edited(_settled(memory, wanted, self.outlines[memory.lang]))


_COUNTS = ("remembered", "translated", "pending", "refused", "withheld", "stale", "drafts")


class Earlier(HeadStart, frozen=True):
    """What spares making editions work."""

    outlines: Mapping[str, Outlines] = {}
    """Those that came of earlier editions, by language."""


NOTHING_EARLIER = Earlier()


class _Tools(Struct, frozen=True):
    """All that one edition is made with."""

    briefs: Mapping[str, Brief]
    """By slug."""
    written: Callable[[str], tuple[str, ...]]
    """The texts of a story."""
    marks: Mapping[str, bytes]
    policy: Policy
    names: NameBook
    check: Check
    machine: Machine | None
    frozen: bool
    start: Earlier


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
    start: Earlier = NOTHING_EARLIER,
) -> Translated:
    """The edition of every language of the site, from the memory of each target language and, if given, an engine.

    Every edition has the stories in the order of `briefs`. Nothing is written here: `edits` say what the memory should
    learn (`save_edits` does it), and `keep` is called with the edits of each part that the engine has done, so that an
    interruption loses none of it. `redo` lets the engine replace what a machine wrote before, never what a person
    touched. `frozen` is for who saves no edit. What the `start` remembers was asked for with the same `names`.
    """

    def judge(source: str, text: str, source_lang: str, lang: str) -> tuple[Finding, ...]:
        return check(source, text, names, source_lang, lang)

    def correct(source: str, text: str, lang: str) -> tuple[str, tuple[str, ...]]:
        return corrected(source, text, names, lang)

    machine = Machine(engine, judge, correct, keep, progress, redo) if engine else None
    by_slug = {brief.story.slug: brief for brief in briefs}
    written = cache(lambda slug: texts(by_slug[slug]))
    policy = settings.translation.publish
    marks = start.made_from or {slug: mark_of(marked(brief)) for slug, brief in by_slug.items()}
    tools = _Tools(by_slug, written, marks, policy, names, judge, machine, frozen, start)
    held = {memory.lang: memory for memory in memories}
    return _together([_make(tools, held.get(lang, Memory(lang, {}))) for lang in settings.site.languages])


def _together(parts: Sequence[Translated]) -> Translated:
    """What the editions of all languages come to."""
    return Translated(
        tuple(edition for part in parts for edition in part.editions),
        tuple(edit for part in parts for edit in part.edits),
        tuple(each for part in parts for each in part.held),
        {lang: outlines for part in parts for lang, outlines in part.outlines.items()},
        waiting={lang: pending for part in parts for lang, pending in part.waiting.items()},
        **{name: sum(getattr(part, name) for part in parts) for name in _COUNTS},
        notes=tuple(note for part in parts for note in part.notes),
        problems=tuple(problem for part in parts for problem in part.problems),
    )


def _make(tools: _Tools, memory: Memory) -> Translated:
    """The edition of the memory's language."""
    lang, problems = memory.lang, memory.problems
    wanted = needs(tools.briefs, lang, tools.start.kept)
    outlines = _outlines(tools, memory, wanted, tools.start.outlines.get(lang, {}))
    settled = () if tools.frozen and not memory.files else _settled(memory, wanted, outlines, blank=not tools.frozen)
    memory = memory.edited(settled)
    made = _machine(tools, memory, wanted, settled)
    memory = memory.edited(made.edits)
    if settled or made.edits:
        outlines = _outlines(tools, memory, wanted, outlines)
    told = _told(tools, memory, wanted, outlines) if memory.files else {}
    rechecked = tuple(edit for each in told.values() for edit in each.edits)
    edition = Edition(lang, tuple(_editions(tools, lang, outlines, told).values()))
    silent = sum([max(one.shape, default=-1) + 1 for slug, one in outlines.items() if slug not in told])
    counted = _counted(told, silent, wanted, made)
    return replace(
        counted, editions=(edition,), waiting={lang: counted.pending}, edits=(*settled, *made.edits, *rechecked),
        held=((memory, wanted, rechecked),), outlines={lang: outlines}, notes=made.notes, problems=problems,
    )  # fmt: skip


def _outlines(tools: _Tools, memory: Memory, wanted: Wanted, before: Outlines) -> Outlines:
    """The outline of each story, that of before where its brief and its file are the same."""
    files = {slug: line.made_from for slug, line in memory.sharing.lines.items()}
    return {
        slug: known if (known := before.get(slug)) and known[:2] == (mark, files.get(slug, b""))
        else outline(tools.briefs[slug], mark, wanted[slug], memory)
        for slug, mark in tools.marks.items() if slug in tools.briefs
    }  # fmt: skip


def _settled(memory: Memory, wanted: Wanted, outlines: Outlines, *, blank: bool = True) -> tuple[Edit, ...]:
    """What brings the files in line with the stories."""
    out = [slug for slug, one in outlines.items() if not one.in_line]
    asked = [slug for slug in out if blank or outlines[slug].file or any(serving(slug, outlines[slug], memory))]
    return tuple(edit for slug in asked for edit in settle(memory, wanted[slug].segments, blank=blank))


def _machine(tools: _Tools, memory: Memory, wanted: Wanted, settled: tuple[Edit, ...]) -> Made:
    """What the engine makes of all that nobody has translated."""
    if not tools.machine:
        return Made()
    waiting = unseen(memory, (segment for story in wanted.values() for segment in story.segments), tools.machine.redo)
    if not waiting:
        return Made()
    if tools.machine.keep:
        tools.machine.keep(settled)
    return translate_unseen(waiting, tools.machine)


def _told(tools: _Tools, memory: Memory, wanted: Wanted, outlines: Outlines) -> dict[str, Told]:
    """What is told of the stories of which the memory says something."""
    served = {slug: serving(slug, one, memory) for slug, one in outlines.items() if one.shape}
    made_from = {slug: (outlines[slug][:2], others, tools.policy, tools.names)
                 for slug, others in served.items() if outlines[slug].file or any(others)}  # fmt: skip

    def make(slugs: Sequence[str]) -> Iterable[Told]:
        def one(place: int) -> Told:
            segments, keys = wanted[slug := slugs[place]]
            return tell(Asked(slug, memory.lang, tools.policy, segments, memory.lookup_all(slug, keys)), tools.check)

        keys = [pack((memory.lang, *made_from[slug][:-1])) for slug in slugs]
        return tools.start.remembered("told", keys, Told, one)

    return tools.start.kept.each(("told", memory.lang), made_from, make)


def _editions(tools: _Tools, lang: str, outlines: Outlines, told: Mapping[str, Told]) -> dict[str, StoryEdition]:
    """Each story as the edition of one language has it."""
    made_from = {slug: (tools.marks[slug], told.get(slug)) for slug in tools.briefs}

    def make(slugs: Sequence[str]) -> Iterable[StoryEdition]:
        return [story_edition(tools.briefs[slug], partial(tools.written, slug), outlines[slug].shape, told.get(slug))
                for slug in slugs]  # fmt: skip

    return tools.start.kept.each(("edition", lang), made_from, make)


def _counted(told: Mapping[str, Told], silent: int, wanted: Wanted, made: Made) -> Translated:
    """What is told of the sentences, and of those `silent` ones of which nothing is."""
    renderings = [one for each in told.values() for one in each.renderings]
    states = Counter(map(attrgetter("state"), renderings))
    states["pending"] += silent
    fresh = {(edit.slug, sentence_key(edit.source)) for edit in made.edits if edit.text}
    new = sum(
        found.state in ("approved", "machine") and (slug, segment.key) in fresh
        for slug in {slug for slug, _ in fresh}
        for segment, found in zip(wanted[slug].segments, told[slug].renderings, strict=True)
    )
    return Translated(
        remembered=states["approved"] + states["machine"] - new, translated=len(fresh), pending=states["pending"],
        refused=sum(found.state == "pending" for found in renderings if found.findings),
        withheld=states["withheld"], stale=states["stale"], drafts=states["draft"],
    )  # fmt: skip
