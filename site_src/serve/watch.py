"""Notices changes of watched files and folders, and rebuilds the site after them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from livereload.watcher import Watcher

from site_src.filesystem import Marks, marks_if_any

Snapshot = dict[str, Marks]
"""The marks of the file at each path. They differ even after a save within one tick of the clock."""

_RELOAD_AT_ONCE = "__livereload__"
"""A file name for which livereload reloads at once; for others it waits three seconds, and drops reloads meanwhile."""

_HIDDEN_PREFIXES = (".", "#")
_TEMPORARY_SUFFIXES = ("~", ".swp", ".tmp", ".bak")


def snapshot(paths: tuple[Path, ...]) -> Snapshot:
    """The marks of these files, and of all files below these folders, without hidden and temporary files."""
    return {entry.path: marks_if_any(entry) for path in paths for entry in _files(path)}


def _files(path: Path) -> Iterator[os.DirEntry[str]]:
    is_folder = path.is_dir()
    folder = path if is_folder else path.parent
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if not is_folder and entry.name != path.name:
            continue
        if entry.name.startswith(_HIDDEN_PREFIXES) or entry.name.endswith(_TEMPORARY_SUFFIXES):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path))
        else:
            yield entry


class RebuildingWatcher(Watcher):  # type: ignore[misc]
    """A watcher for livereload that rebuilds when a file has changed, and reloads the tabs only if a page has too."""

    def __init__(self, take_snapshot: Callable[[], Snapshot], rebuild: Callable[[], bool], built_from: Snapshot):
        """`built_from` was taken before the last build began, so that a file saved during that build is noticed."""
        super().__init__()
        self._take_snapshot, self._rebuild, self._built_from = take_snapshot, rebuild, built_from
        self._tasks: dict[str, object] = {"content": {}}

    def examine(self) -> tuple[str | None, None]:
        """Called at intervals by livereload: (file name, None) makes the tabs reload, (None, None) does not."""
        current = self._take_snapshot()
        if current == self._built_from:
            return None, None
        self._built_from = current
        if not self._rebuild():
            return None, None
        self.filepath = "*"
        return _RELOAD_AT_ONCE, None
