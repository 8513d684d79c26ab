"""`build.json`: from what a site was made, so that a reader can tell two builds apart and repeat one.

No clock and no path of a machine is in it: the same inputs give the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from site_src import __version__
from site_src.filesystem import NO_MARKS, Marks, marks_below, marks_of, telling
from site_src.model.edition import Edition, StoryEdition
from site_src.model.output import Recipe
from site_src.model.publication import Publication
from site_src.pipeline.opening import Opened
from site_src.read import load
from site_src.store import Store

_NAME = "build.json"
_ARTICLES = "content/articles/"
Known = dict[str, tuple[Marks, str]]
"""SHA-256 of files that an earlier build read, by name, with the marks of then."""

Templates = list[tuple[str, dict[str, Marks]]]
"""Folders of templates, and the marks of the files in each."""


Way = tuple[tuple[str, ...], frozenset[str]]
"""The state of each sentence of a story, and the engines whose words are shown."""


class InputFile(NamedTuple):
    """A file that pages are made from."""

    name: str
    """From the site's folder: "content/names.toml"."""
    marks: Marks
    root: Path
    """The folder that a link must not lead out of."""
    below: str
    """Its path from there."""


def build_file(opened: Opened, publication: Publication) -> Recipe:
    """The recipe of `build.json`; docs/reference/files.md tells its keys.

    It is to be made once the translations of this build are saved, since their files are among the inputs.
    """
    from msgspec import json

    editions = {edition.lang: _ways(edition) for edition in publication.editions}
    statement = {
        "schema": "mujaz-build/1",
        "program": f"mujaz {__version__}",
        "base_url": opened.settings.site.base_url,
        "data_until": publication.until.iso if publication.until else None,
        "pages": opened.pages.read,
        "articles": len(opened.pages.articles),
        "stories": len(opened.merged.stories),
        "publish": opened.settings.translation.publish,
        "engines": sorted({engine for ways in editions.values() for _, engines in ways for engine in engines}),
        "editions": {lang: _states(ways) for lang, ways in editions.items()},
        "inputs": _inputs(opened),
    }
    content = json.format(json.encode(statement), indent=1) + b"\n"
    return Recipe(_NAME, b"", lambda: content)


def _ways(edition: Edition) -> Counter[Way]:
    """How many stories of the edition are told in each way: there are few ways, however many stories."""
    return Counter(map(_way, edition.stories))


def _way(story: StoryEdition) -> Way:
    engines = [one.engine for one in story.renderings if one.engine and one.text] if story.translated else ()
    return story.states, frozenset(engines)


def _states(ways: Counter[Way]) -> dict[str, Any]:
    """How many sentences (titles among them) are in each state, and how many stories have such a one."""
    sentences: Counter[str] = Counter()
    stories: Counter[str] = Counter()
    for (states, _), count in ways.items():
        sentences.update(states * count)
        stories.update([*{*states}] * count)
    return {"sentences": dict(sorted(sentences.items())), "stories": dict(sorted(stories.items()))}


def _inputs(opened: Opened) -> dict[str, str]:
    """SHA-256 of every file that the pages are made from, by its name; the templates as one.

    The record is none of them, since the build itself writes it.
    """
    known: Known = opened.store.last("inputs", Known) or {}
    now: Known = {}
    for one in sorted(_files(opened)):
        before = known.get(one.name)
        if before and before[0] == one.marks:
            now[one.name] = before
        elif (sha := _sha(one)) is not None:
            now[one.name] = one.marks, sha
    sure = {name: held for name, held in now.items() if held is known.get(name) or telling([held[0]])}
    if sure != known:
        opened.store.keep("inputs", sure)
    pages = {_ARTICLES + name: held.sha for name, held in opened.pages.held.items()}
    others = {name: sha for name, (_, sha) in now.items()}
    return dict(sorted((pages | others).items())) | {"templates": _together(opened.places.templates, opened.store)}


def _sha(one: InputFile) -> str | None:
    """The hash of the file; None for one that cannot be read."""
    raw = load(one.root / one.below, one.name, one.root)
    return sha256(raw).hexdigest() if isinstance(raw, bytes) else None


def _files(opened: Opened) -> Iterator[InputFile]:
    yield from _headers(opened)
    places = opened.places
    translations = tuple(f".{lang}.po" for lang in opened.settings.site.languages)
    for name, endings in (("translations", translations), ("notes", (".md",)), ("pages", (".md",))):
        folder = places.shared / name
        yield from (
            InputFile(f"content/{name}/{file}", marks, folder, file)
            for file, marks in _marks(folder).items()
            if file.endswith(endings) and "/" not in file
        )
    for name, path in (("content/names.toml", places.names), ("content/merge.toml", places.merges),
                       ("site.toml", places.config)):  # fmt: skip
        if path.is_file():
            yield InputFile(name, marks_of(path), path.parent, path.name)


def _headers(opened: Opened) -> Iterator[InputFile]:
    """The headers of files that hold an article, by the marks that they had before they were read."""
    for page, held in opened.pages.held.items():
        _, header = held.marks
        if header != NO_MARKS:
            below = PurePosixPath(page).with_suffix(".toml").as_posix()
            yield InputFile(f"{_ARTICLES}{below}", header, opened.places.articles, below)


def _marks(folder: Path) -> dict[str, Marks]:
    with suppress(OSError):  # what cannot be looked at is a problem of its own
        return marks_below(folder)
    return {}


def _together(folders: Iterable[Path], store: Store) -> str:
    """One SHA-256 of all files of the template folders: those of a site's own go before the shipped ones.

    None of them is opened where all have the marks of an earlier build.
    """
    found = [(str(folder), _marks(folder)) for folder in folders]
    known: tuple[Templates, str] | None = store.last("templates", tuple[Templates, str])
    if known and known[0] == found:
        return known[1]
    made = sha256()
    for folder, files in found:
        for below in sorted(files, key=lambda path: path.split("/")):
            path = Path(folder, below)
            if path.is_file():
                content = path.read_bytes()
                made.update(f"{below} {len(content)}\n".encode("utf-8", "surrogateescape"))
                made.update(content)
    if telling([marks for _, files in found for marks in files.values()]):
        store.keep("templates", (found, made.hexdigest()))
    return made.hexdigest()
