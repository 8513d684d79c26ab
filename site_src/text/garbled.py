"""Text that is no longer what was written, though every byte of it is sound: what programs make of Arabic.

A page in such a state reads as a page, and a summary of it would be published. Each harm leaves a sign that no sound
text has; the limits stand in `tables/encodings.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from site_src.tables import table
from site_src.text.patterns import compiled, late

_CLOSED_AT_ONCE = late(r"\n[^\W\d_]{3,}[.؟!][^\S\n]")
_CLOSED = late(r"[^\S\n]\S*\w[.؟!][^\w\s]?[^\S\n]*$", re.MULTILINE)
_BEGUN = late(r" ة[^\W\d_]")
_REFERENCE = late(r"&#(?:x([0-9a-f]{2,6})|([0-9]{3,7}));", re.IGNORECASE)
_SAMPLE = 1000
"""Characters by which a text is asked whether it can have a space behind nearly every letter."""
_LEAST = 0xA0
"""Below it a reference stands for ASCII or a control, which may be there to be seen."""


def garbled(text: str) -> str:
    """What was done to the text: "lost", "letters_reversed", "words_reversed", "letters_apart", or "" where nothing."""
    limits = table("encodings")["garbled"]["limits"]
    return next((harm for harm, shows in _SIGNS.items() if shows(text, limits)), "")


def _is_lost(text: str, limits: Mapping[str, float]) -> bool:
    """Saved in an encoding without Arabic: a question mark stands for each of its letters."""
    marks = text.count("?") + text.count("\ufffd")
    return marks > limits["lost"] * len(text) and marks > sum(map(str.isalpha, text))


def _is_reversed(text: str, limits: Mapping[str, float]) -> bool:
    """Letters in the order in which they are seen from the left: ta marbuta, which only ends words, begins them."""
    if text.count(" ة") < limits["reversed"]:
        return False
    begun = len(_BEGUN.findall(text))
    return begun >= limits["reversed"] and begun > text.count("ة ")


def _has_words_reversed(text: str, limits: Mapping[str, float]) -> bool:
    """Words in the order in which they are seen from the left: the full stop ends the first word of lines.

    A list may number its entries so, or name the place of each: the word that begins a report then ends no line.
    """
    closed = len(_CLOSED_AT_ONCE.findall(text))
    if closed < limits["reversed"] or closed <= limits["closed"] * len(_CLOSED.findall(text)):
        return False
    return _opened_last().search(text) is not None


@cache
def _opened_last() -> re.Pattern[str]:
    """The word that begins a report, behind others at the end of a line."""
    verbs = "|".join(re.escape(verb) for verb in table("layout")["words"]["lead_verbs"] if " " not in verb)
    return compiled(rf"\w[^\S\n]+[وف]?(?:{verbs})ت?[^\S\n]*$", re.MULTILINE)


def _is_spaced(text: str, limits: Mapping[str, float]) -> bool:
    """A space behind nearly every letter, as from a page whose letters are placed one by one."""
    sample = text[:_SAMPLE]
    if sample.count(" ") < limits["apart"] * len(sample):
        return False
    words = text.split()
    alone = sum(len(word) == 1 and word.isalpha() for word in words)
    return alone >= limits["apart_least"] and alone > limits["alone"] * len(words)


_SIGNS: Mapping[str, Callable[[str, Mapping[str, float]], bool]] = {
    "lost": _is_lost,
    "letters_apart": _is_spaced,
    "letters_reversed": _is_reversed,
    "words_reversed": _has_words_reversed,
}


def without_references(text: str) -> str:
    """The text with the letters that stand as HTML references (&#1605;) in their place, where most letters do."""
    if text.count("&#") <= sum(map(str.isalpha, text)) * table("encodings")["garbled"]["limits"]["references"]:
        return text
    return _REFERENCE.sub(_letter, text)


def _letter(reference: re.Match[str]) -> str:
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return chr(code) if _LEAST <= code < 0x110000 and not 0xD800 <= code < 0xE000 else reference[0]
