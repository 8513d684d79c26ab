"""From stories to briefs, remembered by what they were made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import msgpack

from site_src.brief import make_brief
from site_src.brief.facts import facts
from site_src.brief.title import make_title
from site_src.model import Brief, Facts, Story
from site_src.pipeline.names import KnownNames
from site_src.settings import Settings, Summary
from site_src.store import Store, digest
from site_src.text.names import NameBook, find_mentions
from site_src.topics import TopicScore, classify


def make_briefs(stories: Iterable[Story], settings: Settings, names: KnownNames, store: Store) -> tuple[Brief, ...]:
    """The brief of each story, in the same order."""
    rules = digest(names.hash, msgpack.encode((settings.topics, settings.summary)))

    def remembered(story: Story) -> Brief:
        made_from = digest(rules, msgpack.encode(story))
        return store.remember("brief", made_from, Brief, lambda: brief_of(story, settings, names.book))

    return tuple(remembered(story) for story in stories)


def brief_of(story: Story, settings: Settings, names: NameBook) -> Brief:
    """The brief of one story under the topics that it belongs to."""
    topics = topics_of(story, settings, names)
    return make_brief(story, topics, length_for(topics, settings), names)


def topics_of(story: Story, settings: Settings, names: NameBook) -> tuple[str, ...]:
    """Slugs of the story's topics, the primary one first: the editor's word, else the rules of `site.toml`."""
    if story.lead.word.topics is not None:
        return story.lead.word.topics
    return tuple(score.slug for score in scores_of(story, settings, names) if score.qualifies)


def scores_of(story: Story, settings: Settings, names: NameBook) -> tuple[TopicScore, ...]:
    """How the rules of `site.toml` score a story under every topic, the best first."""
    title = make_title(story.lead, names).value or ""
    mentions = find_mentions(names, title, [paragraph.text for paragraph in story.lead.paragraphs])
    return classify(story.lead, title, mentions, settings.topics)


def length_for(topics: tuple[str, ...], settings: Settings) -> Summary:
    """The summary's length: that of the primary topic where it has its own, else the site's."""
    own = {topic.slug: topic.summary for topic in settings.topics}
    return (own.get(topics[0]) if topics else None) or settings.summary


def make_facts(briefs: Iterable[Brief], names: NameBook) -> Mapping[str, Facts]:
    """The facts box of each story by slug."""
    return {brief.story.slug: facts(brief, names) for brief in briefs}
