"""Wrapped: paragraphs that a program broke into lines, with an empty line between one paragraph and the next.

They are joined before any line is judged, because the first words of a broken line do not say what it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from site_src.parse.head.retelling import retold_share, stems
from site_src.parse.junk.markers import apply_marker
from site_src.parse.junk.shapes import is_count, is_url
from site_src.parse.lines import MEASURES, Line, join_lines
from site_src.parse.paragraphs.breaks import has_long_lines, is_filled, is_open, wrap_width, wrapping
from site_src.parse.paragraphs.reflow import begins_paragraph, begins_with_and, is_bullet
from site_src.parse.word_lists import word_list
from site_src.text.patterns import late

_HEAD_LINES = 5
"""Lines of a broken headline, at most."""
_HEAD_EVEN = 0.6
"""Length of each line of a headline but the last, as a share of the widest one, at least: a section's name is
shorter."""
_COMPARED_LINES = 30
"""Lines of the text below a headline with which it is compared, and blocks in which they stand, at most."""
_NEVER_END_HEADLINE = ":،,"
_AND_VERB = late(r"وس?[يت]\w{2,}\s")
"""A second verb in the present: "raises prices / and promises an end"."""


def join_drop_caps(lines: list[Line]) -> list[Line]:
    """Join a large first letter to its paragraph: "and" (one letter in Arabic) alone on the line above it.

    Other letters that stand alone are buttons.
    """
    if not [line for line in lines if line.text == "و"]:
        return lines
    result: list[Line] = []
    for index, line in enumerate(lines):
        letter = lines[index - 1].text if index else ""
        below_buttons = index >= 2 and len(lines[index - 2].text) <= 1
        if letter == "و" and not below_buttons and _lacks_first_letter(line):
            result[-1] = line.with_text(f"{letter}{line.text}", repairs=(*line.repairs, "joined"))
        else:
            result.append(line)
    return result


def _lacks_first_letter(line: Line) -> bool:
    """Whether a line is a paragraph that may lack an "and" before its first word."""
    is_text = line.sort == "text" and not line.role and line.text[0].isalpha()
    return is_text and line.is_body and not begins_with_and(line)


def join_broken_headlines(lines: list[Line]) -> list[Line]:
    """Join headlines that were broken on a hard-wrapped page because their letters are larger than those of the text.

    Only headlines above the text are joined.
    """
    if has_long_lines(lines):
        return lines
    blocks = list(_blocks_between_gaps(lines))
    candidates = [
        index for index, (block, below) in enumerate(pairwise(blocks)) if _may_be_headline(block) and len(below) > 1
    ]
    headlines = {
        index
        for index in candidates
        if _is_one_headline(blocks[index], blocks[index + 1 : index + 1 + _COMPARED_LINES])
    }
    if not headlines:
        return lines
    if not wrap_width([line for index, block in enumerate(blocks) if index not in headlines for line in block]):
        return lines
    texts = (index for index, block in enumerate(blocks) if any(line.finished for line in block))
    text = next(texts, len(blocks))
    return [
        line
        for index, block in enumerate(blocks)
        for line in ([join_lines(block)] if index in headlines and index < text else block)
    ]


def _may_be_headline(block: Sequence[Line]) -> bool:
    """Whether lines between two empty ones have the shape of one broken headline.

    None of them ends a sentence or leaves room for the first word of the next, and together they are as long as a
    headline.
    """
    if not 2 <= len(block) <= _HEAD_LINES or any(_is_no_headline(line) for line in block):
        return False
    widest = max(len(line.text) for line in block)
    width = MEASURES["wrap_letters"] * widest
    return (
        MEASURES["headline_least"] <= sum(line.words for line in block) <= MEASURES["headline_most"]
        and not begins_paragraph(block[0])
        and all(len(line.text) >= _HEAD_EVEN * widest for line in block[:-1])
        and all(is_filled(line.text, after.text, width) for line, after in pairwise(block))
    )


def _is_one_headline(block: Sequence[Line], below: Sequence[Sequence[Line]]) -> bool:
    """Whether lines are one headline, not several: each goes on in the next, or the text below repeats their words.

    Names of sections are not repeated there. If all lines are as long as headlines, the text must repeat words of each
    line that does not go on from its neighbour.
    """
    joined_to_next = [_goes_on_in(line, after) for line, after in pairwise(block)]
    if all(joined_to_next):
        return True
    stems_below = stems(" ".join([line.text for lines in below for line in lines][:_COMPARED_LINES]))
    texts = [line.text for line in block]
    if any(line.words < MEASURES["headline_least"] for line in block):
        return retold_share(" ".join(texts), stems_below) >= MEASURES["headline_told"]
    is_repeated = [retold_share(text, stems_below) >= MEASURES["headline_told"] for text in texts]
    return all(joined or all(is_repeated[index : index + 2]) for index, joined in enumerate(joined_to_next))


def _goes_on_in(line: Line, after: Line) -> bool:
    """Whether the sentence of a line goes on in the next one, by the last word of the one or the first of the other."""
    begins_inside = after.plain.partition(" ")[0] in word_list("layout", "within")
    return begins_inside or _AND_VERB.match(after.plain) is not None or is_open(line)


def _is_no_headline(line: Line) -> bool:
    is_text = line.sort == "text" and not line.role and apply_marker(line).sort == "text"
    return not is_text or line.finished or line.text[-1] in _NEVER_END_HEADLINE or is_bullet(line.text)


def join_wrapped_paragraphs(lines: list[Line], divided: bool) -> list[Line]:
    """Join the lines of paragraphs that a program broke; the lines as they were where it did not.

    `divided`: the format has an empty line between paragraphs, so that one broken paragraph is enough to tell.
    """
    least_paragraphs, least_breaks = (1, 1) if divided else (MEASURES["wrap_paragraphs"], MEASURES["wrap_least"])
    gaps = sum([line.gap for line in lines])
    if gaps < least_paragraphs - 1 or len(lines) - gaps <= least_breaks:
        return lines
    pieces = [(piece, _is_paragraph(piece)) for piece in _pieces(lines)]
    paragraphs = [piece for piece, is_paragraph in pieces if is_paragraph]
    breaks = [(line, after) for paragraph in paragraphs for line, after in pairwise(paragraph) if not line.finished]
    if len(paragraphs) < least_paragraphs or len(breaks) < least_breaks or _has_width(lines, breaks):
        return lines
    return [
        line
        for piece, is_paragraph in pieces
        for line in ([join_lines(piece)] if is_paragraph or _is_headline(piece) else piece)
    ]


def _has_width(lines: list[Line], breaks: Sequence[tuple[Line, Line]]) -> bool:
    """Whether all lines were broken at one width, which says more of each line than empty lines do (see `reflow`)."""
    width, _ = wrapping(lines)
    filled = sum(is_filled(line.text, after.text, width) for line, after in breaks)
    return width > 0 and filled >= MEASURES["wrap_filled"] * len(breaks)


def _pieces(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines between two empty ones, divided where a line is too short to have been broken at its end.

    A line that stands alone is a piece of its own.
    """
    for block in _blocks_between_gaps(lines):
        widest = max(len(line.text) for line in block)
        even = MEASURES["wrap_even"] * widest if widest <= MEASURES["wrap_widest"] else widest + 1
        piece: list[Line] = []
        for line in block:
            is_short, stands_alone = len(line.text) < even, _stands_alone(line)
            is_last_of_paragraph = line.finished or line is block[-1]
            if piece and (stands_alone or (is_short and not is_last_of_paragraph)):
                yield piece
                piece = []
            piece.append(line)
            if is_short or stands_alone:
                yield piece
                piece = []
        if piece:
            yield piece


def _blocks_between_gaps(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines in blocks, a new one wherever an empty line stands between two lines."""
    gaps = 0

    def count_gaps(line: Line) -> int:
        nonlocal gaps
        gaps += line.gap
        return gaps

    for _, block in groupby(lines, count_gaps):
        yield list(block)


def _stands_alone(line: Line) -> bool:
    """Whether a line is no part of a broken paragraph: it has a role, or it is an address, a list entry or a count."""
    if line.role or line.kept:
        return True
    return is_url(line) if line.text[0].isalpha() else is_bullet(line.text) or is_count(line)


def _is_paragraph(piece: Sequence[Line]) -> bool:
    """Whether lines are one broken paragraph: they are no fields, go on into each other and end with a sentence.

    Instead of the end of a sentence, an open line before the last one is enough.
    """
    if len(piece) < 2 or not _fits_below(piece[-1], piece[:-1]):
        return False
    broken, last = piece[:-1], piece[-1]
    return (
        (last.finished or any(is_open(line) for line in broken))
        and 2 * sum(not line.finished for line in broken) >= len(broken)
        and apply_marker(piece[0]).sort == "text"
    )


def _is_headline(piece: Sequence[Line]) -> bool:
    """Whether two lines are one headline that was too long for a line: the second goes on from the first."""
    if len(piece) != 2 or any(line.finished for line in piece):
        return False
    return _goes_on_in(*piece) and piece[0].is_headline


def _fits_below(last: Line, broken: Sequence[Line]) -> bool:
    """Whether the last line is no longer than the broken ones above it, as the text below a heading is."""
    return last.words <= max(line.words for line in broken) or len(last.text) <= max(len(line.text) for line in broken)
