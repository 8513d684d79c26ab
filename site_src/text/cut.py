"""A paragraph cut once into the pieces, sentences and quotations that all who read it ask for."""

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
    """One paragraph or title and the pieces of which it consists; sentences and quotations are worked out on demand."""

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
        """The text cut; a text that is cut already is returned as it is."""
        return text if isinstance(text, CutText) else CutText(text)

    @property
    def without_underscores(self) -> str:
        """The text with a space for each underscore, which parts the words of a hashtag."""
        return self.text.replace("_", " ")

    @Once
    def _letters_before(self) -> list[int]:
        """How many letters stand in the pieces before each piece; one white space stands between two pieces."""
        return list(accumulate(map(len, self.pieces), initial=0))

    def start(self, piece: int) -> int:
        """The offset at which a piece begins."""
        return self._letters_before[piece] + piece

    def piece(self, offset: int) -> int:
        """The index of the piece that holds an offset, or ends there."""
        return self.spaced.count(" ", 0, offset)

    def known(self, memory: Memo[Known]) -> Iterator[tuple[int, Known]]:
        """(offset, value) of each piece for which the memory has a value that is not empty."""
        values = memory.of(self.pieces)
        for piece in compress(count(), values):
            yield self._letters_before[piece] + piece, values[piece]

    @Once
    def quotations(self) -> tuple[Span, ...]:
        """The offsets of matching quotation marks and brackets."""
        return pairs(self.text)

    @Once
    def sentences(self) -> tuple[Span, ...]:
        """The spans of its sentences."""
        return sentences_between(self.text, self.quotations)


def overlaps(span: Span, spans: Sequence[Span]) -> bool:
    """Whether a span and one of the others have a character in common."""
    span_start, span_end = span
    return bool([True for start, end in spans if start < span_end and span_start < end])
