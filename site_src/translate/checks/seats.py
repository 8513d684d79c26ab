"""Seats: countries and unions with the capitals and governments that may stand for them."""

from __future__ import annotations

import re
from functools import cache

from site_src.model.names import Name
from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.patterns import compiled
from site_src.translate.checks.pair import Side


def forms(name: Name, lang: str) -> tuple[str, ...]:
    """Every form of a name in a language; "" is among them where the English name has no short form."""
    if lang == "en":
        return (name.en, name.en_short, *name.en_variants, *name.en_adjectives)
    return (name.ar, *name.ar_variants)


def count_mentions(groups: frozenset[str], side: Side) -> int:
    """How many names of a text may stand for one of the groups."""
    return sum(not groups.isdisjoint(groups_of(side.book.names[span.name_id])) for span in side.names)


def groups_of(name: Name) -> frozenset[str]:
    """The countries and unions that a name may stand for: itself, or those whose capital it is."""
    unions = frozenset(group for group, ids in table("checks_names")["unions"].items() if name.id in ids)
    is_country = name.kind == "place" and bool(name.country) and bool(name.en_adjectives)
    return unions | {name.country} if is_country or is_seat(name) else unions


def is_seat(name: Name) -> bool:
    """Whether a name is the capital of its country."""
    pattern = seats("en").get(name.country) if name.country else None
    return bool(pattern and pattern.fullmatch(fold(name.en)))


@cache
def capital(lang: str) -> re.Pattern[str]:
    """The pattern of words such as "the Turkish capital"."""
    return compiled(rf"{table('checks_names')['capital'][lang]}\b")


@cache
def seats(lang: str) -> dict[str, re.Pattern[str]]:
    """Each country or union to the pattern of the words for its capital and government."""
    return {
        group: compiled(rf"(?<!\w)(?:[وف]?[بلك]?)?(?:{'|'.join(map(fold, words[lang]))})(?!\w)")
        for group, words in table("checks_names")["seats"].items()
        if words.get(lang)
    }
