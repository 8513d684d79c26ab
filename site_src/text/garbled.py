"""Arabic that a program has garbled, though every byte of it is valid.

Such a page can be read like any other, and a summary of it would be published. Each kind of damage leaves a sign that
no intact text has; the limits stand in `tables/encodings.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from site_src.tables import table
from site_src.text.patterns import compiled, late

_FIRST_WORD_ENDS_SENTENCE = late(r"\n[^\W\d_]{3,}[.؟!][^\S\n]")
_LAST_WORD_ENDS_SENTENCE = late(r"[^\S\n]\S*\w[.؟!][^\w\s]?[^\S\n]*$", re.MULTILINE)
_BEGINS_WITH_TA_MARBUTA = late(r" ة[^\W\d_]")
_REFERENCE = late(r"&#(?:x([0-9a-f]{2,6})|([0-9]{3,7}));", re.IGNORECASE)
_SAMPLE = 1000
"""Characters of a text in which the spaces are counted; only where these are many its words are."""
_FIRST_LETTER = 0xA0
"""A reference below it stands for ASCII or a control character, and may be part of what is shown."""


def garbled(text: str) -> str:
    """The damage to a text: "lost", "letters_reversed", "words_reversed" or "letters_apart"; "" where there is none."""
    limits = table("encodings")["garbled"]["limits"]
    return next((damage for damage, has_sign in _SIGNS.items() if has_sign(text, limits)), "")


def _is_lost(text: str, limits: Mapping[str, float]) -> bool:
    """Whether it was saved in an encoding without Arabic: a question mark stands for each of its letters."""
    marks = text.count("?") + text.count("\ufffd")
    return marks > limits["lost"] * len(text) and marks > sum(map(str.isalpha, text))


def _is_reversed(text: str, limits: Mapping[str, float]) -> bool:
    """Whether the letters are in visual order, from the left: words begin with ta marbuta, which only ends words."""
    if text.count(" ة") < limits["reversed"]:
        return False
    reversed_words = len(_BEGINS_WITH_TA_MARBUTA.findall(text))
    return reversed_words >= limits["reversed"] and reversed_words > text.count("ة ")


def _has_words_reversed(text: str, limits: Mapping[str, float]) -> bool:
    """Whether the words are in visual order, from the left: the full stop stands behind the first word of lines.

    A list may number its entries so, or name the place of each; but then the word that begins a report ends no line.
    """
    lines = len(_FIRST_WORD_ENDS_SENTENCE.findall(text))
    if lines < limits["reversed"] or lines <= limits["closed"] * len(_LAST_WORD_ENDS_SENTENCE.findall(text)):
        return False
    return _lead_verb_at_line_end().search(text) is not None


@cache
def _lead_verb_at_line_end() -> re.Pattern[str]:
    """The pattern of a word that begins a report, behind other words at the end of a line."""
    verbs = "|".join(re.escape(verb) for verb in table("layout")["words"]["lead_verbs"] if " " not in verb)
    return compiled(rf"\w[^\S\n]+[وف]?(?:{verbs})ت?[^\S\n]*$", re.MULTILINE)


def _has_letters_apart(text: str, limits: Mapping[str, float]) -> bool:
    """Whether a space stands behind nearly every letter, as on a page whose letters are placed one by one."""
    sample = text[:_SAMPLE]
    if sample.count(" ") < limits["apart"] * len(sample):
        return False
    words = text.split()
    single_letters = sum(len(word) == 1 and word.isalpha() for word in words)
    return single_letters >= limits["apart_least"] and single_letters > limits["alone"] * len(words)


_SIGNS: Mapping[str, Callable[[str, Mapping[str, float]], bool]] = {
    "lost": _is_lost,
    "letters_apart": _has_letters_apart,
    "letters_reversed": _is_reversed,
    "words_reversed": _has_words_reversed,
}


def without_references(text: str) -> str:
    """The text with HTML references (&#1605;) replaced by their letters, where most letters are written so."""
    if text.count("&#") <= sum(map(str.isalpha, text)) * table("encodings")["garbled"]["limits"]["references"]:
        return text
    return _REFERENCE.sub(_letter, text)


def _letter(reference: re.Match[str]) -> str:
    """The letter of a reference; the reference itself where it stands for no letter."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return chr(code) if _FIRST_LETTER <= code < 0x110000 and not 0xD800 <= code < 0xE000 else reference[0]
