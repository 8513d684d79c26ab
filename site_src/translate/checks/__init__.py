"""What is wrong with a translation, seen from the two texts alone: pure functions, no model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from site_src.model import Finding
from site_src.text.fold import fold_marks, words

if TYPE_CHECKING:
    from site_src.text.names import NameBook

_ARABIC = re.compile("[\\u0620-\\u064a]")


def check_pair(
    source: str, target: str, names: NameBook, source_lang: str = "ar", target_lang: str = "en"
) -> tuple[Finding, ...]:
    """What is wrong with `target` as a translation of `source`; nothing found is an empty tuple."""
    return tuple(_findings(source, target))


def _findings(source: str, target: str) -> Iterator[Finding]:
    ours, theirs = words(source), words(target)
    if not theirs:
        yield Finding("empty", "error", target, "target", 0, len(target))
        return
    if fold_marks(source) == fold_marks(target):
        yield Finding("copied", "error", target, "target", 0, len(target))
    if foreign := _ARABIC.search(target):
        yield Finding("script", "error", foreign[0], "target", *foreign.span())
    word, times = Counter(theirs).most_common(1)[0]
    if times > 4 and times > len(theirs) / 3:
        yield Finding("loop", "error", f"{word} ({times} times)")
    if len(ours) > 8 and len(theirs) < len(ours) / 2:
        yield Finding("truncated", "error", f"{len(theirs)} words for {len(ours)}")
