"""Words as the summary reads them: the stem by which two words count as the same, and the cues that a word gives.

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
"""Four digits in this range are a year; others are an amount."""
_EDGES = "«»“”„\"'’()[]{}،,؛;:.!?؟…-–—*•"

Openings = tuple[tuple[tuple[str, ...], str], ...]
"""(the further words of a phrase, the kind of cue that it is)."""

bare: Callable[[str], str] = word_memo(lambda written: fold(written).strip(_EDGES)).__getitem__
"""A word as it stands between spaces, folded and without the marks around it; "" for marks alone."""


def _stem_of(written: str) -> str:
    word = bare(written)
    says_nothing = len(word) < 2 or not _stop_words().isdisjoint((word, without_conjunction(word)))
    return "" if says_nothing else intern(stem(word))


def _kinds_of(written: str) -> tuple[str, ...]:
    word = bare(written)
    kinds = _kinds().get(word) or _kinds().get(without_conjunction(word), ())
    has_digit = not word.isalpha() and any(letter.isdigit() for letter in word)
    return ("figure", *(("year",) if latest_year(written) else ()), *kinds) if has_digit else kinds


def _latest_year(written: str) -> int:
    return max((year for year in map(int, _FOUR_DIGITS.findall(written)) if year in _YEARS), default=0)


def _opened_by(written: str) -> Openings:
    word = bare(written)
    return _openings().get(word) or _openings().get(without_conjunction(word), ())


stems: Memo[str] = word_memo(_stem_of)
"""The stem of a written word; "" for words that say nothing of what a text is about. Equal stems are one object."""
kinds: Memo[tuple[str, ...]] = word_memo(_kinds_of)
"""The cues of a written word wherever it stands: "figure", "year", "saying", and those of `summary_cues.holding`."""
latest_year: Callable[[str], int] = word_memo(_latest_year).__getitem__
"""The latest of the years that a written word holds; 0 for a word that holds none."""
opened_by: Callable[[str], Openings] = word_memo(_opened_by).__getitem__
"""The phrases of `summary_cues.opening` that a written word may open, with or without a conjunction before it."""


def stem(folded: str) -> str:
    """The folded word without its article, the particles before it, and the commonest endings."""
    rules = _rules()
    word = _without_prefix(folded, rules)
    for endings in rules.endings:
        if word.endswith(endings):
            fitting = next(
                (ending for ending in endings if word.endswith(ending) and len(word) - len(ending) >= rules.least), ""
            )
            word = word.removesuffix(fitting)
    return word


def _without_prefix(word: str, rules: _Rules) -> str:
    for article in rules.articles if word.startswith(rules.articles) else ():
        if word.startswith(article) and len(word) - len(article) >= rules.least:
            return word[len(article) :]
    return word[1:] if len(word) > rules.bare_least and word.startswith(rules.bare) else word


class _Rules(Struct, frozen=True, gc=False):
    """What is cut off a word, and how much of it must remain: `stop_words.stem`."""

    articles: tuple[str, ...]
    """The article, with and without particles before it."""
    bare: tuple[str, ...]
    """Particles without the article."""
    endings: tuple[tuple[str, ...], ...]
    """In rows; of each row one ending is cut off at most."""
    least: int
    """Letters that must remain."""
    bare_least: int
    """A word with more letters than this loses its particle."""


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
    """Folded word to the cues that it gives."""
    kinds: dict[str, tuple[str, ...]] = {}
    cues, sayings = table("summary_cues"), [form for verb in table("verbs")["verb"].values() for form in verb["ar"]]
    for kind, words in {"figure": cues["numbers"], "saying": sayings, **cues["holding"]}.items():
        for word in set(fold_all(words)):
            kinds[word] = (*kinds.get(word, ()), kind)
    return kinds


@cache
def _openings() -> dict[str, Openings]:
    """First word of a phrase to the phrases that it opens."""
    openings: dict[str, Openings] = {}
    for kind, phrases in table("summary_cues")["opening"].items():
        for first, *rest in map(str.split, fold_all(phrases)):
            openings[first] = (*openings.get(first, ()), (tuple(rest), kind))
    return openings
