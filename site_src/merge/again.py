"""Clusters after a few articles changed: the same as `clusters.gather` gives, for the cost of the change.

A text's lead depends only on the leads above it that share its keys, as long as these are few. So only texts that share
a key with something that came, went, or ceased to be a lead are decided anew; all others stay where the last build put
them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set

from site_src.merge.clusters import COMMON, Heap, decide, gather
from site_src.tables import table
from site_src.text.shingles import unpack

_MOST: float = table("merge")["again"]["most"]

Placement = Mapping[str, tuple[str, bytes]]
"""What a build decided: name of each unit to the name of its lead and its own packed keys."""


def gather_again(heap: Heap, names: Sequence[str], before: Placement) -> dict[int, int]:
    """`gather(heap)`, by what an earlier build placed; `names[i]` holds all that decides unit i besides the others."""
    settled = _settled(heap, names, before)
    touched = _touched(heap, names, before)
    anew = {unit[0] for unit in heap.units if unit[0] not in settled}
    steady = {text for text, lead in settled.items() if text == lead}
    turned: set[int] = set()
    while True:
        holders = _holding(heap, touched | _keys(heap, anew))
        reached = _reached(heap, holders, touched, steady) - anew
        anew |= reached
        if len(anew) > _MOST * len(heap.units):
            return gather(heap)
        keys = _keys(heap, anew)
        asked = anew.union(_holding(heap, keys) if reached else holders)
        known = {text: lead for text, lead in settled.items() if text not in anew}
        leads = known | decide(heap, [unit for unit in heap.units if unit[0] in asked], known, keys)
        other = {text for text in anew & settled.keys() if (settled[text] == text) != (leads[text] == text)}
        if other <= turned:
            return leads
        turned |= other
        steady -= other
        touched |= _keys(heap, other)


def _reached(heap: Heap, holders: Iterable[int], touched: Set[int], steady: Set[int]) -> set[int]:
    """The texts that share a touched key, up to where so many `steady` leads hold it that it says nothing any more.

    `holders` are, by rank, all texts that hold a touched key, and others.
    """
    live, leads = set(touched), Counter[int]()
    reached = set()
    for text in holders:
        keys = live.intersection(unpack(heap.sketches[text].keys))
        if keys:
            reached.add(text)
        if keys and text in steady:
            leads.update(keys)
            live.difference_update(key for key in keys if leads[key] > COMMON)
    return reached


def _holding(heap: Heap, wanted: Set[int]) -> list[int]:
    """The texts that hold some of the `wanted` keys, by rank."""
    sketches = heap.sketches
    return [unit[0] for unit in heap.units if not wanted.isdisjoint(unpack(sketches[unit[0]].keys))]


def _keys(heap: Heap, texts: Iterable[int]) -> set[int]:
    return {key for text in texts for key in unpack(heap.sketches[text].keys)}


def _settled(heap: Heap, names: Sequence[str], before: Placement) -> dict[int, int]:
    """The leads of the last build, where text and lead are still there."""
    place = {name: unit[0] for name, unit in zip(names, heap.units, strict=True)}
    return {text: place[before[name][0]] for name, text in place.items() if name in before and before[name][0] in place}


def _touched(heap: Heap, names: Sequence[str], before: Placement) -> set[int]:
    """The keys of what came, and of the leads that went."""
    now = set(names)
    gone = (keys for name, (lead, keys) in before.items() if name == lead and name not in now)
    came = (heap.sketches[unit[0]].keys for name, unit in zip(names, heap.units, strict=True) if name not in before)
    return {key for keys in (*gone, *came) for key in unpack(keys)}


def placement(heap: Heap, names: Sequence[str], leads: Mapping[int, int]) -> Placement:
    """What this build decided, for the next one."""
    name_of = {unit[0]: name for name, unit in zip(names, heap.units, strict=True)}
    return {name: (name_of[leads[text]], heap.sketches[text].keys) for text, name in name_of.items()}
