"""Reflow: lines that a program broke are joined to paragraphs, and a page on one line is cut into them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from msgspec import Struct

from site_src.parse.fields.stated import date_label, is_bare_date
from site_src.parse.junk.shapes import is_initials
from site_src.parse.lines import ARABIC, HEAD_FIELDS, MEASURES, Line, is_foreign, join_lines
from site_src.parse.paragraphs.breaks import is_filled, is_open, wrapping
from site_src.tables import table
from site_src.text.dates import find_dates
from site_src.text.fold import fold
from site_src.text.memo import Memo
from site_src.text.patterns import late
from site_src.text.sentences import split

_FIRST_WORDS = late(r"([^\W_]+)(?:[\W_]+([^\W_]+))?")
_FIRST_PLACES = 40
"""Characters in which the first two words of a paragraph stand."""
_SIGNS = frozenset(["", "+", "-"])
"""What stands behind the one letter of a button, which stands for a network or sets the size of the text."""
_CRUMB = 2
_JOINED = late(
    r"(?:و(?:[يت]|ال)\w{2,}|[وف](?:لم|لا|لن|قد|من|في|علي|عن|هو|هي|هذ[اه]|ذلك|هناك|مع|بعد|منذ|عند|حتي|لكن)\s)"
)
_NOTED = late(r"[.!؟…][\"”»]*\s*[(/][^()/]{2,30}[)/]\Z")
"""A sentence and a note in brackets or between slashes: the end of a dispatch, or its agency."""
_MOST_OF_PAGE = 0.6
"""Share of a page's words from which one line is the page."""
_BULLETS = frozenset("•·▪●◦■□►▶➖✔✅🔹🔸🔻🔺*ـ–—-0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")
_SYMBOL = late(r"\A(?:[•·▪●◦■□►▶➖✔✅🔹🔸🔻🔺*ـ–—-]\ufe0f?\s+|[•▪●*](?=[^\W\d_]))")
_BULLET = late(r"(?:[•·▪●◦■□►▶➖✔✅🔹🔸🔻🔺*ـ–—-]\ufe0f?|\d{1,2}[.)-]|[٠-٩]{1,2}[.)-])\s|[•▪●*](?=[^\W\d_])(?!.*\*\Z)")


@cache
def _leads() -> tuple[frozenset[str], frozenset[str]]:
    """First words of a paragraph: alone, and as pairs of words."""
    phrases = [fold(phrase) for phrase in table("layout")["words"]["lead_verbs"]]
    return frozenset(p for p in phrases if " " not in p), frozenset(p for p in phrases if " " in p)


def begins_paragraph(line: Line) -> bool:
    """Whether the first word is a report in the past tense or a linking word, with or without و or ف."""
    head = _FIRST_WORDS.search(line.plain, 0, _FIRST_PLACES)
    if head is None:
        return False
    pair = f"{head[1]} {head[2]}" if head[2] else head[1]
    return _reports[head[1]] or pair in _leads()[1] or pair[1:] in _leads()[1]


def _is_report_verb(word: str) -> bool:
    forms = {word, word.removesuffix("ت")}
    forms |= {form[1:] for form in forms if form[:1] in "وف"}
    return not _leads()[0].isdisjoint(forms)


_reports: Memo[bool] = Memo(_is_report_verb)


def begins_with_and(line: Line) -> bool:
    """Whether a paragraph carries on what stood before it: و or ف and a report, or a linking word."""
    return line.text[:1] in "وف" and begins_paragraph(line)


def goes_on(line: Line) -> bool:
    """Whether "and" joins a sentence to what stood before it, by a report, a verb of the present or a particle."""
    return begins_with_and(line) or _JOINED.match(line.plain) is not None


def leads_on(line: Line) -> bool:
    """Whether a line right above a paragraph is of its text: a sentence, or what ends as no headline does."""
    opens = line.text[-1] in ":،," and line.words >= MEASURES["opening_least"]
    return line.sort == "text" and (line.stopped or (opens and not line.role))


def is_bullet(text: str) -> bool:
    """Whether a line begins as an entry of a list does."""
    return text[:1] in _BULLETS and _BULLET.match(text) is not None


def without_bullet(text: str) -> str:
    """The text without the symbol that a list sets before it; a number stays, it says something."""
    return _SYMBOL.sub("", text)


def rejoined(lines: list[Line]) -> list[Line]:
    """The lines with broken paragraphs made whole; junk that stood between two halves comes after them."""
    page = _Page(*wrapping(lines), _stops_rarely(lines))
    runs: list[list[Line]] = []
    run: list[Line] = []
    for line, after in zip(lines, [*lines, None][1:], strict=True):
        if line.sort == "text" and not line.role:
            if run and _belongs(run, line, after, runs[-1] is not run, page):
                run.append(line)
                continue
            if runs and _is_keywords(runs[-1], line, page):
                runs[-1].append(line)
                continue
            run = [line]
            runs.append(run)
        else:
            runs.append([line])
            if line.sort in ("related", "close", "end", "tags") or line.role or line.rule in HEAD_FIELDS:
                run = []
    return [join_lines(run) for run in runs]


def _is_keywords(run: Sequence[Line], line: Line, page: _Page) -> bool:
    """Whether `line` is the rest of a row of keywords that the program broke as it broke the text."""
    return run[0].sort == "tags" and not line.gap and page.width > 0 and is_filled(run[-1].text, line.text, page.width)


class _Page(Struct, frozen=True, gc=False):
    """What the page as a whole says of its lines."""

    width: int
    """Characters at which it was hard-wrapped, or 0."""
    set_in_letters: bool
    """Its lines hold more or fewer characters, as those of a printed column do, whose letters differ in width."""
    unstopped: bool
    """Its paragraphs end without full stops, so that an unfinished line says nothing."""


def _belongs(run: list[Line], line: Line, after: Line | None, apart: bool, page: _Page) -> bool:
    """Whether `line` goes on with the sentence, or the wrapped paragraph, of the lines of `run`."""
    first, last = run[0], run[-1]
    if is_initials(line) or (last.text[-1] in ")/" and _NOTED.search(last.text[-_FIRST_PLACES:])):
        return False
    if (last.finished and (apart or line.gap)) or last.kept or line.kept or is_bullet(line.text):
        return False
    if last.text[1:] in _SIGNS or line.text[1:] in _SIGNS:
        return False
    if last.text[0] < "\x80" and is_foreign(last) and ARABIC.search(line.text):
        return False
    if apart or line.gap:
        return not begins_paragraph(line) and _is_cut(run, apart)
    if line.words <= _CRUMB and line.finished and not last.finished:
        return True
    if page.width and is_filled(last.text, line.text, page.width) and not (page.set_in_letters and last.finished):
        return len(run) > 1 or not is_bare_date(first.text)
    if last.finished:
        return False
    if is_open(last):
        return True
    if begins_paragraph(line):
        return False
    if len(run) > 1 and page.width - len(last.text) <= MEASURES["wrap_slack"] < page.width:
        return True
    if not page.width and line.words <= _CRUMB and (after is None or after.words <= _CRUMB or begins_paragraph(after)):
        return False
    if _words(run) > MEASURES["headline_most"] and not page.unstopped:
        return True
    if _words(run) <= MEASURES["body_least"] and begins_with_and(first):
        return True
    if line.finished or after is None or page.unstopped or not begins_paragraph(first) or is_bare_date(line.text):
        return False
    return first.words >= MEASURES["headline_least"] or line.is_body or (after.is_body and not line.is_headline)


def _is_cut(run: list[Line], apart: bool) -> bool:
    """Whether a paragraph goes on after an empty line, or after junk that stands in its middle."""
    long = _words(run) >= MEASURES["heading_most"]
    return long and (is_open(run[-1]) or (apart and begins_paragraph(run[0])))


def _words(run: list[Line]) -> int:
    """Words of a run, as far as the measures need to know them."""
    return sum(line.words for line in run[-6:])


def _stops_rarely(lines: list[Line]) -> bool:
    """Whether the page's paragraphs end without full stops, so that an unfinished one says nothing."""
    long = _long(lines)
    return len(long) >= MEASURES["wrap_least"] and (
        sum([line.finished for line in long]) <= MEASURES["unstopped_share"] * len(long)
    )


def _long(lines: Sequence[Line]) -> list[Line]:
    least = MEASURES["unstopped_least"]
    return [line for line in lines if line.words >= least and line.sort == "text" and not line.role]


def without_stops(lines: list[Line]) -> list[Line]:
    """The lines; on a page that leaves out full stops, its paragraphs known by their length or first word.

    The first long line is the headline there, unless it reads as a report does. Below a label that announces other
    articles nothing is taken for a paragraph, unless a report is still to come.
    """
    if not _stops_rarely(lines) or _lists_headlines(lines):
        return lines
    reports = {id(line) for line in _long(lines) if is_report(line)}
    begin = next((place for place, line in enumerate(lines) if id(line) in reports), 0)
    ends = (place for place in range(begin, len(lines)) if lines[place].sort in ("related", "tags", "close", "end"))
    long = _long(lines[: next(ends, len(lines))])
    headed = bool(long) and not is_report(long[0])
    paragraphs = {id(line) for line in long[headed:] if _reads_on(line)}
    return [line.but(unstopped=True) if id(line) in paragraphs else line for line in lines]


def _lists_headlines(lines: Sequence[Line]) -> bool:
    """Whether a page is a list of headlines: most of its longer lines have a date or a time right below them."""
    dated = sum(first.sort == "text" and second.rule == "date" for first, second in pairwise(lines))
    return dated >= MEASURES["wrap_least"] and 2 * dated > sum(line.sort == "text" for line in lines)


def is_report(line: Line) -> bool:
    """Whether a line is no headline: it begins with a report's verb, or is long and divided by a comma."""
    return begins_paragraph(line) or (line.words > MEASURES["title_stopped"] and "،" in line.text)


def _reads_on(line: Line) -> bool:
    return line.words > MEASURES["heading_most"] or line.text[0] in "وف" or begins_paragraph(line)


def unfolded(lines: list[Line]) -> list[Line]:
    """The lines, with one that holds a whole article cut into paragraphs of whole sentences."""
    counted = [line.words for line in lines]
    total = sum(counted)
    if max(counted, default=0) < _MOST_OF_PAGE * total:
        return lines
    head, least = (max(MEASURES[name], _MOST_OF_PAGE * total) for name in ("one_line_head", "one_line"))
    parts = [part for line in lines for part in (_headed(line) if _is_page(line, head) else [line])]
    return [part for line in parts for part in (_paragraphs(line) if _is_page(line, least) else [line])]


def _is_page(line: Line, least: float) -> bool:
    return line.sort == "text" and not line.role and line.words >= least


def _headed(line: Line) -> list[Line]:
    """A page on one line: what stands before its labelled date as headline, the date, and the text behind it."""
    label = date_label(line.text)
    if label is None or not 0 < line.text.count(" ", 0, label[0]) < MEASURES["headline_most"]:
        return [line]
    start, end = label
    dates = [date for date in find_dates(line.text[end : end + 60])[:1] if date.start < 3]
    if not dates:
        return [line]
    cut = end + dates[0].end
    pieces = line.text[:start].strip(), line.text[start:cut], line.text[cut:].strip(" |-–—•")
    return [line.written(piece, gap=True) for piece in pieces if piece]


def _paragraphs(line: Line) -> list[Line]:
    parts: list[Line] = []
    start, counted = 0, 0
    spans = split(line.text)
    for place, (begin, end) in enumerate(spans):
        counted += line.text.count(" ", begin, end) + 1
        if counted >= MEASURES["paragraph_words"] or place == len(spans) - 1:
            parts.append(line.written(line.text[start:end].strip(), gap=True))
            start, counted = end, 0
    return parts
