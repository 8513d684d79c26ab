"""Pages that help a reader who is not there yet: front door, not found, moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from site_src.model.output import Recipe
from site_src.render.cards import Headline
from site_src.render.catalogue import Catalogue, Heading
from site_src.render.composer import Composer
from site_src.render.labels import Labels
from site_src.render.links import story_path
from site_src.render.press import Press
from site_src.render.standing import Badge, badge

LATEST = 5
"""Stories on the front door."""


def front_door(composer: Composer, catalogue: Catalogue) -> Recipe:
    """`/`: the editions side by side, without redirect, with the newest stories in each."""
    latest = list(catalogue.entries.values())[:LATEST]
    headings = [[entry.line.heading(code) for code in entry.editions][:2] for entry in latest]
    return composer.recipe("index.html", _front_door, headings)


def _front_door(composer: Composer, path: str, headings: Sequence[Sequence[Heading]]) -> str:
    latest = [[_headline(composer, heading) for heading in row] for row in headings]
    return composer.press.typesetter.fill("door.html", _shared(composer.press, path, "") | {"latest": latest}, path)


def _headline(composer: Composer, heading: Heading) -> tuple[Labels, str, Headline, list[Badge]]:
    """(labels, path, title or what stands in for it, how far it may be trusted) of a story in one language."""
    labels, state = composer.press.labels[heading.code], "machine" if heading.machine else heading.missing
    found = [badge(state, labels)] if state else []
    return labels, story_path(heading.slug), composer.headlines(heading)[0], found


def not_found(composer: Composer, *, indexed: bool) -> Recipe:
    """`404.html`, in every language; served at any depth, so its links need the base path.

    It asks what was looked for where the site has a search index.
    """
    return composer.recipe("404.html", _not_found, indexed)


def _not_found(composer: Composer, path: str, indexed: bool) -> str:
    press = composer.press
    words = _shared(press, path, press.settings.site.base_url) | {"indexed": indexed}
    return press.typesetter.fill("404.html", words, path)


def _shared(press: Press, path: str, root: str) -> dict[str, Any]:
    frame = press.frame(press.editions[0], path, root) | {"until": ""}
    site = press.settings.site
    doors = [(press.labels[code], press.words(site.name, code), press.words(site.tagline, code), press.until[code])
             for code in press.editions]  # fmt: skip
    return frame | {"title": press.labels[press.editions[0]].not_found, "doors": doors,
                    "archive": "archive" in site.extras}  # fmt: skip


def redirects(composer: Composer, catalogue: Catalogue, pairs: Iterable[tuple[str, str]]) -> Iterator[Recipe]:
    """A page at each address that went out of use, leading to the story."""
    for old, slug in pairs:
        if slug in catalogue.entries and old not in catalogue.entries:
            for code in catalogue.entries[slug].editions:
                yield composer.recipe(f"{code}/{story_path(old)}", _redirect, slug)


def _redirect(composer: Composer, path: str, slug: str) -> str:
    press, code = composer.press, path.partition("/")[0]
    words = press.frame(code, path, "../../")
    words |= {
        "title": press.labels[code].moved,
        "target": story_path(slug).rpartition("/")[2],
        "story": f"{code}/{story_path(slug)}",
    }
    return press.typesetter.fill("redirect.html", words, path)
