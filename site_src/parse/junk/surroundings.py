"""Surroundings: junk that only several lines together give away.

Above the text: the staff of the site, a breadcrumb trail that ends with the headline, headlines of other reports.
Inside the text: the cards of other reports, which are a picture, its headline and how long ago it was published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from site_src.parse.fields.names import is_person, person_name
from site_src.parse.head.above import rows_alike
from site_src.parse.head.retelling import LEAD_PARAGRAPHS, is_retold, retold_share, stems
from site_src.parse.junk.markers import is_relative
from site_src.parse.lines import MEASURES, Line
from site_src.parse.paragraphs.reflow import begins_paragraph, is_bullet, is_report
from site_src.parse.word_lists import word_list
from site_src.text.patterns import compiled, late
from site_src.text.words import alternatives

_SIZED = late(r"[-–—]\s?[^,،]{2,40}[,،]\s?\d{3,4}[,،]\s?\d{1,2}[./]\d{1,2}[./]\d{4}\Z")
"""Who took a picture, its width in pixels and its day, behind its caption."""
_HONORIFIC = late(r"\A[^\W\d_]{1,2}\.\s?")
"""One or two letters with a full stop before a name: the short form of a degree or title."""
_NAME_MOST = 4
"""Words of a name that is glued to an office, at most."""
_TRAIL_DISTANCE = 12
"""Lines below a trail among which its headline stands."""
_LIST_LEAST = 6
"""Headlines, that of the page among them, from which on they are a list."""
_REPEAT_DISTANCE = 12
"""Lines below the first paragraph among which it may stand again, because its page shows it in two places."""


def is_sized_picture(line: Line) -> bool:
    """Whether a line is a caption with the name, the width and the day of its picture."""
    return _SIZED.search(line.text) is not None


def mark_surroundings(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines, with those of the site or of another report as junk, because of the lines around them."""
    first = 0
    while first < len(lines) and not lines[first].is_body:
        first += 1
    rules: dict[int, str] = {}
    for rule, find_indexes in _STEPS.items():
        for index in find_indexes(lines, first):
            rules[index] = rule
    if not rules:
        return lines
    return [
        line.with_fields(sort="junk", rule=rules[index]) if index in rules else line for index, line in enumerate(lines)
    ]


def _find_staff(lines: Sequence[Line], first: int) -> Iterator[int]:
    """The indexes of the offices of a site above its headline, and of their holders, beside them or below."""
    head, first_words = lines[:first], _first_words("bylines", "staff")
    if not [line for line in head if line.plain.startswith(first_words)]:
        return
    staff = {*_find_offices(head)}
    offices = sum(_offices().match(head[index].plain) is not None for index in staff)
    if offices > 1 or any(line.is_headline for index, line in enumerate(head) if index not in staff):
        yield from staff


@cache
def _first_words(name: str, kind: str) -> tuple[str, ...]:
    """The first words of the phrases in the word list `kind` of the table `name`."""
    return tuple({phrase.partition(" ")[0] for phrase in word_list(name, kind)})


def _find_offices(head: Sequence[Line]) -> Iterator[int]:
    """The indexes of offices, and of their holders, in the head of a page."""
    below_office = False
    headlines = (index for index, line in enumerate(head) if line.is_headline and not is_person(line.text))
    last_headline = max(headlines, default=-1)
    for index, line in enumerate(head):
        office = _offices().match(line.plain) if line.sort == "text" and not line.role else None
        is_only_office = office is not None and index < last_headline and office.end() == len(line.plain.rstrip(" :"))
        is_holder = below_office and (line.words < MEASURES["headline_least"] or is_person(line.text))
        if is_holder or is_only_office or (office is not None and _holds_names(line.plain, line.text)):
            yield index
        below_office = is_only_office


def _holds_names(plain: str, text: str) -> bool:
    """Whether a line is nothing but offices with the names that are glued to them or stand behind a colon."""
    names = _offices().split(plain)[1:]
    glued = [name for name in names if name[:1].isalpha()]
    if not (glued or ":" in text) or not all(names):
        return False
    bare = [_HONORIFIC.sub("", person_name(name.strip(" :-–|/"))) for name in names]
    pairs = zip(names, bare, strict=True)
    return all(name.count(" ") < _NAME_MOST if written in glued else is_person(name) for written, name in pairs)


@cache
def _offices() -> re.Pattern[str]:
    return compiled(alternatives(word_list("bylines", "staff")))


def _find_trails(lines: Sequence[Line], first: int) -> Iterator[int]:
    """The indexes of breadcrumb trails above the text that end with the headline below them."""
    head, first_words = lines[:first], _first_words("layout", "home")
    for index in [index for index, line in enumerate(head) if line.plain.startswith(first_words)]:
        line = head[index]
        if line.sort == "text" and line.plain.partition(" ")[0] in word_list("layout", "home"):
            headlines = (below for below in head[index + 1 : index + _TRAIL_DISTANCE] if below.is_headline)
            if any(line.words > below.words and line.plain.endswith(below.plain) for below in headlines):
                yield index


def _find_others_above(lines: Sequence[Line], first: int) -> Iterator[int]:
    """The indexes of headlines of other reports above the headline that the text of the page repeats.

    Such headlines stand each on its own line or all on one, with no label above them. None of them is a paragraph that
    reads as a report, because then the text would have begun already. Where the text repeats no headline at all and
    reads as a report, all of them are of others.
    """
    if first < _LIST_LEAST and (first == len(lines) or lines[first].finished):
        return
    text = next((index for index, line in enumerate(lines) if line.sort == "related" or _is_sentence(line)), 0)
    rows = rows_alike(lines[:text])
    begins_with_list = is_bullet(lines[0].text)
    candidates = [index for index in range(text) if index not in rows and _may_be_other(lines[index], begins_with_list)]
    if len(candidates) < _LIST_LEAST and not any(lines[index].is_body for index in candidates):
        return
    lead = stems(" ".join([line.text for line in lines[text : text + LEAD_PARAGRAPHS] if line.is_body]))
    others = _above_own_headline(lines, candidates, lead)
    if others is None:
        undated = [index for index in candidates if not any(map(str.isdigit, lines[index].plain))]
        others = candidates if len(undated) >= _LIST_LEAST and _begins_report(lines[text:]) else []
    if not any(is_report(lines[index]) and lines[index].words > MEASURES["heading_most"] for index in others):
        yield from (index for index in others if retold_share(lines[index].text, lead) <= MEASURES["another_shared"])


def _above_own_headline(lines: Sequence[Line], candidates: Sequence[int], lead: frozenset[str]) -> list[int] | None:
    """Those of the candidates that stand above the last headline which the lead repeats; None without such a one.

    `lead` are the stems of the first paragraphs.
    """
    own = [index for index in candidates if lines[index].is_headline and is_retold(lines[index].text, lead)]
    return [index for index in candidates if index < own[-1]] if own else None


def _begins_report(lines: Sequence[Line]) -> bool:
    """Whether a text begins as a report does, and is as long as one."""
    words = sum(line.words for line in lines if line.is_body)
    return begins_paragraph(lines[0]) and words >= 2 * MEASURES["article_least"]


def _is_sentence(line: Line) -> bool:
    return line.is_body and line.finished


def _may_be_other(line: Line, begins_with_list: bool) -> bool:
    """Whether a line may be the headline of another report.

    An entry of a list may be one only where the page begins with the list: summaries, which are lists too, have a
    headline above them.
    """
    if line.sort != "text" or line.words < MEASURES["headline_least"] or line.role or line.kept:
        return False
    return begins_with_list or not is_bullet(line.text)


def _find_cards(lines: Sequence[Line], first: int) -> Iterator[int]:
    """The indexes of headlines below a picture with its size and above how long ago they were published."""
    pictures = [index for index, line in enumerate(lines) if line.rule == "photo-credit"]
    for index in pictures:
        if not first < index < len(lines) - 2 or not is_sized_picture(lines[index]):
            continue
        headline, day = lines[index + 1 : index + 3]
        if headline.is_headline and day.rule == "date" and is_relative(day.text):
            yield index + 1


def _find_repeated(lines: Sequence[Line], first: int) -> Iterator[int]:
    """The index of the first paragraph where it stands again a few lines below, perhaps longer if the first was cut."""
    if first == len(lines):
        return
    below = (line.plain for line in lines[first + 1 : first + _REPEAT_DISTANCE] if line.is_body)
    plain = lines[first].plain
    is_cut = not lines[first].finished and lines[first].words > MEASURES["headline_most"]
    if any(paragraph.startswith(plain) for paragraph in below) if is_cut else next(below, "") == plain:
        yield first


_STEPS = {
    "above-the-text": _find_others_above,
    "staff": _find_staff,
    "trail": _find_trails,
    "teaser": _find_cards,
    "repeated": _find_repeated,
}
"""Rule id to the function that finds the indexes of its junk, given the lines and the index of the first paragraph.

Where two rules find the same line, the later one counts.
"""
