"""The steps of one preview: what the desk wrote, can take back and can do again, but never over newer words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Literal

from msgspec import Struct

from site_src.errors import MujazError, reason
from site_src.filesystem import alone
from site_src.record import Record
from site_src.serve.desk.view import Place
from site_src.translate.po import Entry
from site_src.translate.po.lines import PoSyntaxError
from site_src.translate.save import BACKUP, replace_file

Kind = Literal[
    "saved", "undone", "redone", "named", "conflict", "sure_errors", "sure_withheld", "sure_stale",
    "sure_words", "sure_reason", "empty", "elsewhere", "gone", "unsaved", "newer", "nothing", "nothing_undone", "known",
]  # fmt: skip


class Outcome(Struct, frozen=True):
    """What became of a request: "sure_…" asks for confirmation, "newer" is a step whose file has been edited since."""

    kind: Kind
    place: Place | None = None
    entry: Entry | None = None
    """What the file says of the sentence now."""
    detail: str = ""


class Change(Struct, frozen=True):
    """The content of a file before and after a step; None stands for a file that does not exist."""

    path: Path
    before: bytes | None
    after: bytes | None
    revert: Callable[[bytes], bytes | None] = lambda _: None
    """Takes the change out of content that was edited since; gives None where the edit concerns the same words."""


class Step(Struct, frozen=True):
    """Changes that are taken back together; `place` is the sentence that was decided, if there was one."""

    changes: tuple[Change, ...]
    place: Place | None = None
    record: Record | None = None
    """What builds remembered of the stories before the step; None for a step about a sentence."""

    def outcome(self, kind: Kind) -> Outcome:
        """An outcome that names the sentence of the step, or else its first file."""
        return Outcome(kind, self.place, detail="" if self.place else self.changes[0].path.name)


class Steps:
    """The steps that can be taken back, and those taken back that can be done again."""

    def __init__(self, read_record: Callable[[], Record] = Record) -> None:
        """`read_record` gives what builds have remembered of the stories so far; it may raise `MujazError`."""
        self._read_record = read_record
        self.done: list[Step] = []
        self.undone: list[tuple[Step, tuple[Change, ...]]] = []
        """Each step with the changes that took it back; it is done again by taking back those changes."""

    def record(self, *changes: Change, place: Place | None = None) -> None:
        """Remember a new step. Steps taken back before it can no longer be done again."""
        self.done.append(Step(changes, place, None if place else self._record()))
        self.undone.clear()

    def _record(self) -> Record | None:
        """The record of stories; the very value of the step before where it is the same, which saves memory."""
        former = self.done[-1].record if self.done else None
        with suppress(MujazError):
            record = self._read_record()
            return former if record == former else record
        return None

    def undo(self) -> Outcome:
        """Take back the last step; a step whose file says something newer is dropped and its file left alone.

        A step whose file cannot be read or written stays, to be taken back once the file is mended.
        """
        if not self.done:
            return Outcome("nothing")
        step = self.done[-1]
        try:
            reverting = take_back(step.changes)
        except (OSError, UnicodeError, PoSyntaxError) as error:
            return Outcome("unsaved", step.place, detail=what_failed(step.changes[0].path, error))
        self.done.pop()
        if reverting is None:
            return step.outcome("newer")
        self.undone.append((step, reverting))
        return step.outcome("undone")

    def redo(self) -> Outcome:
        """Do the step taken back last again, byte for byte; drop it where its files have changed since."""
        if not self.undone:
            return Outcome("nothing_undone")
        step, reverting = self.undone[-1]
        try:
            repeating = take_back(reverting)
        except OSError as error:
            return Outcome("unsaved", step.place, detail=what_failed(step.changes[0].path, error))
        self.undone.pop()
        if repeating is None:
            return step.outcome("newer")
        self.done.append(step)
        return step.outcome("redone")


def what_failed(path: Path, error: Exception) -> str:
    """Why a file of the editor's cannot be read or changed, with its name and without the path of a temporary file."""
    return str(error) if isinstance(error, PoSyntaxError) else f"{path.name}: {reason(error)}"


def take_back(changes: Sequence[Change]) -> tuple[Change, ...] | None:
    """Restore what the files held before the changes, and return the changes that did it.

    Returns None, and touches no file, where one of the files says something newer. Raises OSError, and what reading
    such a file raises.
    """
    with locked([change.path for change in changes]) as contents:
        restored = dict(contents)
        for change in reversed(changes):
            content = restored[change.path]
            if content == change.after:
                restored[change.path] = change.before
                continue
            without_change = change.revert(content or b"")
            if without_change is None:
                return None
            restored[change.path] = without_change
        reverting = tuple(
            Change(path, contents[path], content) for path, content in restored.items() if content != contents[path]
        )
        write(reverting)
        return reverting


@contextmanager
def locked(paths: Iterable[Path]) -> Iterator[dict[Path, bytes | None]]:
    """The content of each file (None where there is none), while no other writer may change their folders."""
    with ExitStack() as locks:
        for folder in sorted({path.resolve().parent for path in paths}):
            locks.enter_context(alone(folder))
        yield {path: path.read_bytes() if path.exists() else None for path in paths}


def write(changes: Sequence[Change]) -> None:
    """Write the new content of the files; their old content is kept in the backup folders."""
    for change in changes:
        if change.after is not None:
            replace_file(change.path.resolve(), change.after, change.before or b"")
    _move_to_backup(
        {change.path: change.before for change in changes if change.after is None and change.before is not None}
    )


def _move_to_backup(contents: Mapping[Path, bytes]) -> None:
    """Move files into the backup folders beside them, all with the first number under which no other content lies."""
    for path in contents:
        path.with_name(BACKUP).mkdir(exist_ok=True)
    number = next(
        number
        for number in count(1)
        if all(_can_hold(_backup_path(path, number), content) for path, content in contents.items())
    )
    for path in contents:
        path.replace(_backup_path(path, number))


def _backup_path(path: Path, number: int) -> Path:
    stem = path.stem if number == 1 else f"{path.stem}-{number}"
    return path.with_name(BACKUP) / f"{stem}{path.suffix}"


def _can_hold(backup: Path, content: bytes) -> bool:
    """Whether the backup is free, or holds that very content."""
    return not backup.exists() or backup.read_bytes() == content
