"""Parties: the persons, countries and offices that the two texts of a pair mention, with a key common to both texts."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, partial
from operator import attrgetter
from typing import NamedTuple

from msgspec import Struct

from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.memo import Memo
from site_src.text.patterns import compiled, late
from site_src.translate.checks.pair import Pair, Side
from site_src.translate.checks.sounds import find_by_sound
from site_src.translate.checks.strangers import capitalised

_SURNAME = late(r"(?<![\w’'-])[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)*")
"""One or more words in a row that begin with a capital."""
_WORD = late(r"[^\W_]+")
_NOT_FIRST_WORD = late(r"^\(\?<!.*?\)| .*$|\(\?!.*$")
"""What remains of a pattern besides its first word: lookarounds, and all from the first space on."""
_CONJUNCTION = {"ar": "[وف]?", "en": ""}
"""What may be written onto the front of a word."""


class Mention(NamedTuple):
    """A place of the folded text that mentions somebody."""

    key: str
    """The country of a name, or its id where it has none or must be told apart; or the table's key of an office."""
    start: int
    end: int


class Parties(Struct, frozen=True):
    """The mentions of parties in each text of a pair, in order."""

    in_source: list[Mention]
    """Names of the names file, and offices."""
    in_target: list[Mention]
    unlisted_in_source: list[Mention]
    """Persons who are not in the names file, or whose listed name the source does not have, but who are heard in it."""
    unlisted_in_target: list[Mention]


def find_parties(pair: Pair) -> Parties:
    """The parties of both texts; nobody where the source mentions fewer than two."""
    shared_countries = _countries_of_two_persons(pair.source)
    in_source = _find_parties(pair.source, shared_countries)
    unlisted_in_source, unlisted_in_target = _find_unlisted(pair, shared_countries)
    if len(in_source) + len(unlisted_in_source) < 2:
        return Parties([], [], [], [])
    in_target = _find_parties(pair.target, shared_countries)
    listed = {(mention.start, mention.end) for mention in in_target}
    unlisted_in_target = [mention for mention in unlisted_in_target if (mention.start, mention.end) not in listed]
    return Parties(in_source, in_target, unlisted_in_source, unlisted_in_target)


def _find_unlisted(pair: Pair, shared_countries: frozenset[str]) -> tuple[list[Mention], list[Mention]]:
    """Persons of the translation whom the source names only by a word of the same sound, once.

    Their mentions in the source, and those in the translation.
    """
    source_ids = {span.name_id for span in pair.source.names}
    target_ids = {(span.start, span.end): span.name_id for span in pair.target.names}
    in_source: list[Mention] = []
    in_target: list[Mention] = []
    for surname in _SURNAME.finditer(pair.target.text):
        overlapping = ((start, end) for start, end in target_ids if start < surname.end() and surname.start() < end)
        span = next(overlapping, surname.span())
        name_id = target_ids.get(span, "")
        words = surname[0].split()
        if name_id in source_ids or not {fold(word) for word in words}.isdisjoint(capitalised()):
            continue
        if source_span := find_by_sound(words[-1], pair.source):
            key = _key(pair.target, name_id, shared_countries) if name_id else fold(surname[0])
            in_source.append(Mention(key, *source_span))
            in_target.append(Mention(key, *span))
    return in_source, in_target


def _key(side: Side, name_id: str, shared_countries: frozenset[str]) -> str:
    """The country of a name, or its id where it has no country or shares it with another person of the text."""
    country = side.book.names[name_id].country
    return name_id if not country or country in shared_countries else country


def _countries_of_two_persons(side: Side) -> frozenset[str]:
    """Countries of which the text names two persons, whom the country does not tell apart."""
    names = (side.book.names[name_id] for name_id in {span.name_id for span in side.names})
    persons_per_country = Counter(name.country for name in names if name.kind == "person")
    return frozenset(country for country, persons in persons_per_country.items() if persons > 1)


def _find_parties(side: Side, shared_countries: frozenset[str]) -> list[Mention]:
    """The names of a text, and the offices (the president, the opposition) that belong to none of the names."""
    names = _find_names(side, shared_countries)
    offices = _find_offices(side)
    bodies = table("checks_exchanged")["beside"]["bodies"]
    person_starts = _person_starts(side) if offices and names else frozenset[int]()

    def belongs_to(office: Mention, name: Mention) -> bool:
        if office.key in bodies and name.start in person_starts:
            return False
        if not _is_beside(side, office, name):
            return False
        return not any(office.end <= other.start < name.start for other in offices)

    without_name = [office for office in offices if not any(belongs_to(office, name) for name in names)]
    return sorted([*(name for name in names if name.key), *without_name], key=attrgetter("start"))


def _person_starts(side: Side) -> frozenset[int]:
    """The offsets in the folded text at which persons are named."""
    starts = (span.start for span in side.names if side.book.names[span.name_id].kind == "person")
    return frozenset(map(side.folded_offset, starts))


def _is_beside(side: Side, office: Mention, name: Mention) -> bool:
    """Whether an office is that of the person or country named next to it: President Tokayev, the Tajik army."""
    before_name, behind_name = _gaps_between_office_and_name(side.lang)
    if office.end <= name.start:
        return bool(before_name.fullmatch(side.folded, office.end, name.start))
    overlap = office.start < name.end
    return overlap or bool(behind_name.fullmatch(side.folded, name.end, office.start))


def _find_names(side: Side, shared_countries: frozenset[str]) -> list[Mention]:
    """The names of a text in order; the key is "" for the adjective of a country that two persons share."""
    countries = {span.name_id: side.book.names[span.name_id].country for span in side.names}
    keys = {name_id: _key(side, name_id, shared_countries) for name_id in countries}
    mentions = []
    for span in sorted(side.names, key=attrgetter("start")):
        is_ambiguous = not span.direct and countries[span.name_id] in shared_countries
        key = "" if is_ambiguous else keys[span.name_id]
        mentions.append(Mention(key, side.folded_offset(span.start), side.folded_offset(span.end)))
    return mentions


def _find_offices(side: Side) -> list[Mention]:
    """The offices and groups that a text mentions: the president, the opposition."""
    may_begin, pattern = _MAY_BEGIN_OFFICE[side.lang], _any_office(side.lang)
    offices: list[Mention] = []
    for word in _WORD.finditer(side.folded):
        is_inside_last = bool(offices) and word.start() < offices[-1].end
        if may_begin[word[0]] and not is_inside_last:
            office = pattern.match(side.folded, word.start())
            if office:
                offices.append(Mention(office.lastgroup or "", *office.span()))
    return offices


def _may_begin_office(lang: str, word: str) -> bool:
    """Whether an office may begin with this word."""
    return bool(_first_words(lang).fullmatch(word))


_MAY_BEGIN_OFFICE = {lang: Memo(partial(_may_begin_office, lang)) for lang in ("ar", "en")}


@cache
def _any_office(lang: str) -> re.Pattern[str]:
    """The pattern of any office, each in a group of its own."""
    offices = table("checks_exchanged")["actors"].items()
    words = "|".join(f"(?P<{name}>{'|'.join(map(fold, row[lang]))})" for name, row in offices)
    return compiled(f"{_CONJUNCTION[lang]}(?:{words})(?!\\w)")


@cache
def _first_words(lang: str) -> re.Pattern[str]:
    """The pattern of the first word of any office, without lookarounds."""
    patterns = [pattern for row in table("checks_exchanged")["actors"].values() for pattern in row[lang]]
    first_words = "|".join(_NOT_FIRST_WORD.sub("", pattern) for pattern in patterns)
    return compiled(f"{_CONJUNCTION[lang]}(?:{fold(first_words)})")


@cache
def _gaps_between_office_and_name(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may stand between an office and a name behind it, and between a name and an office behind it."""
    before_name, behind_name = table("checks_exchanged")["beside"][lang]
    return compiled(fold(before_name)), compiled(fold(behind_name))
