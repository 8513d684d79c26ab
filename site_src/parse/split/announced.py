"""The headlines below a label such as "read also", and the one among them that is the headline of the text below."""

from __future__ import annotations

from collections.abc import Sequence

from site_src.parse.head.retelling import is_retold, lead_stems, stems
from site_src.parse.lines import HEAD_FIELDS, Line
from site_src.parse.paragraphs.reflow import begins_paragraph
from site_src.text.patterns import late

_JOINT = late(r"(?<=[ةى])(?=[ء-ي])|(?<=[”»\"])(?=[“«\"])|(?<=[^\W\d_][.!؟])(?=[^\W\d_]{2})|(?<=[”»])(?=[^\W_])")
"""The position between two headlines that are joined without a space."""
_LAST = 3
"""Headlines right above a text within a page, any of which may be its own."""


def headlines_in(value: str) -> list[str]:
    """The headlines of a text that joins them without spaces; [] for an empty one.

    It is cut behind ة and ى, which only end words, between closing and opening marks, and behind full stops.
    """
    return [headline.strip() for headline in _JOINT.split(value) if headline.strip()] if value else []


def is_ticker(line: Line) -> bool:
    """Whether a line below a label at the head of a page is headlines in a row: it neither begins nor ends a text."""
    return not (line.role or line.finished or begins_paragraph(line))


def own_headline(lines: Sequence[Line], headlines: Sequence[int], body: int) -> int:
    """The index of the headline of the text at `body`, among the headlines above it at the head of a page.

    It is one of those right above the text that the text retells: one above a day or a writer, else the longest, as
    captions are short. Where the text retells none, it is the last headline.
    """
    if len(headlines) == 1:
        return headlines[0]
    lead = lead_stems(lines, body)
    are_retold = [is_retold(lines[index].text, lead) for index in headlines]
    if True not in are_retold:
        return headlines[-1]
    last = len(are_retold) - 1 - are_retold[::-1].index(True)
    first = next((number + 1 for number in range(last, -1, -1) if not are_retold[number]), 0)
    retold = headlines[first : last + 1]
    above_fields = [index for index in retold if lines[index + 1].rule in HEAD_FIELDS]
    return above_fields[-1] if above_fields else max(reversed(retold), key=lambda index: lines[index].words)


def is_headed(lines: Sequence[Line], label: int, body: int) -> bool:
    """Whether the text at `body` retells the headline above a label, and that has its day or writer right below it.

    This is asked at the head of a page only.
    """
    above = next((index for index in range(label - 1, -1, -1) if lines[index].sort == "text"), -1)
    if above < 0 or lines[above + 1].rule not in HEAD_FIELDS:
        return False
    return is_retold(lines[above].text, lead_stems(lines, body))


def last_retold(lines: Sequence[Line], headlines: Sequence[int], body: int) -> int:
    """The index of the headline of the text at `body`, among the headlines above it within a page.

    It is the last of up to three that the text retells; where it retells none of these, it is the very last.
    """
    lead = stems(lines[body].text)
    nearest = reversed(headlines[-_LAST:]) if len(headlines) > 1 else ()
    retold = (index for index in nearest if lines[index].is_headline and is_retold(lines[index].text, lead))
    return next(retold, headlines[-1])
