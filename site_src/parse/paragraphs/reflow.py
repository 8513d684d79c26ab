"""Reflow: lines that a program broke are joined to paragraphs, and a page on one line is cut into paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from msgspec import Struct

from site_src.parse.fields.names import is_agencies, is_place
from site_src.parse.fields.statements import date_label, is_bare_date
from site_src.parse.junk.shapes import is_initials, is_share_bar
from site_src.parse.lines import ARABIC, HEAD_FIELDS, MEASURES, Line, is_foreign, join_lines
from site_src.parse.paragraphs.breaks import is_filled, is_open, wrapping
from site_src.tables import table
from site_src.text.dates import find_dates
from site_src.text.fold import fold
from site_src.text.memo import Memo
from site_src.text.patterns import late
from site_src.text.sentences import split

_FIRST_WORDS = late(r"([^\W_]+)(?:[\W_]+([^\W_]+))?")
_FIRST_WORDS_MOST = 40
"""Length in characters of the beginning of a paragraph in which its first two words are looked for."""
_BUTTON_ENDS = frozenset(["", "+", "-"])
"""What stands behind the one letter of a button, which stands for a network or sets the size of the text."""
_CRUMB = 2
"""Words of a line, at most, that is only the remainder of a sentence."""
_CONTINUATION = late(
    r"(?:و(?:[يت]|ال)\w{2,}|[وف](?:لم|لا|لن|قد|من|في|علي|عن|هو|هي|هذ[اه]|ذلك|هناك|مع|بعد|منذ|عند|حتي|لكن)\s)"
)
_PLACE_AND_AGENCIES = late(r"([^\W\d_]+(?:\s[^\W\d_]+)?)\s?[-–—/]\s?([^-–—/:]{3,40}?)\s?:?")
"""A place of one or two words, a sign, and a name, on a line of their own."""
_NOTE_AT_END = late(r"[.!؟…][\"”»]*\s*[(/][^()/]{2,30}[)/]\Z")
"""A sentence and a note in brackets or between slashes: the end of a dispatch, or its agency."""
_MOST_OF_PAGE = 0.6
"""Share of a page's words from which on one line is regarded as the whole page."""
_BULLETS = frozenset("•·▪●◦■□►▶➖✔✅🔹🔸🔻🔺*ـ–—-0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")
_SYMBOL = late(r"\A(?:[•·▪●◦■□►▶➖✔✅🔹🔸🔻🔺*ـ–—-]\ufe0f?\s+|[•▪●*](?=[^\W\d_]))")
_BULLET = late(r"(?:[•·▪●◦■□►▶➖✔✅🔹🔸🔻🔺*ـ–—-]\ufe0f?|\d{1,2}[.)-]|[٠-٩]{1,2}[.)-])\s|[•▪●*](?=[^\W\d_])(?!.*\*\Z)")


@cache
def _lead_words() -> tuple[frozenset[str], frozenset[str]]:
    """The first words of paragraphs, folded: single words, and pairs of words."""
    phrases = [fold(phrase) for phrase in table("layout")["words"]["lead_verbs"]]
    return frozenset(p for p in phrases if " " not in p), frozenset(p for p in phrases if " " in p)


def begins_paragraph(line: Line) -> bool:
    """Whether the first word is a verb of reporting in the past tense or a linking word, with or without و or ف."""
    head = _FIRST_WORDS.search(line.plain, 0, _FIRST_WORDS_MOST)
    if head is None:
        return False
    pair = f"{head[1]} {head[2]}" if head[2] else head[1]
    return _lead_verbs[head[1]] or pair in _lead_words()[1] or pair[1:] in _lead_words()[1]


def _is_lead_verb(word: str) -> bool:
    forms = {word, word.removesuffix("ت")}
    forms |= {form[1:] for form in forms if form[:1] in "وف"}
    return not _lead_words()[0].isdisjoint(forms)


_lead_verbs: Memo[bool] = Memo(_is_lead_verb)


def begins_with_and(line: Line) -> bool:
    """Whether a paragraph carries on what stands above it: و or ف and a verb of reporting, or a linking word."""
    return line.text[:1] in "وف" and begins_paragraph(line)


def goes_on(line: Line) -> bool:
    """Whether "and" joins a sentence to the one before it: with a verb of reporting, one in the present, a particle."""
    return begins_with_and(line) or _CONTINUATION.match(line.plain) is not None


def leads_on(line: Line) -> bool:
    """Whether a line right above a paragraph belongs to its text: a sentence, or an end that no headline has."""
    opens = line.text[-1] in ":،," and line.words >= MEASURES["opening_least"]
    return line.sort == "text" and (line.stopped or (opens and not line.role))


def is_bullet(text: str) -> bool:
    """Whether a line begins as an entry of a list does."""
    return text[:1] in _BULLETS and _BULLET.match(text) is not None


def without_bullet(text: str) -> str:
    """The text without the symbol that a list sets before it; a number stays, because it means something."""
    return _SYMBOL.sub("", text)


def join_broken_paragraphs(lines: list[Line]) -> list[Line]:
    """Join the lines of broken paragraphs; junk that stood between two of them comes behind the paragraph."""
    page = _Page(*wrapping(lines), _is_page_without_stops(lines))
    paragraphs: list[list[Line]] = []
    paragraph: list[Line] = []
    for line, after in zip(lines, [*lines, None][1:], strict=True):
        if line.sort == "text" and not line.role:
            if paragraph and _continues(paragraph, line, after, page, behind_junk=paragraphs[-1] is not paragraph):
                paragraph.append(line)
                continue
            if paragraphs and _continues_keywords(paragraphs[-1], line, page):
                paragraphs[-1].append(line)
                continue
            paragraph = [line]
            paragraphs.append(paragraph)
        else:
            paragraphs.append([line])
            if line.sort in ("related", "close", "end", "tags") or line.role or line.rule in HEAD_FIELDS:
                paragraph = []
    return [join_lines(paragraph) for paragraph in paragraphs]


def _continues_keywords(row: Sequence[Line], line: Line, page: _Page) -> bool:
    """Whether `line` is the rest of a row of keywords that a program broke at the width of the page."""
    return row[0].sort == "tags" and not line.gap and page.width > 0 and is_filled(row[-1].text, line.text, page.width)


class _Page(Struct, frozen=True, gc=False):
    """What the page as a whole says of its lines."""

    width: int
    """Characters at which it was hard-wrapped, or 0."""
    set_in_letters: bool
    """Its lines hold more or fewer characters, as those of a printed column do, whose letters differ in width."""
    unstopped: bool
    """Its paragraphs end without full stops, so that an unfinished line says nothing."""


def _continues(paragraph: list[Line], line: Line, after: Line | None, page: _Page, *, behind_junk: bool) -> bool:
    """Whether `line` goes on with the sentence, or the broken paragraph, of the lines above it.

    `after` is the next line of the page; `behind_junk`: other lines stand between the paragraph and this line.
    """
    last = paragraph[-1]
    apart = behind_junk or line.gap
    if last.finished and apart:
        return False
    if is_bullet(line.text) or not _may_be_joined(last, line):
        return False
    if apart:
        return not begins_paragraph(line) and _is_interrupted(paragraph, behind_junk=behind_junk)
    if line.words <= _CRUMB and line.finished and not last.finished:
        return True
    if page.width and is_filled(last.text, line.text, page.width) and not (page.set_in_letters and last.finished):
        return len(paragraph) > 1 or not is_bare_date(paragraph[0].text)
    return not last.finished and _continues_sentence(paragraph, line, after, page)


def _continues_sentence(paragraph: list[Line], line: Line, after: Line | None, page: _Page) -> bool:
    """Whether an unfinished sentence goes on in the line right below it, where the width of the page leaves it open."""
    first, last = paragraph[0], paragraph[-1]
    if is_open(last):
        return True
    if begins_paragraph(line):
        return False
    if len(paragraph) > 1 and page.width - len(last.text) <= MEASURES["wrap_slack"] < page.width:
        return True
    if not page.width and _is_stray(line, after):
        return False
    if _count_words(paragraph) > MEASURES["headline_most"] and not page.unstopped:
        return True
    if _count_words(paragraph) <= MEASURES["body_least"] and begins_with_and(first):
        return True
    # what is left may be a headline above a text, unless the paragraph begins as a report does
    if line.finished or after is None or page.unstopped or is_bare_date(line.text) or not begins_paragraph(first):
        return False
    return first.words >= MEASURES["headline_least"] or line.is_body or (after.is_body and not line.is_headline)


def _is_stray(line: Line, after: Line | None) -> bool:
    """Whether a line of a word or two is followed by another such line, a new paragraph or nothing."""
    return line.words <= _CRUMB and (after is None or after.words <= _CRUMB or begins_paragraph(after))


def _may_be_joined(last: Line, line: Line) -> bool:
    """Whether nothing about two lines forbids to join them: an editor's word, initials, a note, a button, a script."""
    if last.kept or line.kept or is_initials(line) or _is_dateline(line) or any(map(is_share_bar, (last, line))):
        return False
    if last.text[-1] in ")/" and _NOTE_AT_END.search(last.text[-_FIRST_WORDS_MOST:]):
        return False
    if last.text[1:] in _BUTTON_ENDS or line.text[1:] in _BUTTON_ENDS:
        return False
    return not (last.text[0] < "\x80" and is_foreign(last) and ARABIC.search(line.text))


def _is_dateline(line: Line) -> bool:
    """Whether a line is only a place and the agencies that report from there."""
    parts = _PLACE_AND_AGENCIES.fullmatch(line.text) if line.words <= MEASURES["latin_ui_most"] else None
    return parts is not None and is_place(parts[1]) and is_agencies(parts[2])


def _is_interrupted(paragraph: list[Line], *, behind_junk: bool) -> bool:
    """Whether a paragraph goes on behind an empty line, or behind junk that stands in its middle."""
    is_long = _count_words(paragraph) >= MEASURES["heading_most"]
    return is_long and (is_open(paragraph[-1]) or (behind_junk and begins_paragraph(paragraph[0])))


def _count_words(paragraph: list[Line]) -> int:
    """The words of the last lines of a paragraph, which are enough for all measures."""
    return sum(line.words for line in paragraph[-6:])


def _is_page_without_stops(lines: list[Line]) -> bool:
    """Whether the paragraphs of a page end without full stops, so that an unfinished one says nothing."""
    long_lines = _long_lines(lines)
    return len(long_lines) >= MEASURES["wrap_least"] and (
        sum([line.finished for line in long_lines]) <= MEASURES["unstopped_share"] * len(long_lines)
    )


def _long_lines(lines: Sequence[Line]) -> list[Line]:
    least = MEASURES["unstopped_least"]
    return [line for line in lines if line.words >= least and line.sort == "text" and not line.role]


def mark_unstopped_paragraphs(lines: list[Line]) -> list[Line]:
    """Mark the paragraphs of a page that leaves out full stops; they are known by their length or first word.

    The first long line of such a page is its headline, unless it reads as a report. Below a label that announces other
    articles no line is marked, unless a report is still to come.
    """
    if not _is_page_without_stops(lines) or _lists_headlines(lines):
        return lines
    reports = {id(line) for line in _long_lines(lines) if is_report(line)}
    begin = next((index for index, line in enumerate(lines) if id(line) in reports), 0)
    ends = (index for index in range(begin, len(lines)) if lines[index].sort in ("related", "tags", "close", "end"))
    long_lines = _long_lines(lines[: next(ends, len(lines))])
    has_headline = bool(long_lines) and not is_report(long_lines[0])
    paragraphs = {id(line) for line in long_lines[has_headline:] if _reads_as_paragraph(line)}
    return [line.with_fields(unstopped=True) if id(line) in paragraphs else line for line in lines]


def _lists_headlines(lines: Sequence[Line]) -> bool:
    """Whether a page is a list of headlines: most of its lines of text have a date or a time right below them."""
    dated = sum(line.sort == "text" and after.rule == "date" for line, after in pairwise(lines))
    return dated >= MEASURES["wrap_least"] and 2 * dated > sum(line.sort == "text" for line in lines)


def is_report(line: Line) -> bool:
    """Whether a line is no headline: it begins with a verb of reporting, or is long and divided by a comma."""
    return begins_paragraph(line) or (line.words > MEASURES["title_stopped"] and "،" in line.text)


def _reads_as_paragraph(line: Line) -> bool:
    return line.words > MEASURES["heading_most"] or line.text[0] in "وف" or begins_paragraph(line)


def split_one_line_page(lines: list[Line]) -> list[Line]:
    """Cut a line that holds a whole article into its headline and date, and paragraphs of whole sentences."""
    word_counts = [line.words for line in lines]
    most_words = _MOST_OF_PAGE * sum(word_counts)
    if max(word_counts, default=0) < most_words:
        return lines
    least_headed, least_divided = (max(MEASURES[name], most_words) for name in ("one_line_head", "one_line"))
    parts = [part for line in lines for part in (_split_head(line) if _is_page(line, least_headed) else [line])]
    return [part for line in parts for part in (_split_text(line) if _is_page(line, least_divided) else [line])]


def _is_page(line: Line, least: float) -> bool:
    return line.sort == "text" and not line.role and line.words >= least


def _split_head(line: Line) -> list[Line]:
    """The headline, the labelled date and the text of a page on one line; the line itself without such a date."""
    label = date_label(line.text)
    if label is None or not 0 < line.text.count(" ", 0, label[0]) < MEASURES["headline_most"]:
        return [line]
    start, end = label
    dates = [date for date in find_dates(line.text[end : end + 60])[:1] if date.start < 3]
    if not dates:
        return [line]
    text_start = end + dates[0].end
    pieces = line.text[:start].strip(), line.text[start:text_start], line.text[text_start:].strip(" |-–—•")
    return [line.with_text(piece, gap=True) for piece in pieces if piece]


def _split_text(line: Line) -> list[Line]:
    """The sentences of a line in paragraphs of at least `paragraph_words` words."""
    paragraphs: list[Line] = []
    start, words = 0, 0
    spans = split(line.text)
    for index, (sentence_start, end) in enumerate(spans):
        words += line.text.count(" ", sentence_start, end) + 1
        if words >= MEASURES["paragraph_words"] or index == len(spans) - 1:
            paragraphs.append(line.with_text(line.text[start:end].strip(), gap=True))
            start, words = end, 0
    return paragraphs
