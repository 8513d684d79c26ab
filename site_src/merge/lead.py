"""Which copy leads a story, and what it takes from the others.

The fullest text leads; among texts that are nearly as full, the one that says most of itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from site_src.model.fields import Day, Found
from site_src.model.page import FIELDS, Article
from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.shingles import Sketch, containment

_NEARLY: float = table("merge")["lead"]["nearly"]
_SHARED = ("title", "published", "updated", "event", "agency")
"""What a report's copies may tell of it; outlet, address, byline and aggregator tell of the copy that bears them."""
_DATES = frozenset({"published", "updated", "event"})


def rank(article: Article, sketch: Sketch) -> tuple[int, str, int]:
    """Sorts the fullest first, equally full ones by place."""
    return (-sketch.words, article.file, article.part)


def _statement_weight(article: Article) -> int:
    """How much an article states of itself, as a weight; a date outweighs everything else."""
    dated = article.day is not None and article.day.full
    return 16 * dated + sum(2 if name == "title" else 1 for name in FIELDS if getattr(article, name).value)


def choose_lead(members: Sequence[int], articles: Sequence[Article], sketches: Sequence[Sketch]) -> int:
    """The index of the lead among `members`, which are in order of rank.

    Of equals the one with the shortest name: a second copy of a file is called "x (1).txt" or "x copy.txt".
    """
    fullest = sketches[members[0]]
    near = [
        member
        for member in members
        if sketches[member].words >= _NEARLY * fullest.words
        and (sketches[member].hash == fullest.hash or containment(sketches[member], fullest) >= _NEARLY)
    ]

    def order(member: int) -> tuple[int, int, int, str, int]:
        article = articles[member]
        name = article.file.rpartition("/")[2]
        return -_statement_weight(article), -sketches[member].words, len(name), article.file, article.part

    return min(near, key=order)


def fill_fields(lead: Article, copies: Sequence[Article]) -> Article:
    """The lead with the fields that it misses, each from the first copy that states it (of dates, the earliest).

    Whose text it is, one agency tells for all copies; where they state several, none is the lead's.
    """
    missing = [name for name in _SHARED if not getattr(lead, name).value]
    values: dict[str, Any] = {name: field for name in missing if (field := _from_copies(name, copies))}
    return replace(lead, **values) if values else lead


def _from_copies(name: str, copies: Sequence[Article]) -> Found[Any] | None:
    sources = [copy for copy in copies if getattr(copy, name).value]
    if name == "agency" and len({_agency_key(copy.agency) for copy in sources}) > 1:
        return None
    if name in _DATES:
        sources.sort(key=lambda copy: _day_order(getattr(copy, name).value))
    return replace(getattr(sources[0], name), where=f"copy {sources[0].place}") if sources else None


def _agency_key(agency: Found[str]) -> str:
    """The same key for every spelling of one agency."""
    return agency.id or fold(agency.value or "")


def _day_order(day: Day) -> tuple[bool, int, int, int]:
    """Full dates first, the earliest of them first."""
    return (not day.full, day.year or 9999, day.month or 13, day.day or 32)
