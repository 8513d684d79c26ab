"""Which files of a folder may be pages, and by which marks a change of one shows; nothing is opened."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from fnmatch import translate
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from site_src.errors import reason
from site_src.filesystem import NO_MARKS, Marks, marks_if_any
from site_src.model.report import Problem
from site_src.tables import table
from site_src.text.patterns import compiled, late

_CONTROL = late("[\x00-\x1f\x7f-\x9f]")


class Listed(NamedTuple):
    """A file that may be a page."""

    below: str
    """Its path from the folder, as the system writes it."""
    marks: tuple[Marks, Marks]
    """Its own and those of `NAME.toml` beside it."""


def list_files(folder: Path) -> Iterator[Path | Problem]:
    """The files of `folder` and its sub-folders that may be pages, sorted by path; nothing is opened.

    Dotfiles, editors' leavings, `NAME.toml` side files and the folders of "complete" saves are left out.
    """
    root = f"{folder}/"
    return (found if isinstance(found, Problem) else Path(root + found.below) for found in list_marked(folder))


def list_marked(folder: Path, seen: Mapping[str, Marks] = {}) -> Iterator[Listed | Problem]:
    """`list_files`, with the marks that tell whether a file or its header has changed.

    A file that was `seen` a moment ago, with its marks under its path, is not looked at again.
    """
    waiting: list[Listed | Problem | str] = [""]
    while waiting:
        found = waiting.pop()
        if isinstance(found, str):
            waiting += reversed(_entries(folder, found, seen))
        else:
            yield found


class _Place(NamedTuple):
    """A name in a folder, and what it leads to."""

    path: Path
    is_folder: bool
    """Whether it is one, or a link to one."""
    is_link: bool


def _entries(folder: Path, below: str, seen: Mapping[str, Marks]) -> list[Listed | Problem | str]:
    """What matters in the folder `below`, sorted by name: its sub-folders as their paths from `folder`."""
    try:
        with os.scandir(f"{folder}/{below}") as scanned:
            there = {entry.name: entry for entry in sorted(scanned, key=attrgetter("name"))}
    except OSError as error:
        what = f"cannot be opened: {reason(error)}"
        return [Problem(shown(folder / below), "unreadable-folder", what, "check its name and permissions")]
    headers = {name: entry for name, entry in there.items() if name.endswith(".toml")}
    beside, ignored = cache(lambda: _Beside.of(there)), _ignored().fullmatch
    found = [
        _found(entry, headers, folder, below, beside, seen)
        for name, entry in there.items()
        if not ignored(name.lower())
    ]
    return [one for one in found if one is not None]


def _found(
    entry: os.DirEntry[str],
    headers: Mapping[str, os.DirEntry[str]],
    folder: Path,
    below: str,
    beside: Callable[[], _Beside],
    seen: Mapping[str, Marks],
) -> Listed | Problem | str | None:
    """What an entry of a folder is to the reader; None where it needs no word."""
    name, is_folder = entry.name, _is_folder(entry)
    if is_folder or name.lower().endswith(".toml"):
        odd = _entry(_Place(folder / below / name, is_folder, entry.is_symlink()), beside())
        if not isinstance(odd, _Place):
            return odd
    if is_folder:
        return f"{below}{name}/"
    header = headers.get(_header_of(name)) if headers else None
    marks = seen.get(entry.path) or marks_if_any(entry)
    return Listed(below + name, (marks, marks_if_any(header) if header else NO_MARKS))


def named_file(path: Path) -> tuple[Path | Problem, ...]:
    """A file that a person names: itself, what is wrong with it, or nothing where it belongs to the page beside it."""
    if path.suffix.lower() != ".toml":
        return (path,)
    place = _Place(path, _is_folder(path), path.is_symlink())
    found = _entry(place, _Beside.of(entry.name for entry in path.parent.iterdir()))
    return () if found is None else (found if isinstance(found, Problem) else path,)


class _Beside(NamedTuple):
    """The names of a folder, and how many there are of each without their endings."""

    names: frozenset[str]
    stems: Mapping[str, int]

    @classmethod
    def of(cls, names: Iterable[str]) -> _Beside:
        every = frozenset(names)
        return cls(every, Counter(map(stem, every)))


def _entry(place: _Place, beside: _Beside) -> _Place | Problem | None:
    """The entry itself, what is wrong with it, or None where it is no page and needs no word."""
    path = place.path
    if place.is_folder:
        if place.is_link:
            what = "is a link to a folder, and links to folders are not followed"
            return Problem(shown(path), "folder-link", what, "put the files themselves into the folder")
        return None if _is_companion(path.name, beside.names) else place
    if path.suffix.lower() != ".toml":
        return place
    if beside.stems[path.stem] > (path.name in beside.names):
        return None
    todo = "give it the name of its page (PAGE.toml for PAGE.txt), or remove it"
    return Problem(shown(path), "lonely-toml", "belongs to no file of this folder", todo)


def _is_folder(place: Path | os.DirEntry[str]) -> bool:
    try:
        return place.is_dir()
    except OSError:
        return False


@cache
def _ignored() -> re.Pattern[str]:
    """What the small letters of a name look like that is nobody's page."""
    return compiled("|".join(map(translate, table("reading")["ignored"]["names"])))


def _is_companion(name: str, names: Set[str]) -> bool:
    """Whether a folder holds the pictures and scripts of a page saved "complete" beside it."""
    companions = table("reading")["companions"]
    stems = [name[: -len(ending)] for ending in companions["endings"] if name.lower().endswith(ending)]
    return any(stem + ending in names for stem in stems for ending in companions["pages"])


def _header_of(name: str) -> str:
    """The name of the header of the page `name`, as `Path.with_suffix` has it."""
    return f"{stem(name)}.toml"


def stem(name: str) -> str:
    """The name of a file without its ending, as `Path.stem` has it."""
    dot = name.rfind(".")
    return name[:dot] if 0 < dot < len(name) - 1 else name


def shown(path: Path) -> str:
    """The path with forward slashes, as text that can always be printed and kept: what is no text in it is escaped."""
    text = os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)
