"""The translation memory: every sentence that anybody has translated, and which translation a story may use.

`content/translations/<slug>.<lang>.po` is all there is of it. A sentence is the same sentence when its text is equal
after `fold_marks`: nothing fuzzier ever serves silently.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from site_src.model import Problem
from site_src.text.memo import Once
from site_src.translate.edit import Edit, with_comments
from site_src.translate.po import Entry, PoFile, is_obsolete, parse_po, sentence_key

Place = tuple[str, str]
"""The path of a file, and the slug of its story."""
Load = Callable[[Sequence[Place]], Iterable[PoFile]]
"""Places -> their files, in order."""
_NOTHING: Mapping[str, Entry] = {}


class Memory(Struct, frozen=True, dict=True):
    """All files of one target language."""

    lang: str
    files: Mapping[str, PoFile]
    """By slug. A file that cannot be read is here with its problem and without entries."""

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
        own, anywhere = self.story(slug), self.anywhere
        found = [(own.get(key), anywhere.get(key, ())) for key in keys]
        return tuple([one if len(known) == (one is not None) else _chosen(slug, one, known) for one, known in found])

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
        return Memory(self.lang, {**self.files, **fresh})

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with its files."""
        return tuple(problem for slug in sorted(self.files) for problem in self.files[slug].problems)

    def writable(self, slug: str) -> bool:
        """Whether the story's file may be edited: one that cannot be read is left alone."""
        file = self.files.get(slug)
        return file is None or not any(problem.severity == "error" for problem in file.problems)


def _chosen(slug: str, own: Entry | None, known: Sequence[Entry]) -> Entry | None:
    """Which of the entries of a sentence speaks for it in this story, whose own is one of them."""
    if own and own.state in ("withheld", "approved"):
        return own
    others = [entry for entry in known if entry.slug != slug]
    approved = next((entry for entry in others if entry.state == "approved"), None)
    if approved or (own and own.state != "pending"):
        return approved or own
    return next((entry for entry in others if entry.state == "machine"), own)


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


def load_files(places: Iterable[Place]) -> Iterator[PoFile]:
    """The file of each place; one that cannot be read is a named problem and no entry."""
    return (load_file(Path(path), slug) for path, slug in places)


def load_file(file: Path, slug: str) -> PoFile:
    """The story's file; one that cannot be read is a named problem and no entry."""
    try:
        return read_file(file.read_bytes(), file.name, slug)
    except OSError as error:
        return _unreadable(error, file.name, slug)


def read_file(content: bytes, name: str, slug: str) -> PoFile:
    """The story's file of this content, which `name` holds; a sentence that it holds twice is a warning."""
    try:
        file = parse_po(slug, content.decode("utf-8-sig"), name)
    except UnicodeError as error:
        return _unreadable(error, name, slug)
    return replace(file, problems=(*file.problems, *_twins(file.entries, name)))


def _twins(entries: Iterable[Entry], file: str) -> Iterator[Problem]:
    first: dict[str, Entry] = {}
    for entry in (entry for entry in entries if not entry.obsolete):
        twin = first.setdefault(sentence_key(entry.source), entry)
        if twin is not entry:
            what = f"holds the same sentence on line {twin.line} and on line {entry.line}; the first one is used"
            yield Problem(file, "memory-twice", what, "Delete one of the two entries.", entry.line, "warning")


def _unreadable(error: Exception, name: str, slug: str) -> PoFile:
    todo = "Save it as UTF-8, and make sure that it may be read."
    return PoFile(slug, problems=(Problem(name, "memory-unreadable", f"cannot be read: {error}", todo),))


def load_memory(folder: Path, lang: str, load: Load = load_files) -> Memory:
    """The memory of the language `lang` in `folder` (which need not exist).

    `load` gives the files; a caller may pass a function that remembers what `load_files` gave.
    """
    places = _places(folder, f".{lang}.po")
    return Memory(lang, {slug: file for (_, slug), file in zip(places, load(places), strict=True)})


def _places(folder: Path, ending: str) -> list[Place]:
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        files = [entry for entry in entries if entry.name.endswith(ending) and entry.is_file()]
    return [(file.path, file.name.removesuffix(ending)) for file in sorted(files, key=attrgetter("name"))]
