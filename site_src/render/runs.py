"""Cuts text where its script changes, so that each foreign run can be isolated, with its language."""

from __future__ import annotations

from collections.abc import Callable

from site_src.text.patterns import late

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
_LEFT_TO_RIGHT = f"[@#+$€£−{_LATIN}0-9-](?:{_NUMBER}|{_PHRASE})"
_ARABIC_WORD = f"[{_RTL}][{_RTL}{_RTL_MARKS}]*"
_RIGHT_TO_LEFT = rf"{_ARABIC_WORD}(?:[ \u00a0/.،-]+{_ARABIC_WORD})*"
_LETTER = late(f"([{_RTL}])|[{_LATIN}]")
_HAS_LATIN = late(f"[{_LATIN}]")
_HAS_ARABIC = late(f"[{_RTL}]")
_FOREIGN_RUN = {"rtl": late(f"({_LEFT_TO_RIGHT})"), "ltr": late(f"({_RIGHT_TO_LEFT})")}
"""A run that is foreign to a text, by the direction of the text."""

_BIDI_CONTROLS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
# Without a repetition: a search for a single class skips to it, one for a repeated class is tried at each letter.
_INVISIBLE = late(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff{_BIDI_CONTROLS}]")


def tidy(text: str) -> str:
    """The text without characters that could disguise it (bidi controls) or break a page (C0, C1, lone surrogates)."""
    return text if text.isprintable() else _INVISIBLE.sub("", text)


def letter_finder(direction: str) -> Callable[[str], object]:
    """A function that finds a letter read in this direction in a text, or gives None."""
    return (_HAS_LATIN if direction == "ltr" else _HAS_ARABIC).search


def first_direction(text: str) -> str:
    """The direction of the first letter of a text, "ltr" or "rtl"; "" where it has no letter."""
    letter = _LETTER.search(text)
    return ("rtl" if letter[1] else "ltr") if letter else ""


def only_foreign(text: str, direction: str) -> bool:
    """Whether a text that is to stand among words of this direction has letters of the other script only."""
    foreign_direction = "rtl" if direction == "ltr" else "ltr"
    return not letter_finder(direction)(text) and bool(letter_finder(foreign_direction)(text))


def split_runs(text: str, direction: str) -> list[str]:
    """The text in runs, own and foreign ones in turn; the first and the last are own ones, and may be empty."""
    return [text] if direction == "ltr" and text.isascii() else _FOREIGN_RUN[direction].split(text)


def has_words(foreign_run: str, direction: str) -> bool:
    """Whether a run that is foreign to a text of this direction has words of the other script, not digits alone."""
    return direction == "ltr" or bool(_HAS_LATIN.search(foreign_run))
