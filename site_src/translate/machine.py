"""Fills the memory by machine: every unseen sentence of every story in one call of the engine, kept as it is done."""

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
"""(source, target, target language) -> the target with its names put right, and what was changed."""
Waiting = tuple[Segment, Entry]
Keep = Callable[[tuple[Edit, ...]], object]
"""Saves what is done, while the engine goes on."""


class Progress(Struct, frozen=True):
    """How far the engine is."""

    done: int
    total: int
    per_second: float


class Made(Struct, frozen=True):
    """What the engine did."""

    edits: tuple[Edit, ...] = ()
    notes: tuple[str, ...] = ()
    """Why a language pair could not be translated."""


def unseen(memory: Memory, wanted: Iterable[Segment], redo: bool = False) -> tuple[Waiting, ...]:
    """The segments that a machine may translate: no person's word is touched, not even an unapproved one."""
    placed = ((segment, memory.lookup(segment.slug, segment.source)) for segment in wanted)
    return tuple((segment, entry) for segment, entry in placed if entry and _open(entry, segment.slug, redo))


def _open(entry: Entry, slug: str, redo: bool) -> bool:
    if entry.slug != slug:
        return False
    stale = entry.state == "stale" and entry.untouched
    return entry.state == "pending" or stale or (redo and entry.state == "machine")


class Machine(Struct, frozen=True):
    """An engine and what it needs to fill a memory."""

    engine: Translator
    check: Check
    correct: Correct
    keep: Keep | None = None
    progress: Callable[[Progress], None] | None = None
    redo: bool = False
    """Whether it replaces what a machine wrote, and tries again what it could not translate."""


def translate_unseen(waiting: Sequence[Waiting], machine: Machine) -> Made:
    """Translate the waiting segments of any language pairs; each distinct sentence is translated once."""
    done: list[Edit] = []
    notes: list[str] = []
    for pair, group in groupby(sorted(waiting, key=_pair), _pair):
        try:
            name = machine.engine.describe(*pair)
            done += _translate_pair([one for one in group if machine.redo or not _refused(one[1], name)], name, machine)
        except EngineError as error:
            notes.append(f"{pair[0]} to {pair[1]} could not be translated: {error}")
    return Made(tuple(done), tuple(notes))


def _pair(waiting: Waiting) -> tuple[str, str]:
    return waiting[0].source_lang, waiting[0].lang


def _refused(entry: Entry, name: str) -> bool:
    """Whether this very engine could not translate the sentence before."""
    return entry.note("engine") == name and refused(entry)


def refused(entry: Entry) -> bool:
    """Whether an engine could make nothing of the sentence, so that it waits for a person."""
    return entry.state == "pending" and bool(engines_findings(entry))


def _translate_pair(waiting: Sequence[Waiting], name: str, machine: Machine) -> list[Edit]:
    sharing: dict[str, list[Waiting]] = {}
    for segment, entry in waiting:
        sharing.setdefault(segment.key, []).append((segment, entry))
    groups, done, count, began = list(sharing.values()), list[Edit](), 0, perf_counter()
    if not groups:
        return done
    sources = [group[0][0].source for group in groups]
    for part in machine.engine.translate(sources, *_pair(waiting[0])):
        edits = tuple(_edit(*one, output, name, machine) for place, output in part for one in groups[place])
        done += edits
        count += len(part)
        if machine.keep:
            machine.keep(edits)
        if machine.progress:
            machine.progress(Progress(count, len(groups), count / max(perf_counter() - began, 1e-9)))
    return done


def _edit(segment: Segment, entry: Entry, output: Output, name: str, machine: Machine) -> Edit:
    edit = edit_of(entry, segment.lang, source_lang=segment.source_lang, previous="")
    place = ("place", entry.note("place") or segment.place)
    if not output.text.strip():
        finding = Finding("engine", "error", output.why or "the engine answered nothing")
        return replace(edit, text="", fuzzy=False, notes=(place, ("engine", name), ("finding", finding_line(finding))))
    text, corrections = machine.correct(segment.source, " ".join(output.text.split()), segment.lang)
    score = (("score", f"{output.score:.3f}"),) if output.score is not None else ()
    cut = (Finding("engine", "error", output.why),) if output.why else ()
    findings = (*cut, *machine.check(segment.source, text, segment.source_lang, segment.lang))
    right = tuple(("corrected", one) for one in corrections)
    notes = (place, ("engine", name), *score, *right, *finding_notes(findings), ("machine-sha", sha(text)))
    return replace(edit, text=text, fuzzy=True, notes=notes)


def notes_now(entry: Entry, findings: Iterable[Finding]) -> tuple[tuple[str, str], ...]:
    """What still holds of the build's lines above an entry: the present findings of what a machine wrote.

    Of words that a person wrote or changed only the place: neither engine nor score nor hash is theirs, and what the
    checks find in them stands on the page and at the desk.
    """
    if entry.text.strip() and not entry.untouched:
        return tuple(note for note in entry.notes if note[0] == "place")
    if entry.state != "machine":
        return entry.notes
    return (*(note for note in entry.notes if note[0] != "finding"), *finding_notes(findings))


def finding_notes(findings: Iterable[Finding]) -> tuple[tuple[str, str], ...]:
    """The lines that tell an editor in the PO file what the checks found."""
    return tuple(("finding", finding_line(finding)) for finding in findings)


def finding_line(finding: Finding) -> str:
    """A finding on one line: severity, check, what."""
    return f"{finding.severity} {finding.check}: {' '.join(finding.what.split())}"


def engines_findings(entry: Entry) -> tuple[Finding, ...]:
    """What the engine itself had to say, which no check can find again."""
    found = (read_finding(value) for key, value in entry.notes if key == "finding")
    return tuple(finding for finding in found if finding.check == "engine")


def read_finding(line: str) -> Finding:
    """The finding of such a line, without its place in the text."""
    head, _, what = line.partition(": ")
    severity, _, check = head.partition(" ")
    return Finding(check, "warning" if severity == "warning" else "error", what)
