"""From command-line options to a site: its places, its settings, its names, its day."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from msgspec.structs import replace

from site_src.errors import UsageError
from site_src.places import Places, find_places

if TYPE_CHECKING:
    from site_src.pipeline.opening import Opened
    from site_src.settings import Settings
    from site_src.text.names import NameBook


def places_of(options: argparse.Namespace) -> Places:
    """The places that the options name: all but the models folder, which only the settings tell."""
    return find_places(options.config, options.content, getattr(options, "out", ""), options.cache)


def open_site(options: argparse.Namespace) -> tuple[Places, Settings]:
    """The site that the options name; raises `SettingsError` with every mistake of its site.toml."""
    from site_src.settings import load_settings

    places = places_of(options)
    settings = load_settings(places.config)
    places = replace(places, models=places.root / settings.translation.models)
    base_url = getattr(options, "base_url", None)
    if base_url is None:
        return places, settings
    return places, replace(settings, site=replace(settings.site, base_url=_absolute(base_url)))


def refuse_bare(options: argparse.Namespace, places: Places, why: str) -> None:
    """Raise `UsageError` for a bare folder of articles, which must not be written into; `why` ends the message."""
    if not places.writable:
        raise UsageError(f"{options.content}: is a bare folder of articles; {why}.")


def open_stories_of(options: argparse.Namespace) -> Opened:
    """The stories of the site that the options name: read, merged and summarised, with the help of the cache."""
    from site_src.pipeline.opening import open_stories
    from site_src.store import Store

    places, settings = open_site(options)
    with closing(Store(places.cache)) as store:
        return open_stories(places, settings, store)


def names_of(places: Places, settings: Settings) -> NameBook:
    """The names of the site, read without the cache."""
    from site_src.pipeline.names import known_names
    from site_src.store import Store

    return known_names(places, settings, Store(None)).book


def open_rules(config: str) -> tuple[Places, Settings]:
    """The places and settings for files that belong to no site: those of the site in `config`, or of the one here."""
    from site_src.settings import load_settings

    places = find_places(config)
    return places, load_settings(places.config)


def today(settings: Settings) -> str:
    """Today in the site's time zone, as an ISO date: the record notes it for a story seen for the first time."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(settings.site.time_zone)).date().isoformat()


def _absolute(url: str) -> str:
    """The address with a slash at its end; raises `UsageError` where it is none. "" stays ""."""
    if url and not url.startswith(("https://", "http://")):
        raise UsageError(f"--base-url {url}: must begin with https:// (or http://).")
    return url if not url or url.endswith("/") else url + "/"
