"""Acts: who acts on whom, for two parties named one after the other, whatever the verb and its voice.

"X received a letter from Y", "X was asked by Y" and «تسلم X من Y» are all acts of Y. Two parties have exchanged their
places where one acts on the other in the source, and the other way round in the translation.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from operator import attrgetter

from msgspec import Struct

from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.patterns import compiled
from site_src.translate.checks.pair import Pair, Side, Span
from site_src.translate.checks.parties import Mention, Parties

Acts = dict[tuple[str, str], Span]
"""(who acts, on whom), as keys of parties, to the span of the words between them."""


class ActPatterns(Struct, frozen=True):
    """The patterns that recognise acts in the folded text of a language; the fields are the keys of the table."""

    clause: re.Pattern[str]
    """The beginning of a clause."""
    before: re.Pattern[str]
    """What may stand between the beginning of a clause and the first of two parties."""
    noun: re.Pattern[str]
    """The same where the first party is an adjective, which in Arabic follows its noun."""
    between: re.Pattern[str]
    """What may stand between the parties where the first one acts, unless `unclear` matches."""
    unclear: re.Pattern[str]
    """Words of the clause, up to the second party, with which either party may be the one who acts."""
    given: re.Pattern[str]
    """What stands between the parties where the first gives the second something."""
    turned: re.Pattern[str]
    """The clause up to the second party, where the second one acts."""


def find_reversed_act(pair: Pair, both: Parties) -> Span | None:
    """The words between two parties of the translation who act the other way round in the source, else None."""
    source_acts = _find_acts(pair.source, both.in_source, both.unlisted_in_source)
    if not source_acts:
        return None
    target_acts = _find_acts(pair.target, both.in_target, both.unlisted_in_target)
    for (actor, object_), span in target_acts.items():
        act, reverse = (actor, object_), (object_, actor)
        if reverse in source_acts and act not in source_acts and reverse not in target_acts:
            return span
    return None


def _find_acts(side: Side, listed: list[Mention], unlisted: list[Mention]) -> Acts:
    """The acts of a text, each between the first party of a clause and the next one.

    Two parties are skipped if one of them was the first of two before and both are mentioned more than once.
    """
    mentions = _merged(side, sorted([*listed, *unlisted], key=attrgetter("start")) if unlisted else listed)
    times = Counter(mention.key for mention in mentions)
    acts: Acts = {}
    patterns = _act_patterns(side.lang)
    seen: set[str] = set()
    for first, second in pairwise(mentions):
        is_repeated = first.key in seen or second.key in seen
        seen.add(first.key)
        if first.key == second.key or (is_repeated and times[first.key] > 1 and times[second.key] > 1):
            continue
        clause_start = max(clause.end() for clause in patterns.clause.finditer(side.folded, 0, first.start))
        is_adjective = any(side.folded_offset(span.start) == first.start for span in side.names if not span.direct)
        before = patterns.noun if is_adjective else patterns.before
        if not before.fullmatch(side.folded, clause_start, first.start):
            continue
        between = (first.end + 1, second.start - 1)
        if patterns.turned.fullmatch(side.folded, clause_start, second.start):
            acts[second.key, first.key] = between
        elif patterns.given.fullmatch(side.folded, first.end, second.start) or (
            patterns.between.fullmatch(side.folded, first.end, second.start)
            and not patterns.unclear.search(side.folded, clause_start, second.start)
        ):
            acts[first.key, second.key] = between
    return acts


def _merged(side: Side, mentions: list[Mention]) -> list[Mention]:
    """The mentions, with two in a row of the same party made one: the Turkish president Erdogan."""
    merged: list[Mention] = []
    for mention in mentions:
        last = merged[-1] if merged else None
        if last and last.key == mention.key and _gap_in_mention().fullmatch(side.folded, last.end, mention.start):
            merged[-1] = Mention(mention.key, last.start, mention.end)
        else:
            merged.append(mention)
    return merged


@cache
def _act_patterns(lang: str) -> ActPatterns:
    rules = table("checks_exchanged")["order"][lang]
    return ActPatterns(**{name: compiled(fold(rules[name])) for name in ActPatterns.__struct_fields__})


@cache
def _gap_in_mention() -> re.Pattern[str]:
    """What may stand between two words for the same party."""
    return compiled(table("checks_exchanged")["beside"]["same"])
