"""Which sentences make the summary: the best one first, then each time the best that adds something to those chosen.

What is chosen is a unit: one sentence, or one with those that answer it (لكن، نفى ذلك), taken together or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from operator import attrgetter

from msgspec import Struct

from site_src.brief.summary.lines import Line
from site_src.brief.summary.reading import Reading
from site_src.settings import Summary
from site_src.tables import table

_BY_SCORE = attrgetter("score")
_PEOPLE_SPEAK = frozenset({"report", "interview"})
_STOPS = frozenset(".!؟?…")
_CLOSERS = " \"'”»’)]"
_SURROUNDING_MARKS = f"{_CLOSERS}«“‘([{''.join(_STOPS)}"


class Unit(Struct, frozen=True, gc=False):
    """Sentences that are chosen together."""

    places: tuple[int, ...]
    words: int
    score: float
    """The mean score of its sentences; that of a report's first sentence where it is among them."""


def choose(scores: Sequence[float], reading: Reading, length: Summary) -> tuple[Line, ...]:
    """The chosen sentences, best first: `length.sentences` at most, and none once `length.words` are all but reached.

    `scores` has one for each of `reading.lines`. A sentence that repeats another or the title, word for word or figure
    for figure, is never chosen. Two kinds are avoided where they can be: one in which words are missing, or that ends
    with a colon and only announces what follows it; and one in which the text breaks off.
    A longer summary holds every shorter one that the same budget of words allows, save for a unit that the shorter one
    had no room for.
    """
    rules, lines = table("summary")["choice"], reading.lines
    candidates = _candidates(reading, rules)
    allowed, chosen = frozenset(candidates), list[int]()
    room, words_left, tolerance = length.sentences, length.words, length.words * rules["rest"]
    units = [unit for unit in _units(reading, scores, room) if allowed.issuperset(unit.places)]
    remaining = _fitting(units, room, words_left + tolerance) or [
        Unit((place,), lines[place].words, scores[place]) for place in candidates
    ]
    remaining.sort(key=_BY_SCORE, reverse=True)
    worth = _Worth(reading, rules["redundancy"])
    while remaining and room and words_left > tolerance:
        best = worth.best(_eligible(lines, remaining, chosen, words_left + tolerance), chosen)
        chosen += best.places
        room -= len(best.places)
        words_left -= best.words
        remaining.remove(best)
        remaining = _fitting(_without_repeats(remaining, best, reading.amounts), room, words_left + tolerance)
    return tuple(map(lines.__getitem__, chosen))


def _candidates(reading: Reading, rules: Mapping[str, float]) -> list[int]:
    """The places of the sentences that may be chosen."""
    lines = reading.lines
    candidates = _without_copies([line for line in lines if not _lacks_words(line)] or lines, reading.stated_title)
    if len(candidates) > 1 and _breaks_off(lines):
        last = lines[-1]
        if len(candidates) > rules["enough"] or last.words < rules["piece"]:
            candidates = [place for place in candidates if place != last.place]
    return candidates


def _units(reading: Reading, scores: Sequence[float], room: int) -> list[Unit]:
    """The units in source order: a sentence that answers an earlier one joins that one."""
    lines, places_by_first = reading.lines, dict[int, list[int]]()
    first_of = list[int]()
    for line in lines:
        joins = line.answers != line.place and _is_told_together(line, reading.shape, room)
        first_of.append(first_of[line.answers] if joins else line.place)
        places_by_first.setdefault(first_of[-1], []).append(line.place)
    main = 0 if reading.shape == "report" else -1
    return [
        Unit(
            tuple(places),
            sum([lines[place].words for place in places]),
            scores[first] if first == main else sum([scores[place] for place in places]) / len(places),
        )
        for first, places in places_by_first.items()
    ]


def _is_told_together(line: Line, shape: str, room: int) -> bool:
    """Whether a sentence that answers an earlier one is told with it or not at all.

    In a short summary (`choice.denial`) an accusation stands without its denial: it says whose it is. What opens a
    paragraph with لكن answers one sentence where people speak; in an explainer or an entry, all that was told before.
    """
    if "charge denied" in line.cues:
        return bool(room >= table("summary")["choice"]["denial"])
    return not line.opens_paragraph or "answer" not in line.cues or shape in _PEOPLE_SPEAK


def _fitting(units: Sequence[Unit], room: int, most_words: float) -> list[Unit]:
    """All single sentences, and the longer units of at most `room` sentences and `most_words` words."""
    return [unit for unit in units if len(unit.places) == 1 or (len(unit.places) <= room and unit.words <= most_words)]


def _without_repeats(remaining: Sequence[Unit], best: Unit, amounts: Mapping[int, Set[object]]) -> Sequence[Unit]:
    """The units that share no two amounts with any sentence of `best`: that would be the same statement again."""
    stated = [amounts[place] for place in best.places if place in amounts]
    repeating = {place for place, others in amounts.items() for known in stated if len(others & known) > 1}
    return [unit for unit in remaining if repeating.isdisjoint(unit.places)] if repeating else remaining


def _without_copies(lines: Sequence[Line], title: Set[str]) -> list[int]:
    """The places of the sentences; of those that differ in the marks around them at most, the first.

    A sentence with all words of the title (`title`, their stems) and no other is left out where there is any other.
    """
    first_by_text: dict[str, Line] = {}
    for line in lines:
        first_by_text.setdefault(line.text.strip(_SURROUNDING_MARKS), line)
    places = [line.place for line in first_by_text.values() if line.stems != title]
    return places or [line.place for line in first_by_text.values()]


def _lacks_words(line: Line) -> bool:
    return line.text.endswith(":") or "gap" in line.cues


def _breaks_off(lines: Sequence[Line]) -> bool:
    """Whether the text ends within a sentence: the last sentence has no end mark, and all before it have one."""
    *before, last = lines
    return not _is_closed(last) and all(map(_is_closed, before))


def _is_closed(line: Line) -> bool:
    return line.text.rstrip(_CLOSERS)[-1:] in _STOPS


def _eligible(
    lines: Sequence[Line], remaining: Sequence[Unit], chosen: Sequence[int], most_words: float
) -> Iterator[Unit]:
    """The units that can be understood and fit; else those that can be understood; else all that fit; else all.

    A unit can be understood where the antecedent of each of its sentences is chosen already, or is in the unit.
    """
    fitting = [unit for unit in remaining if unit.words <= most_words]
    for units in (fitting, remaining):
        any_found = False
        for unit in units:
            if {lines[place].antecedent for place in unit.places}.issubset((*unit.places, *chosen)):
                any_found = True
                yield unit
        if any_found:
            return
    yield from fitting or remaining


class _Worth:
    """What a unit adds to those chosen: its score, less for its similarity to the nearest sentence chosen (cosine)."""

    def __init__(self, reading: Reading, redundancy: float) -> None:
        self._reading, self._redundancy = reading, redundancy
        self._similarities: dict[int, tuple[float, int]] = {}
        """Place of a sentence to its highest similarity, and with how many of those chosen it was compared."""

    def best(self, eligible: Iterable[Unit], chosen: Sequence[int]) -> Unit:
        """The unit of the highest worth, of equal ones the earlier; `eligible` falls in score, which limits worth."""
        best, best_worth = Unit((), 0, 0.0), float("-inf")
        for unit in eligible:
            if unit.score < best_worth:
                break
            worth = unit.score - sum([self._repetition(place, chosen) for place in unit.places]) / len(unit.places)
            if worth > best_worth or (worth == best_worth and unit.places < best.places):
                best, best_worth = unit, worth
        return best

    def _repetition(self, place: int, chosen: Sequence[int]) -> float:
        similarity, compared = self._similarities.get(place, (0.0, 0))
        for chosen_place in chosen[compared:]:
            similarity = max(similarity, self._cosine(chosen_place, place))
        self._similarities[place] = similarity, len(chosen)
        return self._redundancy * similarity

    def _cosine(self, first: int, second: int) -> float:
        lines, counts, norms = self._reading.lines, self._reading.counts, self._reading.norms
        common = lines[first].stems & lines[second].stems
        return sum(map(counts.__getitem__, common)) / norms[second] / norms[first] if common else 0.0
