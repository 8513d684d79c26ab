"""Passed: what a reader of a page has seen of the current article, and whether what follows must be another one.

Two reports that each have a date or a credit in the same place are two articles, however short: what follows the
credit of one agency must never be told as that agency's.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from site_src.parse.fields.credits import credited_to, signature
from site_src.parse.lines import DAYS, HEAD_FIELDS, MEASURES, Line
from site_src.parse.split.below import SOURCES, Below, from_agency, is_labelled

_HEAD = 3
"""Lines in which a headline, a date and a credit stand."""
_MESSENGER = frozenset({"hashtags", "count", "follow", "address", "latin-ui", "symbols"})
"""What messengers set between a message and the day on which it was sent."""


class Passed(Struct, gc=False):
    """What has passed of the current article."""

    words: int = 0
    first: int = -1
    """Place of its first paragraph."""
    last: int = -1
    """Place of the paragraph that was read last."""
    closed: bool = False
    """Its end was announced: by a credit, its date, keywords, buttons or a row of symbols below its text."""
    closed_by: Line | None = None
    """The bare name that announced it."""
    dated: bool = False
    """A date or a byline has passed."""
    published: bool = False
    """A date that says that it is that of publication has passed."""
    source: Line | None = None
    """The credit above its text."""
    signed: Line | None = None
    """The credit below its text."""
    just_read: bool = False
    """The last line was a paragraph."""
    fresh: bool = False
    """Nothing but labels has followed the credit below its text."""

    def with_paragraph(self, line: Line, place: int) -> None:
        """A paragraph passes. Right above one, a bare name ended nothing: it stands between standfirst and report."""
        if self.fresh and self.closed_by is self.signed:
            self.closed = False
        self.first = place if self.first < 0 else self.first
        self.last, self.words, self.fresh, self.just_read = place, self.words + line.words, False, True

    def with_label(self, line: Line) -> None:
        """A line that is no paragraph passes."""
        if line.rule in SOURCES:
            if self.words:
                self.signed, self.fresh = line, True
            else:
                self.source = line
        if self.just_read and not self.dated and line.rule == "date" and ":" in line.text:
            self.closed = self.closed or self.words >= MEASURES["article_least"]
        self.just_read = False
        self.dated = self.dated or line.rule in HEAD_FIELDS
        self.published = self.published or line.rule == "published"
        self.fresh = self.fresh and line.sort != "text"
        if not self.closed and (line.sort in ("close", "end", "tags") or _divides(line)):
            self.closed = self.words >= MEASURES["article_least"]
            self.closed_by = line if self.closed and line.value == line.text else None

    def holds(self, line: Line) -> bool:
        """Whether a line is set among the paragraphs and the credit above it is not, as of a film between them."""
        return line.among and self.signed is not None and not self.signed.among

    def ends_before(self, below: Below, lines: list[Line]) -> bool:
        """Whether a headline with this text below it begins another article: both are dated or credited alike."""
        if not below.paragraphs:
            return False
        if self.published and below.published:
            return True
        signed = credited_to(self.signed.value) if self.signed else signature(lines[self.last].text)
        if below.dated and (signed or (self.source and below.source)):
            return True
        if signed and below.signed and (is_labelled(self.signed) or below.labelled or signed != below.signed):
            return True
        if is_labelled(self.source) and is_labelled(below.source):
            return True
        return from_agency(lines, self.first) and from_agency(lines, below.first)


def _divides(line: Line) -> bool:
    """Whether a line below a text ends it: its credit, or a row of symbols."""
    return line.rule in SOURCES or (line.rule == "symbols" and len(line.text) >= MEASURES["rule_least"])


def day_below(lines: list[Line], place: int) -> int | None:
    """The place of the date at the head of a text, at this line or next to it; None where none stands there."""
    for at in range(place, min(place + _HEAD, len(lines))):
        if lines[at].rule in DAYS:
            return at
        if at > place and lines[at].sort != "field":
            return None
    return None


def closing_day(lines: Sequence[Line], below: int) -> int:
    """The place of a date with its time below a text, as messengers set it, no headline below that; else -1."""
    place = next((at for at in range(below, len(lines)) if lines[at].rule not in _MESSENGER), len(lines))
    closing = lines[place : place + 3]
    if not closing or closing[0].rule != "date" or ":" not in closing[0].text:
        return -1
    return place if all(line.sort != "text" for line in closing[1:]) else -1
