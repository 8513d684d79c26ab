"""Acts: who does something to whom, told in the active whatever the voice, of two who stand beside each other.

"X received a letter from Y", "X was asked by Y" and «تسلم X من Y» are all Y's act. Two whom the source has in the one
order and the translation in the other have changed places, whatever the verb.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from operator import itemgetter

from msgspec import Struct

from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.patterns import compiled
from site_src.translate.checks.pair import Pair, Place, Side, Span
from site_src.translate.checks.parties import Parties

Acts = dict[tuple[str, str], Span]
"""Who acts and on whom, with the words between them."""


class Order(Struct, frozen=True):
    """What finds acts in folded texts of a language."""

    clause: re.Pattern[str]
    before: re.Pattern[str]
    """From the beginning of a clause to the first of two."""
    noun: re.Pattern[str]
    """The same where the first is an adjective, which its noun stands before in Arabic."""
    between: re.Pattern[str]
    """What may stand between them where the first acts, if nothing is unclear."""
    unclear: re.Pattern[str]
    """Words, from the beginning of the clause on, with which either may be the one who acts."""
    given: re.Pattern[str]
    """What stands between them where the first gives the second something."""
    turned: re.Pattern[str]
    """Words, from the beginning of the clause on, with which the second acts."""


def turned(pair: Pair, known: Parties) -> Span | None:
    """The words between two of the translation who act on each other the other way round in the source."""
    if not (mine := _acts(pair.source, known.ours, known.here)):
        return None
    said = _acts(pair.target, known.theirs, known.there)
    for (one, other), span in said.items():
        if (other, one) in mine and (one, other) not in mine and (other, one) not in said:
            return span
    return None


def _acts(side: Side, known: list[Place], strangers: list[Place]) -> Acts:
    """The acts of a text, each of the first of a clause and the next one, if it has one but once or both first here."""
    merged = _merged(side, sorted([*known, *strangers], key=itemgetter(1)) if strangers else known)
    times = Counter(key for key, _, _ in merged)
    found: Acts = {}
    rules = _order(side.lang)
    seen: set[str] = set()
    for (one, start, left), (other, right, _) in pairwise(merged):
        again = not seen.isdisjoint((one, other))
        seen.add(one)
        if one == other or (again and times[one] > 1 and times[other] > 1):
            continue
        begin = max(clause.end() for clause in rules.clause.finditer(side.folded, 0, start))
        adjective = any(side.in_folded(span.start) == start for span in side.names if not span.direct)
        if not (rules.noun if adjective else rules.before).fullmatch(side.folded, begin, start):
            continue
        span = (left + 1, right - 1)
        if rules.turned.fullmatch(side.folded, begin, right):
            found[other, one] = span
        elif rules.given.fullmatch(side.folded, left, right) or (
            rules.between.fullmatch(side.folded, left, right) and not rules.unclear.search(side.folded, begin, right)
        ):
            found[one, other] = span
    return found


def _merged(side: Side, places: list[Place]) -> list[Place]:
    """The places, two names of one made one: the Turkish president Erdogan."""
    merged: list[Place] = []
    for place in places:
        if merged and merged[-1][0] == place[0] and _same().fullmatch(side.folded, merged[-1][2], place[1]):
            merged[-1] = (place[0], merged[-1][1], place[2])
        else:
            merged.append(place)
    return merged


@cache
def _order(lang: str) -> Order:
    known = table("checks_exchanged")["order"][lang]
    return Order(**{name: compiled(fold(known[name])) for name in Order.__struct_fields__})


@cache
def _same() -> re.Pattern[str]:
    return compiled(table("checks_exchanged")["beside"]["same"])
