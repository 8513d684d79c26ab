"""One frozen publication out of the editions: order, connections, changes, addresses. Every output draws on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from site_src.model import Connections, Edition, Name, Publication, StoryEdition
from site_src.publish.follow import follow_ups
from site_src.publish.order import day_of, ordered, steps, until
from site_src.record import Record
from site_src.settings import Topic

__all__ = ["day_of", "publish"]


def publish(
    editions: tuple[Edition, ...], record: Record, names: Mapping[str, Name], topics: Sequence[Topic]
) -> Publication:
    """The publication of all editions; `record` is the one of this build, `names` the names by id.

    A story's topics count only where `topics` has them: the editor may have named one that the site dropped.
    Editions are ordered newest first, undated stories last; every edition holds the same stories in the same order.
    """
    sorted_editions = tuple(replace(edition, stories=ordered(edition.stories)) for edition in editions)
    stories = sorted_editions[0].stories if sorted_editions else ()
    known = {topic.slug for topic in topics}
    neighbours, follows = steps(stories, known), follow_ups(stories, names)
    slugs = [story.slug for story in stories]
    return Publication(
        editions=sorted_editions,
        names=_mentioned(stories, names),
        connections=tuple(Connections(slug, neighbours[slug], follows[slug]) for slug in slugs),
        changes=record.changes(sorted_editions),
        redirects=record.redirects(slugs),
        until=until(story.brief.story for story in stories),
        unsorted=tuple(story.slug for story in stories if known.isdisjoint(story.brief.topics)),
    )


def _mentioned(stories: tuple[StoryEdition, ...], names: Mapping[str, Name]) -> tuple[Name, ...]:
    """The names that some story mentions, by id."""
    ids = {mention.name for story in stories for mention in story.brief.mentions}
    return tuple(names[name] for name in sorted(ids) if name in names)
