"""Opposites: where the source says that something rose, the translation does not say that it fell.

What a word says of all pairs of opposites is one number with four bits for each pair: it says the first, the second; it
may say the first, the second. So the words of a text are only put together, and two texts are compared at once; only
where one says what the other turns are its words counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial, reduce
from itertools import combinations
from operator import or_

from msgspec import Struct

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.memo import Memo
from site_src.text.patterns import compiled, late
from site_src.translate.checks.pair import Pair, Severity, Side

_WORD = late(r"[^\W_]+(?:['’-][^\W_]+)*")
_BITS, _ALL, _FIRST = 4, 15, 3
"""Bits of a pair, and all of them; letters by which the beginnings of words are kept."""
_PRESENT = "يتنا"
"""The letters with which a verb of the present begins, hamzas folded."""
_CONJUNCTIONS, _PREPOSITIONS, _ARTICLES = "وف", "بكل", ("ال", "لل")


def opposites(pair: Pair) -> Iterator[Finding]:
    """Words of the translation whose opposite is what the source says oftener than the translation."""
    if not pair.from_arabic:
        return
    (one, other), (mine, theirs) = _says(_said(pair.source)), _says(_said(pair.target))
    if not (one & theirs or other & mine):
        return
    source, target = _meant(pair.source), _meant(pair.target)
    for first, crossed, up in ((one & theirs, 0, 1), (other & mine, 1, 0)):
        for bit in _bits(first):
            said, turned = bit << crossed, bit << up
            if _is_turned(source, target, said, turned):
                doubt = _is_reversed(pair.source, said, bit) or _is_reversed(pair.target, turned, bit)
                yield _finding(pair.target, turned, "warning" if doubt else "error")


def _said(side: Side) -> int:
    """What the words of a text say, each by itself."""
    return reduce(or_, map(_SENSES[side.lang].__getitem__, side.words), 0)


def _says(bits: int) -> tuple[int, int]:
    """Of which pairs the first is said, and of which the second."""
    return bits & _each(), bits >> 1 & _each()


def _bits(number: int) -> Iterator[int]:
    """The bits of a number, one by one."""
    while number:
        yield number & -number
        number &= number - 1


def _is_turned(source: list[int], target: list[int], said: int, turned: int) -> bool:
    """Whether the translation says one of a pair less often than its source, and the other more often.

    What may say one counts for it: of the source what could be translated so, of the translation what could stand for
    it, where the source has less that may.
    """
    if _times(target, turned) <= _times(source, turned | turned << 2):
        return False
    spare = max(0, _times(target, said << 2) - _times(source, said << 2))
    return _times(target, said) + spare < _times(source, said)


def _is_reversed(side: Side, said: int, bit: int) -> bool:
    """Whether near a word that says `said` one that says none of the pair may turn it: the end of a detention."""
    senses, rules = _SENSES[side.lang], _rules(side.lang)
    pair = 3 * (bit if bit & _each() else bit >> 1)
    for place, word in enumerate(side.words):
        if senses[word] & said:
            near = side.words[max(0, place - rules.near) : place + rules.near + 1]
            if any(rules.reverses.fullmatch(each) and not senses[each] & pair for each in near):
                return True
    return False


def _times(meant: list[int], bits: int) -> int:
    """How many words of a text say, or may say, one of a pair."""
    return sum(1 for word in meant if word & bits)


def _meant(side: Side) -> list[int]:
    """What each word of a text says beside the others: in a turn nothing, after a denial either of two opposites."""
    words, senses, rules = side.words, _SENSES[side.lang], _rules(side.lang)
    meant = []
    for place, word in enumerate(words):
        if not (bits := senses[word]) or not rules.turns.isdisjoint(_with_neighbours(words, place)):
            continue
        denied = not rules.denials.isdisjoint(words[max(0, place - rules.reach) : place])
        meant.append(_either(bits) if denied else bits)
    return meant


def _with_neighbours(words: list[str], place: int) -> tuple[str, str]:
    """A word with the one before it, and with the one after."""
    return " ".join(words[max(0, place - 1) : place + 1]), " ".join(words[place : place + 2])


def _either(bits: int) -> int:
    """The same pairs, of which either may be meant, but for those that a denial does not turn."""
    touched = (bits | bits >> 1 | bits >> 2 | bits >> 3) & _each() & ~_firm()
    return bits & ~(touched * _ALL) | touched << 2 | touched << 3


def _finding(side: Side, bit: int, severity: Severity) -> Finding:
    """A finding against the word that says the opposite."""
    for word in _WORD.finditer(side.text):
        if _SENSES[side.lang][fold(word[0])] & bit:
            return side.finding("opposites", severity, *word.span())
    return side.finding("opposites", severity, 0, len(side.text))


class Rules(Struct, frozen=True):
    """What denies in a language, so many words on, what may reverse, so near, and two words that say nothing."""

    denials: frozenset[str]
    reach: int
    turns: frozenset[str]
    reverses: re.Pattern[str]
    near: int


@cache
def _rules(lang: str) -> Rules:
    known = table("checks_opposites")
    denials, turns = _written(known["denied"][lang]), _written(known["turns"][lang])
    reverses = compiled(fold(known["reversed"][lang]))
    return Rules(frozenset(denials), known["denied"]["words"], frozenset(turns), reverses, known["reversed"]["words"])


@cache
def _each() -> int:
    """The first bit of every pair."""
    return sum(1 << _BITS * number for number in range(len(_pairs())))


@cache
def _firm() -> int:
    """The first bit of every pair that stays what it is after a denial."""
    return sum(1 << _BITS * number for number, rule in enumerate(_pairs()) if rule.get("firm"))


@cache
def _pairs() -> tuple[dict[str, list[list[str]]], ...]:
    """The pairs of the table, and each two of every group, of which one denied is not the other."""
    of_groups = (
        {key: [words[one], words[other]] for key, words in group.items()} | {"firm": True}
        for group in table("checks_groups")["group"]
        for one, other in combinations(range(len(group["ar"])), 2)
    )
    return (*table("checks_opposites")["pair"], *of_groups)


def _written(words: list[str]) -> Iterator[str]:
    r"""The folded forms of words of the table, "\n" between them when they are folded: a word may be two."""
    for word in fold("\n".join(words)).split("\n"):
        yield from (letter + word[1:] for letter in _PRESENT) if word.startswith("~") else (word,)


@cache
def _forms(lang: str) -> tuple[dict[str, int], dict[str, list[tuple[str, int]]]]:
    """Whole words with their bits; and beginnings of words, by their first letters."""
    whole: dict[str, int] = {}
    begun: dict[str, list[tuple[str, int]]] = {}
    for number, rule in enumerate(_pairs()):
        for place, words in enumerate((*rule[lang], *rule[f"{lang}_may"]), _BITS * number):
            for form in _written(words):
                if form.endswith("*"):
                    begun.setdefault(form[: min(_FIRST, len(form) - 1)], []).append((form[:-1], 1 << place))
                else:
                    whole[form] = whole.get(form, 0) | 1 << place
    return whole, begun


def _sense(lang: str, word: str) -> int:
    """What a folded word says, whatever particles stand before it."""
    whole, begun = _forms(lang)
    found = 0
    for core in _cores(word) if lang == "ar" else (word,):
        found |= whole.get(core, 0)
        for form, bit in (*begun.get(core[:2], ()), *begun.get(core[:_FIRST], ())):
            if core.startswith(form):
                found |= bit
    return found


def _cores(word: str) -> list[str]:
    """A folded Arabic word without one particle after the other; without the article, the letter of the future."""
    cores = [word]
    for letters in (_CONJUNCTIONS, _PREPOSITIONS):
        if cores[-1][0] in letters and len(cores[-1]) > 3:
            cores.append(cores[-1][1:])
    last = cores[-1]
    if last.startswith(_ARTICLES) and len(last) > 4:
        cores.append(last[2:])
    elif last[0] == "س" and last[1:2] in _PRESENT and len(last) > 3:
        cores.append(last[1:])
    return cores


_SENSES = {lang: Memo(partial(_sense, lang)) for lang in ("ar", "en")}
