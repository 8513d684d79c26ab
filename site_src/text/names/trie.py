"""A trie of folded words: finds the longest known form at each place of a text, particles stripped.

Words are cut from the text as it stands and folded one by one through a memo, so that spans need no way back
and a word of a thousand articles is folded once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache

from site_src.text.fold import fold

# A word: letters and digits, with the marks and invisible characters that folding drops.
_WORD = re.compile(
    r"[^\W_](?:[^\W_]|[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u061c]"
    r"|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff])*"
)
_GAPS = frozenset([*" -–‑_+.'’\n\u00a0&/", " - ", " – ", " & ", "  ", ". "])
"""What may stand between two words of one name; a comma, quotation mark or stop ends it (". " only after initials)."""

word_of = lru_cache(maxsize=1 << 16)(fold)


class Claim(IntEnum):
    """How strongly a form stands for a name; the lowest wins where names share a form."""

    FULL = 0
    SHORT = 1
    """Counts only in an article that has a full form of the same name."""
    ADJECTIVE = 2


@dataclass(slots=True)
class Node:
    """A place in the trie: the words that may follow, and who claims the form that ends here."""

    next: dict[str, Node] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)

    def add(self, form: tuple[str, ...], name_id: str, claim: Claim) -> None:
        """Record that `name_id` claims `form` (folded words); its strongest claim stays."""
        node = self
        for word in form:
            node = node.next.setdefault(word, Node())
        node.claims[name_id] = min(claim, node.claims.get(name_id, claim))


@dataclass(frozen=True, slots=True)
class Match:
    """A form found in a text: its span, words before it, and who claims it."""

    start: int
    end: int
    length: int
    """Words of the form."""
    before: str
    """The folded word before it, joined by a mere space; "" where there is none."""
    claims: dict[str, Claim]


Strip = Callable[[str], Iterator[tuple[int, str]]]
"""The (folded letters cut off the front, rest) that a word may be read as, besides itself."""

Word = tuple[str, int, int]
"""(folded word, start, end) in the text."""


def cut_words(text: str) -> list[Word]:
    """The words of a text with their spans."""
    return [(word_of(found[0]), found.start(), found.end()) for found in _WORD.finditer(text)]


def form_words(form: str) -> tuple[str, ...]:
    """The folded words of a form."""
    return tuple(word for word, _, _ in cut_words(form))


def matches(root: Node, text: str, strip: Strip) -> Iterator[Match]:
    """Longest forms of the trie in `text`, from left to right, never overlapping."""
    words = cut_words(text)
    place, known = 0, root.next
    while place < len(words):
        word, start, _ = words[place]
        for cut, core in ((0, word), *strip(word)):
            if (node := known.get(core)) and (found := _longest(node, words, place, text)):
                end, claims = found
                before = _before(words, place, text) if not cut else ""
                yield Match(start + _letters(text[start:], cut), words[end][2], end - place + 1, before, claims)
                place = end
                break
        place += 1


def _longest(node: Node, words: list[Word], place: int, text: str) -> tuple[int, dict[str, Claim]] | None:
    """(place of the last word, claims) of the longest form that goes on from `node`."""
    best = (place, node.claims) if node.claims else None
    while node.next and place + 1 < len(words):
        following = node.next.get(words[place + 1][0])
        if following is None or not _joined(words, place, text):
            break
        node, place = following, place + 1
        if node.claims:
            best = (place, node.claims)
    return best


def _joined(words: list[Word], place: int, text: str) -> bool:
    gap = text[words[place][2] : words[place + 1][1]]
    return gap in _GAPS and (gap != ". " or len(words[place][0]) == 1)


def _before(words: list[Word], place: int, text: str) -> str:
    if not place or text[words[place - 1][2] : words[place][1]] not in _GAPS:
        return ""
    return words[place - 1][0]


def _letters(text: str, count: int) -> int:
    """How many characters of `text` its first `count` folded letters take, marks that follow them included."""
    end = count
    while count and len(fold(text[:end])) < count:
        end += 1
    while count and len(fold(text[: end + 1])) == count and end < len(text):
        end += 1
    return end
