"""Speakers: who says a line of an interview or of a transcript, named before a colon."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from site_src.parse.lines import Line
from site_src.text.patterns import late

_SPEAKER = late(r"([^\W\d_]+(?:\s[^\W\d_]+){0,2})\s?:\s")
_NAME_MOST = 80
"""Length in characters of the beginning of a line in which the colon behind a speaker's name stands."""


def speaker_of(line: Line) -> str:
    """The speaker named before a colon at the beginning of a line; "" without one."""
    match = _SPEAKER.match(line.text) if ":" in line.text[:_NAME_MOST] else None
    return match[1] if match else ""


def speakers_in(lines: Sequence[Line]) -> frozenset[str]:
    """The speakers who are named before two lines or more."""
    if all(line.is_body or line.sort != "text" for line in lines[1:]):
        return frozenset()
    line_counts = Counter(speaker_of(line) for line in lines if line.sort == "text")
    return frozenset(speaker for speaker, count in line_counts.items() if speaker and count > 1)
