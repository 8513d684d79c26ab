"""From command-line options to a site: its places, its settings, its day."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from site_src.errors import UsageError
from site_src.places import Places, find_places

if TYPE_CHECKING:
    from site_src.settings import Settings


def places_of(options: argparse.Namespace) -> Places:
    """The places that the options name, as far as they are known before the settings: all but the models'."""
    return find_places(options.config, options.content, getattr(options, "out", ""), options.cache)


def open_site(options: argparse.Namespace) -> tuple[Places, Settings]:
    """The site that the options name; raises `SettingsError` with every mistake of its site.toml."""
    from msgspec import structs

    from site_src.settings import load_settings

    places = places_of(options)
    settings = load_settings(places.config)
    places = replace(places, models=places.root / settings.translation.models)
    base_url = getattr(options, "base_url", None)
    if base_url is None:
        return places, settings
    return places, structs.replace(settings, site=structs.replace(settings.site, base_url=_absolute(base_url)))


def open_rules(config: str) -> tuple[Places, Settings]:
    """The rules in force for files that belong to no site: those of the site that is named, or of the one here."""
    from site_src.settings import load_settings

    places = find_places(config)
    return places, load_settings(places.config)


def today(settings: Settings) -> str:
    """The day of the site's time zone, ISO: what the record writes beside a story that it sees for the first time."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(settings.site.time_zone)).date().isoformat()


def _absolute(url: str) -> str:
    if url and not url.startswith(("https://", "http://")):
        raise UsageError(f"--base-url {url}: must begin with https:// (or http://).")
    return url if not url or url.endswith("/") else url + "/"
