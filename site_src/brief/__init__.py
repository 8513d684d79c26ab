"""The Arabic briefing of a story: title, summary, names, figures and sayings, all read off its lead."""

from __future__ import annotations

from site_src.brief.summary import summarise
from site_src.model import Article, Brief, Day, Figure, Saying, Story
from site_src.settings import Summary
from site_src.text.article import ReadArticle
from site_src.text.figures import find_figures
from site_src.text.sayings import find_sayings


def make_brief(story: Story, topics: tuple[str, ...], length: Summary, read: ReadArticle) -> Brief:
    """The brief of `story`, whose lead is `read`, under `topics`; its summary is no longer than `length`."""
    base = known_day(story.lead)
    return Brief(
        story,
        topics,
        read.title,
        summarise(read, length),
        read.mentions,
        tuple(figure for place in read.texts for figure in _figures(read, place, base)),
        tuple(saying for place in read.texts for saying in _sayings(read, place)),
    )


def known_day(article: Article) -> Day | None:
    """The day that relative dates of the article count from: when it was published, else updated."""
    for found in (article.published, article.updated):
        if found.value is not None and found.value.full:
            return found.value
    return None


def _figures(read: ReadArticle, place: int, base: Day | None) -> list[Figure]:
    held = [(name.start, name.end) for name in read.names[place] if name.direct]
    return [Figure(found.kind, place, *found[1:]) for found in find_figures(read.texts[place], "ar", base, held)]


def _sayings(read: ReadArticle, place: int) -> list[Saying]:
    return [
        Saying(place, found.start, found.end, found.verb, found.speaker, found.speaker_words, found.quoted)
        for found in find_sayings(read.texts[place], read.names[place])
    ]
