"""Gathering again after a few articles changed: exactly what gathering from nothing gives, for the cost of the change.

A text's lead depends only on the leads above it that share its keys. So only texts that share a key with something
that came, went, or ceased to be a lead are decided anew; all others stay where the last build put them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from site_src.merge.clusters import Heap, decide, gather
from site_src.tables import table
from site_src.text.shingles import unpack

_MOST: float = table("merge")["again"]["most"]

Placement = Mapping[str, tuple[str, bytes]]
"""What a build decided: name of each unit to the name of its lead and its own packed keys."""


def gather_again(heap: Heap, names: Sequence[str], before: Placement) -> dict[int, int]:
    """`gather(heap)`, by what an earlier build placed; `names[i]` holds all that decides unit i besides the others."""
    settled = _settled(heap, names, before)
    touched = _touched(heap, names, before)
    while True:
        anew = {unit[0] for unit in heap.units if unit[0] not in settled or _touches(heap, unit[0], touched)}
        if len(anew) > _MOST * len(heap.units):
            return gather(heap)
        relevant = {key for text in anew for key in unpack(heap.sketches[text].keys)}
        leads = decide(heap, {text: lead for text, lead in settled.items() if text not in anew}, relevant)
        turned = [text for text in anew if text in settled and (settled[text] == text) != (leads[text] == text)]
        more = {key for text in turned for key in unpack(heap.sketches[text].keys)}
        if more <= touched:
            return leads
        touched |= more


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


def _touches(heap: Heap, text: int, touched: set[int]) -> bool:
    return not touched.isdisjoint(unpack(heap.sketches[text].keys))


def placement(heap: Heap, names: Sequence[str], leads: Mapping[int, int]) -> Placement:
    """What this build decided, for the next one."""
    name_of = {unit[0]: name for name, unit in zip(names, heap.units, strict=True)}
    return {name: (name_of[leads[text]], heap.sketches[text].keys) for text, name in name_of.items()}
