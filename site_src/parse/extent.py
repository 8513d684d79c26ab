"""Where the text of an article begins and ends among its lines."""

from __future__ import annotations

from itertools import takewhile

from site_src.parse.fields.credits import opens_with_agency
from site_src.parse.fields.unlabelled import opens_with_credit
from site_src.parse.lines import ARABIC, MEASURES, Line
from site_src.parse.paragraphs.reflow import begins_with_and, goes_on, is_bullet, leads_on
from site_src.text.patterns import late

_WILL = late(r"وس[يت]\w{2,}")
"""A verb in the future behind "and"."""


def first_index(lines: tuple[Line, ...]) -> int:
    """Where the text begins: at the first paragraph, or at short lines of text between it and a headline.

    The number of lines where there is no text.
    """
    first = next((index for index in range(len(lines)) if opens_body(lines[index])), len(lines))
    start = first
    while 0 < start < len(lines) and _leads_to_text(lines[start - 1]):
        start -= 1
    return start if any(line.is_headline for line in lines[:start]) else first


def opens_body(line: Line) -> bool:
    """Whether a line is a paragraph of the text, or an agency's opening that ends with a colon."""
    if not line.is_body:
        is_long = line.text[-1] == ":" and line.words > MEASURES["heading_most"] and line.is_headline
        return is_long and opens_with_agency(line.text)
    return line.role != "caption" and (line.role != "list" or line.words >= MEASURES["opening_least"])


def _leads_to_text(line: Line) -> bool:
    """Whether a line right above the text belongs to it: it leads on to it, or continues a sentence."""
    return (leads_on(line) and not opens_with_credit(line)) or _is_continuation(line)


def _is_continuation(line: Line) -> bool:
    """Whether a line is marked up as a paragraph and continues what another one said."""
    return line.among and line.sort == "text" and goes_on(line)


def last_index(lines: tuple[Line, ...]) -> int:
    """Where the text ends: at its last paragraph; -1 without text."""
    return next((index for index in range(len(lines) - 1, -1, -1) if is_text(lines[index])), -1)


def is_text(line: Line) -> bool:
    """Whether a line is a paragraph within an article: a body line, or one without a full stop that is no sub-heading.

    Such a line is long, opens a list, or begins with "and" (و or ف) as no heading does.
    """
    if line.is_body:
        return line.role != "caption"
    if line.sort != "text" or line.role:
        return False
    return (
        line.words >= MEASURES["body_unfinished"]
        or (line.text.endswith(":") and line.words >= MEASURES["opening_least"])
        or (line.words >= MEASURES["body_least"] and begins_with_and(line))
        or (line.stopped and line.words >= MEASURES["sentence_least"] and line.text[0] in "وف")
    )


def closing_indexes(lines: tuple[Line, ...], last: int) -> range:
    """The indexes of paragraphs right below `last` that do not look like the others but belong to the text.

    They are marked up among the paragraphs, or they are sentences that begin with "and", if nothing else stands there:
    the headlines of others stand in lists.
    """
    end = last + 1
    while 0 < end < len(lines) and lines[end].sort == "text" and not lines[end].role:
        end += 1
    below = range(last + 1, end) if last >= 0 else range(0)
    if all(carries_on(lines[index]) for index in below):
        return below
    marked = takewhile(lambda index: lines[index].among, below)
    return range(below.start, max((index + 1 for index in marked if _is_among(lines[index])), default=below.start))


def carries_on(line: Line) -> bool:
    """Whether a line without the shape of a paragraph continues the text, by its markup or by its first word."""
    if _is_among(line):
        return True
    begins_with_joiner = (goes_on(line) and line.plain[1:3] != "ال") or _WILL.match(line.plain) is not None
    if ARABIC.search(line.text) is None or not (line.stopped or begins_with_joiner):
        return False
    return line.words >= MEASURES["sentence_least"] and not is_bullet(line.text)


def _is_among(line: Line) -> bool:
    """Whether a line that is marked up as a paragraph reads as one, and not as a label with its value or a name."""
    if not line.among:
        return False
    if line.stopped:
        return line.words > 1
    return line.words >= MEASURES["body_least"] and ":" not in line.text
