"""What speaks for and against a sentence: each feature a pure function of a sentence and its article."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from math import exp

from site_src.brief.summary.reading import Line, Reading
from site_src.tables import table

Feature = Callable[[Line, Reading], float]
"""From 0, says nothing, to 1; what it is worth stands in the table `summary`."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence with its score and the parts that add up to it."""

    line: Line
    score: float
    parts: tuple[tuple[str, float], ...]
    """(feature, what it added), nothing left out but zeros."""


def scored(reading: Reading) -> tuple[Scored, ...]:
    """The score of every sentence that may be chosen, in source order."""
    weights = _weights(reading.shape)
    return tuple(_scored(line, reading, weights) for line in reading.lines)


def _scored(line: Line, reading: Reading, weights: Mapping[str, float]) -> Scored:
    measured = ((name, weights[name] * feature(line, reading)) for name, feature in _FEATURES.items())
    cued = ((cue, weights[cue]) for cue in sorted(line.cues) if cue in weights)
    parts = tuple((name, value) for name, value in (*measured, *cued) if value)
    return Scored(line, sum(value for _, value in parts), parts)


@cache
def _weights(shape: str) -> dict[str, float]:
    """The weights for one shape of article: the common ones, and its own in their place."""
    return {**table("summary")["weights"], **table("summary")["shapes"].get(shape, {})}


def _limit(name: str) -> float:
    value: float = table("summary")["limits"][name]
    return value


def _position(line: Line, reading: Reading) -> float:
    return exp(-line.place / _limit("decay"))


def _lead(line: Line, reading: Reading) -> float:
    return float(line.place == 0)


def _opens(line: Line, reading: Reading) -> float:
    return float(line.opens)


def _closing(line: Line, reading: Reading) -> float:
    return float(line.paragraph == reading.lines[-1].paragraph and line.place > 0)


def _title(line: Line, reading: Reading) -> float:
    return len(line.stems & reading.title) / len(reading.title) if reading.title else 0.0


def _repeats(line: Line, reading: Reading) -> float:
    """Whether the sentence tells next to nothing that the title has not told."""
    return float(bool(reading.told) and len(line.stems - reading.told) <= _limit("news_beyond_title"))


def _centre(line: Line, reading: Reading) -> float:
    """Cosine to the sum of all sentences."""
    told = sum(reading.counts[stem] * reading.weights[stem] ** 2 for stem in line.stems)
    return told / reading.norms[line.place] / reading.norm


def _figures(line: Line, reading: Reading) -> float:
    return min(1.0, line.figures / _limit("figures"))


def _long(line: Line, reading: Reading) -> float:
    return min(1.0, max(0.0, len(line.words) / _limit("long") - 1))


def _short(line: Line, reading: Reading) -> float:
    return max(0.0, 1 - len(line.words) / _limit("short"))


_FEATURES: Mapping[str, Feature] = {
    "position": _position, "lead": _lead, "opens": _opens, "closing": _closing, "title": _title, "repeats": _repeats,
    "centre": _centre, "figures": _figures, "long": _long, "short": _short,
}  # fmt: skip
