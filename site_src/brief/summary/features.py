"""What speaks for and against a sentence: each feature a pure function of a sentence and its article."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from math import exp
from typing import NamedTuple

from site_src.brief.summary.lines import Line
from site_src.brief.summary.reading import Reading
from site_src.tables import table

Limits = Mapping[str, float]
"""Where features begin or end, by name: table `summary`."""
Feature = Callable[[Line, Reading, Limits], float]
"""From 0, says nothing, to 1; what it is worth stands in the table `summary`."""


_Weighed = tuple[tuple[str, float, Feature], ...]


class Scored(NamedTuple):
    """A sentence with its score and the parts that add up to it."""

    line: Line
    score: float
    parts: tuple[tuple[str, float], ...]
    """(feature or cue, what it added or took), those that did."""


def scored(reading: Reading) -> tuple[Scored, ...]:
    """The score of every sentence that may be chosen, in source order."""
    weights, limits = _weights(reading.shape), table("summary")["limits"]
    features = _weighed(reading.shape)
    return tuple([_scored(line, reading, features, weights, limits) for line in reading.lines])


def _scored(line: Line, reading: Reading, features: _Weighed, weights: Mapping[str, float], limits: Limits) -> Scored:
    parts = [(name, weight * value) for name, weight, feature in features if (value := feature(line, reading, limits))]
    parts += [(cue, weights[cue]) for cue in sorted(line.cues) if cue in weights]
    return Scored(line, sum([value for _, value in parts]), tuple(parts))


@cache
def _weights(shape: str) -> dict[str, float]:
    """The weights for one shape of article: the common ones, and its own in their place."""
    return {**table("summary")["weights"], **table("summary")["shapes"].get(shape, {})}


@cache
def _weighed(shape: str) -> _Weighed:
    """Each feature with what it is worth in one shape of article."""
    return tuple((name, _weights(shape)[name], feature) for name, feature in _FEATURES)


def _position(line: Line, reading: Reading, limits: Limits) -> float:
    return exp(-line.place / limits["decay"])


def _lead(line: Line, reading: Reading, limits: Limits) -> float:
    return float(line.place == 0)


def _closing(line: Line, reading: Reading, limits: Limits) -> float:
    return float(line.paragraph == reading.lines[-1].paragraph and line.place > 0)


def _title(line: Line, reading: Reading, limits: Limits) -> float:
    return len(line.stems & reading.title) / len(reading.title) if reading.title else 0.0


def _about(line: Line, reading: Reading, limits: Limits) -> float:
    """Whether what the title names is what the sentence opens with."""
    return float(not reading.title.isdisjoint(line.front))


def _intro(line: Line, reading: Reading, limits: Limits) -> float:
    return float(line.place < reading.introduced)


def _repeats(line: Line, reading: Reading, limits: Limits) -> float:
    """Whether the sentence tells next to nothing that the title has not told."""
    beyond, told = limits["beyond_title"], reading.told
    return float(bool(told) and len(line.stems) <= len(told) + beyond and len(line.stems - told) <= beyond)


def _centre(line: Line, reading: Reading, limits: Limits) -> float:
    """Cosine to the sum of all sentences."""
    return sum(map(reading.centre.__getitem__, line.stems)) / reading.whole / reading.norms[line.place]


def _figures(line: Line, reading: Reading, limits: Limits) -> float:
    return min(1.0, line.figures / limits["figures"]) if line.figures else 0.0


def _long(line: Line, reading: Reading, limits: Limits) -> float:
    return min(1.0, line.words / limits["long"] - 1) if line.words > limits["long"] else 0.0


def _full(line: Line, reading: Reading, limits: Limits) -> float:
    """How much the sentence holds: beside its article's others, and beside a full sentence of news."""
    return (min(1.0, line.words / reading.usual / 2) + min(1.0, line.words / limits["full"])) / 2


def _short(line: Line, reading: Reading, limits: Limits) -> float:
    return 1 - line.words / limits["short"] if line.words < limits["short"] else 0.0


_FEATURES: tuple[tuple[str, Feature], ...] = (
    ("position", _position), ("lead", _lead), ("closing", _closing), ("intro", _intro),
    ("title", _title), ("about", _about), ("repeats", _repeats), ("centre", _centre), ("figures", _figures),
    ("full", _full), ("short", _short), ("long", _long),
)  # fmt: skip
