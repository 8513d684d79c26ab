"""Wrapped: paragraphs that a program broke into lines, with an empty line between one paragraph and the next.

They are made whole before any line is judged: the first words of a broken line say nothing of what it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from site_src.parse.head.told import shared, stems
from site_src.parse.junk.markers import marked
from site_src.parse.junk.shapes import is_count, is_url
from site_src.parse.lines import MEASURES, Line, merged
from site_src.parse.paragraphs.breaks import has_long_lines, is_filled, is_open, wrap_width, wrapping
from site_src.parse.paragraphs.reflow import begins_paragraph, begins_with_and, is_bullet
from site_src.parse.word_lists import word_list
from site_src.text.patterns import late

_HEAD_LINES = 5
"""Lines of a broken headline, at most."""
_HEAD_EVEN = 0.6
"""Share of its widest line that all lines of a headline but the last have, at least: a section's name is shorter."""
_HEAD_TOLD = 30
"""Lines of the text below by which a headline is known, in as many runs of them at most."""
_GOES_ON_BELOW = ":،,"
_AND_VERB = late(r"وس?[يت]\w{2,}\s")
"""A second verb in the present: "raises prices / and promises an end"."""


def with_drop_caps(lines: list[Line]) -> list[Line]:
    """The lines; "and" alone above a paragraph is its first letter, set large: other letters alone are buttons."""
    if not [line for line in lines if line.text == "و"]:
        return lines
    found: list[Line] = []
    for place, line in enumerate(lines):
        above = lines[place - 1].text if place else ""
        if above == "و" and _opens_paragraph(line) and (place < 2 or len(lines[place - 2].text) > 1):
            found[-1] = line.written(f"{above}{line.text}", repairs=(*line.repairs, "joined"))
        else:
            found.append(line)
    return found


def _opens_paragraph(line: Line) -> bool:
    is_text = line.sort == "text" and not line.role and line.text[0].isalpha()
    return is_text and line.is_body and not begins_with_and(line)


def with_headlines(lines: list[Line]) -> list[Line]:
    """The lines; on a hard-wrapped page, headlines above the text whole that their larger letters broke."""
    if has_long_lines(lines):
        return lines
    blocks = list(_blocks(lines))
    shaped = [at for at, (block, below) in enumerate(pairwise(blocks)) if _has_shape(block) and len(below) > 1]
    heads = {at for at in shaped if _is_told_as_one(blocks[at], blocks[at + 1 : at + 1 + _HEAD_TOLD])}
    if not heads:
        return lines
    width = wrap_width([line for at, block in enumerate(blocks) if at not in heads for line in block])
    text = next((at for at, block in enumerate(blocks) if any(line.finished for line in block)), len(blocks))
    whole = {at for at in heads if width and at < text}
    return [line for at, block in enumerate(blocks) for line in ([merged(block)] if at in whole else block)]


def _has_shape(block: Sequence[Line]) -> bool:
    """Whether lines between two empty ones look like one headline: none ends, and none had room for the next word."""
    if not 2 <= len(block) <= _HEAD_LINES or any(_is_no_headline(line) for line in block):
        return False
    widest = max(len(line.text) for line in block)
    filled = (
        is_filled(first.text, second.text, MEASURES["wrap_letters"] * widest) for first, second in pairwise(block)
    )
    return (
        MEASURES["headline_least"] <= sum(line.words for line in block) <= MEASURES["headline_most"]
        and not begins_paragraph(block[0])
        and all(len(first.text) >= _HEAD_EVEN * widest for first in block[:-1])
        and all(filled)
    )


def _is_told_as_one(block: Sequence[Line], below: Sequence[Sequence[Line]]) -> bool:
    """Whether each line goes on in the next, or the text below tells what they say; names of sections it does not tell.

    Of lines as long as headlines it tells each, or they may be several.
    """
    goes_on = [_goes_on_in(*both) for both in pairwise(block)]
    if all(goes_on):
        return True
    told = stems(" ".join([line.text for text in below for line in text][:_HEAD_TOLD]))
    texts = [line.text for line in block]
    if any(line.words < MEASURES["headline_least"] for line in block):
        return shared(" ".join(texts), told) >= MEASURES["headline_told"]
    is_told = [shared(text, told) >= MEASURES["headline_told"] for text in texts]
    return all(linked or all(is_told[at : at + 2]) for at, linked in enumerate(goes_on))


def _goes_on_in(first: Line, second: Line) -> bool:
    within = second.plain.partition(" ")[0] in word_list("layout", "within")
    return within or _AND_VERB.match(second.plain) is not None or is_open(first)


def _is_no_headline(line: Line) -> bool:
    is_text = line.sort == "text" and not line.role and marked(line).sort == "text"
    return not is_text or line.finished or line.text[-1] in _GOES_ON_BELOW or is_bullet(line.text)


def unwrapped(lines: list[Line], divided: bool) -> list[Line]:
    """The lines, those of broken paragraphs joined; as they were where the page was not broken so.

    One such paragraph is enough where the format has an empty line between paragraphs (`divided`).
    """
    blocks, least = (1, 1) if divided else (MEASURES["wrap_paragraphs"], MEASURES["wrap_least"])
    gaps = sum([line.gap for line in lines])
    if gaps < blocks - 1 or len(lines) - gaps <= least:
        return lines
    pieces = [(piece, _is_paragraph(piece)) for piece in _pieces(lines)]
    broken = [piece for piece, whole in pieces if whole]
    breaks = [(first, second) for piece in broken for first, second in pairwise(piece) if not first.finished]
    if len(broken) < blocks or len(breaks) < least or _has_width(lines, breaks):
        return lines
    return [line for piece, whole in pieces for line in ([merged(piece)] if whole or _is_headline(piece) else piece)]


def _has_width(lines: list[Line], breaks: Sequence[tuple[Line, Line]]) -> bool:
    """Whether all was broken at one width, which tells more of each line than empty lines do (see `reflow`)."""
    width, _ = wrapping(lines)
    filled = sum(is_filled(first.text, second.text, width) for first, second in breaks)
    return width > 0 and filled >= MEASURES["wrap_filled"] * len(breaks)


def _pieces(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines between two empty ones, divided after and around those too short to have been broken at their end."""
    for block in _blocks(lines):
        widest = max(len(line.text) for line in block)
        even = MEASURES["wrap_even"] * widest if widest <= MEASURES["wrap_widest"] else widest + 1
        piece: list[Line] = []
        for line in block:
            short = len(line.text) < even
            if piece and (_stands_alone(line) or (short and not line.finished and line is not block[-1])):
                yield piece
                piece = []
            piece.append(line)
            if short or _stands_alone(line):
                yield piece
                piece = []
        if piece:
            yield piece


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The runs of lines without an empty line in between."""
    count = 0

    def number(line: Line) -> int:
        nonlocal count
        count += line.gap
        return count

    for _, block in groupby(lines, number):
        yield list(block)


def _stands_alone(line: Line) -> bool:
    if line.role or line.kept:
        return True
    return is_url(line) if line.text[0].isalpha() else is_bullet(line.text) or is_count(line)


def _is_paragraph(piece: Sequence[Line]) -> bool:
    """Whether lines are one paragraph: they are no fields, go on into each other, and the last one ends a sentence."""
    if len(piece) < 2 or not _fits(piece[-1], piece[:-1]):
        return False
    return (
        (piece[-1].finished or any(is_open(line) for line in piece[:-1]))
        and 2 * sum(not line.finished for line in piece[:-1]) >= len(piece) - 1
        and marked(piece[0]).sort == "text"
    )


def _is_headline(piece: Sequence[Line]) -> bool:
    """Whether two lines are a headline in letters too large for one: the second can begin nothing of its own."""
    if len(piece) != 2 or any(line.finished for line in piece):
        return False
    return _goes_on_in(*piece) and piece[0].is_headline


def _fits(last: Line, broken: Sequence[Line]) -> bool:
    """Whether a paragraph's last line is no longer than those that were broken: a heading's text below it is."""
    return last.words <= max(line.words for line in broken) or len(last.text) <= max(len(line.text) for line in broken)
