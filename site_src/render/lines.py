"""Markup of the pages as lines: runs of text with language and direction, for files that are no web pages."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import groupby

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from site_src.render.labels import Language
from site_src.text.patterns import late

_ISOLATE = {"ltr": "\u2066", "rtl": "\u2067"}
_END_OF_ISOLATE = "\u2069"
MARK = {"ltr": "\u200e", "rtl": "\u200f"}
"""Invisible letters, by their direction (UAX #9)."""
_BREAKING_SPACE = late(r"[^\S\u00a0\u202f]+")


class Piece(Struct, frozen=True):
    """A run of a line, with how it is read."""

    text: str
    lang: str
    """"" for a run without words, such as a number."""
    direction: str
    """"ltr" or "rtl"."""


class Line(Struct, frozen=True):
    """A line of text in a language; runs of other languages and directions are pieces of their own."""

    lang: str
    direction: str
    pieces: tuple[Piece, ...]

    def __bool__(self) -> bool:
        """Whether there is anything to read."""
        return bool(self.pieces)

    @property
    def plain(self) -> str:
        """The text, without language and direction."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def isolated(self) -> str:
        """The text for a place without markup: runs of another direction stand between isolates (UAX #9)."""
        runs = (
            piece.text
            if piece.direction == self.direction
            else f"{_ISOLATE[piece.direction]}{piece.text}{_END_OF_ISOLATE}"
            for piece in self.pieces
        )
        return "".join(runs)

    @property
    def marked_pieces(self) -> tuple[Piece, ...]:
        """The pieces for a word processor, with direction marks: some order the words of a line by its letters alone.

        A run of another direction stands between marks of that direction, so that its signs stay with its figures, and
        is followed by a mark of the line's direction, so that no figure after it is drawn into it. Isolates would not
        do, since some word processors show them as boxes.
        """
        line_mark = Piece(MARK[self.direction], self.lang, self.direction)
        pieces: list[Piece] = []
        for piece in self.pieces:
            if piece.direction == self.direction:
                pieces.append(piece)
            else:
                mark = MARK[piece.direction]
                pieces += [replace(piece, text=f"{mark}{piece.text}{mark}"), line_mark]
        return tuple(pieces)

    def foreign(self, piece: Piece) -> bool:
        """Whether a piece is of another language or direction than this line."""
        return (piece.lang, piece.direction) != (self.lang, self.direction)


class _PieceReader(HTMLParser):
    """Reads the pieces of markup that our own templates made: elements nest, and `lang` and `dir` stand on them."""

    def __init__(self, lang: str, direction: str):
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self._open_elements = [(lang, direction)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes, (lang, direction) = dict(attrs), self._open_elements[-1]
        inherited = "" if "dir" in attributes else lang  # an element with `dir` alone holds no words
        self._open_elements.append((attributes.get("lang") or inherited, attributes.get("dir") or direction))

    def handle_endtag(self, tag: str) -> None:
        self._open_elements.pop()

    def handle_data(self, data: str) -> None:
        self.pieces.append(Piece(_BREAKING_SPACE.sub(" ", data), *self._open_elements[-1]))


def as_line(markup: Markup | str, language: Language) -> Line:
    """A piece of markup from a node of `language`, as a line."""
    reader = _PieceReader(str(language.code), str(language.direction))
    reader.feed(str(markup))
    reader.close()
    # Neighbouring runs of one kind are joined: isolated one by one, the halves of a number would change places.
    runs = groupby(reader.pieces, key=lambda piece: (piece.lang, piece.direction))
    pieces = tuple(Piece("".join(piece.text for piece in run), *key) for key, run in runs)
    return Line(str(language.code), str(language.direction), pieces)


def join_lines(separator: str, lines: tuple[Line, ...]) -> Line:
    """The lines, none of them empty, one after the other as a line of the first one's language."""
    first = lines[0]
    mark = Piece(separator, first.lang, first.direction)
    pieces = tuple(piece for line in lines for piece in (mark, *line.pieces))
    return Line(first.lang, first.direction, pieces[1:])
