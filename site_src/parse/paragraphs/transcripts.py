"""Transcripts: subtitles and transcripts of recordings, whose words are one text divided by times and sounds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from site_src.parse.lines import MEASURES, Line, join_lines
from site_src.text.patterns import late

_TIME_CODE = late(r"[\[(]?((?:\d{1,2}:)?\d{1,2}:\d\d)(?:[.,]\d{1,3})?(?P<span>\s*-->\s*[\d:.,]{4,16}.*)?[\])]?")
_LEADING_TIME = late(r"[\[(]?(?:\d{1,2}:)?\d{1,2}:\d\d[\])]?\s+(?=[^\W\d_])")
_TIME_STARTS = frozenset("[(0123456789٠١٢٣٤٥٦٧٨٩")
_COLON_MOST = 4
"""Length in characters of the beginning of a line in which the first colon of a time stands."""
_SOUND = late(r"[\[(♪][^\[\]()]{1,30}[\])♪]")
"""A sound beside the words: music, applause."""
_FIRST_TIME_MOST = 120
"""Seconds within which the first words of a recording are spoken; a time of day is mostly later."""
_WORDS_PER_SECOND = 0.5
"""Words spoken in a second of a recording, at least; the chapters of a recording have far fewer."""
_CAPTION_LINES = 2
"""Lines of subtitles that are shown at once."""


def join_transcripts(lines: list[Line]) -> list[Line]:
    """Join what is said in a recording to one line; the times and sounds between its words become junk."""
    may_be_times = [line for line in lines if line.text[0] in _TIME_STARTS and ":" in line.text[:_COLON_MOST]]
    if len(may_be_times) < MEASURES["wrap_least"]:
        return lines
    parts = [part for line in lines for part in _split_off_time(line)]
    codes = [index for index, line in enumerate(parts) if _TIME_CODE.fullmatch(line.text)]
    return _join_recording(parts, codes) or lines


def _split_off_time(line: Line) -> tuple[Line, ...]:
    """The time that stands before words on the same line, and the words; the line itself where there is no time."""
    time = _LEADING_TIME.match(line.text) if line.text[0] in _TIME_STARTS else None
    if time is None:
        return (line,)
    return line.with_text(time[0].rstrip()), line.with_text(line.text[time.end() :], gap=False)


def _join_recording(lines: list[Line], codes: Sequence[int]) -> list[Line]:
    """The lines with the words of a recording as one line; empty where they are no recording.

    `codes` are the indexes of the time codes.
    """
    if len(codes) < MEASURES["wrap_least"] or not _is_recording(lines, codes):
        return []
    numbers = {code - 1 for code in codes if code and lines[code - 1].text.isdecimal()}
    begin = min(codes[0], *numbers) if numbers else codes[0]
    gaps = (index for index in range(codes[-1] + 2, len(lines)) if lines[index].gap)
    end = min(next(gaps, codes[-1] + 1 + _CAPTION_LINES), len(lines))
    sounds = (index for index in range(begin, end) if _SOUND.fullmatch(lines[index].text))
    unspoken = numbers.union(codes, sounds)
    words = [lines[index] for index in range(begin, end) if index not in unspoken]
    junk = [lines[index].with_fields(sort="junk", rule="time-code") for index in range(begin, end) if index in unspoken]
    return [*lines[:begin], *junk, join_lines(words), *lines[end:]] if words else []


def _is_recording(lines: Sequence[Line], codes: Sequence[int]) -> bool:
    """Whether the time codes at these indexes are those of a recording.

    Its times never run back and start near zero; the lines between them are mostly unfinished and hold as many words as
    somebody speaks in that time.
    """
    times = [_seconds(lines[code].text) for code in codes]
    if times[0] > _FIRST_TIME_MOST or any(later < earlier for earlier, later in pairwise(times)):
        return False
    spoken = [line for code, next_code in pairwise(codes) for line in lines[code + 1 : next_code]]
    unfinished = sum(not line.finished for line in spoken)
    word_count = sum(line.words for line in spoken)
    return 2 * unfinished > len(spoken) and word_count >= _WORDS_PER_SECOND * (times[-1] - times[0])


def _seconds(code: str) -> int:
    """The seconds from the beginning that a time code states."""
    match = _TIME_CODE.fullmatch(code)
    parts = [int(part) for part in match[1].split(":")] if match else []
    return sum(part * 60**power for power, part in enumerate(reversed(parts)))
