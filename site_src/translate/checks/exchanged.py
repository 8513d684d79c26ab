"""Exchanges: two names or figures that have changed places, each of which stands where the other should."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations

from msgspec import Struct

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.patterns import compiled
from site_src.translate.checks.amounts import Value, amounts
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
    if len(pair.source.names) > 1 and len(pair.target.names) > 1:
        apart = _compatriots(pair.source)
        ours, theirs = _places(pair.source, apart), _places(pair.target, apart)
        found = _deeds(pair, ours, theirs) or _ways(pair, ours, theirs) or _crossed(pair)
    else:
        found = (
            _deeds(pair, _actors(pair.source), _actors(pair.target)) if _any_deed().search(pair.source.folded) else None
        )
    found = found or _counts(pair)
    if found:
        yield pair.target.finding("exchanged", "warning", *found)


def _compatriots(side: Side) -> frozenset[str]:
    """Countries of which a text names two persons: these are not told apart by their country."""
    persons = Counter(side.book.names[name_id].country for name_id in _persons(side))
    return frozenset(country for country, times in persons.items() if times > 1)


def _actors(side: Side) -> list[Place]:
    """Those of a text who have no name, the president, the opposition, in order."""
    found = _any_actor(side.lang).finditer(side.folded)
    return [(actor.lastgroup or "", *actor.span()) for actor in found]


def _places(side: Side, apart: frozenset[str]) -> list[Place]:
    """The names of a text in order, with their places in it folded."""
    spans = sorted(side.names, key=lambda span: span.start)
    countries = {span.name_id: side.book.names[span.name_id].country for span in spans}
    keys = {one: one if not country or country in apart else country for one, country in countries.items()}
    places = [(keys[span.name_id], span.start, span.end) for span in spans]
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
        deed = _deed_rules()[(said.lastindex or 1) - 1]
        for pattern, first in ((deed.en, roles), (deed.turned, roles[::-1]), (deed.beside, roles)):
            for verb in pattern.finditer(pair.target.folded) if pattern else ():
                if _around(theirs, verb, pair.target, pattern is deed.beside) == first[::-1]:
                    return verb.span()
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


def _counts(pair: Pair) -> Span | None:
    """A figure that counts what another figure counts in the source."""
    mine, theirs = amounts(pair.source), amounts(pair.target)
    if len(mine) < 2 or len(theirs) < 2:
        return None
    at = pair.source.in_folded
    ours = {amount.value: (at(amount.start), at(amount.end)) for amount in mine}
    found = {amount.value: (amount.start, amount.end) for amount in theirs}
    both = [value for value in found if value in ours]
    for rule in range(len(table("checks_exchanged")["count"])):
        if len(set((here := _counted(pair.source, ours, rule)).values())) < 2:
            continue
        classes = here, _counted(pair.target, found, rule)
        for one, other in combinations(both, 2):
            said = [(side.get(one), side.get(other)) for side in classes]
            if None not in said[0] and said[0][0] != said[0][1] and said[1] == said[0][::-1]:
                return found[one]
    return None


def _counted(side: Side, figures: dict[Value, Span], rule: int) -> dict[Value, int]:
    """For each figure which of the two words of a rule is its own: its unit, before it in Arabic, else the nearest."""
    row = table("checks_exchanged")["count"][rule]
    patterns = _count_rules(side.lang)[rule]
    if not all(one.search(side.folded) for one in patterns):
        return {}
    words = [(n, m.span()) for n, one in enumerate(patterns) for m in one.finditer(side.folded)]
    found: dict[Value, int] = {}
    for value, (start, end) in figures.items():
        last = max((b for _, b in figures.values() if b <= start), default=0)
        next_ = min((a for a, _ in figures.values() if a >= end), default=len(side.folded))
        before = [(_far(side, b, start), n) for n, (_, b) in words if last <= b <= start]
        after = [(_far(side, end, a), n) for n, (a, _) in words if end <= a < next_ and not row["before"]]
        near = [(0, n) for n, (a, b) in words if start <= a and b <= end and not row["before"]]
        near = near or ([pair for pair in before if pair[0] <= row["reach"]] if side.lang == "ar" else [])
        near = near or [pair for pair in before + after if pair[0] <= row["reach"]]
        if near:
            found[value] = min(near)[1]
    if row.get("range"):  # 480 to 510 is one figure: the first is from, the second to
        ends = {span: [value for value, one in figures.items() if one == span] for span in figures.values()}
        found |= {value: place for values in ends.values() if len(values) > 1 for place, value in enumerate(values)}
    return found


def _far(side: Side, start: int, end: int) -> int:
    """Letters between two places; words that part them count for more."""
    between = side.folded[start:end]
    return len(between) + (table("checks_exchanged")["parted"] if _parting().search(between) else 0)


@cache
def _parting() -> re.Pattern[str]:
    return compiled(table("checks_exchanged")["parting"])


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
            _regex(r"\b", rule["turned"], r"\b") if rule["turned"] else None,
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
def _count_rules(lang: str) -> tuple[tuple[re.Pattern[str], ...], ...]:
    begin = r"(?<!\w)[وف]?" if lang == "ar" else r"\b"
    return tuple(
        tuple(_regex(begin, words, r"(?!\w)") for words in rule[lang]) for rule in table("checks_exchanged")["count"]
    )


@cache
def _passive() -> re.Pattern[str]:
    return compiled(fold(table("checks_exchanged")["passive"]))


@cache
def _be() -> re.Pattern[str]:
    return compiled(table("checks_exchanged")["be"])
