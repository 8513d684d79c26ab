"""What speaks for and against a sentence: its features with their weights, and what its cues are worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from math import exp

from msgspec import Struct

from site_src.brief.summary.lines import Line
from site_src.brief.summary.reading import Reading
from site_src.tables import table

Reasons = tuple[tuple[str, float], ...]
"""(feature or cue, its part of the score), negative where it speaks against the sentence."""


_BEFORE_THE_NEWS = frozenset({"past", "background", "aside"})
"""Cues of what was before the news: reports end with it, and no decision comes last there."""


class Scored(Struct, frozen=True, gc=False):
    """A sentence with its score and the parts that add up to it."""

    line: Line
    score: float
    parts: Reasons
    """Features and cues that the sentence does not have are left out."""


def scores(reading: Reading) -> list[float]:
    """The score of every sentence that may be chosen, in source order."""
    return list(map(_total, _reasons(reading)))


def scored(reading: Reading) -> tuple[Scored, ...]:
    """Every sentence that may be chosen with its score and its reasons, in source order."""
    reasoned = zip(reading.lines, _reasons(reading), strict=True)
    return tuple(Scored(line, _total(reasons), reasons) for line, reasons in reasoned)


def _total(reasons: Reasons) -> float:
    """The sum of the reasons, always added in their order: floating-point sums depend on it."""
    score = 0.0
    for _, worth in reasons:
        score += worth
    return score


def _reasons(reading: Reading) -> Iterator[Reasons]:
    """The reasons for and against each sentence, in source order."""
    weights, limits = _weights(reading.shape), table("summary")["limits"]
    for line in reading.lines:
        reasons = [(name, weights[name] * value) for name, value in _features(line, reading, limits)]
        yield (*reasons, *_cue_reasons(reading.shape, line.cues)) if line.cues else tuple(reasons)


@lru_cache(maxsize=1 << 10)
def _cue_reasons(shape: str, cues: frozenset[str]) -> Reasons:
    """What the cues of a sentence are worth in an article of this shape."""
    weights = _weights(shape)
    return tuple((cue, weights[cue]) for cue in sorted(cues) if cue in weights)


@cache
def _weights(shape: str) -> dict[str, float]:
    """The weights for one shape of article: the common ones, overridden by its own."""
    return {**table("summary")["weights"], **table("summary")["shapes"].get(shape, {})}


def _features(line: Line, reading: Reading, limits: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """(feature, value from 0 to 1) for each feature that the sentence has."""
    place, words, title = line.place, line.words, reading.title
    yield "position", exp(-place / limits["decay"])
    if place == 0:
        yield "lead", 1
    elif 0 < reading.last_paragraph <= place and (reading.shape != "report" or line.cues.isdisjoint(_BEFORE_THE_NEWS)):
        yield "closing", 1
    if place < reading.introduction:
        yield "intro", 1
    if common := line.stems & title:
        yield "title", len(common) / len(title)
        if not common.isdisjoint(line.first_stems):
            yield "about", 1
    if reading.stated_title and _repeats(line, reading.stated_title, limits["beyond_title"]):
        yield "repeats", 1
    if centrality := reading.centrality[place]:
        yield "centre", centrality
    if line.figures:
        yield "figures", _up_to_one(line.figures / limits["figures"])
    yield "full", (_up_to_one(words / reading.mean_words / 2) + _up_to_one(words / limits["full"])) / 2
    if words < limits["short"]:
        yield "short", 1 - words / limits["short"]
    if words > limits["long"]:
        yield "long", _up_to_one(words / limits["long"] - 1)


def _repeats(line: Line, title: frozenset[str], beyond: float) -> bool:
    """Whether the sentence adds at most `beyond` stems to those of the title."""
    return len(line.stems) <= len(title) + beyond and len(line.stems - title) <= beyond


def _up_to_one(value: float) -> float:
    return value if value < 1 else 1.0
