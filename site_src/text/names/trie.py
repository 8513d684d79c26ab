"""A trie of folded words: it finds the longest known form at each place of a text, with particles taken off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from msgspec import Struct

from site_src.text.cut import CutText
from site_src.text.fold import FATHATAN, fold
from site_src.text.words import WORD, folded_word, word_memo, words_of

_GAPS = frozenset([*" -–‑_+.'’\n\u00a0&/", " - ", " – ", " & ", "  ", ". "])
"""What may stand between two words of one name; ". " only after an initial. Any other mark ends the name."""


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
    name_id: str
    claim: Claim
    inflected: bool = False
    """Whether it is a stem of which the name claims every inflection."""


class Node(Struct, gc=False):
    """A place in the trie: the words that may follow, and the names with the strongest claim to the form so far."""

    children: dict[str, Node] = {}
    claim: Claim = Claim.ADJECTIVE
    name_ids: tuple[str, ...] = ()
    """Empty where no form ends here."""

    def add_claim(self, name_id: str, claim: Claim) -> None:
        """Let `name_id` claim the form; a stronger claim displaces weaker ones."""
        if not self.name_ids or claim < self.claim:
            self.claim, self.name_ids = claim, (name_id,)
        elif claim == self.claim and name_id not in self.name_ids:
            self.name_ids += (name_id,)


class Match(Struct, frozen=True, gc=False):
    """A form found in a text: its span, and the names that claim it."""

    start: int
    end: int
    is_bare_word: bool
    """Whether it is one word without particles, whose meaning the word before it may change."""
    claim: Claim
    name_ids: tuple[str, ...]


Strip = Callable[[str], Iterator[tuple[int, str]]]
"""Gives the readings of a folded word besides itself: (letters cut off the front, rest)."""


Stems = Callable[[str], tuple[str, ...]]
"""Gives the stems of which a folded word may be an inflection."""


class Trie:
    """Forms with their claims; `matches` finds them in a text."""

    def __init__(self, forms: Iterable[Form], strip: Strip, stems: Stems):
        self._forms: dict[str, list[Form]] = {}
        """Forms by their first word; their nodes are built when a text has that word, which is rare."""
        self._inflected: dict[str, Node] = {}
        """Stem to the names that claim all of its inflections: written out they would be most of the forms."""
        self._strip, self._stems = strip, stems
        self._beginnings, self._node_of_first_word = word_memo(self._find_beginnings), word_memo(self._build_node)
        for form in forms:
            if form.inflected:
                self._inflected.setdefault(form.words[0], Node()).add_claim(form.name_id, form.claim)
            else:
                self._forms.setdefault(form.words[0], []).append(form)

    def matches(self, text: CutText) -> Iterator[Match]:
        """The longest forms in `text`, from left to right, never overlapping."""
        previous_end, plain = 0, text.without_underscores
        for piece_start, beginnings in text.known(self._beginnings):
            for first_start, first_end, readings in beginnings:
                start = piece_start + first_start
                if start >= previous_end and (match := _match(plain, start, piece_start + first_end, readings)):
                    previous_end = match.end
                    yield match

    def _build_node(self, first_word: str) -> Node:
        """The node of a form's first word, with all nodes below it."""
        root = Node()
        for form in self._forms[first_word]:
            node = root
            for word in form.words[1:]:
                node = node.children.setdefault(word, Node())
            node.add_claim(form.name_id, form.claim)
        return root

    def _find_beginnings(self, piece: str) -> tuple[tuple[int, int, Readings], ...]:
        """(start, end, readings) of each word of a piece of text without spaces with which a form may begin."""
        words = ((start, end, self._readings(word, piece[start:end])) for word, start, end in words_of(piece))
        return tuple([(start, end, readings) for start, end, readings in words if readings])

    def _readings(self, word: str, original: str) -> Readings:
        """The nodes to which a word, folded and as written, may lead, each with the characters cut off it."""
        accusative = FATHATAN in original  # with it "تركيًا" is Turkish, and no country
        nodes = [(letters, self._node(core, accusative)) for letters, core in ((0, word), *self._strip(word))]
        return tuple([(_character_count(original, letters), node) for letters, node in nodes if node])

    def _node(self, word: str, accusative: bool) -> Node | None:
        """Where a word leads, as itself and as an inflection; with the sign of the accusative only as that (روسيًا)."""
        as_itself = self._node_of_first_word[word] if word in self._forms and not accusative else None
        inflected = [self._inflected[stem] for stem in self._stems(word) if stem in self._inflected]
        return _merge([as_itself or Node(), *inflected]) if inflected else as_itself


Readings = tuple[tuple[int, Node], ...]
"""(characters cut off the front of a word, the node that the rest leads to)."""


def _merge(nodes: list[Node]) -> Node:
    """The nodes to which one word leads, as one; only the first may have children."""
    merged = Node(nodes[0].children)
    for node in nodes:
        for name_id in node.name_ids:
            merged.add_claim(name_id, node.claim)
    return merged


def _match(text: str, start: int, end: int, readings: Readings) -> Match | None:
    """The longest form whose first word is `text[start:end]`, by the first of its readings that has any."""
    for prefix, node in readings:
        if not node.children:
            return Match(start + prefix, end, not prefix, node.claim, node.name_ids)
        form_end, form_node = _longest(node, text, start, end)
        if form_node:
            is_bare_word = not prefix and form_node is node
            return Match(start + prefix, form_end, is_bare_word, form_node.claim, form_node.name_ids)
    return None


def _longest(node: Node, text: str, start: int, end: int) -> tuple[int, Node | None]:
    """(end, node) of the longest form whose first word, `text[start:end]`, led to `node`; (0, None) without any."""
    form_end, form_node = (end, node) if node.name_ids else (0, None)
    while node.children:
        following = WORD.search(text, end)
        if following is None or not _may_belong_together(text, start, end, following.start()):
            break
        start, end = following.span()
        node = node.children.get(folded_word(following[0]), _NOWHERE)
        if node.name_ids:
            form_end, form_node = end, node
    return form_end, form_node


_NOWHERE = Node()


def _may_belong_together(text: str, start: int, end: int, following: int) -> bool:
    """Whether the word `text[start:end]` and the word that begins at `following` may be words of one name."""
    gap = text[end:following]
    return gap in _GAPS and (gap != ". " or end - start == 1)


def _character_count(word: str, letters: int) -> int:
    """How many characters of `word` its first `letters` folded letters take, with the marks that follow them."""
    end = letters
    while letters and end < len(word) and len(fold(word[: end + 1])) <= letters:
        end += 1
    return end
