"""From a folder of saved pages to articles: reads, understands, and remembers what was understood of each file."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from site_src.errors import SettingsError
from site_src.exchange import NO_MARKS, Marks, marks_below, settled
from site_src.model import Article, ParsedPage, Problem
from site_src.parse import parse_page
from site_src.pipeline.analysts import ALONE, Analyst, Input, Work, remembered
from site_src.pipeline.budget import TooSlowError, too_slow, within
from site_src.pipeline.report import Watch
from site_src.places import Places
from site_src.read import decode, list_files, load, load_header, shown
from site_src.settings import Settings
from site_src.store import Store, digest
from site_src.text.shingles import Sketch, sketch

_LONGEST_DOCUMENT = 1_000_000

Loaded = tuple[str, bytes, str]
"""Name, bytes and header of a file."""
Key = tuple[tuple[Marks, Marks], tuple[str, ...], bytes]
"""Marks of a file and of its header, the source languages, and the hash under which it is remembered."""
Way = tuple[tuple[str, ...], float]
"""The source languages, and the seconds that a page may take."""


class Understood(Struct, frozen=True):
    """What a build needs of one file."""

    articles: tuple[Article, ...] = ()
    sketches: tuple[Sketch, ...] = ()
    problems: tuple[Problem, ...] = ()


class Pages(Struct, frozen=True):
    """What a build needs of all files."""

    count: int
    articles: tuple[Article, ...]
    sketches: tuple[Sketch, ...]
    """One for each of `articles`."""
    problems: tuple[Problem, ...]


def understand(folder: Path, settings: Settings, store: Store, watch: Watch, by: Analyst = ALONE) -> Pages:
    """Every article below `folder`, in the order of files; a file that cannot be used is a problem, never a stop."""
    files, limit = list(list_files(folder)), settings.site.seconds_per_page
    languages = settings.site.source_languages
    work = Work(understood, (languages, limit), Understood, "read")
    seen = _Seen(folder, store, languages)
    known = seen.known(files)
    loaded = (known.get(path) or _loaded(path, folder, seen) for path in files)
    found = []
    for path, one in zip(files, remembered(store, "page", work, loaded, by), strict=True):
        found.append(one or Understood(problems=(too_slow(_name(path, folder), limit),)))
        watch("reading pages", len(found), len(files))
    seen.keep()
    return Pages(
        count=len(files),
        articles=tuple(article for one in found for article in one.articles),
        sketches=tuple(sketch for one in found for sketch in one.sketches),
        problems=tuple(problem for one in found for problem in one.problems),
    )


class _Seen:
    """The files of a folder as an earlier build saw them: one whose marks stay need not be opened."""

    def __init__(self, folder: Path, store: Store, languages: tuple[str, ...]):
        self.languages = languages
        self._store, self._root = store, len(f"{folder}/")
        self._marks: dict[str, Marks] = {}
        with suppress(OSError):  # what cannot be looked at is a problem of its own
            self._marks = marks_below(folder)
        self._before: dict[str, Key] = store.last("files", dict[str, Key]) or {}
        self._now: dict[str, Key] = {}

    def known(self, files: Iterable[Path | Problem]) -> dict[Path | Problem, Understood]:
        """What was understood of those files that have, like their headers, the marks of then."""
        before = {path: self._before.get(str(path)[self._root :]) for path in files if isinstance(path, Path)}
        same = {path: key for path, key in before.items() if key and key[:2] == (self._of(path), self.languages)}
        found = self._store.known_all("page", [made_from for _, _, made_from in same.values()], Understood)
        known: dict[Path | Problem, Understood] = {}
        for (path, key), one in zip(same.items(), found, strict=True):
            if one is not None:
                known[path] = one
                self._now[str(path)[self._root :]] = key
        return known

    def note(self, path: Path, made_from: bytes) -> None:
        """Keep under what the file at `path` is remembered, by the marks that it had before it was opened."""
        marks = self._of(path)
        page, header = marks
        if stat.S_ISREG(page.mode) and (stat.S_ISREG(header.mode) or header == NO_MARKS) and settled(marks):
            self._now[str(path)[self._root :]] = (marks, self.languages, made_from)

    def keep(self) -> None:
        """Put it aside for the next build."""
        if self._now != self._before:
            self._store.keep("files", self._now)

    def _of(self, path: Path) -> tuple[Marks, Marks]:
        files = (str(path), str(path.with_suffix(".toml")))
        page, header = (self._marks.get(file[self._root :], NO_MARKS) for file in files)
        return page, header


def _loaded(path: Path | Problem, folder: Path, seen: _Seen) -> Input[Loaded] | Understood:
    """What one file holds, or why it cannot be used."""
    if isinstance(path, Problem):
        return Understood(problems=(path,))
    file = _name(path, folder)
    raw, header = load(path, file, folder), load_header(path, file, folder)
    if isinstance(raw, Problem):
        return Understood(problems=(raw,))
    if isinstance(header, Problem):
        return Understood(problems=(header,))
    made_from = digest(file, raw, header, *seen.languages)
    seen.note(path, made_from)
    return Input(file, (file, raw, header), len(raw), made_from)


def _name(path: Path | Problem, folder: Path) -> str:
    return path.file if isinstance(path, Problem) else shown(path.relative_to(folder))


def understood(way: Way, loaded: Loaded) -> Understood | None:
    """What is understood of one file; None where that takes too long."""
    languages, limit = way
    try:
        return within(limit, lambda: _understood(*loaded, languages))
    except TooSlowError:
        return None


def _understood(file: str, raw: bytes, header: str, languages: tuple[str, ...]) -> Understood:
    page = parsed(file, raw, header, languages)
    problems = (*page.problems, *(problem for article in page.articles for problem in article.problems))
    return Understood(page.articles, tuple(sketch(article) for article in page.articles), problems)


def parsed(file: str, raw: bytes, header: str, languages: tuple[str, ...]) -> ParsedPage:
    """All that is understood of the bytes of one file."""
    page = decode(file, raw, header)
    return ParsedPage(file, (), problems=(page,)) if isinstance(page, Problem) else parse_page(page, languages)


def read_documents(places: Places) -> Mapping[str, str]:
    """The site's own Markdown by name ("about.en"), and an analyst's notes as "notes/SLUG.en".

    Raises `SettingsError` with every file that cannot be read: what is published must not lack a person's page.
    """
    folders = (("", places.pages), ("notes/", places.shared / "notes"))
    found, mistakes = {}, []
    for prefix, folder in folders:
        for path in sorted(folder.glob("*.md")) if folder.is_dir() else ():
            read = _document(path, folder)
            if isinstance(read, Problem):
                mistakes.append(f"{prefix or 'pages/'}{path.name}: {read.what}; {read.todo}")
            else:
                found[f"{prefix}{path.stem}"] = read
    if mistakes:
        raise SettingsError(str(places.shared), mistakes)
    return found


def _document(path: Path, folder: Path) -> str | Problem:
    raw = load(path, path.name, folder)
    if isinstance(raw, Problem):
        return raw
    if len(raw) > _LONGEST_DOCUMENT:
        what = f"holds {len(raw):,} bytes; the limit is {_LONGEST_DOCUMENT:,}"
        return Problem(path.name, "too-large", what, "shorten it, or split it")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Problem(path.name, "undecodable", f"is not UTF-8 (byte {error.start})", "save it as UTF-8")
