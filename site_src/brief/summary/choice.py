"""Which sentences make the summary: the best one first, then each time the best that adds something to those chosen."""

from __future__ import annotations

from collections.abc import Sequence

from site_src.brief.summary.lines import Line
from site_src.brief.summary.reading import Reading
from site_src.settings import Summary
from site_src.tables import table


def choose(scores: Sequence[float], reading: Reading, length: Summary) -> tuple[Line, ...]:
    """The chosen sentences, best first: `length.sentences` at most, and none once `length.words` are all but reached.

    `scores` has one for each of `reading.lines`. A longer summary holds every shorter one that the same budget of
    words allows.
    """
    rules = table("summary")["choice"]
    worth = _Worth(scores, reading, rules["redundancy"])
    free = sorted(reading.lines, key=lambda line: scores[line.place], reverse=True)
    chosen: list[Line] = []
    left, rest = length.words, length.words * rules["rest"]
    while free and len(chosen) < length.sentences and left > rest:
        best = worth.best(_able(free, chosen, left + rest), chosen)
        free = [line for line in free if line is not best]
        chosen.append(best)
        left -= best.words
    return tuple(chosen)


def _able(free: Sequence[Line], chosen: Sequence[Line], most: float) -> Sequence[Line]:
    """Those that can stand and fit; else those that can stand; else all."""
    taken = {line.place for line in chosen}
    standing = [line for line in free if line.subject == line.place or line.subject in taken] or free
    return [line for line in standing if line.words <= most] or standing


class _Worth:
    """What a sentence is worth beside those chosen: less for what they tell already, by the cosine to the nearest."""

    def __init__(self, scores: Sequence[float], reading: Reading, redundancy: float) -> None:
        self._scores, self._reading, self._redundancy = scores, reading, redundancy
        self._told: dict[int, tuple[float, int]] = {}
        """Place of a sentence -> how much of it is told, by how many of those chosen."""

    def best(self, able: Sequence[Line], chosen: Sequence[Line]) -> Line:
        """The one of the highest worth, the earlier of two; `able` falls in score, which no worth exceeds."""
        best, most = able[0], self._of(able[0], chosen)
        for line in able[1:]:
            if self._scores[line.place] < most:
                break
            if (found := self._of(line, chosen)) > most or (found == most and line.place < best.place):
                best, most = line, found
        return best

    def _of(self, line: Line, chosen: Sequence[Line]) -> float:
        told, known = self._told.get(line.place, (0.0, 0))
        told = max([told, *(self._common(one, line) for one in chosen[known:])])
        self._told[line.place] = told, len(chosen)
        return self._scores[line.place] - self._redundancy * told

    def _common(self, line: Line, other: Line) -> float:
        counts, norms = self._reading.counts, self._reading.norms
        common = line.stems & other.stems
        return sum(map(counts.__getitem__, common)) / norms[line.place] / norms[other.place] if common else 0.0
