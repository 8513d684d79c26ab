"""Transcripts: what subtitles and the transcripts of recordings set between the words, which are one text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from site_src.parse.lines import MEASURES, Line, merged
from site_src.text.patterns import late

_CODE = late(r"[\[(]?((?:\d{1,2}:)?\d{1,2}:\d\d)(?:[.,]\d{1,3})?(?P<span>\s*-->\s*[\d:.,]{4,16}.*)?[\])]?")
_BEFORE = late(r"[\[(]?(?:\d{1,2}:)?\d{1,2}:\d\d[\])]?\s+(?=[^\W\d_])")
_OPENS = frozenset("[(0123456789٠١٢٣٤٥٦٧٨٩")
_HEAD = 4
_SOUND = late(r"[\[(♪][^\[\]()]{1,30}[\])♪]")
"""What is heard beside the words: music, applause."""
_BEGINS = 120
"""Seconds from the beginning within which a recording is spoken in: a clock is later."""
_SPOKEN = 0.5
"""Words for each second that are said in it, at least: chapters have far fewer."""
_LINES = 2
"""Lines that are shown at once."""


def with_recordings(lines: list[Line]) -> list[Line]:
    """The lines; what is said in a recording as one line, the times between its words and sounds as junk."""
    codes = [place for place, line in enumerate(lines) if line.text[0] in _OPENS and ":" in line.text[:_HEAD]]
    if len(codes) < MEASURES["wrap_least"]:
        return lines
    page = [part for line in lines for part in _apart(line)]
    return _joined(page, [place for place, line in enumerate(page) if _CODE.fullmatch(line.text)]) or lines


def _apart(line: Line) -> tuple[Line, ...]:
    """The line; the time before what is said on the same line as a line of its own."""
    found = _BEFORE.match(line.text) if line.text[0] in _OPENS else None
    if found is None:
        return (line,)
    return line.written(found[0].rstrip()), line.written(line.text[found.end() :], gap=False)


def _joined(lines: list[Line], codes: Sequence[int]) -> list[Line]:
    """The lines with what is said as one; none where they are no recording."""
    if len(codes) < MEASURES["wrap_least"] or not _is_recording(lines, codes):
        return []
    numbers = {place - 1 for place in codes if place and lines[place - 1].text.isdecimal()}
    begin = min(codes[0], *numbers) if numbers else codes[0]
    end = next((at for at in range(codes[-1] + 2, len(lines)) if lines[at].gap), codes[-1] + 1 + _LINES)
    unsaid = numbers.union(codes, (at for at in range(begin, min(end, len(lines))) if _SOUND.fullmatch(lines[at].text)))
    said = [line for at, line in enumerate(lines[begin:end], begin) if at not in unsaid]
    marks = [line.but(sort="junk", rule="time-code") for at, line in enumerate(lines[begin:end], begin) if at in unsaid]
    return [*lines[:begin], *marks, merged(said), *lines[end:]] if said else []


def _is_recording(lines: Sequence[Line], codes: Sequence[int]) -> bool:
    """Whether times count on from the beginning, and what stands between them is said as fast and goes on as speech."""
    times = [_seconds(lines[place].text) for place in codes]
    if times[0] > _BEGINS or any(second < first for first, second in pairwise(times)):
        return False
    between = [line for first, second in pairwise(codes) for line in lines[first + 1 : second]]
    unfinished = sum(not line.finished for line in between)
    return 2 * unfinished > len(between) and sum(line.words for line in between) >= _SPOKEN * (times[-1] - times[0])


def _seconds(code: str) -> int:
    found = _CODE.fullmatch(code)
    parts = [int(part) for part in found[1].split(":")] if found else []
    return sum(part * 60**power for power, part in enumerate(reversed(parts)))
