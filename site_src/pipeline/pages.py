"""From a folder of saved pages to articles: reads, understands, and remembers what was understood of each file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from itertools import compress
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from site_src.errors import SettingsError, unread
from site_src.filesystem import NO_MARKS, Marks, telling
from site_src.model.page import Article, ParsedPage, RawPage
from site_src.model.report import Problem
from site_src.parse import parse_page
from site_src.pipeline.analysts import Analyst, Input, Work, remembered
from site_src.pipeline.budget import attempt, failed
from site_src.pipeline.report import Watch
from site_src.places import Places
from site_src.read import Listed, decode, list_marked, load, load_header, shown
from site_src.settings import Settings
from site_src.store import Store, digest
from site_src.text.shingles import Sketch, sketch

_LONGEST_DOCUMENT = 1_000_000

Loaded = tuple[str, bytes, str]
"""Name, bytes and header of a file."""
Way = tuple[tuple[str, ...], float]
"""The source languages, and the seconds that a page may take."""


class Held(NamedTuple):
    """What a file and its header held when they were read."""

    marks: tuple[Marks, Marks]
    """Those of both before they were opened."""
    made_from: bytes
    """The hash under which all that is understood of the file is remembered."""
    sha: str
    """SHA-256 of the file, without its header."""


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
    held: Mapping[str, Held]
    """What each file that holds an article held, by its name."""
    problems: tuple[Problem, ...]

    def without(self, faults: Mapping[str, Exception]) -> Pages:
        """The pages without the files that this program is at fault on, by name; each is named as a problem."""
        stays = [one.file not in faults for one in self.articles]
        return replace(
            self,
            read=self.read - len(faults),
            refused=self.refused + len(faults),
            articles=tuple(compress(self.articles, stays)),
            sketches=tuple(compress(self.sketches, stays)),
            problems=(*self.problems, *(failed(file, fault) for file, fault in faults.items())),
        )


def understand(
    folder: Path, settings: Settings, store: Store, watch: Watch, by: Analyst, seen: Mapping[str, Marks] = {}
) -> Pages:
    """Every article below `folder`, in the order of files; a file that cannot be used is a problem, never a stop.

    Files that were `seen` a moment ago, with their marks by path, are not looked at again.
    """
    files, limit = list(list_marked(folder, seen)), settings.site.seconds_per_page
    pages = [one for one in files if isinstance(one, Listed)]
    languages = settings.site.source_languages
    work = Work(understood, (languages, limit), Understood, "read")
    earlier = _Earlier(folder, store, languages)
    known = earlier.known(pages)
    lacking = [one for one in pages if one.below not in known]
    made: list[Understood] = []
    for one in remembered(store, "page", work, map(earlier.loaded, lacking), by):
        made.append(Understood(problems=(one,)) if isinstance(one, Problem) else one)
        watch("reading pages", len(files) - len(lacking) + len(made), len(files))
    rest = iter(made)
    found = [
        Understood(problems=(one,)) if isinstance(one, Problem) else known.get(one.below) or next(rest) for one in files
    ]
    earlier.keep(pages)
    read = sum(bool(one.articles) for one in found)
    return Pages(
        read=read,
        refused=len(found) - read,
        articles=tuple(article for one in found for article in one.articles),
        sketches=tuple(sketch for one in found for sketch in one.sketches),
        held={one.articles[0].file: earlier.held[listed.below]
              for listed, one in zip(files, found, strict=True) if one.articles and isinstance(listed, Listed)},
        problems=tuple(problem for one in found for problem in one.problems),
    )  # fmt: skip


class _Earlier:
    """The files of a folder as an earlier build saw them: one whose marks stay need not be opened."""

    def __init__(self, folder: Path, store: Store, languages: tuple[str, ...]):
        self.languages = languages
        self.held: dict[str, Held] = {}
        """What each file that could be read held, by its path."""
        self._unsure: set[str] = set()
        """Those whose marks may not show their next change."""
        self._store, self._folder = store, folder
        self._standing = " ".join(("files", *languages))
        self._before: dict[str, Held] = store.last(self._standing, dict[str, Held]) or {}

    def known(self, files: Iterable[Listed]) -> dict[str, Understood]:
        """What was understood of those files that have, like their headers, the marks of then; by path."""
        before = self._before
        same = {below: held for below, marks in files if (held := before.get(below)) and held.marks == marks}
        found = self._store.known_rows("page", [held.made_from for held in same.values()], Understood)
        known = {below: one for below, one in zip(same, found, strict=True) if one is not None}
        self.held = same if len(known) == len(same) else {below: same[below] for below in known}
        return known

    def loaded(self, listed: Listed) -> Input[Loaded] | Understood:
        """What one file holds, or why it cannot be used."""
        path, file = Path(self._folder, listed.below), _name(listed)
        raw, header = load(path, file, self._folder), load_header(path, file, self._folder)
        if isinstance(raw, Problem):
            return Understood(problems=(raw,))
        if isinstance(header, Problem):
            return Understood(problems=(header,))
        made_from = digest(file, raw, header, *self.languages)
        self.held[listed.below] = Held(listed.marks, made_from, sha256(raw).hexdigest())
        page, beside = listed.marks
        if not telling([page] if beside == NO_MARKS else [page, beside]):
            self._unsure.add(listed.below)
        return Input(file, (file, raw, header), len(raw), made_from)

    def keep(self, files: Iterable[Listed]) -> None:
        """Put it aside for the next build, which will ask for the files in this order."""
        sure = {below: held for below, held in self.held.items() if below not in self._unsure}
        if sure != self._before:
            self._store.keep(self._standing, sure)
        self._store.expect_rows("page", [self.held[below].made_from for below, _ in files if below in self.held])


def _name(listed: Listed) -> str:
    return shown(Path(listed.below))


def understood(way: Way, loaded: Loaded) -> Understood | Problem:
    """What is understood of one file, or why nothing is."""
    languages, limit = way
    return attempt(loaded[0], limit, lambda: _understood(*loaded, languages))


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
        return Problem(path.name, "undecodable", *unread(error))
