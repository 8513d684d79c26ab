"""The Arabic briefing of a story: title, summary, names, figures and sayings, all read off its lead."""

from __future__ import annotations

from site_src.brief.summary import summarise
from site_src.brief.title import make_title
from site_src.model import Article, Brief, Day, Figure, Mention, Saying, Story
from site_src.settings import Summary
from site_src.text.figures import find_figures
from site_src.text.names.book import NameBook, NameSpan, find_mentions
from site_src.text.sayings import find_sayings


def make_brief(story: Story, topics: tuple[str, ...], length: Summary, names: NameBook) -> Brief:
    """The brief of `story` under `topics`, its summary no longer than `length`; uncertain paragraphs are left out."""
    article = story.lead
    title = make_title(article, names)
    texts = {-1: title.value or ""} | {
        place: paragraph.text if paragraph.certain else "" for place, paragraph in enumerate(article.paragraphs)
    }
    mentions = find_mentions(names, texts[-1], [texts[place] for place in range(len(article.paragraphs))])
    spans = {place: _spans(mentions, place) for place in texts}
    base = known_day(article)
    return Brief(
        story,
        topics,
        title,
        summarise(article, length, title.value or "", names),
        mentions,
        tuple(figure for place, text in texts.items() for figure in _figures(text, place, base, spans[place])),
        tuple(saying for place, text in texts.items() for saying in _sayings(text, place, spans[place])),
    )


def known_day(article: Article) -> Day | None:
    """The day that relative dates of the article count from: when it was published, else updated."""
    for found in (article.published, article.updated):
        if found.value is not None and found.value.full:
            return found.value
    return None


def _spans(mentions: tuple[Mention, ...], place: int) -> tuple[NameSpan, ...]:
    return tuple(
        NameSpan(mention.name, mention.start, mention.end, mention.direct)
        for mention in mentions
        if mention.paragraph == place
    )


def _figures(text: str, place: int, base: Day | None, names: tuple[NameSpan, ...]) -> tuple[Figure, ...]:
    held = [(name.start, name.end) for name in names if name.direct]
    return tuple(
        Figure(found.kind, place, found.start, found.end, found.low, found.high, found.unit, found.noun, found.english)
        for found in find_figures(text, "ar", base, held)
    )


def _sayings(text: str, place: int, names: tuple[NameSpan, ...]) -> tuple[Saying, ...]:
    return tuple(
        Saying(place, found.start, found.end, found.verb, found.speaker, found.speaker_words, found.quoted)
        for found in find_sayings(text, names)
    )
