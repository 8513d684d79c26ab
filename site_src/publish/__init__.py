"""One frozen publication out of the editions: order, connections, changes, addresses. Every output draws on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import partial
from itertools import compress

from msgspec.structs import replace

from site_src.kept import NOTHING_KEPT, Kept
from site_src.model.brief import Brief
from site_src.model.edition import Edition
from site_src.model.names import Name
from site_src.model.publication import Connections, Publication
from site_src.publish.follow import connect, follow_ups, key_figures
from site_src.publish.order import steps, until, when
from site_src.publish.web import Web
from site_src.record import Record
from site_src.settings import Settings

__all__ = ["Web", "connect", "key_figures", "publish", "without"]


def publish(
    editions: tuple[Edition, ...],
    record: Record,
    names: Mapping[str, Name],
    settings: Settings,
    web: Web,
    kept: Kept = NOTHING_KEPT,
) -> Publication:
    """The publication of all editions; `record` is the one of this build, `names` the names by id.

    A story's topics count only where the settings have them: the editor may have named one that the site dropped.
    Editions are ordered newest first, undated stories last; every edition holds the same stories in the same order.
    `web` is what connects their stories (`connect`). Of a story that the site does not tell, no date and no change
    counts. What is `kept` from an earlier build of this process only saves time.
    """
    unordered = {story.slug: story.brief for story in editions[0].stories}
    times = kept.each("times", unordered, lambda slugs: [when(unordered[slug].story) for slug in slugs])
    briefs = {slug: unordered[slug] for slug in sorted(times, key=lambda slug: times[slug].place)}
    sorted_editions = tuple(_sorted(edition, briefs) for edition in editions)
    known = {topic.slug for topic in settings.topics}
    under = {slug: [topic for topic in brief.topics if topic in known] for slug, brief in briefs.items()}
    follows = follow_ups(web, briefs)
    unsorted = tuple(slug for slug in briefs if not under[slug])
    hidden = tuple([slug for slug in unsorted if not settings.tells(briefs[slug].topics)])
    neighbours = kept.same("steps", (tuple(under.items()), tuple(times.values())), partial(steps, under, times))
    past = _of_topics(record) if settings.site.unsorted == "report" else record
    return Publication(
        editions=sorted_editions,
        names=_mentioned(briefs.values(), names),
        connections=tuple([Connections(slug, neighbours[slug], follows[slug]) for slug in briefs]),
        changes=past.changes(without(sorted_editions, hidden), kept),
        redirects=record.redirects(briefs),
        until=until(times[slug] for slug in briefs.keys() - {*hidden}),
        unsorted=unsorted,
        hidden=hidden,
        closed=max(filter(_is_day, {entry.brief.date for entry in record.entries if entry.brief}), default=""),
    )


def _of_topics(record: Record) -> Record:
    """The record without what a closed brief held of stories in no topic, where the site tells of none."""
    untold = {entry.slug for entry in record.entries if entry.brief and not entry.brief.topics}
    if not untold:
        return record
    told = [replace(entry, brief=None) if entry.slug in untold else entry for entry in record.entries]
    return Record(tuple(told))


def _is_day(text: str) -> bool:
    """Whether a text, which a person may have written into the record, is an ISO date."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def without(editions: tuple[Edition, ...], hidden: Collection[str]) -> tuple[Edition, ...]:
    """The editions, all of the same stories in the same order, without the stories `hidden` (slugs)."""
    if not (hidden and editions):
        return editions
    gone = {*hidden}
    told = [story.slug not in gone for story in editions[0].stories]
    return tuple([replace(edition, stories=tuple(compress(edition.stories, told))) for edition in editions])


def _sorted(edition: Edition, slugs: Iterable[str]) -> Edition:
    stories = {story.slug: story for story in edition.stories}
    return replace(edition, stories=tuple([stories[slug] for slug in slugs]))


def _mentioned(briefs: Iterable[Brief], names: Mapping[str, Name]) -> tuple[Name, ...]:
    """The names that some brief mentions, by id."""
    ids = {mention.name for brief in briefs for mention in brief.mentions}
    return tuple(names[name] for name in sorted(ids) if name in names)
