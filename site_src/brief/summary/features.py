"""What speaks for and against a sentence: how much each feature says of it, and what its cues are worth."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from math import exp

from msgspec import Struct

from site_src.brief.summary.lines import Line
from site_src.brief.summary.reading import Reading
from site_src.tables import table

_FEATURES = (
    "position", "lead", "closing", "intro", "title", "about", "repeats", "centre", "figures", "full", "short", "long",
)  # fmt: skip
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
    weights, limits, found = _weights(reading.shape), table("summary")["limits"], []
    worths = [weights[name] for name in _FEATURES]
    for line in reading.lines:
        score = 0.0
        for worth, value in zip(worths, _values(line, reading, limits), strict=True):
            score += worth * value
        for _, worth in _of_cues(reading.shape, line.cues) if line.cues else ():
            score += worth
        found.append(score)
    return found


def scored(reading: Reading) -> tuple[Scored, ...]:
    """Every sentence that may be chosen with its score and what made it, in source order."""
    found = zip(reading.lines, scores(reading), strict=True)
    return tuple(Scored(line, score, _parts(reading, line)) for line, score in found)


def _parts(reading: Reading, line: Line) -> Reasons:
    weights = _weights(reading.shape)
    told = zip(_FEATURES, _values(line, reading, table("summary")["limits"]), strict=True)
    return tuple((name, weights[name] * value) for name, value in told if value) + _of_cues(reading.shape, line.cues)


@lru_cache(maxsize=1 << 10)
def _of_cues(shape: str, cues: frozenset[str]) -> Reasons:
    """What the cues of a sentence are worth."""
    weights = _weights(shape)
    return tuple((cue, weights[cue]) for cue in sorted(cues) if cue in weights)


@cache
def _weights(shape: str) -> dict[str, float]:
    """The weights for one shape of article: the common ones, and its own in their place."""
    return {**table("summary")["weights"], **table("summary")["shapes"].get(shape, {})}


def _values(line: Line, reading: Reading, limits: Mapping[str, float]) -> tuple[float, ...]:
    """How much each of `_FEATURES` says of a sentence: up to 1; 0 where it says nothing."""
    place, words, title = line.place, line.words, reading.title
    return (
        exp(-place / limits["decay"]),
        place == 0,
        place > 0 and line.paragraph == reading.last,
        place < reading.introduced,
        len(line.stems & title) / len(title) if title else 0.0,
        not title.isdisjoint(line.front),
        _repeats(line, reading.told, limits["beyond_title"]),
        reading.centre[place],
        _up_to_one(line.figures / limits["figures"]),
        (_up_to_one(words / reading.usual / 2) + _up_to_one(words / limits["full"])) / 2,
        1 - words / limits["short"] if words < limits["short"] else 0.0,
        _up_to_one(words / limits["long"] - 1) if words > limits["long"] else 0.0,
    )


def _repeats(line: Line, told: frozenset[str], beyond: float) -> bool:
    """Whether the sentence tells next to nothing that the title has not told."""
    few = told and len(line.stems) <= len(told) + beyond
    return bool(few) and len(line.stems - told) <= beyond


def _up_to_one(value: float) -> float:
    return value if value < 1 else 1.0
