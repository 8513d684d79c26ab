"""Reads the translation memory of a site; a PO file whose marks are those of an earlier build is not opened."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import NamedTuple

from site_src.errors import LostPartsError
from site_src.filesystem import NO_MARKS, Marks, marks_if_any, telling
from site_src.store import Store, digest
from site_src.text.memo import OnNeed
from site_src.translate.memory import Memory, places, read_file, unreadable
from site_src.translate.po import PoFile
from site_src.translate.sharing import Line, Sharing, line_of


class Seen(NamedTuple):
    """A file of the memory."""

    marks: Marks
    line: Line
    """Its hash is the one under which the file is remembered."""


class KnownFiles:
    """The files that an earlier build opened."""

    def __init__(self, store: Store):
        self._store = store
        self._before: dict[str, Seen] = store.last("memory", dict[str, Seen]) or {}
        self._now: dict[str, Seen] = {}

    def memory(self, folder: Path, lang: str) -> Memory:
        """The memory of a language in `folder`, whose files are looked at on need where they are known."""
        paths = {slug: path for path, slug in places(folder, lang)}
        opened: dict[str, PoFile] = {}
        lines: dict[str, Line] = {}
        for slug, path in paths.items():
            marks = marks_if_any(path)
            if (seen := self._before.get(path)) and seen.marks == marks:
                self._now[path], lines[slug] = seen, seen.line
            else:
                opened[slug], lines[slug] = self._opened(Path(path), slug, marks)
        files = OnNeed(paths, lambda slug: self._known(Path(paths[slug]), slug, lines[slug].made_from), opened)
        return Memory(lang, files, self._store.kept.same(("sharing", lang), lines, partial(Sharing, lines)))

    def keep(self) -> None:
        """Put aside for the next build what this one saw."""
        if self._now != self._before:
            self._store.keep("memory", self._now)

    def _known(self, path: Path, slug: str, made_from: bytes) -> PoFile:
        """The file that was remembered under this hash. Raises `LostPartsError` where it is gone, and changed since."""
        found: PoFile | None = self._store.known("po", made_from, PoFile)
        if found is None:
            found, line = self._opened(path, slug, NO_MARKS)
            if line.made_from != made_from:
                raise LostPartsError(str(path))
        return found

    def _opened(self, path: Path, slug: str, marks: Marks) -> tuple[PoFile, Line]:
        try:
            content = path.read_bytes()
        except OSError as error:
            file = unreadable(error, path.name, slug)
            return file, line_of(file, b"")
        made_from = digest(slug, path.name, content)
        file = self._store.remember("po", made_from, PoFile, lambda: read_file(content, path.name, slug))
        line = line_of(file, made_from)
        if telling([marks]):
            self._now[str(path)] = Seen(marks, line)
        return file, line
