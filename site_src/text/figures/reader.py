"""The token stream of a text as the readers of figures ask it, and what they find in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from msgspec import Struct

from site_src.model.brief import FigureKind
from site_src.text.figures.lexicon import Lexicon
from site_src.text.figures.tokens import DATE, Token

END = Token("gap", 0, 0, "")


_BEYOND = 8
"""Ends after the last token: more than any reader looks past either end of a text."""


class Reader:
    """The tokens of a text, which of them are the first of their pieces and where these begin in it, and the words of
    its language.
    """

    def __init__(self, tokens: Sequence[Token], firsts: Sequence[int], starts: Sequence[int], words: Lexicon) -> None:
        self.words = words
        self._firsts, self._starts = firsts, starts
        self.tokens = (*tokens, *[END] * _BEYOND)
        self.at = self.tokens.__getitem__
        """The token at a place; an end outside the text, for places below zero are those after the last token."""

    def span(self, first: int, last: int) -> tuple[int, int]:
        """From the beginning of one token to the end of another, in the text; digits alone without their brackets."""
        piece = bisect_right(self._firsts, first) - 1
        other = piece if last == first else bisect_right(self._firsts, last, piece) - 1
        start, end = self._starts[piece] + self.tokens[first].start, self._starts[other] + self.tokens[last].end
        return (start + 1, end - 1) if last == first and self.tokens[first].bracketed else (start, end)

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
