"""Clusters of copies, each round the fullest text, found in nearly linear time.

Texts come in order of rank, the fullest first. Each joins the lead that it is a copy of, or becomes a lead. So every
copy matches its lead itself, never only another copy, and a chain of texts, each like the next, is not one story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain

from msgspec import Struct

from site_src.merge.evidence import Evidence, evidence
from site_src.tables import table
from site_src.text.shingles import Sketch, unpack

_T = table("merge")["candidates"]
COMMON: int = _T["common"]
"""A key that more leads than these hold says nothing."""
_MOST: int = _T["most"]
LEAST: float = _T["least"]
"""A lead that shares less than this part of a text's keys is not compared with it."""
_NEAR: float = _T["near"]


class Index:
    """Key to the leads whose head holds it; a key that too many share says nothing, and is forgotten."""

    def __init__(self) -> None:
        self._leads: dict[int, list[int]] = {}
        self._common: set[int] = set()

    def add(self, lead: int, keys: Iterable[int]) -> None:
        """Enter a lead under its keys."""
        for key in keys:
            holders = self._leads.get(key)
            if holders is None:
                if key not in self._common:
                    self._leads[key] = [lead]
            elif len(holders) < COMMON:
                holders.append(lead)
            else:
                del self._leads[key]
                self._common.add(key)

    def near(self, keys: Iterable[int], of: int) -> list[int]:
        """The leads that share most of a text's keys, of which it has so many, best first."""
        holders = list(filter(None, map(self._leads.get, keys)))
        if not holders:
            return []
        shared = Counter(chain.from_iterable(holders))
        least = max(LEAST * of, _NEAR * max(shared.values()))
        enough = [lead for lead, count in shared.items() if count >= least]
        return sorted(enough, key=lambda lead: (-shared[lead], lead))[:_MOST]


class Heap(Struct, frozen=True):
    """Texts to be gathered. Indices count in `sketches`."""

    sketches: Sequence[Sketch]
    units: Sequence[tuple[int, ...]]
    """What belongs together already, by rank, the highest first in each."""
    apart: Mapping[int, frozenset[int]]
    """For an index, those that must not share its cluster."""
    days: Callable[[int, int], int | None]
    """Days from the date of one to the date of another."""


def gather(heap: Heap) -> dict[int, int]:
    """For the first text of each unit its lead: itself where it leads."""
    counts = Counter(unpack(b"".join([heap.sketches[unit[0]].keys for unit in heap.units])))
    return decide(heap, heap.units, {}, {key for key, count in counts.items() if count > 1})


def decide(
    heap: Heap, units: Iterable[tuple[int, ...]], fixed: Mapping[int, int], relevant: set[int]
) -> dict[int, int]:
    """`gather` for some units, where the leads of some texts are `fixed` and only `relevant` keys can decide the rest.

    The units are all that are not settled, and the leads that hold such a key, as long as these are few; by rank.
    """
    index = Index()
    leads: dict[int, int] = {}
    clusters: dict[int, list[int]] = {}
    for unit in units:
        text, sketch = unit[0], heap.sketches[unit[0]]
        keys = relevant.intersection(unpack(sketch.keys))
        lead = fixed.get(text)
        if lead is None:
            near = index.near(keys, len(sketch.keys) // 4) if keys else ()
            lead = _best(text, _allowed(near, unit, clusters, heap.apart) if heap.apart else near, heap)
        leads[text] = lead
        if heap.apart:
            clusters.setdefault(lead, []).extend(unit)
        if lead == text:
            index.add(text, keys)
    return leads


def _allowed(
    near: Iterable[int],
    unit: Iterable[int],
    clusters: Mapping[int, Sequence[int]],
    apart: Mapping[int, frozenset[int]],
) -> list[int]:
    """The leads whose clusters hold nothing that the unit must be kept apart from."""
    barred = {other for member in unit for other in apart.get(member, ())}
    return [lead for lead in near if barred.isdisjoint(clusters[lead])]


def _best(text: int, leads: Sequence[int], heap: Heap) -> int:
    """The lead that holds most of the text, of those that it is a copy of; the text itself where there is none."""
    best: tuple[int, Evidence] | None = None
    for lead in leads:
        likeness = evidence(heap.sketches[text], heap.sketches[lead], heap.days(text, lead))
        if likeness and (best is None or likeness.containment > best[1].containment):
            best = lead, likeness
    return best[0] if best else text
