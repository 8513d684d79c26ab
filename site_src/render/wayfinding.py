"""Pages that help a reader who is not there yet: front door, not found, moved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from site_src.model import Page, Publication
from site_src.render.cards import Desk
from site_src.render.catalogue import Catalogue, Entry
from site_src.render.labels import Language
from site_src.render.links import story_path
from site_src.render.press import Press
from site_src.render.standing import machine_made

LATEST = 5
"""Stories on the front door."""


def front_door(desk: Desk) -> Page:
    """`/`: the editions side by side, without redirect, with the newest stories in each."""
    press, entries = desk.press, list(desk.catalogue.entries.values())[:LATEST]
    latest = [[_headline(desk, entry, code) for code in entry.tellings][:2] for entry in entries]
    return press.text_page("index.html", "door.html", _shared(press, "index.html", "") | {"latest": latest})


def _headline(desk: Desk, entry: Entry, code: str) -> tuple[Language, str, Markup, Markup]:
    """(language, path, title, that a machine made it) of a story in one language; its names where it has no title."""
    labels, own = desk.press.labels[code], desk.headlines(entry, code)[0]
    title = own.text or labels.comma.join(own.names) or labels.untitled
    return labels.language, story_path(entry.slug), title, machine_made(labels, entry.tellings[code].own.title)


def not_found(press: Press) -> Page:
    """`404.html`, in every language; served at any depth, so its links need the base path."""
    return press.text_page("404.html", "404.html", _shared(press, "404.html", press.settings.site.base_url))


def _shared(press: Press, path: str, root: str) -> dict[str, Any]:
    frame = press.frame(press.editions[0], path, root) | {"until": ""}
    site = press.settings.site
    doors = [(press.labels[code], press.words(site.name, code), press.words(site.tagline, code), press.until[code])
             for code in press.editions]  # fmt: skip
    return frame | {"title": press.labels[press.editions[0]].not_found, "doors": doors,
                    "archive": "archive" in site.extras}  # fmt: skip


def redirects(press: Press, catalogue: Catalogue, publication: Publication) -> Iterator[Page]:
    """A page at each address that went out of use, leading to the story."""
    for old, slug in publication.redirects:
        if slug not in catalogue.entries or old in catalogue.entries:
            continue
        for code in catalogue.entries[slug].tellings:
            target = f"../{slug}/index.html"
            words = press.frame(code, f"{code}/{story_path(old)}", "../../../")
            words |= {"title": press.labels[code].moved, "target": target, "story": f"{code}/{story_path(slug)}"}
            yield press.text_page(f"{code}/{story_path(old)}", "redirect.html", words)
