"""Text cut where its script changes, so that each foreign run can be isolated and named."""

from __future__ import annotations

import re
from typing import NamedTuple

# Arabic blocks without punctuation and digits, which are shared; Hebrew, Syriac and Thaana read the same way.
_RTL = "\u0590-\u05ff\u0620-\u064a\u066e-\u06d3\u06d5\u06ee-\u06ff\u0700-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RTL_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200c\u200d"
_LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0370-\u052f\u1e00-\u1fff"
_LATIN_MARKS = "\u0300-\u036f"

_ALNUM = f"{_LATIN}{_LATIN_MARKS}0-9"
_TAIL = f"[{_ALNUM}]*(?:[-–.,:/+&'’@_%]+[{_ALNUM}]+)*[%+]?"
_MORE = f"(?:,? [{_LATIN}0-9]{_TAIL})*"
_NUMBER = f"(?:(?<=[0-9])|(?<=[+$€£#−-])[0-9]){_TAIL}(?:,? [{_LATIN}]{_TAIL}{_MORE})?"
_PHRASE = f"(?:(?<=[{_LATIN}])|(?<=[@#])[{_LATIN}]){_TAIL}{_MORE}"
# One class of what may come first, then what it can begin: a search skips to the class, and tries no branch elsewhere.
_LEFT_TO_RIGHT = re.compile(f"[@#+$€£−{_LATIN}0-9-](?:{_PHRASE}|{_NUMBER})")
_ARABIC_WORD = f"[{_RTL}][{_RTL}{_RTL_MARKS}]*"
_RIGHT_TO_LEFT = re.compile(rf"{_ARABIC_WORD}(?:[ \u00a0/.،-]+{_ARABIC_WORD})*")
_HAS_LATIN = re.compile(f"[{_LATIN}]")
_HAS_ARABIC = re.compile(f"[{_RTL}]")
_RUN = {"rtl": _LEFT_TO_RIGHT, "ltr": _RIGHT_TO_LEFT}

_BIDI_CONTROLS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_INVISIBLE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff{_BIDI_CONTROLS}]+")


class Run(NamedTuple):
    """A piece of a text: of the text's own script, or foreign to it."""

    text: str
    foreign: bool = False
    words: bool = False
    """A foreign run that holds words of the other script; False for mere digits."""


def tidy(text: str) -> str:
    """The text without controls that could disguise it (bidi overrides) or break a page (C0, C1, lone surrogates)."""
    return text if text.isprintable() else _INVISIBLE.sub("", text)


def only_foreign(text: str, direction: str) -> bool:
    """Whether a text that is to stand among words of this direction has only words of the other script."""
    own, other = (_HAS_LATIN, _HAS_ARABIC) if direction == "ltr" else (_HAS_ARABIC, _HAS_LATIN)
    return bool(other.search(text)) and not own.search(text)


def runs(text: str, direction: str) -> tuple[Run, ...]:
    """The text, whole and in order, as own and foreign runs."""
    if direction == "ltr" and text.isascii():
        return (Run(text),) if text else ()
    pieces: list[Run] = []
    end = 0
    for found in _RUN[direction].finditer(text):
        if found.start() > end:
            pieces.append(Run(text[end : found.start()]))
        words = direction == "ltr" or bool(_HAS_LATIN.search(found[0]))
        pieces.append(Run(found[0], foreign=True, words=words))
        end = found.end()
    if end < len(text):
        pieces.append(Run(text[end:]))
    return tuple(pieces)
