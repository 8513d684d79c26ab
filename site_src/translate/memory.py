"""The translation memory: every sentence that anybody has translated, and which translation a story may use.

`content/translations/<slug>.<lang>.po` is all there is of it. A sentence is the same sentence when its text is equal
after `fold_marks`: nothing fuzzier ever serves silently.
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
"""The path of a file, and the slug of its story."""
_NOTHING: Mapping[str, Entry] = {}


class Memory(Struct, frozen=True, dict=True):
    """All files of one target language."""

    lang: str
    files: Mapping[str, PoFile]
    """By slug. A file that cannot be read is here with its problem and without entries."""
    known: Sharing | None = None
    """`sharing`, where it is known without a look at the files."""

    @Once
    def sharing(self) -> Sharing:
        """Which files can serve the stories of others."""
        return self.known or Sharing({slug: _line(file) for slug, file in self.files.items()})

    def story(self, slug: str) -> Mapping[str, Entry]:
        """The story's own entries by folded sentence; a living entry goes before an obsolete one."""
        file = self.files.get(slug)
        return file.by_sentence if file else _NOTHING

    @Once
    def anywhere(self) -> Mapping[str, tuple[Entry, ...]]:
        """The entries of every story by folded sentence, the living first, then by story."""
        found: dict[str, list[Entry]] = {}
        for slug in sorted(self.files):
            for key, entry in self.files[slug].by_sentence.items():
                found.setdefault(key, []).append(entry)
        return {key: _living_first(entries) for key, entries in found.items()}

    def lookup(self, slug: str, source: str) -> Entry | None:
        """The entry that speaks for a sentence of a story; None where no file knows the sentence.

        In this order: what a person withheld or approved in this story, what a person approved in another,
        what else this story's file holds, what a machine wrote for another story.
        """
        return self.lookup_all(slug, (sentence_key(source),))[0]

    def lookup_all(self, slug: str, keys: Sequence[str]) -> tuple[Entry | None, ...]:
        """The entry that speaks for each sentence of a story, by their folded texts: see `lookup`."""
        if not self.files:
            return (None,) * len(keys)
        own, asked = self.story(slug), hashes(keys)
        served = zip(*(self.sharing.serving(kind, slug, asked) for kind in KINDS), strict=True)
        return tuple([self._chosen(key, own.get(key), *others) for key, others in zip(keys, served, strict=True)])

    def _chosen(self, key: str, own: Entry | None, approved: str, machine: str) -> Entry | None:
        """What speaks for a sentence: its own entry, or that of the story which has it approved, or from a machine."""
        if own and own.state in ("withheld", "approved"):
            return own
        if approved or (own and own.state != "pending"):
            return self.story(approved).get(key, own) if approved else own
        return self.story(machine).get(key, own) if machine else own  # where it is not, one of the same hash is

    def serves(self, slug: str, keys: Iterable[str]) -> bool:
        """Whether the file of another story holds what may stand on the page of this one."""
        asked = hashes(keys)
        return any(other for kind in KINDS for other in self.sharing.serving(kind, slug, asked))

    def in_line(self, slug: str, keys: Sequence[str]) -> bool:
        """Whether the story's file holds these sentences and no other, each of them living."""
        own = self.story(slug)
        return len(own) == len(keys) and all(map(own.__contains__, keys)) and not any(map(is_obsolete, own.values()))

    def edited(self, edits: Iterable[Edit]) -> Memory:
        """The memory as it is once the edits are made."""
        stories: dict[str, list[Edit]] = {}
        for edit in edits:
            stories.setdefault(edit.slug, []).append(edit)
        if not stories:
            return self
        fresh = {slug: _edited(self.files.get(slug, PoFile(slug)), group) for slug, group in stories.items()}
        lines = {**self.sharing.lines, **{slug: _line(file) for slug, file in fresh.items()}}
        return Memory(self.lang, OnNeed([*self.files, *fresh], self.files.__getitem__, fresh), Sharing(lines))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with its files."""
        unsound = sorted(slug for slug, line in self.sharing.lines.items() if not line.sound)
        return tuple(problem for slug in unsound for problem in self.files[slug].problems)

    @property
    def unreadable(self) -> frozenset[str]:
        """The stories whose files cannot be read: what they hold is not known."""
        return frozenset(
            [slug for slug, line in self.sharing.lines.items() if not line.sound and not self.writable(slug)]
        )

    def writable(self, slug: str) -> bool:
        """Whether the story's file may be edited: one that cannot be read is left alone."""
        file = self.files.get(slug)
        return file is None or not any(problem.severity == "error" for problem in file.problems)


def _line(file: PoFile) -> Line:
    return line_of(file, mark_of(pack(file)))


def _living_first(entries: list[Entry]) -> tuple[Entry, ...]:
    return tuple(entries) if len(entries) == 1 else tuple(sorted(entries, key=is_obsolete))


def _edited(file: PoFile, edits: list[Edit]) -> PoFile:
    """The file's entries after the edits, which change the first entry of their sentence, as the line editor does."""
    entries = list(file.entries)
    places = {entry.source: place for place, entry in reversed(list(enumerate(entries)))}
    for edit in edits:
        place = places.setdefault(edit.source, len(entries))
        old = entries[place] if place < len(entries) else Entry(edit.slug, edit.source)
        comments = with_comments(old.comments, edit.comments)
        state = (edit.text, edit.fuzzy, edit.obsolete, edit.previous)
        entries[place : place + 1] = [Entry(edit.slug, edit.source, *state, comments, edit.notes, old.line)]
    return replace(file, entries=tuple(entries))


def read_file(content: bytes, name: str, slug: str) -> PoFile:
    """The story's file of this content, which `name` holds; a sentence that it holds twice is a warning."""
    try:
        file = parse_po(slug, content.decode("utf-8-sig"), name)
    except UnicodeError as error:
        return unreadable(error, name, slug)
    return replace(file, problems=(*file.problems, *_twins(file.entries, name)))


def _twins(entries: Iterable[Entry], file: str) -> Iterator[Problem]:
    first: dict[str, Entry] = {}
    for entry in (entry for entry in entries if not entry.obsolete):
        twin = first.setdefault(sentence_key(entry.source), entry)
        if twin is not entry:
            what = f"holds the same sentence on line {twin.line} and on line {entry.line}; the first one is used"
            yield Problem(file, "memory-twice", what, "Delete one of the two entries.", entry.line, "warning")


def unreadable(error: OSError | UnicodeError, name: str, slug: str) -> PoFile:
    """The story's file that cannot be read: a named problem and no entry."""
    return PoFile(slug, problems=(Problem(name, "memory-unreadable", *unread(error)),))


def places(folder: Path, lang: str) -> list[Place]:
    """Where the files of a language stand in `folder` (which need not exist), by name."""
    if not folder.is_dir():
        return []
    ending = f".{lang}.po"
    with os.scandir(folder) as entries:
        files = [entry for entry in entries if entry.name.endswith(ending) and entry.is_file()]
    return [(file.path, file.name.removesuffix(ending)) for file in sorted(files, key=attrgetter("name"))]
