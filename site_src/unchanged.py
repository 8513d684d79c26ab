"""Whether nothing has changed since the last build: then its report still holds, and no stage runs.

What a build reads is compared by content, so that a touched file costs nothing, but opened only where its marks (size,
times, inode: no change leaves them alone) are new; what it wrote is compared by its marks. In doubt: build.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import MsgspecError, Struct, msgpack
from msgspec.structs import replace

from site_src.filesystem import NO_MARKS, Marks, marks_below, marks_of, replace_bytes, telling
from site_src.model.report import BuildReport
from site_src.places import Places
from site_src.store import digest
from site_src.version import code_version

_FILE = "finished"
Held = tuple[Marks, bytes]
"""The marks of a file, none where they may not show its next change, and a hash of what it holds."""


class Finished(Struct, frozen=True):
    """The last build: what it read, what it left, what it said."""

    how: bytes
    models: str
    """The folder of translation models."""
    modelled: bytes
    """What was in it."""
    inputs: dict[str, Held]
    output: bytes
    report: BuildReport


class Look(Struct, frozen=True):
    """How things stand before a build."""

    how: bytes
    """A hash of what it was asked for, and of the code."""
    inputs: dict[str, Held]
    """What every file holds that a build reads, by path; empty where one cannot be read."""
    last: Finished | None
    """The last build of this kind, where anything is known of it."""

    @property
    def marks(self) -> dict[str, Marks]:
        """The marks of every file that are sure to show its next change, by path."""
        return {path: marks for path, (marks, _) in self.inputs.items() if marks.mode}


def look(places: Places, how: str) -> Look:
    """Look at what a build of `places` reads; `how` names the options and places that it is asked for."""
    asked = digest(how, code_version())
    last = _last(places)
    inputs = _inputs(places, last.inputs if last else {})
    return Look(asked, inputs, last if last and last.how == asked else None)


def unchanged(seen: Look, out: Path) -> BuildReport | None:
    """The report of the last build, if the same build into `out` would do nothing now; None where it might."""
    last = seen.last
    if not last or _contents(seen.inputs) != _contents(last.inputs):
        return None
    same = last.modelled == _below(Path(last.models)) and last.output == _below(out)
    return replace(last.report, written=0, removed=0) if same else None


def remembering(seen: Look, places: Places, build: Callable[[], BuildReport]) -> BuildReport:
    """The report of `build()`, kept for `unchanged` when it saved all it had to.

    It is kept with what it read as that stood before: what changed since, the next look finds changed.
    """
    modelled = _below(places.models)
    report = build()
    saved = not any(problem.code.endswith("-unsaved") for problem in report.problems)
    if saved and seen.inputs:
        inputs = {path: _settled_since(path, held) for path, held in seen.inputs.items()}
        output = _hash({path: marks for path, (_, marks) in report.left.items()})
        finished = Finished(seen.how, str(places.models), modelled, inputs, output, replace(report, left={}))
        _keep(places.cache / _FILE, finished)
    return report


def _last(places: Places) -> Finished | None:
    try:
        return msgpack.decode((places.cache / _FILE).read_bytes(), type=Finished)
    except (OSError, MsgspecError, UnicodeError):
        return None


def _keep(path: Path, finished: Finished) -> None:
    """Write it in one step; a cache that cannot be written only costs time."""
    with suppress(OSError, UnicodeError):
        replace_bytes(path, msgpack.encode(finished), flushed=False)


def _inputs(places: Places, known: Mapping[str, Held]) -> dict[str, Held]:
    """What every file holds that a build reads, by path; empty where something cannot be read.

    A file with the marks of a `known` one is not opened. A link to a folder counts as what cannot be read: some of
    them a build does follow, and what is in them is not looked at.
    """
    try:
        return {path: _held(path, marks, known.get(path)) for path, marks in _read(places)}
    except OSError:
        return {}


def _read(places: Places) -> Iterator[tuple[str, Marks]]:
    """Every file that a build of `places` reads, and links to folders as themselves."""
    if places.config.exists():
        yield str(places.config), marks_of(places.config)
    for folder in dict.fromkeys((places.content, places.shared, *places.templates)):
        yield from ((f"{folder}/{below}", marks) for below, marks in marks_below(folder).items())


def _held(path: str, marks: Marks, known: Held | None) -> Held:
    if known and known[0] == marks:
        return known
    told = marks if telling([marks]) else NO_MARKS  # asked before it is opened: by then it may be older
    mode = Path(path).stat().st_mode
    return told, digest("no file" if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)) else Path(path).read_bytes())


def _settled_since(path: str, held: Held) -> Held:
    """A file that had changed a moment before it was opened, with the marks that it has now if it holds the same."""
    if held[0] == NO_MARKS:
        with suppress(OSError):
            again = _held(path, marks_of(path), None)
            return again if again[1] == held[1] else held
    return held


def _contents(inputs: Mapping[str, Held]) -> dict[str, bytes]:
    return {path: content for path, (_, content) in inputs.items()}


def _below(folder: Path) -> bytes:
    """A hash of names and marks of the files below `folder`."""
    return _hash(marks_below(folder))


def _hash(found: Mapping[str, tuple[int, ...]]) -> bytes:
    names = sorted(found)
    return digest("\0".join(names), msgpack.encode([found[name] for name in names]))
