"""Words as the summary reads them: the stem by which two count as the same, and the cues that each is.

Stems are for comparing only; they are never shown and no fact is read off them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from sys import intern

from msgspec import Struct

from site_src.tables import table
from site_src.text.fold import fold, fold_all
from site_src.text.memo import Memo
from site_src.text.patterns import late
from site_src.text.words import without_conjunction, word_memo

_FOUR_DIGITS = late(r"(?<![\d.,])\d{4}(?![.,]?\d)")
_YEARS = range(1800, 2100)
"""What four digits are a year; others are amounts."""
_EDGES = "«»“”„\"'’()[]{}،,؛;:.!?؟…-–—*•"

Openings = tuple[tuple[tuple[str, ...], str], ...]
"""(the further words of a phrase, the kind of cue that it is)."""

bare: Callable[[str], str] = word_memo(lambda written: fold(written).strip(_EDGES)).__getitem__
"""A word as it stands between spaces, folded and without the marks around it; "" for marks alone."""


def _stem_of(written: str) -> str:
    word = bare(written)
    silent = len(word) < 2 or not _stop_words().isdisjoint((word, without_conjunction(word)))
    return "" if silent else intern(stem(word))


def _kinds_of(written: str) -> tuple[str, ...]:
    word = bare(written)
    kinds = _kinds().get(word) or _kinds().get(without_conjunction(word), ())
    figure = not word.isalpha() and any(letter.isdigit() for letter in word)
    return ("figure", *(("year",) if latest_year(written) else ()), *kinds) if figure else kinds


def _latest_year(written: str) -> int:
    return max((one for one in map(int, _FOUR_DIGITS.findall(written)) if one in _YEARS), default=0)


def _opened_by(written: str) -> Openings:
    word = bare(written)
    return _openings().get(word) or _openings().get(without_conjunction(word), ())


stems: Memo[str] = word_memo(_stem_of)
"""The stem of a written word; "" for words that say nothing of what a text is about. Stems that are equal are one."""
kinds: Memo[tuple[str, ...]] = word_memo(_kinds_of)
"""The cues of a written word wherever it stands: "figure", "year", "saying", and those of `summary_cues.holding`."""
latest_year: Callable[[str], int] = word_memo(_latest_year).__getitem__
"""The latest of the years that a written word holds; 0 for a word that holds none."""
opened_by: Callable[[str], Openings] = word_memo(_opened_by).__getitem__
"""The phrases of `summary_cues.opening` that a written word may open, with or without a conjunction before it."""


def stem(folded: str) -> str:
    """The folded word without article, the particles before it, and the commonest endings."""
    rules = _rules()
    word = _without_front(folded, rules)
    for row in rules.endings:
        if word.endswith(row):
            ending = next((end for end in row if word.endswith(end) and len(word) - len(end) >= rules.least), "")
            word = word.removesuffix(ending)
    return word


def _without_front(word: str, rules: _Rules) -> str:
    for front in rules.articles if word.startswith(rules.articles) else ():
        if word.startswith(front) and len(word) - len(front) >= rules.least:
            return word[len(front) :]
    return word[1:] if len(word) > rules.bare_least and word.startswith(rules.bare) else word


class _Rules(Struct, frozen=True, gc=False):
    """What is cut off a word, and what must remain of it: `stop_words.stem`."""

    articles: tuple[str, ...]
    bare: tuple[str, ...]
    endings: tuple[tuple[str, ...], ...]
    least: int
    bare_least: int


@cache
def _rules() -> _Rules:
    rules = table("stop_words")["stem"]
    endings = tuple(map(tuple, rules["endings"]))
    return _Rules(tuple(rules["articles"]), tuple(rules["bare"]), endings, rules["least"], rules["bare_least"])


@cache
def _stop_words() -> frozenset[str]:
    kinds = ("particles", "pronouns", "verbs", "quantities", "times")
    return frozenset(fold_all([word for kind in kinds for word in table("stop_words")[kind]]))


@cache
def _kinds() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    cues, said = table("summary_cues"), [form for verb in table("verbs")["verb"].values() for form in verb["ar"]]
    for kind, words in {"figure": cues["numbers"], "saying": said, **cues["holding"]}.items():
        for word in set(fold_all(words)):
            found[word] = (*found.get(word, ()), kind)
    return found


@cache
def _openings() -> dict[str, Openings]:
    """First word of a phrase -> the phrases that it opens."""
    found: dict[str, Openings] = {}
    for kind, phrases in table("summary_cues")["opening"].items():
        for first, *rest in map(str.split, fold_all(phrases)):
            found[first] = (*found.get(first, ()), (tuple(rest), kind))
    return found
