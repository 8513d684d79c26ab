"""Speakers: whose words a line of an interview or of a transcript gives, named before a colon."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from site_src.parse.lines import Line
from site_src.text.patterns import late

_SPEAKER = late(r"([^\W\d_]+(?:\s[^\W\d_]+){0,2})\s?:\s")
_NAME_MOST = 80
"""Characters within which the colon behind a speaker's name stands."""


def speaker_of(line: Line) -> str:
    """The words before a colon near the beginning, as in an interview or a transcript; "" without any."""
    match = _SPEAKER.match(line.text) if ":" in line.text[:_NAME_MOST] else None
    return match[1] if match else ""


def speakers_in(lines: Sequence[Line]) -> frozenset[str]:
    """Those who speak twice or more."""
    if all(line.is_body or line.sort != "text" for line in lines[1:]):
        return frozenset()
    counted = Counter(speaker_of(line) for line in lines if line.sort == "text")
    return frozenset(name for name, count in counted.items() if name and count > 1)
