"""Limits: a figure that the source calls the least or more than that is not the most, or less than that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from msgspec import Struct

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.patterns import compiled
from site_src.translate.checks.amounts import Amount, same
from site_src.translate.checks.pair import Pair, Severity, Side

Way = Literal["floor", "ceiling"]
_CONTRARY: dict[Way, Way] = {"floor": "ceiling", "ceiling": "floor"}


class Limit(Struct, frozen=True):
    """An amount with what the words beside it make of it, and the place of these in the folded text."""

    amount: Amount
    way: Way
    start: int
    end: int


def limits(pair: Pair) -> Iterator[Finding]:
    """At most one figure of which the translation says the contrary limit, and nowhere the one of the source."""
    if not pair.from_arabic or _words().isdisjoint(pair.target.words):
        return
    theirs = _limits(pair.target)
    ours = _limits(pair.source) if theirs else []
    for limit in theirs:
        ways = {one.way for one in ours if same(one.amount, limit.amount)}
        also = {one.way for one in theirs if same(one.amount, limit.amount)}
        if ways and ways.isdisjoint(also):
            severity: Severity = "warning" if _is_part(limit.amount) else "error"
            yield pair.target.folded_finding("qualifiers", severity, limit.start, limit.end)
            return


def _is_part(amount: Amount) -> bool:
    """Whether the rest of the whole can be meant: fewer than half came, more than half stayed away."""
    return amount.kind == "percent" or 0 < amount.value < 1


def _limits(side: Side) -> list[Limit]:
    """The limits of a text, of amounts in order; the words stand between the amount and its neighbours."""
    rules = _rules(side.lang)
    found: list[Limit] = []
    read = side.amounts
    starts = [*(side.in_folded(amount.start) for amount in read), len(side.folded)]
    ends = [0, *(side.in_folded(amount.end) for amount in read)]
    for place, amount in enumerate(read):
        words = rules["before"].search(side.folded, ends[place], starts[place])
        words = words or rules["behind"].match(side.folded, ends[place + 1], starts[place + 1])
        if words:
            said: Way = "floor" if words["floor"] else "ceiling"
            way = _CONTRARY[said] if words["denied"] else said
            found.append(Limit(amount, way, *words.span(said)))
    return found


@cache
def _rules(lang: str) -> dict[str, re.Pattern[str]]:
    """What finds the words before an amount, and those behind it."""
    known = {key: fold(words) for key, words in table("checks_numbers")["limits"][lang].items() if key != "words"}
    floor, ceiling = (rf"(?P<{way}>{known[way]})" for way in ("floor", "ceiling"))
    least, most = (rf"(?P<{way}>{known[f'{way}_behind']})" for way in ("floor", "ceiling"))
    before = rf"(?<!\w)(?P<denied>{known['denied']} )?(?:{floor}|{ceiling}){known['gap']}\Z"
    return {
        "before": compiled(before),
        "behind": compiled(rf"{known['gap_behind']}(?:{least}|{most})(?!\w)(?P<denied>(?!))?"),
    }


@cache
def _words() -> frozenset[str]:
    """The words of which an English limit has one."""
    return frozenset(table("checks_numbers")["limits"]["en"]["words"])
