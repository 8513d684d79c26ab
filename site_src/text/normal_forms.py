"""Unicode normal forms in a time that grows with the text: `unicodedata` takes the square of a pile of marks."""

from __future__ import annotations

import unicodedata
from typing import Literal

from site_src.text.patterns import late

_SHORT = 2000
"""Characters of a text up to which the square is not felt."""
_DENSE = late("[^\x00-\u02ff\u061b-\u064a\u0660-\u066f]{30}")
"""What a pile needs; searched ten times as fast, and Arabic without vowel marks has none."""
_PILE = late(r"((?:[^\w\s!-~]|[\uff9e\uff9f]){30})")
"""As many signs as may stand on one letter by Unicode's Stream-Safe Text Format, or signs that are no marks."""


def normalized(form: Literal["NFC", "NFKC", "NFKD"], text: str) -> str:
    """The text in that normal form; of more than 30 marks on one letter, those up to each 30th are put in order alone.

    One call of `unicodedata` cannot be stopped: it took hours for a text of nothing but marks.
    """
    if len(text) <= _SHORT or not _DENSE.search(text) or not _PILE.search(text):
        return unicodedata.normalize(form, text)
    return "".join([unicodedata.normalize(form, piece) for piece in _PILE.split(text)])
