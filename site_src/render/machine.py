"""What machines read: feeds, sitemap, robots.txt and the one file with every briefing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from site_src.model import Fact, Name, Page, Publication, Rendering
from site_src.render.cards import Desk
from site_src.render.catalogue import Entry
from site_src.render.credits import as_saved
from site_src.render.links import safe_url, story_path, topic_path
from site_src.render.runs import tidy
from site_src.render.standing import machine_made

FEED_STORIES = 30
SITEMAP_PAGES = 25_000
"""Pages per sitemap file; the protocol allows 50,000 addresses."""


class FeedEntry(NamedTuple):
    """A story in a feed."""

    path: str
    updated: str
    title: str
    summary: str
    topics: tuple[str, ...]


def feeds(desk: Desk, code: str) -> Iterator[Page]:
    """The Atom feeds of an edition: all stories, and each topic's. None without an absolute address."""
    site, press = desk.press.settings.site, desk.press
    if not site.base_url:
        return
    name = press.words(site.name, code)
    entries = tuple(desk.catalogue.entries.values())
    yield _feed(desk, code, f"{code}/feed.xml", f"{code}/index.html", name, entries)
    for topic in press.settings.topics:
        path, title = f"{code}/topics/{topic.slug}/feed.xml", f"{name} | {press.words(topic.title, code)}"
        told = desk.catalogue.by_topic.get(topic.slug, ())
        yield _feed(desk, code, path, f"{code}/{topic_path(topic.slug)}", title, told)


def _feed(desk: Desk, code: str, path: str, page: str, title: str, entries: Sequence[Entry]) -> Page:
    told = [(updated, entry) for entry in entries if code in entry.tellings and (updated := _updated(entry))]
    newest = sorted(told, key=lambda pair: pair[0], reverse=True)[:FEED_STORIES]
    words = {
        "code": code, "title": title, "page": page, "path": path, "base": desk.press.settings.site.base_url,
        "updated": newest[0][0] if newest else "1970-01-01T00:00:00Z", "author": desk.press.words(
            desk.press.settings.site.name, code),
        "entries": [_feed_entry(desk, entry, updated, code) for updated, entry in newest],
    }  # fmt: skip
    return desk.press.text_page(path, "feed.xml", words)


def _updated(entry: Entry) -> str:
    """When a feed says that a story changed: the date its page states, else when we first saw it; "" for neither."""
    if entry.day and entry.day.full:
        return f"{entry.day.iso}T00:00:00Z"
    seen = entry.brief.story.first_seen
    return f"{seen[:10]}T00:00:00Z" if seen else ""


def _feed_entry(desk: Desk, entry: Entry, updated: str, code: str) -> FeedEntry:
    told = entry.tellings[code].own
    summary = tidy(" ".join(one.text for one in told.sentences if one.text))
    summary = summary or Markup(desk.missing_words(entry, code)).striptags()
    if machine := machine_made(desk.press.labels[code], *told.renderings):
        summary = f"{machine}: {summary}"
    return FeedEntry(f"{code}/{story_path(entry.slug)}", updated, desk.plain_title(entry, code), summary,
                     entry.brief.topics)  # fmt: skip


def sitemap(desk: Desk, pages: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[Page]:
    """The sitemap with alternates, of (path below an edition, editions that have it); several files for many pages."""
    base = desk.press.settings.site.base_url
    if not base:
        return
    listed = list(pages)
    parts = [listed[start : start + SITEMAP_PAGES] for start in range(0, len(listed), SITEMAP_PAGES)] or [[]]
    paths = ["sitemap.xml"] if len(parts) == 1 else [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for path, part in zip(paths, parts, strict=True):
        words = {"base": base, "pages": part, "default": desk.press.editions[0]}
        yield desk.press.text_page(path, "sitemap.xml", words)
    if len(parts) > 1:
        yield desk.press.text_page("sitemap.xml", "sitemap-index.xml", {"base": base, "paths": paths})


def robots(desk: Desk) -> Page:
    """`robots.txt`: everything may be read; where the sitemap is."""
    return desk.press.text_page("robots.txt", "robots.txt", {"base": desk.press.settings.site.base_url})


def briefing_file(desk: Desk, publication: Publication) -> Page:
    """`briefing.json`: every briefing in every language; `docs/briefing.schema.json` describes it."""
    import msgspec

    site = desk.press.settings.site
    content = {
        "schema": "mujaz-briefing/1", "site": site.name, "languages": site.languages, "base_url": site.base_url,
        "data_until": publication.until.iso if publication.until else None,
        "topics": [{"slug": topic.slug, "title": topic.title, "description": topic.description}
                   for topic in desk.press.settings.topics],
        "names": [_name(desk.catalogue.names[key], len(found)) for key, found in desk.catalogue.by_name.items()],
        "stories": [_story(entry) for entry in desk.catalogue.entries.values()],
    }  # fmt: skip
    return Page("briefing.json", msgspec.json.encode(content) + b"\n")


def _name(name: Name, stories: int) -> dict[str, Any]:
    return {"id": name.id, "kind": name.kind, "en": name.en, "ar": name.ar, "stories": stories}


def _story(entry: Entry) -> dict[str, Any]:
    lead, title, facts = entry.brief.story.lead, entry.brief.title, entry.facts
    return {
        "slug": entry.slug, "topics": entry.brief.topics, "language": entry.lang,
        "first_seen": entry.brief.story.first_seen or None,
        "published": lead.published.value.iso if lead.published.value else None,
        "title": {"text": title.value, "status": title.status},
        "sources": [{"outlet": article.outlet.value, "agency": article.agency.value,
                     "url": safe_url(article.url.value or "") or None,
                     "published": article.published.value.iso if article.published.value else None}
                    for article in (as_saved(lead), *(copy.article for copy in entry.brief.story.copies))],
        "names": entry.names,
        "facts": {kind: [_fact(fact) for fact in getattr(facts, kind)]
                  for kind in ("who", "where", "when", "figures", "said")},
        "editions": {lang: {"title": _rendering(telling.own.title),
                            "sentences": [_rendering(one) for one in telling.own.sentences],
                            "path": f"{lang}/{story_path(entry.slug)}"}
                     for lang, telling in entry.tellings.items()},
    }  # fmt: skip


def _rendering(one: Rendering) -> dict[str, Any]:
    return {
        "text": one.text or None, "state": one.state, "origin": one.origin, "engine": one.engine or None,
        "findings": [{"check": found.check, "what": found.what} for found in one.findings],
    }  # fmt: skip


def _fact(fact: Fact) -> dict[str, Any]:
    return {"source": fact.ar, "en": fact.en or None, "name": fact.name_id or None, "sentence": fact.sentence or None}
