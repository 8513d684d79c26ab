"""Parties: those whom both texts of a pair speak of, by name or by office, each with a key that is the same in both."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from operator import itemgetter

from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.patterns import compiled, late
from site_src.translate.checks.names import capitalised
from site_src.translate.checks.pair import Pair, Place, Side
from site_src.translate.checks.sounds import spoken_at

_SURNAME = late(r"(?<![\w’'-])[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)*")
"""One word with a capital after the other."""


def parties(pair: Pair) -> tuple[list[Place], list[Place]]:
    """The parties of the source, and of the translation, in order."""
    apart = _compatriots(pair.source)
    return _parties(pair.source, apart), _parties(pair.target, apart)


def strangers(pair: Pair, theirs: list[Place]) -> tuple[list[Place], list[Place]]:
    """Persons of the translation whom the names file does not know, or not in the source, but who are heard there once.

    Their places in the source, and those in the translation that `theirs` does not have.
    """
    known = {span.name_id for span in pair.source.names}
    spans = {(span.start, span.end): span.name_id in known for span in pair.target.names}
    keys = {(start, end): key for key, start, end in theirs}
    found: tuple[list[Place], list[Place]] = [], []
    for word in _SURNAME.finditer(pair.target.text):
        span = next((one for one in spans if one[0] < word.end() and word.start() < one[1]), word.span())
        common = {fold(each) for each in word[0].split()} & capitalised()
        if spans.get(span) or common or not (place := spoken_at(word[0].split()[-1], pair.source)):
            continue
        key = keys.get(span, fold(word[0]))
        found[0].append((key, *place))
        found[1].extend([(key, *span)] if span not in keys else [])
    return found


def _compatriots(side: Side) -> frozenset[str]:
    """Countries of which a text names two persons: these are not told apart by their country."""
    named = Counter(side.book.names[name_id].country for name_id in persons(side))
    return frozenset(country for country, times in named.items() if times > 1)


def _parties(side: Side, apart: frozenset[str]) -> list[Place]:
    """Those whom a text names, and those without a name, the president, the opposition, in order."""
    named = _places(side, apart)
    found = [(actor.lastgroup or "", *actor.span()) for actor in _any_actor(side.lang).finditer(side.folded)]
    bodies, people = table("checks_exchanged")["beside"]["bodies"], _persons_at(side) if found and named else ()
    others = [
        actor
        for actor in found
        if not any(
            _is_beside(side, actor, name) and not any(actor[2] <= one[1] < name[1] for one in found)
            for name in named
            if actor[0] not in bodies or name[1] not in people
        )
    ]
    return sorted([*filter(itemgetter(0), named), *others], key=itemgetter(1))


def _persons_at(side: Side) -> frozenset[int]:
    """Where persons are named."""
    starts = (span.start for span in side.names if side.book.names[span.name_id].kind == "person")
    return frozenset(map(side.in_folded, starts))


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


def persons(side: Side) -> Counter[str]:
    """How often each person is named."""
    ids = (span.name_id for span in side.names)
    return Counter(name_id for name_id in ids if side.book.names[name_id].kind == "person")


@cache
def _any_actor(lang: str) -> re.Pattern[str]:
    """What finds those who have no name, each in a group of its own."""
    begin = r"(?<!\w)[وف]?" if lang == "ar" else r"\b"
    words = "|".join(f"(?P<{name}>{fold(one[lang])})" for name, one in table("checks_exchanged")["actors"].items())
    return compiled(f"{begin}(?:{words})(?!\\w)")


@cache
def _beside(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands between an office and a name behind it, and between a name and an office behind it."""
    first, last = table("checks_exchanged")["beside"][lang]
    return compiled(fold(first)), compiled(fold(last))
