"""Brings a story's file in line with its article: what is new, what has gone, what has changed by a few words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from site_src.tables import table
from site_src.text.fold import words
from site_src.translate.memory import Memory
from site_src.translate.po import Entry
from site_src.translate.po.edit import Edit
from site_src.translate.segments import Segment

Notes = tuple[tuple[str, str], ...]


def settle(memory: Memory, wanted: Sequence[Segment], *, blank: bool = True) -> tuple[Edit, ...]:
    """The edits after which every segment of a story has an entry in its file, or an approved one elsewhere.

    A file that cannot be read is not edited. A sentence that left the article becomes obsolete and keeps what was
    said of it; if it comes back, so does its translation. Without `blank` nothing is edited for a sentence of which
    nobody has said anything: what may be shown is the same.
    """
    if not wanted or not memory.writable(slug := wanted[0].slug):
        return ()
    own, keys = memory.story(slug), {segment.key for segment in wanted}
    if not (own or blank) and not memory.serves(slug, keys):
        return ()
    gone = [entry for key, entry in own.items() if key not in keys and not entry.obsolete]
    left, edits, after = list(gone), list[Edit](), ""
    for segment in wanted:
        entry = own.get(segment.key)
        if entry is None:
            edit = _newcomer(memory, segment, left, after, blank)
            edits += [edit] if edit else []
        elif entry.obsolete:
            edits.append(edit_of(entry, segment.lang, obsolete=False))
        after = entry.source if entry else edits[-1].source if edits else after
    return (*edits, *(edit_of(entry, wanted[0].lang, obsolete=True) for entry in gone))


def _newcomer(memory: Memory, segment: Segment, gone: list[Entry], after: str, blank: bool) -> Edit | None:
    """The entry for a sentence that the story's file does not know; None where another story's approval serves it."""
    known = memory.lookup(segment.slug, segment.source)
    if known and known.state == "approved":
        return None
    if known and known.state == "machine":
        return _new(segment, after, known.text, known.notes)
    old = nearest(segment.source, [entry for entry in gone if entry.text.strip()], table("memory")["same_sentence"])
    if old is None:
        return _new(segment, after) if blank else None
    gone.remove(old)
    edit = _new(segment, after, old.text, old.notes if old.untouched else ())
    return replace(edit, previous=old.previous or old.source)


def _new(segment: Segment, after: str, text: str = "", notes: Notes = ()) -> Edit:
    """An entry of these words, not approved, with what is noted of them but where they stood."""
    said = (("place", segment.place), *(note for note in notes if note[0] != "place"))
    return Edit(segment.slug, segment.lang, segment.source, text, fuzzy=bool(text), notes=said, after=after,
                source_lang=segment.source_lang)  # fmt: skip


def nearest(source: str, entries: Iterable[Entry], least: float) -> Entry | None:
    """The entry whose source is most like the sentence, word by word; None where none reaches `least`."""
    from difflib import SequenceMatcher

    entries = tuple(entries)
    ours = words(source) if entries else []
    scored = [(SequenceMatcher(None, ours, words(entry.source), autojunk=False).ratio(), entry) for entry in entries]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= least else None


def edit_of(entry: Entry, lang: str, **changes: object) -> Edit:
    """The edit that leaves an entry as it is, but for the changes."""
    same = Edit(entry.slug, lang, entry.source, entry.text, entry.fuzzy, entry.obsolete, entry.previous,
                entry.notes, was=entry.text, was_fuzzy=entry.fuzzy)  # fmt: skip
    return replace(same, **changes)
