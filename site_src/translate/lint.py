"""Contradictions in the translation memory that only an editor can resolve."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from site_src.model.report import Problem
from site_src.translate.memory import Memory
from site_src.translate.po import Entry, sentence_key


def lint(memory: Memory) -> tuple[Problem, ...]:
    """All problems of the memory: those of its files, contradictions between stories, then those of single entries."""
    entries = [entry for file in memory.files.values() for entry in file.entries if not entry.obsolete]
    faults = [fault for entry in sorted(entries, key=_by_file_and_line) for fault in _faults(memory, entry)]
    return (*memory.problems, *_contradictions(memory), *faults)


_by_file_and_line = attrgetter("slug", "line")


def _contradictions(memory: Memory) -> Iterator[Problem]:
    """Sentences that two stories approve in different words; one problem for each of the stories."""
    for entries in memory.anywhere.values():
        approved = sorted(
            (entry for entry in entries if entry.state == "approved" and not entry.obsolete), key=_by_file_and_line
        )
        if len({entry.text for entry in approved}) < 2:
            continue
        for entry in approved:
            others = "; ".join(f"{other.slug} has “{other.text}”" for other in approved if other.text != entry.text)
            what = f"approves “{entry.text}” where {others}; each story shows its own"
            yield _problem(memory, entry, "memory-rivals", what, "Make them equal if one is better.")


def _faults(memory: Memory, entry: Entry) -> Iterator[Problem]:
    approver, reason = entry.statement("approved"), entry.statement("withheld")
    if approver is not None and entry.state in ("draft", "machine", "stale"):
        what = f"says “approved: {approver}” and is marked fuzzy, which means not approved"
        yield _problem(memory, entry, "memory-fuzzy", what, "Remove the flag “fuzzy” or the comment.")
    if reason == "":
        what = "is withheld without a reason"
        yield _problem(memory, entry, "memory-no-reason", what, "Write it behind “withheld:”; readers are told it.")
    if entry.state == "approved" and sentence_key(entry.text) == sentence_key(entry.source):
        yield _problem(memory, entry, "memory-copied", "approves the source text itself", "Translate it.")
    if entry.state == "approved" and entry.text != entry.text.strip():
        yield _problem(memory, entry, "memory-spaces", "begins or ends with white space", "Delete it.")


def _problem(memory: Memory, entry: Entry, code: str, what: str, todo: str) -> Problem:
    return Problem(f"{entry.slug}.{memory.lang}.po", code, what, todo, entry.line or None, "warning")
