"""Folding: the form of a text in which spelling variants of Arabic are equal.

Two foldings for two questions. `fold` answers "is this the same word?" (search, names, merging, topics);
`fold_marks` answers "is this the same sentence, typed with or without vowel marks?" (translation memory).
Neither is ever shown on a page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from msgspec import Struct

from site_src.text.memo import Memo
from site_src.text.normal_forms import normalized
from site_src.text.patterns import late

DAMMA, FATHATAN = "\u064f", "\u064b"
"""Vowel marks that distinguish words of the same letters: that of a passive, and that of an accusative."""
# U+0610-061A signs, 064B-065F vowel marks, 0670 dagger alef, 06D6-06ED Koran marks, 08D3-08FF marks.
_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff"
# Zero-width and bidi controls, soft hyphen, byte order mark.
_CONTROLS = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_DROPPED = late(f"[{_MARKS}\u0640{_CONTROLS}]")
_PRESENTATION = late("[\ufb50-\ufdff\ufe70-\ufefc]+")
_HIGH = late("[\ufb50-\ufefc]")
"""One range, which is searched faster than two: where it matches nothing, there are no presentation forms."""
_SPACES = late(r"\s+")
_UNEVEN = ("  ", "\n", "\u00a0")
"""The white space of everyday text that is not a single space."""

_UNUSUAL = late(r"[^ \n\u00a0!-@\[-~،؛؟ء-غف-ي«»“”‘’–—…]")
"""What everyday Arabic text has little of. A text without it needs nothing but the replacements of `_EVERYDAY`."""
_EVERYDAY = (("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ى", "ي"), ("ئ", "ي"), ("ة", "ه"), ("ؤ", "و"))
_REPLACEMENTS = (
    *_EVERYDAY,
    ("ٱ", "ا"),
    *((letter, "ي") for letter in "یېے"),
    *((letter, "ه") for letter in "ۀەھہ"),
    *((letter, "ك") for letter in "کگ"),
    *((chr(0x660 + n), str(n)) for n in range(10)),
    *((chr(0x6F0 + n), str(n)) for n in range(10)),
    ("٫", "."),
    ("٬", ","),
)
"""One character to one character: alef, ya, ta marbuta, hamza carriers, Persian letters, both digit scripts."""


def fold(text: str) -> str:
    """The text without marks and controls, with one form of variant letters and digits, and Latin in lower case."""
    if text.isascii():
        return text.lower()
    if (everyday := fold_everyday(text)) is not None:
        return everyday
    if _HIGH.search(text):
        text = _PRESENTATION.sub(lambda run: normalized("NFKC", run[0]), text)
    text = _DROPPED.sub("", normalized("NFC", text))
    # NFC once more: a dropped character may have stood between a letter and its accent.
    return _replace_letters(normalized("NFC", text), _REPLACEMENTS).lower()


def unmarked(text: str) -> str:
    """The text with Latin letters without their accents, as machines and agencies write them: Erdogan for Erdoğan."""
    if text.isascii():
        return text
    return "".join(character for character in normalized("NFKD", text) if not unicodedata.combining(character))


def fold_all(texts: Sequence[str]) -> list[str]:
    """Each text folded; one by one takes several times as long. A line break in a text becomes a space."""
    joined = "\n".join(texts)
    if joined.count("\n") >= len(texts):
        joined = "\n".join([text.replace("\n", " ") for text in texts])
    return fold(joined).split("\n")[: len(texts)]


def fold_everyday(text: str) -> str | None:
    """`fold(text)` of a text of everyday Arabic, all of whose characters show and stand for themselves; else None."""
    return None if _UNUSUAL.search(text) else _replace_letters(text, _EVERYDAY)


def fold_letters(text: str) -> str:
    """`fold(text)` of a text that is known to be everyday Arabic, as `fold_everyday` has it."""
    return _replace_letters(text, _EVERYDAY)


def _replace_letters(text: str, replacements: Iterable[tuple[str, str]]) -> str:
    for letter, replacement in replacements:  # several times as fast as str.translate, which looks every character up
        text = text.replace(letter, replacement)
    return text


def fold_table() -> dict[str, object]:
    """The rules of `fold` as plain values, for the script of the search page, which folds alike what a reader types.

    In order: NFKC for runs that match `forms`; NFC; nothing for what matches `gone`; NFC again; each pair of `same`;
    lower case.
    """
    return {"forms": _PRESENTATION.pattern, "gone": _DROPPED.pattern, "same": _REPLACEMENTS}


def fold_marks(text: str) -> str:
    """The text without vowel marks, tatweel and controls, with single spaces for white space; nothing else changes."""
    if not _UNUSUAL.search(text) and not any(map(text.__contains__, _UNEVEN)):
        return text.strip()
    return _SPACES.sub(" ", _DROPPED.sub("", normalized("NFC", text))).strip()


class Folded(Struct, frozen=True):
    """A folded text, with the offset of each of its characters in the original."""

    text: str
    offsets: tuple[int, ...] | None
    """`offsets[i]` is that of character i, and the length of the original stands at the end; None: all are the same."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span of a folded one, with the marks that follow its last letter; a ligature is never cut."""
        if self.offsets is None:
            return start, end
        if end <= start:
            return self.offsets[start], self.offsets[start]
        while end < len(self.text) and self.offsets[end] == self.offsets[end - 1]:
            end += 1
        return self.offsets[start], self.offsets[end]


# Marks that combine with the letter before them, in the scripts that our pages mix.
_COMBINING = f"\u0300-\u036f\u0591-\u05c7{_MARKS}\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
# A character that folding drops may stand between a letter and its mark.
_MARK = rf"[{_CONTROLS}\u0640]*[{_COMBINING}]"
_LETTER_AND_MARKS = late(rf".(?:{_MARK})*", re.DOTALL)
_PIECE = late(rf"[^{_COMBINING}{_CONTROLS}\u0640\ufb50-\ufdff\ufe70-\ufefc]+(?!{_MARK})|.(?:{_MARK})*", re.DOTALL)


def folded(text: str) -> Folded:
    """`fold(text)`, with offsets back into `text`."""
    if not _UNUSUAL.search(text):
        return Folded(_replace_letters(text, _EVERYDAY), None)
    folded_text = fold(text)
    if not _HIGH.search(text) and unicodedata.is_normalized("NFC", text):
        dropped = [run.span() for run in _DROPPED.finditer(text)]
        if len(folded_text) == len(text) - sum(end - start for start, end in dropped):
            return Folded(folded_text, _remaining_offsets(dropped, len(text)) if dropped else None)
    pieces: list[str] = []
    offsets: list[int] = []
    for start, end in _separable_spans(text):
        piece = fold(text[start:end])
        pieces.append(piece)
        single_letter = _LETTER_AND_MARKS.fullmatch(text, start, end)
        offsets.extend([start] * len(piece) if single_letter else range(start, end))
    return Folded("".join(pieces), (*offsets, len(text)))


def _remaining_offsets(dropped: list[tuple[int, int]], length: int) -> tuple[int, ...]:
    """The offsets of a text of this length that lie outside the dropped spans, and the length."""
    offsets: list[int] = []
    previous_end = 0
    for start, end in (*dropped, (length, length)):
        offsets.extend(range(previous_end, start))
        previous_end = end
    return (*offsets, length)


def _separable_spans(text: str) -> Iterator[tuple[int, int]]:
    """Spans that fold by themselves: runs whose characters fold to one each, and letters with their marks."""
    for run in _PIECE.finditer(text):
        if len(fold(run[0])) == len(run[0]) and unicodedata.is_normalized("NFC", run[0]):
            yield run.span()
        else:
            for letter in _LETTER_AND_MARKS.finditer(text, *run.span()):
                yield letter.span()


_WORD = late(r"[^\W_]+(?:[.,:/+'’-][^\W_]+)*")


_words_of: Memo[tuple[str, ...]] = Memo(lambda token: tuple(words_anew(token)))
"""The words of a token between two spaces: neither a word nor characters that fold together go beyond it."""


def words(text: str) -> list[str]:
    """The folded words of a text, in order; a number with its separators, or `c5+1`, is one word."""
    return list(chain.from_iterable(map(_words_of.__getitem__, text.split())))


def words_anew(text: str) -> list[str]:
    """`words(text)` without a memory, for callers that remember what they make of the words."""
    return _WORD.findall(fold(text))
