"""Updates the PO file of a story after its article has changed: sentences added, removed or slightly changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter

from msgspec.structs import replace

from site_src.tables import table
from site_src.text.fold import words
from site_src.translate.memory import Memory
from site_src.translate.po import Entry
from site_src.translate.po.edit import Edit
from site_src.translate.segments import Segment

Notes = tuple[tuple[str, str], ...]


def settle(memory: Memory, segments: Sequence[Segment], *, blank: bool = True) -> tuple[Edit, ...]:
    """The edits after which every segment of a story has an entry in its file, or an approved one in another file.

    A file that cannot be read is not edited. A sentence that left the article becomes obsolete and keeps its
    translation, which is used again if the sentence comes back. Without `blank`, no empty entry is made for a sentence
    without any translation: what may be shown is the same.
    """
    if not segments or not memory.writable(slug := segments[0].slug):
        return ()
    entries, keys = memory.story(slug), {segment.key for segment in segments}
    if not (entries or blank) and not memory.serves(slug, keys):
        return ()
    removed = [entry for key, entry in entries.items() if key not in keys and not entry.obsolete]
    reusable, edits, previous_source = list(removed), list[Edit](), ""
    for segment in segments:
        entry = entries.get(segment.key)
        if entry is None:
            edit = _new_entry(memory, segment, reusable, previous_source, blank=blank)
            edits += [edit] if edit else []
        elif entry.obsolete:
            edits.append(edit_of(entry, segment.lang, obsolete=False))
        previous_source = entry.source if entry else edits[-1].source if edits else previous_source
    return (*edits, *(edit_of(entry, segments[0].lang, obsolete=True) for entry in removed))


def _new_entry(memory: Memory, segment: Segment, reusable: list[Entry], after: str, *, blank: bool) -> Edit | None:
    """The edit for a sentence that the story's file does not have; None where an approved one of another story serves.

    `reusable` are entries of sentences that left the article: the translation of a similar one is taken, and the entry
    is removed from the list.
    """
    shared = memory.lookup(segment.slug, segment.source)
    if shared and shared.state == "approved":
        return None
    if shared and shared.state == "machine":
        return _edit(segment, after, shared.text, shared.notes)
    translated = [entry for entry in reusable if entry.text.strip()]
    similar = nearest(segment.source, translated, table("memory")["same_sentence"])
    if similar is None:
        return _edit(segment, after) if blank else None
    reusable.remove(similar)
    edit = _edit(segment, after, similar.text, similar.notes if similar.untouched else ())
    return replace(edit, previous=similar.previous or similar.source)


def _edit(segment: Segment, after: str, text: str = "", notes: Notes = ()) -> Edit:
    """An entry with this text, not approved, and with these notes except for the place, which is the segment's."""
    all_notes = (("place", segment.place), *((key, value) for key, value in notes if key != "place"))
    return Edit(segment.slug, segment.lang, segment.source, text, fuzzy=bool(text), notes=all_notes, after=after,
                source_lang=segment.source_lang)  # fmt: skip


def nearest(source: str, entries: Iterable[Entry], least: float) -> Entry | None:
    """The entry whose source is most like the sentence, word by word; None where none is alike by `least` (0 to 1)."""
    from difflib import SequenceMatcher

    entries = tuple(entries)
    source_words = words(source) if entries else []
    scored = [
        (SequenceMatcher(None, source_words, words(entry.source), autojunk=False).ratio(), entry) for entry in entries
    ]
    score, entry = max(scored, key=itemgetter(0), default=(0.0, None))
    return entry if score >= least else None


def edit_of(entry: Entry, lang: str, **changes: object) -> Edit:
    """The edit that leaves an entry as it is, except for the changes."""
    unchanged = Edit(entry.slug, lang, entry.source, entry.text, entry.fuzzy, entry.obsolete, entry.previous,
                     entry.notes, was=entry.text, was_fuzzy=entry.fuzzy)  # fmt: skip
    return replace(unchanged, **changes)
