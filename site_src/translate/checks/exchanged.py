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
        yield pair.target.finding("exchanged", "warning", *found)


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
    """A name after the preposition that the other has in the source."""
    if len(mine := _after(pair.source, ours)) < 2:
        return None
    said = _after(pair.target, theirs)
    for one, other in combinations(mine.keys() & said.keys(), 2):
        ways = mine[one][0], mine[other][0]
        if ways[0] != ways[1] and (said[other][0], said[one][0]) == ways:
            return min(said[one][1], said[other][1])
    return None


def _after(side: Side, places: list[Place]) -> dict[str, tuple[int, Span]]:
    """Names that stand once, each with the number of its preposition."""
    found: dict[str, tuple[int, Span]] = {}
    for before, (key, start, end) in zip([0, *(place[2] for place in places)], places, strict=False):
        for number, pattern in enumerate(_way_rules(side.lang)):
            if pattern.search(side.folded[before : start + (side.folded[start] == "ب")]):
                found[key] = number, (start, end)
    return {key: way for key, way in found.items() if sum(place[0] == key for place in places) == 1}


def _regex(begin: str, words: str, end: str = "") -> re.Pattern[str]:
    return compiled(f"{begin}(?:{fold(words)}){end}")


@cache
def _way_rules(lang: str) -> tuple[re.Pattern[str], ...]:
    begin = r"(?<!\w)و?" if lang == "ar" else r"\b"
    end = r"(?: ?\w+){0,1}\W?$" if lang == "ar" else r"(?: the| city| of| capital| port| \w+ern){0,4} $"
    rows = table("checks_exchanged")["way"]
    if lang != "ar":
        return tuple(_regex(begin, row[lang], end) for row in rows)
    glued = (rf"|(?<!\w)[وف]?{row['glued']}$" if "glued" in row else "" for row in rows)
    return tuple(_regex(begin, row["ar"], f"{end}{other}") for row, other in zip(rows, glued, strict=True))
