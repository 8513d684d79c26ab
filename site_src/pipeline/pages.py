"""From a folder of saved pages to articles: reads, understands, and remembers what was understood of each file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from site_src.errors import SettingsError
from site_src.model import Article, ParsedPage, Problem
from site_src.parse import parse_page
from site_src.pipeline.budget import TooSlowError, too_slow, within
from site_src.pipeline.report import Watch
from site_src.places import Places
from site_src.read import decode, list_files, load, load_header, shown
from site_src.settings import Settings
from site_src.store import Store, digest
from site_src.text.shingles import Sketch, sketch

_LONGEST_DOCUMENT = 1_000_000


@dataclass(frozen=True, slots=True)
class Understood:
    """What a build needs of one file."""

    articles: tuple[Article, ...] = ()
    sketches: tuple[Sketch, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Pages:
    """What a build needs of all files."""

    count: int
    articles: tuple[Article, ...]
    sketches: tuple[Sketch, ...]
    """One for each of `articles`."""
    problems: tuple[Problem, ...]


def understand(folder: Path, settings: Settings, store: Store, watch: Watch) -> Pages:
    """Every article below `folder`, in the order of files; a file that cannot be used is a problem, never a stop."""
    files = list(list_files(folder))
    found = []
    for count, path in enumerate(files, 1):
        found.append(
            Understood(problems=(path,)) if isinstance(path, Problem) else _file(path, folder, settings, store)
        )
        watch("reading pages", count, len(files))
    return Pages(
        count=len(files),
        articles=tuple(article for one in found for article in one.articles),
        sketches=tuple(sketch for one in found for sketch in one.sketches),
        problems=tuple(problem for one in found for problem in one.problems),
    )


def _file(path: Path, folder: Path, settings: Settings, store: Store) -> Understood:
    file = shown(path.relative_to(folder))
    raw, header = load(path, file, folder), load_header(path, file, folder)
    if isinstance(raw, Problem):
        return Understood(problems=(raw,))
    if isinstance(header, Problem):
        return Understood(problems=(header,))
    languages, limit = settings.site.source_languages, settings.site.seconds_per_page
    made_from = digest(file, raw, header, *languages)
    understood = partial(_understood, file, raw, header, languages)
    try:
        return store.remember("page", made_from, Understood, lambda: within(limit, understood))
    except TooSlowError:
        return Understood(problems=(too_slow(file, limit),))


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
