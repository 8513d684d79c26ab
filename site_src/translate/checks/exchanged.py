"""Exchanges: two names or figures that have changed places, each of which stands where the other should."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations

from msgspec import Struct

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.patterns import compiled
from site_src.translate.checks.acts import turned
from site_src.translate.checks.counted import counts
from site_src.translate.checks.pair import Pair, Place, Side, Span
from site_src.translate.checks.parties import parties, persons

_BESIDE, _FURTHER = 2, 12
"""Letters between a name and the verb that is its own, and between the verb and a name that is not."""
_DEED = r"(?<!\w)[وف]?س?"
"""What may stand on the front of a verb."""


def exchanged(pair: Pair) -> Iterator[Finding]:
    """At most one exchange; only translations are read that folding makes no shorter, so that places stay."""
    if not pair.from_arabic or not pair.target.stays:
        return
    found, known = None, parties(pair)
    ours, theirs = known.ours, known.theirs
    if len(ours) > 1 and len(theirs) > 1:
        found = _deeds(pair, ours, theirs) or _ways(pair, ours, theirs) or _crossed(pair)
    found = found or turned(pair, known) or counts(pair)
    if found:
        yield pair.target.finding("exchanged", "warning", *found)


class Deed(Struct, frozen=True):
    """What finds a verb in English, and in English with the other first."""

    en: re.Pattern[str]
    turned: re.Pattern[str] | None
    beside: re.Pattern[str] | None
    """English verbs right before which a name must stand, and another further on."""


def _deeds(pair: Pair, ours: list[Place], theirs: list[Place]) -> Span | None:
    """A verb of the translation that stands between the one it is done to and the one who does it."""
    if len(ours) < 2 or len(theirs) < 2:
        return None
    for said in _any_deed().finditer(pair.source.folded):
        if not (roles := _roles(ours, said)) or _passive().search(pair.source.folded):
            continue
        deed, turned = _deed_rules()[(said.lastindex or 1) - 1], None
        for pattern, first in ((deed.en, roles), (deed.turned, roles[::-1]), (deed.beside, roles)):
            for verb in pattern.finditer(pair.target.folded) if pattern else ():
                sides = _around(theirs, verb, pair.target, pattern is deed.beside)
                if sides == first:
                    return None
                turned = turned or (verb.span() if sides == first[::-1] else None)
        if turned:
            return turned
    return None


def _roles(places: list[Place], verb: re.Match[str]) -> tuple[str, str] | None:
    """Who does it and to whom, where the order of names leaves no doubt; not two who do it together."""
    before = [key for key, _, end in places if end <= verb.start()]
    after = {key: (start, end) for key, start, end in reversed(places) if start >= verb.end()}
    keys = sorted(after, key=after.__getitem__)
    if not before and len(keys) > 1:
        together = verb.string[after[keys[0]][1] : after[keys[1]][0]].strip() in {"و", "وال"}
        return None if together else (keys[0], keys[1])
    return (before[-1], keys[0]) if before and len(keys) == 1 and before[-1] != keys[0] else None


def _around(places: list[Place], verb: re.Match[str], side: Side, close: bool) -> tuple[str, str] | None:
    """The names next to an English verb in the active."""
    before = [(key, end) for key, _, end in places if end <= verb.start()]
    after = [(key, start) for key, start, _ in places if start >= verb.end()]
    if not before or not after or _be().search(side.folded[: verb.start()]):
        return None
    if close and (verb.start() - before[-1][1] > _BESIDE or after[0][1] - verb.end() < _FURTHER):
        return None
    return None if " by " in side.folded[verb.end() : after[0][1]] else (before[-1][0], after[0][0])


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
def _any_deed() -> re.Pattern[str]:
    """What finds a verb of any rule, which is in the group of its number."""
    return _regex(_DEED, "|".join(f"({rule['ar']})" for rule in table("checks_exchanged")["deed"]), r"(?!\w)")


@cache
def _deed_rules() -> tuple[Deed, ...]:
    return tuple(
        Deed(
            _regex(r"\b", rule["en"], r"\b"),
            _regex(r"\b", rule["turned"], r"\b") if "turned" in rule else None,
            _regex(r"\b", rule["beside"], r"\b") if "beside" in rule else None,
        )
        for rule in table("checks_exchanged")["deed"]
    )


@cache
def _way_rules(lang: str) -> tuple[re.Pattern[str], ...]:
    begin = r"(?<!\w)و?" if lang == "ar" else r"\b"
    end = r"(?: ?\w+){0,1}\W?$" if lang == "ar" else r"(?: the| city| of| capital| port| \w+ern){0,4} $"
    rows = table("checks_exchanged")["way"]
    if lang != "ar":
        return tuple(_regex(begin, row[lang], end) for row in rows)
    glued = (rf"|(?<!\w)[وف]?{row['glued']}$" if "glued" in row else "" for row in rows)
    return tuple(_regex(begin, row["ar"], f"{end}{other}") for row, other in zip(rows, glued, strict=True))


@cache
def _passive() -> re.Pattern[str]:
    return compiled(fold(table("checks_exchanged")["passive"]))


@cache
def _be() -> re.Pattern[str]:
    return compiled(table("checks_exchanged")["be"])
