"""Which sentences make the summary: the best one first, then each time the best that adds something to those chosen."""

from __future__ import annotations

from collections.abc import Sequence

from site_src.brief.summary.features import Scored
from site_src.brief.summary.reading import Line, Reading
from site_src.settings import Summary
from site_src.tables import table


def choose(scores: Sequence[Scored], reading: Reading, length: Summary) -> tuple[Line, ...]:
    """The chosen sentences, best first: `length.sentences` at most, and none once `length.words` are reached.

    A longer summary holds every shorter one that the same budget of words allows.
    """
    told = [0.0] * len(scores)
    chosen: list[Line] = []
    words = 0
    while len(chosen) < min(length.sentences, len(scores)) and words < length.words:
        line = _next(scores, told, chosen, length.words - words)
        chosen.append(line)
        words += len(line.words)
        told = [max(before, _alike(line, one.line, reading)) for before, one in zip(told, scores, strict=True)]
    return tuple(chosen)


def _next(scores: Sequence[Scored], told: Sequence[float], chosen: Sequence[Line], left: int) -> Line:
    """The best sentence that can stand and fits; else the best that can stand; else the best."""
    taken = {line.place for line in chosen}
    free = [one for one in scores if one.line.place not in taken]
    standing = [one for one in free if one.line.subject in taken or one.line.subject == one.line.place] or free
    fitting = [one for one in standing if len(one.line.words) <= left * _rule("over")] or standing
    return max(fitting, key=lambda one: one.score - _rule("redundancy") * told[one.line.place]).line


def _alike(one: Line, other: Line, reading: Reading) -> float:
    """Cosine of two sentences: how much of either the other tells."""
    common = one.stems & other.stems
    if not common:
        return 0.0
    return sum(reading.weights[stem] ** 2 for stem in common) / reading.norms[one.place] / reading.norms[other.place]


def _rule(name: str) -> float:
    value: float = table("summary")["choice"][name]
    return value
