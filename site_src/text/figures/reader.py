"""The token stream of a text, with what the readers of figures ask of it, and the readings that they make."""

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
"""Tokens behind the last one, more than any reader looks past either end of a text."""


class Reader:
    """The tokens of a text, and the words of its language. A `place` is the index of a token."""

    def __init__(self, cut: CutText, pieces: Sequence[tuple[Token, ...]], words: Lexicon) -> None:
        self.words = words
        self._cut, self._pieces = cut, pieces
        self._piece = self._first = 0
        """The piece last asked for, and its first token."""
        no_tokens: list[Token] = []
        self.tokens = reduce(iconcat, pieces, no_tokens)
        """Outside the text stand gaps: behind the last token, and at negative places, which count from there."""
        self.tokens += _BEYOND
        self.last: Reading | None = None
        """The figure that was read last."""

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The span in the text from one token to another, both included; digits alone without their brackets."""
        start = end = self._piece_start(first)
        if last != first:
            end = self._piece_start(last)
        start, end = start + self.tokens[first].start, end + self.tokens[last].end
        return (start + 1, end - 1) if last == first and self.tokens[first].bracketed else (start, end)

    def _piece_start(self, place: int) -> int:
        """The offset at which the piece of a token begins."""
        pieces, piece, first = self._pieces, self._piece, self._first
        while place < first:
            piece -= 1
            first -= len(pieces[piece])
        while place >= first + len(pieces[piece]):
            first += len(pieces[piece])
            piece += 1
        self._piece, self._first = piece, first
        return self._cut.start(piece)

    def set_position(self, piece: int, first: int) -> None:
        """Say that `first` is the first token of `piece`: the tokens asked for next stand near it."""
        self._piece, self._first = piece, first

    def cue(self, place: int, name: str) -> bool:
        """Whether the token has the cue `name`."""
        return name in self.tokens[place].cues

    def says_month_or_year(self, place: int) -> bool:
        """Whether the token says which month or year it is (في شهر مارس), so that no rate ends before it."""
        token = self.tokens[place]
        return token.bare and (token.sort == "digits" or bool(token.signs & DATE))

    def after_hyphen(self, place: int) -> int:
        """The place after a hyphen that joins two words, else the place itself."""
        token = self.tokens[place]
        return place + 1 if token.sort == "dash" and token.glued and self.tokens[place + 1].glued else place

    def continuation(self, place: int) -> int | None:
        """Where a number that ends before `place` goes on: after a word "and", or at a token with one; else None."""
        token = self.tokens[place]
        if "and" in token.cues:
            return place + 1
        if token.has_and or ("and_one" in token.cues and self.tokens[place + 1].sort == "ten"):
            return place
        return None if self.words.lang == "ar" else self.after_hyphen(place)

    def upper_end_start(self, place: int, *, between: bool) -> int | None:
        """Where the upper end of a range begins: after a dash, "to", or the "and" of "between"; else None."""
        token = self.tokens[place]
        if token.sort == "dash" or "to" in token.cues or (between and "and" in token.cues):
            return place + 1
        return place if between and token.has_and else None


class Reading(Struct, frozen=True, gc=False):
    """What the tokens from `start` up to `end`, exclusive, say; `kind` None means that they are no figure."""

    kind: FigureKind | None
    start: int
    end: int
    low: str = ""
    high: str = ""
    unit: str = ""
    noun: int = -1
    """The token that names what is counted, where that is no known unit; else -1."""
    english: str = ""
