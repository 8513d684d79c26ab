"""What speaks for and against a sentence: each feature a pure function of an article, a value for each sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from math import exp
from typing import NamedTuple

from site_src.brief.summary.lines import Line
from site_src.brief.summary.reading import Reading
from site_src.tables import table

Limits = Mapping[str, float]
"""Where features begin or end, by name: table `summary`."""
Values = Sequence[float]
"""From 0, says nothing, to 1, for each sentence in source order; what that is worth stands in the table `summary`."""
Parts = tuple[tuple[str, float], ...]
"""(feature or cue, what it adds or takes)."""


class Scored(NamedTuple):
    """A sentence with its score and the parts that add up to it."""

    line: Line
    score: float
    parts: Parts
    """Those that say something."""


def scores(reading: Reading) -> list[float]:
    """The score of every sentence that may be chosen, in source order."""
    columns = [column for _, column in _columns(reading)]
    return [
        sum([worth for _, worth in _of_cues(reading.shape, line.cues)], sum(row))
        for line, row in zip(reading.lines, zip(*columns, strict=True), strict=True)
    ]


def scored(reading: Reading) -> tuple[Scored, ...]:
    """Every sentence that may be chosen with its score and what made it, in source order."""
    columns = _columns(reading)
    return tuple(
        Scored(line, score, _parts(reading, columns, line))
        for line, score in zip(reading.lines, scores(reading), strict=True)
    )


def _parts(reading: Reading, columns: list[tuple[str, list[float]]], line: Line) -> Parts:
    told = tuple((name, column[line.place]) for name, column in columns if column[line.place])
    return told + _of_cues(reading.shape, line.cues)


def _columns(reading: Reading) -> list[tuple[str, list[float]]]:
    """Each feature with what it is worth in each sentence."""
    weights, limits = _weights(reading.shape), table("summary")["limits"]
    return [
        (name, [weights[name] * value for value in feature(reading, limits)]) for name, feature in _FEATURES
    ]  # fmt: skip


@lru_cache(maxsize=1 << 10)
def _of_cues(shape: str, cues: frozenset[str]) -> Parts:
    """What the cues of a sentence are worth."""
    weights = _weights(shape)
    return tuple((cue, weights[cue]) for cue in sorted(cues) if cue in weights)


@cache
def _weights(shape: str) -> dict[str, float]:
    """The weights for one shape of article: the common ones, and its own in their place."""
    return {**table("summary")["weights"], **table("summary")["shapes"].get(shape, {})}


def _position(reading: Reading, limits: Limits) -> Values:
    decay = limits["decay"]
    return [exp(-line.place / decay) for line in reading.lines]


def _lead(reading: Reading, limits: Limits) -> Values:
    return [line.place == 0 for line in reading.lines]


def _closing(reading: Reading, limits: Limits) -> Values:
    last = reading.lines[-1].paragraph if reading.lines else 0
    return [line.paragraph == last and line.place > 0 for line in reading.lines]


def _intro(reading: Reading, limits: Limits) -> Values:
    return [line.place < reading.introduced for line in reading.lines]


def _title(reading: Reading, limits: Limits) -> Values:
    title, most = reading.title, len(reading.title) or 1
    return [len(line.stems & title) / most for line in reading.lines]


def _about(reading: Reading, limits: Limits) -> Values:
    """Whether what the title names is what the sentence opens with."""
    apart = reading.title.isdisjoint
    return [not apart(line.front) for line in reading.lines]


def _repeats(reading: Reading, limits: Limits) -> Values:
    """Whether the sentence tells next to nothing that the title has not told."""
    beyond, told = limits["beyond_title"], reading.told
    most = len(told) + beyond if told else -1
    return [len(line.stems) <= most and len(line.stems - told) <= beyond for line in reading.lines]


def _centre(reading: Reading, limits: Limits) -> Values:
    return reading.centre


def _figures(reading: Reading, limits: Limits) -> Values:
    enough = limits["figures"]
    return [min(1.0, line.figures / enough) for line in reading.lines]


def _full(reading: Reading, limits: Limits) -> Values:
    """How much the sentence holds: beside its article's others, and beside a full sentence of news."""
    usual, full = reading.usual, limits["full"]
    return [(min(1.0, line.words / usual / 2) + min(1.0, line.words / full)) / 2 for line in reading.lines]


def _short(reading: Reading, limits: Limits) -> Values:
    short = limits["short"]
    return [1 - line.words / short if line.words < short else 0.0 for line in reading.lines]


def _long(reading: Reading, limits: Limits) -> Values:
    long = limits["long"]
    return [min(1.0, line.words / long - 1) if line.words > long else 0.0 for line in reading.lines]


_FEATURES: tuple[tuple[str, Callable[[Reading, Limits], Values]], ...] = (
    ("position", _position), ("lead", _lead), ("closing", _closing), ("intro", _intro),
    ("title", _title), ("about", _about), ("repeats", _repeats), ("centre", _centre), ("figures", _figures),
    ("full", _full), ("short", _short), ("long", _long),
)  # fmt: skip
