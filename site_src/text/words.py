"""Words of a text, folded, with their spans; and memos of what is known of each word.

Most words of an article have stood in an article before. Words are cut from the unfolded text and folded one by one
through a memo, so that their spans need no conversion and a word of a thousand articles is folded once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import groupby
from typing import TypeVar

from site_src.tables import table
from site_src.text.fold import fold, fold_all
from site_src.text.memo import Memo
from site_src.text.patterns import late

# A word: letters and digits, with the marks and invisible characters that folding drops.
WORD = late(
    r"\w[\w\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u061c"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*"
)
_REMEMBERED = 1 << 16
"""Words that a memo remembers: more different ones than a hundred thousand words of news have."""

CONJUNCTIONS, PREPOSITIONS = ("و", "ف"), ("ب", "ل", "ك")
"""The letters that Arabic writes onto the word behind them: and, so; in, for, as."""


def without_conjunction(folded: str) -> str:
    """The folded word without و or ف at its beginning, if it has one."""
    return folded[1:] if folded.startswith(CONJUNCTIONS) else folded


Word = tuple[str, int, int]
"""(folded word, start, end) in the text."""
Known = TypeVar("Known")


def word_memo(look_up: Callable[[str], Known]) -> Memo[Known]:
    """A memo of a pure function of words."""
    return Memo(look_up, _REMEMBERED)


_folded = word_memo(fold)
folded_word = _folded.__getitem__
"""One word, folded."""


def fold_in_advance(forms: Iterable[str]) -> None:
    """Fold the words of many forms at once, which takes a third of the time, before they are asked for one by one."""
    words = WORD.findall("\n".join(forms).replace("_", " "))
    _folded.update(zip(words, fold_all(words), strict=True))


@cache
def folded_list(name: str, *keys: str) -> frozenset[str]:
    """The words of the list at these keys of the table `name`, folded."""
    value = table(name)
    for key in keys:
        value = value[key]
    return frozenset(fold_all([*value]))


def alternatives(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, folded, longer ones first; those with one first letter share it."""
    longest_first = sorted({*fold_all([*phrases])}, key=lambda phrase: (phrase[0], -len(phrase), phrase))
    groups = groupby(longest_first, key=lambda phrase: phrase[0])
    return "|".join(f"{letter}(?:{'|'.join(_pattern_of(phrase[1:]) for phrase in group)})" for letter, group in groups)


def _pattern_of(phrase: str) -> str:
    return re.escape(phrase).replace(r"\ ", r"\s")


def cut_words(text: str) -> list[Word]:
    """The words of a text with their spans; an underscore parts words, as in a hashtag."""
    return [(folded_word(match[0]), *match.span()) for match in WORD.finditer(text.replace("_", " "))]


words_of = word_memo(lambda piece: tuple(cut_words(piece))).__getitem__
"""The words of a piece without spaces, remembered: all searches for words in a text ask for the same pieces."""


def form_words(form: str) -> tuple[str, ...]:
    """The folded words of a form, as of a name."""
    return tuple(filter(None, map(folded_word, WORD.findall(form.replace("_", " ")))))
