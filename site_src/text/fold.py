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
"""Vowel marks that tell two words of the same letters apart: of a passive, and of an accusative."""
# U+0610-061A signs, 064B-065F vowel marks, 0670 dagger alef, 06D6-06ED Koran marks, 08D3-08FF marks.
_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff"
# Zero-width and bidi controls, soft hyphen, byte order mark.
_CONTROLS = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_GONE = late(f"[{_MARKS}\u0640{_CONTROLS}]")
_PRESENTATION = late("[\ufb50-\ufdff\ufe70-\ufefc]+")
_HIGH = late("[\ufb50-\ufefc]")
"""One range is searched faster than two: where it finds nothing, there are no presentation forms."""
_SPACES = late(r"\s+")
_UNEVEN = ("  ", "\n", "\u00a0")
"""The white space of everyday text that is not a single space."""

_UNUSUAL = late(r"[^ \n\u00a0!-@\[-~،؛؟ء-غف-ي«»“”‘’–—…]")
"""What everyday Arabic text has little of; without it nothing is to be dropped, composed or lowered, letters aside."""
_EVERYDAY = (("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ى", "ي"), ("ئ", "ي"), ("ة", "ه"), ("ؤ", "و"))
_SAME = (
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
    """The text with marks and controls dropped and variant letters and digits made one; Latin in lower case."""
    if text.isascii():
        return text.lower()
    if (everyday := fold_everyday(text)) is not None:
        return everyday
    if _HIGH.search(text):
        text = _PRESENTATION.sub(lambda run: normalized("NFKC", run[0]), text)
    text = _GONE.sub("", normalized("NFC", text))
    # Once more: what is gone may have stood between a letter and its accent.
    return _with_same(normalized("NFC", text), _SAME).lower()


def unmarked(text: str) -> str:
    """Latin letters without their marks, as machines and agencies write them: Erdogan for Erdoğan."""
    if text.isascii():
        return text
    return "".join(c for c in normalized("NFKD", text) if not unicodedata.combining(c))


def fold_all(texts: Sequence[str]) -> list[str]:
    """Each text folded, together: one by one takes several times as long. A line break in a text becomes a space."""
    page = "\n".join(texts)
    if page.count("\n") >= len(texts):
        page = "\n".join([text.replace("\n", " ") for text in texts])
    return fold(page).split("\n")[: len(texts)]


def fold_everyday(text: str) -> str | None:
    """`fold(text)` of a text of everyday Arabic, whose characters all show and stand for themselves; None of others."""
    return None if _UNUSUAL.search(text) else _with_same(text, _EVERYDAY)


def fold_letters(text: str) -> str:
    """`fold(text)` of a text that is known to be one of everyday Arabic."""
    return _with_same(text, _EVERYDAY)


def _with_same(text: str, letters: Iterable[tuple[str, str]]) -> str:
    for letter, same in letters:  # several times as fast as str.translate, which looks every character up
        text = text.replace(letter, same)
    return text


def fold_table() -> dict[str, object]:
    """What `fold` does as plain values, for the script of the search page: it folds what a reader types alike.

    In order: NFKC for runs that match `forms`, NFC, nothing for what matches `gone`, NFC again, each pair of `same`,
    lower case.
    """
    return {"forms": _PRESENTATION.pattern, "gone": _GONE.pattern, "same": _SAME}


def fold_marks(text: str) -> str:
    """The text with vowel marks, tatweel and controls dropped and white space made single: nothing else changes."""
    if not _UNUSUAL.search(text) and not any(map(text.__contains__, _UNEVEN)):
        return text.strip()
    return _SPACES.sub(" ", _GONE.sub("", normalized("NFC", text))).strip()


class Folded(Struct, frozen=True):
    """A folded text that remembers where its characters came from."""

    text: str
    offsets: tuple[int, ...] | None
    """`offsets[i]` is the place of folded character i in the original, with the length at the end; None: identical."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span of a folded one; marks that follow its last letter belong to it, a ligature is whole."""
        if self.offsets is None:
            return start, end
        if end <= start:
            return self.offsets[start], self.offsets[start]
        while end < len(self.text) and self.offsets[end] == self.offsets[end - 1]:
            end += 1
        return self.offsets[start], self.offsets[end]


# Marks that combine with the letter before them, in the scripts that our pages mix.
_COMBINING = f"\u0300-\u036f\u0591-\u05c7{_MARKS}\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
# What folding drops may stand between the two.
_MARK = rf"[{_CONTROLS}\u0640]*[{_COMBINING}]"
_LETTER = late(rf".(?:{_MARK})*", re.DOTALL)
_PIECE = late(rf"[^{_COMBINING}{_CONTROLS}\u0640\ufb50-\ufdff\ufe70-\ufefc]+(?!{_MARK})|.(?:{_MARK})*", re.DOTALL)


def folded(text: str) -> Folded:
    """`fold(text)`, with offsets back into `text`."""
    if not _UNUSUAL.search(text):
        return Folded(_with_same(text, _EVERYDAY), None)
    plain = fold(text)
    if not _HIGH.search(text) and unicodedata.is_normalized("NFC", text):
        gone = [run.span() for run in _GONE.finditer(text)]
        if len(plain) == len(text) - sum(end - start for start, end in gone):
            return Folded(plain, _without(gone, len(text)) if gone else None)
    pieces: list[str] = []
    offsets: list[int] = []
    for start, end in _pieces(text):
        piece = fold(text[start:end])
        pieces.append(piece)
        single = _LETTER.fullmatch(text, start, end)
        offsets.extend([start] * len(piece) if single else range(start, end))
    return Folded("".join(pieces), (*offsets, len(text)))


def _without(gone: list[tuple[int, int]], length: int) -> tuple[int, ...]:
    """The places of a text of this length that remain without the spans that are gone, and its length."""
    offsets: list[int] = []
    kept = 0
    for start, end in (*gone, (length, length)):
        offsets.extend(range(kept, start))
        kept = end
    return (*offsets, length)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Spans that fold by themselves: runs of one character to one, and letters with their marks."""
    for run in _PIECE.finditer(text):
        if len(fold(run[0])) == len(run[0]) and unicodedata.is_normalized("NFC", run[0]):
            yield run.span()
        else:
            for letter in _LETTER.finditer(text, *run.span()):
                yield letter.span()


_WORD = late(r"[^\W_]+(?:[.,:/+'’-][^\W_]+)*")


_words_of: Memo[tuple[str, ...]] = Memo(lambda token: tuple(words_anew(token)))
"""The words of what stands between two spaces: no word, and nothing that folds together, goes beyond them."""


def words(text: str) -> list[str]:
    """The folded words of a text, in order; a number with its separators, or `c5+1`, is one word."""
    return list(chain.from_iterable(map(_words_of.__getitem__, text.split())))


def words_anew(text: str) -> list[str]:
    """`words(text)`, of which nothing is remembered: for those who remember what they make of it."""
    return _WORD.findall(fold(text))
