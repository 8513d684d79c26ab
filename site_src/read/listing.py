"""Which files of a folder may be pages, and the marks by which a change of one shows; no file is opened."""

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
    """Its own marks and those of `NAME.toml` beside it."""


def list_files(folder: Path) -> Iterator[Path | Problem]:
    """The files of `folder` and its sub-folders that may be pages, sorted by path; no file is opened.

    Dotfiles, editors' temporary files, `NAME.toml` side files and the folders of "complete" saves are left out.
    """
    root = f"{folder}/"
    return (entry if isinstance(entry, Problem) else Path(root + entry.below) for entry in list_marked(folder))


def list_marked(folder: Path, seen: Mapping[str, Marks] = {}) -> Iterator[Listed | Problem]:
    """The same as `list_files`, with the marks that tell whether a file or its header has changed.

    `seen` holds the marks of files that were looked at a moment ago, by path; these are not looked at again.
    """
    waiting: list[Listed | Problem | str] = [""]
    while waiting:
        entry = waiting.pop()
        if isinstance(entry, str):
            waiting += reversed(_entries(folder, entry, seen))
        else:
            yield entry


class _Named(NamedTuple):
    """A name in a folder, and what it leads to."""

    path: Path
    is_folder: bool
    """Whether it is a folder, or a link to one."""
    is_link: bool


def _entries(folder: Path, below: str, seen: Mapping[str, Marks]) -> list[Listed | Problem | str]:
    """The files and problems in the folder `below`, sorted by name; its sub-folders as their paths from `folder`."""
    try:
        with os.scandir(f"{folder}/{below}") as scanned:
            by_name = {entry.name: entry for entry in sorted(scanned, key=attrgetter("name"))}
    except OSError as error:
        what = f"cannot be opened: {reason(error)}"
        return [Problem(shown(folder / below), "unreadable-folder", what, "check its name and permissions")]
    headers = {name: entry for name, entry in by_name.items() if name.endswith(".toml")}
    neighbours, is_ignored = cache(lambda: _Neighbours.of(by_name)), _ignored().fullmatch
    entries = [
        _listed(entry, headers, folder, below, neighbours, seen)
        for name, entry in by_name.items()
        if not is_ignored(name.lower())
    ]
    return [entry for entry in entries if entry is not None]


def _listed(
    entry: os.DirEntry[str],
    headers: Mapping[str, os.DirEntry[str]],
    folder: Path,
    below: str,
    neighbours: Callable[[], _Neighbours],
    seen: Mapping[str, Marks],
) -> Listed | Problem | str | None:
    """An entry of a folder as a file, as a problem or as the path of a sub-folder; None where it is left out."""
    name, is_folder = entry.name, _is_folder(entry)
    if is_folder or name.lower().endswith(".toml"):
        judged = _judge(_Named(folder / below / name, is_folder, entry.is_symlink()), neighbours())
        if not isinstance(judged, _Named):
            return judged
    if is_folder:
        return f"{below}{name}/"
    header = headers.get(_header_of(name)) if headers else None
    marks = seen.get(entry.path) or marks_if_any(entry)
    return Listed(below + name, (marks, marks_if_any(header) if header else NO_MARKS))


def named_file(path: Path) -> tuple[Path | Problem, ...]:
    """A file that a person names: itself, what is wrong with it, or empty where it belongs to the page beside it."""
    if path.suffix.lower() != ".toml":
        return (path,)
    named = _Named(path, _is_folder(path), path.is_symlink())
    judged = _judge(named, _Neighbours.of(entry.name for entry in path.parent.iterdir()))
    if judged is None:
        return ()
    return (judged if isinstance(judged, Problem) else path,)


class _Neighbours(NamedTuple):
    """The names of a folder, and how many of them there are for each stem."""

    names: frozenset[str]
    stem_counts: Mapping[str, int]

    @classmethod
    def of(cls, names: Iterable[str]) -> _Neighbours:
        """The neighbours with these names."""
        every = frozenset(names)
        return cls(every, Counter(map(stem, every)))


def _judge(named: _Named, neighbours: _Neighbours) -> _Named | Problem | None:
    """A folder or TOML file itself, what is wrong with it, or None where it is no page but nothing is wrong."""
    path = named.path
    if named.is_folder:
        if named.is_link:
            what = "is a link to a folder, and links to folders are not followed"
            return Problem(shown(path), "folder-link", what, "put the files themselves into the folder")
        return None if _is_companion(path.name, neighbours.names) else named
    if path.suffix.lower() != ".toml":
        return named
    if neighbours.stem_counts[path.stem] > (path.name in neighbours.names):
        return None
    todo = "give it the name of its page (PAGE.toml for PAGE.txt), or remove it"
    return Problem(shown(path), "lonely-toml", "belongs to no file of this folder", todo)


def _is_folder(entry: Path | os.DirEntry[str]) -> bool:
    """Whether it is a folder, or a link to one; not where the system refuses to say."""
    try:
        return entry.is_dir()
    except OSError:
        return False


@cache
def _ignored() -> re.Pattern[str]:
    """The names, in small letters, of files that are never pages."""
    return compiled("|".join(map(translate, table("reading")["ignored"]["names"])))


def _is_companion(name: str, names: Set[str]) -> bool:
    """Whether a folder holds the pictures and scripts of a page that a browser saved "complete" beside it."""
    companions = table("reading")["companions"]
    stems = [name[: -len(ending)] for ending in companions["endings"] if name.lower().endswith(ending)]
    return any(stem + ending in names for stem in stems for ending in companions["pages"])


def _header_of(name: str) -> str:
    """The name of the header file of the page `name`, as `Path.with_suffix` gives it."""
    return f"{stem(name)}.toml"


def stem(name: str) -> str:
    """The name of a file without its ending, as `Path.stem` gives it."""
    dot = name.rfind(".")
    return name[:dot] if 0 < dot < len(name) - 1 else name


def shown(path: Path) -> str:
    """The path with forward slashes, as text that can always be printed and stored; other bytes are escaped."""
    text = os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
    return _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", text)
