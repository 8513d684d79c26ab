"""Captions: short lines that describe a picture, known by the credit of the photographer or agency.

The credit stands at the end of the caption, in brackets or not, or right below it. A pasted page keeps a caption where
the picture stood, between headline and text or between two paragraphs, where it could pass for a standfirst or a
sub-heading. A caption stands below a headline, so that the only headline of a page is never one, unless its credit
is in another script, or an agency's note on the picture in another script stands above it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_src.parse.fields.names import is_agencies
from site_src.parse.lines import HEAD_FIELDS, MEASURES, Line, is_foreign
from site_src.parse.paragraphs.reflow import begins_paragraph
from site_src.parse.word_lists import word_list
from site_src.text.fold import fold
from site_src.text.patterns import late

_LIKE_CAPTIONS = frozenset({"dateline", "source"})
"""Fields for which a caption that ends with the name of an agency may be mistaken."""
_DIGIT = late(r"\d")
_FIRST_BEHIND_ASCII = "\x80"
_HEADING_ENDS = frozenset("؟?:")
"""Ends of a sub-heading, never of a caption."""
_IN_BRACKETS = late(r"[^\s(].*\(([^()]{2,40})\)\Z")
"""A line that ends with a credit in brackets."""
_BEHIND_COMMA = late(r"(?:[،,]|\s\|)\s?([^،,|]{2,40})\Z")
"""A credit behind a comma or a bar."""
_BEHIND_LABEL = late(r"\S\s*[-–—|/]\s*([^\W\d_]+)\s?[:：]\s?[^:]{2,40}\Z")
"""A label such as "photo" and the credit behind it."""


def mark_captions(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, with captions below a headline as junk."""
    below_headline = below_text = below_note = False
    for line, after in zip(lines, [*lines, None][1:], strict=True):
        in_latin = line.text[0] < _FIRST_BEHIND_ASCII
        is_note = in_latin and after is not None and _is_note_above(line, after, below_text)
        may_be = (below_headline or _ends_with_latin_names(line)) and not line.finished and _may_be_caption(line)
        if is_note or below_note or (may_be and _is_credited(line, after, below_text)):
            line = line.with_fields(sort="junk", rule="caption")
        below_note = is_note
        below_text = below_text or line.is_body
        below_headline = below_text or below_headline or line.is_headline
        yield line


def _may_be_caption(line: Line) -> bool:
    if line.role or line.kept or not (line.sort == "text" or line.rule in _LIKE_CAPTIONS):
        return False
    return line.text[-1] not in _HEADING_ENDS and MEASURES["caption_least"] <= line.words <= MEASURES["caption_most"]


def _is_credited(line: Line, after: Line | None, below_text: bool) -> bool:
    """Whether a line, or the line right below it, names who took a picture."""
    label = _BEHIND_LABEL.search(line.text) if ":" in line.text else None
    if label is not None and fold(label[1]) in word_list("layout", "picture_labels"):
        return True
    if line.sort != "text" or begins_paragraph(line):
        return False
    if below_text and after is not None and after.rule in HEAD_FIELDS:
        return False
    if after is not None and after.rule == "photo-credit" and not after.gap:
        return True
    return names_taker(line)


def _is_note_above(line: Line, caption: Line, below_text: bool) -> bool:
    """Whether a line is an agency's note on a picture, in another script, above the caption of the page.

    Between paragraphs (`below_text`) it must state a day, which a quoted speaker in another script does not.
    """
    is_text = line.sort == "text" and not line.role and is_foreign(line)
    is_dated = not below_text or _DIGIT.search(line.text) is not None
    return is_text and is_dated and _may_be_caption(caption) and names_taker(caption)


def names_taker(line: Line) -> bool:
    """Whether a line ends with who took a picture: in brackets, or an agency behind a comma or a bar."""
    if line.text[-1] == ")":
        credit = _IN_BRACKETS.match(line.text)
        return credit is not None and _takes_pictures(credit[1])
    credit = _BEHIND_COMMA.search(line.text)
    return credit is not None and is_agencies(credit[1])


def _ends_with_latin_names(line: Line) -> bool:
    """Whether a line ends with several words in brackets, in Latin letters; `names_taker` asks whom they name."""
    bracket = line.text[line.text.rfind("(") :] if line.text[-1] == ")" else ""
    return " " in bracket and bracket.isascii()


def _takes_pictures(name: str) -> bool:
    plain = fold(name)
    return is_agencies(name) or not word_list("layout", "picture_sources").isdisjoint({plain, plain.partition(" ")[0]})
