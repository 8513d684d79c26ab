"""From stories to briefs, remembered by what they were made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from msgspec import msgpack

from site_src.brief import make_brief
from site_src.brief.facts import facts
from site_src.brief.title import make_title
from site_src.model import Brief, Facts, Problem, Story
from site_src.pipeline.budget import TooSlowError, too_slow, within
from site_src.pipeline.names import KnownNames
from site_src.settings import Settings, Summary
from site_src.store import Store, digest
from site_src.text.article import ReadArticle, read_article
from site_src.text.names import NameBook
from site_src.topics import TopicScore, classify

_WORDS_A_SENTENCE = 60
"""What a summary of so many sentences may hold at least, when it is asked for by sentences."""


def make_briefs(
    stories: Iterable[Story], settings: Settings, names: KnownNames, store: Store
) -> tuple[tuple[Brief, ...], tuple[Problem, ...]]:
    """The briefs of the stories, in the same order, without those that took too long, which are problems."""
    limit = settings.site.seconds_per_page
    rules = digest(names.hash, msgpack.encode((settings.topics, settings.summary)))

    def remembered(story: Story) -> Brief | Problem:
        made_from = digest(rules, msgpack.encode(story))
        make = partial(brief_of, story, settings, names.book)
        try:
            return store.remember("brief", made_from, Brief, lambda: within(limit, make))
        except TooSlowError:
            return too_slow(story.lead.file, limit)

    found = [remembered(story) for story in stories]
    briefs = tuple(one for one in found if isinstance(one, Brief))
    return briefs, tuple(one for one in found if isinstance(one, Problem))


def brief_of(story: Story, settings: Settings, names: NameBook, sentences: int = 0) -> Brief:
    """The brief of one story under the topics that it belongs to; `sentences` above 0 is the summary's length."""
    read = _read(story, names)
    topics = _topics(read, settings)
    length = _length(topics, settings)
    if sentences:
        length = Summary(sentences, max(length.words, _WORDS_A_SENTENCE * sentences))
    return make_brief(story, topics, length, read)


def scores_of(story: Story, settings: Settings, names: NameBook) -> tuple[TopicScore, ...]:
    """How the rules of `site.toml` score a story under every topic, the best first."""
    return classify(_read(story, names), settings.topics)


def make_facts(briefs: Iterable[Brief], names: NameBook) -> Mapping[str, Facts]:
    """The facts box of each story by slug."""
    return {brief.story.slug: facts(brief, names) for brief in briefs}


def _read(story: Story, names: NameBook) -> ReadArticle:
    return read_article(story.lead, make_title(story.lead, names), names)


def _topics(read: ReadArticle, settings: Settings) -> tuple[str, ...]:
    """Slugs of the topics, the primary one first: the editor's word, else the rules of `site.toml`."""
    if read.article.word.topics is not None:
        return read.article.word.topics
    return tuple(score.slug for score in classify(read, settings.topics) if score.qualifies)


def _length(topics: tuple[str, ...], settings: Settings) -> Summary:
    """The summary's length: that of the primary topic where it has its own, else the site's."""
    own = {topic.slug: topic.summary for topic in settings.topics}
    return (own.get(topics[0]) if topics else None) or settings.summary
