"""Follow-ups: stories that share rare names and figures, with what they share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from functools import partial
from math import ceil

from site_src.model.brief import Brief, Figure
from site_src.model.names import Name
from site_src.model.publication import FollowUp
from site_src.publish.web import Shared, Web, spun
from site_src.tables import table
from site_src.text.patterns import late

_T = table("publish")
_WEIGHTS: dict[str, float] = _T["weights"]
_ENOUGH: float = _T["enough"]
_FEWEST = ceil(_ENOUGH / max(_WEIGHTS.values()))
"""Fewer shared names and figures than these never weigh enough, whatever they are."""
_KINDS = frozenset(_T["figures"]["kinds"])
_LEAST_DIGITS: int = _T["figures"]["least_digits"]


_DAY = late(r"\d{4}-\d\d-\d\d")
_NAME, _FIGURE = "@", "#"
"""What begins a key of the web that is a name, or a figure."""


def connect(
    briefs: Mapping[str, Brief],
    made_from: Mapping[str, bytes],
    names: Mapping[str, Name],
    figures: Mapping[str, Iterable[str]],
    before: Web | None = None,
) -> Web:
    """What connects the stories of the briefs, by an index of what is rare: no two stories are compared blindly.

    `briefs` are those of each story by its address, `made_from` a hash of all that each is made from, `names` (by id)
    included, `figures` its `key_figures`. The web from `before` only saves time.
    """

    def keys(slug: str) -> set[str]:
        named = (_NAME + mention.name for mention in briefs[slug].mentions if mention.direct)
        return {*named, *(_FIGURE + figure for figure in figures[slug])}

    return spun(made_from, keys, _most(len(made_from)), _FEWEST, partial(_shared, names), before)


def follow_ups(web: Web, slugs: Iterable[str]) -> dict[str, tuple[FollowUp, ...]]:
    """For each story those that share most with it: of stories that share as much, the first comes first."""
    place = {slug: number for number, slug in enumerate(slugs)}
    return {slug: _best(web.near[slug], place) if slug in web.near else () for slug in place}


def key_figures(brief: Brief) -> tuple[str, ...]:
    """The figures of a brief that say something, with their units: each once, sorted."""
    told = (figure for figure in brief.figures if figure.kind in _KINDS and _says_something(figure))
    return tuple(sorted({figure.key for figure in told}))


def _says_something(figure: Figure) -> bool:
    """Whether two stories would hardly state the figure by chance: of dates, a day of a year."""
    if figure.kind == "date":
        return _DAY.fullmatch(figure.low) is not None
    digits = figure.low.replace(".", "").replace("-", "").strip("0")
    return len(digits) >= _LEAST_DIGITS


def _most(stories: int) -> int:
    """In how many of so many stories a key may be that connects them."""
    if stories <= _T["few"]:
        return int(_T["rare"])
    return min(int(_T["rare"]), max(2, int(_T["rare_share"] * stories)))


def _shared(known: Mapping[str, Name], keys: Set[str]) -> Shared | None:
    """What the names and figures that two stories share weigh, if it is enough."""
    names, figures = (tuple(sorted([key[1:] for key in keys if key[0] == kind])) for kind in (_NAME, _FIGURE))
    kinds = ["figure"] * len(figures) + [known[name].kind for name in names if name in known]
    weight = sum(map(_WEIGHTS.__getitem__, kinds))
    return Shared(weight, names, figures) if weight >= _ENOUGH else None


def _best(found: Mapping[str, Shared], place: Mapping[str, int]) -> tuple[FollowUp, ...]:
    """The weightiest, of as much weight the first."""
    slugs = sorted(found, key=lambda slug: (-found[slug].weight, place[slug]))[: _T["most"]]
    return tuple(FollowUp(slug, found[slug].names, found[slug].figures) for slug in slugs)
