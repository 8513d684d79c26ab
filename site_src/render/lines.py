"""Lines: markup of the pages as runs of text, each with its language and direction, for files that are no web pages."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import groupby

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from site_src.render.labels import Language
from site_src.text.patterns import late

_ISOLATE = {"ltr": "\u2066", "rtl": "\u2067"}
_END = "\u2069"
MARK = {"ltr": "\u200e", "rtl": "\u200f"}
"""Letters without a shape, by their direction (UAX #9)."""
_SPACE = late(r"[^\S\u00a0\u202f]+")


class Piece(Struct, frozen=True):
    """A run of a line, as it is to be read."""

    text: str
    lang: str
    """"" for a run without words, such as a number."""
    direction: str


class Line(Struct, frozen=True):
    """A line of text: a node of its language, in which runs of other directions stand isolated."""

    lang: str
    direction: str
    pieces: tuple[Piece, ...]

    def __bool__(self) -> bool:
        """Whether there is anything to read."""
        return bool(self.pieces)

    @property
    def plain(self) -> str:
        """The text alone."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def isolated(self) -> str:
        """The text for where there is no markup: runs of another direction stand between isolates (UAX #9)."""
        runs = (
            f"{_ISOLATE[piece.direction]}{piece.text}{_END}" if piece.direction != self.direction else piece.text
            for piece in self.pieces
        )
        return "".join(runs)

    @property
    def held(self) -> tuple[Piece, ...]:
        """The pieces for a word processor, some of which order the words of a line without a look at its runs.

        A run of another direction stands between marks of its own, so that its signs stay with its figures, and before
        one of the line's, so that no figure that follows is drawn into it. Isolates would be shown as boxes by some.
        """
        after = Piece(MARK[self.direction], self.lang, self.direction)
        found: list[Piece] = []
        for piece in self.pieces:
            if piece.direction == self.direction:
                found.append(piece)
            else:
                mark = MARK[piece.direction]
                found += [replace(piece, text=f"{mark}{piece.text}{mark}"), after]
        return tuple(found)

    def foreign(self, piece: Piece) -> bool:
        """Whether a piece must be isolated or named where it stands in this line."""
        return (piece.lang, piece.direction) != (self.lang, self.direction)


class _Pieces(HTMLParser):
    """Reads markup that our own templates made: it nests, and says `lang` and `dir` where they change."""

    def __init__(self, lang: str, direction: str):
        super().__init__(convert_charrefs=True)
        self.found: list[Piece] = []
        self._open = [(lang, direction)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        stated, (lang, direction) = dict(attrs), self._open[-1]
        own = "" if "dir" in stated else lang  # a run that says its direction alone has no words
        self._open.append((stated.get("lang") or own, stated.get("dir") or direction))

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self.found.append(Piece(_SPACE.sub(" ", data), *self._open[-1]))


def as_line(markup: Markup | str, language: Language) -> Line:
    """The runs of a piece of markup that stands in a node of `language`."""
    reader = _Pieces(str(language.code), str(language.direction))
    reader.feed(str(markup))
    reader.close()
    # Runs that touch are one: isolated by themselves, the halves of a number would change places.
    runs = groupby(reader.found, key=lambda piece: (piece.lang, piece.direction))
    pieces = tuple(Piece("".join(piece.text for piece in run), *key) for key, run in runs)
    return Line(str(language.code), str(language.direction), pieces)


def joined(between: str, lines: tuple[Line, ...]) -> Line:
    """The lines, none of them empty, one after the other on a line of the first one's language."""
    first = lines[0]
    mark = Piece(between, first.lang, first.direction)
    pieces = tuple(piece for line in lines for piece in (mark, *line.pieces))
    return Line(first.lang, first.direction, pieces[1:])
