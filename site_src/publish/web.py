"""Which stories are connected, by rare keys (names and figures) that they share; worked out anew for changes alone.

A key of one story connects nothing, and a key of many says nothing: the rare ones are in between. So a change of one
story concerns only the stories that share a rare key with it, and those of a key that the change makes rare or common.
A `Web` is kept for the next build to find these: it has the stories of each key, and the keys of each story, packed.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain, compress
from operator import eq
from typing import NamedTuple

from msgspec import Struct

from site_src.parts import pack, unpack

Keys = Collection[str]
"""What of a story may connect it with another."""
_U32 = "I"
_SIZE = array(_U32).itemsize
Held = tuple[int, Keys]
"""The number of a story, and its keys."""


class Shared(NamedTuple):
    """What two stories have in common, sorted, and what it weighs."""

    weight: float
    names: tuple[str, ...]
    figures: tuple[str, ...]


Weigh = Callable[[Set[str]], Shared | None]
"""The rare keys that two stories share -> what connects them, None where it is too little."""


class Thread(NamedTuple):
    """What the web holds of one story."""

    number: int
    """Stands for the story in `Web.holders`; one that changes gets another."""
    made_from: bytes
    """A hash of all that its keys are made from."""
    packed: bytes
    """Its keys."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Its keys."""
        found: tuple[str, ...] = unpack(tuple[str, ...], self.packed)
        return found


class Web(Struct, frozen=True):
    """What is kept for the next build."""

    most: int
    threads: Mapping[str, Thread]
    """Of each story, by its address."""
    holders: Mapping[str, bytes]
    """The numbers of the stories that have a key, as an array."""
    near: Mapping[str, Mapping[str, Shared]]
    """For each story that is connected with others: with which, and by what."""


def spun(
    made_from: Mapping[str, bytes],
    keys: Callable[[str], Keys],
    most: int,
    fewest: int,
    weigh: Weigh,
    before: Web | None,
) -> Web:
    """The web of stories; `keys` gives those of one, the same while the hash is that it is `made_from` (by slug).

    A key of more than `most` stories is not rare; two stories that share `fewest` rare keys or more are weighed. The
    web from `before`, of the same `fewest` and `weigh`, only saves time: where nothing changed, it is given back.
    """
    old = before if before and before.most == most else Web(most, {}, {}, {})
    known = old.threads
    changed = {slug: hash for slug, hash in made_from.items() if slug not in known or known[slug].made_from != hash}
    gone = known.keys() - made_from.keys()
    if not (changed or gone):
        return old
    own = {slug: frozenset(keys(slug)) for slug in changed}
    threads = {slug: thread for slug, thread in known.items() if slug not in gone} | _threads(changed, own, known)
    left = ((known[slug].number, known[slug].keys) for slug in gone.union(changed) if slug in known)
    moved = _moved(left, ((threads[slug].number, held) for slug, held in own.items()), old.holders)
    turned = {key for key, held in moved.items() if _rare(held, most) != _rare(old.holders.get(key, b""), most)}
    holders = {key: held for key, held in {**old.holders, **moved}.items() if held}
    slugs = {thread.number: slug for slug, thread in threads.items()}
    touched = [slugs[number] for key in turned for number in array(_U32, moved[key])]
    own |= {slug: frozenset(threads[slug].keys) for slug in {*touched} - own.keys()}
    near = defaultdict(dict, _untouched(old.near, gone.union(own)))
    rare = {threads[slug].number: {key for key in held if _SIZE < len(holders[key]) <= most * _SIZE}
            for slug, held in own.items()}  # fmt: skip
    for number, other in _pairs(rare, holders, fewest):
        one, another = slugs[number], slugs[other]
        if (found := weigh(rare[number].intersection(threads[another].keys))) is not None:
            near[one][another] = near[another][one] = found
    return Web(most, threads, holders, near)


def _threads(changed: Mapping[str, bytes], own: Mapping[str, Keys], known: Mapping[str, Thread]) -> dict[str, Thread]:
    """The changed stories as they are now, with numbers that nobody has."""
    free = max((thread.number for thread in known.values()), default=-1) + 1
    return {slug: Thread(number, changed[slug], pack(tuple(own[slug]))) for number, slug in enumerate(changed, free)}


def _moved(left: Iterable[Held], come: Iterable[Held], before: Mapping[str, bytes]) -> dict[str, bytes]:
    """Who has those keys now that stories left behind, or came with."""
    moved = {key: array(_U32, [one for one in array(_U32, before[key]) if one not in gone]).tobytes()
             for key, gone in _by_key(left).items()}  # fmt: skip
    for key, new in _by_key(come).items():
        moved[key] = moved.get(key, before.get(key, b"")) + array(_U32, new).tobytes()
    return moved


def _by_key(held: Iterable[Held]) -> dict[str, list[int]]:
    """The numbers of the stories that have each key."""
    found = defaultdict[str, list[int]](list)
    for number, keys in held:
        for key in keys:
            found[key].append(number)
    return found


def _rare(held: bytes, most: int) -> bool:
    return _SIZE < len(held) <= most * _SIZE


def _untouched(near: Mapping[str, Mapping[str, Shared]], touched: Set[str]) -> Iterator[tuple[str, dict[str, Shared]]]:
    """What connects stories that nothing touched."""
    for one, others in near.items():
        if one not in touched and (left := {slug: what for slug, what in others.items() if slug not in touched}):
            yield one, left


def _pairs(rare: Mapping[int, Set[str]], holders: Mapping[str, bytes], fewest: int) -> Iterator[tuple[int, int]]:
    """Any two stories that share enough, one of which is among those whose `rare` keys are given."""
    held = {
        key: [one for one in array(_U32, holders[key]) if one not in rare]
        for key in {*chain.from_iterable(rare.values())}
    }
    for one, own in rare.items():
        earlier = [held[key] for key in own]
        yield from ((one, other) for other in _often(list(chain.from_iterable(earlier)), fewest))
        for others in earlier:
            others.append(one)


def _often(numbers: Sequence[int], fewest: int) -> set[int]:
    """Those that stand there so often, or more."""
    if len(numbers) - len({*numbers}) < fewest - 1:
        return set()
    together = sorted(numbers)
    return set(compress(together, map(eq, together, together[fewest - 1 :])))
