"""Contradictions in the memory that no build can settle: what an editor should look at."""

from __future__ import annotations

from collections.abc import Iterator

from site_src.model.report import Problem
from site_src.translate.memory import Memory
from site_src.translate.po import Entry, sentence_key


def lint(memory: Memory) -> tuple[Problem, ...]:
    """Everything that contradicts itself, by file and line: the files' own problems first."""
    entries = [entry for file in memory.files.values() for entry in file.entries if not entry.obsolete]
    faults = [fault for entry in sorted(entries, key=_place) for fault in _faults(memory, entry)]
    return (*memory.problems, *_rivals(memory), *faults)


def _place(entry: Entry) -> tuple[str, int]:
    return entry.slug, entry.line


def _rivals(memory: Memory) -> Iterator[Problem]:
    """Sentences that two stories approve in different words, each story named with its own."""
    for entries in memory.anywhere.values():
        approved = sorted((e for e in entries if e.state == "approved" and not e.obsolete), key=_place)
        if len({entry.text for entry in approved}) < 2:
            continue
        for entry in approved:
            others = [other for other in approved if other.text != entry.text]
            said = "; ".join(f"{other.slug} has “{other.text}”" for other in others)
            what = f"approves “{entry.text}” where {said}; each story shows its own"
            yield _problem(memory, entry, "memory-rivals", what, "Make them equal if one is better.")


def _faults(memory: Memory, entry: Entry) -> Iterator[Problem]:
    by, why = entry.said("approved"), entry.said("withheld")
    if by is not None and entry.state in ("draft", "machine", "stale"):
        what = f"says “approved: {by}” and is marked fuzzy, which means not approved"
        yield _problem(memory, entry, "memory-fuzzy", what, "Remove the flag “fuzzy” or the comment.")
    if why == "":
        what = "is withheld without a reason"
        yield _problem(memory, entry, "memory-no-reason", what, "Write it behind “withheld:”; readers are told it.")
    if entry.state == "approved" and sentence_key(entry.text) == sentence_key(entry.source):
        yield _problem(memory, entry, "memory-copied", "approves the source text itself", "Translate it.")
    if entry.state == "approved" and entry.text != entry.text.strip():
        yield _problem(memory, entry, "memory-spaces", "begins or ends with white space", "Delete it.")


def _problem(memory: Memory, entry: Entry, code: str, what: str, todo: str) -> Problem:
    return Problem(f"{entry.slug}.{memory.lang}.po", code, what, todo, entry.line or None, "warning")
