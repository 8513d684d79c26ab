"""Exchanges: two names or figures that have changed places, each of which stands where the other should."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.patterns import compiled
from site_src.translate.checks.acts import turned
from site_src.translate.checks.counted import counts
from site_src.translate.checks.pair import Pair, Place, Side, Span
from site_src.translate.checks.parties import parties, persons

_NEAR = 60
"""Letters before a name in which its preposition stands."""


def exchanged(pair: Pair) -> Iterator[Finding]:
    """At most one exchange; only translations are read that folding makes no shorter, so that places stay."""
    if not pair.from_arabic or not pair.target.stays:
        return
    found, known = None, parties(pair)
    ours, theirs = known.ours, known.theirs
    if len(ours) > 1 and len(theirs) > 1:
        found = _ways(pair, ours, theirs) or _crossed(pair)
    found = found or turned(pair, known) or counts(pair)
    if found:
        yield pair.target.finding("exchanged", "error", *found)


def _crossed(pair: Pair) -> Span | None:
    """A person named as often as another is in the source, who is named as often as this one there."""
    ours, theirs = persons(pair.source), persons(pair.target)
    for one, other in combinations(ours.keys() & theirs.keys(), 2):
        times = ours[one], ours[other]
        if times[0] != times[1] and times == (theirs[other], theirs[one]):
            spans = (span for span in pair.target.names if span.name_id == (one if times[0] < times[1] else other))
            return next((span.start, span.end) for span in spans)
    return None


def _ways(pair: Pair, ours: list[Place], theirs: list[Place]) -> Span | None:
    """A name after the preposition that the other has in the source, or after none as the other there."""
    mine = _after(pair.source, ours)
    if len({way for way, _ in mine.values()}) < 2:
        return None
    said = _after(pair.target, theirs)
    for one, other in combinations(mine.keys() & said.keys(), 2):
        ways = mine[one][0], mine[other][0]
        if ways[0] != ways[1] and (said[other][0], said[one][0]) == ways:
            return min(said[one][1], said[other][1])
    return None


def _after(side: Side, places: list[Place]) -> dict[str, tuple[str, Span]]:
    """Names with the preposition that each first has, "" being none."""
    found: dict[str, tuple[str, Span]] = {}
    for before, (key, start, end) in zip([0, *(place[2] for place in places)], places, strict=False):
        if key not in found:
            way = _any_way(side.lang).search(side.folded, max(before, start - _NEAR), start)
            found[key] = (way.lastgroup or "") if way else "", (start, end)
    return found


@cache
def _any_way(lang: str) -> re.Pattern[str]:
    """What finds a preposition before a name, each in a group of its own."""
    known = table("checks_exchanged")["way"]
    ways = "|".join(f"(?P<{name}>{fold(row[lang])})" for name, row in known["words"].items())
    return compiled(f"{known['before'][lang]}(?:{ways}){known['behind'][lang]}")
