"""The web of stories that share rare keys. From one build to the next only what changed is spun anew.

A key that one story has connects nothing, and one that many have says nothing: the rare ones are between. So a story
matters to those alone that share a rare key with it, and to those of a key that it makes rare, or common.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from itertools import chain, compress
from operator import eq
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

Keys = Mapping[str, Collection[str]]
"""What of each story may connect it with another, by its address and in the order of the site."""
Weigh = Callable[[Sequence[Set[str]]], T | None]
"""The rare keys of each kind that two stories share -> what connects them, None where it is too little."""


class Kind(NamedTuple):
    """The keys of one kind."""

    keys: Keys
    counts: Counter[str]
    """How many stories have each."""
    rare: set[str]
    holders: Mapping[str, list[str]]
    """The stories that have a rare key."""


class Web(NamedTuple, Generic[T]):
    """What is kept for the next build."""

    most: int
    kinds: tuple[Kind, ...]
    near: Mapping[str, Mapping[str, T]]
    """For each story that is connected with others: with which, and by what."""


def spun(kinds: Sequence[Keys], most: int, fewest: int, weigh: Weigh[T], before: Web[T] | None = None) -> Web[T]:
    """The web of stories by their keys of several `kinds`, each story in every one of them.

    A key of more than `most` stories is not rare; two stories that share `fewest` rare keys or more are weighed. The
    web from `before`, of the same `fewest` and `weigh`, only saves time.
    """
    old = before if before and before.most == most else Web(most, tuple(_NO_KIND for _ in kinds), {})
    changed = set(chain.from_iterable(_changed(keys, kind.keys) for keys, kind in zip(kinds, old.kinds, strict=True)))
    counted = [_counted(keys, kind, changed, most) for keys, kind in zip(kinds, old.kinds, strict=True)]
    turned = [kind.rare ^ was.rare for kind, was in zip(counted, old.kinds, strict=True)]
    touched = changed.union(*map(_holding, turned, kinds))
    new = tuple(_without(touched, kind, was) for kind, was in zip(counted, old.kinds, strict=True))
    near: dict[str, dict[str, T]] = defaultdict(dict)
    for one, others in old.near.items():
        if one not in touched and (left := {slug: what for slug, what in others.items() if slug not in touched}):
            near[one] = left
    for one, other, shared in _pairs([slug for slug in kinds[0] if slug in touched], new, fewest):
        if (found := weigh(shared)) is not None:
            near[one][other] = near[other][one] = found
    return Web(most, new, near)


_NO_KIND = Kind({}, Counter(), set(), {})


def _changed(now: Keys, before: Keys) -> Iterator[str]:
    """The stories that came, went, or have other keys."""
    yield from (slug for slug in before if slug not in now)
    yield from (slug for slug, keys in now.items() if slug not in before or before[slug] != keys)


def _counted(keys: Keys, old: Kind, changed: Set[str], most: int) -> Kind:
    """The kind with its keys as they are now, but with the holders of then."""
    counts = old.counts.copy()
    counts.subtract(chain.from_iterable(old.keys.get(slug, ()) for slug in changed))
    counts.update(chain.from_iterable(keys.get(slug, ()) for slug in changed))
    rare = {key for key, count in counts.items() if 1 < count <= most}
    return Kind(keys, counts, rare, old.holders)


def _holding(wanted: Set[str], keys: Keys) -> list[str]:
    """The stories that have a wanted key."""
    return [slug for slug, own in keys.items() if not wanted.isdisjoint(own)] if wanted else []


def _without(touched: Set[str], kind: Kind, old: Kind) -> Kind:
    """The kind with lists of holders in which nobody touched is; those where somebody was are new ones."""
    theirs = chain.from_iterable([keys.get(slug, ()) for keys in (old.keys, kind.keys) for slug in touched])
    left = {key: held for key, held in old.holders.items() if key in kind.rare}
    anew = {key: [slug for slug in left[key] if slug not in touched] for key in left.keys() & theirs}
    return kind._replace(holders=defaultdict(list, left | anew))


def _pairs(slugs: Sequence[str], kinds: Sequence[Kind], fewest: int) -> Iterator[tuple[str, str, list[Set[str]]]]:
    """Any two stories that share enough, one of which is among `slugs`; these are entered as holders on the way."""
    for one in slugs:
        told = [kind.rare.intersection(kind.keys[one]) for kind in kinds]
        earlier = [kind.holders[key] for kind, own in zip(kinds, told, strict=True) for key in own]
        for other in _often(list(chain.from_iterable(earlier)), fewest):
            yield one, other, [own.intersection(kind.keys[other]) for kind, own in zip(kinds, told, strict=True)]
        for held in earlier:
            held.append(one)


def _often(slugs: Sequence[str], fewest: int) -> set[str]:
    """Those that stand there so often, or more."""
    if len(slugs) - len({*slugs}) < fewest - 1:
        return set()
    together = sorted(slugs)
    return set(compress(together, map(eq, together, together[fewest - 1 :])))
