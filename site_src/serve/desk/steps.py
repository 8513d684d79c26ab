"""The steps of one preview: what the desk did, taken back and done again, never over newer words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from msgspec import Struct

from site_src.filesystem import alone, replace_bytes
from site_src.serve.desk.view import Place
from site_src.translate.po import Entry
from site_src.translate.po.lines import PoSyntaxError

Kind = Literal[
    "saved", "undone", "undone_name", "redone", "named", "conflict", "sure_errors", "sure_withheld", "sure_stale",
    "sure_words", "sure_reason", "empty", "elsewhere", "gone", "unsaved", "newer", "nothing", "nothing_undone", "known",
]  # fmt: skip


class Outcome(Struct, frozen=True):
    """What became of a request: "sure_…" asks again, "newer" is a step that somebody has written over since."""

    kind: Kind
    place: Place | None = None
    entry: Entry | None = None
    """What the sentence says now."""
    detail: str = ""


class Step(Struct, frozen=True):
    """Something the desk did to files, and how to take it back; False where they say something newer by now."""

    take_back: Callable[[], bool]
    paths: tuple[Path, ...]
    place: Place | None = None

    def became(self, kind: Kind) -> Outcome:
        """What is told of it: its sentence, or else its file."""
        return Outcome(kind, self.place, detail="" if self.place else self.paths[0].name)

    def held(self) -> tuple[bytes | None, ...]:
        """What its files hold now, None for one that is not there."""
        return tuple(path.read_bytes() if path.exists() else None for path in self.paths)


class Undone(Struct, frozen=True):
    """A step that was taken back, and what its files held before that and after it."""

    step: Step
    before: tuple[bytes | None, ...]
    after: tuple[bytes | None, ...]


class Steps:
    """What was done and not taken back, and what was taken back since the last step."""

    def __init__(self) -> None:
        self.done: list[Step] = []
        self.undone: list[Undone] = []

    def took(self, take_back: Callable[[], bool], *paths: Path, place: Place | None = None) -> None:
        """Remember a step that changed these files; what was taken back before it is not done again."""
        self.done.append(Step(take_back, paths, place))
        self.undone.clear()

    def undo(self) -> Outcome:
        """Take back the last step that is left; one that somebody has written over since is only forgotten.

        A step whose file cannot be read or written stays, to be taken back once that is mended.
        """
        if not self.done:
            return Outcome("nothing")
        step = self.done[-1]
        try:
            before = step.held()
            done = step.take_back()
            after = step.held()
        except (OSError, UnicodeError, PoSyntaxError) as error:
            return Outcome("unsaved", step.place, detail=str(error))
        self.done.pop()
        if not done:
            return step.became("newer")
        self.undone.append(Undone(step, before, after))
        return step.became("undone" if step.place else "undone_name")

    def redo(self) -> Outcome:
        """Do again what was taken back last, to the byte; where its files have changed since, it is forgotten."""
        if not self.undone:
            return Outcome("nothing_undone")
        step, before, after = (undone := self.undone[-1]).step, undone.before, undone.after
        try:
            with alone(step.paths[0].resolve().parent):
                same = step.held() == after
                for path, content, over in zip(step.paths, before, after, strict=True) if same else ():
                    _put(path.resolve(), content, over)
        except OSError as error:
            return Outcome("unsaved", step.place, detail=str(error))
        self.undone.pop()
        if not same:
            return step.became("newer")
        self.done.append(step)
        return step.became("redone")


def _put(path: Path, content: bytes | None, over: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    else:
        replace_bytes(path, content, over=over or b"")
