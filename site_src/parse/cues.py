"""Cues: flags of a line that say which rules may concern it, so that the others need not search its text.

They are looked up for each run of characters between two spaces, most of which have stood on a page before.
"""

from __future__ import annotations

from functools import cache, reduce
from operator import or_

from site_src.tables import table
from site_src.text.fold import fold, fold_all, fold_everyday
from site_src.text.memo import Memo
from site_src.text.patterns import late

UNUSUAL = 1
"""It has characters that are shown or folded in a way of their own."""
TOUCHES = 2
"""It holds a place where words of two texts may touch."""
PHRASE = 4
"""A phrase that may be glued to a paragraph may be near."""

DIVIDER = " \n "
"""What stands between the lines of a page that is looked up as a whole."""
_BETWEEN = 255
_NO_CUES = bytes((0, _BETWEEN))

JUNCTION = late(
    r"[)”»\"“«.!؟](?:(?=\S)(?:(?<=\))(?=[^\W_])|(?<=[”»\"])(?=[“«\"])|(?<=[”»])(?=[^\W_])"
    r"|(?<=[^\W\d_]{3}\")(?=[^\W\d_])|(?<=[^\W\d_]{2}[.!؟])(?=[^\W\d_]{2}))|(?<=[^\W\d_][“«]))"
)
"""Where words of two texts may touch."""


def cues_of(text: str) -> bytes:
    """The cues of each run of a text: a byte a run."""
    return bytes(map(_cues.__getitem__, text.split(" ")))


def by_line(cues: bytes) -> list[bytes]:
    """The cues of a page whose lines `DIVIDER` divides, line by line."""
    return cues.split(bytes((_BETWEEN,)))


def together(cues: bytes) -> int:
    """The cues that any run has."""
    return reduce(or_, cues.translate(None, _NO_CUES), 0)


def _cues_of(run: str) -> int:
    if run == "\n":
        return _BETWEEN
    everyday = fold_everyday(run)
    if everyday is not None and run.isalpha():  # as most are: one word, which no sign ends
        return _tells_phrase(everyday) * PHRASE
    folded = fold(run) if everyday is None else everyday
    return (
        (everyday is None) * UNUSUAL
        | (JUNCTION.search(run) is not None) * TOUCHES
        | any(map(_tells_phrase, folded.split())) * PHRASE
    )


_cues: Memo[int] = Memo(_cues_of)


@cache
def seam_phrases() -> dict[str, tuple[str, ...]]:
    """The folded phrases that may be glued to a paragraph, by their longest word but the first.

    They have two words or more: one may be any sentence's first, but for a label of other articles in Latin letters.
    """
    rows = table("markers")["marker"]
    glued = [phrase for row in rows if row.get("seam") for phrase in row["phrases"] if " " in phrase]
    latin = [phrase for row in rows if row.get("role") == "related" for phrase in row["phrases"]
             if phrase.isascii() and phrase.isalpha()]  # fmt: skip
    found: dict[str, tuple[str, ...]] = {}
    for phrase in fold_all([*glued, *latin]):
        anchor = max(phrase.split()[1:] or [phrase], key=len)
        found[anchor] = (*found.get(anchor, ()), phrase)
    return found


def _tells_phrase(run: str) -> bool:
    firsts, others = _tellers()
    return run.endswith(firsts) or not others.isdisjoint(run.split(":"))


@cache
def _tellers() -> tuple[tuple[str, ...], frozenset[str]]:
    """Of each phrase the longer one, and so the rarer, of its first word, which may be glued itself, and its key."""
    pairs = [(phrase.partition(" ")[0], key) for key, phrases in seam_phrases().items() for phrase in phrases]
    firsts = tuple({first for first, key in pairs if len(first) >= len(key)})
    return firsts, frozenset(key for first, key in pairs if len(first) < len(key))
