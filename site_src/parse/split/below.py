"""Below: the text that follows each line of a page up to the next headline or label, and who signs it.

It tells a sub-heading from the headline of another article, which has a date, a byline or a credit of its own.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from site_src.parse.fields.credits import credited_to, opens_with_agency, signature
from site_src.parse.lines import HEAD_FIELDS, MEASURES, Line

SOURCES = frozenset({"source", "sources"})
LABELS = frozenset({"related", "close", "end", "tags"})


class Below(Struct, frozen=True, gc=False):
    """The text that follows a line, up to the next headline or label."""

    words: int = 0
    paragraphs: int = 0
    first: int = -1
    """Place of its first paragraph."""
    dated: bool = False
    """A date or a byline stands between the line and the text."""
    published: bool = False
    """The date between them says that it is that of publication."""
    source: Line | None = None
    """The credit between the line and the text."""
    signed: str = ""
    """Whom the text is credited to below its last paragraph or at its end, as `credited_to` says it."""
    labelled: bool = False
    """That credit says that it is one."""


_NOTHING = Below()


def is_labelled(source: Line | None) -> bool:
    """Whether a line of credit says that it is one; a bare name may be that of a photographer."""
    return source is not None and source.value != source.text


def texts_below(lines: list[Line]) -> dict[int, Below]:
    """For every line that is no body itself, the text below it: one pass from the end."""
    found: dict[int, Below] = {}
    below = _NOTHING
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if line.is_body:
            below = _with_paragraph(below, line, place)
            continue
        found[place] = below
        if line.sort == "field":
            below = _with_field(below, line)
        elif line.sort in LABELS or (line.is_headline and line.words > MEASURES["headline_least"]):
            below = _NOTHING
    return found


def _with_paragraph(below: Below, line: Line, place: int) -> Below:
    """The text with the paragraph above it; what stands below a date or a credit is another text."""
    if below.dated or below.source:
        below = _signed(below.source) if below.source else _NOTHING
    signed = below.signed or ("" if below.paragraphs else signature(line.text))
    return Below(below.words + line.words, below.paragraphs + 1, place, signed=signed, labelled=below.labelled)


def _signed(source: Line) -> Below:
    return Below(signed=credited_to(source.value), labelled=is_labelled(source))


def _with_field(below: Below, line: Line) -> Below:
    if line.rule in SOURCES:
        return replace(below, source=line) if below.paragraphs else _signed(line)
    if line.rule in HEAD_FIELDS and below.paragraphs:
        return replace(below, dated=True, published=below.published or line.rule == "published")
    return below


def from_agency(lines: list[Line], place: int) -> bool:
    """Whether the paragraph at a place opens with a dateline that names an agency."""
    return place >= 0 and opens_with_agency(lines[place].text)
