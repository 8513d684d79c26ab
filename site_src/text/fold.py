"""Folding: the form of a text in which spelling variants of Arabic are equal.

Two foldings for two questions. `fold` answers "is this the same word?" (search, names, merging, topics);
`fold_marks` answers "is this the same sentence, typed with or without vowel marks?" (translation memory).
Neither is ever shown on a page.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# U+0610-061A signs, 064B-065F vowel marks, 0670 dagger alef, 06D6-06ED Koran marks, 0640 tatweel, 08D3-08FF marks.
_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0640\u08d3-\u08ff"
# Zero-width and bidi controls, soft hyphen, byte order mark.
_CONTROLS = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_GONE = re.compile(f"[{_MARKS}{_CONTROLS}]")
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_SPACES = re.compile(r"\s+")

_SAME = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىیېے", "ي"),
        "ئ": "ي",
        "ؤ": "و",
        **dict.fromkeys("ةۀە", "ه"),
        "ک": "ك",
        "گ": "ك",
        **dict.fromkeys("ھہ", "ه"),
        **{chr(0x660 + n): str(n) for n in range(10)},
        **{chr(0x6F0 + n): str(n) for n in range(10)},
        "٫": ".",
        "٬": ",",
    }
)
"""One character to one character: alef, ya, ta marbuta, hamza carriers, Persian letters, both digit scripts."""


def fold(text: str) -> str:
    """The text with marks and controls dropped and variant letters and digits made one; Latin in lower case."""
    if _PRESENTATION.search(text):
        text = unicodedata.normalize("NFKC", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return _GONE.sub("", text).translate(_SAME).lower()


def fold_marks(text: str) -> str:
    """The text with vowel marks, tatweel and controls dropped and white space made single: nothing else changes."""
    return _SPACES.sub(" ", _GONE.sub("", unicodedata.normalize("NFC", text))).strip()


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that remembers where its characters came from."""

    text: str
    offsets: tuple[int, ...] | None
    """`offsets[i]` is the place of folded character i in the original, with the length at the end; None: identical."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span of a folded one; marks that follow its last letter belong to it."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end] if end > start else self.offsets[start]


def folded(text: str) -> Folded:
    """`fold(text)`, with offsets back into `text`."""
    plain = fold(text)
    if len(plain) == len(text):
        return Folded(plain, None)
    kept: list[str] = []
    offsets: list[int] = []
    for place, letter in enumerate(text):
        if _GONE.match(letter):
            continue
        if unicodedata.combining(letter) and kept:
            kept[-1] = fold(unicodedata.normalize("NFC", text[offsets[-1] : place + 1]))[-1:] or kept[-1]
            continue
        piece = fold(letter)
        kept.append(piece)
        offsets.extend([place] * len(piece))
    return Folded("".join(kept), (*offsets, len(text)))


_WORD = re.compile(r"[^\W_]+(?:[.,:/+'’-][^\W_]+)*")


def words(text: str) -> list[str]:
    """The folded words of a text, in order; a number with its separators, or `c5+1`, is one word."""
    return _WORD.findall(fold(text))
