"""The text below each line of a page, down to the next headline or label, with its date and credits.

It distinguishes a sub-heading from the headline of another article, which has a date, a byline or a credit of its own.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from site_src.parse.fields.credits import credited_to, opens_with_agency, signature
from site_src.parse.lines import HEAD_FIELDS, MEASURES, Line

SOURCES = frozenset({"source", "sources"})
"""Fields that credit somebody."""
LABELS = frozenset({"related", "close", "end", "tags"})
"""Sorts of lines that end a text."""


class TextBelow(Struct, frozen=True, gc=False):
    """The text below a line, down to the next headline or label."""

    words: int = 0
    paragraphs: int = 0
    first: int = -1
    """Index of its first paragraph; -1 without any."""
    dated: bool = False
    """A date or a byline stands between the line and the text."""
    published: bool = False
    """The date between them has the label of publication."""
    credit_above: Line | None = None
    """The credit between the line and the text."""
    signed_by: str = ""
    """Whom the text is credited to at its end or below its last paragraph, as `credited_to` gives it; "" for nobody."""
    has_labelled_signature: bool = False
    """That credit has a label."""


_NOTHING = TextBelow()


def is_labelled(source: Line | None) -> bool:
    """Whether there is a line of credit and it has a label; a bare name may be that of a photographer."""
    return source is not None and source.value != source.text


def texts_below(lines: list[Line]) -> dict[int, TextBelow]:
    """The index of every line that is no paragraph to the text below it, collected in one pass from the end."""
    texts: dict[int, TextBelow] = {}
    below = _NOTHING
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.is_body:
            below = _with_paragraph(below, line, index)
            continue
        texts[index] = below
        if line.sort == "field":
            below = _with_field(below, line)
        elif line.sort in LABELS or (line.is_headline and line.words > MEASURES["headline_least"]):
            below = _NOTHING
    return texts


def _with_paragraph(below: TextBelow, line: Line, index: int) -> TextBelow:
    """The text with the paragraph above it; below a date or a credit begins another text."""
    if below.dated or below.credit_above:
        below = _text_above_credit(below.credit_above) if below.credit_above else _NOTHING
    signed_by = below.signed_by or ("" if below.paragraphs else signature(line.text))
    return TextBelow(
        words=below.words + line.words,
        paragraphs=below.paragraphs + 1,
        first=index,
        signed_by=signed_by,
        has_labelled_signature=below.has_labelled_signature,
    )


def _text_above_credit(source: Line) -> TextBelow:
    """A text of which only the credit below it has been read."""
    return TextBelow(signed_by=credited_to(source.value), has_labelled_signature=is_labelled(source))


def _with_field(below: TextBelow, line: Line) -> TextBelow:
    """The text with the field above it: a credit, a date or a byline."""
    if line.rule in SOURCES:
        return replace(below, credit_above=line) if below.paragraphs else _text_above_credit(line)
    if line.rule in HEAD_FIELDS and below.paragraphs:
        return replace(below, dated=True, published=below.published or line.rule == "published")
    return below


def from_agency(lines: list[Line], index: int) -> bool:
    """Whether the paragraph at `index` opens with a dateline that names an agency; False for -1."""
    return index >= 0 and opens_with_agency(lines[index].text)


def divider_above(lines: list[Line], index: int) -> str:
    """The row of symbols right above the line at `index`; "" without one."""
    above = lines[index - 1] if index else None
    is_divider = above is not None and above.rule == "symbols" and len(above.text) >= MEASURES["rule_least"]
    return above.text if above is not None and is_divider else ""
