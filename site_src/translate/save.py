"""Writes PO files: each as a whole or not at all, with a backup, and never over words that are newer."""

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
from site_src.translate.po.edit import Edit, apply_edits, new_file
from site_src.translate.po.lines import PoSyntaxError

BACKUP = ".backup"
"""Folder beside the files with the last good version of each file that was changed."""
_ATTEMPTS = 5
"""How often a save is tried while somebody else writes the same file."""


class Saved(Struct, frozen=True):
    """The result of a save."""

    files: tuple[str, ...] = ()
    """Names of the files written; one whose text would not change is not touched."""
    problems: tuple[Problem, ...] = ()


def save_edits(folder: Path, edits: Iterable[Edit]) -> Saved:
    """Apply the edits to the files in `folder`, one process at a time (a second one waits).

    Each file is read again under the lock, and each entry is compared with the one that the edit was made for: words
    that a person saved in the meantime are not changed. A file that cannot be written keeps its old bytes and is a
    problem.
    """
    edits_by_file = [tuple(group) for _, group in groupby(sorted(edits, key=_file_name), _file_name)]
    if not edits_by_file:
        return Saved()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with alone(folder):
            results = [_save(folder / _file_name(group[0]), group) for group in edits_by_file]
    except OSError as error:
        return Saved(problems=(_unsaved(folder.name, error),))
    files = tuple(result for result in results if isinstance(result, str))
    return Saved(files, tuple(result for result in results if isinstance(result, Problem)))


def _file_name(edit: Edit) -> str:
    return f"{edit.slug}.{edit.lang}.po"


def _save(path: Path, edits: tuple[Edit, ...]) -> str | Problem | None:
    """The name of the file if it was written, None if nothing changes, or the problem."""
    try:
        for _ in range(_ATTEMPTS - 1):
            with suppress(OvertakenError):
                return _try_save(path, edits)
        return _try_save(path, edits)
    except (OSError, UnicodeError, PoSyntaxError) as error:
        return _unsaved(path.name, error)


def _try_save(path: Path, edits: tuple[Edit, ...]) -> str | None:
    """Like `_save`, but raises `OvertakenError` if somebody without the lock changes the file in the meantime."""
    before = path.read_bytes() if path.exists() else b""
    mark, text = marked(before)
    text = text or new_file(edits[0].slug, edits[0].lang, edits[0].source_lang)
    after = (mark + apply_edits(text, edits)).encode("utf-8")
    if after == before:
        return None
    replace_file(path, after, before)
    return path.name


def _unsaved(name: str, error: Exception) -> Problem:
    return Problem(name, "memory-unsaved", f"cannot be saved; its old content is intact: {reason(error)}",
                   "Free space, mend the file or allow writing, then build again.")  # fmt: skip


def replace_file(path: Path, content: bytes, over: bytes) -> None:
    """Replace the file at `path` by `content` in one step, and its old version in the backup folder. Raises OSError.

    `over` is the old content that `content` was made from; where the file has another one by now, it is not changed and
    `OvertakenError` is raised.
    """
    replace_bytes(path, content, keep=_back_up, over=over)


def _back_up(path: Path) -> None:
    """Keep the present bytes of the file in the backup folder: as a hard link where the disk allows it, else a copy."""
    backup = path.parent / BACKUP / path.name
    backup.parent.mkdir(exist_ok=True)
    new = backup.with_name(f".{backup.name}.new")
    new.unlink(missing_ok=True)
    try:
        new.hardlink_to(path)
    except (OSError, NotImplementedError):
        shutil.copyfile(path, new)
    new.replace(backup)
