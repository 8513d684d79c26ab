"""Announced: the headlines below a label such as "read also", and that among them which is the text's own."""

from __future__ import annotations

from collections.abc import Sequence

from site_src.parse.head.told import is_told, lead_stems, stems
from site_src.parse.lines import HEAD_FIELDS, Line
from site_src.parse.paragraphs.reflow import begins_paragraph
from site_src.text.patterns import late

_GLUED = late(r"(?<=[ةى])(?=[ء-ي])|(?<=[”»\"])(?=[“«\"])|(?<=[^\W\d_][.!؟])(?=[^\W\d_]{2})|(?<=[”»])(?=[^\W_])")
_LAST = (-1, -2, -3)
"""Which of the headlines above a text within a page may be its own, counted from the end."""


def headlines_in(value: str) -> list[str]:
    """The headlines of a text that glues them: ة and ى only end words, and no word follows a closing mark at once."""
    return [headline.strip() for headline in _GLUED.split(value) if headline.strip()] if value else []


def is_ticker(line: Line) -> bool:
    """Whether a line below a label at the head of a page is headlines in a row: no beginning or end of a text."""
    return not (line.role or line.finished or begins_paragraph(line))


def own_of(lines: Sequence[Line], heads: Sequence[int], body: int) -> int:
    """At the head of a page: of the headlines next to the text at `body` that it tells, the one above a day or writer.

    Else the longest of them: captions are short. Where it tells none, the last.
    """
    if len(heads) == 1:
        return heads[0]
    lead = lead_stems(lines, body)
    told = [is_told(lines[head].text, lead) for head in heads]
    if True not in told:
        return heads[-1]
    last = len(told) - 1 - told[::-1].index(True)
    begin = next((at + 1 for at in range(last, -1, -1) if not told[at]), 0)
    block = heads[begin : last + 1]
    stated = [head for head in block if lines[head + 1].rule in HEAD_FIELDS]
    return stated[-1] if stated else max(reversed(block), key=lambda head: lines[head].words)


def is_headed(lines: Sequence[Line], label: int, body: int) -> bool:
    """At the head of a page: whether the headline above a label, its day or writer below it, is what the text tells."""
    above = next((place for place in range(label - 1, -1, -1) if lines[place].sort == "text"), -1)
    dated = above >= 0 and lines[above + 1].rule in HEAD_FIELDS
    return dated and is_told(lines[above].text, lead_stems(lines, body))


def last_told(lines: Sequence[Line], heads: Sequence[int], body: int) -> int:
    """Within a page: the last of up to three headlines above the text at `body` that it tells, else the very last."""
    lead = stems(lines[body].text)
    last = [heads[at] for at in _LAST[: len(heads)]] if len(heads) > 1 else []
    return next((head for head in last if lines[head].is_headline and is_told(lines[head].text, lead)), heads[-1])
