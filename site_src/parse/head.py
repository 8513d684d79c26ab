"""Head: what stands above the text: credits without a label, known by their names; the day of a visit; standfirsts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby, islice

from site_src.model.page import ParagraphKind
from site_src.parse.credits import holds_office, is_person, is_place, names_outlet, person_name
from site_src.parse.dateline import is_lone_name, outlet_in
from site_src.parse.lines import HEAD_FIELDS, MEASURES, Line
from site_src.parse.reflow import is_bullet, without_bullet
from site_src.parse.word_lists import word_list
from site_src.tables import table
from site_src.text.dates import find_dates
from site_src.text.fold import fold, fold_all, words
from site_src.text.patterns import compiled, late

_PARTS = late(r"\s+[-–—|/]\s+|\s*/\s+|\s?:\s+")
_PLACE_AND_OUTLET = late(r"[^\W\d_]{3,}(?: [^\W\d_]+)?\s?/\s?[^\W\d_]+(?: [^\W\d_]+){0,2}")
_BARS = late(r"\s*[|•·]\s*")
_AND = late(r"\sو(?=\w)")
_BILINGUAL = late(r"\s[–—-]\s(?=[A-Za-z][^\u0600-\u06ff]*\Z)")
"""Between a name and the same in Latin letters."""
_BESIDE = frozenset({"date", "published", "updated", "byline", "count"})
"""What stands beside the name of a site below its headline."""
_DIVIDERS = tuple("-–—/:")
"""Between a place, who wrote there, and the text."""
_FROM = "من "
"""Before who reports, alone below the headline, as agencies name them."""
_LONGEST = 8
_NAMED_MOST = 5
"""Words of a caption that is a name and an office, at most."""
_STANDFIRSTS = 3
_ALIKE = 3
"""Lines from which on those that are alike are a list."""
_TELLING = 3
"""Paragraphs that name whom a picture above them shows."""
_DATELINE = 60


def with_head_fields(lines: tuple[Line, ...], first: int) -> tuple[Line, ...]:
    """The lines of an article whose text begins at `first`; credits above it, but not its only headline, as fields."""
    lines = _with_dateline(lines, first)
    headlines = [place for place, line in enumerate(lines[:first]) if line.is_headline]
    if not headlines:
        return lines
    telling = lines[first : first + _TELLING]
    above = (
        _as_credit(line, headlines[0] < place, headlines[0] < place == first - 1, telling)
        if _may_be_credit(line, len(headlines))
        else line
        for place, line in enumerate(lines[:first])
    )
    return (*_with_lone_name(_once([*above]), headlines[0]), *lines[first:])


def _once(above: list[Line]) -> list[Line]:
    """The lines above a text; who wrote it, named again below, as junk."""
    stated: set[str] = set()
    for place, line in enumerate(above):
        if line.rule == "byline":
            stated.add(line.value)
        elif stated and line.sort == "text" and without_bullet(line.text) in stated:
            above[place] = line.but(sort="junk", rule="repeated")
    return above


def _with_lone_name(above: list[Line], title: int) -> list[Line]:
    """The lines above a text; one of one or two words beside its day or writer, below the headline, as source.

    It is one word with its article, or begins with a word that names of papers begin with, and no section or button;
    above another such line it may be a label.
    """
    for place in range(title + 1, len(above)):
        line, below = above[place], above[place + 1 : place + 2]
        if line.words > 2 or line.sort != "text" or line.role or not is_lone_name(line.text):
            continue
        if below and below[0].sort == "text":
            continue
        if any(beside.rule in _BESIDE for beside in (above[place - 1], *below)):
            above[place] = line.but(sort="field", rule="source", value=line.text)
    return above


def _with_dateline(lines: tuple[Line, ...], first: int) -> tuple[Line, ...]:
    """The lines, the last one above the text as source where it names nothing but an outlet and a place."""
    last = first - 1
    while last >= 0 and lines[last].sort != "text":
        last -= 1
    if last < 0 or first == len(lines) or lines[last].words > _LONGEST or lines[last].role:
        return lines
    if not (outlet := outlet_in(lines[last].text)):
        return lines
    return (*lines[:last], lines[last].but(sort="field", rule="source", value=outlet), *lines[last + 1 :])


def _may_be_credit(line: Line, headlines: int) -> bool:
    return line.sort == "text" and not line.role and line.words <= _LONGEST and headlines > line.is_headline


def _as_credit(line: Line, below: bool, between: bool, telling: Sequence[Line]) -> Line:
    """A person's name, alone or beside an outlet's, as byline; an outlet's as source, `below` the headline.

    "Place / outlet" is a dateline only right `between` headline and text: elsewhere it may name sections. The name
    alone of somebody whom the text goes on `telling` of is a caption.
    """
    parts = _PARTS.split(line.text)
    if line.words <= _NAMED_MOST and holds_office(line.text):
        *named, office = line.text.split(" ", 2)
        if below and fold(office) in word_list("bylines", "staff"):
            return line.but(sort="field", rule="byline", value=" ".join(named))
        if is_person(" ".join(named)):
            return line.but(sort="junk", rule="caption")
    if is_person(line.text):
        names = [name for name in _AND.split(line.plain) if " " in name]
        shown = (told.plain for told in telling if told.is_body and told.role != "caption")
        if any(_tells_of(name, told) for told in shown for name in names):
            return line.but(sort="junk", rule="caption")
        return line.but(sort="field", rule="byline", value=" / ".join(parts))
    if _has_person(parts):
        return line.but(sort="field", rule="byline", value=" / ".join(parts))
    if below and (person := _reporter(line)):
        return line.but(sort="field", rule="byline", value=person)
    if below and (person := _before_role(line)):
        return line.but(sort="field", rule="byline", value=person)
    if below and names_outlet(line.text):
        return line.but(sort="field", rule="source", value=line.text)
    if below and line.words > 2 and any(line.plain in told.plain for told in telling[:1]):
        return line.but(sort="junk", rule="caption")
    if between and _PLACE_AND_OUTLET.fullmatch(line.text) and not is_place(parts[-1]):
        return line.but(sort="field", rule="dateline", value=line.text)
    return line


def _tells_of(name: str, paragraph: str) -> bool:
    """Whether a paragraph names somebody as others are named, and not as who wrote it; both are folded."""
    before, named, after = f" {paragraph} ".partition(f" {name}")
    if not named or after[:1].isalpha():
        return False
    *_, word = before.split(" ")
    if not word:
        return after.lstrip()[:1] not in _DIVIDERS
    return word[-1] not in _DIVIDERS and word not in _before_writer()


@cache
def _before_writer() -> frozenset[str]:
    """The words after which a text names its own writer, folded."""
    return word_list("bylines", "titles").union(fold_all(table("titles")["byline"]))


def _before_role(line: Line) -> str:
    """The name of two or three words that stands before what its bearer does ("NAME NAME writer on ..."); or ""."""
    found = line.text.split()
    known = word_list("bylines", "roles")
    roles = (at for at in range(2, min(4, len(found))) if fold(found[at].strip("-–،,")) in known)
    name = " ".join(found[: next(roles, 0)]).rstrip("-–،, ")
    return name if is_person(name) and not line.finished else ""


def _reporter(line: Line) -> str:
    """Who reports; or "" where the line goes from one to another, say."""
    person = line.text.removeprefix(_FROM)
    if person == line.text or not is_person(person):
        return ""
    return "" if any(word in word_list("layout", "within") for word in words(person)) else person


def _has_person(parts: list[str]) -> bool:
    """Whether one of two parts is a person, or the last of three behind a place ("PLACE - interview: NAME")."""
    if len(parts) == 3 and is_place(parts[0]):
        return is_person(person_name(parts[2]))
    return len(parts) == 2 and any(is_person(person_name(part)) for part in parts)


def days_of_visit(lines: tuple[Line, ...], title: int, first: int) -> frozenset[int]:
    """The places of dates that stand alone among the menus and boxes above the headline: each is that of the visit.

    The day on which the text, by its dateline, was written is none.
    """
    if not [line for line in lines[: max(title, 0)] if line.rule == "date"]:
        return frozenset()
    title = next((place for place in range(title) if lines[place].plain == lines[title].plain), title)
    above = [place for place in range(title) if lines[place].sort in ("text", "junk")]
    among = range(above[0], above[-1]) if above else range(0)
    alone = [place for place in among if lines[place].rule == "date" and _is_day_alone(lines[place].text)]
    if len(alone) > 1 and _is_before_visit(lines, alone, title):
        alone.pop()
    written = _month_and_day(lines[first].text[:_DATELINE]) if alone and first < len(lines) else None
    return frozenset(place for place in alone if written is None or _month_and_day(lines[place].text) != written)


def _is_before_visit(lines: Sequence[Line], alone: Sequence[int], title: int) -> bool:
    """Whether the last of these days is right above the headline, and earlier than another: no visit is the earlier."""
    *others, own = [find_dates(lines[place].text)[0].day.iso for place in alone]
    if own is None or any(line.sort == "text" for line in lines[alone[-1] : title]):
        return False
    return any(other is not None and own < other for other in others)


def end_of_menu(above: tuple[Line, ...]) -> int:
    """The place of the last button of the menu above the text and above all that is stated of it; -1 without one."""
    head = next((place for place, line in enumerate(above) if line.rule in HEAD_FIELDS), len(above))
    return max((place for place in range(head) if above[place].rule == "navigation"), default=-1)


def _month_and_day(text: str) -> tuple[int | None, int | None] | None:
    """Month and day of the first date in a text, None without a day."""
    day = next((date.day for date in find_dates(text)), None)
    return (day.month, day.day) if day and day.day else None


def _is_day_alone(text: str) -> bool:
    """Whether a line is a date and nothing else, as no newspaper's line of issue and day is.

    Beside the time of day it may be said by the other calendar too: so sites show when they are read.
    """
    dates = find_dates(text)
    rest = words(text[: dates[0].start] + text[dates[0].end :]) if len(dates) == 1 else [text]
    return not rest or bool(dates and dates[0].day.time and _hijri().fullmatch(" ".join(rest)))


@cache
def _hijri() -> re.Pattern[str]:
    """A day of the Hijri calendar, folded."""
    months = "|".join(re.escape(name) for names in table("months")["hijri"] for name in fold_all(names))
    return compiled(rf"\d{{1,2}} (?:{months}) \d{{4}}(?: ه)?")


def is_list_or_row(lines: Sequence[Line]) -> bool:
    """Whether the first line is no headline: a row of names, of site and section say, or an entry of a list.

    A numbered headline of a digest has its source or day right below it.
    """
    if is_bullet(text := lines[0].text):
        return not (text[0].isdigit() and lines[-1].sort == "field")
    parts = _BARS.split(text)
    if len(parts) == 1 and text[-1].isascii():
        parts = _BILINGUAL.split(text)
    return len(parts) > 1 and all(part.count(" ") < 3 for part in parts)


def is_same(text: str, stated: str) -> bool:
    """Whether a headline is the stated title, which may carry the name of the site."""
    here, there = words(text), words(stated)
    return bool(here) and (there[: len(here)] == here or here[: len(there)] == there)


def rows_alike(above: Sequence[Line]) -> frozenset[int]:
    """The places of lines of one list: one below another, each with a number and with the first word of the others."""
    found: list[int] = []
    for _, run in groupby(enumerate(above), key=lambda one: _first_of_row(one[1])):
        places = [place for place, line in run if line.sort == "text"]
        found += places if len(places) >= _ALIKE and _first_of_row(above[places[0]]) else []
    return frozenset(found)


def _first_of_row(line: Line) -> str:
    return line.plain.partition(" ")[0] if line.is_headline and any(map(str.isdigit, line.plain)) else ""


def above_text(lines: tuple[Line, ...], title: int, first: int) -> dict[int, ParagraphKind]:
    """What stands between headline and text: standfirsts, long enough to say something and no row of headlines."""
    rows = {place for place in rows_alike(lines[:first]) if place > title} if first - title > _ALIKE else set()
    long = (place for place in range(title + 1, first) if lines[place].words > MEASURES["body_least"])
    plain = (place for place in long if place not in rows and _may_announce(lines[place]))
    found = list(islice(plain, _STANDFIRSTS + 1))
    of_others = sum(lines[place + 1].rule == "date" for place in found if place + 1 < len(lines)) > 1
    if title < 0 or len(found) > _STANDFIRSTS or of_others:
        return _first_section(lines, title, first, {})
    bullets = [place for place in range(title + 1, first) if _is_entry(lines[place])]
    kinds: dict[int, ParagraphKind] = dict.fromkeys(bullets, "list")
    kinds |= dict.fromkeys(rows, "table")
    said = lines[title].plain
    fresh = (place for place in found if said not in lines[place].plain)
    kinds |= {place: "standfirst" for place in fresh if not is_same(lines[place].text, lines[title].text)}
    return kinds | _first_section(lines, title, first, kinds)


def _first_section(
    lines: tuple[Line, ...], title: int, first: int, kinds: dict[int, ParagraphKind]
) -> dict[int, ParagraphKind]:
    """The sub-heading right above the text, where the text has further ones."""
    above = first - 1
    while above > title and lines[above].sort != "text":
        above -= 1
    if above == title or above in kinds or lines[above].role != "heading":
        return {}
    return {above: "heading"} if any(line.role == "heading" and line.sort == "text" for line in lines[first:]) else {}


def _may_announce(line: Line) -> bool:
    """Whether a line may be a standfirst by its make; pages mark their second headline as a heading too."""
    made = line.is_headline or (line.sort == "text" and line.role == "heading")
    return made and not is_bullet(line.text)


def _is_entry(line: Line) -> bool:
    return line.sort == "text" and not line.role and line.words > 2 and is_bullet(line.text)
