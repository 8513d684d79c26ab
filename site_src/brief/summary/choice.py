"""Which sentences make the summary: the best one first, then each time the best that adds something to those chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter

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
    told = [0.0] * len(scores)
    free = list(scores)
    chosen: list[Line] = []
    left = length.words
    while free and len(chosen) < length.sentences and left > length.words * rules["rest"]:
        best = _best(free, told, chosen, left + length.words * rules["rest"], rules)
        free.remove(best)
        chosen.append(best.line)
        left -= best.line.words
        if len(chosen) < length.sentences:
            _tell(told, free, best.line, reading)
    return tuple(chosen)


def _best(
    free: Sequence[Scored], told: Sequence[float], chosen: Sequence[Line], most: float, rules: Mapping[str, float]
) -> Scored:
    """The best sentence that can stand and fits; else the best that can stand; else the best."""
    taken = {line.place for line in chosen}
    standing = [one for one in free if one.line.subject == one.line.place or one.line.subject in taken] or free
    fitting = [one for one in standing if one.line.words <= most] or standing
    worth = [(one.score - rules["redundancy"] * told[one.line.place], -one.line.place, one) for one in fitting]
    return max(worth, key=itemgetter(0, 1))[2]


def _tell(told: list[float], free: Sequence[Scored], line: Line, reading: Reading) -> None:
    """Raise, for every free sentence, how much of it is told: its cosine to the nearest chosen one."""
    weigh, norm = reading.counts.__getitem__, reading.norms[line.place]
    for one in free:
        if common := line.stems & one.line.stems:
            place = one.line.place
            told[place] = max(told[place], sum(map(weigh, common)) / norm / reading.norms[place])
