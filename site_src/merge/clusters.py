"""Texts gathered round the fullest of their kind, in nearly linear time.

Texts come in order of rank, the fullest first. Each joins the lead that it is a copy of, or becomes a lead. So every
copy matches its lead itself, never only another copy, and chains of likeness weld nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain

from site_src.merge.evidence import Evidence, evidence
from site_src.tables import table
from site_src.text.shingles import Sketch, unpack

_T = table("merge")["candidates"]
_COMMON: int = _T["common"]
_MOST: int = _T["most"]
_LEAST: float = _T["least"]
_NEAR: float = _T["near"]
Days = Callable[[int, int], int | None]


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
            elif len(holders) < _COMMON:
                holders.append(lead)
            else:
                del self._leads[key]
                self._common.add(key)

    def near(self, keys: Iterable[int], of: int) -> list[int]:
        """The leads that share most of a text's keys, of which it has so many, best first."""
        found = [self._leads[key] for key in keys if key in self._leads]
        shared = Counter(chain.from_iterable(found))
        least = max(_LEAST * of, _NEAR * max(shared.values(), default=0))
        enough = [lead for lead, count in shared.items() if count >= least]
        return sorted(enough, key=lambda lead: (-shared[lead], lead))[:_MOST]


def gather(
    sketches: Sequence[Sketch], units: Sequence[tuple[int, ...]], apart: Mapping[int, frozenset[int]], days: Days
) -> list[list[int]]:
    """Clusters of indices into `sketches`, each lead first.

    `units` hold what belongs together already, by rank, the highest first in each. `apart` names, for an index,
    those that must not share its cluster; `days(a, b)` lie from the date of a to the date of b.
    """
    index, shared = Index(), _shared(sketches[unit[0]] for unit in units)
    clusters: dict[int, list[int]] = {}
    for unit in units:
        keys = shared.intersection(unpack(sketches[unit[0]].keys))
        lead = None
        if keys:
            barred = {other for member in unit for other in apart.get(member, ())}
            fits = [
                lead for lead in index.near(keys, len(sketches[unit[0]].keys) // 4) if barred.isdisjoint(clusters[lead])
            ]
            lead = _best(unit[0], fits, sketches, days)
        if lead is None:
            clusters[unit[0]] = list(unit)
            index.add(unit[0], keys)
        else:
            clusters[lead].extend(unit)
    return list(clusters.values())


def _shared(sketches: Iterable[Sketch]) -> set[int]:
    """The keys that more than one text has: most have one, and need not enter the index."""
    counted = Counter(chain.from_iterable(unpack(one.keys) for one in sketches))
    return {key for key, count in counted.items() if count > 1}


def _best(text: int, leads: Sequence[int], sketches: Sequence[Sketch], days: Days) -> int | None:
    """The lead that holds most of the text, of those that it is a copy of."""
    best: tuple[int, Evidence] | None = None
    for lead in leads:
        found = evidence(sketches[text], sketches[lead], days(text, lead))
        if found and (best is None or found.containment > best[1].containment):
            best = lead, found
    return best[0] if best else None
