"""`topics explain SLUG`: the score of each topic for a story, and the words that contribute to it."""

from __future__ import annotations

import argparse

from site_src.cli.site import open_stories_of
from site_src.settings import Topic
from site_src.text.article import TITLE
from site_src.topics import TopicScore


def run(options: argparse.Namespace) -> int:
    """Print every topic, the best first."""
    from site_src.pipeline.briefs import said_topics, scores_of
    from site_src.pipeline.opening import brief_named

    opened = open_stories_of(options)
    story = brief_named(opened, options.slug).story
    scores = scores_of(story, opened.settings, opened.names.book)
    if (stated := said_topics(story.word, opened.settings)) is not None:
        print(f"The editor's word decides: {', '.join(stated) or 'no topic'}.")
    topics = {topic.slug: topic for topic in opened.settings.topics}
    for score in scores:
        _print(score, topics[score.slug])
    return 0


def _print(score: TopicScore, topic: Topic) -> None:
    verdict = "belongs" if score.qualifies else "does not belong"
    print(f"\n{score.slug}: {score.score:.1f} of the {score.threshold:.1f} it takes; {verdict}")
    for number in score.missing:
        group = topic.groups[number]
        members = ", ".join((*group.names, *group.words)[:6])
        print(f"  group {number + 1} ({group.need}: {members} ...) is not satisfied")
    for part in score.parts:
        where = "title" if part.paragraph == TITLE else f"paragraph {part.paragraph + 1}"
        print(f"  {part.weight:+.2f}  {part.words}  ({where}, group {part.group + 1})")
