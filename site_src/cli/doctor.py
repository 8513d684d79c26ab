"""`doctor`: is everything here that the work needs, and what to do where it is not."""

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
    """One thing that was looked at."""

    what: str
    found: str
    todo: str = ""
    """What to do; "" where it is well."""
    needed: bool = True
    """False: the site builds without it."""


def run(options: argparse.Namespace) -> int:
    """Print what was found; gives 1 when something that a build needs is missing."""
    places, settings = open_site(options)
    diagnoses = [*_machine(places), *_translation(places, settings), *_publishing(settings)]
    for one in diagnoses:
        mark = "ok  " if not one.todo else "FIX " if one.needed else "note"
        print(f"{mark} {one.what}: {one.found}" + (f". {one.todo}" if one.todo else ""))
    return FIXABLE if any(one.todo and one.needed for one in diagnoses) else 0


def _machine(places: Places) -> Iterator[Diagnosis]:
    yield Diagnosis("Python", sys.version.split()[0])
    for what, folder in (("output folder", places.out), ("cache", places.cache), ("content", places.content)):
        todo = "" if _may_write(folder) else "Give yourself the right to write there, or name another."
        yield Diagnosis(what, str(folder), todo)
    yield _browser()
    yield _fonts()


def _fonts() -> Diagnosis:
    """Readers bring their own faces; what is printed and pictured here needs one of this machine."""
    lister = shutil.which("fc-list")
    if lister is None:
        return Diagnosis("Arabic fonts", "cannot be told here (no fc-list)", needed=False)
    listed = subprocess.run([lister, ":lang=ar", "family"], capture_output=True, text=True, check=False).stdout
    families = sorted({line.partition(",")[0].strip() for line in listed.splitlines() if line.strip()})
    todo = "" if families else "Install one, such as Noto Naskh Arabic, for PDF hand-outs and the tests."
    return Diagnosis("Arabic fonts", f"{len(families)} families", todo, needed=False)


def _browser() -> Diagnosis:
    from site_src.pipeline.printing import find_browser

    what, todo = "browser for PDF and tests", "Install Chromium or Chrome for `export --format pdf` and for the tests."
    try:
        found = find_browser()
    except MujazError as error:
        return Diagnosis(what, str(error), todo, needed=False)
    return Diagnosis(what, found or "none", "" if found else todo, needed=False)


def _may_write(folder: Path) -> bool:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return os.access(there, os.W_OK)


def _translation(places: Places, settings: Settings) -> Iterator[Diagnosis]:
    from site_src.translate.packages import find_packages
    from site_src.translate.packages.manage import argos_distributions, verify

    modules = argos_distributions()
    todo = "" if len(modules) == 1 else "Exactly one of argos-translate-lt and argostranslate must be installed."
    yield Diagnosis("argostranslate comes from", ", ".join(modules) or "nowhere", todo, needed=False)
    found = find_packages(places.models)
    names = ", ".join(package.key for package in found.packages)
    yield Diagnosis("translation packages", names or "none", needed=False)
    for sentence in found.broken:
        yield Diagnosis("translation packages", sentence, "Remove that folder.", needed=False)
    for _, fault in verify(places.models):
        if fault:
            what, _, todo = fault.rpartition("; ")
            yield Diagnosis("translation packages", what, f"{todo[0].upper()}{todo[1:]}.", needed=False)
    yield _engine(places, settings)
    yield Diagnosis("publication policy", settings.translation.publish)


def _engine(places: Places, settings: Settings) -> Diagnosis:
    """The engine that the next build would use; a server is not asked."""
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
