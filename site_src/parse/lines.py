"""Lines: the values that the stages of the article reader pass on, from block to paragraph.

blocks -> known by markers -> joined or cut (reflow) -> cut at seams -> sorted into articles (split, layout)
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from site_src.parse.blocks import Block, Blocks, Role
from site_src.parse.cues import DIVIDER, UNUSUAL, all_cues, cues_of, split_by_line
from site_src.tables import table
from site_src.text.clean import shown
from site_src.text.fold import fold, fold_all, fold_letters
from site_src.text.memo import Once
from site_src.text.patterns import compiled, late

Sort = Literal["text", "junk", "related", "tags", "close", "end", "field"]
"""What a line is by itself: text of an article, junk, a label that announces other articles, keywords,
the close of an article, the end of all its text, or a field with its label."""

MEASURES: dict[str, float] = table("layout")["measures"]

HEAD_FIELDS = frozenset({"published", "byline", "date"})
"""Fields that stand between the headline of an article and its text."""

DAYS = frozenset({"published", "date"})
"""Fields that may state the day of publication, with a label ("published") or without one ("date")."""

LABELLED_DAYS = frozenset({"published", "updated"})
"""Fields that state a day with a label."""

HEAD = 90
"""Length in characters of the beginning of a line in which labels and other markers are looked for."""

ARABIC = late("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
"""An Arabic letter, also one as programs shape it for print (the presentation forms in copies of PDF files)."""
_NO_BREAK = "\u00a0"
"""The one everyday character that is not shown as it is written."""
_FULL_STOPS = frozenset(".…۔")
_SENTENCE_ENDS = _FULL_STOPS.union("!?؟")
_CLOSERS = "\"'”»’)]"
"""Marks that may stand behind the last sign of a sentence."""
_FIRST_PICTURE = "\u2190"
"""The first code point of arrows, symbols and emoji; there are letters behind it too."""
_STOP_INSIDE = late(r"\.(?<=[^\W\d_]{3}\.)[\"”»)]*\s+\(?(?=[^\W\d_]{2})")
"""A full stop behind a word, not an initial, with further text behind it."""


class Line(Struct, frozen=True, eq=False, dict=True):
    """A line of the page and what is known of it so far."""

    text: str
    plain: str
    """The text, folded."""
    words: int
    """How many words it has, counted by the spaces between them."""
    stopped: bool
    """Whether it ends with a full stop, as no headline does."""
    finished: bool
    """Whether it ends as a sentence does."""
    line: int = 0
    """1-based line of the decoded file."""
    role: Role = ""
    gap: bool = False
    lang: str = ""
    group: int = 0
    repairs: tuple[str, ...] = ()
    """Ids of the repairs that were made to its text."""
    certain: bool = True
    """False where a rule found signs of glued text that were too weak to cut it off."""
    sort: Sort = "text"
    rule: str = ""
    """Id of the rule that decided `sort`; for a field, the field's name."""
    value: str = ""
    """What follows the label of a field or of a "read also"."""
    unstopped: bool = False
    """It is a paragraph of a page that leaves out full stops."""
    kept: bool = False
    """The editor said that it is text."""
    token_cues: bytes = b""
    """The cues of each token of its text; b"" where they were not looked up with those of the whole page."""
    among: bool = False
    """The markup presents it in the same way as the last paragraph above it."""

    def with_fields(self, **changes: Any) -> Line:
        """A copy of the line with these fields changed."""
        return replace(self, **changes)

    def with_text(self, text: str, **changes: Any) -> Line:
        """A copy of the line with another text, and these fields changed."""
        return self.with_folded_text(text, fold(text), token_cues=b"", **changes)

    def with_folded_text(self, text: str, plain: str, **changes: Any) -> Line:
        """A copy of the line with another text whose folded form is known already."""
        text, plain, words, stopped, finished = _text_fields(text, plain)
        return self.with_fields(text=text, plain=plain, words=words, stopped=stopped, finished=finished, **changes)

    @Once
    def cues(self) -> int:
        """The cues of its text, as the bits of `site_src.parse.cues`."""
        return all_cues(self.token_cues or cues_of(self.text))

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


def _text_fields(text: str, plain: str) -> tuple[str, str, int, bool, bool]:
    """The fields of a line that its text decides, in their order: `text`, `plain`, `words`, `stopped`, `finished`."""
    end = _last_sign(text)
    return text, plain, text.count(" ") + 1, end in _FULL_STOPS, end in _SENTENCE_ENDS


def _last_sign(text: str) -> str:
    """The last character of a text; closing marks are passed over, and so are the pictures that posts end with."""
    end = text.rstrip(_CLOSERS)[-1:]
    if end < _FIRST_PICTURE or end.isalnum():
        return end
    last = len(text)
    while last and (text[last - 1] in " \u200d" or (text[last - 1] >= _FIRST_PICTURE and not text[last - 1].isalnum())):
        last -= 1
    return text[:last].rstrip(_CLOSERS)[-1:]


def lines_of(blocks: Blocks) -> list[Line]:
    """The blocks of a page as lines, with their texts as a page would show them; blocks without text are left out.

    Most pages need no repair. Their lines are folded all at once, which is several times as fast as line by line.
    """
    filled = [block for block in blocks.blocks if block.text]
    page = DIVIDER.join([block.text for block in filled])
    if _NO_BREAK in page or "  " in page or page.count("\n") >= len(filled):
        return _lines_with_repairs(filled)
    cues = cues_of(page)
    is_everyday = not all_cues(cues) & UNUSUAL
    if not is_everyday and shown(page)[0] is not page:
        return _lines_with_repairs(filled)
    plain_page = fold_letters(page) if is_everyday else fold(page)
    rows = zip(filled, plain_page.split(DIVIDER), split_by_line(cues), strict=True)
    return [_make_line(block, block.text, plain, (), token_cues) for block, plain, token_cues in rows]


def _lines_with_repairs(blocks: Sequence[Block]) -> list[Line]:
    """The blocks of a page as lines, each with the repairs that were needed to show it."""
    rows = [(block, *shown(block.text)) for block in blocks]
    rows = [(block, text, repairs) for block, text, repairs in rows if text]
    plain_texts = fold_all([text for _, text, _ in rows])
    return [_make_line(block, text, plain, repairs)
            for (block, text, repairs), plain in zip(rows, plain_texts, strict=True)]  # fmt: skip


def _make_line(block: Block, text: str, plain: str, repairs: tuple[str, ...], token_cues: bytes = b"") -> Line:
    return Line(*_text_fields(text, plain), block.line, block.role, block.gap, block.lang, block.group, repairs,
                token_cues=token_cues, among=block.among)  # fmt: skip


def line_of_text(text: str) -> Line:
    """A line that has nothing but its text."""
    return Line(*_text_fields(text, fold(text)))


def with_fields_at(lines: Sequence[Line], indexes: Collection[int], **changes: Any) -> list[Line]:
    """The lines, with these fields changed in those at the given indexes."""
    if not indexes:
        return [*lines]
    return [line.with_fields(**changes) if index in indexes else line for index, line in enumerate(lines)]


def is_foreign(line: Line) -> bool:
    """Whether a line of many words has no Arabic letter, as an agency's note on a picture in its archive."""
    return line.words > MEASURES["latin_ui_most"] and ARABIC.search(line.text) is None


def join_lines(lines: Sequence[Line]) -> Line:
    """The lines of one paragraph as one line, with the fields of the first."""
    first = lines[0]
    if len(lines) == 1:
        return first
    repairs = tuple(dict.fromkeys((*(repair for line in lines for repair in line.repairs), "joined")))
    text, plain = " ".join([line.text for line in lines]), " ".join([line.plain for line in lines])
    if "- " in text:
        undivided = _divided_word().sub("", "\n".join([line.text for line in lines])).replace("\n", " ")
        if undivided != text:
            return first.with_text(undivided, repairs=repairs)
    token_cues = b"".join([line.token_cues for line in lines]) if all(line.token_cues for line in lines) else b""
    return first.with_folded_text(text, plain, repairs=repairs, token_cues=token_cues)


@cache
def _divided_word() -> re.Pattern[str]:
    """The hyphen and the line break inside a divided word: the next line begins with an ending of the table."""
    endings = "|".join(map(re.escape, table("layout")["words"]["word_ends"]))
    return compiled(rf"(?<=[^\W\d_]{{2}})-\n(?=(?:{endings})(?!\w))")


def is_stopped(text: str) -> bool:
    """Whether a text ends with a full stop, which closing marks may follow."""
    return _last_sign(text) in _FULL_STOPS


def is_finished(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return _last_sign(text) in _SENTENCE_ENDS
