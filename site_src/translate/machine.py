"""Fills the translation memory by machine: all new sentences in one call of the engine, saved part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from time import perf_counter

from msgspec import Struct
from msgspec.structs import replace

from site_src.model.edition import Finding
from site_src.translate.engines import EngineError, Output, Translator
from site_src.translate.memory import Memory
from site_src.translate.po import Entry, sha
from site_src.translate.po.edit import Edit
from site_src.translate.segments import Segment
from site_src.translate.settle import edit_of

Check = Callable[[str, str, str, str], tuple[Finding, ...]]
"""(source, target, source language, target language) -> findings."""
Correct = Callable[[str, str, str], tuple[str, tuple[str, ...]]]
"""(source, target, target language) -> the target with its names corrected, and what was changed."""
Waiting = tuple[Segment, Entry]
"""A segment to translate, and its entry in the memory."""
Keep = Callable[[tuple[Edit, ...]], object]
"""Saves the edits that are done, while the engine goes on."""


class Progress(Struct, frozen=True):
    """How far the engine is."""

    done: int
    total: int
    per_second: float


class MachineEdits(Struct, frozen=True):
    """The edits that put what an engine has translated into the memory."""

    edits: tuple[Edit, ...] = ()
    notes: tuple[str, ...] = ()
    """Why a language pair could not be translated."""


def translatable(memory: Memory, segments: Iterable[Segment], redo: bool = False) -> tuple[Waiting, ...]:
    """The segments that a machine may translate, with their entries: none that a person has written words for."""
    pairs = ((segment, memory.lookup(segment.slug, segment.source)) for segment in segments)
    return tuple((segment, entry) for segment, entry in pairs if entry and _may_translate(entry, segment.slug, redo))


def _may_translate(entry: Entry, slug: str, redo: bool) -> bool:
    """Whether a machine may translate the entry of this story; `redo` allows it to replace what a machine wrote."""
    if entry.slug != slug:
        return False
    is_stale_machine_text = entry.state == "stale" and entry.untouched
    return entry.state == "pending" or is_stale_machine_text or (redo and entry.state == "machine")


class Machine(Struct, frozen=True):
    """An engine and what it needs to fill a memory."""

    engine: Translator
    check: Check
    correct: Correct
    keep: Keep | None = None
    progress: Callable[[Progress], None] | None = None
    redo: bool = False
    """Whether it replaces what a machine wrote, and tries again the sentences that it could not translate."""


def translate_segments(waiting: Sequence[Waiting], machine: Machine) -> MachineEdits:
    """Translate the waiting segments of any language pairs; each distinct sentence is translated once."""
    edits: list[Edit] = []
    notes: list[str] = []
    for pair, group in groupby(sorted(waiting, key=_language_pair), _language_pair):
        try:
            name = machine.engine.describe(*pair)
            to_translate = [
                (segment, entry) for segment, entry in group if machine.redo or not _has_failed(entry, name)
            ]
            edits += _translate_pair(to_translate, name, machine)
        except EngineError as error:
            notes.append(f"{' to '.join(pair)} could not be translated: {error}")
    return MachineEdits(tuple(edits), tuple(notes))


def _language_pair(waiting: Waiting) -> tuple[str, str]:
    segment, _ = waiting
    return segment.source_lang, segment.lang


def _has_failed(entry: Entry, engine_name: str) -> bool:
    """Whether this very engine has failed to translate the sentence before."""
    return entry.note("engine") == engine_name and refused(entry)


def refused(entry: Entry) -> bool:
    """Whether an engine could not translate the sentence, so that it waits for a person."""
    return entry.state == "pending" and bool(engines_findings(entry))


def _translate_pair(waiting: Sequence[Waiting], engine_name: str, machine: Machine) -> list[Edit]:
    """Translate the segments of one language pair, and save and report each part when the engine has done it."""
    by_sentence: dict[str, list[Waiting]] = {}
    for segment, entry in waiting:
        by_sentence.setdefault(segment.key, []).append((segment, entry))
    groups = list(by_sentence.values())
    if not groups:
        return []
    all_edits: list[Edit] = []
    done, started = 0, perf_counter()
    sources = [segment.source for (segment, _), *_ in groups]
    for part in machine.engine.translate(sources, *_language_pair(waiting[0])):
        edits = tuple(
            _edit(segment, entry, output, engine_name, machine)
            for index, output in part
            for segment, entry in groups[index]
        )
        all_edits += edits
        done += len(part)
        if machine.keep:
            machine.keep(edits)
        if machine.progress:
            machine.progress(Progress(done, len(groups), done / max(perf_counter() - started, 1e-9)))
    return all_edits


def _edit(segment: Segment, entry: Entry, output: Output, engine_name: str, machine: Machine) -> Edit:
    """The edit that puts an engine's output, with its findings, into the entry."""
    edit = edit_of(entry, segment.lang, source_lang=segment.source_lang, previous="")
    place, engine = ("place", entry.note("place") or segment.place), ("engine", engine_name)
    if not output.text.strip():
        finding = Finding("engine", "error", output.why or "the engine answered nothing")
        return replace(edit, text="", fuzzy=False, notes=(place, engine, ("finding", finding_line(finding))))
    text, corrections = machine.correct(segment.source, " ".join(output.text.split()), segment.lang)
    score = (("score", f"{output.score:.3f}"),) if output.score is not None else ()
    engine_findings = (Finding("engine", "error", output.why),) if output.why else ()
    findings = (*engine_findings, *machine.check(segment.source, text, segment.source_lang, segment.lang))
    corrected = tuple(("corrected", correction) for correction in corrections)
    notes = (place, engine, *score, *corrected, *finding_notes(findings), ("machine-sha", sha(text)))
    return replace(edit, text=text, fuzzy=True, notes=notes)


def notes_now(entry: Entry, findings: Iterable[Finding]) -> tuple[tuple[str, str], ...]:
    """The build's notes above an entry that are still true, with the present findings if a machine wrote the text.

    Above words that a person wrote or changed, only the place is noted: engine, score and hash are not about these
    words, and the findings in them are shown on the page and at the desk.
    """
    if entry.text.strip() and not entry.untouched:
        return tuple((key, value) for key, value in entry.notes if key == "place")
    if entry.state != "machine":
        return entry.notes
    return (*((key, value) for key, value in entry.notes if key != "finding"), *finding_notes(findings))


def finding_notes(findings: Iterable[Finding]) -> tuple[tuple[str, str], ...]:
    """The notes that show the findings to an editor of the PO file."""
    return tuple(("finding", finding_line(finding)) for finding in findings)


def finding_line(finding: Finding) -> str:
    """A finding on one line: severity, check, what."""
    return f"{finding.severity} {finding.check}: {' '.join(finding.what.split())}"


def engines_findings(entry: Entry) -> tuple[Finding, ...]:
    """The findings that come from the engine itself, which no check can find again."""
    findings = (read_finding(value) for key, value in entry.notes if key == "finding")
    return tuple(finding for finding in findings if finding.check == "engine")


def read_finding(line: str) -> Finding:
    """The finding in a line made by `finding_line`; it has no span."""
    head, _, what = line.partition(": ")
    severity, _, check = head.partition(" ")
    return Finding(check, "warning" if severity == "warning" else "error", what)
