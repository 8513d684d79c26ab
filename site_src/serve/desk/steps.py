"""The steps of one preview: what the desk did, taken back and done again, never over newer words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Literal

from msgspec import Struct

from site_src.filesystem import alone
from site_src.serve.desk.view import Place
from site_src.translate.po import Entry
from site_src.translate.po.lines import PoSyntaxError
from site_src.translate.save import BACKUP, replace_file

Kind = Literal[
    "saved", "undone", "redone", "named", "conflict", "sure_errors", "sure_withheld", "sure_stale",
    "sure_words", "sure_reason", "empty", "elsewhere", "gone", "unsaved", "newer", "nothing", "nothing_undone", "known",
]  # fmt: skip


class Outcome(Struct, frozen=True):
    """What became of a request: "sure_…" asks again, "newer" is a step that somebody has written over since."""

    kind: Kind
    place: Place | None = None
    entry: Entry | None = None
    """What the sentence says now."""
    detail: str = ""


class Change(Struct, frozen=True):
    """What a step made of a file; None is no file."""

    path: Path
    before: bytes | None
    after: bytes | None
    without: Callable[[bytes], bytes | None] = lambda _: None
    """The file as it would be without the step, where it was changed since; None where it says something newer."""


class Step(Struct, frozen=True):
    """Changes that are taken back together; `place` is the sentence that was decided, if one was."""

    changes: tuple[Change, ...]
    place: Place | None = None

    def became(self, kind: Kind) -> Outcome:
        """What is told of it: its sentence, or else its file."""
        return Outcome(kind, self.place, detail="" if self.place else self.changes[0].path.name)


class Steps:
    """What was done and not taken back, and what was taken back since the last step."""

    def __init__(self) -> None:
        self.done: list[Step] = []
        self.undone: list[tuple[Step, tuple[Change, ...]]] = []
        """Each with the changes that took it back: it is done again by taking back those."""

    def took(self, *changes: Change, place: Place | None = None) -> None:
        """Remember a step that was done; what was taken back before it is not done again."""
        self.done.append(Step(changes, place))
        self.undone.clear()

    def undo(self) -> Outcome:
        """Take back the last step that is left; one that somebody has written over since is only forgotten.

        A step whose file cannot be read or written stays, to be taken back once that is mended.
        """
        if not self.done:
            return Outcome("nothing")
        step = self.done[-1]
        try:
            back = take_back(step.changes)
        except (OSError, UnicodeError, PoSyntaxError) as error:
            return Outcome("unsaved", step.place, detail=str(error))
        self.done.pop()
        if back is None:
            return step.became("newer")
        self.undone.append((step, back))
        return step.became("undone")

    def redo(self) -> Outcome:
        """Do again what was taken back last, to the byte; where its files have changed since, it is forgotten."""
        if not self.undone:
            return Outcome("nothing_undone")
        step, back = self.undone[-1]
        try:
            done = take_back(back)
        except OSError as error:
            return Outcome("unsaved", step.place, detail=str(error))
        self.undone.pop()
        if done is None:
            return step.became("newer")
        self.done.append(step)
        return step.became("redone")


def take_back(changes: Sequence[Change]) -> tuple[Change, ...] | None:
    """Make the files what they were before; gives the changes that did it. None, and no file is touched, where one of
    them says something newer by now. Raises OSError, and what reading such a file raises.
    """
    with held([one.path for one in changes]) as now:
        then = dict(now)
        for one in reversed(changes):
            there = then[one.path]
            then[one.path] = one.before if there == one.after else one.without(there or b"")
            if then[one.path] is None and there != one.after:
                return None
        made = tuple(Change(path, now[path], content) for path, content in then.items() if content != now[path])
        write(made)
        return made


@contextmanager
def held(paths: Iterable[Path]) -> Iterator[dict[Path, bytes | None]]:
    """What the files hold, which no other writer of their folders changes meanwhile."""
    with ExitStack() as folders:
        for folder in sorted({path.resolve().parent for path in paths}):
            folders.enter_context(alone(folder))
        yield {path: path.read_bytes() if path.exists() else None for path in paths}


def write(changes: Sequence[Change]) -> None:
    """Write what the files hold after the changes; what they held before is kept in the backup folders."""
    for one in changes:
        if one.after is not None:
            replace_file(one.path.resolve(), one.after, one.before or b"")
    _put_away({one.path: one.before for one in changes if one.after is None and one.before is not None})


def _put_away(files: Mapping[Path, bytes]) -> None:
    """Move files into the backup folders beside them: numbered alike where another one of their name is kept there."""
    for path in files:
        path.with_name(BACKUP).mkdir(exist_ok=True)
    free = next(number for number in count(1) if all(_takes(_kept(path, number), files[path]) for path in files))
    for path in files:
        path.replace(_kept(path, free))


def _kept(path: Path, number: int) -> Path:
    stem = path.stem if number == 1 else f"{path.stem}-{number}"
    return path.with_name(BACKUP) / f"{stem}{path.suffix}"


def _takes(kept: Path, content: bytes) -> bool:
    """Whether nothing else is kept there."""
    return not kept.exists() or kept.read_bytes() == content
