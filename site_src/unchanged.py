"""Whether a build would find everything as the last one left it: then its report still holds, and nothing need be done.

What a build reads is compared by content, so that a touched file costs nothing, but opened only where its marks (size,
times, inode: no change leaves them alone) are new; what it wrote is compared by its marks. In doubt: build.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from site_src.exchange import NO_MARKS, Marks, marks_below, marks_of, settled
from site_src.model import BuildReport
from site_src.places import Places
from site_src.store import code_version, digest

_FILE = "finished"
Held = tuple[Marks, bytes]
"""The marks of a file and a hash of what it holds."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The last build: what it read, what it left, what it said."""

    how: str
    read: tuple[str, ...]
    """Files and folders, the translation models last."""
    code: bytes
    """What made it: our code, the libraries, the models."""
    inputs: dict[str, Held]
    output: bytes
    report: BuildReport


def unchanged(places: Places, how: str) -> BuildReport | None:
    """The report of the last build of `places`, if the same build would do nothing now; None where it might.

    `how` names the options and places that the build was asked for.
    """
    last = _last(places)
    if last is None or last.how != how or last.output != _output(places.out) or last.code != _code(last.read):
        return None
    same = _contents(last.inputs) == _contents(_inputs(last.read, last.inputs))
    return replace(last.report, written=0, removed=0) if same else None


def remembering(places: Places, how: str, build: Callable[[], BuildReport]) -> BuildReport:
    """The report of `build()`, kept for `unchanged` when it saved all it had to and left what it reads as it was."""
    read = tuple(str(path) for path in (places.config, *_folders(places), places.models))
    last = _last(places)
    before = _inputs(read, last.inputs if last else {})
    report = build()
    saved = not any(problem.code.endswith("-unsaved") for problem in report.problems)
    if saved and before and _contents(before) == _contents(_inputs(read, before)):
        finished = Finished(how, read, _code(read), _settled(before), _output(places.out), report)
        _keep(places.cache / _FILE, finished)
    return report


def _last(places: Places) -> Finished | None:
    from msgspec import MsgspecError, msgpack

    try:
        return msgpack.decode((places.cache / _FILE).read_bytes(), type=Finished)
    except (OSError, MsgspecError):
        return None


def _folders(places: Places) -> Iterator[Path]:
    yield from dict.fromkeys((places.content, places.shared, *places.templates))


def _keep(path: Path, finished: Finished) -> None:
    """Write it in one step; a cache that cannot be written only costs time."""
    from msgspec import msgpack

    staged = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        staged.write_bytes(msgpack.encode(finished))
        staged.replace(path)
    except (OSError, UnicodeError):
        with suppress(OSError):
            staged.unlink()


def _code(read: tuple[str, ...]) -> bytes:
    """A hash of what makes a site of its inputs; models are known by their marks."""
    return digest(code_version(), _output(Path(read[-1])))


def _inputs(read: tuple[str, ...], known: Mapping[str, Held]) -> dict[str, Held]:
    """What every file holds that a build reads, by path; empty where something cannot be read.

    A file with the marks of a `known` one is not opened.
    """
    try:
        return {path: _held(path, marks, known.get(path)) for place in read[:-1] for path, marks in _found(place)}
    except OSError:
        return {}


def _found(place: str) -> Iterator[tuple[str, Marks]]:
    """The file itself, or every file below the folder; links to folders are not followed."""
    path = Path(place)
    if path.is_dir():
        yield from ((f"{place}/{below}", marks) for below, marks in marks_below(path).items())
    elif path.exists():
        yield place, marks_of(path)


def _held(path: str, marks: Marks, known: Held | None) -> Held:
    if known and known[0] == marks and stat.S_ISREG(marks.mode):
        return known
    return marks, digest(Path(path).read_bytes() if stat.S_ISREG(Path(path).stat().st_mode) else "no file")


def _settled(inputs: Mapping[str, Held]) -> dict[str, Held]:
    """The inputs, without the marks of what changed a moment ago."""
    return {path: (marks if settled([marks]) else NO_MARKS, content) for path, (marks, content) in inputs.items()}


def _contents(inputs: Mapping[str, Held]) -> dict[str, bytes]:
    return {path: content for path, (_, content) in inputs.items()}


def _output(folder: Path) -> bytes:
    """A hash of names and marks of the files below `folder`."""
    return digest(repr(sorted(marks_below(folder).items())))
