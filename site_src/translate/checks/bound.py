"""Whose it is: where the Arabic has the Russian ministry and Ukrainian drones, not the Ukrainian ministry."""

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


class Holder(Struct, frozen=True):
    """Whose something is, by country, with the place of the words in the folded text."""

    country: str
    start: int
    end: int


def bound(pair: Pair) -> Iterator[Finding]:
    """At most one office, army or ministry that the translation gives to another country of the source.

    Only what each text names once is compared, and only where each text names both countries.
    """
    if not pair.from_arabic or not pair.target.stays or len(_countries(pair.source)) < 2:
        return
    if table("checks_exchanged")["bound"]["free"] in pair.source.folded:  # his counterpart is a president as well
        return
    ours = _held(pair.source)
    theirs = _held(pair.target) if ours else {}
    both = _countries(pair.source) & _countries(pair.target)
    for what, holder in theirs.items():
        if what in ours and ours[what].country != holder.country and {ours[what].country, holder.country} <= both:
            yield pair.target.finding("exchanged", "error", holder.start, holder.end)
            return


def _countries(side: Side) -> set[str]:
    return {country for span in side.names if (country := side.book.names[span.name_id].country)}


def _held(side: Side) -> dict[str, Holder]:
    """What a text names once, with the country beside it."""
    places = [
        (country, side.in_folded(span.start), side.in_folded(span.end))
        for span in side.names
        if (country := side.book.names[span.name_id].country)
    ]
    found: dict[str, list[re.Match[str]]] = {}
    for match in _nouns(side.lang).finditer(side.folded):
        found.setdefault(match.lastgroup or "", []).append(match)
    holders = {what: _holder(side, matches[0], places) for what, matches in found.items() if len(matches) == 1}
    return {what: holder for what, holder in holders.items() if holder}


def _holder(side: Side, noun: re.Match[str], places: list[tuple[str, int, int]]) -> Holder | None:
    """The country before a noun in English, else behind it; in Arabic behind it, no preposition between."""
    before, behind = _gaps(side.lang)
    for country, start, end in reversed(places):
        if before and end <= noun.start() and before.fullmatch(side.folded, end, noun.start()):
            return Holder(country, start, noun.end())
    for country, start, end in places:
        if start >= noun.end() and behind.fullmatch(side.folded, noun.end(), start):
            return Holder(country, noun.start(), end)
    return None


@cache
def _gaps(lang: str) -> tuple[re.Pattern[str] | None, re.Pattern[str]]:
    """What may stand between a noun and whose it is, before it and behind it."""
    known = table("checks_exchanged")["bound"]["gaps"][lang]
    return compiled(fold(known["before"])) if "before" in known else None, compiled(fold(known["behind"]))


@cache
def _nouns(lang: str) -> re.Pattern[str]:
    """What finds anything that may be somebody's, each in a group of its name."""
    known = table("checks_exchanged")["bound"]["nouns"]
    begin = r"(?<!\w)[وف]?[بل]?" if lang == "ar" else r"\b"
    words = "|".join(f"(?P<{name}>{fold(one[lang])})" for name, one in known.items())
    return compiled(f"{begin}(?:{words})(?!\\w)")
