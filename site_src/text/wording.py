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
_LONGEST, _LOOKAHEAD, _LEAST_SHARED = _TABLE["longest"], _TABLE["ahead"], _TABLE["alike"]

Kind = Literal["same", "added", "dropped"]
_Step = tuple[str, int, int, int, int]
"""As `difflib` gives an opcode: "equal" or another tag, start and end in the old, start and end in the new."""


class Piece(Struct, frozen=True):
    """A run of words of one kind. "dropped" stands in the lead only, "added" in the copy only."""

    kind: Kind
    text: str


def differences(lead: str, copy: str) -> tuple[Piece, ...]:
    """The copy against the lead, as runs of words in reading order; a newline ends a paragraph.

    Paragraphs (lines) are aligned first, words only within paragraphs that face each other.
    """
    old, new = _paragraphs(lead), _paragraphs(copy)
    return tuple(_merged(_compare_paragraphs(old, new)))


def _paragraphs(text: str) -> list[list[str]]:
    return [words for line in text.splitlines() if (words := line.split())]


_folded_of: Memo[str] = Memo(lambda token: " ".join(words(token)) or token)
"""The form of a token that is compared: its folded words, or the token itself where it is only punctuation."""


def _folded(tokens: Iterable[str]) -> list[str]:
    return [_folded_of[token] for token in tokens]


def _compare_paragraphs(old: list[list[str]], new: list[list[str]]) -> Iterator[Piece]:
    """Pieces of equal paragraphs; those between them are compared with each other."""
    for tag, old_start, old_end, new_start, new_end in _steps(old, new, _folded_paragraphs):
        if tag == "equal":
            yield from (Piece("same", _as_line(paragraph)) for paragraph in new[new_start:new_end])
        else:
            yield from _compare_facing(old[old_start:old_end], new[new_start:new_end])


def _folded_paragraphs(paragraphs: list[list[str]]) -> list[str]:
    return [" ".join(_folded(paragraph)) for paragraph in paragraphs]


def _compare_facing(old: Sequence[list[str]], new: Sequence[list[str]]) -> Iterator[Piece]:
    """Each new paragraph against the old one that it is a version of, in order; the others are added or dropped."""
    remaining = list(old)
    for paragraph in new:
        twin = _find_twin(paragraph, remaining)
        if twin is None:
            yield Piece("added", _as_line(paragraph))
            continue
        yield from (Piece("dropped", _as_line(dropped)) for dropped in remaining[:twin])
        yield from _compare_words(remaining[twin], paragraph)
        remaining = remaining[twin + 1 :]
    yield from (Piece("dropped", _as_line(dropped)) for dropped in remaining)


def _find_twin(paragraph: list[str], candidates: Sequence[list[str]]) -> int | None:
    """The index of the first of the next few candidates that shares enough words with the paragraph."""
    words = set(_folded(paragraph))
    for index, candidate in enumerate(candidates[:_LOOKAHEAD]):
        others = set(_folded(candidate))
        if len(words & others) >= _LEAST_SHARED * min(len(words), len(others)):
            return index
    return None


def _compare_words(old: list[str], new: list[str]) -> Iterator[Piece]:
    """The pieces of one paragraph; a very long one is dropped and added whole."""
    if max(len(old), len(new)) > _LONGEST:
        yield from (Piece("dropped", _as_line(old)), Piece("added", _as_line(new)))
        return
    for tag, old_start, old_end, new_start, new_end in _steps(old, new, _folded):
        if tag == "equal":
            yield Piece("same", " ".join(new[new_start:new_end]))
            continue
        if old_start < old_end:
            yield Piece("dropped", " ".join(old[old_start:old_end]))
        if new_start < new_end:
            yield Piece("added", " ".join(new[new_start:new_end]))
    yield Piece("same", "\n")


def _steps(old: list[T], new: list[T], fold_items: Callable[[list[T]], list[str]]) -> Iterator[_Step]:
    """The steps from the old list to the new; only between their common beginning and end are items folded."""
    head = _common_prefix_length(zip(old, new, strict=False))
    tail = _common_prefix_length(zip(reversed(old[head:]), reversed(new[head:]), strict=False))
    if head:
        yield "equal", 0, head, 0, head
    old_middle, new_middle = fold_items(old[head : len(old) - tail]), fold_items(new[head : len(new) - tail])
    for tag, old_start, old_end, new_start, new_end in _opcodes(old_middle, new_middle):
        yield tag, head + old_start, head + old_end, head + new_start, head + new_end
    if tail:
        yield "equal", len(old) - tail, len(old), len(new) - tail, len(new)


def _common_prefix_length(pairs: Iterable[tuple[T, T]]) -> int:
    """How many pairs of equal items stand before the first unequal pair."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _opcodes(old: list[str], new: list[str]) -> list[_Step]:
    if not (old and new):
        return [("other", 0, len(old), 0, len(new))]
    from difflib import SequenceMatcher

    return list(SequenceMatcher(None, old, new, False).get_opcodes())


def _as_line(paragraph: Sequence[str]) -> str:
    return " ".join(paragraph) + "\n"


def _merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces with neighbours of one kind merged."""
    kind: Kind | None = None
    texts: list[str] = []
    for piece in pieces:
        if piece.kind != kind and kind is not None:
            yield Piece(kind, _with_spaces(texts))
            texts = []
        kind = piece.kind
        texts.append(piece.text)
    if kind is not None:
        yield Piece(kind, _with_spaces(texts))


def _with_spaces(texts: Sequence[str]) -> str:
    """The texts as one, with spaces between them except at the start of a line."""
    joined = ""
    for text in texts:
        joined += text if not joined or joined.endswith("\n") or text == "\n" else f" {text}"
    return joined
