"""An article as the summary reads it: its sentences, and in how many of them each stem stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cache
from itertools import chain
from math import sqrt

from msgspec import Struct

from site_src.brief.summary.lines import Line, read_lines
from site_src.brief.summary.stems import bare, stems
from site_src.model.brief import AMOUNTS, Figure
from site_src.tables import table
from site_src.text.article import ReadArticle
from site_src.text.fold import fold


class Reading(Struct, frozen=True, gc=False):
    """The sentences of an article and what they are measured against."""

    lines: tuple[Line, ...]
    title: frozenset[str]
    """Stems of the title; of what is quoted there, where it names the guest of an interview first (X: "…")."""
    stated_title: frozenset[str]
    """Stems of the title that the page states; empty where the title was derived from the lead."""
    counts: Mapping[str, int]
    """In how many sentences each stem stands.

    A sentence is compared as a vector with one component for each of its stems, whose square is this count."""
    norms: tuple[float, ...]
    """Length of each sentence as a vector."""
    centrality: tuple[float, ...]
    """Cosine of each sentence to the sum of all; worked out from whole numbers, whose sum no order changes."""
    mean_words: float
    """Mean length of its sentences in words."""
    amounts: Mapping[int, Set[tuple[str, str]]]
    """Place of a sentence -> the amounts (lower, upper end) of more than one digit that it states, two or more."""
    last_paragraph: int
    """Place of the first sentence of the last paragraph."""
    introduction: int
    """How many of the first sentences only introduce the guest of an interview."""
    shape: str
    """ "report", "explainer", "entry" or "interview": some features weigh differently there."""


def read_sentences(read: ReadArticle, figures: Iterable[Figure]) -> Reading:
    """The reading of an article; headings, standfirsts, tables, captions and uncertain paragraphs are left out."""
    figures = tuple(figures)
    lines, title = tuple(read_lines(read, figures)), read.title.value or ""
    title_stems = _stems(title)
    counts = dict(Counter(chain.from_iterable([line.stems for line in lines])))
    vectors = [[counts[stem] for stem in line.stems] for line in lines]
    norms = tuple([sqrt(sum(squares)) or 1.0 for squares in vectors])
    products = [sum([count * count for count in squares]) for squares in vectors]
    norm_of_all = sqrt(sum(products)) or 1.0
    shape = _shape(lines, title, title_stems)
    quoted_stems = _stems(title.rpartition(":")[2]) if shape == "interview" else title_stems
    return Reading(
        lines=lines,
        title=quoted_stems or title_stems,
        stated_title=title_stems if read.article.title.value else frozenset[str](),
        counts=counts,
        norms=norms,
        centrality=tuple([product / norm_of_all / norm for product, norm in zip(products, norms, strict=True)]),
        mean_words=sum([line.words for line in lines]) / max(1, len(lines)),
        amounts=_amounts(lines, figures),
        last_paragraph=next((line.place for line in lines if line.paragraph == lines[-1].paragraph), 0),
        introduction=_first_question(lines) if shape == "interview" else 0,
        shape=shape,
    )


def _amounts(lines: Sequence[Line], figures: Iterable[Figure]) -> dict[int, set[tuple[str, str]]]:
    """`Reading.amounts` of these sentences."""
    by_paragraph: dict[int, list[Figure]] = {}
    for figure in figures:
        if len(figure.low) > 1 and figure.kind in AMOUNTS:
            by_paragraph.setdefault(figure.paragraph, []).append(figure)
    amounts: dict[int, set[tuple[str, str]]] = {}
    for line in lines:
        in_paragraph = by_paragraph.get(line.paragraph, ())
        if len(in_paragraph) > 1:
            end = line.start + len(line.text)
            stated = {(figure.low, figure.high) for figure in in_paragraph if line.start <= figure.start < end}
            if len(stated) > 1:
                amounts[line.place] = stated
    return amounts


def _stems(text: str) -> frozenset[str]:
    return frozenset(filter(None, stems.of(text.split())))


def _first_question(lines: Sequence[Line]) -> int:
    """The place of an interview's first question: the sentences before it introduce the guest."""
    return next(line.place for line in lines if "question" in line.cues)


def _shape(lines: Sequence[Line], title: str, title_stems: frozenset[str]) -> str:
    """The kind of text, judged by its questions, its title and its first word: see `Reading.shape`."""
    bounds = table("summary")["shape"]
    openings = [line for line in lines if line.opens_paragraph]
    questions = sum(["question" in line.cues for line in openings])
    if questions >= max(bounds["questions"], len(openings) * bounds["share"]):
        return "interview"
    short_title = len(title.split()) <= bounds["entry"]
    if lines and short_title and stems[lines[0].text.split(None, 1)[0]] in title_stems:
        return "entry"
    return "explainer" if "؟" in title or _asks(title) else "report"


def _asks(title: str) -> bool:
    """Whether a title opens with a question word."""
    opening = " ".join(map(bare, title.split()[:2]))
    return f"{opening} ".startswith(_question_words())


@cache
def _question_words() -> tuple[str, ...]:
    return tuple(f"{fold(word)} " for word in table("summary_cues")["asks"])
