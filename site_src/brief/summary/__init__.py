"""The summary of an article: whole sentences of it, in its order, that a careful editor would pick.

Every sentence is read once (`reading`), scored by features that can be told one by one (`features`), and chosen best
first, each time leaving aside what is told already (`choice`). Weights and cues are tables.
"""

from __future__ import annotations

from collections.abc import Iterable

from site_src.brief.summary.choice import choose
from site_src.brief.summary.features import Scored, scored, scores
from site_src.brief.summary.reading import read_sentences
from site_src.model.brief import Figure, Sentence
from site_src.settings import Summary
from site_src.text.article import ReadArticle

__all__ = ["Scored", "explain", "summarise"]


def summarise(read: ReadArticle, figures: Iterable[Figure], length: Summary) -> tuple[Sentence, ...]:
    """The summary in source order; `rank` 0 is its best sentence. Headings and standfirsts are never part of it.

    `figures` are those of the article. No more than `length.sentences`; once `length.words` are reached nothing is
    added, so the last sentence may go over.
    """
    reading = read_sentences(read, figures)
    chosen = choose(scores(reading), reading, length)
    ranked = sorted(enumerate(chosen), key=lambda one: one[1].place)
    return tuple(
        Sentence(line.text, line.paragraph, line.start, line.start + len(line.text), rank) for rank, line in ranked
    )


def explain(read: ReadArticle) -> tuple[Scored, ...]:
    """The score of every sentence that could have been chosen, with its parts, in source order."""
    return scored(read_sentences(read, ()))
