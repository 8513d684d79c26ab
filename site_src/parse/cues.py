"""Cues: what is known of each run of characters between two spaces, by one look-up: its number, and what it may be.

A page is cut at its spaces once. Most runs have stood on a page before, so that rules which few lines can concern ask
the line for its cues instead of searching its text, and merging finds the words numbered.
"""

from __future__ import annotations

from functools import cache, reduce
from operator import or_

from site_src.tables import table
from site_src.text.fold import fold, fold_all, fold_everyday
from site_src.text.memo import Memo
from site_src.text.patterns import late
from site_src.text.shingles import number

UNUSUAL = 1
"""It has characters that are shown or folded in a way of their own."""
TOUCHES = 2
"""It holds a place where words of two texts may touch."""
PHRASE = 4
"""A phrase that may be glued to a paragraph may be near."""
UNNUMBERED = 8
"""It has no number of its own: it holds no word, or white space that is no space."""

DIVIDER = " \n "
"""What stands between the lines of a page that is looked up as a whole."""
_SIZE = 8
"""Bytes that are known of each run: four of its number, then its cues."""
_BETWEEN = b"\xff" * _SIZE
_NONE = b"\x00\xff"

JUNCTION = late(
    r"[)”»\"“«.!؟](?:(?=\S)(?:(?<=\))(?=[^\W_])|(?<=[”»\"])(?=[“«\"])|(?<=[”»])(?=[^\W_])"
    r"|(?<=[^\W\d_]{3}\")(?=[^\W\d_])|(?<=[^\W\d_]{2}[.!؟])(?=[^\W\d_]{2}))|(?<=[^\W\d_][“«]))"
)
"""Where words of two texts may touch."""


def known_of(text: str) -> bytes:
    """What is known of the runs of a text, packed one behind the other."""
    return b"".join(map(_known.__getitem__, text.split(" ")))


def by_line(known: bytes) -> list[bytes]:
    """What is known of a page whose lines `DIVIDER` divides, line by line."""
    return known.split(_BETWEEN)


def cues_in(known: bytes) -> int:
    """The cues that any run has."""
    return reduce(or_, known[4::_SIZE].translate(None, _NONE), 0)


def numbers_in(known: bytes) -> bytes:
    """The numbers of the runs, none of which is without one."""
    return memoryview(known).cast("I")[::2].tobytes()


def _known_of(run: str) -> bytes:
    if run == DIVIDER.strip(" "):
        return _BETWEEN
    everyday, letters = fold_everyday(run), run.isalpha()
    folded = fold(run) if everyday is None else everyday
    own = number(run, folded) if letters or len(run.split()) == 1 else b""
    cues = (
        (everyday is None) * UNUSUAL
        | (not letters and JUNCTION.search(run) is not None) * TOUCHES
        | any(map(_tells_phrase, folded.split())) * PHRASE
        | (not own) * UNNUMBERED
    )
    return (own or bytes(4)) + cues.to_bytes(_SIZE - 4, "little")


_known: Memo[bytes] = Memo(_known_of)


@cache
def seam_phrases() -> dict[str, tuple[str, ...]]:
    """The folded phrases of two words or more that may be glued to a paragraph, by their longest word but the first."""
    rows = [row for row in table("markers")["marker"] if row.get("seam")]
    found: dict[str, tuple[str, ...]] = {}
    for phrase in fold_all([phrase for row in rows for phrase in row["phrases"] if " " in phrase]):
        anchor = max(phrase.split()[1:], key=len)
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
