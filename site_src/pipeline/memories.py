"""The files of the translation memory as earlier builds saw them: one whose marks stay need not be opened."""

from __future__ import annotations

import stat
from pathlib import Path

from site_src.exchange import Marks, marks_of, settled
from site_src.store import Store, digest
from site_src.translate.memory import load_file, read_file
from site_src.translate.po import PoFile

Seen = tuple[Marks, bytes]
"""The marks of a file, and the hash under which it is remembered."""


class KnownFiles:
    """What `load_file` gave of files that an earlier build opened."""

    def __init__(self, store: Store):
        self._store = store
        self._before: dict[str, Seen] = store.last("memory", dict[str, Seen]) or {}
        self._now: dict[str, Seen] = {}

    def load(self, path: str, slug: str) -> PoFile:
        """The story's file at `path`."""
        try:
            marks = marks_of(path)
            return self._unopened(path, marks) or self._opened(Path(path), slug, marks)
        except OSError:
            return load_file(path, slug)

    def keep(self) -> None:
        """Put aside for the next build what this one saw."""
        if self._now != self._before:
            self._store.keep("memory", self._now)

    def _unopened(self, path: str, marks: Marks) -> PoFile | None:
        seen = self._before.get(path)
        if seen is None or seen[0] != marks:
            return None
        file: PoFile | None = self._store.known("po", seen[1], PoFile)
        if file is not None:
            self._now[path] = seen
        return file

    def _opened(self, path: Path, slug: str, marks: Marks) -> PoFile:
        content = path.read_bytes()
        made_from = digest(slug, path.name, content)
        if stat.S_ISREG(marks.mode) and settled([marks]):
            self._now[str(path)] = (marks, made_from)
        return self._store.remember("po", made_from, PoFile, lambda: read_file(content, path.name, slug))
