"""Qualifiers: the words beside a figure that make it a bound or an estimate (more than, at least, about)."""

from __future__ import annotations

from msgspec import Struct

from site_src.model.brief import AMOUNTS
from site_src.text.figures.lexicon import Phrases, qualifiers
from site_src.text.figures.reader import Reader, Reading
from site_src.text.words import CONJUNCTIONS, PREPOSITIONS, word_memo

_PARTICLES = (*CONJUNCTIONS, *PREPOSITIONS)


class Qualifier(Struct, frozen=True, gc=False):
    """The words of a qualifier beside a figure."""

    id: str
    """The key in `qualifiers.toml`."""
    first: int
    last: int
    """Its tokens, the last one included."""
    particle_length: int = 0
    """Letters of the first token that are a particle before it (بأكثر من)."""


def find_qualifier(reader: Reader, reading: Reading) -> Qualifier | None:
    """The qualifier before or after a reading; None for a plain figure."""
    if reading.kind not in AMOUNTS or reader.words.lang != "ar":
        return None
    return _qualifier_before(reader, reading.start) or _qualifier_after(reader, reading.end)


def _phrases_ending_in(word: str) -> Phrases:
    phrases = qualifiers("before")
    return phrases.get(word) or phrases.get(_without_particle(word), ())


_phrases_by_last_word = word_memo(_phrases_ending_in)
"""The phrases before a figure that end in a word, with or without a particle before it."""


def _qualifier_before(reader: Reader, start: int) -> Qualifier | None:
    for words, id in _phrases_by_last_word[reader.tokens[start - 1].text]:
        first = start - len(words)
        texts = [token.text for token in reader.tokens[max(0, first) : start]]
        if tuple(texts[1:]) == words[1:] and words[0] in {texts[0], _without_particle(texts[0])}:
            return Qualifier(id, first, start - 1, particle_length=len(texts[0]) - len(words[0]))
    return None


def _without_particle(word: str) -> str:
    """The word without the one-letter particle that may stand before it."""
    return word[1:] if word.startswith(_PARTICLES) else word


def _qualifier_after(reader: Reader, end: int) -> Qualifier | None:
    for words, id in qualifiers("after").get(reader.tokens[end].text, ()):
        if tuple(token.text for token in reader.tokens[end : end + len(words)]) == words:
            return Qualifier(id, end, end + len(words) - 1)
    return None
