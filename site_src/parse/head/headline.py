"""Headline: which line above the text is that of the article, by what the page and the text say of each.

The markup's headline, else the one that the page states elsewhere; else lines are weighed: one that stands twice, the
first with its labelled day right below it, one that the text goes on to tell. What a sign at its end divides from the
text is none. Where a long list of headlines stands above a text that tells none of them, it has no headline.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from site_src.parse.fields.names import credits_in, is_person, names_medium, names_outlet, person_name
from site_src.parse.fields.outlets import opened_by
from site_src.parse.fields.stated import is_bare_date
from site_src.parse.head.above import end_of_menu, is_list_or_row, is_same, rows_alike
from site_src.parse.head.masthead import names_institution
from site_src.parse.head.told import is_told, lead_stems, shared, stems
from site_src.parse.head.window import headline_of_window
from site_src.parse.junk.captions import names_taker
from site_src.parse.junk.markers import is_relative
from site_src.parse.lines import HEAD, LABELLED_DAYS, MEASURES, Line, changed
from site_src.parse.paragraphs.reflow import begins_paragraph
from site_src.text.datelines import opening
from site_src.text.fold import words

_CANDIDATES = 30
"""Lines from the top, and as many next to the text, among which the headline is looked for."""
_NEAR = 4
"""Lines below a headline that stands twice in which the standfirst that tells it stands."""
_DATED = LABELLED_DAYS | {"date"}
_LABELLED = LABELLED_DAYS | {"byline", "source"}
"""Fields with whose labels a headline may begin."""
_SIGNS = 2
"""Signs between its words that a short line may have."""
_DIVIDES = frozenset(":/-–—")
"""Ends of a line that credits or introduces the text below it."""


def without_false_labels(lines: tuple[Line, ...], first: int) -> tuple[Line, ...]:
    """The lines; a headline that begins as a label does is one, where the text that begins at `first` tells no other.

    Behind the label stands nobody who is known, but what the text tells; or it has no colon, as a sentence goes on.
    """
    false = [place for place, line in enumerate(lines[:first]) if _credits_nobody(line)]
    if not false or first == len(lines):
        return lines
    lead = lead_stems(lines, first)
    if any(line.is_headline and is_told(line.text, lead) for line in lines[:first]):
        return lines
    own = [place for place in false if is_told(lines[place].value, lead) or ":" not in lines[place].text]
    return tuple(changed(lines, own[:1], sort="text", rule="", value=""))


def _credits_nobody(line: Line) -> bool:
    """Whether what stands behind a label is as long as a headline and no day, and credits nobody who is known."""
    value = line.value
    label = line.text.removesuffix(value) if line.sort == "field" and line.rule in _LABELLED and value else ""
    if not label or label == line.text or line.words < MEASURES["headline_least"] or " " not in value:
        return False
    if is_bare_date(value) or is_relative(value):
        return False
    named = is_person(" ".join(person_name(value).split()[:2])) or names_outlet(value) or names_medium(value)
    return not (named or names_institution(value) or any(credit.agency for credit in credits_in(value)))


def headline_place(lines: tuple[Line, ...], first: int, stated: str) -> int:
    """The place of the headline of the text that begins at `first`; -1 where there is none.

    `stated` is the title that the markup states, or "".
    """
    head = range(min(first + 1, len(lines)))
    marked = [place for place in head if lines[place].role == "title" and lines[place].sort == "text"]
    if marked:
        return marked[-1]
    found = [place for place in range(first) if lines[place].is_headline and lines[place].text[-1] not in _DIVIDES]
    found = found[:_CANDIDATES] + found[_CANDIDATES:][-_CANDIDATES:]
    same = [place for place in found if is_same(lines[place].text, stated)] if stated else []
    if same:
        return same[0]
    found = [place for place in found if not _is_name(lines, place, first)]
    trails = [line.plain for line in lines[:first] if line.rule == "trail"]
    if not found:
        return first if _is_stopped(lines, first) else _short(lines, first, trails)
    rows = rows_alike(lines[:first]) if len(found) > 2 else ()
    found = [place for place in found if place not in rows and not is_list_or_row(lines[place : place + 2])] or found
    if len(found) > 1 and (place := headline_of_window(lines, found)) >= 0:
        return place
    return found[0] if len(found) == 1 else _weighed(lines, found, first)


def is_doubtful(lines: tuple[Line, ...], title: int, stated: str) -> bool:
    """Whether nothing but its place says that the line at `title` is the headline.

    No markup and no day right below it do so, it stands nowhere else, and it says of nobody what he said; and it has
    few words, ends with a full stop or with who took a picture, or the text hardly tells it.
    """
    line = lines[title]
    if line.role == "title" or (stated and is_same(line.text, stated)):
        return False
    if ":" in line.text or _is_borne_out(lines, title):
        return False
    if line.stopped or names_taker(line) or len(words(line.text)) <= MEASURES["headline_least"]:
        return True
    return not is_told(line.text, stems(" ".join([other.text for other in lines[title + 1 :] if other.is_body])))


def _is_name(lines: tuple[Line, ...], place: int, first: int) -> bool:
    """Whether a short line names something, as captions, sections and bylines do, and is no headline.

    The text says the very same words in a row, where a headline has words of its own; or tells none of them; or it has
    fewer words than headlines, whatever signs and figures stand between them.
    """
    line = lines[place]
    said = words(line.text) if line.words <= MEASURES["name_most"] + _SIGNS else []
    if not 0 < len(said) <= MEASURES["name_most"]:
        return False
    text = [other for other in lines[first:] if other.is_body]
    if not text or lines[place + 1].rule in _DATED or any(other.plain.startswith(line.plain) for other in text):
        return False
    if _is_quoted(said, text):
        return True
    if _is_borne_out(lines, place):
        return False
    is_short = sum(not word.isdigit() for word in said) < MEASURES["headline_least"]
    below = [other.text for other in lines[place + 1 :] if other.sort == "text" and other.plain != line.plain]
    return is_short or not shared(line.text, stems(" ".join(below)))


def _is_quoted(said: Sequence[str], text: Sequence[Line]) -> bool:
    """Whether a text says these words in a row."""
    return any(said[-1] in line.plain and " ".join(said) in " ".join(words(line.text)) for line in text)


def _is_borne_out(lines: tuple[Line, ...], place: int) -> bool:
    """Whether a day stands right below a line, or the page says the line again, but for the same right beside it.

    So the words in place of a picture are followed by its caption.
    """
    if any(line.rule in _DATED for line in lines[place + 1 : place + 2]):
        return True
    said = lines[place].plain
    return any(said in other.plain for at, other in enumerate(lines) if abs(at - place) > 1 or said != other.plain)


def _weighed(lines: tuple[Line, ...], found: Sequence[int], first: int) -> int:
    """The place of that of several headlines which the page and its text speak for; -1 where none of many is."""
    said = Counter(lines[place].plain[:HEAD] for place in found)
    dashed = [line.plain for line in lines[:first] if "- " in line.plain]
    ended = {place for place in found if any(plain.endswith(f"- {lines[place].plain}") for plain in dashed)}
    again = (place for place in found if said[lines[place].plain[:HEAD]] > 1 and not _is_doubled(lines, place))
    twice = sorted({*again, *ended})
    if not twice and lines[found[0] + 1].rule in LABELLED_DAYS:
        return found[0]
    lead = lead_stems(lines, first)
    if twice and found[-1] - twice[-1] <= _NEAR:
        return twice[-1]
    told = [place for place in found if is_told(lines[place].text, lead)]
    if told and told[0] > found[0] and lines[told[0] + 1].is_body:  # a standfirst, unless it is told well
        told = [place for place in told if shared(lines[place].text, lead) >= MEASURES["headline_shared"]]
    twice = [place for place in twice if place in told or not told or told[0] - place <= _NEAR]
    if twice:
        return twice[-1]
    told = [place for place in told if place > end_of_menu(lines[:first])] or told
    if len(told) > 1 and lines[told[0]].words <= MEASURES["headline_least"]:
        return max(told[:2], key=lambda place: shared(lines[place].text, lead) * lines[place].words)
    if told:
        long = lines[told[0]]  # maybe the standfirst of one that it tells
        lead = stems(long.text) if long.words >= MEASURES["body_unfinished"] else frozenset()
        return next((place for place in found if place < told[0] and is_told(lines[place].text, lead)), told[0])
    return -1 if first < len(lines) and len(found) >= MEASURES["headlines_listed"] else found[0]


def _is_doubled(lines: Sequence[Line], place: int) -> bool:
    """Whether the same line stands right beside this one, as the words in place of a picture and its caption do."""
    return any(lines[at].plain == lines[place].plain for at in (place - 1, place + 1) if 0 <= at < len(lines))


def _is_stopped(lines: tuple[Line, ...], first: int) -> bool:
    """Whether the first paragraph is a headline: short, with a full stop, and told again by the report below it.

    Or that begins with the very same words; or it has none, and its date is right below it, however long it is.
    """
    if first + 1 >= len(lines) or begins_paragraph(lines[first]) or opened_by(lines[first].text) is not None:
        return False
    line, below = lines[first], lines[first + 1]
    text = next((other for other in lines[first + 1 : first + _NEAR] if other.is_body), line)
    if text.words > line.words and text.plain.startswith(line.plain):
        return True
    dated = below.sort == "field" and below.rule == "published"
    if dated and not (line.finished or line.unstopped):
        return True
    if line.words > MEASURES["title_stopped"]:
        return False
    telling = [below]
    if dated or line.text.endswith("..") or (below.sort == "text" and below.words < MEASURES["body_least"]):
        telling = [other for other in lines[first + 1 : first + 1 + _NEAR] if other.is_body]
    reports = [other for other in telling if begins_paragraph(other) or (dated and opening(other.text) is not None)]
    return any(is_told(line.text, stems(other.text)) for other in reports)


def _short(lines: tuple[Line, ...], first: int, trails: Sequence[str]) -> int:
    """A headline of three words directly above the text or its date, which tells it well and in other words.

    One with which the trail above it ends may have fewer.
    """
    above = [place for place in range(first) if lines[place].sort == "text" and not lines[place].role]
    said = lines[above[-1]].text if above else ""
    if said and trails and trails[-1].endswith(f" {lines[above[-1]].plain}"):
        return above[-1]
    found = words(said)
    if len(found) != MEASURES["headline_least"] - 1 or said.count(" ") >= len(found) or said[-1] in _DIVIDES:
        return -1
    is_told_well = shared(said, lead_stems(lines, first)) >= MEASURES["headline_shared"]
    return above[-1] if is_told_well and not _is_quoted(found, lines[first:]) else -1
