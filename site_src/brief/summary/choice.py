"""Which sentences make the summary: the best one first, then each time the best that adds something to those chosen.

What is chosen is a unit: one sentence, or one with those behind it that answer it (لكن), told together or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from site_src.brief.summary.lines import Line
from site_src.brief.summary.reading import Reading
from site_src.settings import Summary
from site_src.tables import table

_STOPS = frozenset(".!؟?…")
_CLOSERS = " \"'”»’)]"
_AROUND = f"{_CLOSERS}«“‘([{''.join(_STOPS)}"

Unit = tuple[int, ...]
"""The places of sentences that are chosen together."""


def choose(scores: Sequence[float], reading: Reading, length: Summary) -> tuple[Line, ...]:
    """The chosen sentences, best first: `length.sentences` at most, and none once `length.words` are all but reached.

    `scores` has one for each of `reading.lines`. A sentence that ends with a colon only announces what follows it, and
    one with a gap has lost words: they are taken where there is no other; one in which the text breaks off, where
    there are few; one that says again, word for word or figure for figure, what another or the title said, never.
    A longer summary holds every shorter one that the same budget of words allows, save for a unit that the shorter one
    had no room for.
    """
    rules, lines = table("summary")["choice"], reading.lines
    worth = _Worth(scores, reading, rules["redundancy"])
    whole = _once([line for line in lines if not _lacks_words(line)] or lines, reading.told)
    if len(whole) > 1 and _breaks_off(lines) and (len(whole) > rules["enough"] or lines[-1].words < rules["piece"]):
        whole = [place for place in whole if place != lines[-1].place]
    chosen: list[int] = []
    room, left, rest = length.sentences, length.words, length.words * rules["rest"]
    free = _fitting(lines, _units(lines, whole), room, left + rest) or [(place,) for place in whole]
    free.sort(key=worth.alone, reverse=True)
    while free and room and left > rest:
        best = worth.best(_able(lines, free, chosen, left + rest), chosen)
        chosen += best
        room -= len(best)
        left -= _words(lines, best)
        free = _fitting(lines, _others(free, best, reading.amounts), room, left + rest)
    return tuple(map(lines.__getitem__, chosen))


def _units(lines: Sequence[Line], whole: Sequence[int]) -> list[Unit]:
    """The units of which all sentences are among `whole`, in source order."""
    units: list[Unit] = []
    for line in lines:
        if "answer" in line.cues and units and lines[line.place - 1].paragraph == line.paragraph:
            units[-1] = (*units[-1], line.place)
        else:
            units.append((line.place,))
    return list(filter(frozenset(whole).issuperset, units))


def _fitting(lines: Sequence[Line], units: Sequence[Unit], room: int, most: float) -> list[Unit]:
    """The single sentences, and the longer units of no more than `room` sentences and `most` words."""
    return [unit for unit in units if len(unit) == 1 or (len(unit) <= room and _words(lines, unit) <= most)]


def _words(lines: Sequence[Line], unit: Unit) -> int:
    return sum([lines[place].words for place in unit])


def _others(free: Sequence[Unit], best: Unit, amounts: Sequence[Set[object]]) -> list[Unit]:
    """The units that state no two amounts that a sentence of `best` states: that would be the same statement."""
    told = [amounts[place] for place in best if len(amounts[place]) > 1]
    others = [unit for unit in free if unit != best]
    return [unit for unit in others if not any(len(amounts[place] & one) > 1 for place in unit for one in told)]


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


def _able(lines: Sequence[Line], free: Sequence[Unit], chosen: Sequence[int], most: float) -> Sequence[Unit]:
    """Those that can stand and fit; else those that can stand; else all that fit; else all."""
    fit = [unit for unit in free if _words(lines, unit) <= most]
    for units in (fit, free):
        if able := [unit for unit in units if all(lines[place].subject in (*unit, *chosen) for place in unit)]:
            return able
    return fit or free


class _Worth:
    """What a sentence is worth beside those chosen: less for what they tell already, by the cosine to the nearest."""

    def __init__(self, scores: Sequence[float], reading: Reading, redundancy: float) -> None:
        self._scores, self._reading, self._redundancy = scores, reading, redundancy
        self._told: dict[int, tuple[float, int]] = {}
        """Place of a sentence -> how much of it is told, by how many of those chosen."""

    def alone(self, unit: Unit) -> float:
        """The worth of a unit beside nothing: that of its sentences on average."""
        return sum([self._scores[place] for place in unit]) / len(unit)

    def best(self, able: Iterable[Unit], chosen: Sequence[int]) -> Unit:
        """The one of the highest worth, the earlier of two; `able` falls in worth alone, which no worth exceeds."""
        best: Unit = ()
        most = float("-inf")
        for unit in able:
            if self.alone(unit) < most:
                break
            found = sum([self._of(place, chosen) for place in unit]) / len(unit)
            if found > most or (found == most and unit < best):
                best, most = unit, found
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
