"""Unicode normal forms in linear time: that of `unicodedata` grows with the square of the marks on one letter."""

from __future__ import annotations

import unicodedata
from typing import Literal

from site_src.text.patterns import late

_SHORT = 2000
"""Characters of a text so short that quadratic time does no harm."""
_DENSE = late("[^\x00-\u02ff\u061b-\u064a\u0660-\u066f]{30}")
"""Every pile matches this, which is searched ten times as fast; Arabic without vowel marks never does."""
_PILE = late(r"((?:[^\w\s!-~]|[\uff9e\uff9f]){30})")
"""As many signs as may stand on one letter by Unicode's Stream-Safe Text Format, or signs that are no marks."""


def normalized(form: Literal["NFC", "NFKC", "NFKD"], text: str) -> str:
    """The text in that normal form; of more than 30 marks on one letter, each 30 are put in order by themselves.

    One call of `unicodedata` cannot be interrupted: it took hours for a text of nothing but marks.
    """
    if len(text) <= _SHORT or not _DENSE.search(text) or not _PILE.search(text):
        return unicodedata.normalize(form, text)
    return "".join([unicodedata.normalize(form, piece) for piece in _PILE.split(text)])
