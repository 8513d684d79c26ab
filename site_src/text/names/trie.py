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
from typing import NamedTuple

from site_src.text.fold import fold

# A word: letters and digits, with the marks and invisible characters that folding drops.
_WORD = re.compile(
    r"\w[\w\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u061c"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*"
)
_GAPS = frozenset([*" -–‑_+.'’\n\u00a0&/", " - ", " – ", " & ", "  ", ". "])
"""What may stand between two words of one name; a comma, quotation mark or stop ends it (". " only after initials)."""

_REMEMBERED = 1 << 16
"""Words whose folding and readings are kept: more than a hundred thousand words of news hold."""
_fold_word = lru_cache(maxsize=_REMEMBERED)(fold)


class Claim(IntEnum):
    """How strongly a form stands for a name; the lowest wins where names share a form."""

    FULL = 0
    SHORT = 1
    """Counts only in an article that has a full form of the same name."""
    ADJECTIVE = 2


@dataclass(slots=True)
class Node:
    """A place in the trie: the words that may follow, and the names that claim the form that ends here most."""

    next: dict[str, Node] = field(default_factory=dict)
    claim: Claim = Claim.ADJECTIVE
    owners: tuple[str, ...] = ()

    def own(self, name_id: str, claim: Claim) -> None:
        """Let `name_id` claim the form; a stronger claim displaces weaker ones."""
        if not self.owners or claim < self.claim:
            self.claim, self.owners = claim, (name_id,)
        elif claim == self.claim and name_id not in self.owners:
            self.owners += (name_id,)


class Match(NamedTuple):
    """A form found in a text: its span, the word before it, and who claims it how."""

    start: int
    end: int
    before: str
    """The folded word before a name of one word, joined by a mere space; "" where there is none."""
    claim: Claim
    owners: tuple[str, ...]


Strip = Callable[[str], Iterator[tuple[int, str]]]
"""The (folded letters cut off the front, rest) that a word may be read as, besides itself."""

Word = tuple[str, int, int]
"""(folded word, start, end) in the text."""


def cut_words(text: str) -> list[Word]:
    """The words of a text with their spans."""
    return [(_fold_word(found[0]), found.start(), found.end()) for found in _words(text)]


def _words(text: str) -> list[re.Match[str]]:
    """The words of a text; an underscore, as in a hashtag, parts them."""
    return list(_WORD.finditer(text.replace("_", " ")))


def form_words(form: str) -> tuple[str, ...]:
    """The folded words of a form."""
    return tuple(word for word, _, _ in cut_words(form) if word)


class Trie:
    """Forms with their claims; `matches` finds them in a text."""

    def __init__(self, strip: Strip):
        self._root = Node()
        self._strip = strip
        self._readings = lru_cache(maxsize=_REMEMBERED)(self._read)

    def add(self, form: tuple[str, ...], name_id: str, claim: Claim) -> None:
        """Record that `name_id` claims `form` (folded words)."""
        node = self._root
        for word in form:
            node = node.next.setdefault(word, Node())
        node.own(name_id, claim)

    def matches(self, text: str) -> Iterator[Match]:
        """Longest forms in `text`, from left to right, never overlapping."""
        words = _words(text)
        free = 0
        for place, word in enumerate(words):
            readings = self._readings(word[0])
            if readings and place >= free:
                for cut, node in readings:
                    if found := _longest(node, words, place, text):
                        yield _match(words, place, cut, *found)
                        free = found[0] + 1
                        break

    def _read(self, written: str) -> tuple[tuple[int, Node], ...]:
        """The places of the trie where a word may lead, with the letters cut off it."""
        word, known = fold(written), self._root.next
        return tuple((cut, known[core]) for cut, core in ((0, word), *self._strip(word)) if core in known)


Words = list[re.Match[str]]


def _match(words: Words, place: int, cut: int, last: int, node: Node) -> Match:
    start = words[place].start() + (_letters(words[place][0], cut) if cut else 0)
    before = ""
    if place and place == last and not cut and words[place].string[words[place - 1].end() : start] in _GAPS:
        before = _fold_word(words[place - 1][0])
    return Match(start, words[last].end(), before, node.claim, node.owners)


def _longest(node: Node, words: Words, place: int, text: str) -> tuple[int, Node] | None:
    """The longest form that goes on from `node`: the place of its last word, and its node."""
    best = (place, node) if node.owners else None
    while node.next and place + 1 < len(words):
        following = node.next.get(_fold_word(words[place + 1][0]))
        if following is None or not _joined(words[place], words[place + 1], text):
            break
        node, place = following, place + 1
        if node.owners:
            best = (place, node)
    return best


def _joined(word: re.Match[str], following: re.Match[str], text: str) -> bool:
    gap = text[word.end() : following.start()]
    return gap in _GAPS and (gap != ". " or len(word[0]) == 1)


@lru_cache(maxsize=_REMEMBERED)
def _letters(word: str, count: int) -> int:
    """How many characters of `word` its first `count` folded letters take, marks that follow them included."""
    end = count
    while end < len(word) and len(fold(word[: end + 1])) <= count:
        end += 1
    return end
