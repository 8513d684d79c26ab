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
from site_src.translate.machine import Check, Keep, Machine, MachineEdits, Progress, translatable, translate_segments
from site_src.translate.memory import Memory
from site_src.translate.outline import Outlines, outline, serving
from site_src.translate.po import sentence_key
from site_src.translate.po.edit import Edit
from site_src.translate.policy import Policy
from site_src.translate.renderings import StoryRenderings, StorySegments, render_segments, story_edition
from site_src.translate.segments import Need, needs, texts
from site_src.translate.settle import settle

if TYPE_CHECKING:
    from site_src.text.names import NameBook

CheckPair = Callable[[str, str, "NameBook", str, str], tuple[Finding, ...]]
Needs = Mapping[str, Need]
"""What each story needs, by slug."""


class Translated(Struct, frozen=True):
    """The editions, what the memory must be told, and what to report.

    A sentence that two stories share counts in each; one that a machine made in this run and a check withheld counts
    both as translated and as withheld.
    """

    editions: tuple[Edition, ...] = ()
    edits: tuple[Edit, ...] = ()
    """Of a frozen build, which saves none, only those that say something of a sentence."""
    sources: tuple[tuple[Memory, Needs, tuple[Edit, ...]], ...] = ()
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
        return tuple(self._settle(memory.edited(edits), story_needs) for memory, story_needs, edits in self.sources)

    def _settle(self, memory: Memory, story_needs: Needs) -> Memory:
        return memory.edited(_settling_edits(memory, story_needs, self.outlines[memory.lang]))


_COUNTS = ("remembered", "translated", "pending", "refused", "withheld", "stale", "drafts")


class EarlierEditions(HeadStart, frozen=True):
    """What spares making editions work."""

    outlines: Mapping[str, Outlines] = {}
    """Those that came of earlier editions, by language."""


NOTHING_EARLIER = EarlierEditions()


class _Tools(Struct, frozen=True):
    """All that one edition is made with."""

    briefs: Mapping[str, Brief]
    """By slug."""
    texts: Callable[[str], tuple[str, ...]]
    """The texts of a story, by its slug."""
    marks: Mapping[str, bytes]
    policy: Policy
    names: NameBook
    check: Check
    machine: Machine | None
    frozen: bool
    start: EarlierEditions


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
    start: EarlierEditions = NOTHING_EARLIER,
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
    texts_of = cache(lambda slug: texts(by_slug[slug]))
    policy = settings.translation.publish
    marks = start.made_from or {slug: mark_of(marked(brief)) for slug, brief in by_slug.items()}
    tools = _Tools(by_slug, texts_of, marks, policy, names, judge, machine, frozen, start)
    by_lang = {memory.lang: memory for memory in memories}
    return _combine([_make_edition(tools, by_lang.get(lang, Memory(lang, {}))) for lang in settings.site.languages])


def _combine(parts: Sequence[Translated]) -> Translated:
    """The editions of all languages as one result."""
    return Translated(
        tuple(edition for part in parts for edition in part.editions),
        tuple(edit for part in parts for edit in part.edits),
        tuple(source for part in parts for source in part.sources),
        {lang: outlines for part in parts for lang, outlines in part.outlines.items()},
        waiting={lang: pending for part in parts for lang, pending in part.waiting.items()},
        **{name: sum(getattr(part, name) for part in parts) for name in _COUNTS},
        notes=tuple(note for part in parts for note in part.notes),
        problems=tuple(problem for part in parts for problem in part.problems),
    )


def _make_edition(tools: _Tools, memory: Memory) -> Translated:
    """The edition of the memory's language."""
    lang, problems = memory.lang, memory.problems
    story_needs = needs(tools.briefs, lang, tools.start.kept)
    outlines = _outlines(tools, memory, story_needs, tools.start.outlines.get(lang, {}))
    settling: tuple[Edit, ...] = ()
    if memory.files or not tools.frozen:
        settling = _settling_edits(memory, story_needs, outlines, blank=not tools.frozen)
    memory = memory.edited(settling)
    machine = _machine_edits(tools, memory, story_needs, settling)
    memory = memory.edited(machine.edits)
    if settling or machine.edits:
        outlines = _outlines(tools, memory, story_needs, outlines)
    renderings = _renderings(tools, memory, story_needs, outlines) if memory.files else {}
    rechecks = tuple(edit for story in renderings.values() for edit in story.edits)
    edition = Edition(lang, tuple(_story_editions(tools, lang, outlines, renderings).values()))
    untranslated = sum(
        [max(outline.shape, default=-1) + 1 for slug, outline in outlines.items() if slug not in renderings]
    )
    counts = _count_states(renderings, untranslated, story_needs, machine)
    return replace(
        counts, editions=(edition,), waiting={lang: counts.pending}, edits=(*settling, *machine.edits, *rechecks),
        sources=((memory, story_needs, rechecks),), outlines={lang: outlines}, notes=machine.notes, problems=problems,
    )  # fmt: skip


def _outlines(tools: _Tools, memory: Memory, story_needs: Needs, before: Outlines) -> Outlines:
    """The outline of each story: that of `before` where its brief and its file are the same."""
    files = {slug: line.made_from for slug, line in memory.sharing.lines.items()}
    return {
        slug: old if (old := before.get(slug)) and old[:2] == (mark, files.get(slug, b""))
        else outline(tools.briefs[slug], mark, story_needs[slug], memory)
        for slug, mark in tools.marks.items() if slug in tools.briefs
    }  # fmt: skip


def _settling_edits(memory: Memory, story_needs: Needs, outlines: Outlines, *, blank: bool = True) -> tuple[Edit, ...]:
    """The edits that bring the files in line with the stories; `blank` as in `settle`."""
    changed = [slug for slug, outline in outlines.items() if not outline.in_line]
    slugs = [slug for slug in changed if blank or outlines[slug].file or any(serving(slug, outlines[slug], memory))]
    return tuple(edit for slug in slugs for edit in settle(memory, story_needs[slug].segments, blank=blank))


def _machine_edits(tools: _Tools, memory: Memory, story_needs: Needs, settling: tuple[Edit, ...]) -> MachineEdits:
    """What the engine makes of all that nobody has translated; the `settling` edits are saved before it begins."""
    if not tools.machine:
        return MachineEdits()
    segments = (segment for need in story_needs.values() for segment in need.segments)
    waiting = translatable(memory, segments, tools.machine.redo)
    if not waiting:
        return MachineEdits()
    if tools.machine.keep:
        tools.machine.keep(settling)
    return translate_segments(waiting, tools.machine)


def _renderings(tools: _Tools, memory: Memory, story_needs: Needs, outlines: Outlines) -> dict[str, StoryRenderings]:
    """The renderings of the stories of which the memory says something, by slug."""
    serving_files = {slug: serving(slug, outline, memory) for slug, outline in outlines.items() if outline.shape}
    made_from = {slug: (outlines[slug][:2], files, tools.policy, tools.names)
                 for slug, files in serving_files.items() if outlines[slug].file or any(files)}  # fmt: skip

    def make(slugs: Sequence[str]) -> Iterable[StoryRenderings]:
        def render(place: int) -> StoryRenderings:
            segments, keys = story_needs[slug := slugs[place]]
            entries = memory.lookup_all(slug, keys)
            return render_segments(StorySegments(slug, memory.lang, tools.policy, segments, entries), tools.check)

        keys = [pack((memory.lang, *made_from[slug][:-1])) for slug in slugs]
        return tools.start.remembered("renderings", keys, StoryRenderings, render)

    return tools.start.kept.each(("renderings", memory.lang), made_from, make)


def _story_editions(
    tools: _Tools, lang: str, outlines: Outlines, renderings: Mapping[str, StoryRenderings]
) -> dict[str, StoryEdition]:
    """Each story as the edition of one language has it."""
    made_from = {slug: (tools.marks[slug], renderings.get(slug)) for slug in tools.briefs}

    def make(slugs: Sequence[str]) -> Iterable[StoryEdition]:
        return [
            story_edition(tools.briefs[slug], partial(tools.texts, slug), outlines[slug].shape, renderings.get(slug))
            for slug in slugs
        ]

    return tools.start.kept.each(("edition", lang), made_from, make)


def _count_states(
    renderings: Mapping[str, StoryRenderings], untranslated: int, story_needs: Needs, machine: MachineEdits
) -> Translated:
    """The counts of the sentences by state, with those `untranslated` ones of stories without any rendering."""
    all_renderings = [rendering for story in renderings.values() for rendering in story.renderings]
    states = Counter(map(attrgetter("state"), all_renderings))
    states["pending"] += untranslated
    by_machine = {(edit.slug, sentence_key(edit.source)) for edit in machine.edits if edit.text}
    published_now = sum(
        rendering.state in ("approved", "machine") and (slug, segment.key) in by_machine
        for slug in {slug for slug, _ in by_machine}
        for segment, rendering in zip(story_needs[slug].segments, renderings[slug].renderings, strict=True)
    )
    return Translated(
        remembered=states["approved"] + states["machine"] - published_now,
        translated=len(by_machine),
        pending=states["pending"],
        refused=sum(rendering.state == "pending" for rendering in all_renderings if rendering.findings),
        withheld=states["withheld"],
        stale=states["stale"],
        drafts=states["draft"],
    )
