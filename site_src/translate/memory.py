"""The translation memory: every sentence that anybody has translated, and which translation a story may use.

The files `content/translations/<slug>.<lang>.po` are the whole memory. Two sentences are the same when their texts are
equal after `fold_marks`: a translation of a merely similar sentence is never used silently.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from site_src.errors import unread
from site_src.model.report import Problem
from site_src.parts import mark_of, pack
from site_src.text.memo import Once, OnNeed
from site_src.translate.po import Entry, PoFile, is_obsolete, parse_po, sentence_key
from site_src.translate.po.edit import Edit, with_comments
from site_src.translate.sharing import KINDS, Line, Sharing, hashes, line_of

Place = tuple[str, str]
"""The path of a PO file, and the slug of its story."""
_NO_ENTRIES: Mapping[str, Entry] = {}


class Memory(Struct, frozen=True, dict=True):
    """All PO files of one target language."""

    lang: str
    files: Mapping[str, PoFile]
    """By slug. A file that cannot be read is included, with its problem and without entries."""
    known: Sharing | None = None
    """`sharing`, where it is known without reading the files."""

    @Once
    def sharing(self) -> Sharing:
        """Which files have translations that other stories can use."""
        return self.known or Sharing({slug: _line(file) for slug, file in self.files.items()})

    def story(self, slug: str) -> Mapping[str, Entry]:
        """The entries of the story's own file by folded sentence; a current one goes before an obsolete one."""
        file = self.files.get(slug)
        return file.by_sentence if file else _NO_ENTRIES

    @Once
    def anywhere(self) -> Mapping[str, tuple[Entry, ...]]:
        """The entries of all stories by folded sentence, current ones before obsolete ones, then by story."""
        entries: dict[str, list[Entry]] = {}
        for slug in sorted(self.files):
            for key, entry in self.files[slug].by_sentence.items():
                entries.setdefault(key, []).append(entry)
        return {key: _current_first(same_sentence) for key, same_sentence in entries.items()}

    def lookup(self, slug: str, source: str) -> Entry | None:
        """The entry to use for a sentence of a story; None where no file has the sentence.

        The order is: what a person withheld or approved in this story, what a person approved in another story, any
        other entry of this story's file, what a machine wrote for another story.
        """
        return self.lookup_all(slug, (sentence_key(source),))[0]

    def lookup_all(self, slug: str, keys: Sequence[str]) -> tuple[Entry | None, ...]:
        """The entry to use for each sentence of a story, given by their keys: see `lookup`."""
        if not self.files:
            return (None,) * len(keys)
        own_entries, key_hashes = self.story(slug), hashes(keys)
        slugs_by_kind = (self.sharing.serving(kind, slug, key_hashes) for kind in KINDS)
        other_slugs = zip(*slugs_by_kind, strict=True)
        return tuple(
            [self._choose(key, own_entries.get(key), *slugs) for key, slugs in zip(keys, other_slugs, strict=True)]
        )

    def _choose(self, key: str, own: Entry | None, approved_in: str, machine_in: str) -> Entry | None:
        """The entry to use for a sentence: its own, or that of another story with an approved or a machine's one.

        `approved_in` and `machine_in` are the slugs of these stories or "", found by the hash of the sentence;
        where the other story only has another sentence of that hash, the own entry is used.
        """
        if own and own.state in ("withheld", "approved"):
            return own
        if approved_in:
            return self.story(approved_in).get(key, own)
        if machine_in and (own is None or own.state == "pending"):
            return self.story(machine_in).get(key, own)
        return own

    def serves(self, slug: str, keys: Iterable[str]) -> bool:
        """Whether the file of another story has a translation that this story may use."""
        key_hashes = hashes(keys)
        return any(other_slug for kind in KINDS for other_slug in self.sharing.serving(kind, slug, key_hashes))

    def in_line(self, slug: str, keys: Sequence[str]) -> bool:
        """Whether the story's file has entries for exactly these sentences, none of them obsolete."""
        entries = self.story(slug)
        has_exactly_these = len(entries) == len(keys) and all(map(entries.__contains__, keys))
        return has_exactly_these and not any(map(is_obsolete, entries.values()))

    def edited(self, edits: Iterable[Edit]) -> Memory:
        """The memory after the edits."""
        edits_by_story: dict[str, list[Edit]] = {}
        for edit in edits:
            edits_by_story.setdefault(edit.slug, []).append(edit)
        if not edits_by_story:
            return self
        new_files = {
            slug: _edited(self.files.get(slug, PoFile(slug)), story_edits)
            for slug, story_edits in edits_by_story.items()
        }
        lines = {**self.sharing.lines, **{slug: _line(file) for slug, file in new_files.items()}}
        files = OnNeed([*self.files, *new_files], self.files.__getitem__, new_files)
        return Memory(self.lang, files, Sharing(lines))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of its files."""
        unsound = sorted(slug for slug, line in self.sharing.lines.items() if not line.sound)
        return tuple(problem for slug in unsound for problem in self.files[slug].problems)

    @property
    def unreadable(self) -> frozenset[str]:
        """The slugs of the stories whose files cannot be read."""
        return frozenset(
            [slug for slug, line in self.sharing.lines.items() if not line.sound and not self.writable(slug)]
        )

    def writable(self, slug: str) -> bool:
        """Whether the story's file may be edited; one that cannot be read must not be."""
        file = self.files.get(slug)
        return file is None or not any(problem.severity == "error" for problem in file.problems)


def _line(file: PoFile) -> Line:
    return line_of(file, mark_of(pack(file)))


def _current_first(entries: list[Entry]) -> tuple[Entry, ...]:
    return tuple(entries) if len(entries) == 1 else tuple(sorted(entries, key=is_obsolete))


def _edited(file: PoFile, edits: list[Edit]) -> PoFile:
    """The file after the edits; like the line editor, an edit changes the first entry of its sentence."""
    entries = list(file.entries)
    indexes = {entry.source: index for index, entry in reversed(list(enumerate(entries)))}
    for edit in edits:
        index = indexes.setdefault(edit.source, len(entries))
        old = entries[index] if index < len(entries) else Entry(edit.slug, edit.source)
        comments = with_comments(old.comments, edit.comments)
        state = (edit.text, edit.fuzzy, edit.obsolete, edit.previous)
        entries[index : index + 1] = [Entry(edit.slug, edit.source, *state, comments, edit.notes, old.line)]
    return replace(file, entries=tuple(entries))


def read_file(content: bytes, name: str, slug: str) -> PoFile:
    """The story's file with this content; `name` is its name in problems. A sentence that it has twice is a warning."""
    try:
        file = parse_po(slug, content.decode("utf-8-sig"), name)
    except UnicodeError as error:
        return unreadable(error, name, slug)
    return replace(file, problems=(*file.problems, *_find_duplicates(file.entries, name)))


def _find_duplicates(entries: Iterable[Entry], file: str) -> Iterator[Problem]:
    """A warning for each current entry with the same sentence as an earlier one."""
    first: dict[str, Entry] = {}
    for entry in (entry for entry in entries if not entry.obsolete):
        earlier = first.setdefault(sentence_key(entry.source), entry)
        if earlier is not entry:
            what = f"holds the same sentence on line {earlier.line} and on line {entry.line}; the first one is used"
            yield Problem(file, "memory-twice", what, "Delete one of the two entries.", entry.line, "warning")


def unreadable(error: OSError | UnicodeError, name: str, slug: str) -> PoFile:
    """A story's file that cannot be read: one problem and no entry."""
    return PoFile(slug, problems=(Problem(name, "memory-unreadable", *unread(error)),))


def places(folder: Path, lang: str) -> list[Place]:
    """The PO files of a language in `folder` (which need not exist), sorted by name."""
    if not folder.is_dir():
        return []
    suffix = f".{lang}.po"
    with os.scandir(folder) as entries:
        files = [entry for entry in entries if entry.name.endswith(suffix) and entry.is_file()]
    return [(file.path, file.name.removesuffix(suffix)) for file in sorted(files, key=attrgetter("name"))]
