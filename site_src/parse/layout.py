"""Layout: the lines of one article as headline, standfirst, paragraphs, sub-headings and lists; and what is left."""

from __future__ import annotations

from itertools import takewhile

from msgspec import Struct

from site_src.model.page import Dropped, ParagraphKind
from site_src.parse.blocks import Role
from site_src.parse.fields.credits import opens_with_agency
from site_src.parse.fields.stated import may_state_date
from site_src.parse.fields.unlabelled import opens_with_credit, with_head_fields
from site_src.parse.head.above import above_text, days_of_visit
from site_src.parse.head.headline import headline_place, is_doubtful, without_false_labels
from site_src.parse.head.told import TELLING
from site_src.parse.lines import ARABIC, DAYS, HEAD_FIELDS, MEASURES, Line
from site_src.parse.paragraphs.reflow import (
    begins_paragraph,
    begins_with_and,
    goes_on,
    is_bullet,
    leads_on,
    without_bullet,
)
from site_src.parse.speakers import speaker_of, speakers_in
from site_src.parse.split.current import closing_day
from site_src.parse.word_lists import word_list
from site_src.text.datelines import opens_at_place
from site_src.text.dates import find_dates
from site_src.text.fold import words
from site_src.text.patterns import late

_KINDS: dict[Role, ParagraphKind] = {
    "heading": "heading",
    "list": "list",
    "quote": "quote",
    "table": "table",
    "caption": "caption",
}
_WILL = late(r"وس[يت]\w{2,}")
"""A verb of what will be, behind "and"."""
_PICTURE = late(r"\A\d{1,3}\s?/\s?\d{1,3}\s+")
_LEFT = {True: "short-lines", False: "below-the-text"}


class Layout(Struct, frozen=True, gc=False):
    """The parts of one article, lines in the order of the page."""

    title: Line | None
    body: tuple[tuple[ParagraphKind, Line], ...]
    fields: tuple[Line, ...]
    dropped: tuple[Dropped, ...]
    doubtful: bool = False
    """Whether nothing but its place says that the title is one."""


def laid_out(lines: tuple[Line, ...], stated_title: str) -> Layout:
    """The layout of one article; `stated_title` is the title that the markup states, or ""."""
    first = _first_place(lines)
    last = _last_place(lines)
    closing = _closing(lines, last)
    lines = with_head_fields(without_false_labels(lines, first), first)
    title = headline_place(lines, first, stated_title)
    first += title == first
    kinds = above_text(lines, title, first) | _middle(lines, first, last) | dict.fromkeys(closing, "text")
    last = max(last, *closing, -1)
    kinds = {place: kind for place, kind in kinds.items() if title < 0 or lines[place].plain != lines[title].plain}
    kinds |= _early_standfirst(lines, title, kinds)
    body = tuple((kinds[place], _unmarked(kinds[place], lines[place])) for place in sorted(kinds) if place != title)
    used = {*kinds, title}
    fields = _fields(lines, (title, first, last), days_of_visit(lines, title, first))
    dropped = tuple(_left_over(line, place, first, last) for place, line in enumerate(lines) if place not in used)
    doubtful = title >= 0 and is_doubtful(lines, title, stated_title)
    return Layout(lines[title] if title >= 0 else None, body, fields, dropped, doubtful)


def _first_place(lines: tuple[Line, ...]) -> int:
    """Where the text begins: at the first paragraph, or at short lines of text between it and a headline."""
    first = next((place for place in range(len(lines)) if _opens_body(lines, place)), len(lines))
    start = first
    while 0 < start < len(lines) and _leads_to(lines[start - 1]):
        start -= 1
    return start if any(line.is_headline for line in lines[:start]) else first


def _last_place(lines: tuple[Line, ...]) -> int:
    """Where the text ends: at its last paragraph, above several lines that end and begin as headlines do; or -1."""
    own = last = next((place for place in range(len(lines) - 1, -1, -1) if _is_text(lines[place])), -1)
    while own >= 0 and not lines[own].finished and (lines[own].sort != "text" or _may_be_of_another(lines[own])):
        own -= 1
    if own == last or sum(line.sort == "text" for line in lines[own + 1 : last + 1]) < 2:
        return last
    return own if sum(line.is_body and line.finished for line in lines[: own + 1]) >= TELLING else last


def _may_be_of_another(line: Line) -> bool:
    """Whether a line below a text whose paragraphs end with full stops may be the headline of another."""
    own = line.role or line.kept or line.unstopped or line.among or line.words > MEASURES["headline_most"]
    return not (own or is_bullet(line.text) or goes_on(line) or begins_paragraph(line))


def _leads_to(line: Line) -> bool:
    """Whether a line above the text is of it: it leads on to it, and credits nobody, or is a paragraph of its own."""
    return (leads_on(line) and not opens_with_credit(line)) or _is_next(line)


def _is_next(line: Line) -> bool:
    """Whether a line that is marked up as a paragraph carries on what another one said."""
    return line.among and line.sort == "text" and goes_on(line)


def _unmarked(kind: ParagraphKind, line: Line) -> Line:
    """A line of a list, or a standfirst, without the symbol before it; a caption without its number of how many."""
    if kind == "caption":
        return line.written(_PICTURE.sub("", line.text)) if line.text[0].isdigit() else line
    return line.written(without_bullet(line.text)) if kind in ("list", "standfirst") and not line.role else line


def _is_text(line: Line) -> bool:
    """A paragraph of the middle of an article: a body line, or one without a full stop that is no sub-heading.

    It is long, opens a list, ends with a full stop, or carries on with و or ف and a verb, which no heading does.
    """
    if line.is_body:
        return line.role != "caption"
    if line.sort != "text" or line.role:
        return False
    return (
        line.words >= MEASURES["body_unfinished"]
        or (line.text.endswith(":") and line.words >= MEASURES["opening_least"])
        or (line.words >= MEASURES["body_least"] and begins_with_and(line))
        or (line.stopped and line.words >= MEASURES["sentence_least"] and line.text[0] in "وف")
    )


def _closing(lines: tuple[Line, ...], last: int) -> range:
    """The places of the last paragraphs of a text that do not end as the others do, right below those that do.

    What the markup sets among the paragraphs, and sentences that carry on with "and" where nothing else stands there:
    headlines of others stand in lists.
    """
    end = last + 1
    while 0 < end < len(lines) and lines[end].sort == "text" and not lines[end].role:
        end += 1
    below = range(last + 1, end) if last >= 0 else range(0)
    if all(_carries_on(lines[place]) for place in below):
        return below
    marked = takewhile(lambda place: lines[place].among, below)
    return range(below.start, max((place + 1 for place in marked if _is_among(lines[place])), default=below.start))


def _carries_on(line: Line) -> bool:
    joined = (goes_on(line) and line.plain[1:3] != "ال") or _WILL.match(line.plain) is not None
    is_said = ARABIC.search(line.text) is not None and (line.stopped or joined)
    return _is_among(line) or (is_said and line.words >= MEASURES["sentence_least"] and not is_bullet(line.text))


def _is_among(line: Line) -> bool:
    """Whether a line that is marked up as a paragraph reads as one: as no label with its value, and no name."""
    return line.among and (
        line.words > 1 if line.stopped else line.words >= MEASURES["body_least"] and ":" not in line.text
    )


def _opens_body(lines: tuple[Line, ...], place: int) -> bool:
    line = lines[place]
    if not line.is_body:
        long = line.text[-1] == ":" and line.words > MEASURES["heading_most"] and line.is_headline
        return long and opens_with_agency(line.text)
    return line.role != "caption" and (line.role != "list" or line.words >= MEASURES["opening_least"])


def _is_gallery(lines: tuple[Line, ...], last: int) -> bool:
    """Whether several captions below the text are sentences: others are those of what else is shown."""
    captions = [line for line in lines[last + 1 :] if line.role == "caption" and line.stopped]
    return len(captions) >= MEASURES["gallery_least"]


def _middle(lines: tuple[Line, ...], first: int, last: int) -> dict[int, ParagraphKind]:
    kinds: dict[int, ParagraphKind] = {}
    run: list[int] = []
    speakers = speakers_in(lines)
    gallery = _is_gallery(lines, last)
    for place in range(first, len(lines)):
        line = lines[place]
        if line.sort != "text" or len(line.text) == 1:
            continue
        if line.role in _KINDS:
            kinds |= dict.fromkeys(run, "heading") if line.role != "heading" else {}
            run = []
            if place <= last or line.role not in ("heading", "caption") or (gallery and line.role == "caption"):
                kinds[place] = _KINDS[line.role]
        elif is_bullet(line.text) and line.words > 1:
            kinds[place] = "list"
        elif (place <= last and _is_text(line)) or (speakers and speaker_of(line) in speakers):
            kinds |= _short_run(lines, run, kinds)
            run = []
            kinds[place] = "text"
        elif place < last and not (line.is_headline and lines[place + 1].rule == "date"):
            run.append(place)
    return kinds


def _short_run(lines: tuple[Line, ...], run: list[int], before: dict[int, ParagraphKind]) -> dict[int, ParagraphKind]:
    """Short lines between two paragraphs: sub-headings, or a list that the paragraph before opens; none said twice."""
    if not run or (len(run) > 1 and len({lines[place].plain for place in run}) == 1):
        return {}
    if len(run) > 1 and before and lines[max(before)].text.endswith(":"):
        return dict.fromkeys(run, "list")
    if len(run) > 1 and sum(any(letter.isdigit() for letter in lines[place].text) for place in run) >= len(run) - 1:
        return dict.fromkeys(run, "table")
    if len(run) > 2:
        return {place: "text" for place in run if _carries_on(lines[place])}
    return {place: _short_kind(lines[place]) for place in run if lines[place].words > 1 or _is_section(lines[place])}


def _is_section(line: Line) -> bool:
    """Whether one word names a part of a text, as no button or keyword does: a known one, or before a colon."""
    return line.text[-1] == ":" or line.plain in word_list("layout", "sections")


def _short_kind(line: Line) -> ParagraphKind:
    if line.text[0] in '"“«' and line.text[-1] in '"”»':
        return "quote"
    if line.stopped or line.text[-1] in "،,":
        return "text"
    return "text" if line.words > MEASURES["heading_most"] and begins_paragraph(line) else "heading"


def _early_standfirst(lines: tuple[Line, ...], title: int, kinds: dict[int, ParagraphKind]) -> dict[int, ParagraphKind]:
    """The first paragraph, where it only announces the text: above the byline or date, broken off, or told again."""
    texts = [place for place, kind in kinds.items() if kind == "text"][:3]
    broken_off = [lines[place].text.endswith(("...", "…")) for place in texts[:2]] == [True, False]
    if title < 0 or "standfirst" in kinds.values() or (len(texts) < 3 and not broken_off):
        return {}
    summary, lead = texts[0], texts[1]
    if broken_off or lines[summary].words > MEASURES["standfirst_most"]:
        return {summary: "standfirst"} if broken_off else {}
    label = any(line.rule == "updated" or line.rule in HEAD_FIELDS for line in lines[summary:lead])
    if label and summary and lines[summary - 1].rule == "photo-credit":
        return {summary: "caption"}
    return {summary: "standfirst"} if label or _begins_again(lines[summary], lines[lead]) else {}


def _begins_again(summary: Line, lead: Line) -> bool:
    """Whether `lead` introduces what `summary` already did: a dateline, or the same names in full and the day."""
    if opens_at_place(lead.text) and not (opens_at_place(summary.text) or begins_with_and(lead)):
        return True
    return _names_day(lead) and not _names_day(summary) and _repeats(summary.text, lead.text)


def _repeats(first: str, second: str) -> bool:
    """Whether the two share a run of words."""
    count = int(MEASURES["repeat_run"])
    runs = [
        {tuple(found[i : i + count]) for i in range(len(found) - count + 1)} for found in (words(first), words(second))
    ]
    return not runs[0].isdisjoint(runs[1])


def _names_day(line: Line) -> bool:
    return may_state_date(line.plain) and any(date.day.day is not None for date in find_dates(line.text))


def _fields(lines: tuple[Line, ...], edges: tuple[int, int, int], visits: frozenset[int]) -> tuple[Line, ...]:
    """The field lines that speak of this article: those below its headline, then those above, which may be the page's.

    Not those below a label that announces others; bare dates only above the second paragraph and none of `visits`, or
    right below the text where none stands above it; addresses only above the text, and below it no names of the desk in
    brackets and no day of publication where the head has one; no source of a picture within it.
    """
    title, first, last = edges
    second = next((place for place in range(first + 1, last + 1) if _opens_body(lines, place)), first)
    end = next((place for place in range(last + 1, len(lines)) if lines[place].sort in ("related", "end")), len(lines))
    days = [place for place in range(first) if lines[place].rule in DAYS and place not in visits]
    dated = bool(days) and days[-1] > title
    closing = closing_day(lines, last + 1) if not days else -1
    return tuple(
        lines[place]
        for place in (*range(title + 1, end), *range(min(title, end)))
        if (line := lines[place]).sort == "field"
        and not (line.rule == "date" and (place > second or place in visits) and place != closing)
        and not (line.rule == "address" and place > first)
        and not (place > last and line.rule == "byline" and line.text.startswith("("))
        and not (place > last and line.rule == "published" and dated)
        and not (first < place < last and line.rule == "source" and _is_of_picture(line))
    )


def _is_of_picture(line: Line) -> bool:
    """Whether a labelled source stands in brackets: within a text it is that of the picture above it."""
    return line.text.startswith("(") and line.value != line.text


def _left_over(line: Line, place: int, first: int, last: int) -> Dropped:
    """A line that is no paragraph, with the rule that says why."""
    if line.sort == "text":
        return Dropped(line.line, line.text, "above-the-text" if place < first else _LEFT[place < last])
    return Dropped(line.line, line.text, f"field-{line.rule}" if line.sort == "field" else line.rule)
