"""A trie of folded words: finds the longest known form at each place of a text, particles stripped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from msgspec import Struct

from site_src.text.cut import CutText
from site_src.text.fold import FATHATAN, fold
from site_src.text.words import WORD, folded_word, word_memo, words_of

_GAPS = frozenset([*" -–‑_+.'’\n\u00a0&/", " - ", " – ", " & ", "  ", ". "])
"""What may stand between two words of one name; a comma, quotation mark or stop ends it (". " only after initials)."""


class Claim(IntEnum):
    """How strongly a form stands for a name; the lowest wins where names share a form."""

    FULL = 0
    SHORT = 1
    """Counts only in an article that has a full form of the same name."""
    ADJECTIVE = 2


class Form(NamedTuple):
    """A form in which a name may stand."""

    words: tuple[str, ...]
    """Folded."""
    name: str
    """`Name.id`."""
    claim: Claim
    inflected: bool = False
    """Whether it is a stem of which the name claims every inflection."""


class Node(Struct, gc=False):
    """A place in the trie: the words that may follow, and the names that claim the form that ends here most."""

    next: dict[str, Node] = {}
    claim: Claim = Claim.ADJECTIVE
    owners: tuple[str, ...] = ()

    def own(self, name_id: str, claim: Claim) -> None:
        """Let `name_id` claim the form; a stronger claim displaces weaker ones."""
        if not self.owners or claim < self.claim:
            self.claim, self.owners = claim, (name_id,)
        elif claim == self.claim and name_id not in self.owners:
            self.owners += (name_id,)


class Match(Struct, frozen=True, gc=False):
    """A form found in a text: its span and who claims it how."""

    start: int
    end: int
    bare: bool
    """Whether it is one word without particles, which the word before may change."""
    claim: Claim
    owners: tuple[str, ...]


Strip = Callable[[str], Iterator[tuple[int, str]]]
"""The (folded letters cut off the front, rest) that a word may be read as, besides itself."""


Stems = Callable[[str], tuple[str, ...]]
"""The stems that a folded word may be an inflection of."""


class Trie:
    """Forms with their claims; `matches` finds them in a text."""

    def __init__(self, forms: Iterable[Form], strip: Strip, stems: Stems):
        self._forms: dict[str, list[Form]] = {}
        """By their first word: a text holds the first words of few."""
        self._inflected: dict[str, Node] = {}
        """Stem to who claims all of its inflections: written out they would be most of the forms."""
        self._strip, self._stems = strip, stems
        self._beginnings, self._first = word_memo(self._begin), word_memo(self._grown)
        for form in forms:
            if form.inflected:
                self._inflected.setdefault(form.words[0], Node()).own(form.name, form.claim)
            else:
                self._forms.setdefault(form.words[0], []).append(form)

    def matches(self, text: CutText) -> Iterator[Match]:
        """Longest forms in `text`, from left to right, never overlapping."""
        free, parted = 0, text.parted
        for piece, beginnings in text.known(self._beginnings):
            for begin, end, readings in beginnings:
                if piece + begin >= free and (match := _match(parted, piece + begin, piece + end, readings)):
                    free = match.end
                    yield match

    def _grown(self, first: str) -> Node:
        """The place of a form's first word, with all that it leads to."""
        place = Node()
        for form in self._forms[first]:
            node = place
            for word in form.words[1:]:
                node = node.next.setdefault(word, Node())
            node.own(form.name, form.claim)
        return place

    def _begin(self, piece: str) -> tuple[tuple[int, int, Readings], ...]:
        """Where in a piece of text without spaces a form may begin, where its first word ends, and how it is read."""
        found = ((begin, end, self._read(word, piece[begin:end])) for word, begin, end in words_of(piece))
        return tuple([one for one in found if one[2]])

    def _read(self, word: str, written: str) -> Readings:
        """The places of the trie where a word, folded and as written, may lead, with the characters cut off it."""
        accusative = FATHATAN in written  # with it "تركيًا" is Turkish, and no country
        readings = [(cut, self._place(core, accusative)) for cut, core in ((0, word), *self._strip(word))]
        return tuple([(_letters(written, cut), place) for cut, place in readings if place])

    def _place(self, word: str, accusative: bool) -> Node | None:
        """Where a word leads, as itself and as an inflection; with the sign of the accusative only as that (روسيًا)."""
        itself, stems = self._first[word] if word in self._forms and not accusative else None, self._stems(word)
        inflected = [self._inflected[stem] for stem in stems if stem in self._inflected]
        return _joined_in_one([itself or Node(), *inflected]) if inflected else itself


Readings = tuple[tuple[int, Node], ...]
"""(characters cut off the front of a word, the node that the rest leads to)."""


def _joined_in_one(places: list[Node]) -> Node:
    """The places that one word leads to, as one; only the first may lead further."""
    one = Node(places[0].next)
    for place in places:
        for name_id in place.owners:
            one.own(name_id, place.claim)
    return one


def _match(text: str, start: int, end: int, readings: Readings) -> Match | None:
    for cut, node in readings:
        if not node.next:
            return Match(start + cut, end, not cut, node.claim, node.owners)
        last, best = _longest(node, text, start, end)
        if best:
            return Match(start + cut, last, not cut and best is node, best.claim, best.owners)
    return None


def _longest(node: Node, text: str, start: int, end: int) -> tuple[int, Node | None]:
    """The end of the longest form whose first word, `start` to `end`, led to `node`, and its node; None without any."""
    last, best = (end, node) if node.owners else (0, None)
    while node.next:
        following = WORD.search(text, end)
        if following is None or not _joined(text, start, end, following.start()):
            break
        start, end = following.span()
        node = node.next.get(folded_word(following[0]), _NOWHERE)
        if node.owners:
            last, best = end, node
    return last, best


_NOWHERE = Node()


def _joined(text: str, start: int, end: int, following: int) -> bool:
    """Whether what stands between a word, `start` to `end`, and the following one may stand inside a name."""
    gap = text[end:following]
    return gap in _GAPS and (gap != ". " or end - start == 1)


def _letters(word: str, count: int) -> int:
    """How many characters of `word` its first `count` folded letters take, marks that follow them included."""
    end = count
    while count and end < len(word) and len(fold(word[: end + 1])) <= count:
        end += 1
    return end
