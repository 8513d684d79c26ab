"""The headline of an article: which of the lines above its text it is.

It is the headline in the markup, else the line that is the title which the page states elsewhere, else the most
probable line: one that the page repeats, the first one if its labelled day stands right below it, or one that the text
retells. A line that ends with a sign such as a colon introduces the text and is no headline. A text that retells none
of a long list of headlines above it has no headline.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from site_src.parse.fields.names import credits_in, is_person, names_medium, names_outlet, person_name
from site_src.parse.fields.outlets import opened_by
from site_src.parse.fields.statements import is_bare_date
from site_src.parse.head.above import end_of_menu, is_list_or_row, is_same, rows_alike
from site_src.parse.head.masthead import is_masthead, names_institution, names_issue
from site_src.parse.head.retelling import is_retold, lead_stems, retold_share, stems
from site_src.parse.head.window import headline_of_window
from site_src.parse.junk.captions import names_taker
from site_src.parse.junk.markers import is_relative
from site_src.parse.lines import HEAD, HEAD_FIELDS, LABELLED_DAYS, MEASURES, Line, with_fields_at
from site_src.parse.paragraphs.reflow import begins_paragraph
from site_src.text.datelines import opening
from site_src.text.fold import words

_CANDIDATES = 30
"""Lines at the top, and as many next to the text, among which the headline is sought."""
_NEAR = 4
"""Lines below a repeated headline within which the standfirst stands that retells it."""
_DATE_FIELDS = LABELLED_DAYS | {"date"}
"""Fields that state a day."""
_LABELLED_FIELDS = LABELLED_DAYS | {"byline", "source"}
"""Fields whose labels are words with which a headline may begin."""
_SIGNS = 2
"""Signs between words, at most, in a short line."""
_INTRODUCING_SIGNS = frozenset(":/-–—")
"""Last characters of a line that credits or introduces the text below it."""


def without_false_labels(lines: tuple[Line, ...], first: int) -> tuple[Line, ...]:
    """The lines, with a headline that begins like a label made text again; the text begins at the index `first`.

    What follows its seeming label is nobody's name but is retold by the text; or there is no colon, as in a sentence.
    Nothing changes where the text retells another headline.
    """
    seeming_labels = [index for index, line in enumerate(lines[:first]) if _credits_nobody(line)]
    if not seeming_labels or first == len(lines):
        return lines
    lead = lead_stems(lines, first)
    if any(line.is_headline and is_retold(line.text, lead) for line in lines[:first]):
        return lines
    headlines = [
        index for index in seeming_labels if is_retold(lines[index].value, lead) or ":" not in lines[index].text
    ]
    return tuple(with_fields_at(lines, headlines[:1], sort="text", rule="", value=""))


def _credits_nobody(line: Line) -> bool:
    """Whether the value behind a label is as long as a headline, and neither a day nor the name of somebody known."""
    value = line.value
    label = line.text.removesuffix(value) if line.sort == "field" and line.rule in _LABELLED_FIELDS and value else ""
    if not label or label == line.text or line.words < MEASURES["headline_least"] or " " not in value:
        return False
    return not (is_bare_date(value) or is_relative(value) or _names_somebody(value))


def _names_somebody(value: str) -> bool:
    """Whether a credit names a person, an outlet, an institution or an agency."""
    if is_person(" ".join(person_name(value).split()[:2])):
        return True
    if names_outlet(value) or names_medium(value) or names_institution(value):
        return True
    return any(credit.agency for credit in credits_in(value))


def headline_index(lines: tuple[Line, ...], first: int, stated_title: str) -> int:
    """The index of the headline of the text that begins at `first`; -1 where there is none.

    `stated_title` is the title that the markup states, or "". The line marked up as the title counts before all
    others, and then the line that is the stated title.
    """
    head = range(min(first + 1, len(lines)))
    marked = [index for index in head if lines[index].role == "title" and lines[index].sort == "text"]
    if marked:
        return marked[-1]
    headlines = [
        index for index in range(first) if lines[index].is_headline and lines[index].text[-1] not in _INTRODUCING_SIGNS
    ]
    headlines = headlines[:_CANDIDATES] + headlines[_CANDIDATES:][-_CANDIDATES:]
    if stated_title:
        as_stated = next((index for index in headlines if is_same(lines[index].text, stated_title)), -1)
        if as_stated >= 0:
            return as_stated
    headlines = [index for index in headlines if not is_masthead(lines[index])]
    candidates = [index for index in headlines if not _is_name(lines, index, first)]
    candidates = [index for index in candidates if not names_issue(lines[index])] or candidates
    if not candidates:
        return first if _is_stopped_headline(lines, first) else _short_headline(lines, first)
    rows = rows_alike(lines[:first]) if len(candidates) > 2 else ()
    outside_lists = [
        index for index in candidates if index not in rows and not is_list_or_row(lines[index : index + 2])
    ]
    candidates = outside_lists or candidates
    if len(candidates) == 1:
        return candidates[0]
    index = headline_of_window(lines, candidates)
    return index if index >= 0 else _most_probable(lines, candidates, first)


def is_doubtful(lines: tuple[Line, ...], title: int, stated_title: str) -> bool:
    """Whether nothing but its place says that the line at `title` is the headline.

    The markup does not mark it, no day stands right below it, the page does not repeat it, and it has no colon as a
    quotation of somebody has. And it has few words, ends with a full stop or a photographer's name, or the text hardly
    retells it.
    """
    line = lines[title]
    if line.role == "title" or (stated_title and is_same(line.text, stated_title)):
        return False
    if ":" in line.text or _is_confirmed(lines, title):
        return False
    if line.stopped or names_taker(line) or len(words(line.text)) <= MEASURES["headline_least"]:
        return True
    text = " ".join([other.text for other in lines[title + 1 :] if other.is_body])
    return not is_retold(line.text, stems(text))


def _is_name(lines: tuple[Line, ...], index: int, first: int) -> bool:
    """Whether a short line is no headline but a name, as in captions, sections and bylines.

    The text quotes its words in a row, where a headline has words of its own. Or nothing confirms it, and the text
    holds none of its words or it has fewer words than headlines, not counting signs and figures.
    """
    line = lines[index]
    line_words = words(line.text) if line.words <= MEASURES["name_most"] + _SIGNS else []
    if not 0 < len(line_words) <= MEASURES["name_most"]:
        return False
    text = [other for other in lines[first:] if other.is_body]
    if not text or _is_above_day(lines, index) or any(other.plain.startswith(line.plain) for other in text):
        return False
    if _is_quoted(line_words, text):
        return True
    if _is_confirmed(lines, index):
        return False
    if sum(not word.isdigit() for word in line_words) < MEASURES["headline_least"]:
        return True
    below = [other.text for other in lines[index + 1 :] if other.sort == "text" and other.plain != line.plain]
    return not retold_share(line.text, stems(" ".join(below)))


def _is_quoted(phrase: Sequence[str], text: Sequence[Line]) -> bool:
    """Whether a text holds these words in a row."""
    return any(phrase[-1] in line.plain and " ".join(phrase) in " ".join(words(line.text)) for line in text)


def _is_above_day(lines: Sequence[Line], index: int) -> bool:
    """Whether a day stands right below a line, or below the writer there."""
    below = lines[index + 1 : index + 3]
    return any(line.rule in _DATE_FIELDS for line in (below if below and below[0].rule == "byline" else below[:1]))


def _is_confirmed(lines: tuple[Line, ...], index: int) -> bool:
    """Whether a day stands right below a line, or the page repeats the line.

    The same line right beside it does not count: so the text in place of a picture is followed by its caption.
    """
    if _is_above_day(lines, index):
        return True
    plain = lines[index].plain
    return any(
        plain in other.plain
        for other_index, other in enumerate(lines)
        if abs(other_index - index) > 1 or plain != other.plain
    )


def _most_probable(lines: tuple[Line, ...], candidates: Sequence[int], first: int) -> int:
    """The index of the headline among several candidates, by what the page repeats and the text retells.

    -1 where nothing speaks for any of many candidates. The text begins at the index `first`.
    """
    repeated = _repeated_candidates(lines, candidates, first)
    if not repeated and lines[candidates[0] + 1].rule in LABELLED_DAYS:
        return candidates[0]
    lead = lead_stems(lines, first)
    if repeated and candidates[-1] - repeated[-1] <= _NEAR:
        return repeated[-1]
    retold = [index for index in candidates if is_retold(lines[index].text, lead)]
    if retold and retold[0] > candidates[0] and lines[retold[0] + 1].is_body:  # a standfirst, unless it is retold well
        retold = [index for index in retold if retold_share(lines[index].text, lead) >= MEASURES["headline_shared"]]
    repeated = [index for index in repeated if index in retold or not retold or retold[0] - index <= _NEAR]
    if repeated:
        return repeated[-1]
    if not retold:
        is_list_of_headlines = first < len(lines) and len(candidates) >= MEASURES["headlines_listed"]
        return -1 if is_list_of_headlines else _above_fields(lines, candidates)
    below_menu = [index for index in retold if index > end_of_menu(lines[:first])]
    return _best_retold(lines, candidates, below_menu or retold, lead)


def _above_fields(lines: tuple[Line, ...], candidates: Sequence[int]) -> int:
    """The index of the candidate right above a writer or a day, if the name of a section divides it from the first one.

    Else that of the first one: a candidate right below it is rather its standfirst.
    """
    first = candidates[0]
    headed = [index for index in candidates if any(line.rule in HEAD_FIELDS for line in lines[index + 1 : index + 2])]
    between = range(first + 1, headed[-1]) if headed else range(0)
    is_divided = any(lines[index].sort == "text" and index not in candidates for index in between)
    return headed[-1] if is_divided else first


def _best_retold(
    lines: tuple[Line, ...], candidates: Sequence[int], retold: Sequence[int], lead: frozenset[str]
) -> int:
    """The index of the headline among the candidates that the lead, by its stems, retells.

    A short first one must be retold better than the second. A long first one may be the standfirst of a headline
    above it.
    """
    first_line = lines[retold[0]]
    if len(retold) > 1 and first_line.words <= MEASURES["headline_least"]:
        return max(retold[:2], key=lambda index: retold_share(lines[index].text, lead) * lines[index].words)
    if first_line.words < MEASURES["body_unfinished"]:
        return retold[0]
    standfirst = stems(first_line.text)
    above = (index for index in candidates if index < retold[0] and is_retold(lines[index].text, standfirst))
    return next(above, retold[0])


def _repeated_candidates(lines: tuple[Line, ...], candidates: Sequence[int], first: int) -> list[int]:
    """The indexes of the candidates that repeat another one, or end a line above the text behind a dash."""
    counts = Counter(lines[index].plain[:HEAD] for index in candidates)
    with_dash = [line.plain for line in lines[:first] if "- " in line.plain]
    ends = {index for index in candidates if any(plain.endswith(f"- {lines[index].plain}") for plain in with_dash)}
    copies = (index for index in candidates if counts[lines[index].plain[:HEAD]] > 1 and not _is_doubled(lines, index))
    return sorted({*copies, *ends})


def _is_doubled(lines: Sequence[Line], index: int) -> bool:
    """Whether the same line stands right beside this one, as the text in place of a picture and its caption do."""
    neighbours = (index - 1, index + 1)
    return any(lines[other].plain == lines[index].plain for other in neighbours if 0 <= other < len(lines))


def _is_stopped_headline(lines: tuple[Line, ...], first: int) -> bool:
    """Whether the first paragraph is a headline with a full stop, or one as long as a paragraph.

    It is short and retold by the report below it, or that begins with the same words. Without a full stop it may have
    any length, if its date of publication is right below it.
    """
    if first + 1 >= len(lines) or begins_paragraph(lines[first]) or opened_by(lines[first].text) is not None:
        return False
    line, below = lines[first], lines[first + 1]
    next_paragraph = next((other for other in lines[first + 1 : first + _NEAR] if other.is_body), line)
    if next_paragraph.words > line.words and next_paragraph.plain.startswith(line.plain):
        return True
    is_dated = below.sort == "field" and below.rule == "published"
    if is_dated and not (line.finished or line.unstopped):
        return True
    if line.words > MEASURES["title_stopped"]:
        return False
    reports = [below]
    if is_dated or line.text.endswith("..") or (below.sort == "text" and below.words < MEASURES["body_least"]):
        reports = [other for other in lines[first + 1 : first + 1 + _NEAR] if other.is_body]
    reports = [other for other in reports if begins_paragraph(other) or (is_dated and opening(other.text) is not None)]
    return any(is_retold(line.text, stems(other.text)) for other in reports)


def _short_headline(lines: tuple[Line, ...], first: int) -> int:
    """The index of a headline of three words right above the text or its date, retold well and in other words; or -1.

    A headline with which the trail of sections above it ends may have fewer words.
    """
    above = [index for index in range(first) if lines[index].sort == "text" and not lines[index].role]
    if not above:
        return -1
    line = lines[above[-1]]
    trails = [other.plain for other in lines[:first] if other.rule == "trail"]
    if trails and trails[-1].endswith(f" {line.plain}"):
        return above[-1]
    line_words = words(line.text)
    has_three_words = len(line_words) == MEASURES["headline_least"] - 1
    if not has_three_words or line.text.count(" ") >= len(line_words) or line.text[-1] in _INTRODUCING_SIGNS:
        return -1
    is_told_well = retold_share(line.text, lead_stems(lines, first)) >= MEASURES["headline_shared"]
    return above[-1] if is_told_well and not _is_quoted(line_words, lines[first:]) else -1
