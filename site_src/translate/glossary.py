"""Names come out as the names file says: a wrong form is put right where it can be located with certainty.

Certain means: the source names somebody or something, the translation does not, and exactly one capitalised word of
it that is no known name has the same consonants. Every correction is recorded; whatever is less certain is left to
the checks, which report the missing name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from site_src.model.names import Name
from site_src.tables import table
from site_src.text.names import NameBook
from site_src.text.patterns import late

_CAPITALISED = late(r"\b[A-Z][\w’'-]*[a-z]\w*")


class Correction(Struct, frozen=True):
    """A word of a translation and what it was replaced with."""

    start: int
    end: int
    was: str
    now: str

    def __str__(self) -> str:
        return f"{self.was} -> {self.now}"


def corrected(source: str, text: str, names: NameBook, lang: str) -> tuple[str, tuple[str, ...]]:
    """The translation with its names put right, and what was changed; English alone has forms to correct with."""
    if lang != "en":
        return text, ()
    corrections = sorted(_corrections(source, text, names), key=lambda one: one.start)
    for one in reversed(corrections):
        text = text[: one.start] + one.now + text[one.end :]
    return text, tuple(map(str, corrections))


def _corrections(source: str, text: str, names: NameBook) -> Iterator[Correction]:
    known = names.find_english(text)
    present = {span.name_id for span in known}
    wanted = dict.fromkeys(span.name_id for span in names.find(source) if span.direct)
    missing = [names.names[name_id] for name_id in wanted if name_id not in present]
    taken = [(span.start, span.end) for span in known]
    strangers = [word for word in _CAPITALISED.finditer(text) if not _inside(word.start(), taken)]
    for name in missing:
        found = [(word, part) for word in strangers for part in _parts(name) if _same(word[0], part)]
        rivals = [other for other in missing if other is not name and _rival(other, name)]
        if len(found) == 1 and not rivals:
            word, part = found[0]
            yield Correction(word.start(), word.end(), word[0], part)


def _inside(place: int, taken: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in taken)


def _parts(name: Name) -> tuple[str, ...]:
    """The words that a translation may have wrong: a person's family name, or a name of one word."""
    words = name.en.split()
    return (words[-1],) if name.kind == "person" or len(words) == 1 else ()


def _rival(one: Name, other: Name) -> bool:
    return bool({skeleton(part) for part in _parts(one)} & {skeleton(part) for part in _parts(other)})


def _same(word: str, part: str) -> bool:
    """Whether a word can only be this name, misspelt."""
    certain = table("transliteration")["certain"]
    bones = skeleton(part)
    if word == part or len(bones) < certain["consonants"] or skeleton(word) != bones:
        return False
    from difflib import SequenceMatcher

    return bool(SequenceMatcher(None, word.lower(), part.lower(), autojunk=False).ratio() >= certain["letters"])


@cache
def skeleton(word: str) -> str:
    """The consonants of a name in Latin letters, those that transliterations exchange made one."""
    rules = table("transliteration")
    letters = word.lower()
    for spelling, one in rules["same"].items():
        letters = letters.replace(spelling, one)
    bones = "".join(letter for letter in letters if letter.isalpha() and letter not in rules["vowels"])
    return re.sub(r"(.)\1+", r"\1", bones)
