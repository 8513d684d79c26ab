"""What a copy words differently: the words added and dropped against the lead, paragraph by paragraph.

Words are compared folded, so that a hamza or a vowel mark is no difference, and shown as written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Literal, TypeVar

from msgspec import Struct

from site_src.tables import table
from site_src.text.fold import words
from site_src.text.memo import Memo

T = TypeVar("T")
_TABLE = table("wording")
_LONGEST, _AHEAD, _ALIKE = _TABLE["longest"], _TABLE["ahead"], _TABLE["alike"]

Kind = Literal["same", "added", "dropped"]
_Step = tuple[str, int, int, int, int]
"""What is done: "equal" or another; from and to in the old, from and to in the new."""


class Piece(Struct, frozen=True):
    """A run of words of one kind. "dropped" stands in the lead only, "added" in the copy only."""

    kind: Kind
    text: str


def differences(lead: str, copy: str) -> tuple[Piece, ...]:
    """The copy against the lead, as runs of words in reading order; a newline ends a paragraph.

    Paragraphs (lines) are aligned first, words only within paragraphs that face each other.
    """
    old, new = _paragraphs(lead), _paragraphs(copy)
    return tuple(_joined(_compared(old, new)))


def _paragraphs(text: str) -> list[list[str]]:
    return [found for line in text.splitlines() if (found := line.split())]


_folded_of: Memo[str] = Memo(lambda token: " ".join(words(token)) or token)
"""A token as it compares: its folded words, or itself where it is only punctuation."""


def _folded(tokens: Iterable[str]) -> list[str]:
    return [_folded_of[token] for token in tokens]


def _compared(old: list[list[str]], new: list[list[str]]) -> Iterator[Piece]:
    """Equal paragraphs stand; between them, the nth of one side faces the nth of the other."""
    for tag, a, b, c, d in _steps(old, new, lambda paragraphs: [" ".join(_folded(one)) for one in paragraphs]):
        if tag == "equal":
            yield from (Piece("same", _line(paragraph)) for paragraph in new[c:d])
        else:
            yield from _facing(old[a:b], new[c:d])


def _facing(old: Sequence[list[str]], new: Sequence[list[str]]) -> Iterator[Piece]:
    left = list(old)
    for paragraph in new:
        twin = _nearest(paragraph, left)
        if twin is None:
            yield Piece("added", _line(paragraph))
            continue
        yield from (Piece("dropped", _line(gone)) for gone in left[:twin])
        yield from _words(left[twin], paragraph)
        left = left[twin + 1 :]
    yield from (Piece("dropped", _line(gone)) for gone in left)


def _nearest(paragraph: list[str], left: Sequence[list[str]]) -> int | None:
    """The place of the first of the next few paragraphs that shares enough words with this one."""
    mine = set(_folded(paragraph))
    for place, other in enumerate(left[:_AHEAD]):
        theirs = set(_folded(other))
        if len(mine & theirs) >= _ALIKE * min(len(mine), len(theirs)):
            return place
    return None


def _words(old: list[str], new: list[str]) -> Iterator[Piece]:
    if max(len(old), len(new)) > _LONGEST:
        yield from (Piece("dropped", _line(old)), Piece("added", _line(new)))
        return
    for tag, a, b, c, d in _steps(old, new, _folded):
        if tag == "equal":
            yield Piece("same", " ".join(new[c:d]))
            continue
        if a < b:
            yield Piece("dropped", " ".join(old[a:b]))
        if c < d:
            yield Piece("added", " ".join(new[c:d]))
    yield Piece("same", "\n")


def _steps(old: list[T], new: list[T], key: Callable[[list[T]], list[str]]) -> Iterator[_Step]:
    """How the one becomes the other, by what stands for each; what both begin and end with is not looked at closer."""
    head = _alike(zip(old, new, strict=False))
    tail = _alike(zip(reversed(old[head:]), reversed(new[head:]), strict=False))
    if head:
        yield "equal", 0, head, 0, head
    for tag, a, b, c, d in _aligned(key(old[head : len(old) - tail]), key(new[head : len(new) - tail])):
        yield tag, head + a, head + b, head + c, head + d
    if tail:
        yield "equal", len(old) - tail, len(old), len(new) - tail, len(new)


def _alike(facing: Iterable[tuple[T, T]]) -> int:
    """How many are equal before the first that are not."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], facing))


def _aligned(old: list[str], new: list[str]) -> list[_Step]:
    if not (old and new):
        return [("other", 0, len(old), 0, len(new))]
    from difflib import SequenceMatcher

    return list(SequenceMatcher(None, old, new, False).get_opcodes())


def _line(paragraph: Sequence[str]) -> str:
    return " ".join(paragraph) + "\n"


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind made one run."""
    kind: Kind | None = None
    texts: list[str] = []
    for piece in pieces:
        if piece.kind != kind and kind is not None:
            yield Piece(kind, _spaced(texts))
            texts = []
        kind = piece.kind
        texts.append(piece.text)
    if kind is not None:
        yield Piece(kind, _spaced(texts))


def _spaced(texts: Sequence[str]) -> str:
    out = ""
    for text in texts:
        out += text if not out or out.endswith("\n") or text == "\n" else f" {text}"
    return out
