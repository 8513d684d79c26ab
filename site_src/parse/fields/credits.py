"""Credits: outlet, agency, author, aggregator and further sources of one article, each with its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from site_src.model.fields import UNKNOWN, Found
from site_src.parse.blocks import Meta
from site_src.parse.fields.names import (
    Credit,
    chain,
    credits_in,
    is_agencies,
    is_nobody,
    is_outlet,
    is_own,
    is_person,
    is_place,
    names_medium,
    names_outlet,
    outlet_name,
    person_name,
    same_outlet,
)
from site_src.parse.fields.outlets import (
    OPENING,
    is_numbered,
    is_paper,
    opened_by,
    outlet_of_two,
    outlet_opening,
    writer_of_two,
)
from site_src.parse.fields.stated import Stated
from site_src.parse.head.told import names_told
from site_src.parse.lines import Line
from site_src.parse.word_lists import word_list
from site_src.tables import table
from site_src.text.agencies import agency_of
from site_src.text.datelines import crediting
from site_src.text.dates import find_dates
from site_src.text.fold import fold, fold_all, folded, words
from site_src.text.memo import Memo
from site_src.text.patterns import late
from site_src.text.words import alternatives

_TRAILING_CREDIT = late(r"\(([^()\d]{2,60})\)[.\s]*\Z")
_UNNAMED = "agencies"
"""The id of a credit to agencies that it does not name: the text may name one."""


class Credits(Struct, frozen=True, gc=False):
    """The credits of an article, under the names that they have in `Article`."""

    outlet: Found[str] = UNKNOWN
    agency: Found[str] = UNKNOWN
    author: Found[str] = UNKNOWN
    aggregator: Found[str] = UNKNOWN
    sources: tuple[Found[str], ...] = ()


def credits_of(stated: Sequence[Stated], body: Sequence[Line], meta: Sequence[Meta], site: Found[str]) -> Credits:
    """The credits of an article: from its credit lines first, then its text, its markup, its site's own name."""
    found = Credits()
    for one in stated:
        if one.field in ("byline", "source"):
            found = _with_credit(found, one, body)
        elif one.field == "sources":
            names = tuple([name for name in credits_in(one.value) if not is_nobody(name.text)])
            found = replace(found, sources=(*found.sources, *(_found(name.text, one, name.agency) for name in names)))
        elif one.field == "dateline":
            found = _with_dateline(found, one)
        elif one.field == "aggregator":
            found = replace(found, aggregator=_found(one.value, one))
    if found.agency.value is None or found.agency.id == _UNNAMED:
        found = replace(found, agency=_first(_agency_in_text(body), found.agency))
    if found.outlet.value is None and body:
        found = replace(found, outlet=_outlet_of_dateline(body[0]))
    if found.author.value is None and body and (writer := writer_of_two(body[0].text)):
        found = replace(found, author=Found(writer, "inferred", writer, f"line {body[0].line}"))
    return _with_site(found, meta, site)


def _outlet_of_dateline(lead: Line) -> Found[str]:
    """The medium in brackets behind the place, or alone before the opening dash; before a colon it would speak."""
    head = lead.text[:OPENING]
    placed = crediting(head) if "(" in head else None
    name = (placed["brackets"] if placed else "") or ""
    if placed and _is_site(Credit(name, agency_of(name))) and not (name[0].isdigit() or find_dates(name)):
        return Found(outlet_name(name), "stated", placed[0].strip(), f"line {lead.line}")
    if opened := outlet_opening(head) or outlet_of_two(lead.text):
        return Found(opened, "inferred", head.partition(":")[0].strip(), f"line {lead.line}")
    match = opened_by(lead.text)
    if match is None or agency_of(match[1]) or not names_medium(match[1]):
        return UNKNOWN
    return Found(match[1], "inferred", match[0].strip(), f"line {lead.line}")


def _with_credit(found: Credits, one: Stated, body: Sequence[Line]) -> Credits:
    """The credits with those of one byline or source line; what is known already stays.

    Of whom only the label makes a writer the text does not tell: a topic stands behind such labels too.
    """
    names = _credited[one.value]
    rest = [name for name in names if not name.agency and (len(names) == 1 or not is_place(name.text))]
    if one.field == "byline" and "|" in one.value:
        rest = [name for name in rest if is_own(name.text)]
    rest = [name for name in rest if one.field == "byline" or not is_person(name.text)]
    person, desk = _byline(rest) if one.field == "byline" else (None, rest[0] if rest else None)
    if person and not is_person(person_name(person.text)) and names_told(person.text, body):
        person = None
    further = rest[1:] if one.field == "source" else []
    return Credits(
        outlet=_first(found.outlet, _found(outlet_name(desk.text), one) if desk else UNKNOWN),
        agency=_first(found.agency, _agency(one, names)),
        author=_first(found.author, _found(person_name(person.text), one) if person else UNKNOWN),
        aggregator=found.aggregator,
        sources=(*found.sources, *(_found(name.text, one) for name in further)),
    )


_credited: Memo[tuple[Credit, ...]] = Memo(
    lambda value: tuple([name for name in credits_in(_undated(_unplaced(value))) if _may_be_credited(name.text)])
)
"""Who is credited: every page of a site credits the same few."""


def _may_be_credited(name: str) -> bool:
    """Whether a name credits somebody: what begins as "an hour ago" says when it was, what ends with a label its value.

    So rows are saved whose order the program that copied them turned round.
    """
    plain = fold(name)
    if is_nobody(name) or plain.partition(" ")[0] in word_list("bylines", "ago"):
        return False
    return plain not in _labels() and plain.rpartition(" ")[2] not in _labels()


@cache
def _labels() -> frozenset[str]:
    """The phrases that label what a row states of the day and of who wrote."""
    known = [row for row in table("bylines")["label"] if row["field"] in ("published", "updated", "byline")]
    return frozenset(fold_all([phrase for row in known if row.get("loose") for phrase in row["phrases"]]))


def _with_dateline(found: Credits, one: Stated) -> Credits:
    """The credits with those of "place / person / agency"; without an agency the last name is the outlet's.

    "Site NAME - agency" has no place: the first name is the outlet's.
    """
    names = credits_in(one.value)
    person = next((name for name in names if is_person(name.text) and not is_place(name.text)), None)
    desk = names[-1] if len(names) > 1 and not any(name.agency for name in names) and names[-1] is not person else None
    desk = desk or next((name for name in names[:1] if names_outlet(name.text) or _is_site(name)), None)
    return replace(
        found,
        outlet=_first(found.outlet, _found(outlet_name(desk.text), one) if desk else UNKNOWN),
        agency=_first(found.agency, _agency(one, names)),
        author=_first(found.author, _found(person.text, one) if person else UNKNOWN),
    )


def _is_site(name: Credit) -> bool:
    """Whether the name before an agency's is no place but has a word, or a number, that only an outlet's has."""
    return (
        (" " in name.text or name.text[-1:].isdigit())
        and not (name.agency or is_place(name.text))
        and is_outlet(name.text)
    )


def _first(known: Found[str], new: Found[str]) -> Found[str]:
    return new if known.value is None else known


def _unplaced(value: str) -> str:
    """A credit without "in PLACE:" before the name."""
    where, colon, name = value.partition(":")
    return name if colon and fold(where.partition(" ")[0]) in word_list("bylines", "before_place") else value


def _undated(value: str) -> str:
    """A credit without the date and time on the same line."""
    for date in reversed(find_dates(value)):
        value = f"{_without_day_word(value[: date.start])} | {value[date.end :]}"
    return _untimed(value)


def _untimed(value: str) -> str:
    """A credit without the time that reading takes, which sites write on the same line."""
    view = folded(value)
    for match in reversed([*_reading_time().finditer(view.text)]):
        start, end = view.span(*match.span())
        value = f"{value[:start]} | {value[end:]}"
    return value


@cache
def _reading_time() -> re.Pattern[str]:
    phrases = alternatives(table("bylines")["words"]["reading_time"])
    return re.compile(rf"(?:\b\d{{1,3}}\s)?\b(?:{phrases})\b(?:\s?[:：]?\s?\d{{1,3}}(?:\s(?:دقائق|دقيقه|min))?\b)?")


def _without_day_word(before: str) -> str:
    """The words before a date without "on" or "on the day of"."""
    rest, _, last = before.rstrip(" ,،").rpartition(" ")
    return rest if fold(last) in word_list("bylines", "before_day") else before


def _found(name: str, one: Stated, agency: str = "") -> Found[str]:
    return Found(name, "stated", one.value, one.where, agency)


def _agency(one: Stated, names: Sequence[Credit]) -> Found[str]:
    written, ids = chain(one.value, names)
    return Found(written, "stated", one.value, one.where, ids) if written else UNKNOWN


def _byline(names: Sequence[Credit]) -> tuple[Credit | None, Credit | None]:
    """The person and the desk of a byline. A single word beside a person is his place, unless a number ends it."""
    people = [name for name in names if not is_outlet(name.text)]
    person = next((name for name in people if is_person(person_name(name.text))), people[0] if people else None)
    known = person is not None and is_person(person_name(person.text))
    if known and len(several := [found for name in people if is_person(found := person_name(name.text))]) > 1:
        person = Credit("، ".join(several))
    desks = [name for name in names if name is not person and _is_desk(name, person)]
    return person, desks[0] if desks else None


def _is_desk(name: Credit, person: Credit | None) -> bool:
    """Whether a name is an outlet's by its make: beside a person may stand an office, a calling or a column too."""
    own = is_paper(name.text) or is_numbered(name.text)
    return own or (is_outlet(name.text) and (person is None or len(words(name.text)) > 1))


def opens_with_agency(text: str) -> bool:
    """Whether a paragraph opens with a dateline that names an agency."""
    match = crediting(text[:90])
    return match is not None and is_agencies(match[match.lastgroup or 0])


def credited_to(value: str) -> str:
    """Whom a credit names, by the canonical ids of its agencies; without an agency its words, folded."""
    return chain(value, credits_in(value))[1] or fold(value)


def signature(text: str) -> str:
    """The agencies in brackets at the end of a paragraph, by their canonical ids; "" without any."""
    match = _TRAILING_CREDIT.search(text[-70:]) if ")" in text[-3:] else None
    return credited_to(match[1]) if match and is_agencies(match[1]) else ""


def _agency_in_text(body: Sequence[Line]) -> Found[str]:
    """The agency of the dateline, or in brackets behind the last sentence."""
    found = [(line, match[match.lastgroup or 0]) for line in body[:2] if (match := crediting(line.text[:90]))]
    found += [(line, match[1]) for line in body[:1] if (match := opened_by(line.text))]
    found += [(line, match[1]) for line in body[-1:] if (match := _TRAILING_CREDIT.search(line.text[-70:]))]
    for line, name in found:
        if is_agencies(name):
            return _agency(Stated("agency", name, line.line), credits_in(name))
    return UNKNOWN


def _with_site(found: Credits, meta: Sequence[Meta], named: Found[str]) -> Credits:
    """The credits completed from the markup: the site is the outlet, or the aggregator where it credits another."""
    site = _first(_from_meta("outlet", meta), named)
    outlet, passed_on = _first(found.outlet, site), _first(found.aggregator, _from_meta("aggregator", meta))
    if site.value and passed_on.value is None and not same_outlet(site.value, outlet.value or ""):
        passed_on = site
    return replace(
        found,
        outlet=outlet,
        aggregator=passed_on,
        author=_first(found.author, _person_in(meta, outlet.value or "")),
        agency=_first(found.agency, _from_meta("agency", meta)),
    )


def _person_in(meta: Sequence[Meta], outlet: str) -> Found[str]:
    """The first author whom the markup states that is not the outlet itself."""
    return _from_meta("author", [one for one in meta if one.name == "author" and not same_outlet(one.value, outlet)])


def _from_meta(name: str, meta: Sequence[Meta]) -> Found[str]:
    for one in meta:
        if one.name == name and one.value.strip() and not (name == "author" and is_nobody(one.value)):
            return Found(one.value, "stated", one.value, one.where, agency_of(one.value) if name == "agency" else "")
    return UNKNOWN
