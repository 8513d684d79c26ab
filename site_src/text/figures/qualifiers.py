"""Qualifiers: the words around a figure that make it a bound or an estimate (more than, at least, about)."""

from __future__ import annotations

from msgspec import Struct

from site_src.model.brief import AMOUNTS
from site_src.text.figures.lexicon import Phrases, qualifiers
from site_src.text.figures.reader import Reader, Reading
from site_src.text.words import CONJUNCTIONS, PREPOSITIONS, word_memo

_PARTICLES = (*CONJUNCTIONS, *PREPOSITIONS)


class Qualifier(Struct, frozen=True, gc=False):
    """A qualifier's id and its tokens, the last one included."""

    id: str
    first: int
    last: int
    cut: int = 0
    """Letters of the first token that are a particle before it (بأكثر من)."""


def qualifier(reader: Reader, reading: Reading) -> Qualifier | None:
    """The qualifier of a reading, before it or after it; None for a plain figure."""
    if reading.kind not in AMOUNTS or reader.words.lang != "ar":
        return None
    return _before(reader, reading.start) or _after(reader, reading.end)


def _known_before(word: str) -> Phrases:
    known = qualifiers("before")
    return known.get(word) or known.get(_bare(word), ())


_ending_in = word_memo(_known_before)
"""The qualifiers that end in a word, with or without a particle before it."""


def _before(reader: Reader, start: int) -> Qualifier | None:
    for words, id in _ending_in[reader.tokens[start - 1].text]:
        first = start - len(words)
        written = [token.text for token in reader.tokens[max(0, first) : start]]
        if tuple(written[1:]) == words[1:] and words[0] in {written[0], _bare(written[0])}:
            return Qualifier(id, first, start - 1, cut=len(written[0]) - len(words[0]))
    return None


def _bare(word: str) -> str:
    """The word without the particle that may stand before it."""
    return word[1:] if word.startswith(_PARTICLES) else word


def _after(reader: Reader, end: int) -> Qualifier | None:
    for words, id in qualifiers("after").get(reader.tokens[end].text, ()):
        if tuple(token.text for token in reader.tokens[end : end + len(words)]) == words:
            return Qualifier(id, end, end + len(words) - 1)
    return None
