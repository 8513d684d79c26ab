"""Lines: what the stages of the article reader pass on, from block to paragraph.

blocks -> marked (markers) -> joined or cut (reflow) -> cut at seams -> sorted into articles (split, layout)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from site_src.parse.blocks import Blocks, Role
from site_src.tables import table
from site_src.text.clean import shown

Sort = Literal["text", "junk", "related", "tags", "close", "field"]
"""What a line is by itself: part of an article, junk, a label that announces other articles, keywords,
the end of an article, or a field with its label."""

MEASURES: dict[str, float] = table("layout")["measures"]

ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff]")
_FINISHED = re.compile(r"[.!?؟…۔][\"'”»’)\]]*$")
_STOPPED = re.compile(r"[.…۔][\"'”»’)\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page and what is known of it so far."""

    text: str
    line: int
    role: Role = ""
    gap: bool = False
    lang: str = ""
    group: int = 0
    repairs: tuple[str, ...] = ()
    certain: bool = True
    sort: Sort = "text"
    rule: str = ""
    """Id of the rule that sorted it; for a field, the field's name."""
    value: str = ""
    """What follows the label of a field or of a "read also"."""
    kept: bool = False
    """The editor said that it is text."""

    @property
    def words(self) -> int:
        """How many words it has, counted by the spaces between them."""
        return self.text.count(" ") + 1

    @property
    def finished(self) -> bool:
        """Whether it ends as a sentence does."""
        return _FINISHED.search(self.text[-8:]) is not None

    @property
    def stopped(self) -> bool:
        """Whether it ends with a full stop, which no headline does."""
        return _STOPPED.search(self.text[-8:]) is not None


def lines_of(blocks: Blocks) -> list[Line]:
    """The blocks of a page as lines, each as it would be shown; blocks without any text are left out."""
    found = []
    for block in blocks.blocks:
        text, repairs = shown(block.text)
        if text:
            found.append(Line(text, block.line, block.role, block.gap, block.lang, block.group, repairs))
    return found
