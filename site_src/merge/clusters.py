"""Texts gathered round the fullest of their kind, in nearly linear time.

Texts come in order of rank, the fullest first. Each joins the lead that it is a copy of, or becomes a lead. So every
copy matches its lead itself, never only another copy, and chains of likeness weld nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from site_src.merge.evidence import Evidence, evidence
from site_src.tables import table
from site_src.text.shingles import Sketch, keys

_COMMON: int = table("merge")["common"]
_CANDIDATES: int = table("merge")["candidates"]


@dataclass(slots=True)
class Index:
    """Shingle to the leads whose head holds it; a shingle that too many share is forgotten."""

    leads: dict[int, list[int]] = field(default_factory=dict)

    def add(self, lead: int, found: set[int]) -> None:
        """Enter a lead under its shingles."""
        for key in found:
            holders = self.leads.get(key)
            if holders is None:
                self.leads[key] = [lead]
            elif len(holders) <= _COMMON:
                holders.append(lead)

    def near(self, found: set[int]) -> list[int]:
        """The leads that share most of the shingles, best first."""
        count: Counter[int] = Counter()
        for key in self.leads.keys() & found:
            if len(self.leads[key]) <= _COMMON:
                count.update(self.leads[key])
        return sorted(count, key=lambda lead: (-count[lead], lead))[:_CANDIDATES]


def gather(
    sketches: Sequence[Sketch],
    units: Sequence[tuple[int, ...]],
    apart: Mapping[int, frozenset[int]],
    days: Callable[[int, int], int | None],
) -> list[list[int]]:
    """Clusters of indices into `sketches`, each lead first.

    `units` hold what belongs together already, by rank, the highest first in each. `apart` names, for an index,
    those that must not share its cluster; `days(a, b)` lie from the date of a to the date of b.
    """
    index = Index()
    clusters: dict[int, list[int]] = {}
    for unit in units:
        first = unit[0]
        found = keys(sketches[first])
        barred = frozenset().union(*(apart.get(member, frozenset()) for member in unit)) if apart else frozenset()
        fits = [lead for lead in index.near(found) if barred.isdisjoint(clusters[lead])]
        lead = _best(first, fits, sketches, days)
        if lead is None:
            clusters[first] = list(unit)
            index.add(first, found)
        else:
            clusters[lead].extend(unit)
    return list(clusters.values())


def _best(
    text: int, leads: Sequence[int], sketches: Sequence[Sketch], days: Callable[[int, int], int | None]
) -> int | None:
    """The lead that holds most of the text, of those that it is a copy of."""
    best: tuple[int, Evidence] | None = None
    for lead in leads:
        found = evidence(sketches[text], sketches[lead], days(text, lead))
        if found and (best is None or found.containment > best[1].containment):
            best = lead, found
    return best[0] if best else None
