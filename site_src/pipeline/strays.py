"""Files of `content/` that belong to no story: a mistyped name must not make a person's work vanish without a word."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from site_src.errors import nearest
from site_src.model.report import Problem
from site_src.pipeline.opening import Opened
from site_src.places import Places
from site_src.tables import table


def strays(opened: Opened) -> tuple[Problem, ...]:
    """A warning for each note and translation of no story, and for each page that lies beside `articles/`.

    A story that was here once is known: what was written for it waits for its return. Where articles are a bare
    folder, the rest of the content belongs to other stories, and nothing is said.
    """
    places, languages = opened.places, opened.settings.site.languages
    if not places.writable:
        return ()
    known = {story.slug for story in opened.merged.stories}
    known |= {name for entry in opened.record.entries for name in (entry.slug, *entry.former)}
    notes = (_stray(path, "note", known, languages) for path in _files(places.notes, ".md"))
    memories = [path for path in _files(places.translations, ".po") if path.stem.rpartition(".")[2] in languages]
    translations = (_stray(path, "translation", known, languages) for path in memories)
    return (*_misplaced(places), *(found for found in (*notes, *translations) if found))


def _files(folder: Path, ending: str) -> list[Path]:
    """The visible files of the folder with that ending, by name."""
    found = folder.glob(f"[!.]*{ending}") if folder.is_dir() else ()
    return sorted(path for path in found if path.is_file())


def _stray(path: Path, what: str, known: Collection[str], languages: Collection[str]) -> Problem | None:
    slug, _, lang = path.stem.rpartition(".")
    if slug in known and lang in languages:
        return None
    file = f"{path.parent.name}/{path.name}"
    if lang not in languages:
        todo = f"name it SLUG.LANGUAGE{path.suffix}; the languages are {', '.join(languages)}"
        return Problem(file, "stray-file", f"is a {what} for no edition of this site", todo, severity="warning")
    near = nearest(slug, known)
    todo = f"did you mean {near}.{lang}{path.suffix}?" if near else "name it after its story, or remove it"
    return Problem(file, "stray-file", f"is a {what} of no story: there is none called {slug!r}", todo,
                   severity="warning")  # fmt: skip


def _misplaced(places: Places) -> Iterator[Problem]:
    endings = {ending for those in table("reading")["endings"].values() for ending in those}
    for path in _files(places.content, ""):
        if path.suffix.lower() in endings and path.stem.lower() != "readme":
            what, todo = "lies beside the articles, not among them, and is not read", "move it into content/articles/"
            yield Problem(path.name, "misplaced-page", what, todo, severity="warning")
