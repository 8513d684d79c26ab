"""What changed since the last look, and what to do then."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from livereload.watcher import Watcher

from site_src.filesystem import Marks, marks_if_any

Snapshot = dict[str, Marks]
"""What stands at each path: by its marks a save within one tick of the clock still shows."""

_RELOAD_AT_ONCE = "__livereload__"
"""The library holds other reloads back for three seconds, and forgets those that come in that time."""


def snapshot(places: tuple[Path, ...]) -> Snapshot:
    """Every file below `places`, to any depth; dotfiles and editors' temporary files are left out."""
    return {entry.path: marks_if_any(entry) for place in places for entry in _files(place)}


def _files(place: Path) -> Iterator[os.DirEntry[str]]:
    folder = place if place.is_dir() else place.parent
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if not place.is_dir() and entry.name != place.name:
            continue
        if entry.name.startswith((".", "#")) or entry.name.endswith(("~", ".swp", ".tmp", ".bak")):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path))
        else:
            yield entry


class RebuildingWatcher(Watcher):  # type: ignore[misc]
    """A watcher for livereload that rebuilds when the snapshot differs and reloads only what really changed."""

    def __init__(self, look: Callable[[], Snapshot], rebuild: Callable[[], bool], seen: Snapshot):
        """`seen` is what stood there before the last build began: what was saved during it is built next."""
        super().__init__()
        self._look, self._rebuild, self._seen = look, rebuild, seen
        self._tasks: dict[str, object] = {"content": {}}

    def examine(self) -> tuple[str | None, None]:
        """Called by livereload's clock: (something, None) makes the tabs reload, (None, None) does not."""
        now = self._look()
        if now == self._seen:
            return None, None
        self._seen = now
        if not self._rebuild():
            return None, None
        self.filepath = "*"
        return _RELOAD_AT_ONCE, None
