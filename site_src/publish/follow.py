"""Follow-ups: stories that share rare names and figures, with what they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import partial
from math import ceil
from typing import NamedTuple

from site_src.kept import NOTHING_KEPT, Kept
from site_src.model import Brief, Figure, FollowUp, Name
from site_src.publish.web import Keys, spun
from site_src.tables import table

_T = table("publish")
_WEIGHTS: dict[str, float] = _T["weights"]
_ENOUGH: float = _T["enough"]
_FEWEST = ceil(_ENOUGH / max(_WEIGHTS.values()))
"""Fewer shared names and figures than these never weigh enough, whatever they are."""
_KINDS = frozenset(_T["figures"]["kinds"])
_LEAST_DIGITS: int = _T["figures"]["least_digits"]


class Shared(NamedTuple):
    """What two stories have in common, sorted, and what it weighs."""

    weight: float
    names: tuple[str, ...]
    figures: tuple[str, ...]


def follow_ups(
    names: Keys, figures: Keys, known: Mapping[str, Name], kept: Kept = NOTHING_KEPT
) -> dict[str, tuple[FollowUp, ...]]:
    """For each story those that share most with it, by an index of what is rare: no two stories are compared blindly.

    `names` are the `key_names` of each story, `figures` its `key_figures`, `known` the names by id. Of stories that
    share as much, the first comes first.
    """
    web = spun((names, figures), _most(len(names)), _FEWEST, partial(_shared, known), kept.get("web", known))
    kept.put("web", known, web)
    place = {slug: number for number, slug in enumerate(names)}
    return {slug: _best(web.near[slug], place) if slug in web.near else () for slug in names}


def key_names(brief: Brief) -> Set[str]:
    """Ids of the names that a brief means themselves: an adjective connects nothing."""
    return {mention.name for mention in brief.mentions if mention.direct}


def key_figures(brief: Brief) -> tuple[str, ...]:
    """The figures of a brief that say something, with their units: each once, sorted."""
    told = (figure for figure in brief.figures if figure.kind in _KINDS and _says_something(figure))
    return tuple(sorted({_value(figure) for figure in told}))


def _says_something(figure: Figure) -> bool:
    """Whether two stories would hardly state the figure by chance."""
    digits = figure.low.replace(".", "").replace("-", "").strip("0")
    return len(digits) >= _LEAST_DIGITS or (figure.kind == "date" and figure.low != "")


def _value(figure: Figure) -> str:
    return " ".join(filter(None, (figure.low, figure.high, figure.unit or figure.noun)))


def _most(stories: int) -> int:
    """In how many of so many stories a key may be that connects them."""
    if stories <= _T["few"]:
        return int(_T["rare"])
    return min(int(_T["rare"]), max(2, int(_T["rare_share"] * stories)))


def _shared(known: Mapping[str, Name], keys: Sequence[Set[str]]) -> Shared | None:
    """What the names and figures that two stories share weigh, if it is enough."""
    names, figures = keys
    kinds = ["figure"] * len(figures) + [known[name].kind for name in names if name in known]
    weight = sum(map(_WEIGHTS.__getitem__, kinds))
    return Shared(weight, tuple(sorted(names)), tuple(sorted(figures))) if weight >= _ENOUGH else None


def _best(found: Mapping[str, Shared], place: Mapping[str, int]) -> tuple[FollowUp, ...]:
    """The weightiest, of as much weight the first."""
    slugs = sorted(found, key=lambda slug: (-found[slug].weight, place[slug]))[: _T["most"]]
    return tuple(FollowUp(slug, found[slug].names, found[slug].figures) for slug in slugs)
