"""From a folder of saved pages to articles: reads, understands, and remembers what was understood of each file."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from site_src.errors import SettingsError
from site_src.filesystem import NO_MARKS, Marks, settled
from site_src.model.page import Article, ParsedPage, RawPage
from site_src.model.report import Problem
from site_src.parse import parse_page
from site_src.pipeline.analysts import Analyst, Input, Work, remembered
from site_src.pipeline.budget import TooSlowError, too_slow, within
from site_src.pipeline.report import Watch
from site_src.places import Places
from site_src.read import Listed, decode, list_marked, load, load_header, shown
from site_src.settings import Settings
from site_src.store import Store, digest
from site_src.text.shingles import Sketch, sketch

_LONGEST_DOCUMENT = 1_000_000

Loaded = tuple[str, bytes, str]
"""Name, bytes and header of a file."""
Key = tuple[tuple[Marks, Marks], bytes]
"""Marks of a file and of its header, and the hash under which it is remembered."""
Way = tuple[tuple[str, ...], float]
"""The source languages, and the seconds that a page may take."""


class Understood(Struct, frozen=True, array_like=True):
    """What a build needs of one file."""

    articles: tuple[Article, ...] = ()
    sketches: tuple[Sketch, ...] = ()
    problems: tuple[Problem, ...] = ()


class Pages(Struct, frozen=True):
    """What a build needs of all files."""

    read: int
    """How many files hold an article."""
    refused: int
    """How many hold none that the site can use: the problems say why."""
    articles: tuple[Article, ...]
    sketches: tuple[Sketch, ...]
    """One for each of `articles`."""
    marks: Mapping[str, tuple[Marks, Marks]]
    """Those that each file, by its path, and its header had before they were read."""
    made_from: Mapping[str, bytes]
    """A hash of all that the articles of each file are made from, by its name."""
    problems: tuple[Problem, ...]


def understand(folder: Path, settings: Settings, store: Store, watch: Watch, by: Analyst) -> Pages:
    """Every article below `folder`, in the order of files; a file that cannot be used is a problem, never a stop."""
    files, limit = list(list_marked(folder)), settings.site.seconds_per_page
    pages = [one for one in files if isinstance(one, Listed)]
    languages = settings.site.source_languages
    work = Work(understood, (languages, limit), Understood, "read")
    seen = _Seen(folder, store, languages)
    known = seen.known(pages)
    lacking = [one for one in pages if one.below not in known]
    made: list[Understood] = []
    for one in remembered(store, "page", work, map(seen.loaded, lacking), by):
        made.append(one or Understood(problems=(too_slow(_name(lacking[len(made)]), limit),)))
        watch("reading pages", len(files) - len(lacking) + len(made), len(files))
    rest = iter(made)
    found = [
        Understood(problems=(one,)) if isinstance(one, Problem) else known.get(one.below) or next(rest) for one in files
    ]
    seen.keep(pages)
    return Pages(
        read=(read := sum(bool(one.articles) for one in found)),
        refused=len(found) - read,
        articles=tuple(article for one in found for article in one.articles),
        sketches=tuple(sketch for one in found for sketch in one.sketches),
        marks=dict(pages),
        made_from={one.articles[0].file: seen.made_from[listed.below]
                   for listed, one in zip(files, found, strict=True) if one.articles and isinstance(listed, Listed)},
        problems=tuple(problem for one in found for problem in one.problems),
    )  # fmt: skip


class _Seen:
    """The files of a folder as an earlier build saw them: one whose marks stay need not be opened."""

    def __init__(self, folder: Path, store: Store, languages: tuple[str, ...]):
        self.languages = languages
        self.made_from: dict[str, bytes] = {}
        """A hash of all that is understood of each file, by its path."""
        self._store, self._folder = store, folder
        self._standing = " ".join(("files", *languages))
        self._before: dict[str, Key] = store.last(self._standing, dict[str, Key]) or {}
        self._now: dict[str, Key] = {}

    def known(self, files: Iterable[Listed]) -> dict[str, Understood]:
        """What was understood of those files that have, like their headers, the marks of then; by path."""
        before = self._before
        same = {below: key for below, marks in files if (key := before.get(below)) and key[0] == marks}
        found = self._store.known_rows("page", [made_from for _, made_from in same.values()], Understood)
        known = {below: one for below, one in zip(same, found, strict=True) if one is not None}
        self._now = {below: same[below] for below in known}
        self.made_from = {below: made_from for below, (_, made_from) in self._now.items()}
        return known

    def loaded(self, listed: Listed) -> Input[Loaded] | Understood:
        """What one file holds, or why it cannot be used."""
        path, file = Path(self._folder, listed.below), _name(listed)
        raw, header = load(path, file, self._folder), load_header(path, file, self._folder)
        if isinstance(raw, Problem):
            return Understood(problems=(raw,))
        if isinstance(header, Problem):
            return Understood(problems=(header,))
        self.made_from[listed.below] = made_from = digest(file, raw, header, *self.languages)
        self._note(listed, made_from)
        return Input(file, (file, raw, header), len(raw), made_from)

    def _note(self, listed: Listed, made_from: bytes) -> None:
        """Keep under what the file is remembered, by the marks that it had before it was opened."""
        page, header = listed.marks
        if stat.S_ISREG(page.mode) and (stat.S_ISREG(header.mode) or header == NO_MARKS) and settled(listed.marks):
            self._now[listed.below] = (listed.marks, made_from)

    def keep(self, files: Iterable[Listed]) -> None:
        """Put it aside for the next build, which will ask for the files in this order."""
        if self._now != self._before:
            self._store.keep(self._standing, self._now)
        self._store.expect_rows("page", [self.made_from[below] for below, _ in files if below in self.made_from])


def _name(listed: Listed) -> str:
    return shown(Path(listed.below))


def understood(way: Way, loaded: Loaded) -> Understood | None:
    """What is understood of one file; None where that takes too long."""
    languages, limit = way
    try:
        return within(limit, lambda: _understood(*loaded, languages))
    except TooSlowError:
        return None


def _understood(file: str, raw: bytes, header: str, languages: tuple[str, ...]) -> Understood:
    page = parsed(file, decode(file, raw, header), languages)
    return Understood(page.articles, tuple(sketch(article) for article in page.articles), page.all_problems)


def parsed(file: str, page: RawPage | Problem, languages: tuple[str, ...]) -> ParsedPage:
    """All that is understood of one file, or why it is no page."""
    return ParsedPage(file, (), problems=(page,)) if isinstance(page, Problem) else parse_page(page, languages)


def read_documents(places: Places) -> Mapping[str, str]:
    """The site's own Markdown by name ("about.en"), and an analyst's notes as "notes/SLUG.en".

    Raises `SettingsError` with every file that cannot be read: what is published must not lack a person's page.
    """
    folders = (("", places.pages), ("notes/", places.notes))
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
