"""Breaks: whether a line ends within a sentence, and whether a program broke those of a page at one width."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile, pairwise, zip_longest

from site_src.parse.fields.names import is_person
from site_src.parse.lines import MEASURES, Line
from site_src.parse.word_lists import word_list
from site_src.text.patterns import late

_LAST_WORDS = late(r"(?:([^\W_]+)\s+)?([^\W_]+)\Z")
_LAST_PLACES = 40
_GOES_ON = "،,؛(«“["


def is_open(line: Line) -> bool:
    """Whether a line cannot end here: after a comma, inside a quotation or before what a preposition needs.

    Several commas are a frill. As one of them is written the name Ali, with which that of a person may end.
    """
    if line.text[-1] in _GOES_ON:
        return line.text[-2:-1] != line.text[-1]
    if line.text[-1] == "-" and line.text[-3:-1].isalpha() and len(line.text) > 2:
        return True
    plain = line.plain
    second = plain.rfind(" ", 0, max(0, plain.rfind(" "))) + 1
    last = _LAST_WORDS.search(plain, max(second, len(plain) - _LAST_PLACES))
    return (
        last is not None
        and last[2] in word_list("layout", "open_end")
        and last[0] not in word_list("layout", "closed_end")
        and not is_person(line.text)
    )


def is_filled(last: str, text: str, width: float) -> bool:
    """Whether a program that breaks at `width` would have broken before the first word of `text`."""
    return len(last) + 1 + len(text.partition(" ")[0]) > width


def wrap_width(lines: Sequence[Line]) -> int:
    """The width in characters at which a page was hard-wrapped; 0 when it was not.

    Its broken lines below the first wide one are nearly as wide as its widest, and some paragraph ends in a full stop:
    a list of headlines of like length does not. Headlines that stand alone may be wider: not all programs break it.
    """
    return _measured(lines)[0]


def wrapping(lines: Sequence[Line]) -> tuple[int, bool]:
    """The width at which a page was hard-wrapped, as `wrap_width` has it, and whether its letters differ in width.

    They do where no count of characters explains most of the breaks but a fifth fewer does, and where some line ends
    as no headline of a list can. Lines of a headline, above the first one as wide, may be shorter.
    """
    width, broken = _measured(lines)
    if not width:
        return 0, False
    narrow = int(width * MEASURES["wrap_letters"])
    below = dropwhile(lambda pair: len(pair[0].text) < narrow, broken)
    broken = [pair for pair in below if len(pair[0].text) >= MEASURES["wrap_even"] * width]
    needed = MEASURES["wrap_filled"] * len(broken)
    if _count_filled(broken, width) >= needed or _count_filled(broken, narrow) < needed:
        return width, False
    return (narrow, True) if any(is_open(line) for line, _ in broken) else (width, False)


def _measured(lines: Sequence[Line]) -> tuple[int, list[tuple[Line, Line]]]:
    if has_long_lines(lines):
        return 0, []
    texts = [line for line in lines if line.sort == "text"]
    texts = [line for line, after in zip_longest(texts, texts[1:]) if not _stands_alone(line, after, texts[0])]
    widest = max([len(line.text) for line in texts], default=0)
    head = next((place for place, line in enumerate(texts) if len(line.text) >= MEASURES["wrap_even"] * widest), 0)
    broken = [(first, second) for first, second in pairwise(texts[head:]) if not second.gap and not first.finished]
    if len(broken) < MEASURES["wrap_least"] or widest > MEASURES["wrap_widest"]:
        return 0, broken
    if not any(line.stopped for line in texts):
        return 0, broken
    near = sum(widest - len(first.text) <= MEASURES["wrap_slack"] for first, _ in broken)
    return (widest if near >= MEASURES["wrap_share"] * len(broken) else 0), broken


def has_long_lines(lines: Sequence[Line]) -> bool:
    """Whether a sentence stands on a line longer than any that a program breaks."""
    most = MEASURES["wrap_widest"]
    return any(len(line.text) > most and line.finished and line.sort == "text" for line in lines)


def _stands_alone(line: Line, after: Line | None, top: Line) -> bool:
    """Whether a line between two empty ones ends no sentence, as a headline: it says nothing of the width."""
    return not line.finished and (line.gap or line is top) and after is not None and after.gap


def _count_filled(broken: Sequence[tuple[Line, Line]], width: int) -> int:
    return sum(is_filled(first.text, second.text, width) for first, second in broken)
