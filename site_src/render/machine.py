"""What machines read besides the feeds: sitemap, robots.txt and the one file with every briefing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from site_src.model.brief import Fact
from site_src.model.edition import Rendering, StoryEdition
from site_src.model.fields import Day
from site_src.model.names import Name
from site_src.model.output import Recipe
from site_src.render.catalogue import Catalogue, Entry
from site_src.render.composer import Composer
from site_src.render.credits import as_saved
from site_src.render.facts import KINDS
from site_src.render.labels import escaped
from site_src.render.links import story_path
from site_src.render.remembered import by_runs
from site_src.render.runs import tidy
from site_src.text.addresses import safe_url

SITEMAP_PAGES = 25_000
"""Pages per sitemap file; the protocol allows 50,000 addresses."""

_FACTS: Mapping[str, str] = {"figure": "figures"}
"""The lists of facts that the file does not call as their kind."""


def sitemap(composer: Composer, pages: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[Recipe]:
    """The sitemap with alternates, of (path below an edition, editions that have it); several files for many pages."""
    if not composer.press.settings.site.base_url:
        return
    listed = list(pages)
    parts = [listed[start : start + SITEMAP_PAGES] for start in range(0, len(listed), SITEMAP_PAGES)] or [[]]
    paths = ["sitemap.xml"] if len(parts) == 1 else [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for path, part in zip(paths, parts, strict=True):
        yield composer.recipe(path, _sitemap, part)
    if len(parts) > 1:
        yield composer.recipe("sitemap.xml", _sitemap_index, paths)


def _sitemap(composer: Composer, path: str, pages: Sequence[tuple[str, tuple[str, ...]]]) -> str:
    press = composer.press
    base, safe = escaped(press.settings.site.base_url), {code: escaped(code) for code in press.editions}
    told = [(escaped(rest), [safe[code] for code in codes]) for rest, codes in pages]
    words = {"base": base, "pages": told, "default": composer.press.editions[0]}
    return composer.press.typesetter.fill("sitemap.xml", words, path)


def _sitemap_index(composer: Composer, path: str, paths: Sequence[str]) -> str:
    words = {"base": composer.press.settings.site.base_url, "paths": paths}
    return composer.press.typesetter.fill("sitemap-index.xml", words, path)


def robots(composer: Composer) -> Recipe:
    """`robots.txt`: everything may be read; where the sitemap is."""
    return composer.recipe("robots.txt", _robots)


def _robots(composer: Composer, path: str) -> str:
    return composer.press.typesetter.fill("robots.txt", {"base": composer.press.settings.site.base_url}, path)


def briefing_file(composer: Composer, catalogue: Catalogue, until: Day | None) -> Recipe:
    """`briefing.json`: every briefing in every language; `docs/briefing.schema.json` describes it."""
    names = [(name, len(found)) for name, found in catalogue.by_name.items()]
    return composer.recipe_of(tuple(catalogue.entries.values()), "briefing.json", _briefings, until, names)


def _briefings(
    composer: Composer, path: str, entries: Sequence[Entry], until: Day | None, names: Sequence[tuple[str, int]]
) -> Iterator[bytes]:
    from msgspec import json

    site = composer.press.settings.site
    content = {
        "schema": "mujaz-briefing/1", "site": _words(site.name), "languages": site.languages, "base_url": site.base_url,
        "data_until": until.iso if until else None,
        "topics": [{"slug": topic.slug, "title": _words(topic.title), "description": _words(topic.description)}
                   for topic in composer.press.settings.topics],
        "names": [_name(composer.names[name], count) for name, count in names],
        "stories": (),
    }  # fmt: skip
    head, tail = json.encode(content).rsplit(b"]", 1)
    yield head
    runs = by_runs(composer.start, "briefing", b"", entries, bytes, lambda run: json.encode([*map(_story, run)])[1:-1])
    for number, run in enumerate(runs):
        yield b"," + run if number else run
    yield b"]" + tail + b"\n"


def _name(name: Name, stories: int) -> dict[str, Any]:
    return {"id": name.id, "kind": name.kind, "en": tidy(name.en), "ar": tidy(name.ar), "stories": stories}


def _words(by_language: Mapping[str, str]) -> dict[str, str]:
    return {lang: tidy(words) for lang, words in by_language.items()}


def _said(words: str | None) -> str | None:
    """Words as every page shows them: without what could disguise them."""
    return tidy(words) if words else None


def _story(entry: Entry) -> dict[str, Any]:
    lead, title, facts = entry.brief.story.lead, entry.brief.title, entry.facts
    return {
        "slug": entry.slug, "topics": entry.brief.topics, "language": entry.lang,
        "first_seen": entry.brief.story.first_seen or None,
        "published": lead.published.value.iso if lead.published.value else None,
        "title": {"text": _said(title.value), "status": title.status},
        "sources": [{"outlet": _said(article.outlet.value), "agency": _said(article.agency.value),
                     "url": safe_url(article.url.value or "") or None,
                     "published": article.published.value.iso if article.published.value else None}
                    for article in (as_saved(lead), *(copy.article for copy in entry.brief.story.copies))],
        "names": entry.names,
        "facts": {_FACTS.get(kind, kind): [_fact(fact) for fact in facts.of_kind(kind)] for kind in KINDS},
        "editions": {lang: {"title": _rendering(told.title),
                            "sentences": [_rendering(one) for one in told.sentences],
                            "path": f"{lang}/{story_path(entry.slug)}"} | _body(told)
                     for lang, told in entry.editions.items()},
    }  # fmt: skip


def _body(told: StoryEdition) -> dict[str, Any]:
    """The whole article by paragraph, on a site that translates it."""
    paragraphs = told.brief.story.lead.paragraphs
    told_by_place = groupby(zip(told.brief.body, told.body, strict=True), lambda pair: pair[0].paragraph)
    body = [{"kind": paragraphs[place].kind, "sentences": [_rendering(one) for _, one in pairs]}
            for place, pairs in told_by_place]  # fmt: skip
    return {"body": body} if body else {}


def _rendering(one: Rendering) -> dict[str, Any]:
    return {
        "text": _said(one.text), "state": one.state, "origin": one.origin, "engine": _said(one.engine),
        "findings": [{"check": found.check, "what": tidy(found.what)} for found in one.findings],
    }  # fmt: skip


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "source": tidy(fact.ar),
        "en": _said(fact.en),
        "name": fact.name_id or None,
        "sentence": fact.sentence or None,
        "field": fact.field or None,
    }
