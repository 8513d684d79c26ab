"""Whether a build would find everything as the last one left it: then its report still holds, and nothing need be done.

What a build reads is compared by content, so that a touched file costs nothing; what it wrote is compared by size,
times and inode, which no change of a file leaves alone. Anything in doubt means: build.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from site_src.model import BuildReport
from site_src.places import Places
from site_src.store import code_version, digest

_FILE = "finished"


@dataclass(frozen=True, slots=True)
class Finished:
    """The last build: what it read, what it left, what it said."""

    how: str
    read: tuple[str, ...]
    """Files and folders, the translation models last."""
    inputs: bytes
    output: bytes
    report: BuildReport


def unchanged(places: Places, how: str) -> BuildReport | None:
    """The report of the last build of `places`, if the same build would do nothing now; None where it might.

    `how` names the options and places that the build was asked for.
    """
    try:
        raw = (places.cache / _FILE).read_bytes()
    except OSError:
        return None
    from msgspec import MsgspecError, msgpack

    try:
        last = msgpack.decode(raw, type=Finished)
    except MsgspecError:
        return None
    same = last.how == how and last.output == _output(places.out) and last.inputs == _inputs(last.read)
    return replace(last.report, written=0, removed=0) if same else None


def remembering(places: Places, how: str, build: Callable[[], BuildReport]) -> BuildReport:
    """The report of `build()`, kept for `unchanged` when it saved all it had to and left what it reads as it was."""
    read = tuple(str(path) for path in (places.config, *_folders(places), places.models))
    before = _inputs(read)
    report = build()
    saved = not any(problem.code.endswith("-unsaved") for problem in report.problems)
    if saved and before and before == _inputs(read):
        _keep(places.cache / _FILE, Finished(how, read, before, _output(places.out), report))
    return report


def _folders(places: Places) -> Iterator[Path]:
    yield from dict.fromkeys((places.content, places.shared, *places.templates))


def _keep(path: Path, finished: Finished) -> None:
    """Write it in one step; a cache that cannot be written only costs time."""
    from msgspec import msgpack

    staged = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        staged.write_bytes(msgpack.encode(finished))
        staged.replace(path)
    except OSError:
        with suppress(OSError):
            staged.unlink()


def _inputs(read: tuple[str, ...]) -> bytes:
    """A hash of all that a build depends on; b"" where something cannot be read. Models are known by their sizes."""
    *texts, models = map(Path, read)
    try:
        held = [_content(path) for text in texts for path in _files(text)]
    except OSError:
        return b""
    return digest(code_version(), sys.version, *_packages(), *held, _output(models))


def _content(path: Path) -> bytes:
    return digest(str(path), path.read_bytes() if stat.S_ISREG(path.stat().st_mode) else "no file")


def _packages() -> list[str]:
    """The folders of the installed libraries: their names hold their versions."""
    import msgspec

    return sorted(path.name for path in Path(msgspec.__file__).parent.parent.iterdir())


def _output(folder: Path) -> bytes:
    """A hash of names, sizes, times and inodes of the files below `folder`."""
    found = ((str(path), path.lstat()) for path in _files(folder))
    return digest(*(f"{name}\0{at.st_size}\0{at.st_mtime_ns}\0{at.st_ctime_ns}\0{at.st_ino}" for name, at in found))


def _files(path: Path) -> Iterator[Path]:
    """The file itself, or every file below the folder in a fixed order; links to folders are not followed."""
    if not path.is_dir():
        yield from [path] if path.exists() else []
        return
    for folder, folders, names in os.walk(path):
        folders.sort()
        yield from (Path(folder, name) for name in sorted(names))
