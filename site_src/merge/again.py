"""Clusters after a few articles changed: the same as `clusters.gather` gives, for the cost of the change.

A text's lead depends only on the leads above it that share enough of its keys, and on which keys too many leads hold.
So only the few texts are decided anew to which something that came, went, or turned from lead to copy matters in one of
these ways; all others stay where the last build put them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import chain

from site_src.merge.clusters import COMMON, LEAST, Heap, decide, gather
from site_src.tables import table
from site_src.text.shingles import unpack

_MOST: float = table("merge")["again"]["most"]

Placement = Mapping[str, tuple[str, bytes]]
"""What a build decided: name of each unit to the name of its lead and its own packed keys."""


def gather_again(heap: Heap, names: Sequence[str], before: Placement) -> dict[int, int]:
    """`gather(heap)`, by what an earlier build placed; `names[i]` holds all that decides unit i besides the others."""
    kept_leads = _kept_leads(heap, names, before)
    anew = {unit[0] for unit in heap.units if unit[0] not in kept_leads}
    touched = [*_gone(names, before), *_keys(heap, anew)]
    steady = {text for text, lead in kept_leads.items() if text == lead}
    turned: set[int] = set()
    while True:
        anew |= _reached(heap, touched, steady)
        if len(anew) > _MOST * len(heap.units):
            return gather(heap)
        fixed = {text: lead for text, lead in kept_leads.items() if text not in anew}
        keys = set[int]().union(*_keys(heap, anew))
        candidates = anew.union(_holding(heap, keys, fixed))
        leads = fixed | decide(heap, [unit for unit in heap.units if unit[0] in candidates], fixed, keys)
        turning = {text for text in anew & kept_leads.keys() if (kept_leads[text] == text) != (leads[text] == text)}
        turning -= turned
        if not turning:
            return leads
        turned |= turning
        steady -= turning
        touched += _keys(heap, turning)


def _reached(heap: Heap, touched: Sequence[Set[int]], steady: Set[int]) -> set[int]:
    """The texts whose lead may be another because texts with the `touched` keys came, went, or turned leads or copies.

    One of those matters to a text with which it shares as many keys as a lead must. To others it matters only where it
    can make a key common, or rare again: where nearly so many `steady` leads hold the key as make it say nothing.
    """
    at_most = Counter(chain.from_iterable(touched))
    live, leads = set(at_most), Counter[int]()
    reached = set()
    for text, *_ in heap.units:
        own = unpack(heap.sketches[text].keys)
        keys = live.intersection(own)
        if not keys:
            continue
        turns = any(leads[key] + at_most[key] > COMMON for key in keys)
        if turns or max(len(keys & others) for others in touched) >= LEAST * len(own):
            reached.add(text)
        if text in steady:
            _count(keys, leads, live)
    return reached


def _holding(heap: Heap, wanted: Set[int], fixed: Mapping[int, int]) -> list[int]:
    """The texts by which the `wanted` keys lead to texts, by rank: no more of those whose lead is `fixed` hold a key
    than make it common.
    """
    live, leads = set(wanted), Counter[int]()
    holders = []
    for text, *_ in heap.units:
        keys = live.intersection(unpack(heap.sketches[text].keys))
        if keys and fixed.get(text) == text:
            holders.append(text)
            _count(keys, leads, live)
    return holders


def _count(keys: Set[int], leads: Counter[int], live: set[int]) -> None:
    """One more lead holds the keys; those that too many hold say nothing any more, and are no longer `live`."""
    leads.update(keys)
    live.difference_update([key for key in keys if leads[key] > COMMON])


def _keys(heap: Heap, texts: Iterable[int]) -> list[frozenset[int]]:
    """The keys of each text."""
    return [frozenset(unpack(heap.sketches[text].keys)) for text in texts]


def _kept_leads(heap: Heap, names: Sequence[str], before: Placement) -> dict[int, int]:
    """The leads of the last build, where text and lead are still there."""
    place = {name: unit[0] for name, unit in zip(names, heap.units, strict=True)}
    return {text: place[before[name][0]] for name, text in place.items() if name in before and before[name][0] in place}


def _gone(names: Iterable[str], before: Placement) -> list[frozenset[int]]:
    """The keys of each lead that went."""
    gone = before.keys() - names
    return [frozenset(unpack(before[name][1])) for name in gone if before[name][0] == name]


def placement(heap: Heap, names: Sequence[str], leads: Mapping[int, int]) -> Placement:
    """What this build decided, for the next one."""
    name_of = {unit[0]: name for name, unit in zip(names, heap.units, strict=True)}
    return {name: (name_of[leads[text]], heap.sketches[text].keys) for text, name in name_of.items()}
