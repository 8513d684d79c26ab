"""The token stream of a text as the readers of figures ask it, and what they find in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import iconcat

from msgspec import Struct

from site_src.model.brief import FigureKind
from site_src.text.cut import CutText
from site_src.text.figures.lexicon import Lexicon
from site_src.text.figures.signs import DATE
from site_src.text.figures.tokens import Token

END = Token("gap", 0, 0, "")
_BEYOND = [END] * 8
"""Follow the last token: more than any reader looks past either end of a text."""


class Reader:
    """The tokens of a text, by its pieces, and the words of its language."""

    def __init__(self, cut: CutText, pieces: Sequence[tuple[Token, ...]], words: Lexicon) -> None:
        self.words = words
        self._cut, self._pieces = cut, pieces
        self._piece = self._first = 0
        """The piece last asked for, and its first token."""
        nothing: list[Token] = []
        self.tokens = reduce(iconcat, pieces, nothing)
        self.tokens += _BEYOND
        self.last: Reading | None = None
        """The figure that was read last."""
        self.at = self.tokens.__getitem__
        """The token at a place; an end outside the text, for places below zero are those after the last token."""

    def span(self, first: int, last: int) -> tuple[int, int]:
        """From the beginning of one token to the end of another, in the text; digits alone without their brackets."""
        start = end = self._begins(first)
        if last != first:
            end = self._begins(last)
        start, end = start + self.tokens[first].start, end + self.tokens[last].end
        return (start + 1, end - 1) if last == first and self.tokens[first].bracketed else (start, end)

    def _begins(self, place: int) -> int:
        """Where the piece of a token begins in the text."""
        pieces, piece, first = self._pieces, self._piece, self._first
        while place < first:
            piece -= 1
            first -= len(pieces[piece])
        while place >= first + len(pieces[piece]):
            first += len(pieces[piece])
            piece += 1
        self._piece, self._first = piece, first
        return self._cut.start(piece)

    def go(self, piece: int, first: int) -> None:
        """Tell which token is the first of a piece: the tokens that are asked for next stand near it."""
        self._piece, self._first = piece, first

    def cue(self, place: int, name: str) -> bool:
        """Whether the token there is a word of this cue."""
        return name in self.tokens[place].cues

    def names_time(self, place: int) -> bool:
        """Whether the token there says which month or year it is (في شهر مارس), so that no rate ends before it."""
        token = self.tokens[place]
        return token.bare and (token.sort == "digits" or bool(token.signs & DATE))

    def undashed(self, place: int) -> int:
        """The place after a hyphen that binds two words, else the place itself."""
        token = self.tokens[place]
        return place + 1 if token.sort == "dash" and token.glued and self.tokens[place + 1].glued else place

    def joined(self, place: int) -> int | None:
        """Where the number goes on if it does: past a word "and", or at a token that carries it."""
        token = self.tokens[place]
        if "and" in token.cues:
            return place + 1
        if token.joined or ("and_one" in token.cues and self.at(place + 1).sort == "ten"):
            return place
        return None if self.words.lang == "ar" else self.undashed(place)

    def connector(self, place: int, *, between: bool) -> int | None:
        """Where the upper end of a range begins: after a dash, "to", or the "and" of "between"."""
        token = self.tokens[place]
        if token.sort == "dash" or "to" in token.cues or (between and "and" in token.cues):
            return place + 1
        return place if between and token.joined else None


class Reading(Struct, frozen=True, gc=False):
    """Tokens `start` to `end` (exclusive); an empty `kind` means: read past them, they are no figure."""

    kind: FigureKind | None
    start: int
    end: int
    low: str = ""
    high: str = ""
    unit: str = ""
    noun: int = -1
    """The token that names what is counted, where the units do not know it."""
    english: str = ""
