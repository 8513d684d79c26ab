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
from site_src.render.links import edition_of, story_path, topic_path
from site_src.render.press import Press
from site_src.render.runs import tidy
from site_src.render.standing import machine_made

FEED_STORIES = 30
"""Stories in a feed, at most: those that changed last."""
NEVER = "1970-01-01T00:00:00Z"
"""When an empty feed changed last: Atom requires a time."""


class FeedEntry(NamedTuple):
    """A story in a feed."""

    path: str
    """From the site's address, like all paths here."""
    updated: str
    """When it changed last, as RFC 3339."""
    title: str
    summary: str
    topics: tuple[str, ...]
    """Slugs."""


class Feed(NamedTuple):
    """A feed, whatever its format."""

    code: str
    title: str
    author: str
    page: str
    """Path of the page that lists the same stories."""
    path: str
    base: str
    """The site's address."""
    updated: str
    entries: list[FeedEntry]


def feeds(composer: Composer, catalogue: Catalogue, code: str) -> Iterator[Recipe]:
    """The feeds of an edition. None without an absolute address."""
    if not composer.press.settings.site.base_url:
        return
    lists = {"": tuple(catalogue.entries.values())}
    lists |= {topic.slug: catalogue.by_topic.get(topic.slug, ()) for topic in composer.press.settings.topics}
    for topic_slug, entries in lists.items():
        dated = [entry for entry in entries if entry.updated]
        newest = tuple(sorted(dated, key=attrgetter("updated"), reverse=True)[:FEED_STORIES])
        folder = f"{code}/topics/{topic_slug}" if topic_slug else code
        for name, make in (("feed.xml", _atom), ("feed.json", _json)):
            yield composer.recipe_of(newest, f"{folder}/{name}", make, topic_slug)


def _feed(composer: Composer, path: str, entries: Sequence[Entry], topic_slug: str) -> Feed:
    press, code = composer.press, edition_of(path)
    site_name = press.words(press.settings.site.name, code)
    topic = press.settings.topic(topic_slug)
    return Feed(
        code=code,
        title=f"{site_name} | {press.words(topic.title, code)}" if topic else site_name,
        author=site_name,
        page=f"{code}/{topic_path(topic_slug) if topic_slug else 'index.html'}",
        path=path,
        base=press.settings.site.base_url,
        updated=_timestamp(entries[0]) if entries else NEVER,
        entries=composer.once_a_story(
            ("feed", code, topic_slug), lambda: [_feed_entry(composer, entry, code) for entry in entries]
        ),
    )


def _timestamp(entry: Entry) -> str:
    """When a story changed last, for a feed: the first second of the day."""
    return f"{entry.updated}T00:00:00Z"


def _feed_entry(composer: Composer, entry: Entry, code: str) -> FeedEntry:
    briefing, heading = entry.editions[code].briefing, composer.heading(entry.line, code)
    summary = _running_text(briefing.sentences)
    if not summary:
        has_names = bool(composer.headlines(heading)[0].names)
        summary = _why_no_summary(composer, entry, code, has_names=has_names)
    if machine := machine_made(composer.press.labels[code], *briefing.renderings):
        summary = f"{machine}: {summary}"
    title = composer.plain_title(heading)
    return FeedEntry(f"{code}/{story_path(entry.slug)}", _timestamp(entry), title, summary, entry.brief.topics)


def _why_no_summary(composer: Composer, entry: Entry, code: str, *, has_names: bool) -> str:
    """Why no sentence can be shown in the edition's language; `has_names`: names stand in for the title."""
    withheld = "withheld" in [rendering.state for rendering in entry.editions[code].briefing.renderings]
    key = entry.lang, code, withheld, has_names
    return composer.once(("no summary", *key), lambda: _no_summary_words(composer.press, *key))


def _no_summary_words(press: Press, lang: str, code: str, withheld: bool, has_names: bool) -> str:
    labels = press.labels[code]
    source, target = labels.name_of(press.language(lang)), labels.name_of(press.language(code))
    why = (labels.is_withheld if withheld else labels.is_pending).format(target=target)
    return plain(f"{labels.names_found.format(source=source)} {why}" if has_names else why)


def _running_text(sentences: Sequence[Rendering]) -> str:
    """The sentences as one text, with `GAP` where one or more of them are not shown; "" where none is."""
    texts = [text or GAP for text, _ in groupby(sentence.text or "" for sentence in sentences)]
    return tidy(" ".join(texts)) if texts != [GAP] else ""


def _atom(composer: Composer, path: str, entries: Sequence[Entry], topic_slug: str) -> str:
    return composer.press.typesetter.fill("feed.xml", _feed(composer, path, entries, topic_slug)._asdict(), path)


def _json(composer: Composer, path: str, entries: Sequence[Entry], topic_slug: str) -> str:
    feed = _feed(composer, path, entries, topic_slug)
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
