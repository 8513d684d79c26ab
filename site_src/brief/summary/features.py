"""What speaks for and against a sentence: how much each feature says of it, and what its cues are worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from math import exp

from msgspec import Struct

from site_src.brief.summary.lines import Line
from site_src.brief.summary.reading import Reading
from site_src.tables import table

Reasons = tuple[tuple[str, float], ...]
"""(feature or cue, what it adds or takes)."""


class Scored(Struct, frozen=True, gc=False):
    """A sentence with its score and the parts that add up to it."""

    line: Line
    score: float
    parts: Reasons
    """Those that say something."""


def scores(reading: Reading) -> list[float]:
    """The score of every sentence that may be chosen, in source order."""
    return list(map(_added, _reasons(reading)))


def scored(reading: Reading) -> tuple[Scored, ...]:
    """Every sentence that may be chosen with its score and what made it, in source order."""
    found = zip(reading.lines, _reasons(reading), strict=True)
    return tuple(Scored(line, _added(reasons), reasons) for line, reasons in found)


def _added(reasons: Reasons) -> float:
    """All of them together, added up in their order: no other one gives the very same number."""
    score = 0.0
    for _, worth in reasons:
        score += worth
    return score


def _reasons(reading: Reading) -> Iterator[Reasons]:
    """What speaks for and against each sentence."""
    weights, limits = _weights(reading.shape), table("summary")["limits"]
    for line in reading.lines:
        told = [(name, weights[name] * value) for name, value in _features(line, reading, limits)]
        yield (*told, *_of_cues(reading.shape, line.cues)) if line.cues else tuple(told)


@lru_cache(maxsize=1 << 10)
def _of_cues(shape: str, cues: frozenset[str]) -> Reasons:
    """What the cues of a sentence are worth."""
    weights = _weights(shape)
    return tuple((cue, weights[cue]) for cue in sorted(cues) if cue in weights)


@cache
def _weights(shape: str) -> dict[str, float]:
    """The weights for one shape of article: the common ones, and its own in their place."""
    return {**table("summary")["weights"], **table("summary")["shapes"].get(shape, {})}


def _features(line: Line, reading: Reading, limits: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """The features that say something of a sentence, and how much: up to 1."""
    place, words, title = line.place, line.words, reading.title
    yield "position", exp(-place / limits["decay"])
    if place == 0:
        yield "lead", 1
    elif 0 < reading.last <= place:
        yield "closing", 1
    if place < reading.introduced:
        yield "intro", 1
    if common := line.stems & title:
        yield "title", len(common) / len(title)
        if not common.isdisjoint(line.front):
            yield "about", 1
    if reading.told and _repeats(line, reading.told, limits["beyond_title"]):
        yield "repeats", 1
    if centre := reading.centre[place]:
        yield "centre", centre
    if line.figures:
        yield "figures", _up_to_one(line.figures / limits["figures"])
    yield "full", (_up_to_one(words / reading.usual / 2) + _up_to_one(words / limits["full"])) / 2
    if words < limits["short"]:
        yield "short", 1 - words / limits["short"]
    if words > limits["long"]:
        yield "long", _up_to_one(words / limits["long"] - 1)


def _repeats(line: Line, told: frozenset[str], beyond: float) -> bool:
    """Whether the sentence tells next to nothing that the title, which `told` is of, has not told."""
    return len(line.stems) <= len(told) + beyond and len(line.stems - told) <= beyond


def _up_to_one(value: float) -> float:
    return value if value < 1 else 1.0
