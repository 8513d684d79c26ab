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
from itertools import accumulate, compress, count
from typing import NamedTuple, TypeVar

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
    """A form found in a text: its span and who claims it how."""

    start: int
    end: int
    bare: bool
    """Whether it is one word without particles, which the word before may change."""
    claim: Claim
    owners: tuple[str, ...]


Known = TypeVar("Known")
Strip = Callable[[str], Iterator[tuple[int, str]]]
"""The (folded letters cut off the front, rest) that a word may be read as, besides itself."""

Word = tuple[str, int, int]
"""(folded word, start, end) in the text."""


def cut_words(text: str) -> list[Word]:
    """The words of a text with their spans."""
    # An underscore, as in a hashtag, parts words.
    return [(_fold_word(found[0]), *found.span()) for found in _WORD.finditer(text.replace("_", " "))]


def known_pieces(text: str, look_up: Callable[[str], Known]) -> Iterator[tuple[int, Known]]:
    """(place, what is known of it) for each run of `text` without spaces of which `look_up` knows anything."""
    pieces = text.split(" ")
    found = list(map(look_up, pieces))
    if any(found):
        starts = list(accumulate(map(len, pieces), initial=0))
        yield from ((starts[place] + place, found[place]) for place in compress(count(), found))


def form_words(form: str) -> tuple[str, ...]:
    """The folded words of a form."""
    return tuple(word for word, _, _ in cut_words(form) if word)


class Trie:
    """Forms with their claims; `matches` finds them in a text."""

    def __init__(self, strip: Strip):
        self._root = Node()
        self._strip = strip
        self._beginnings = lru_cache(maxsize=_REMEMBERED)(self._begin)

    def add(self, form: tuple[str, ...], name_id: str, claim: Claim) -> None:
        """Record that `name_id` claims `form` (folded words)."""
        node = self._root
        for word in form:
            node = node.next.setdefault(word, Node())
        node.own(name_id, claim)

    def matches(self, text: str) -> Iterator[Match]:
        """Longest forms in `text`, from left to right, never overlapping."""
        text = text.replace("_", " ")
        free = 0
        for start, beginnings in known_pieces(text, self._beginnings):
            for offset, readings in beginnings:
                if start + offset >= free and (match := _match(text, start + offset, readings)):
                    free = match.end
                    yield match

    def _begin(self, piece: str) -> tuple[tuple[int, Readings], ...]:
        """Where in a piece of text without spaces a form may begin, and how its word may be read."""
        found = ((word.start(), self._read(word[0])) for word in _WORD.finditer(piece))
        return tuple((offset, readings) for offset, readings in found if readings)

    def _read(self, written: str) -> Readings:
        """The places of the trie where a word may lead, with the characters cut off it."""
        word, known = fold(written), self._root.next
        return tuple(
            (_letters(written, cut), known[core]) for cut, core in ((0, word), *self._strip(word)) if core in known
        )


Readings = tuple[tuple[int, Node], ...]
"""(characters cut off the front of a word, the node that the rest leads to)."""


def _match(text: str, start: int, readings: Readings) -> Match | None:
    for cut, node in readings:
        end, last = _longest(node, text, start)
        if last:
            return Match(start + cut, end, not cut and last is node, last.claim, last.owners)
    return None


def _longest(node: Node, text: str, start: int) -> tuple[int, Node | None]:
    """The end of the longest form whose first word, at `start`, led to `node`, and its node; None without any."""
    word = _WORD.match(text, start)
    end, best = 0, None
    while word:
        if node.owners:
            end, best = word.end(), node
        following = _WORD.search(text, word.end()) if node.next else None
        if following is None or not _joined(word, following, text):
            break
        word, node = following, node.next.get(_fold_word(following[0]), _NOWHERE)
    return end, best


_NOWHERE = Node()


def _joined(word: re.Match[str], following: re.Match[str], text: str) -> bool:
    gap = text[word.end() : following.start()]
    return gap in _GAPS and (gap != ". " or len(word[0]) == 1)


def _letters(word: str, count: int) -> int:
    """How many characters of `word` its first `count` folded letters take, marks that follow them included."""
    end = count
    while count and end < len(word) and len(fold(word[: end + 1])) <= count:
        end += 1
    return end
