"""`doctor`: whether everything that a build needs is here, and what to do where it is not."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from site_src.cli.site import open_site
from site_src.errors import FIXABLE, MujazError, command
from site_src.places import Places
from site_src.settings import Settings


class Diagnosis(Struct, frozen=True):
    """The state of one thing that was examined."""

    what: str
    state: str
    todo: str = ""
    """What the person should do; "" where all is well."""
    needed: bool = True
    """Whether a build needs it."""


def run(options: argparse.Namespace) -> int:
    """Print all diagnoses; returns 1 when something that a build needs is missing."""
    places, settings = open_site(options)
    diagnoses = [*_machine(places), *_translation(places, settings), *_publishing(settings)]
    for diagnosis in diagnoses:
        mark = "ok  " if not diagnosis.todo else "FIX " if diagnosis.needed else "note"
        todo = f". {diagnosis.todo}" if diagnosis.todo else ""
        print(f"{mark} {diagnosis.what}: {diagnosis.state}{todo}")
    return FIXABLE if any(diagnosis.todo and diagnosis.needed for diagnosis in diagnoses) else 0


def _machine(places: Places) -> Iterator[Diagnosis]:
    yield Diagnosis("Python", sys.version.split()[0])
    for what, folder in (("output folder", places.out), ("cache", places.cache), ("content", places.content)):
        todo = "" if _may_write(folder) else "Give yourself the right to write there, or name another."
        yield Diagnosis(what, str(folder), todo)
    yield _browser()
    yield _fonts()


def _fonts() -> Diagnosis:
    """The Arabic fonts of this machine: readers have their own, but PDF hand-outs and the tests use these."""
    fc_list = shutil.which("fc-list")
    if fc_list is None:
        return Diagnosis("Arabic fonts", "cannot be told here (no fc-list)", needed=False)
    output = subprocess.run([fc_list, ":lang=ar", "family"], capture_output=True, text=True, check=False).stdout
    families = {line.partition(",")[0].strip() for line in output.splitlines() if line.strip()}
    todo = "" if families else "Install one, such as Noto Naskh Arabic, for PDF hand-outs and the tests."
    return Diagnosis("Arabic fonts", f"{len(families)} families", todo, needed=False)


def _browser() -> Diagnosis:
    from site_src.pipeline.printing import find_browser

    what, todo = "browser for PDF and tests", "Install Chromium or Chrome for `export --format pdf` and for the tests."
    try:
        browser = find_browser()
    except MujazError as error:
        return Diagnosis(what, str(error), todo, needed=False)
    return Diagnosis(what, browser or "none", "" if browser else todo, needed=False)


def _may_write(folder: Path) -> bool:
    """Whether this user may write into the folder, or may make it if it does not exist."""
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    return os.access(existing, os.W_OK)


def _translation(places: Places, settings: Settings) -> Iterator[Diagnosis]:
    from site_src.translate.packages import find_packages
    from site_src.translate.packages.manage import argos_distributions, verify

    modules = argos_distributions()
    todo = "" if len(modules) == 1 else "Exactly one of argos-translate-lt and argostranslate must be installed."
    yield Diagnosis("argostranslate comes from", ", ".join(modules) or "nowhere", todo, needed=False)
    installed = find_packages(places.models)
    names = ", ".join(package.key for package in installed.packages)
    yield Diagnosis("translation packages", names or "none", needed=False)
    for sentence in installed.broken:
        yield Diagnosis("translation packages", sentence, "Remove that folder.", needed=False)
    for _, fault in verify(places.models):
        if fault:
            what, _, todo = fault.rpartition("; ")
            yield Diagnosis("translation packages", what, f"{todo[0].upper()}{todo[1:]}.", needed=False)
    yield _engine(places, settings)
    yield Diagnosis("publication policy", settings.translation.publish)


def _engine(places: Places, settings: Settings) -> Diagnosis:
    """The engine that the next build would use; no server is contacted."""
    from site_src.translate.engines import ENGINES

    what, engines = "translation engine", settings.translation.engines
    sources, targets = settings.site.source_languages, settings.site.languages
    pairs = [(source, lang) for source in sources for lang in targets if source != lang]
    if not pairs:
        return Diagnosis(what, "none is needed: the only edition is in the language of the pages")
    for name in engines:
        if any(ENGINES[name](settings.translation, places.root).ready(*pair) for pair in pairs):
            return Diagnosis(what, name)
    if not engines:
        todo = "Sentences without words of yours wait. Name one in translation.engines, unless people translate."
        return Diagnosis(what, "none is named in site.toml", todo, needed=False)
    fetch = "models install" if "argos" in engines else "models install --engine firefox"
    todo = f"Sentences without words of yours wait. {command(fetch)} fetches what it needs; builds work without."
    return Diagnosis(what, f"none is ready ({', '.join(engines)})", todo, needed=False)


def _publishing(settings: Settings) -> Iterator[Diagnosis]:
    url = settings.site.base_url
    todo = "" if url else "Set site.base_url for sitemap, feeds and canonical links."
    yield Diagnosis("address of the site", url or "not set", todo, needed=False)
