"""The Arabic briefing of a story: title, summary, names, figures and sayings, all taken from its lead."""

from __future__ import annotations

from collections.abc import Iterator

from site_src.brief.summary import summarise
from site_src.model.brief import Brief, Figure, Saying, Sentence
from site_src.model.fields import Day
from site_src.model.story import Story
from site_src.parts import parts
from site_src.settings import Summary
from site_src.text.article import TITLE, ReadArticle
from site_src.text.figures import find_figures
from site_src.text.figures.english import stated_words
from site_src.text.sayings import find_sayings
from site_src.text.sentences import split

_SUMMARY = 1 << 14
"""Bytes of a summary that stay with its brief: every list of stories shows some of it."""


def make_brief(
    story: Story, topics: tuple[str, ...], length: Summary, read: ReadArticle, *, with_body: bool = False
) -> Brief:
    """The brief of `story`, whose lead is `read`, under `topics`; its summary is no longer than `length`.

    `with_body` is for a site that translates whole articles: otherwise the brief has no body.
    """
    day = story.lead.day
    base = day if day and day.full else None
    figures = [figure for place in read.texts for figure in _figures(read, place, base)]
    sayings = (saying for place, text in read.texts.items() for saying in find_sayings(text, read.names[place], place))
    title_figures = filter(None, [stated_words(figure) for figure in figures if figure.paragraph == TITLE])
    summary = summarise(read, figures, length)
    return Brief(
        story,
        topics,
        read.title,
        parts(Sentence, summary, _SUMMARY),
        read.mentions,
        parts(Figure, figures),
        parts(Saying, sayings),
        parts(Sentence, _body(read, summary) if with_body else ()),
        tuple(dict.fromkeys(title_figures)),
    )


def _body(read: ReadArticle, summary: tuple[Sentence, ...]) -> Iterator[Sentence]:
    """Every sentence of the article in order, also of uncertain paragraphs; those of the summary have their rank."""
    chosen = {(sentence.paragraph, sentence.start): sentence for sentence in summary}
    for place, paragraph in enumerate(read.article.paragraphs):
        for start, end in read.texts[place].sentences if paragraph.certain else split(paragraph.text):
            unranked = Sentence(paragraph.text[start:end], place, start, end, -1)
            yield chosen.get((place, start), unranked)


def _figures(read: ReadArticle, place: int, base: Day | None) -> tuple[Figure, ...]:
    names = [(name.start, name.end) for name in read.names[place] if name.direct]
    return find_figures(read.texts[place], "ar", base, names, place)
