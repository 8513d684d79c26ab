"""Breaks: whether a line ends within a sentence, and whether a program broke the lines of a page at one width."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile, pairwise, zip_longest

from site_src.parse.fields.names import is_person
from site_src.parse.lines import MEASURES, Line
from site_src.parse.word_lists import word_list
from site_src.text.patterns import late

_LAST_WORDS = late(r"(?:([^\W_]+)\s+)?([^\W_]+)\Z")
_LAST_WORDS_MOST = 40
"""Length in characters of the end of a line in which its last two words are looked for."""
_OPEN_SIGNS = "،,؛(«“["
"""Signs after which a sentence goes on."""


def is_open(line: Line) -> bool:
    """Whether a sentence cannot end with this line: it ends with a comma, an open bracket or quotation, or a hyphen.

    So does a line whose last word needs another, such as a preposition. Several commas in a row are an ornament. A word
    of the table may also be the last name of a person (Ali is written like "on"), and then nothing is open.
    """
    if line.text[-1] in _OPEN_SIGNS:
        return line.text[-2:-1] != line.text[-1]
    if line.text[-1] == "-" and line.text[-3:-1].isalpha() and len(line.text) > 2:
        return True
    plain = line.plain
    last_but_one = plain.rfind(" ", 0, max(0, plain.rfind(" "))) + 1
    last_words = _LAST_WORDS.search(plain, max(last_but_one, len(plain) - _LAST_WORDS_MOST))
    return (
        last_words is not None
        and last_words[2] in word_list("layout", "open_end")
        and last_words[0] not in word_list("layout", "closed_end")
        and not is_person(line.text)
    )


def is_filled(text: str, next_text: str, width: float) -> bool:
    """Whether the first word of `next_text` has no room behind `text` on a line of `width` characters."""
    return len(text) + 1 + len(next_text.partition(" ")[0]) > width


def wrap_width(lines: Sequence[Line]) -> int:
    """The width in characters at which a page was hard-wrapped; 0 when it was not.

    A page was hard-wrapped if its broken lines are nearly as wide as its widest one and some line ends with a full
    stop, which no line in a list of headlines of like length does. Lines above the first wide one do not count, nor do
    lines that stand alone between two empty ones: not all programs break such headlines.
    """
    return _width_and_breaks(lines)[0]


def wrapping(lines: Sequence[Line]) -> tuple[int, bool]:
    """The width at which a page was hard-wrapped (see `wrap_width`), and whether its letters differ in width.

    They differ where the widest line does not explain most of the breaks but a width smaller by a fifth does, and where
    some line is open (see `is_open`), as no headline in a list is. The width is then the smaller one. Lines of a
    headline, above the first line as wide, may be shorter.
    """
    width, breaks = _width_and_breaks(lines)
    if not width:
        return 0, False
    narrow = int(width * MEASURES["wrap_letters"])
    below_headline = dropwhile(lambda pair: len(pair[0].text) < narrow, breaks)
    breaks = [pair for pair in below_headline if len(pair[0].text) >= MEASURES["wrap_even"] * width]
    least = MEASURES["wrap_filled"] * len(breaks)
    if _count_filled(breaks, width) >= least or _count_filled(breaks, narrow) < least:
        return width, False
    return (narrow, True) if any(is_open(line) for line, _ in breaks) else (width, False)


def _width_and_breaks(lines: Sequence[Line]) -> tuple[int, list[tuple[Line, Line]]]:
    """The width of a hard-wrapped page (0 for any other), and its breaks: each unfinished line with the next one."""
    if has_long_lines(lines):
        return 0, []
    texts = [line for line in lines if line.sort == "text"]
    texts = [line for line, after in zip_longest(texts, texts[1:]) if not _stands_alone(line, after, texts[0])]
    widest = max([len(line.text) for line in texts], default=0)
    wide = (index for index, line in enumerate(texts) if len(line.text) >= MEASURES["wrap_even"] * widest)
    below_headline = texts[next(wide, 0) :]
    breaks = [(line, after) for line, after in pairwise(below_headline) if not after.gap and not line.finished]
    if len(breaks) < MEASURES["wrap_least"] or widest > MEASURES["wrap_widest"]:
        return 0, breaks
    if not any(line.stopped for line in texts):
        return 0, breaks
    near_widest = sum(widest - len(line.text) <= MEASURES["wrap_slack"] for line, _ in breaks)
    return (widest if near_widest >= MEASURES["wrap_share"] * len(breaks) else 0), breaks


def has_long_lines(lines: Sequence[Line]) -> bool:
    """Whether some line ends a sentence and is longer than any line that a program breaks."""
    most = MEASURES["wrap_widest"]
    return any(len(line.text) > most and line.finished and line.sort == "text" for line in lines)


def _stands_alone(line: Line, after: Line | None, first: Line) -> bool:
    """Whether a line between two empty ones ends no sentence, as a headline: its length says nothing of the width."""
    if line.finished or after is None:
        return False
    return after.gap and (line.gap or line is first)


def _count_filled(breaks: Sequence[tuple[Line, Line]], width: int) -> int:
    return sum(is_filled(line.text, after.text, width) for line, after in breaks)
