"""An article as the summary reads it: its sentences, and how much each word says of what it is about."""

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
    told: frozenset[str]
    """Stems that the reader has read in the title already: none where the title was derived from the lead."""
    counts: Mapping[str, int]
    """In how many sentences each stem stands. Sentences are compared as vectors whose squares these are."""
    norms: tuple[float, ...]
    """Length of each sentence as a vector."""
    centre: tuple[float, ...]
    """Cosine of each sentence to the sum of all; made of whole numbers, which add up alike in any order."""
    usual: float
    """Mean length of its sentences in words."""
    amounts: Mapping[int, Set[tuple[str, str]]]
    """Place of a sentence -> the amounts (lower, upper end) of more than one digit that it states, two or more."""
    last: int
    """Place of the first of them in the last paragraph."""
    introduced: int
    """How many of the first sentences only introduce the guest of an interview."""
    shape: str
    """ "report", "explainer", "entry" or "interview": some features weigh differently there."""


def read_sentences(read: ReadArticle, figures: Iterable[Figure]) -> Reading:
    """The reading of an article; headings, standfirsts, tables, captions and uncertain paragraphs are left out."""
    lines, title = tuple(read_lines(read)), read.title.value or ""
    heading = _stems(title)
    counts = dict(Counter(chain.from_iterable([line.stems for line in lines])))
    vectors = [[counts[stem] for stem in line.stems] for line in lines]
    norms = tuple([sqrt(sum(squares)) or 1.0 for squares in vectors])
    products = [sum([count * count for count in squares]) for squares in vectors]
    whole = sqrt(sum(products)) or 1.0
    centre = tuple([product / whole / norm for product, norm in zip(products, norms, strict=True)])
    told = heading if read.article.title.value else frozenset[str]()
    shape = _shape(lines, title, heading)
    said = _stems(title.rpartition(":")[2]) if shape == "interview" else heading
    usual = sum([line.words for line in lines]) / max(1, len(lines))
    first = _first_question(lines, shape)
    last = next((line.place for line in lines if line.paragraph == lines[-1].paragraph), 0)
    amounts = _amounts(lines, figures)
    return Reading(lines, said or heading, told, counts, norms, centre, usual, amounts, last, first, shape)


def _amounts(lines: Sequence[Line], figures: Iterable[Figure]) -> dict[int, set[tuple[str, str]]]:
    stated: dict[int, list[Figure]] = {}
    for figure in figures:
        if len(figure.low) > 1 and figure.kind in AMOUNTS:
            stated.setdefault(figure.paragraph, []).append(figure)
    amounts: dict[int, set[tuple[str, str]]] = {}
    for line in lines:
        if len(of_paragraph := stated.get(line.paragraph, ())) > 1:
            end = line.start + len(line.text)
            held = {(one.low, one.high) for one in of_paragraph if line.start <= one.start < end}
            if len(held) > 1:
                amounts[line.place] = held
    return amounts


def _stems(text: str) -> frozenset[str]:
    return frozenset(filter(None, stems.of(text.split())))


def _first_question(lines: Sequence[Line], shape: str) -> int:
    """The place of an interview's first question: what precedes it introduces the guest."""
    if shape != "interview":
        return 0
    return next(line.place for line in lines if "question" in line.cues)


def _shape(lines: Sequence[Line], title: str, heading: frozenset[str]) -> str:
    """What kind of text it is, seen from its build."""
    bounds = table("summary")["shape"]
    opening = [line for line in lines if line.opens]
    asked = sum(["question" in line.cues for line in opening])
    if asked >= max(bounds["questions"], len(opening) * bounds["share"]):
        return "interview"
    if lines and len(title.split()) <= bounds["entry"] and stems[lines[0].text.split(None, 1)[0]] in heading:
        return "entry"
    return "explainer" if "؟" in title or _asks(title) else "report"


def _asks(title: str) -> bool:
    opening = " ".join(map(bare, title.split()[:2]))
    return f"{opening} ".startswith(_question_words())


@cache
def _question_words() -> tuple[str, ...]:
    return tuple(f"{fold(word)} " for word in table("summary_cues")["asks"])
