"""Follow-ups: stories that share rare names and figures, with what they share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from itertools import chain, compress
from math import ceil
from operator import eq
from typing import NamedTuple

from site_src.model import Brief, Figure, FollowUp, Name
from site_src.tables import table

_T = table("publish")
_WEIGHTS: dict[str, float] = _T["weights"]
_ENOUGH: float = _T["enough"]
_FEWEST = ceil(_ENOUGH / max(_WEIGHTS.values()))
"""Fewer shared names and figures than these never weigh enough, whatever they are."""
_KINDS = frozenset(_T["figures"]["kinds"])
_LEAST_DIGITS: int = _T["figures"]["least_digits"]


Keys = Mapping[str, Collection[str]]
"""What of each story may connect it with another, by its address and in the order of the site."""


class Shared(NamedTuple):
    """What two stories have in common, sorted, and what it weighs."""

    weight: float
    names: tuple[str, ...]
    figures: tuple[str, ...]


def follow_ups(names: Keys, figures: Keys, known: Mapping[str, Name]) -> dict[str, tuple[FollowUp, ...]]:
    """For each story those that share most with it, by an index of what is rare: no two stories are compared blindly.

    `names` are the `key_names` of each story, `figures` its `key_figures`, `known` the names by id. Of stories that
    share as much, the first comes first.
    """
    slugs, rare_names, rare_figures = list(names), _rare(names), _rare(figures)
    near: list[dict[int, Shared]] = [{} for _ in slugs]
    for one, other in _pairs(rare_names, rare_figures):
        shared = _shared(rare_names[one] & rare_names[other], rare_figures[one] & rare_figures[other], known)
        if shared.weight >= _ENOUGH:
            near[one][other] = near[other][one] = shared
    return {slug: _best(found, slugs) if found else () for slug, found in zip(slugs, near, strict=True)}


def key_names(brief: Brief) -> set[str]:
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


def _rare(keys: Keys) -> list[Set[str]]:
    """Of each story's keys those that a few other stories have as well."""
    limit = _T["rare"] if len(keys) <= _T["few"] else min(_T["rare"], max(2, int(_T["rare_share"] * len(keys))))
    rare = {key for key, count in Counter(chain.from_iterable(keys.values())).items() if 1 < count <= limit}
    return [rare.intersection(own) for own in keys.values()]


def _pairs(*kinds: Sequence[Set[str]]) -> Iterator[tuple[int, int]]:
    """The places of any two stories that share so many keys that these may weigh enough."""
    holders: list[dict[str, list[int]]] = [defaultdict(list) for _ in kinds]
    for place, told in enumerate(zip(*kinds, strict=True)):
        earlier = [row[key] for row, keys in zip(holders, told, strict=True) for key in keys]
        shared = sorted(chain.from_iterable(earlier))
        for other in set(compress(shared, map(eq, shared, shared[_FEWEST - 1 :]))):
            yield other, place
        for places in earlier:
            places.append(place)


def _shared(names: Set[str], figures: Set[str], known: Mapping[str, Name]) -> Shared:
    kinds = ["figure"] * len(figures) + [known[name].kind for name in names if name in known]
    return Shared(sum(map(_WEIGHTS.__getitem__, kinds)), tuple(sorted(names)), tuple(sorted(figures)))


def _best(found: Mapping[int, Shared], slugs: Sequence[str]) -> tuple[FollowUp, ...]:
    """The weightiest, of as much weight the first."""
    places = sorted(found, key=lambda place: (-found[place].weight, place))[: _T["most"]]
    return tuple(FollowUp(slugs[place], found[place].names, found[place].figures) for place in places)
