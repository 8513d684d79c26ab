"""Opposites: where the source says that something rose, the translation does not say that it fell.

The meaning of a word is one integer ("bits") with four bits for each pair of opposites of the tables: the word means
the first, means the second, may mean the first, may mean the second. The meanings of all words of a text are joined
with "or", so that two texts are compared in one step for all pairs. The words are counted only where the texts differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial, reduce
from itertools import combinations
from operator import or_
from typing import Literal

from msgspec import Struct

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.memo import Memo
from site_src.text.patterns import compiled, late
from site_src.translate.checks.pair import Pair, Severity, Side

_WORD = late(r"[^\W_]+(?:['’-][^\W_]+)*")
_BITS_PER_PAIR = 4
_ALL_BITS = 0b1111
"""All bits of one pair."""
_KEY_LETTERS = 3
"""Beginnings of words are indexed by so many letters."""
_PRESENT_TENSE_LETTERS = "يتنا"
"""The letters with which a verb in the present tense begins, hamzas folded."""
_CONJUNCTIONS, _PREPOSITIONS, _ARTICLES = "وف", "بكل", ("ال", "لل")


def check_opposites(pair: Pair) -> Iterator[Finding]:
    """Words of the translation whose opposite the source has, and has more often than the translation."""
    if not pair.from_arabic:
        return
    source_first, source_second = _split_meaning(_meaning_of_all_words(pair.source))
    target_first, target_second = _split_meaning(_meaning_of_all_words(pair.target))
    first_to_second, second_to_first = source_first & target_second, source_second & target_first
    if not (first_to_second or second_to_first):
        return
    source, target = _meanings_in_context(pair.source), _meanings_in_context(pair.target)
    reversals = [
        *((pair_bit, pair_bit, pair_bit << 1) for pair_bit in _each_bit(first_to_second)),
        *((pair_bit, pair_bit << 1, pair_bit) for pair_bit in _each_bit(second_to_first)),
    ]
    for pair_bit, source_bit, target_bit in reversals:
        if not _is_reversed(source, target, source_bit, target_bit):
            continue
        by_neighbour = _may_be_reversed_by_neighbour(pair.source, source_bit, pair_bit)
        doubtful = by_neighbour or _may_be_reversed_by_neighbour(pair.target, target_bit, pair_bit)
        yield _finding(pair.target, target_bit, "warning" if doubtful else "error")


def _meaning_of_all_words(side: Side) -> int:
    """The bits of all words of a text, each word taken by itself."""
    return reduce(or_, map(_MEANINGS[side.lang].__getitem__, side.words), 0)


def _split_meaning(bits: int) -> tuple[int, int]:
    """The first bit of each pair of which the first opposite is meant, and of each of which the second is."""
    return bits & _first_bits(), bits >> 1 & _first_bits()


def _each_bit(bits: int) -> Iterator[int]:
    """The bits that are set, one by one from the lowest."""
    while bits:
        yield bits & -bits
        bits &= bits - 1


def _is_reversed(source: list[int], target: list[int], source_bit: int, target_bit: int) -> bool:
    """Whether the translation means one opposite less often than its source, and the other one more often.

    A word that may mean an opposite counts for it: in the source if it could be translated so, in the translation if it
    could stand for it and the source has fewer such words.
    """
    if _count(target, target_bit) <= _count(source, target_bit | target_bit << 2):
        return False
    spare = max(0, _count(target, source_bit << 2) - _count(source, source_bit << 2))
    return _count(target, source_bit) + spare < _count(source, source_bit)


def _may_be_reversed_by_neighbour(side: Side, bit: int, pair_bit: int) -> bool:
    """Whether a word near one with this bit, itself of another meaning, may reverse it: the end of a detention."""
    meanings, rules = _MEANINGS[side.lang], _rules(side.lang)
    bits_of_pair = 0b11 * pair_bit
    is_steady = bool(pair_bit & _pairs_with("steady"))
    for index, word in enumerate(side.words):
        if not meanings[word] & bit:
            continue
        neighbours = side.words[max(0, index - rules.reverse_reach) : index + rules.reverse_reach + 1]
        if is_steady and rules.denials.isdisjoint(neighbours):
            continue
        if any(rules.reverses.fullmatch(other) and not meanings[other] & bits_of_pair for other in neighbours):
            return True
    return False


def _count(meanings: list[int], bits: int) -> int:
    """How many words of a text have one of these bits."""
    return sum(1 for meaning in meanings if meaning & bits)


def _meanings_in_context(side: Side) -> list[int]:
    """The bits of each word that has a meaning: none in an idiom, both opposites after a denial."""
    words, meanings, rules = side.words, _MEANINGS[side.lang], _rules(side.lang)
    in_context = []
    for index, word in enumerate(words):
        bits = meanings[word]
        if not bits or not rules.idioms.isdisjoint(_with_neighbours(words, index)):
            continue
        is_denied = not rules.denials.isdisjoint(words[max(0, index - rules.denial_reach) : index])
        in_context.append(_either_opposite(bits) if is_denied else bits)
    return in_context


def _with_neighbours(words: list[str], index: int) -> tuple[str, str]:
    """A word with the one before it, and with the one behind it."""
    return " ".join(words[max(0, index - 1) : index + 1]), " ".join(words[index : index + 2])


def _either_opposite(bits: int) -> int:
    """The bits after a denial: either opposite of each pair may be meant, except where a denial does not reverse it."""
    affected = (bits | bits >> 1 | bits >> 2 | bits >> 3) & _first_bits() & ~_pairs_with("firm")
    return bits & ~(affected * _ALL_BITS) | affected << 2 | affected << 3


def _finding(side: Side, bit: int, severity: Severity) -> Finding:
    """A finding against the first word that has this bit."""
    for word in _WORD.finditer(side.text):
        if _MEANINGS[side.lang][fold(word[0])] & bit:
            return side.finding("opposites", severity, *word.span())
    return side.finding("opposites", severity, 0, len(side.text))


class Rules(Struct, frozen=True):
    """What changes the meaning of words in a language."""

    denials: frozenset[str]
    denial_reach: int
    """How many words behind itself a denial changes."""
    idioms: frozenset[str]
    """Two words each that together have no meaning of a pair."""
    reverses: re.Pattern[str]
    reverse_reach: int
    """How many words before or behind itself a reversing word may change."""


@cache
def _rules(lang: str) -> Rules:
    rules = table("checks_opposites")
    return Rules(
        denials=frozenset(_expand(rules["denied"][lang])),
        denial_reach=rules["denied"]["words"],
        idioms=frozenset(_expand(rules["turns"][lang])),
        reverses=compiled(fold(rules["reversed"][lang])),
        reverse_reach=rules["reversed"]["words"],
    )


@cache
def _first_bits() -> int:
    """The first bit of every pair."""
    return sum(1 << _BITS_PER_PAIR * number for number in range(len(_pairs())))


@cache
def _pairs_with(mark: Literal["firm", "steady"]) -> int:
    """The first bit of every pair that a denial does not reverse ("firm"), or that nothing else does ("steady")."""
    return sum(1 << _BITS_PER_PAIR * number for number, rule in enumerate(_pairs()) if rule.get(mark))


@cache
def _pairs() -> tuple[dict[str, list[list[str]]], ...]:
    """The pairs of the table, and every two words of each group, where a denied word does not mean another one."""
    pairs_of_groups = (
        {key: [words[first], words[second]] for key, words in group.items()} | {"firm": True}
        for group in table("checks_groups")["group"]
        for first, second in combinations(range(len(group["ar"])), 2)
    )
    return (*table("checks_opposites")["pair"], *pairs_of_groups)


def _expand(words: list[str]) -> Iterator[str]:
    r"""The folded forms of words of the table; "~" stands for each letter of the present tense.

    They are folded together, "\n" between them, because one entry may be two words.
    """
    for word in fold("\n".join(words)).split("\n"):
        yield from (letter + word[1:] for letter in _PRESENT_TENSE_LETTERS) if word.startswith("~") else (word,)


@cache
def _forms(lang: str) -> tuple[dict[str, int], dict[str, list[tuple[str, int]]]]:
    """Whole words to their bits; and beginnings of words with their bit, indexed by their first letters."""
    bits_by_word: dict[str, int] = {}
    beginnings: dict[str, list[tuple[str, int]]] = {}
    for number, rule in enumerate(_pairs()):
        for position, words in enumerate((*rule[lang], *rule[f"{lang}_may"]), _BITS_PER_PAIR * number):
            for form in _expand(words):
                if form.endswith("*"):
                    key = form[: min(_KEY_LETTERS, len(form) - 1)]
                    beginnings.setdefault(key, []).append((form[:-1], 1 << position))
                else:
                    bits_by_word[form] = bits_by_word.get(form, 0) | 1 << position
    return bits_by_word, beginnings


def _meaning(lang: str, word: str) -> int:
    """The bits of a folded word, with or without the particles on its front."""
    bits_by_word, beginnings = _forms(lang)
    bits = 0
    for stem in _stems(word) if lang == "ar" else (word,):
        bits |= bits_by_word.get(stem, 0)
        for beginning, bit in (*beginnings.get(stem[:2], ()), *beginnings.get(stem[:_KEY_LETTERS], ())):
            if stem.startswith(beginning):
                bits |= bit
    return bits


def _stems(word: str) -> list[str]:
    """A folded Arabic word, then without its conjunction, its preposition, and its article or letter of the future."""
    stems = [word]
    for particles in (_CONJUNCTIONS, _PREPOSITIONS):
        if stems[-1][0] in particles and len(stems[-1]) > 3:
            stems.append(stems[-1][1:])
    last = stems[-1]
    if last.startswith(_ARTICLES) and len(last) > 4:
        stems.append(last[2:])
    elif last[0] == "س" and last[1:2] in _PRESENT_TENSE_LETTERS and len(last) > 3:
        stems.append(last[1:])
    return stems


_MEANINGS = {lang: Memo(partial(_meaning, lang)) for lang in ("ar", "en")}
