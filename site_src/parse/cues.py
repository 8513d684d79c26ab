"""Cues: flags of a line that say which rules may concern it, so that the others need not search its text.

They are looked up for each token (the characters between two spaces); most tokens have stood on a page before.
"""

from __future__ import annotations

from functools import cache, reduce
from operator import or_

from site_src.tables import table
from site_src.text.fold import fold, fold_all, fold_everyday
from site_src.text.memo import Memo
from site_src.text.patterns import late

UNUSUAL = 1
"""Cue of a token with characters that are shown or folded in a special way."""
TOUCHES = 2
"""Cue of a token in which words of two texts may touch."""
PHRASE = 4
"""Cue of a token that may belong to a phrase which pages glue to paragraphs."""

DIVIDER = " \n "
"""What stands between the lines of a page when its cues are looked up for all lines at once."""
_END_OF_LINE = 255
"""The byte that stands for `DIVIDER` among the cues of a page."""
_NO_CUES = bytes((0, _END_OF_LINE))

JUNCTION = late(
    r"[)”»\"“«.!؟](?:(?=\S)(?:(?<=\))(?=[^\W_])|(?<=[”»\"])(?=[“«\"])|(?<=[”»])(?=[^\W_])"
    r"|(?<=[^\W\d_]{3}\")(?=[^\W\d_])|(?<=[^\W\d_]{2}[.!؟])(?=[^\W\d_]{2}))|(?<=[^\W\d_][“«]))"
)
"""A place where words of two texts may touch: a closing or opening sign without a space beside it."""


def cues_of(text: str) -> bytes:
    """The cues of a text, one byte for each of its tokens."""
    return bytes(map(_token_cues.__getitem__, text.split(" ")))


def split_by_line(cues: bytes) -> list[bytes]:
    """The cues of a page whose lines are divided by `DIVIDER`, line by line."""
    return cues.split(bytes((_END_OF_LINE,)))


def all_cues(cues: bytes) -> int:
    """The cues that at least one token has, as the bits of one number."""
    return reduce(or_, cues.translate(None, _NO_CUES), 0)


def _cues_of_token(token: str) -> int:
    """The cues of a token, as the bits of one number; a special one for the end of a line."""
    if token == "\n":
        return _END_OF_LINE
    everyday = fold_everyday(token)
    if everyday is not None and token.isalpha():  # most tokens are one word without any sign
        return _may_be_of_phrase(everyday) * PHRASE
    folded = fold(token) if everyday is None else everyday
    return (
        (everyday is None) * UNUSUAL
        | (JUNCTION.search(token) is not None) * TOUCHES
        | any(map(_may_be_of_phrase, folded.split())) * PHRASE
    )


_token_cues: Memo[int] = Memo(_cues_of_token)


@cache
def seam_phrases() -> dict[str, tuple[str, ...]]:
    """The folded phrases that pages glue to paragraphs, keyed by their longest word other than the first.

    They have two words or more, since one word may be any sentence's first. Labels of other articles in Latin letters
    may have one word, which is then their key.
    """
    rows = table("markers")["marker"]
    glued = [phrase for row in rows if row.get("seam") for phrase in row["phrases"] if " " in phrase]
    latin = [phrase for row in rows if row.get("role") == "related" for phrase in row["phrases"]
             if phrase.isascii() and phrase.isalpha()]  # fmt: skip
    phrases_by_key: dict[str, tuple[str, ...]] = {}
    for phrase in fold_all([*glued, *latin]):
        key = max(phrase.split()[1:] or [phrase], key=len)
        phrases_by_key[key] = (*phrases_by_key.get(key, ()), phrase)
    return phrases_by_key


def _may_be_of_phrase(word: str) -> bool:
    first_words, keys = _phrase_signs()
    return word.endswith(first_words) or not keys.isdisjoint(word.split(":"))


@cache
def _phrase_signs() -> tuple[tuple[str, ...], frozenset[str]]:
    """One sign for each phrase: its first word, or its key where the key is longer and so rarer.

    The first words stand in the first value. Another text may be glued before them, so that a token only ends with one.
    """
    pairs = [(phrase.partition(" ")[0], key) for key, phrases in seam_phrases().items() for phrase in phrases]
    first_words = tuple({first for first, key in pairs if len(first) >= len(key)})
    return first_words, frozenset(key for first, key in pairs if len(first) < len(key))
