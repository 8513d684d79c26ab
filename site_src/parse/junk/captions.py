"""Captions: short lines that describe a picture, told by who took it: named behind them, in brackets, or right below.

A paste keeps the caption where the picture stood, between headline and text or between two paragraphs, where it would
pass for a standfirst or a sub-heading. A headline stands above it: a page's only headline is no caption,
unless who took the picture is named in another script, behind it or with what an agency says above it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_src.parse.fields.names import is_agencies
from site_src.parse.lines import HEAD_FIELDS, MEASURES, Line, is_foreign
from site_src.parse.paragraphs.reflow import begins_paragraph
from site_src.parse.word_lists import word_list
from site_src.text.fold import fold
from site_src.text.patterns import late

_CREDITS = frozenset({"dateline", "source"})
"""Fields that a caption with the name of an agency behind it passes for."""
_DIGIT = late(r"\d")
_NO_ASCII = "\x80"
"""What letters of other scripts than the Latin one lie behind."""
_ASKS = frozenset("؟?:")
"""Ends of a sub-heading, never of a caption."""
_IN_BRACKETS = late(r"[^\s(].*\(([^()]{2,40})\)\Z")
_BEHIND_COMMA = late(r"(?:[،,]|\s\|)\s?([^،,|]{2,40})\Z")
_BEHIND_LABEL = late(r"\S\s*[-–—|/]\s*([^\W\d_]+)\s?[:：]\s?[^:]{2,40}\Z")


def without_captions(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, captions below a headline as junk."""
    headed = told = translated = False
    for line, after in zip(lines, [*lines, None][1:], strict=True):
        archived = line.text[0] < _NO_ASCII and after is not None and _is_archived(line, after, told)
        shows = (headed or _names_in_latin(line)) and not line.finished and _may_be_caption(line)
        tells = shows and _tells_picture(line, after, told)
        if archived or translated or tells:
            line = line.but(sort="junk", rule="caption")
        translated = archived
        told = told or line.is_body
        headed = told or headed or line.is_headline
        yield line


def _may_be_caption(line: Line) -> bool:
    if line.role or line.kept or not (line.sort == "text" or line.rule in _CREDITS):
        return False
    return line.text[-1] not in _ASKS and MEASURES["caption_least"] <= line.words <= MEASURES["caption_most"]


def _tells_picture(line: Line, after: Line | None, told: bool) -> bool:
    """Whether a line names who took a picture, or the line right below it does; `told`: a text stands above."""
    labelled = _BEHIND_LABEL.search(line.text) if ":" in line.text else None
    if labelled is not None and fold(labelled[1]) in word_list("layout", "picture_labels"):
        return True
    if line.sort != "text" or begins_paragraph(line) or (told and after and after.rule in HEAD_FIELDS):
        return False
    if after is not None and after.rule == "photo-credit" and not after.gap:
        return True
    return names_taker(line)


def _is_archived(line: Line, caption: Line, told: bool) -> bool:
    """Whether a line is what an agency says of a picture in another script, above the caption of the page.

    Between paragraphs (`told`) it states the day of the picture, which nobody who is quoted does.
    """
    alone = line.sort == "text" and not line.role and is_foreign(line)
    dated = not told or _DIGIT.search(line.text) is not None
    return alone and dated and _may_be_caption(caption) and names_taker(caption)


def names_taker(line: Line) -> bool:
    """Whether a line in Arabic ends with who takes pictures: in brackets, or an agency behind a comma or a bar."""
    if line.text[-1] == ")":
        credit = _IN_BRACKETS.match(line.text)
        return credit is not None and _takes_pictures(credit[1])
    credit = _BEHIND_COMMA.search(line.text)
    return credit is not None and is_agencies(credit[1])


def _names_in_latin(line: Line) -> bool:
    """Whether a line ends with several words in brackets, in Latin letters; `names_taker` asks who they name."""
    bracket = line.text[line.text.rfind("(") :] if line.text[-1] == ")" else ""
    return " " in bracket and bracket.isascii()


def _takes_pictures(name: str) -> bool:
    whole = fold(name)
    return is_agencies(name) or not word_list("layout", "picture_sources").isdisjoint({whole, whole.partition(" ")[0]})
