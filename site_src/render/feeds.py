"""The feeds of an edition, all stories and each topic's: Atom (RFC 4287), and JSON Feed 1.1 of the same entries."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from site_src.model.output import Recipe
from site_src.render.catalogue import Catalogue, Entry
from site_src.render.desk import Desk
from site_src.render.labels import plain
from site_src.render.links import story_path, topic_path
from site_src.render.runs import tidy
from site_src.render.standing import machine_made

FEED_STORIES = 30
NEVER = "1970-01-01T00:00:00Z"
"""When an empty feed was updated, which Atom demands to be told."""


class FeedEntry(NamedTuple):
    """A story in a feed."""

    path: str
    updated: str
    title: str
    summary: str
    topics: tuple[str, ...]


class Feed(NamedTuple):
    """A feed, whatever its format; paths count from the site's address."""

    code: str
    title: str
    author: str
    page: str
    path: str
    base: str
    updated: str
    entries: list[FeedEntry]


def feeds(desk: Desk, catalogue: Catalogue, code: str) -> Iterator[Recipe]:
    """The feeds of an edition. None without an absolute address."""
    if not desk.press.settings.site.base_url:
        return
    lists = {"": tuple(catalogue.entries.values())}
    lists |= {topic.slug: catalogue.by_topic.get(topic.slug, ()) for topic in desk.press.settings.topics}
    for topic, entries in lists.items():
        told = [entry for entry in entries if entry.updated and code in entry.editions]
        newest = tuple(sorted(told, key=attrgetter("updated"), reverse=True)[:FEED_STORIES])
        folder = f"{code}/topics/{topic}" if topic else code
        for name, make in (("feed.xml", _atom), ("feed.json", _json)):
            yield desk.recipe_of(newest, f"{folder}/{name}", make, topic)


def _feed(desk: Desk, path: str, entries: Sequence[Entry], slug: str) -> Feed:
    press, code = desk.press, path.partition("/")[0]
    name = press.words(press.settings.site.name, code)
    topic = press.settings.topic(slug)
    return Feed(
        code, f"{name} | {press.words(topic.title, code)}" if topic else name, name,
        f"{code}/{topic_path(slug) if slug else 'index.html'}", path, press.settings.site.base_url,
        _updated(entries[0]) if entries else NEVER,
        desk.once_a_story(("feed", code, slug), lambda: [_feed_entry(desk, entry, code) for entry in entries]),
    )  # fmt: skip


def _updated(entry: Entry) -> str:
    """The moment of which a feed says that a story changed then."""
    return f"{entry.updated}T00:00:00Z"


def _feed_entry(desk: Desk, entry: Entry, code: str) -> FeedEntry:
    told = entry.editions[code].briefing
    summary = tidy(" ".join(one.text for one in told.sentences if one.text))
    heading = desk.heading(entry.line, code)
    named = bool(desk.headlines(heading)[0].names)
    summary = summary or plain(desk.missing_words(entry, code, named=named))
    if machine := machine_made(desk.press.labels[code], *told.renderings):
        summary = f"{machine}: {summary}"
    title = desk.plain_title(heading)
    return FeedEntry(f"{code}/{story_path(entry.slug)}", _updated(entry), title, summary, entry.brief.topics)


def _atom(desk: Desk, path: str, entries: Sequence[Entry], slug: str) -> str:
    return desk.press.typesetter.fill("feed.xml", _feed(desk, path, entries, slug)._asdict(), path)


def _json(desk: Desk, path: str, entries: Sequence[Entry], slug: str) -> str:
    feed = _feed(desk, path, entries, slug)
    content = {
        "version": "https://jsonfeed.org/version/1.1", "title": feed.title, "language": feed.code,
        "home_page_url": feed.base + feed.page, "feed_url": feed.base + path, "authors": [{"name": feed.author}],
        "items": [
            {
                "id": feed.base + entry.path, "url": feed.base + entry.path, "title": entry.title,
                "content_text": entry.summary, "date_modified": entry.updated, "tags": entry.topics,
            }
            for entry in feed.entries
        ],
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False) + "\n"
