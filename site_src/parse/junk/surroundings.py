"""Surroundings: what stands around a text and only several lines together give away.

Above it the people who run the site, a trail that ends with the headline, and the headlines of other reports; within it
the cards of other reports: a picture, its headline and how long ago that was; below it one that stands alone there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile

from site_src.parse.fields.credits import opens_with_agency
from site_src.parse.fields.names import is_person, person_name
from site_src.parse.head.above import rows_alike
from site_src.parse.head.told import TELLING, is_told, shared, stems
from site_src.parse.junk.markers import is_relative
from site_src.parse.lines import MEASURES, Line
from site_src.parse.paragraphs.reflow import begins_paragraph, goes_on, is_bullet, is_report
from site_src.parse.split.below import SOURCES, is_labelled
from site_src.parse.word_lists import word_list
from site_src.text.patterns import compiled, late
from site_src.text.words import alternatives

_SIZED = late(r"[-–—]\s?[^,،]{2,40}[,،]\s?\d{3,4}[,،]\s?\d{1,2}[./]\d{1,2}[./]\d{4}\Z")
"""Who took a picture, its width and its day, behind its caption."""
_TITLE = late(r"\A[^\W\d_]{1,2}\.\s?")
"""The letter of a degree or an address before a name."""
_NAME_MOST = 4
"""Words of a name that is glued to an office, at most."""
_NEAR = 12
"""Lines below a trail among which its headline stands."""
_LISTED = 6
"""Headlines, that of the page among them, from which on they are a list."""
_REPEATED = 12
"""Lines below the first paragraph among which it may stand again, as its page shows it in two places."""
_BROKEN_OFF = ("...", "…")


def is_sized_picture(line: Line) -> bool:
    """Whether a line is a caption with the name, the width and the day of its picture."""
    return _SIZED.search(line.text) is not None


def without_surroundings(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines, those as junk that are the site's or another report's by the lines around them."""
    first = 0
    while first < len(lines) and not lines[first].is_body:
        first += 1
    gone: dict[int, str] = {}
    for rule, places in _STEPS.items():
        for place in places(lines, first):
            gone[place] = rule
    if not gone:
        return lines
    return [line.but(sort="junk", rule=gone[at]) if at in gone else line for at, line in enumerate(lines)]


def _staff(lines: Sequence[Line], first: int) -> Iterator[int]:
    """The places of the offices of a site above its headline, and of who holds them: beside them or below."""
    head, known = lines[:first], _first_words("bylines", "staff")
    if not [line for line in head if line.plain.startswith(known)]:
        return
    staff = {*_offices_in(head)}
    if sum(_offices().match(head[place].plain) is not None for place in staff) > 1 or any(
        line.is_headline for place, line in enumerate(head) if place not in staff
    ):
        yield from staff


@cache
def _first_words(name: str, kind: str) -> tuple[str, ...]:
    return tuple({phrase.partition(" ")[0] for phrase in word_list(name, kind)})


def _offices_in(head: Sequence[Line]) -> Iterator[int]:
    """The places of offices, and of their holders, in the head of a page."""
    named = False
    last = max((place for place, line in enumerate(head) if line.is_headline and not is_person(line.text)), default=-1)
    for place, line in enumerate(head):
        office = _offices().match(line.plain) if line.sort == "text" and not line.role else None
        alone = place < last and office is not None and office.end() == len(line.plain.rstrip(" :"))
        holder = named and (line.words < MEASURES["headline_least"] or is_person(line.text))
        if holder or alone or (office is not None and _holds_names(line.plain, line.text)):
            yield place
        named = alone


def _holds_names(plain: str, text: str) -> bool:
    """Whether a line is nothing but offices with the names that are glued to them or stand behind a colon."""
    names = _offices().split(plain)[1:]
    glued = [name for name in names if name[:1].isalpha()]
    if not (glued or ":" in text) or not all(names):
        return False
    bare = [_TITLE.sub("", person_name(name.strip(" :-–|/"))) for name in names]
    pairs = zip(names, bare, strict=True)
    return all(name.count(" ") < _NAME_MOST if said in glued else is_person(name) for said, name in pairs)


@cache
def _offices() -> re.Pattern[str]:
    return compiled(alternatives(word_list("bylines", "staff")))


def _trails(lines: Sequence[Line], first: int) -> Iterator[int]:
    """The places of trails above the text that end with the headline below them."""
    head, known = lines[:first], _first_words("layout", "home")
    for place in [place for place, line in enumerate(head) if line.plain.startswith(known)]:
        line = head[place]
        if line.sort == "text" and line.plain.partition(" ")[0] in word_list("layout", "home"):
            ends = (other for other in head[place + 1 : place + _NEAR] if other.is_headline)
            if any(line.words > other.words and line.plain.endswith(other.plain) for other in ends):
                yield place


def _others_above(lines: Sequence[Line], first: int) -> Iterator[int]:
    """The places of the headlines of others above that which the first full sentence of the page goes on to tell.

    They stand each on its line or all on one, with no label above them. None of them is a paragraph that reads as a
    report does, or the text had begun already. Where it tells none of them and reads as a report, all are of others.
    So are short reports above the headline of a dispatch.
    """
    yield from _before_dispatch(lines, first)
    yield from _excerpts(lines, first)
    if first < _LISTED and (first == len(lines) or lines[first].finished):
        return
    begun = next((place for place, line in enumerate(lines) if line.sort == "related" or _is_sentence(line)), 0)
    rows = rows_alike(lines[:begun])
    listed = is_bullet(lines[0].text)
    long = [place for place in range(begun) if place not in rows and _may_be_other(lines[place], listed)]
    if len(long) < _LISTED and not any(lines[place].is_body for place in long):
        return
    lead = stems(" ".join([line.text for line in lines[begun : begun + TELLING] if line.is_body]))
    above = _above_own(lines, long, lead)
    if above is None:
        said = [place for place in long if not any(map(str.isdigit, lines[place].plain))]
        above = long if len(said) >= _LISTED and _reports(lines[begun:]) else []
    if not any(is_report(lines[place]) and lines[place].words > MEASURES["heading_most"] for place in above):
        yield from (place for place in above if shared(lines[place].text, lead) <= MEASURES["another_shared"])


def _before_dispatch(lines: Sequence[Line], first: int) -> Iterator[int]:
    """The places of reports of one paragraph each above the headline of an agency's dispatch.

    All have headlines or none has, nor a day or credit. None goes on, and none tells what another or the dispatch does,
    as the paragraphs of one text would.
    """
    bodies = [first]
    for place in range(first + 1, len(lines)):
        line = lines[place]
        if not line.is_body:
            continue
        above = place - 1
        while above > bodies[-1] and lines[above].sort == "field":
            above -= 1
        if len(bodies) > 1 and lines[above].is_headline and _is_dispatch(lines, above, place):
            headed = [at > 0 and lines[at - 1].is_headline for at in bodies]
            bare = not any(headed) and all(line.sort in ("text", "junk") for line in lines[:first])
            yield from (at for at in range(above) if lines[at].sort == "text") if bare or all(headed) else ()
            return
        if goes_on(line) or shared(line.text, stems(lines[bodies[-1]].text)) > MEASURES["another_shared"]:
            return
        bodies.append(place)


def _is_dispatch(lines: Sequence[Line], head: int, first: int) -> bool:
    """Whether the paragraph below a headline opens with its agency, or has it on the line above it.

    And whether nothing above them tells what they do.
    """
    dated = lines[first - 1].rule == "dateline" or opens_with_agency(lines[first].text)
    if not dated:
        return False
    own = stems(" ".join([lines[head].text, *(line.text for line in lines[first : first + TELLING])]))
    return not any(is_told(line.text, own) for line in lines[:head] if line.is_body)


def _above_own(lines: Sequence[Line], long: Sequence[int], lead: frozenset[str]) -> list[int] | None:
    """The long lines above the headline that the text tells; None without one."""
    told = [place for place in long if lines[place].is_headline and is_told(lines[place].text, lead)]
    return [place for place in long if place < told[-1]] if told else None


def _reports(below: Sequence[Line]) -> bool:
    """Whether a text begins here as a report does, and is one by its length."""
    words = sum(line.words for line in below if line.is_body)
    return begins_paragraph(below[0]) and words >= 2 * MEASURES["article_least"]


def _is_sentence(line: Line) -> bool:
    return line.is_body and line.finished


def _may_be_other(line: Line, listed: bool = False) -> bool:
    """Whether a line may be a headline of others by its make: no entry of a list, as summaries are set.

    It may be one where the page begins with a list: summaries have a headline above them.
    """
    long = line.sort == "text" and line.words >= MEASURES["headline_least"]
    return long and not (line.role or line.kept or (is_bullet(line.text) and not listed))


def _cards(lines: Sequence[Line], first: int) -> Iterator[int]:
    """The places of headlines below a picture with its size, above how long ago that was."""
    pictures = [place for place, line in enumerate(lines) if line.rule == "photo-credit"]
    for place in pictures:
        if not first < place < len(lines) - 2 or not is_sized_picture(lines[place]):
            continue
        head, day = lines[place + 1 : place + 3]
        if head.is_headline and day.rule == "date" and is_relative(day.text):
            yield place + 1


def _repeated(lines: Sequence[Line], first: int) -> Iterator[int]:
    """The place of the first paragraph where it, or the longer one that it was cut from, stands a few lines below."""
    if first == len(lines):
        return
    again = (line.plain for line in lines[first + 1 : first + _REPEATED] if line.is_body)
    said = lines[first].plain
    cut = not lines[first].finished and lines[first].words > MEASURES["headline_most"]
    if any(plain.startswith(said) for plain in again) if cut else next(again, "") == said:
        yield first


def _excerpts(lines: Sequence[Line], first: int) -> Iterator[int]:
    """The places of several paragraphs above the headline of a text that all are broken off: they are of others."""
    if first == len(lines) or not lines[first].text.endswith(_BROKEN_OFF):
        return
    bodies = [place for place in range(first, len(lines)) if lines[place].is_body]
    cut = [*takewhile(lambda place: lines[place].text.endswith(_BROKEN_OFF), bodies)]
    if 1 < len(cut) < len(bodies) and any(line.is_headline for line in lines[cut[-1] : bodies[len(cut)]]):
        yield from cut


def _below_source(lines: Sequence[Line], first: int) -> Iterator[int]:
    """The place of the only paragraph right below the labelled source of a text, that neither goes on nor reports."""
    sources = [place for place, line in enumerate(lines) if line.rule in SOURCES and line.value and is_labelled(line)]
    if not sources or sources[-1] < first or lines[sources[-1]].text.startswith("("):
        return
    below = [place for place in range(sources[-1] + 1, len(lines)) if lines[place].is_body]
    if len(below) != 1 or below[0] != sources[-1] + 1 or lines[below[0]].role or lines[below[0]].kept:
        return
    told = sum(line.words for line in lines[first : sources[-1]] if line.is_body)
    if told >= MEASURES["article_least"] and not (begins_paragraph(lines[below[0]]) or goes_on(lines[below[0]])):
        yield below[0]


_STEPS = {
    "above-the-text": _others_above,
    "staff": _staff,
    "trail": _trails,
    "teaser": _cards,
    "repeated": _repeated,
    "after-end": _below_source,
}
"""Rule id to the places of the lines that it makes junk, by the place of the first paragraph; the last rule counts."""
