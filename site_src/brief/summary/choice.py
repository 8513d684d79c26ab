"""Which sentences make the summary: the best one first, then each time the best that adds something to those chosen."""

from __future__ import annotations

from collections.abc import Sequence

from site_src.brief.summary.features import Scored
from site_src.brief.summary.lines import Line
from site_src.brief.summary.reading import Reading
from site_src.settings import Summary
from site_src.tables import table


def choose(scores: Sequence[Scored], reading: Reading, length: Summary) -> tuple[Line, ...]:
    """The chosen sentences, best first: `length.sentences` at most, and none once `length.words` are all but reached.

    A longer summary holds every shorter one that the same budget of words allows.
    """
    rules = table("summary")["choice"]
    worth = _Worth(reading, rules["redundancy"])
    free = sorted(scores, key=lambda one: (-one.score, one.line.place))
    chosen: list[Line] = []
    left = length.words
    while free and len(chosen) < length.sentences and left > length.words * rules["rest"]:
        best = _best(_able(free, chosen, left + length.words * rules["rest"]), chosen, worth)
        free.remove(best)
        chosen.append(best.line)
        left -= best.line.words
    return tuple(chosen)


def _able(free: Sequence[Scored], chosen: Sequence[Line], most: float) -> Sequence[Scored]:
    """Those that can stand and fit; else those that can stand; else all."""
    taken = {line.place for line in chosen}
    standing = [one for one in free if one.line.subject == one.line.place or one.line.subject in taken] or free
    return [one for one in standing if one.line.words <= most] or standing


def _best(able: Sequence[Scored], chosen: Sequence[Line], worth: _Worth) -> Scored:
    """The one of the highest worth, the earlier of two; `able` falls in score, which no worth exceeds."""
    best, most = able[0], worth(able[0], chosen)
    for one in able[1:]:
        if one.score < most:
            break
        if (found := worth(one, chosen)) > most or (found == most and one.line.place < best.line.place):
            best, most = one, found
    return best


class _Worth:
    """What a sentence is worth beside those chosen: less for what they tell already, by the cosine to the nearest."""

    def __init__(self, reading: Reading, redundancy: float) -> None:
        self._reading, self._redundancy = reading, redundancy
        self._told: dict[int, tuple[float, int]] = {}
        """Place of a sentence -> how much of it is told, by how many of those chosen."""

    def __call__(self, one: Scored, chosen: Sequence[Line]) -> float:
        told, known = self._told.get(one.line.place, (0.0, 0))
        told = max([told, *(self._common(line, one.line) for line in chosen[known:])])
        self._told[one.line.place] = told, len(chosen)
        return one.score - self._redundancy * told

    def _common(self, line: Line, other: Line) -> float:
        counts, norms = self._reading.counts, self._reading.norms
        common = line.stems & other.stems
        return sum(map(counts.__getitem__, common)) / norms[line.place] / norms[other.place] if common else 0.0
