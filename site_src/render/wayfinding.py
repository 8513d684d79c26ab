"""Pages for readers who have not found a page of the site yet: front door, not found, moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from site_src.model.output import Recipe
from site_src.render.cards import Headline
from site_src.render.catalogue import Catalogue, Heading
from site_src.render.composer import Composer
from site_src.render.labels import Labels
from site_src.render.links import edition_of, story_path
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
    variables = _frame_of_all_editions(composer.press, path, "")
    variables["latest"] = [[_headline(composer, heading) for heading in story] for story in headings]
    return composer.press.typesetter.fill("door.html", variables, path)


def _headline(composer: Composer, heading: Heading) -> tuple[Labels, str, Headline, list[Badge]]:
    """(labels, path, headline, badges of its state) of a story in one language."""
    labels, state = composer.press.labels[heading.code], "machine" if heading.machine else heading.missing
    badges = [badge(state, labels)] if state else []
    return labels, story_path(heading.slug), composer.headlines(heading)[0], badges


def not_found(composer: Composer, *, indexed: bool) -> Recipe:
    """`404.html`, in every language. A server sends it for addresses of any depth, so its links begin with `base_url`.

    `indexed`: the site has a search index, so that the page has a search field.
    """
    return composer.recipe("404.html", _not_found, indexed)


def _not_found(composer: Composer, path: str, indexed: bool) -> str:
    press = composer.press
    variables = _frame_of_all_editions(press, path, press.settings.site.base_url) | {"indexed": indexed}
    return press.typesetter.fill("404.html", variables, path)


def _frame_of_all_editions(press: Press, path: str, root: str) -> dict[str, Any]:
    """The variables of a page that shows all editions side by side."""
    frame = press.frame(press.editions[0], path, root) | {"until": ""}
    site = press.settings.site
    doors = [(press.labels[code], press.words(site.name, code), press.words(site.tagline, code), press.until[code])
             for code in press.editions]  # fmt: skip
    return frame | {"title": press.labels[press.editions[0]].not_found, "doors": doors,
                    "archive": "archive" in site.extras}  # fmt: skip


def redirects(composer: Composer, catalogue: Catalogue, slugs: Iterable[tuple[str, str]]) -> Iterator[Recipe]:
    """A page at each address that went out of use, leading to the story; `slugs` are (old slug, slug)."""
    for old_slug, slug in slugs:
        if slug in catalogue.entries and old_slug not in catalogue.entries:
            for code in catalogue.entries[slug].editions:
                yield composer.recipe(f"{code}/{story_path(old_slug)}", _redirect, slug)


def _redirect(composer: Composer, path: str, slug: str) -> str:
    press, code = composer.press, edition_of(path)
    variables = press.frame(code, path, "../../")
    variables |= {
        "title": press.labels[code].moved,
        "target": story_path(slug).rpartition("/")[2],
        "story": f"{code}/{story_path(slug)}",
    }
    return press.typesetter.fill("redirect.html", variables, path)
