"""Lines: what the stages of the article reader pass on, from block to paragraph.

blocks -> marked (markers) -> joined or cut (reflow) -> cut at seams -> sorted into articles (split, layout)
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from site_src.parse.blocks import Block, Blocks, Role
from site_src.parse.cues import DIVIDER, UNUSUAL, by_line, cues_of, together
from site_src.tables import table
from site_src.text.clean import shown
from site_src.text.fold import fold, fold_all, fold_letters
from site_src.text.memo import Once
from site_src.text.patterns import compiled, late

Sort = Literal["text", "junk", "related", "tags", "close", "end", "field"]
"""What a line is by itself: part of an article, junk, a label that announces other articles, keywords,
the close of an article, the end of all its text, or a field with its label."""

MEASURES: dict[str, float] = table("layout")["measures"]

HEAD_FIELDS = frozenset({"published", "byline", "date"})
"""Fields that stand between the headline of an article and its text."""

DAYS = frozenset({"published", "date"})
"""Fields that may state the day of publication: with its label, and bare."""

LABELLED_DAYS = frozenset({"published", "updated"})
"""Fields with the label of a day."""

HEAD = 90
"""Characters of a line that its head is made of."""

ARABIC = late("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff]")
_NO_BREAK = "\u00a0"
"""The one everyday character that is not shown as it stands."""
_STOPS = frozenset(".…۔")
_FINISHES = _STOPS.union("!?؟")
_CLOSERS = "\"'”»’)]"
_FIRST_PICTURE = "\u2190"
"""Of arrows, symbols and emoji; letters that stand behind it are letters still."""
_STOP_INSIDE = late(r"\.(?<=[^\W\d_]{3}\.)[\"”»)]*\s+\(?(?=[^\W\d_]{2})")


class Line(Struct, frozen=True, eq=False, dict=True):
    """A line of the page and what is known of it so far."""

    text: str
    plain: str
    """The text, folded."""
    words: int
    """How many words it has, counted by the spaces between them."""
    stopped: bool
    """Whether it ends with a full stop, which no headline does."""
    finished: bool
    """Whether it ends as a sentence does."""
    line: int = 0
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
    unstopped: bool = False
    """It is a paragraph of a page that leaves out full stops."""
    kept: bool = False
    """The editor said that it is text."""
    by_run: bytes = b""
    """The cues of each run of its text, where the page was looked up as a whole."""
    among: bool = False
    """The markup makes it what the last paragraph above it is."""

    def but(self, **changes: Any) -> Line:
        """The line with other fields."""
        return replace(self, **changes)

    def written(self, text: str, **changes: Any) -> Line:
        """The line with another text."""
        return self.read_as(text, fold(text), by_run=b"", **changes)

    def read_as(self, text: str, plain: str, **changes: Any) -> Line:
        """The line with another text, whose folded form is known."""
        text, plain, words, stopped, finished = _read(text, plain)
        return self.but(text=text, plain=plain, words=words, stopped=stopped, finished=finished, **changes)

    @Once
    def cues(self) -> int:
        """What may be in some run of its text, as the bits of `cues`."""
        return together(self.by_run or cues_of(self.text))

    @Once
    def is_body(self) -> bool:
        """Whether it is by itself a paragraph: a finished sentence, or longer than any headline."""
        if self.sort != "text":
            return False
        if self.role:
            return self.role not in ("title", "heading")
        if self.kept or self.unstopped or self.words > MEASURES["headline_most"]:
            return True
        if self.stopped or _STOP_INSIDE.search(self.text):
            return self.words >= MEASURES["body_least"]
        return self.finished and self.words > MEASURES["heading_most"]

    @Once
    def is_headline(self) -> bool:
        """Whether it could be the headline of an article."""
        if self.sort != "text" or self.is_body or self.role == "heading":
            return False
        return self.role == "title" or MEASURES["headline_least"] <= self.words <= MEASURES["headline_most"]


def _read(text: str, plain: str) -> tuple[str, str, int, bool, bool]:
    """The first fields of a line, which its text decides."""
    end = _end(text)
    return text, plain, text.count(" ") + 1, end in _STOPS, end in _FINISHES


def _end(text: str) -> str:
    """The last character of a text but for marks that close, and for pictures, which posts set behind a full stop."""
    end = text.rstrip(_CLOSERS)[-1:]
    if end < _FIRST_PICTURE or end.isalnum():
        return end
    last = len(text)
    while last and (text[last - 1] in " \u200d" or (text[last - 1] >= _FIRST_PICTURE and not text[last - 1].isalnum())):
        last -= 1
    return text[:last].rstrip(_CLOSERS)[-1:]


def lines_of(blocks: Blocks) -> list[Line]:
    """The blocks of a page as lines, each as it would be shown; blocks without any text are left out.

    All that most pages need is done to the page in one go, which is several times as fast as line by line.
    """
    held = [block for block in blocks.blocks if block.text]
    page = DIVIDER.join([block.text for block in held])
    if _NO_BREAK in page or "  " in page or page.count("\n") >= len(held):
        return _repaired(held)
    cues = cues_of(page)
    is_everyday = not together(cues) & UNUSUAL
    if not is_everyday and shown(page)[0] is not page:
        return _repaired(held)
    plain = fold_letters(page) if is_everyday else fold(page)
    rows = zip(held, plain.split(DIVIDER), by_line(cues), strict=True)
    return [_line(block, block.text, folded, (), row) for block, folded, row in rows]


def _repaired(blocks: Sequence[Block]) -> list[Line]:
    """The blocks of a page as lines, each with the repairs that show it."""
    found = [(block, *shown(block.text)) for block in blocks]
    found = [one for one in found if one[1]]
    folded = fold_all([text for _, text, _ in found])
    return [_line(block, text, plain, repairs) for (block, text, repairs), plain in zip(found, folded, strict=True)]


def _line(block: Block, text: str, plain: str, repairs: tuple[str, ...], by_run: bytes = b"") -> Line:
    read = _read(text, plain)
    among = block.among
    return Line(*read, block.line, block.role, block.gap, block.lang, block.group, repairs, by_run=by_run, among=among)


def alone(text: str) -> Line:
    """A line of which nothing is known but its text."""
    return Line(*_read(text, fold(text)))


def changed(lines: Sequence[Line], places: Collection[int], **changes: Any) -> list[Line]:
    """The lines, those at these places with other fields."""
    if not places:
        return [*lines]
    return [line.but(**changes) if place in places else line for place, line in enumerate(lines)]


def is_foreign(line: Line) -> bool:
    """Whether a line of many words holds no Arabic letter, as what an agency says of a picture in its archive."""
    return line.words > MEASURES["latin_ui_most"] and ARABIC.search(line.text) is None


def merged(run: Sequence[Line]) -> Line:
    """The lines of one paragraph as one line."""
    if len(run) == 1:
        return run[0]
    repairs = tuple(dict.fromkeys((*(repair for line in run for repair in line.repairs), "joined")))
    text, plain = " ".join([line.text for line in run]), " ".join([line.plain for line in run])
    if "- " in text:
        whole = _divided().sub("", "\n".join([line.text for line in run])).replace("\n", " ")
        if whole != text:
            return run[0].written(whole, repairs=repairs)
    by_run = b"".join([line.by_run for line in run]) if all(line.by_run for line in run) else b""
    return run[0].read_as(text, plain, repairs=repairs, by_run=by_run)


@cache
def _divided() -> re.Pattern[str]:
    """The hyphen and the break in a word that was divided at the end of its line: what follows is the end of one."""
    ends = "|".join(map(re.escape, table("layout")["words"]["word_ends"]))
    return compiled(rf"(?<=[^\W\d_]{{2}})-\n(?=(?:{ends})(?!\w))")


def is_stopped(text: str) -> bool:
    """Whether a text ends with a full stop, behind quotation marks or not."""
    return _end(text) in _STOPS


def is_finished(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return _end(text) in _FINISHES
