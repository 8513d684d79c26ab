"""What speaks for and against a sentence: each feature a pure function of an article, a value by sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from math import exp

from msgspec import Struct

from site_src.brief.summary.lines import Line
from site_src.brief.summary.reading import Reading
from site_src.tables import table

Limits = Mapping[str, float]
"""Where features begin or end, by name: table `summary`."""
Values = Mapping[int, float]
"""Of the sentences of which the feature says something, by place: up to 1; its worth stands in the table `summary`."""
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
    found = [0.0] * len(reading.lines)
    for _, weight, values in _weighed(reading):
        for place, value in values.items():
            found[place] += weight * value
    for line in reading.lines:
        for _, worth in _of_cues(reading.shape, line.cues) if line.cues else ():
            found[line.place] += worth
    return found


def scored(reading: Reading) -> tuple[Scored, ...]:
    """Every sentence that may be chosen with its score and what made it, in source order."""
    weighed = list(_weighed(reading))
    return tuple(
        Scored(line, score, _parts(reading, weighed, line))
        for line, score in zip(reading.lines, scores(reading), strict=True)
    )


def _parts(reading: Reading, weighed: Sequence[tuple[str, float, Values]], line: Line) -> Reasons:
    told = tuple((name, weight * value) for name, weight, values in weighed if (value := values.get(line.place)))
    return told + _of_cues(reading.shape, line.cues)


def _weighed(reading: Reading) -> Iterator[tuple[str, float, Values]]:
    """Each feature with its weight and what it says."""
    weights, limits = _weights(reading.shape), table("summary")["limits"]
    for name, feature in _FEATURES:
        yield name, weights[name], feature(reading, limits)


@lru_cache(maxsize=1 << 10)
def _of_cues(shape: str, cues: frozenset[str]) -> Reasons:
    """What the cues of a sentence are worth."""
    weights = _weights(shape)
    return tuple((cue, weights[cue]) for cue in sorted(cues) if cue in weights)


@cache
def _weights(shape: str) -> dict[str, float]:
    """The weights for one shape of article: the common ones, and its own in their place."""
    return {**table("summary")["weights"], **table("summary")["shapes"].get(shape, {})}


def _position(reading: Reading, limits: Limits) -> Values:
    decay = limits["decay"]
    return {place: exp(-place / decay) for place in range(len(reading.lines))}


def _lead(reading: Reading, limits: Limits) -> Values:
    return {0: 1.0} if reading.lines else {}


def _closing(reading: Reading, limits: Limits) -> Values:
    last = reading.lines[-1].paragraph if reading.lines else 0
    return {line.place: 1.0 for line in reading.lines[1:] if line.paragraph == last}


def _intro(reading: Reading, limits: Limits) -> Values:
    return dict.fromkeys(range(reading.introduced), 1.0)


def _title(reading: Reading, limits: Limits) -> Values:
    title, most = reading.title, len(reading.title)
    return {line.place: len(told) / most for line in reading.lines if (told := line.stems & title)}


def _about(reading: Reading, limits: Limits) -> Values:
    """Whether what the title names is what the sentence opens with."""
    apart = reading.title.isdisjoint
    return {line.place: 1.0 for line in reading.lines if not apart(line.front)}


def _repeats(reading: Reading, limits: Limits) -> Values:
    """Whether the sentence tells next to nothing that the title has not told."""
    beyond, told = limits["beyond_title"], reading.told
    most = len(told) + beyond if told else -1
    few = [line for line in reading.lines if len(line.stems) <= most]
    return {line.place: 1.0 for line in few if len(line.stems - told) <= beyond}


def _centre(reading: Reading, limits: Limits) -> Values:
    return dict(enumerate(reading.centre))


def _figures(reading: Reading, limits: Limits) -> Values:
    enough = limits["figures"]
    return {line.place: min(1.0, line.figures / enough) for line in reading.lines if line.figures}


def _full(reading: Reading, limits: Limits) -> Values:
    """How much the sentence holds: beside its article's others, and beside a full sentence of news."""
    usual, full = reading.usual, limits["full"]
    return {line.place: (min(1.0, line.words / usual / 2) + min(1.0, line.words / full)) / 2 for line in reading.lines}


def _short(reading: Reading, limits: Limits) -> Values:
    short = limits["short"]
    return {line.place: 1 - line.words / short for line in reading.lines if line.words < short}


def _long(reading: Reading, limits: Limits) -> Values:
    long = limits["long"]
    return {line.place: min(1.0, line.words / long - 1) for line in reading.lines if line.words > long}


_FEATURES: tuple[tuple[str, Callable[[Reading, Limits], Values]], ...] = (
    ("position", _position), ("lead", _lead), ("closing", _closing), ("intro", _intro),
    ("title", _title), ("about", _about), ("repeats", _repeats), ("centre", _centre), ("figures", _figures),
    ("full", _full), ("short", _short), ("long", _long),
)  # fmt: skip
