"""Near matches: what somebody once translated that is almost this sentence, offered with its difference, never used."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct

from site_src.tables import table
from site_src.text.fold import words
from site_src.translate.memory import Memory
from site_src.translate.po import Entry, sentence_key

_MOST = 3
"""Suggestions that are shown of a sentence."""
Change = tuple[Literal["same", "gone", "new"], str]
"""Words that both sentences have, that only the remembered one has, that only the new one has."""


class Suggestion(Struct, frozen=True):
    """A remembered pair for a sentence that is like it."""

    entry: Entry
    share: float
    """How alike they are: share of words in common, in order, 0 to 1."""
    difference: tuple[Change, ...]
    """From the remembered sentence to the new one."""


def suggestions(memory: Memory, source: str) -> tuple[Suggestion, ...]:
    """The nearest pairs of which a person wrote or approved the translation, the nearest first."""
    ours, least = words(source), table("memory")["suggestion"]
    found = []
    for key, entries in memory.anywhere.items():
        entry = next((entry for entry in entries if entry.state in ("approved", "draft")), None)
        if entry and key != sentence_key(source):
            matcher = SequenceMatcher(None, words(entry.source), ours, autojunk=False)
            if matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least and matcher.ratio() >= least:
                found.append(Suggestion(entry, matcher.ratio(), difference(entry.source, source)))
    return tuple(sorted(found, key=lambda one: (-one.share, one.entry.slug, one.entry.line))[:_MOST])


def difference(before: str, after: str) -> tuple[Change, ...]:
    """What changed from one sentence to the other, in words as they are written."""
    old, new = before.split(), after.split()
    changes: list[Change] = []
    for kind, start, end, to_start, to_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            changes.append(("same", " ".join(old[start:end])))
            continue
        changes += [("gone", " ".join(old[start:end]))] if end > start else []
        changes += [("new", " ".join(new[to_start:to_end]))] if to_end > to_start else []
    return tuple(changes)
