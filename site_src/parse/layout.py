"""The layout of one article: headline, standfirst, paragraphs, sub-headings and lists, and the lines that are left."""

from __future__ import annotations

from msgspec import Struct

from site_src.model.page import Dropped, ParagraphKind
from site_src.parse.blocks import Role
from site_src.parse.extent import carries_on, closing_indexes, first_index, is_text, last_index, opens_body
from site_src.parse.fields.statements import may_state_date
from site_src.parse.fields.unlabelled import with_head_fields
from site_src.parse.head.above import above_text, days_of_visit
from site_src.parse.head.headline import headline_index, is_doubtful, without_false_labels
from site_src.parse.lines import DAYS, HEAD_FIELDS, MEASURES, Line
from site_src.parse.paragraphs.reflow import begins_paragraph, begins_with_and, is_bullet, without_bullet
from site_src.parse.speakers import speaker_of, speakers_in
from site_src.parse.split.current import closing_day
from site_src.parse.word_lists import word_list
from site_src.text.datelines import opens_at_place
from site_src.text.dates import find_dates
from site_src.text.fold import words
from site_src.text.patterns import late

_KIND_OF_ROLE: dict[Role, ParagraphKind] = {
    "heading": "heading",
    "list": "list",
    "quote": "quote",
    "table": "table",
    "caption": "caption",
}
"""The kind of paragraph that a role in the markup makes."""
_PICTURE_NUMBER = late(r"\A\d{1,3}\s?/\s?\d{1,3}\s+")
"""The number of a picture among those of a gallery: "3 / 12"."""


class Layout(Struct, frozen=True, gc=False):
    """The parts of one article; their lines stand in the order of the page."""

    title: Line | None
    body: tuple[tuple[ParagraphKind, Line], ...]
    fields: tuple[Line, ...]
    dropped: tuple[Dropped, ...]
    doubtful: bool = False
    """Whether nothing but its place says that the title is one."""


def layout_of(lines: tuple[Line, ...], stated_title: str) -> Layout:
    """The layout of one article; `stated_title` is the title that the markup states, or ""."""
    first = first_index(lines)
    last = last_index(lines)
    closing = closing_indexes(lines, last)
    lines = with_head_fields(without_false_labels(lines, first), first)
    title = headline_index(lines, first, stated_title)
    if title == first:
        first += 1
    kinds = above_text(lines, title, first) | _kinds_in_text(lines, first, last) | dict.fromkeys(closing, "text")
    last = max(last, *closing, -1)
    kinds = {index: kind for index, kind in kinds.items() if title < 0 or lines[index].plain != lines[title].plain}
    kinds |= _early_standfirst(lines, title, kinds)
    body = tuple((kinds[index], _without_marks(lines[index], kinds[index])) for index in sorted(kinds))
    fields = _fields(lines, title, first, last)
    used_indexes = {*kinds, title}
    dropped = tuple(
        _as_dropped(line, index, first, last) for index, line in enumerate(lines) if index not in used_indexes
    )
    doubtful = title >= 0 and is_doubtful(lines, title, stated_title)
    return Layout(lines[title] if title >= 0 else None, body, fields, dropped, doubtful)


def _without_marks(line: Line, kind: ParagraphKind) -> Line:
    """A line of a list or a standfirst without its bullet, and a caption without the number of its picture."""
    if kind == "caption":
        return line.with_text(_PICTURE_NUMBER.sub("", line.text)) if line.text[0].isdigit() else line
    return line.with_text(without_bullet(line.text)) if kind in ("list", "standfirst") and not line.role else line


def _is_gallery(lines: tuple[Line, ...], last: int) -> bool:
    """Whether several captions below the text are sentences; other captions there are those of other articles."""
    captions = [line for line in lines[last + 1 :] if line.role == "caption" and line.stopped]
    return len(captions) >= MEASURES["gallery_least"]


def _kinds_in_text(lines: tuple[Line, ...], first: int, last: int) -> dict[int, ParagraphKind]:
    """The index of each line from `first` on that is part of the article, to the kind of its paragraph."""
    kinds: dict[int, ParagraphKind] = {}
    short_lines: list[int] = []
    speakers = speakers_in(lines)
    is_gallery = _is_gallery(lines, last)
    for index in range(first, len(lines)):
        line = lines[index]
        if line.sort != "text" or len(line.text) == 1:
            continue
        if line.role in _KIND_OF_ROLE:
            kinds |= dict.fromkeys(short_lines, "heading") if line.role != "heading" else {}
            short_lines = []
            is_within = index <= last or line.role not in ("heading", "caption")
            if is_within or (is_gallery and line.role == "caption"):
                kinds[index] = _KIND_OF_ROLE[line.role]
        elif is_bullet(line.text) and line.words > 1:
            kinds[index] = "list"
        elif (index <= last and is_text(line)) or (speakers and speaker_of(line) in speakers):
            kinds |= _kinds_of_short_lines(lines, short_lines, kinds)
            short_lines = []
            kinds[index] = "text"
        elif index < last and not (line.is_headline and lines[index + 1].rule == "date"):
            short_lines.append(index)
    return kinds


def _kinds_of_short_lines(
    lines: tuple[Line, ...], indexes: list[int], before: dict[int, ParagraphKind]
) -> dict[int, ParagraphKind]:
    """The kinds of short lines between two paragraphs; lines that only repeat one another are left out.

    They are a list if the paragraph before them, the last of `before`, opens one; a table if at most one has no digit.
    Three or more other lines are text where they carry on, one or two are sub-headings or the like.
    """
    if len(indexes) > 1:
        if len({lines[index].plain for index in indexes}) == 1:
            return {}
        if before and lines[max(before)].text.endswith(":"):
            return dict.fromkeys(indexes, "list")
        if sum(any(letter.isdigit() for letter in lines[index].text) for index in indexes) >= len(indexes) - 1:
            return dict.fromkeys(indexes, "table")
    if len(indexes) > 2:
        return {index: "text" for index in indexes if carries_on(lines[index])}
    return {
        index: _kind_of_short_line(lines[index])
        for index in indexes
        if lines[index].words > 1 or _is_section(lines[index])
    }


def _is_section(line: Line) -> bool:
    """Whether a single word is the heading of a section, and no button: a known one, or one before a colon."""
    return line.text[-1] == ":" or line.plain in word_list("layout", "sections")


def _kind_of_short_line(line: Line) -> ParagraphKind:
    """The kind of one or two short lines between paragraphs: a quote, text or a sub-heading, by how they end."""
    if line.text[0] in '"“«' and line.text[-1] in '"”»':
        return "quote"
    if line.stopped or line.text[-1] in "،,":
        return "text"
    return "text" if line.words > MEASURES["heading_most"] and begins_paragraph(line) else "heading"


def _early_standfirst(lines: tuple[Line, ...], title: int, kinds: dict[int, ParagraphKind]) -> dict[int, ParagraphKind]:
    """The index and new kind of a first paragraph that only announces the text; nothing where there is none.

    It stands above the byline or date, is broken off, or the second paragraph begins the report anew. Below the credit
    of a photo it is a caption.
    """
    texts = [index for index, kind in kinds.items() if kind == "text"][:3]
    is_broken_off = [lines[index].text.endswith(("...", "…")) for index in texts[:2]] == [True, False]
    if title < 0 or "standfirst" in kinds.values() or (len(texts) < 3 and not is_broken_off):
        return {}
    summary, lead = texts[0], texts[1]
    if is_broken_off:
        return {summary: "standfirst"}
    if lines[summary].words > MEASURES["standfirst_most"]:
        return {}
    is_above_fields = any(line.rule == "updated" or line.rule in HEAD_FIELDS for line in lines[summary:lead])
    if is_above_fields and summary and lines[summary - 1].rule == "photo-credit":
        return {summary: "caption"}
    return {summary: "standfirst"} if is_above_fields or _begins_again(lines[summary], lines[lead]) else {}


def _begins_again(summary: Line, lead: Line) -> bool:
    """Whether `lead` begins the report that `summary` announces.

    Only `lead` has a dateline, or only it names the day and the two share a run of words.
    """
    if opens_at_place(lead.text) and not (opens_at_place(summary.text) or begins_with_and(lead)):
        return True
    return _names_day(lead) and not _names_day(summary) and _share_run_of_words(summary.text, lead.text)


def _share_run_of_words(first: str, second: str) -> bool:
    """Whether two texts share a run of as many words as `repeat_run` says."""
    length = int(MEASURES["repeat_run"])
    return not _runs_of_words(first, length).isdisjoint(_runs_of_words(second, length))


def _runs_of_words(text: str, length: int) -> set[tuple[str, ...]]:
    """Every run of so many words in a text."""
    text_words = words(text)
    return {tuple(text_words[start : start + length]) for start in range(len(text_words) - length + 1)}


def _names_day(line: Line) -> bool:
    """Whether a line holds a date with its day."""
    return may_state_date(line.plain) and any(date.day.day is not None for date in find_dates(line.text))


def _fields(lines: tuple[Line, ...], title: int, first: int, last: int) -> tuple[Line, ...]:
    """The field lines that state something of this article: those below its headline, then those above it.

    `first` and `last` are the indexes at which its text begins and ends. Fields below a label that announces other
    articles are theirs. Fields above the headline may be those of the page.
    """
    second = next((index for index in range(first + 1, last + 1) if opens_body(lines[index])), first)
    end = next((index for index in range(last + 1, len(lines)) if lines[index].sort in ("related", "end")), len(lines))
    visits = days_of_visit(lines, title, first)
    days = [index for index in range(first) if lines[index].rule in DAYS and index not in visits]
    is_dated = bool(days) and days[-1] > title
    closing = closing_day(lines, last + 1) if not days else -1

    def is_of_article(index: int) -> bool:
        """Whether the field at an index stands where fields of its kind are those of the article."""
        line = lines[index]
        if line.rule == "date":
            return index == closing or (index <= second and index not in visits)
        if line.rule == "address":
            return index <= first
        if index > last and line.rule == "byline":
            return not line.text.startswith("(")  # in brackets stand the names of the desk
        if index > last and line.rule == "published":
            return not is_dated
        if first < index < last and line.rule == "source":
            return not _is_of_picture(line)
        return True

    indexes = (*range(title + 1, end), *range(min(title, end)))
    return tuple(lines[index] for index in indexes if lines[index].sort == "field" and is_of_article(index))


def _is_of_picture(line: Line) -> bool:
    """Whether a labelled source stands in brackets: within a text it is the source of the picture above it."""
    return line.text.startswith("(") and line.value != line.text


def _as_dropped(line: Line, index: int, first: int, last: int) -> Dropped:
    """A line that is no paragraph, with the rule by which it was dropped; the text is from `first` to `last`."""
    if line.sort == "field":
        rule = f"field-{line.rule}"
    elif line.sort != "text":
        rule = line.rule
    elif index < first:
        rule = "above-the-text"
    else:
        rule = "short-lines" if index < last else "below-the-text"
    return Dropped(line.line, line.text, rule)
