"""Corrects names in a translation to the form of the names file, where the wrong form is found with certainty.

Certain means: the source has the name, the translation does not, and exactly one capitalised word of the translation
that is no known name has the same consonants. Every correction is recorded. Anything less certain is left to the
checks, which report the missing name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from operator import attrgetter

from msgspec import Struct

from site_src.model.names import Name
from site_src.tables import table
from site_src.text.names import NameBook
from site_src.text.patterns import late

_CAPITALISED = late(r"\b[A-Z][\w’'-]*[a-z]\w*")


class Correction(Struct, frozen=True):
    """A word of a translation and its replacement; `start` and `end` are its span before the correction."""

    start: int
    end: int
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.before} -> {self.after}"


def corrected(source: str, text: str, names: NameBook, lang: str) -> tuple[str, tuple[str, ...]]:
    """The translation with its names corrected, and what was changed; only English names can be corrected."""
    if lang != "en":
        return text, ()
    corrections = sorted(_find_corrections(source, text, names), key=attrgetter("start"))
    for correction in reversed(corrections):
        text = text[: correction.start] + correction.after + text[correction.end :]
    return text, tuple(map(str, corrections))


def _find_corrections(source: str, text: str, names: NameBook) -> Iterator[Correction]:
    spans = names.find_english(text)
    present_ids = {span.name_id for span in spans}
    source_ids = dict.fromkeys(span.name_id for span in names.find(source) if span.direct)
    missing = [names.names[name_id] for name_id in source_ids if name_id not in present_ids]
    unknown_words = [
        word for word in _CAPITALISED.finditer(text) if not any(span.start <= word.start() < span.end for span in spans)
    ]
    for name in missing:
        candidates = [
            (word, part) for word in unknown_words for part in _correctable_words(name) if _is_misspelt(word[0], part)
        ]
        is_ambiguous = any(other is not name and _is_similar(other, name) for other in missing)
        if len(candidates) == 1 and not is_ambiguous:
            word, part = candidates[0]
            yield Correction(word.start(), word.end(), word[0], part)


def _correctable_words(name: Name) -> tuple[str, ...]:
    """The word of a name that can be corrected: a person's family name, or the name if it is one word."""
    words = name.en.split()
    return (words[-1],) if name.kind == "person" or len(words) == 1 else ()


def _is_similar(name: Name, other: Name) -> bool:
    """Whether the correctable words of two names have the same consonants."""
    return bool(
        {skeleton(word) for word in _correctable_words(name)} & {skeleton(word) for word in _correctable_words(other)}
    )


def _is_misspelt(word: str, part: str) -> bool:
    """Whether a word can only be a misspelling of this part of a name."""
    certain = table("transliteration")["certain"]
    consonants = skeleton(part)
    if word == part or len(consonants) < certain["consonants"] or skeleton(word) != consonants:
        return False
    from difflib import SequenceMatcher

    return bool(SequenceMatcher(None, word.lower(), part.lower(), autojunk=False).ratio() >= certain["letters"])


@cache
def skeleton(word: str) -> str:
    """The consonants of a name in Latin letters; those that transliterations exchange are merged."""
    rules = table("transliteration")
    letters = word.lower()
    for spelling, merged in rules["same"].items():
        letters = letters.replace(spelling, merged)
    consonants = "".join(letter for letter in letters if letter.isalpha() and letter not in rules["vowels"])
    return re.sub(r"(.)\1+", r"\1", consonants)
