"""Brings a story's file in line with its article: what is new, what has gone, what has changed by a few words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import groupby

from site_src.tables import table
from site_src.text.fold import words
from site_src.translate.edit import Edit
from site_src.translate.memory import Memory
from site_src.translate.po import Entry
from site_src.translate.segments import Segment


def settle(memory: Memory, wanted: Iterable[Segment]) -> tuple[Edit, ...]:
    """The edits after which every segment has an entry in its story's file, or an approved one elsewhere.

    A file that cannot be read is not edited. A sentence that left the article becomes obsolete and keeps what was
    said of it; if it comes back, so does its translation.
    """
    stories = [(slug, tuple(group)) for slug, group in groupby(wanted, lambda segment: segment.slug)]
    return tuple(
        edit for slug, group in stories if memory.writable(slug) for edit in _settle_story(memory, slug, group)
    )


def _settle_story(memory: Memory, slug: str, wanted: tuple[Segment, ...]) -> list[Edit]:
    own, keys = memory.story(slug), {segment.key for segment in wanted}
    gone = [entry for key, entry in own.items() if key not in keys and not entry.obsolete]
    left, edits, after = list(gone), [], ""
    for segment in wanted:
        entry = own.get(segment.key)
        if entry is None:
            edit = _newcomer(memory, segment, left, after)
            edits += [edit] if edit else []
        elif entry.obsolete:
            edits.append(edit_of(entry, segment.lang, obsolete=False))
        after = entry.source if entry else edits[-1].source if edits else after
    return edits + [edit_of(entry, wanted[0].lang, obsolete=True) for entry in gone]


def _newcomer(memory: Memory, segment: Segment, gone: list[Entry], after: str) -> Edit | None:
    """The entry for a sentence that the story's file does not know; None where another story's approval serves it."""
    edit = Edit(segment.slug, segment.lang, segment.source, after=after, source_lang=segment.source_lang,
                notes=(("place", segment.place),))  # fmt: skip
    known = memory.lookup(segment.slug, segment.source)
    if known and known.state == "approved":
        return None
    if known and known.state == "machine":
        notes = (("place", segment.place), *(note for note in known.notes if note[0] != "place"))
        return replace(edit, text=known.text, fuzzy=True, notes=notes)
    old = nearest(segment.source, [entry for entry in gone if entry.text.strip()], table("memory")["same_sentence"])
    if old is None:
        return edit
    gone.remove(old)
    machine = tuple(note for note in old.notes if note[0] != "place") if old.untouched else ()
    return replace(edit, text=old.text, fuzzy=True, previous=old.previous or old.source, notes=edit.notes + machine)


def nearest(source: str, entries: Iterable[Entry], least: float) -> Entry | None:
    """The entry whose source is most like the sentence, word by word; None where none reaches `least`."""
    entries = tuple(entries)
    ours = words(source) if entries else []
    scored = [(SequenceMatcher(None, ours, words(entry.source), autojunk=False).ratio(), entry) for entry in entries]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= least else None


def edit_of(entry: Entry, lang: str, **changes: object) -> Edit:
    """The edit that leaves an entry as it is, but for the changes."""
    same = Edit(entry.slug, lang, entry.source, entry.text, entry.fuzzy, entry.obsolete, entry.previous,
                entry.notes, was=entry.text, was_fuzzy=entry.fuzzy)  # fmt: skip
    return replace(same, **changes)  # type: ignore[arg-type]
