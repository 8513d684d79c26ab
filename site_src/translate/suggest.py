"""Near matches: translations of sentences that are almost this one, offered with the difference but never used."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct

from site_src.tables import table
from site_src.text.fold import words
from site_src.translate.memory import Memory
from site_src.translate.po import Entry, sentence_key

_MOST = 3
"""How many suggestions are offered for a sentence."""
Change = tuple[Literal["same", "gone", "new"], str]
"""Words in both sentences ("same"), only in the remembered one ("gone"), or only in the new one ("new")."""


class Suggestion(Struct, frozen=True):
    """A remembered pair for a sentence that is like it."""

    entry: Entry
    share: float
    """The share of words in common, in order, from 0 to 1."""
    difference: tuple[Change, ...]
    """From the remembered sentence to the new one."""


def suggestions(memory: Memory, source: str) -> tuple[Suggestion, ...]:
    """The nearest pairs of which a person wrote or approved the translation, the nearest first."""
    source_words, least = words(source), table("memory")["suggestion"]
    near = []
    for key, entries in memory.anywhere.items():
        entry = next((entry for entry in entries if entry.state in ("approved", "draft")), None)
        if entry and key != sentence_key(source):
            matcher = SequenceMatcher(None, words(entry.source), source_words, autojunk=False)
            if matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least and matcher.ratio() >= least:
                near.append(Suggestion(entry, matcher.ratio(), difference(entry.source, source)))
    near.sort(key=lambda suggestion: (-suggestion.share, suggestion.entry.slug, suggestion.entry.line))
    return tuple(near[:_MOST])


def difference(before: str, after: str) -> tuple[Change, ...]:
    """The changes from one sentence to the other, in words as written."""
    old, new = before.split(), after.split()
    changes: list[Change] = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            changes.append(("same", " ".join(old[start:end])))
            continue
        changes += [("gone", " ".join(old[start:end]))] if end > start else []
        changes += [("new", " ".join(new[new_start:new_end]))] if new_end > new_start else []
    return tuple(changes)
