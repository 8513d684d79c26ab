"""`doctor`: is everything here that the work needs, and what to do where it is not."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from site_src.cli.site import open_site
from site_src.errors import FIXABLE, MujazError, command
from site_src.places import Places
from site_src.settings import Settings


@dataclass(frozen=True, slots=True)
class Look:
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
    looks = [*_machine(places), *_translation(places, settings), *_publishing(settings)]
    for look in looks:
        mark = "ok  " if not look.todo else "FIX " if look.needed else "note"
        print(f"{mark} {look.what}: {look.found}" + (f". {look.todo}" if look.todo else ""))
    return FIXABLE if any(look.todo and look.needed for look in looks) else 0


def _machine(places: Places) -> Iterator[Look]:
    yield Look("Python", sys.version.split()[0])
    for what, folder in (("output folder", places.out), ("cache", places.cache), ("content", places.content)):
        writable = _may_write(folder)
        yield Look(what, str(folder), "" if writable else "Give yourself the right to write there, or name another.")
    yield _browser()


def _browser() -> Look:
    from site_src.pipeline.printing import find_browser

    what, todo = "browser for PDF and tests", "Install Chromium or Chrome for `export --format pdf` and for the tests."
    try:
        found = find_browser()
    except MujazError as error:
        return Look(what, str(error), todo, needed=False)
    return Look(what, found or "none", "" if found else todo, needed=False)


def _may_write(folder: Path) -> bool:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return os.access(there, os.W_OK)


def _translation(places: Places, settings: Settings) -> Iterator[Look]:
    from site_src.translate.models import argos_distributions
    from site_src.translate.packages import find_packages

    modules = argos_distributions()
    todo = "" if len(modules) == 1 else "Exactly one of argos-translate-lt and argostranslate must be installed."
    yield Look("argostranslate comes from", ", ".join(modules) or "nowhere", todo, needed=False)
    found = find_packages(places.models)
    names = ", ".join(package.key for package in found.packages)
    wanted = not names and "argos" in settings.translation.engines
    todo = f"{command('models install')} fetches one; builds work without." if wanted else ""
    yield Look("translation packages", names or "none", todo, needed=False)
    for sentence in found.broken:
        yield Look("translation packages", sentence, "Remove that folder.", needed=False)
    yield Look("publication policy", settings.translation.publish)


def _publishing(settings: Settings) -> Iterator[Look]:
    url = settings.site.base_url
    todo = "" if url else "Set site.base_url for sitemap, feeds and canonical links."
    yield Look("address of the site", url or "not set", todo, needed=False)
