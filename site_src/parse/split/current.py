"""The current article: what has been read of it so far, and whether what follows must be another one.

Two reports that each have a date or a credit in the same position are two articles, however short: what follows the
credit of an agency must never be published as that agency's.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from site_src.parse.fields.credits import credited_to, signature
from site_src.parse.lines import DAYS, HEAD_FIELDS, MEASURES, Line
from site_src.parse.split.below import SOURCES, TextBelow, from_agency, is_labelled

_HEAD = 3
"""Lines, at most, for a headline, a date and a credit."""
_MESSENGER = frozenset({"hashtags", "count", "follow", "address", "latin-ui", "symbols"})
"""Rules of the lines that messengers set between a message and the day on which it was sent."""


class CurrentArticle(Struct, gc=False):
    """What has been read of the current article."""

    words: int = 0
    first: int = -1
    """Index of its first paragraph; -1 before it."""
    last: int = -1
    """Index of the paragraph that was read last; -1 before it."""
    closed: bool = False
    """Its end was announced below its text: by a credit, its date, keywords, buttons or a row of symbols."""
    closed_by: Line | None = None
    """The line that announced its end, if it is a bare name."""
    dated: bool = False
    """A date or a byline was read."""
    published: bool = False
    """A date with the label of publication was read."""
    credit_above: Line | None = None
    """The credit above its text."""
    credit_below: Line | None = None
    """The credit below its text."""
    after_paragraph: bool = False
    """The last line was a paragraph."""
    after_credit: bool = False
    """The credit below its text was read, and since then only labels and other lines that are no text."""

    def read_paragraph(self, line: Line, index: int) -> None:
        """Take in a paragraph. A bare name right above it closed nothing: it stands between standfirst and report."""
        if self.after_credit and self.closed_by is self.credit_below:
            self.closed = False
        self.first = index if self.first < 0 else self.first
        self.last, self.words, self.after_credit, self.after_paragraph = index, self.words + line.words, False, True

    def read_label(self, line: Line) -> None:
        """Take in a line that is no paragraph."""
        if line.rule in SOURCES:
            if self.words:
                self.credit_below, self.after_credit = line, True
            else:
                self.credit_above = line
        if self.after_paragraph and not self.dated:
            is_date_with_time = line.rule == "date" and ":" in line.text
            self.closed = self.closed or (is_date_with_time and self.words >= MEASURES["article_least"])
        self.after_paragraph = False
        self.dated = self.dated or line.rule in HEAD_FIELDS
        self.published = self.published or line.rule == "published"
        self.after_credit = self.after_credit and line.sort != "text"
        if not self.closed and (line.sort in ("close", "end", "tags") or _divides(line)):
            self.closed = self.words >= MEASURES["article_least"]
            self.closed_by = line if self.closed and line.value == line.text else None

    def holds(self, line: Line) -> bool:
        """Whether a line is marked up as one of the paragraphs while the credit above it is not, as that of a film."""
        return line.among and self.credit_below is not None and not self.credit_below.among

    def ends_before(self, below: TextBelow, lines: list[Line]) -> bool:
        """Whether a headline with this text below it begins another article: both are dated or credited alike.

        `lines` are those of the page.
        """
        if not below.paragraphs:
            return False
        if self.published and below.published:
            return True
        signed_by = credited_to(self.credit_below.value) if self.credit_below else signature(lines[self.last].text)
        is_credited = signed_by or (self.credit_above and below.credit_above)
        if below.dated and is_credited:
            return True
        has_label = is_labelled(self.credit_below) or below.has_labelled_signature
        if signed_by and below.signed_by and (has_label or signed_by != below.signed_by):
            return True
        if is_labelled(self.credit_above) and is_labelled(below.credit_above):
            return True
        return from_agency(lines, self.first) and from_agency(lines, below.first)


def _divides(line: Line) -> bool:
    """Whether a line below a text ends it: its credit, or a row of symbols."""
    return line.rule in SOURCES or (line.rule == "symbols" and len(line.text) >= MEASURES["rule_least"])


def day_below(lines: list[Line], index: int) -> int | None:
    """The index of the date of a text whose head begins at `index`: on that line or behind other fields; else None."""
    for below in range(index, min(index + _HEAD, len(lines))):
        if lines[below].rule in DAYS:
            return below
        if below > index and lines[below].sort != "field":
            return None
    return None


def closing_day(lines: Sequence[Line], below: int) -> int:
    """The index of the date with its time below a text, as messengers set it; -1 without one.

    `below` is the first index below the text. A date with text in the two lines below it is that of another message.
    """
    index = next((index for index in range(below, len(lines)) if lines[index].rule not in _MESSENGER), len(lines))
    closing = lines[index : index + 3]
    if not closing or closing[0].rule != "date" or ":" not in closing[0].text:
        return -1
    return index if all(line.sort != "text" for line in closing[1:]) else -1
