"""Writes the memory's files: each whole or not at all, with the last good one kept, and never over newer words."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from itertools import groupby
from pathlib import Path

from msgspec import Struct

from site_src.errors import reason
from site_src.filesystem import OvertakenError, alone, replace_bytes
from site_src.model.report import Problem
from site_src.text.decode import marked
from site_src.translate.po.edit import Edit, edited, new_file
from site_src.translate.po.lines import PoSyntaxError

BACKUP = ".backup"
"""Folder beside the files that holds the last good version of each one that a build changed."""


_ATTEMPTS = 5
"""Times that a file is read because somebody else wrote it meanwhile."""


class Saved(Struct, frozen=True):
    """What a save did."""

    files: tuple[str, ...] = ()
    """Names of the files written; one whose text would not change is not touched."""
    problems: tuple[Problem, ...] = ()


def save_edits(folder: Path, edits: Iterable[Edit]) -> Saved:
    """Make the edits in the files of `folder`, one process at a time (a second one waits).

    Each file is read again under the lock and its entries compared with what the edit knew: words that a person
    saved in the meantime stay. A file that cannot be written keeps its old bytes and is a problem.
    """
    stories = [tuple(group) for _, group in groupby(sorted(edits, key=_file), _file)]
    if not stories:
        return Saved()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with alone(folder):
            results = [_save(folder / _file(story[0]), story) for story in stories]
    except OSError as error:
        return Saved(problems=(_unsaved(folder.name, error),))
    files = tuple(result for result in results if isinstance(result, str))
    return Saved(files, tuple(result for result in results if isinstance(result, Problem)))


def _file(edit: Edit) -> str:
    return f"{edit.slug}.{edit.lang}.po"


def _save(path: Path, edits: tuple[Edit, ...]) -> str | Problem | None:
    """The name of the file if it was written, None if nothing changes, or what went wrong."""
    try:
        for _ in range(_ATTEMPTS - 1):
            with suppress(OvertakenError):
                return _edited(path, edits)
        return _edited(path, edits)
    except (OSError, UnicodeError, PoSyntaxError) as error:
        return _unsaved(path.name, error)


def _edited(path: Path, edits: tuple[Edit, ...]) -> str | None:
    """As `_save`. Raises `OvertakenError` where somebody who writes the file by hand, under no lock, came between."""
    before = path.read_bytes() if path.exists() else b""
    mark, text = marked(before)
    text = text or new_file(edits[0].slug, edits[0].lang, edits[0].source_lang)
    after = (mark + edited(text, edits)).encode("utf-8")
    if after == before:
        return None
    replace_file(path, after, before)
    return path.name


def _unsaved(name: str, error: Exception) -> Problem:
    return Problem(name, "memory-unsaved", f"cannot be saved; its old content is intact: {reason(error)}",
                   "Free space, mend the file or allow writing, then build again.")  # fmt: skip


def replace_file(path: Path, content: bytes, over: bytes) -> None:
    """Put `content` at `path` in one step; the version before it goes to the backup folder. Raises OSError.

    It was made from what `over` is; where the file holds something else by now, it stays (`OvertakenError`).
    """
    replace_bytes(path, content, keep=_back_up, over=over)


def _back_up(path: Path) -> None:
    """Keep the file's present bytes: a second name for them where the disk allows it, else a copy."""
    kept = path.parent / BACKUP / path.name
    kept.parent.mkdir(exist_ok=True)
    fresh = kept.with_name(f".{kept.name}.new")
    fresh.unlink(missing_ok=True)
    try:
        fresh.hardlink_to(path)
    except (OSError, NotImplementedError):
        shutil.copyfile(path, fresh)
    fresh.replace(kept)
