"""Owners: an office, army or ministry belongs to the same country in both texts: the Russian ministry stays Russian."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.patterns import compiled
from site_src.translate.checks.pair import Pair, Side


class Owner(Struct, frozen=True):
    """The country that an institution belongs to, with the span of noun and country in the folded text."""

    country: str
    start: int
    end: int


def check_owners(pair: Pair) -> Iterator[Finding]:
    """At most one office, army or ministry that the translation gives to another country of the source.

    Only what each text mentions once is compared, and only where each text names both countries.
    """
    if not pair.from_arabic or not pair.target.folds_in_place or len(_countries(pair.source)) < 2:
        return
    if table("checks_exchanged")["bound"]["free"] in pair.source.folded:  # his counterpart is a president as well
        return
    source_owners = _find_owners(pair.source)
    target_owners = _find_owners(pair.target) if source_owners else {}
    common_countries = _countries(pair.source) & _countries(pair.target)
    for institution, owner in target_owners.items():
        source_owner = source_owners.get(institution)
        if source_owner is None or source_owner.country == owner.country:
            continue
        if {source_owner.country, owner.country} <= common_countries:
            yield pair.target.finding("exchanged", "error", owner.start, owner.end)
            return


def _countries(side: Side) -> set[str]:
    """The countries of the names in a text."""
    return {country for span in side.names if (country := side.book.names[span.name_id].country)}


def _find_owners(side: Side) -> dict[str, Owner]:
    """The institutions that a text mentions once and with a country beside them, to their owners."""
    countries = [
        (country, side.folded_offset(span.start), side.folded_offset(span.end))
        for span in side.names
        if (country := side.book.names[span.name_id].country)
    ]
    mentions: dict[str, list[re.Match[str]]] = {}
    for match in _institutions(side.lang).finditer(side.folded):
        mentions.setdefault(match.lastgroup or "", []).append(match)
    owners = {
        institution: _find_owner(side, matches[0], countries)
        for institution, matches in mentions.items()
        if len(matches) == 1
    }
    return {institution: owner for institution, owner in owners.items() if owner}


def _find_owner(side: Side, noun: re.Match[str], countries: list[tuple[str, int, int]]) -> Owner | None:
    """The country before the noun (in English only), else the one behind it, with nothing else between them.

    `countries` are (country, start, end) in the folded text.
    """
    gap_before, gap_behind = _gaps(side.lang)
    for country, start, end in reversed(countries):
        if gap_before and end <= noun.start() and gap_before.fullmatch(side.folded, end, noun.start()):
            return Owner(country, start, noun.end())
    for country, start, end in countries:
        if start >= noun.end() and gap_behind.fullmatch(side.folded, noun.end(), start):
            return Owner(country, noun.start(), end)
    return None


@cache
def _gaps(lang: str) -> tuple[re.Pattern[str] | None, re.Pattern[str]]:
    """What may stand between a country and a noun behind it (None: no country does), and before it."""
    gaps = table("checks_exchanged")["bound"]["gaps"][lang]
    return compiled(fold(gaps["before"])) if "before" in gaps else None, compiled(fold(gaps["behind"]))


@cache
def _institutions(lang: str) -> re.Pattern[str]:
    """The pattern of the nouns that may belong to a country, each in a group with the name of its key."""
    nouns = table("checks_exchanged")["bound"]["nouns"]
    prefix = r"(?<!\w)[وف]?[بل]?" if lang == "ar" else r"\b"
    words = "|".join(f"(?P<{name}>{fold(row[lang])})" for name, row in nouns.items())
    return compiled(f"{prefix}(?:{words})(?!\\w)")
