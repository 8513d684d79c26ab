"""Which sentences make the summary: the best one first, then each time the best that adds something to those chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set

from site_src.brief.summary.lines import Line
from site_src.brief.summary.reading import Reading
from site_src.settings import Summary
from site_src.tables import table

_STOPS = frozenset(".!؟?…")
_CLOSERS = " \"'”»’)]"
_AROUND = f"{_CLOSERS}«“‘([{''.join(_STOPS)}"


def choose(scores: Sequence[float], reading: Reading, length: Summary) -> tuple[Line, ...]:
    """The chosen sentences, best first: `length.sentences` at most, and none once `length.words` are all but reached.

    `scores` has one for each of `reading.lines`. A sentence that ends with a colon only announces what follows it, and
    one with a gap has lost words: they are taken where there is no other; one in which the text breaks off, where
    there are few; one that says again, word for word, what another or the title said, never. A longer summary holds
    every shorter one that the same budget of words allows.
    """
    rules, lines = table("summary")["choice"], reading.lines
    worth = _Worth(scores, reading, rules["redundancy"])
    whole = _once([line for line in lines if not _lacks_words(line)] or lines, reading.told)
    if len(whole) > 1 and _breaks_off(lines) and (len(whole) > rules["enough"] or lines[-1].words < rules["piece"]):
        whole = [place for place in whole if place != lines[-1].place]
    free = sorted(whole, key=scores.__getitem__, reverse=True)
    chosen: list[int] = []
    left, rest = length.words, length.words * rules["rest"]
    while free and len(chosen) < length.sentences and left > rest:
        best = worth.best(_able(lines, free, chosen, left + rest), chosen)
        free.remove(best)
        chosen.append(best)
        left -= lines[best].words
    return tuple(map(lines.__getitem__, chosen))


def _once(lines: Sequence[Line], told: Set[str]) -> list[int]:
    """The places of the sentences; of those that differ in the marks around them at most, the first.

    One with all words of the title (`told`, their stems) and no other is left out where there is any other.
    """
    first: dict[str, Line] = {}
    for line in lines:
        first.setdefault(line.text.strip(_AROUND), line)
    return [line.place for line in first.values() if line.stems != told] or [line.place for line in first.values()]


def _lacks_words(line: Line) -> bool:
    return line.text.endswith(":") or "gap" in line.cues


def _breaks_off(lines: Sequence[Line]) -> bool:
    """Whether the text ends within a sentence: the last has no stop, as all before it have."""
    *before, last = lines
    return not _is_closed(last) and all(map(_is_closed, before))


def _is_closed(line: Line) -> bool:
    return line.text.rstrip(_CLOSERS)[-1:] in _STOPS


def _able(lines: Sequence[Line], free: Sequence[int], chosen: Sequence[int], most: float) -> Iterator[int]:
    """Those that can stand and fit; else those that can stand; else all that fit; else all."""
    fit = [place for place in free if lines[place].words <= most]
    for places in (fit, free):
        found = False
        for place in places:
            if (subject := lines[place].subject) == place or subject in chosen:
                found = True
                yield place
        if found:
            return
    yield from fit or free


class _Worth:
    """What a sentence is worth beside those chosen: less for what they tell already, by the cosine to the nearest."""

    def __init__(self, scores: Sequence[float], reading: Reading, redundancy: float) -> None:
        self._scores, self._reading, self._redundancy = scores, reading, redundancy
        self._told: dict[int, tuple[float, int]] = {}
        """Place of a sentence -> how much of it is told, by how many of those chosen."""

    def best(self, able: Iterable[int], chosen: Sequence[int]) -> int:
        """The one of the highest worth, the earlier of two; `able` falls in score, which no worth exceeds."""
        best, most = -1, float("-inf")
        for place in able:
            if self._scores[place] < most:
                break
            if (found := self._of(place, chosen)) > most or (found == most and place < best):
                best, most = place, found
        return best

    def _of(self, place: int, chosen: Sequence[int]) -> float:
        told, known = self._told.get(place, (0.0, 0))
        for one in chosen[known:]:
            told = max(told, self._common(one, place))
        self._told[place] = told, len(chosen)
        return self._scores[place] - self._redundancy * told

    def _common(self, one: int, other: int) -> float:
        lines, counts, norms = self._reading.lines, self._reading.counts, self._reading.norms
        common = lines[one].stems & lines[other].stems
        return sum(map(counts.__getitem__, common)) / norms[other] / norms[one] if common else 0.0
