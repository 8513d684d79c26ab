"""Follow-ups: stories that share rare names and figures, with what they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from site_src.model import Brief, Figure, FollowUp, Name, StoryEdition
from site_src.tables import table

_T = table("publish")
_WEIGHTS: dict[str, float] = _T["weights"]
_KINDS = frozenset(_T["figures"]["kinds"])
_LEAST_DIGITS: int = _T["figures"]["least_digits"]

Key = tuple[str, str]
"""("name", id) or ("figure", value with its unit)."""


def follow_ups(stories: Sequence[StoryEdition], names: Mapping[str, Name]) -> dict[str, tuple[FollowUp, ...]]:
    """For each story those that share most with it, by an index of what is rare: no two stories are compared blindly.

    `stories` stand in the order of the site, which decides between equals.
    """
    holders: dict[Key, list[int]] = defaultdict(list)
    for place, story in enumerate(stories):
        for key in keys(story.brief):
            holders[key].append(place)
    limit = _T["rare"] if len(stories) <= _T["few"] else min(_T["rare"], max(2, int(_T["rare_share"] * len(stories))))
    shared: dict[int, dict[int, list[Key]]] = defaultdict(lambda: defaultdict(list))
    for key in sorted(holders):
        if 1 < len(holders[key]) <= limit:
            for place in holders[key]:
                for other in holders[key]:
                    if place != other:
                        shared[place][other].append(key)
    weights = {key: _weight(key, names) for key in holders}
    return {story.slug: _best(shared[place], stories, weights) for place, story in enumerate(stories)}


def keys(brief: Brief) -> set[Key]:
    """What of a brief may connect it with another: names that are meant themselves, figures that say something."""
    named = {("name", mention.name) for mention in brief.mentions if mention.direct}
    return named | {("figure", value) for figure in brief.figures if (value := _value(figure))}


def _value(figure: Figure) -> str:
    if figure.kind not in _KINDS or not figure.low:
        return ""
    digits = figure.low.replace(".", "").replace("-", "").strip("0")
    if figure.kind != "date" and len(digits) < _LEAST_DIGITS:
        return ""
    return " ".join(part for part in (figure.low, figure.high, figure.unit or figure.noun) if part)


def _best(
    shared: Mapping[int, Sequence[Key]], stories: Sequence[StoryEdition], weights: Mapping[Key, float]
) -> tuple[FollowUp, ...]:
    weighed = sorted((-sum(map(weights.__getitem__, found)), place) for place, found in shared.items())
    near = [place for weight, place in weighed if -weight >= _T["enough"]][: _T["most"]]
    return tuple(
        FollowUp(stories[place].slug, _of("name", shared[place]), _of("figure", shared[place])) for place in near
    )


def _weight(key: Key, names: Mapping[str, Name]) -> float:
    kind, value = key
    if kind == "figure":
        return _WEIGHTS["figure"]
    return _WEIGHTS[names[value].kind] if value in names else 0.0


def _of(kind: str, found: Iterable[Key]) -> tuple[str, ...]:
    return tuple(value for of, value in found if of == kind)
