"""Exchanges: two names or figures that have changed places, each of which stands where the other should."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from operator import itemgetter

from msgspec import Struct

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.patterns import compiled
from site_src.translate.checks.counted import counts
from site_src.translate.checks.pair import Pair, Side

Place = tuple[str, int, int]
"""A name by its country, or its id where it has none, with its span."""
Span = tuple[int, int]
_BESIDE, _FURTHER = 2, 12
"""Letters between a name and the verb that is its own, and between the verb and a name that is not."""
_DEED = r"(?<!\w)[وف]?س?"
"""What may stand on the front of a verb."""


def exchanged(pair: Pair) -> Iterator[Finding]:
    """At most one exchange; only translations are read that folding makes no shorter, so that places stay."""
    if not pair.from_arabic or not pair.target.stays:
        return
    apart = _compatriots(pair.source)
    ours = _parties(pair.source, apart)
    theirs = _parties(pair.target, apart) if len(ours) > 1 else []
    found = None
    if len(theirs) > 1:
        found = _deeds(pair, ours, theirs) or _turned(pair, ours, theirs) or _ways(pair, ours, theirs) or _crossed(pair)
    found = found or counts(pair)
    if found:
        yield pair.target.finding("exchanged", "warning", *found)


def _compatriots(side: Side) -> frozenset[str]:
    """Countries of which a text names two persons: these are not told apart by their country."""
    persons = Counter(side.book.names[name_id].country for name_id in _persons(side))
    return frozenset(country for country, times in persons.items() if times > 1)


def _parties(side: Side, apart: frozenset[str]) -> list[Place]:
    """Those whom a text names, and those without a name, the president, the opposition, in order."""
    named = _places(side, apart)
    found = [(actor.lastgroup or "", *actor.span()) for actor in _any_actor(side.lang).finditer(side.folded)]
    bodies, people = table("checks_exchanged")["beside"]["bodies"], _persons_at(side) if found and named else ()
    others = [
        actor
        for actor in found
        if not any(_is_beside(side, actor, name) for name in named if actor[0] not in bodies or name[1] not in people)
    ]
    return sorted([*filter(itemgetter(0), named), *others], key=itemgetter(1))


def _persons_at(side: Side) -> frozenset[int]:
    """Where persons are named."""
    persons = (span.start for span in side.names if side.book.names[span.name_id].kind == "person")
    return frozenset(map(side.in_folded, persons))


def _is_beside(side: Side, office: Place, name: Place) -> bool:
    """Whether an office is that of somebody or of a country next to it: President Tokayev, the Tajik army."""
    first, last = _beside(side.lang)
    if office[2] <= name[1]:
        return bool(first.fullmatch(side.folded, office[2], name[1]))
    return office[1] < name[2] or bool(last.fullmatch(side.folded, name[2], office[1]))


def _places(side: Side, apart: frozenset[str]) -> list[Place]:
    """The names of a text in order, with their places in it folded; an adjective of two compatriots is nobody's."""
    countries = {span.name_id: side.book.names[span.name_id].country for span in side.names}
    spans = sorted(side.names, key=lambda span: span.start)
    keys = {one: one if not country or country in apart else country for one, country in countries.items()}
    places = [
        (keys[span.name_id] if span.direct or countries[span.name_id] not in apart else "", span.start, span.end)
        for span in spans
    ]
    return places if side.stays else [(key, side.in_folded(a), side.in_folded(b)) for key, a, b in places]


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
    """Who does it and to whom, where the order of names leaves no doubt."""
    before = [key for key, _, end in places if end <= verb.start()]
    after = list(dict.fromkeys(key for key, start, _ in places if start >= verb.end()))
    if not before and len(after) > 1:
        return after[0], after[1]
    return (before[-1], after[0]) if before and len(after) == 1 and before[-1] != after[0] else None


def _around(places: list[Place], verb: re.Match[str], side: Side, close: bool) -> tuple[str, str] | None:
    """The names next to an English verb in the active."""
    before = [(key, end) for key, _, end in places if end <= verb.start()]
    after = [(key, start) for key, start, _ in places if start >= verb.end()]
    if not before or not after or _be().search(side.folded[: verb.start()]):
        return None
    if close and (verb.start() - before[-1][1] > _BESIDE or after[0][1] - verb.end() < _FURTHER):
        return None
    return None if " by " in side.folded[verb.end() : after[0][1]] else (before[-1][0], after[0][0])


def _turned(pair: Pair, ours: list[Place], theirs: list[Place]) -> Span | None:
    """The words between the first two of the translation, whom the source names the other way round.

    They open either text. Between them stands no passive and no verb that says the same from the other side.
    """
    mine, said = _opening(pair.source, ours), _opening(pair.target, theirs)
    if not mine or not said or (mine[0], mine[1]) != (said[1], said[0]):
        return None
    return said[2]


def _opening(side: Side, places: list[Place]) -> tuple[str, str, Span] | None:
    """The first two of a text if they stand there once and near its beginning, and what is between them."""
    merged: list[Place] = []
    for place in places:
        if merged and merged[-1][0] == place[0] and _same().fullmatch(side.folded, merged[-1][2], place[1]):
            merged[-1] = (place[0], merged[-1][1], place[2])
        else:
            merged.append(place)
    keys = [key for key, _, _ in merged]
    if len(keys) < 2 or keys.count(keys[0]) > 1 or keys.count(keys[1]) > 1:
        return None
    (_, start, left), (_, right, _) = merged[:2]
    before, between = _order(side.lang)
    if not before.fullmatch(side.folded, 0, start) or not between.fullmatch(side.folded, left, right):
        return None
    return keys[0], keys[1], (left + 1, right - 1)


@cache
def _order(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    known = table("checks_exchanged")["order"]
    return compiled(fold(known[lang]["before"])), compiled(fold(known[lang]["between"]))


@cache
def _beside(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands between an office and a name behind it, and between a name and an office behind it."""
    first, last = table("checks_exchanged")["beside"][lang]
    return compiled(fold(first)), compiled(fold(last))


@cache
def _same() -> re.Pattern[str]:
    return compiled(table("checks_exchanged")["beside"]["same"])


def _crossed(pair: Pair) -> Span | None:
    """A person named as often as another is in the source, who is named as often as this one there."""
    ours, theirs = _persons(pair.source), _persons(pair.target)
    for one, other in combinations(ours.keys() & theirs.keys(), 2):
        times = ours[one], ours[other]
        if times[0] != times[1] and times == (theirs[other], theirs[one]):
            spans = (span for span in pair.target.names if span.name_id == (one if times[0] < times[1] else other))
            return next((span.start, span.end) for span in spans)
    return None


def _persons(side: Side) -> Counter[str]:
    """How often each person is named."""
    ids = (span.name_id for span in side.names)
    return Counter(name_id for name_id in ids if side.book.names[name_id].kind == "person")


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
def _any_actor(lang: str) -> re.Pattern[str]:
    """What finds those who have no name, each in a group of its own."""
    begin = r"(?<!\w)[وف]?" if lang == "ar" else r"\b"
    words = "|".join(f"(?P<{name}>{fold(one[lang])})" for name, one in table("checks_exchanged")["actors"].items())
    return compiled(f"{begin}(?:{words})(?!\\w)")


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
