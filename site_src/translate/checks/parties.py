"""Parties: those whom both texts of a pair speak of, by name or by office, each with a key that is the same in both."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, partial
from operator import itemgetter

from msgspec import Struct

from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.memo import Memo
from site_src.text.patterns import compiled, late
from site_src.translate.checks.pair import Pair, Place, Side
from site_src.translate.checks.sounds import spoken_at
from site_src.translate.checks.strangers import capitalised

_SURNAME = late(r"(?<![\w’'-])[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)*")
"""One word with a capital after the other."""
_WORD = late(r"[^\W_]+")
_FIRST = late(r"^\(\?<!.*?\)| .*$|\(\?!.*$")
_CONJUNCTION = {"ar": "[وف]?", "en": ""}
"""What may stand on the front of a word."""


class Parties(Struct, frozen=True):
    """Those whom each text of a pair speaks of, in order."""

    ours: list[Place]
    theirs: list[Place]
    """Of the source, and of the translation: those whom the names file knows, and those by their office."""
    here: list[Place]
    there: list[Place]
    """Persons besides, whom the names file does not know, or not in the source, but who are heard there once."""


def parties(pair: Pair) -> Parties:
    """The parties of both texts, nobody where the source has fewer than two."""
    apart = _compatriots(pair.source)
    ours, (here, there) = _parties(pair.source, apart), _strangers(pair, apart)
    if len(ours) + len(here) < 2:
        return Parties([], [], [], [])
    theirs = _parties(pair.target, apart)
    known = {place[1:] for place in theirs}
    return Parties(ours, theirs, here, [place for place in there if place[1:] not in known])


def _strangers(pair: Pair, apart: frozenset[str]) -> tuple[list[Place], list[Place]]:
    """Persons of the translation of whom the source has only the sound, once, and where either text has them."""
    known = {span.name_id for span in pair.source.names}
    spans = {(span.start, span.end): span.name_id for span in pair.target.names}
    found: tuple[list[Place], list[Place]] = [], []
    for word in _SURNAME.finditer(pair.target.text):
        span = next((one for one in spans if one[0] < word.end() and word.start() < one[1]), word.span())
        name_id = spans.get(span, "")
        if name_id in known or not {fold(each) for each in word[0].split()}.isdisjoint(capitalised()):
            continue
        if place := spoken_at(word[0].split()[-1], pair.source):
            key = _key(pair.target, name_id, apart) if name_id else fold(word[0])
            found[0].append((key, *place))
            found[1].append((key, *span))
    return found


def _key(side: Side, name_id: str, apart: frozenset[str]) -> str:
    """The country of a name, or its id where it has none or two compatriots must be told apart."""
    country = side.book.names[name_id].country
    return name_id if not country or country in apart else country


def _compatriots(side: Side) -> frozenset[str]:
    """Countries of which a text names two persons: these are not told apart by their country."""
    named = Counter(side.book.names[name_id].country for name_id in persons(side))
    return frozenset(country for country, times in named.items() if times > 1)


def _parties(side: Side, apart: frozenset[str]) -> list[Place]:
    """Those whom a text names, and those without a name, the president, the opposition, in order."""
    named = _places(side, apart)
    found = _actors(side)
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
    keys = {one: _key(side, one, apart) for one in countries}
    places = [
        (keys[span.name_id] if span.direct or countries[span.name_id] not in apart else "", span.start, span.end)
        for span in spans
    ]
    return places if side.stays else [(key, side.in_folded(a), side.in_folded(b)) for key, a, b in places]


def persons(side: Side) -> Counter[str]:
    """How often each person is named."""
    ids = (span.name_id for span in side.names)
    return Counter(name_id for name_id in ids if side.book.names[name_id].kind == "person")


def _actors(side: Side) -> list[Place]:
    """Those without a name: the president, the opposition."""
    begins, pattern = _BEGINS[side.lang], _any_actor(side.lang)
    found: list[Place] = []
    for word in _WORD.finditer(side.folded):
        if begins[word[0]] and not (found and word.start() < found[-1][2]):
            actor = pattern.match(side.folded, word.start())
            found.extend([(actor.lastgroup or "", *actor.span())] if actor else [])
    return found


def _begins(lang: str, word: str) -> bool:
    """Whether somebody without a name may be called by this word and those behind it."""
    return bool(_first_words(lang).fullmatch(word))


_BEGINS = {lang: Memo(partial(_begins, lang)) for lang in ("ar", "en")}


@cache
def _any_actor(lang: str) -> re.Pattern[str]:
    """What finds those who have no name, each in a group of its own."""
    known = table("checks_exchanged")["actors"].items()
    words = "|".join(f"(?P<{name}>{'|'.join(map(fold, one[lang]))})" for name, one in known)
    return compiled(f"{_CONJUNCTION[lang]}(?:{words})(?!\\w)")


@cache
def _first_words(lang: str) -> re.Pattern[str]:
    """What finds the first word of anybody without a name: up to a space, or to what must not be around it."""
    words = [word for one in table("checks_exchanged")["actors"].values() for word in one[lang]]
    first = "|".join(_FIRST.sub("", word) for word in words)
    return compiled(f"{_CONJUNCTION[lang]}(?:{fold(first)})")


@cache
def _beside(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands between an office and a name behind it, and between a name and an office behind it."""
    first, last = table("checks_exchanged")["beside"][lang]
    return compiled(fold(first)), compiled(fold(last))
