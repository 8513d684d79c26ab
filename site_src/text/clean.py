"""The text as a page shows it: without invisible characters, odd spaces and presentation forms of letters.

Quotation marks, tatweel, vowel marks and everything else a writer chose stay as they are.
"""

from __future__ import annotations

import re
import unicodedata

from site_src.text.normal_forms import normalized
from site_src.text.patterns import late

# Control characters but tab and newline, lone surrogates, soft hyphen, bidi controls, zero-width characters, BOM.
_CONTROLS = late(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff]+"
)
_JOINERS = late("[\u200c\u200d]+")
_SPACES = late(r"(?:[^\S\n ][^\S\n]*| (?:[^\S\n])+)")
# Letters made for fonts; the word ligatures and ornate brackets among them are characters in their own right.
_PRESENTATION = late("[\ufb50-\ufd3d\ufd40-\ufdcf\ufe70-\ufefc]+")
_ARABIC = late("[\u0620-\u064a\u066e-\u06d3]")
_PERSIAN = late("[پچژگکیےہں]")
_COMPOSABLE = late("[^\\W_][\u0300-\u036f\u0653-\u0655]+")
_MAY_NEED_REPAIR = late(
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\u00ad\u0300-\u036f\u061c\u0653-\u0655\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\u3000\ud800-\udfff\ufb50-\ufdff\ufe70-\ufeff\ufff9-\uffff]"
)


def shown(text: str) -> tuple[str, tuple[str, ...]]:
    """The text to show, and the ids of the repairs made: "presentation", "controls", "spaces".

    A letter and its accent become one character, which is no repair: nobody can see the difference.
    """
    if "  " not in text and not _MAY_NEED_REPAIR.search(text):
        return text, ()
    repairs = []
    for repair, mend in (("presentation", _plain_letters), ("controls", _visible), ("spaces", _single_spaces)):
        mended = mend(text)
        if mended != text:
            repairs.append(repair)
            text = mended
    return _COMPOSABLE.sub(lambda letter: normalized("NFC", letter[0]), text), tuple(repairs)


def _plain_letters(text: str) -> str:
    """Presentation forms as letters, when the text has no Arabic letter of the ordinary kind."""
    if _ARABIC.search(text):
        return text
    return _PRESENTATION.sub(lambda run: normalized("NFKC", run[0]).replace(" ", ""), text)


def _visible(text: str) -> str:
    """The text without invisible characters, except joiners that change how it looks."""
    text = _CONTROLS.sub("", text)
    persian = bool(_PERSIAN.search(text))
    return _JOINERS.sub(lambda run: _needed_joiner(run, persian), text)


def _needed_joiner(run: re.Match[str], persian: bool) -> str:
    """The joiner where it is needed, else "".

    ZWNJ is needed in a Persian word; ZWJ in an emoji, and after a letter that should look unfinished (ه‍).
    """
    before, after = run.string[run.start() - 1 : run.start()], run.string[run.end() : run.end() + 1]
    if run[0][0] == "\u200c":
        return "\u200c" if persian and before.isalpha() and after.isalpha() else ""
    if _ARABIC.match(before):
        return "" if _ARABIC.match(after) else "\u200d"
    if not before or not after:
        return ""
    in_emoji = unicodedata.category(before) in ("So", "Sk", "Mn") and unicodedata.category(after) == "So"
    return "\u200d" if in_emoji else ""


def _single_spaces(text: str) -> str:
    return _SPACES.sub(" ", text)
