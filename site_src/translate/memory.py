"""The translation memory: every sentence that anybody has translated, and which translation a story may use.

`content/translations/<slug>.<lang>.po` is all there is of it. A sentence is the same sentence when its text is equal
after `fold_marks`: nothing fuzzier ever serves silently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from site_src.model import Problem
from site_src.translate.edit import Edit, with_comments
from site_src.translate.po import Entry, PoFile, parse_po, sentence_key

Parse = Callable[[str, str, str], PoFile]


@dataclass(frozen=True)
class Memory:
    """All files of one target language."""

    lang: str
    files: Mapping[str, PoFile]
    """By slug. A file that cannot be read is here with its problem and without entries."""

    @cached_property
    def stories(self) -> dict[str, dict[str, Entry]]:
        """Each story's entries by folded sentence; a living entry goes before an obsolete one."""
        return {slug: _by_sentence(self.files[slug]) for slug in sorted(self.files)}

    def story(self, slug: str) -> dict[str, Entry]:
        """The story's own entries by folded sentence."""
        return self.stories.get(slug, {})

    @cached_property
    def anywhere(self) -> dict[str, tuple[Entry, ...]]:
        """The entries of every story by folded sentence, the living first, then by story."""
        found: dict[str, list[Entry]] = {}
        for entries in self.stories.values():
            for key, entry in entries.items():
                found.setdefault(key, []).append(entry)
        return {key: tuple(sorted(entries, key=_obsolete)) for key, entries in found.items()}

    def lookup(self, slug: str, source: str) -> Entry | None:
        """The entry that speaks for a sentence of a story; None where no file knows the sentence.

        In this order: what a person withheld or approved in this story, what a person approved in another,
        what else this story's file holds, what a machine wrote for another story.
        """
        key = sentence_key(source)
        own = self.story(slug).get(key)
        state = own.state if own else "pending"
        if state in ("withheld", "approved"):
            return own
        known = self.anywhere.get(key, ())
        if not known or known == (own,):
            return own
        others = [entry for entry in known if entry.slug != slug]
        approved = next((entry for entry in others if entry.state == "approved"), None)
        if approved or state != "pending":
            return approved or own
        return next((entry for entry in others if entry.state == "machine"), own)

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
        return not any(problem.severity == "error" for problem in self.files.get(slug, PoFile(slug)).problems)


def _obsolete(entry: Entry) -> bool:
    return entry.obsolete


def _by_sentence(file: PoFile) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in sorted(file.entries, key=_obsolete):
        found.setdefault(sentence_key(entry.source), entry)
    return found


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


def load_memory(folder: Path, lang: str, parse: Parse = parse_po) -> Memory:
    """The memory of the language `lang` in `folder` (which need not exist).

    `parse` is a pure function of (slug, text, file name); a caller may pass one that remembers its results.
    """
    ending = f".{lang}.po"
    paths = sorted(path for path in folder.glob(f"*{ending}") if path.is_file()) if folder.is_dir() else []
    files = [_load(path, path.name.removesuffix(ending), parse) for path in paths]
    return Memory(lang, {file.slug: file for file in files})


def _load(path: Path, slug: str, parse: Parse) -> PoFile:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeError) as error:
        todo = "Save it as UTF-8, and make sure that it may be read."
        return PoFile(slug, problems=(Problem(path.name, "memory-unreadable", f"cannot be read: {error}", todo),))
    return _without_twins(parse(slug, text, path.name), path.name)


def _without_twins(file: PoFile, name: str) -> PoFile:
    """The file with a warning for every sentence that stands in it twice; the first one serves."""
    first: dict[str, Entry] = {}
    problems: list[Problem] = []
    for entry in (entry for entry in file.entries if not entry.obsolete):
        twin = first.setdefault(sentence_key(entry.source), entry)
        if twin is not entry:
            what = f"holds the same sentence on line {twin.line} and on line {entry.line}; the first one is used"
            todo = "Delete one of the two entries."
            problems.append(Problem(name, "memory-twice", what, todo, entry.line, "warning"))
    return replace(file, problems=(*file.problems, *problems))
