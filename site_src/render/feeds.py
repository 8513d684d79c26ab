"""The feeds of an edition, all stories and each topic's: Atom (RFC 4287), and JSON Feed 1.1 of the same entries."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from site_src.model.edition import Rendering
from site_src.model.output import Recipe
from site_src.render.catalogue import GAP, Catalogue, Entry
from site_src.render.composer import Composer
from site_src.render.labels import plain
from site_src.render.links import story_path, topic_path
from site_src.render.press import Press
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


def feeds(composer: Composer, catalogue: Catalogue, code: str) -> Iterator[Recipe]:
    """The feeds of an edition. None without an absolute address."""
    if not composer.press.settings.site.base_url:
        return
    lists = {"": tuple(catalogue.entries.values())}
    lists |= {topic.slug: catalogue.by_topic.get(topic.slug, ()) for topic in composer.press.settings.topics}
    for topic, entries in lists.items():
        told = [entry for entry in entries if entry.updated]
        newest = tuple(sorted(told, key=attrgetter("updated"), reverse=True)[:FEED_STORIES])
        folder = f"{code}/topics/{topic}" if topic else code
        for name, make in (("feed.xml", _atom), ("feed.json", _json)):
            yield composer.recipe_of(newest, f"{folder}/{name}", make, topic)


def _feed(composer: Composer, path: str, entries: Sequence[Entry], slug: str) -> Feed:
    press, code = composer.press, path.partition("/")[0]
    name = press.words(press.settings.site.name, code)
    topic = press.settings.topic(slug)
    return Feed(
        code, f"{name} | {press.words(topic.title, code)}" if topic else name, name,
        f"{code}/{topic_path(slug) if slug else 'index.html'}", path, press.settings.site.base_url,
        _updated(entries[0]) if entries else NEVER,
        composer.once_a_story(("feed", code, slug), lambda: [_feed_entry(composer, entry, code) for entry in entries]),
    )  # fmt: skip


def _updated(entry: Entry) -> str:
    """The moment of which a feed says that a story changed then."""
    return f"{entry.updated}T00:00:00Z"


def _feed_entry(composer: Composer, entry: Entry, code: str) -> FeedEntry:
    told = entry.editions[code].briefing
    summary = _running(told.sentences)
    heading = composer.heading(entry.line, code)
    summary = summary or _missing(composer, entry, code, named=bool(composer.headlines(heading)[0].names))
    if machine := machine_made(composer.press.labels[code], *told.renderings):
        summary = f"{machine}: {summary}"
    title = composer.plain_title(heading)
    return FeedEntry(f"{code}/{story_path(entry.slug)}", _updated(entry), title, summary, entry.brief.topics)


def _missing(composer: Composer, entry: Entry, code: str, *, named: bool) -> str:
    """Why no sentence can be shown in the edition's language; what stands for the title, where names do."""
    withheld = "withheld" in [one.state for one in entry.editions[code].briefing.renderings]
    key = entry.lang, code, withheld, named
    return composer.once(("missing", *key), lambda: _missing_words(composer.press, *key))


def _missing_words(press: Press, lang: str, code: str, withheld: bool, named: bool) -> str:
    labels = press.labels[code]
    source, target = (labels.name_of(press.language(one)) for one in (lang, code))
    why = (labels.is_withheld if withheld else labels.is_pending).format(target=target)
    return plain(f"{labels.names_found.format(source=source)} {why}" if named else why)


def _running(sentences: Sequence[Rendering]) -> str:
    """The sentences as one text, with a sign where one or more of them are not shown; "" where none is."""
    texts = [text or GAP for text, _ in groupby(one.text or "" for one in sentences)]
    return tidy(" ".join(texts)) if texts != [GAP] else ""


def _atom(composer: Composer, path: str, entries: Sequence[Entry], slug: str) -> str:
    return composer.press.typesetter.fill("feed.xml", _feed(composer, path, entries, slug)._asdict(), path)


def _json(composer: Composer, path: str, entries: Sequence[Entry], slug: str) -> str:
    feed = _feed(composer, path, entries, slug)
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
