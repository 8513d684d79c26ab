"""A paragraph cut once into the pieces, sentences and quotations that every reader of it asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, compress, count

from site_src.text.memo import Memo, Once
from site_src.text.quotations import pairs
from site_src.text.sentences import sentences_between
from site_src.text.words import Known

_SPACES = "\n\t\r\u00a0\u202f\u2009"
Span = tuple[int, int]


class CutText:
    """One paragraph or title, in the pieces that it consists of; sentences and quotations are found when asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        spaced = text
        for space in _SPACES:
            spaced = spaced.replace(space, " ")
        self.spaced = spaced
        """The text with a space for each white space."""
        self.pieces = spaced.split(" ")
        """The runs between single white spaces; some may be empty."""

    @staticmethod
    def of(text: str | CutText) -> CutText:
        """The text cut; itself where it is already."""
        return text if isinstance(text, CutText) else CutText(text)

    @property
    def parted(self) -> str:
        """The text with a space for each underscore: in a hashtag it parts words."""
        return self.text.replace("_", " ")

    @Once
    def _letters(self) -> list[int]:
        """How many letters stand before each piece; a white space stands before each but the first as well."""
        return list(accumulate(map(len, self.pieces), initial=0))

    def start(self, piece: int) -> int:
        """Where a piece begins in the text."""
        return self._letters[piece] + piece

    def piece(self, place: int) -> int:
        """The piece that holds a place of the text, or ends there."""
        return self.spaced.count(" ", 0, place)

    def known(self, memory: Memo[Known]) -> Iterator[tuple[int, Known]]:
        """(start, what is known of it) for each piece of which the memory knows anything."""
        found = memory.of(self.pieces)
        for piece in compress(count(), found):
            yield self._letters[piece] + piece, found[piece]

    @Once
    def quotations(self) -> tuple[Span, ...]:
        """The places of matching quotation marks and brackets."""
        return pairs(self.text)

    @Once
    def sentences(self) -> tuple[Span, ...]:
        """The spans of its sentences."""
        return sentences_between(self.text, self.quotations)


def overlaps(span: Span, spans: Sequence[Span]) -> bool:
    """Whether a span and one of the others have a character in common."""
    first, last = span
    return bool([True for start, end in spans if start < last and first < end])
