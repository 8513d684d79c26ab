"""The lexicon of news: which words of a text its translation has a word for, seen from either side.

`tables/lexicon.toml` gives for the bases of common Arabic words the beginnings of all English words that may stand for
them. What it does not have is neither here nor there: names, figures and rare words say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from site_src.tables import table
from site_src.text.fold import fold_all
from site_src.text.words import word_memo

_WHOLE = 3
"""A beginning of so many letters is a word, which takes no more than an ending: "oil" is not in "oilman"."""


def _senses(word: str) -> frozenset[str]:
    """The beginnings of English words for a folded Arabic word, by the bases from which it has least beside it."""
    known = [(gone, base) for gone, base in _stripped(word) if base in _bases()]
    least = min(known)[0] if known else 0
    return frozenset[str]().union(*(_bases()[base] for gone, base in known if gone == least))


senses = word_memo(_senses).__getitem__
"""The beginnings of English words for a folded Arabic word; none where the lexicon does not have it."""


def _beginnings(word: str) -> frozenset[str]:
    known = _english()
    forms = [word, *(word.removeprefix(turn) for turn in table("lexicon")["turning"] if word.startswith(turn))]
    return frozenset(one for form in forms for one in _beginning(form) if one in known)


def _beginning(word: str) -> Iterator[str]:
    """All that a word begins with, and the short words of which it is a form."""
    yield from (word[:length] for length in range(_WHOLE + 1, len(word) + 1))
    for ending in table("lexicon")["endings"]:
        if not word.endswith(ending):
            continue
        stem = word[: len(word) - len(ending)]
        if len(stem) <= _WHOLE:
            yield stem
        elif ending and len(stem) == _WHOLE + 1 and stem[-1] == stem[-2]:  # cutting, putting
            yield stem[:-1]


beginnings = word_memo(_beginnings).__getitem__
"""Those beginnings of the lexicon that an English word in small letters has."""


def _stripped(word: str) -> Iterator[tuple[int, str]]:
    """What a word may be a form of, with how many letters that leaves out."""
    for before in table("lexicon")["before"]:
        if not word.startswith(before):
            continue
        rest = word[len(before) :]
        for after in table("lexicon")["after"]:
            base = rest[: len(rest) - len(after)]
            if not rest.endswith(after) or (len(base) < _WHOLE and base != word):
                continue
            gone = len(before) + len(after)
            yield gone, base
            if base[0] in "تنا" and len(base) > _WHOLE:
                yield gone, f"ي{base[1:]}"


@cache
def _bases() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for bases, english in table("lexicon")["words"].items():
        said = frozenset(english.split())
        for base in fold_all(bases.split()):
            found[base] = found.get(base, frozenset()) | said
            if base.endswith("ه") and len(base) > _WHOLE:  # ة, which endings take the place of
                found[base[:-1]] = found.get(base[:-1], frozenset()) | said
    return found


@cache
def _english() -> frozenset[str]:
    return frozenset(word for said in _bases().values() for word in said)
