"""The summary of an article: whole sentences of it, in its order, that a careful editor would pick.

Every sentence is read once (`reading`), scored by features that can be listed one by one (`features`), and chosen best
first, each time taking off for what is said already (`choice`). Weights and cues are tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from site_src.brief.summary.choice import choose
from site_src.brief.summary.features import Scored, scored, scores
from site_src.brief.summary.lines import Line
from site_src.brief.summary.reading import read_sentences
from site_src.model.brief import Figure, Sentence
from site_src.settings import Summary
from site_src.text.article import ReadArticle

__all__ = ["Scored", "explain", "summarise"]


def summarise(read: ReadArticle, figures: Iterable[Figure], length: Summary) -> tuple[Sentence, ...]:
    """The summary in source order; `rank` 0 is its best sentence. Headings and standfirsts are never part of it.

    `figures` are those of the article. There are no more than `length.sentences`. Once `length.words` are reached
    nothing is added, so the last sentence may go over.
    """
    reading = read_sentences(read, figures)
    best_first = choose(scores(reading), reading, length)
    ranks = {line.place: rank for rank, line in enumerate(best_first)}
    lines = sorted(best_first, key=lambda line: line.place)
    return tuple(
        Sentence(
            line.text, line.paragraph, line.start, line.start + len(line.text), ranks[line.place], _needs(line, lines)
        )
        for line in lines
    )


def _needs(line: Line, lines: Sequence[Line]) -> tuple[int, ...]:
    """`Sentence.needs` of a line among those of the summary."""
    return tuple(
        index
        for index, other in enumerate(lines)
        if other is not line and (other.place in (line.antecedent, line.answers) or other.answers == line.place)
    )


def explain(read: ReadArticle, figures: Iterable[Figure]) -> tuple[Scored, ...]:
    """The score of every sentence that could have been chosen, with its parts, in source order."""
    return scored(read_sentences(read, figures))
