"""Which sentences make the summary: the best one first, then each time the best that adds something to those chosen.

What is chosen is a unit: one sentence, or one with those behind it that answer it (لكن), told together or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from operator import attrgetter

from msgspec import Struct

from site_src.brief.summary.lines import Line
from site_src.brief.summary.reading import Reading
from site_src.settings import Summary
from site_src.tables import table

_SCORE = attrgetter("score")
_STOPS = frozenset(".!؟?…")
_CLOSERS = " \"'”»’)]"
_AROUND = f"{_CLOSERS}«“‘([{''.join(_STOPS)}"


class Unit(Struct, frozen=True, gc=False):
    """Sentences that are chosen together."""

    places: tuple[int, ...]
    words: int
    score: float
    """That of its sentences on average."""


def choose(scores: Sequence[float], reading: Reading, length: Summary) -> tuple[Line, ...]:
    """The chosen sentences, best first: `length.sentences` at most, and none once `length.words` are all but reached.

    `scores` has one for each of `reading.lines`. A sentence that ends with a colon only announces what follows it, and
    one with a gap has lost words: they are taken where there is no other; one in which the text breaks off, where
    there are few; one that says again, word for word or figure for figure, what another or the title said, never.
    A longer summary holds every shorter one that the same budget of words allows, save for a unit that the shorter one
    had no room for.
    """
    rules, lines = table("summary")["choice"], reading.lines
    whole = _once([line for line in lines if not _lacks_words(line)] or lines, reading.told)
    if len(whole) > 1 and _breaks_off(lines) and (len(whole) > rules["enough"] or lines[-1].words < rules["piece"]):
        whole = [place for place in whole if place != lines[-1].place]
    allowed, chosen = frozenset(whole), list[int]()
    room, left, rest = length.sentences, length.words, length.words * rules["rest"]
    units = [unit for unit in _units(lines, scores) if allowed.issuperset(unit.places)]
    free = _fitting(units, room, left + rest) or [Unit((place,), lines[place].words, scores[place]) for place in whole]
    free.sort(key=_SCORE, reverse=True)
    worth = _Worth(scores, reading, rules["redundancy"])
    while free and room and left > rest:
        best = worth.best(_able(lines, free, chosen, left + rest), chosen)
        chosen += best.places
        room -= len(best.places)
        left -= best.words
        free.remove(best)
        free = _fitting(_unsaid(free, best, reading.amounts), room, left + rest)
    return tuple(map(lines.__getitem__, chosen))


def _units(lines: Sequence[Line], scores: Sequence[float]) -> list[Unit]:
    """The units in source order: what answers a sentence in its paragraph is with that one."""
    units: list[Unit] = []
    for line, score in zip(lines, scores, strict=True):
        if "answer" in line.cues and units and lines[line.place - 1].paragraph == line.paragraph:
            places, words, mean = units[-1].places, units[-1].words, units[-1].score
            mean += (score - mean) / (len(places) + 1)
            units[-1] = Unit((*places, line.place), words + line.words, mean)
        else:
            units.append(Unit((line.place,), line.words, score))
    return units


def _fitting(units: Sequence[Unit], room: int, most: float) -> list[Unit]:
    """The single sentences, and the longer units of no more than `room` sentences and `most` words."""
    return [unit for unit in units if len(unit.places) == 1 or (len(unit.places) <= room and unit.words <= most)]


def _unsaid(free: Sequence[Unit], best: Unit, amounts: Mapping[int, Set[object]]) -> Sequence[Unit]:
    """The units that state no two amounts that a sentence of `best` states: that would be the same statement."""
    told = [amounts[place] for place in best.places if place in amounts]
    again = {place for place, stated in amounts.items() for one in told if len(stated & one) > 1}
    return [unit for unit in free if again.isdisjoint(unit.places)] if again else free


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


def _able(lines: Sequence[Line], free: Sequence[Unit], chosen: Sequence[int], most: float) -> Iterator[Unit]:
    """Those that can stand and fit; else those that can stand; else all that fit; else all."""
    fit = [unit for unit in free if unit.words <= most]
    for units in (fit, free):
        found = False
        for unit in units:
            if {lines[place].subject for place in unit.places}.issubset((*unit.places, *chosen)):
                found = True
                yield unit
        if found:
            return
    yield from fit or free


class _Worth:
    """What a sentence is worth beside those chosen: less for what they tell already, by the cosine to the nearest."""

    def __init__(self, scores: Sequence[float], reading: Reading, redundancy: float) -> None:
        self._scores, self._reading, self._redundancy = scores, reading, redundancy
        self._told: dict[int, tuple[float, int]] = {}
        """Place of a sentence -> how much of it is told, by how many of those chosen."""

    def best(self, able: Iterable[Unit], chosen: Sequence[int]) -> Unit:
        """The one of the highest worth, the earlier of two; `able` falls in score, which no worth exceeds."""
        best, most = Unit((), 0, 0.0), float("-inf")
        for unit in able:
            if unit.score < most:
                break
            found = sum([self._of(place, chosen) for place in unit.places]) / len(unit.places)
            if found > most or (found == most and unit.places < best.places):
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
