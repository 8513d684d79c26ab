"""The files of the translation memory as earlier builds saw them: one whose marks stay need not be opened."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from site_src.exchange import Marks, marks_if_any, settled
from site_src.store import Store, digest
from site_src.translate.memory import Place, load_file, read_file
from site_src.translate.po import PoFile

Seen = tuple[Marks, bytes]
"""The marks of a file, and the hash under which it is remembered."""


class KnownFiles:
    """What `load_files` gave of files that an earlier build opened."""

    def __init__(self, store: Store):
        self._store = store
        self._before: dict[str, Seen] = store.last("memory", dict[str, Seen]) or {}
        self._now: dict[str, Seen] = {}

    def load(self, places: Sequence[Place]) -> Iterator[PoFile]:
        """The file of each place."""
        marks = {path: marks_if_any(path) for path, _ in places}
        same = {path: seen for path in marks if (seen := self._before.get(path)) and seen[0] == marks[path]}
        found = self._store.known_all("po", [made_from for _, made_from in same.values()], PoFile)
        known = dict(zip(same, found, strict=True))
        for path, slug in places:
            if file := known.get(path):
                self._now[path] = same[path]
                yield file
            else:
                yield self._opened(Path(path), slug, marks[path])

    def keep(self) -> None:
        """Put aside for the next build what this one saw."""
        if self._now != self._before:
            self._store.keep("memory", self._now)

    def _opened(self, path: Path, slug: str, marks: Marks) -> PoFile:
        try:
            content = path.read_bytes()
        except OSError:
            return load_file(path, slug)
        made_from = digest(slug, path.name, content)
        if stat.S_ISREG(marks.mode) and settled([marks]):
            self._now[str(path)] = (marks, made_from)
        return self._store.remember("po", made_from, PoFile, lambda: read_file(content, path.name, slug))
