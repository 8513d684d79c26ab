"""Credits: outlet, agency, author, aggregator and further sources of one article, each with its evidence."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from site_src.model.fields import UNKNOWN, Found
from site_src.parse.blocks import Meta
from site_src.parse.fields.credit_lines import credited_names
from site_src.parse.fields.names import (
    Credit,
    agency_chain,
    credits_in,
    is_agencies,
    is_distinctive,
    is_nobody,
    is_outlet,
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
    is_known_paper,
    is_paper,
    opened_by,
    outlet_of_two,
    outlet_opening,
)
from site_src.parse.fields.statements import Statement
from site_src.parse.head.retelling import is_name_mentioned
from site_src.parse.lines import Line
from site_src.text.agencies import agency_of
from site_src.text.datelines import crediting
from site_src.text.dates import find_dates
from site_src.text.fold import fold, words
from site_src.text.patterns import late

_TRAILING_CREDIT = late(r"\(([^()\d]{2,60})\)[.\s]*\Z")
"""Text in brackets at the end of a paragraph."""
_UNNAMED_AGENCIES = "agencies"
"""The id of a credit to agencies without their names; the text may name one of them."""
_DATELINE_MOST = 90
"""Characters at the beginning of a paragraph in which a dateline stands."""
_SIGNATURE_MOST = 70
"""Characters at the end of a paragraph in which a credit in brackets stands."""


class Credits(Struct, frozen=True, gc=False):
    """The credits of an article, under the names of their fields in `Article`."""

    outlet: Found[str] = UNKNOWN
    agency: Found[str] = UNKNOWN
    author: Found[str] = UNKNOWN
    aggregator: Found[str] = UNKNOWN
    sources: tuple[Found[str], ...] = ()


def credits_of(
    statements: Sequence[Statement], body: Sequence[Line], meta: Sequence[Meta], site: Found[str]
) -> Credits:
    """The credits of an article: from its credit lines first, then its text, its markup and the name of its site."""
    credits = Credits()
    for statement in statements:
        if statement.field in ("byline", "source"):
            credits = _with_credit_line(credits, statement, body)
        elif statement.field == "sources":
            credits = _with_sources(credits, statement)
        elif statement.field == "dateline":
            credits = _with_dateline(credits, statement)
        elif statement.field == "aggregator":
            credits = replace(credits, aggregator=_stated_field(statement.value, statement))
    if credits.agency.value is None or credits.agency.id == _UNNAMED_AGENCIES:
        credits = replace(credits, agency=_first_known(_agency_in_text(body), credits.agency))
    if credits.outlet.value is None and body:
        credits = replace(credits, outlet=_outlet_of_dateline(body[0]))
    return _with_site(credits, meta, site)


def _outlet_of_dateline(lead: Line) -> Found[str]:
    """The medium that opens the lead: in brackets behind the place, or alone before a dash.

    A name before a colon is that of a speaker, not of a medium.
    """
    where = f"line {lead.line}"
    head = lead.text[:OPENING]
    dateline = crediting(head) if "(" in head else None
    name = (dateline["brackets"] if dateline else "") or ""
    if dateline and _is_site(Credit(name, agency_of(name))) and not (name[0].isdigit() or find_dates(name)):
        return Found(outlet_name(name), "stated", dateline[0].strip(), where)
    if outlet := outlet_opening(head) or outlet_of_two(lead.text):
        return Found(outlet, "inferred", head.partition(":")[0].strip(), where)
    match = opened_by(lead.text)
    if match is None or agency_of(match[1]) or not names_medium(match[1]):
        return UNKNOWN
    return Found(match[1], "inferred", match[0].strip(), where)


def _with_sources(credits: Credits, statement: Statement) -> Credits:
    """The credits with the further sources that a line lists."""
    names = [name for name in credits_in(statement.value) if not is_nobody(name.text)]
    sources = [_stated_field(name.text, statement, name.agency) for name in names]
    return replace(credits, sources=(*credits.sources, *sources))


def _with_credit_line(credits: Credits, statement: Statement, body: Sequence[Line]) -> Credits:
    """The credits with those of one byline or source line; what is known already stays.

    A name that nothing but its label marks as a person's is no author if the text mentions it: topics stand behind
    such labels too.
    """
    is_byline = statement.field == "byline"
    names = credited_names[statement.value]
    others = [name for name in names if not name.agency and (len(names) == 1 or not is_place(name.text))]
    if is_byline and "|" in statement.value:
        others = [name for name in others if is_distinctive(name.text)]
    others = [name for name in others if is_byline or not is_person(name.text)]
    person, desk = _person_and_desk(others) if is_byline else (None, others[0] if others else None)
    if person and not is_person(person_name(person.text)) and is_name_mentioned(person.text, body):
        person = None
    further = others[1:] if statement.field == "source" else []
    outlet = _stated_field(outlet_name(desk.text), statement) if desk else UNKNOWN
    author = _stated_field(person_name(person.text), statement) if person else UNKNOWN
    return Credits(
        outlet=_first_known(credits.outlet, outlet),
        agency=_first_known(credits.agency, _agency_field(statement, names)),
        author=_first_known(credits.author, author),
        aggregator=credits.aggregator,
        sources=(*credits.sources, *(_stated_field(name.text, statement) for name in further)),
    )


def _with_dateline(credits: Credits, statement: Statement) -> Credits:
    """The credits with those of "place / person / agency"; without an agency the last name is the outlet's.

    "Site NAME - agency" has no place: the first name is the outlet's.
    """
    names = credits_in(statement.value)
    person = next((name for name in names if is_person(name.text) and not is_place(name.text)), None)
    desk = _desk_of_dateline(names, person)
    outlet = _stated_field(outlet_name(desk.text), statement) if desk else UNKNOWN
    author = _stated_field(person.text, statement) if person else UNKNOWN
    return replace(
        credits,
        outlet=_first_known(credits.outlet, outlet),
        agency=_first_known(credits.agency, _agency_field(statement, names)),
        author=_first_known(credits.author, author),
    )


def _desk_of_dateline(names: Sequence[Credit], person: Credit | None) -> Credit | None:
    """The outlet in a dateline: the last name where none is an agency's, else a first name that only an outlet has."""
    has_agency = any(name.agency for name in names)
    if len(names) > 1 and not has_agency and names[-1] is not person:
        return names[-1]
    return next((name for name in names[:1] if names_outlet(name.text) or _is_site(name)), None)


def _is_site(name: Credit) -> bool:
    """Whether a name is neither an agency nor a place, and has a word or a number that only outlets have."""
    has_sign_of_outlet = " " in name.text or name.text[-1:].isdigit()
    if not has_sign_of_outlet or name.agency or is_place(name.text):
        return False
    return is_outlet(name.text)


def _first_known(first: Found[str], second: Found[str]) -> Found[str]:
    """The first field, or the second where nothing is known of the first."""
    return second if first.value is None else first


def _stated_field(value: str, statement: Statement, agency_id: str = "") -> Found[str]:
    """A field with this value, stated by the words of the statement."""
    return Found(value, "stated", statement.value, statement.where, agency_id)


def _agency_field(statement: Statement, names: Sequence[Credit]) -> Found[str]:
    """The agencies among the names of a statement; unknown without any."""
    written, ids = agency_chain(statement.value, names)
    return Found(written, "stated", statement.value, statement.where, ids) if written else UNKNOWN


def _person_and_desk(names: Sequence[Credit]) -> tuple[Credit | None, Credit | None]:
    """The person and the desk of a byline. Several persons become one credit.

    A single word beside a person is a place, unless a number ends it.
    """
    people = [name for name in names if not (is_outlet(name.text) or is_known_paper(name.text))]
    known_people = [written for name in people if is_person(written := person_name(name.text))]
    person = next((name for name in people if is_person(person_name(name.text))), people[0] if people else None)
    if len(known_people) > 1:
        person = Credit("، ".join(known_people))
    desks = [name for name in names if name is not person and _is_desk(name, person)]
    return person, desks[0] if desks else None


def _is_desk(name: Credit, person: Credit | None) -> bool:
    """Whether a name reads as an outlet's. Beside a person one word is not enough: it may be an office or a column."""
    if is_paper(name.text):
        return True
    return is_outlet(name.text) and (person is None or len(words(name.text)) > 1)


def opens_with_agency(text: str) -> bool:
    """Whether a paragraph opens with a dateline that names an agency."""
    match = crediting(text[:_DATELINE_MOST])
    return match is not None and is_agencies(match[match.lastgroup or 0])


def credited_to(value: str) -> str:
    """Whom a credit names: the canonical ids of its agencies, or its folded words where it names no agency."""
    return agency_chain(value, credits_in(value))[1] or fold(value)


def signature(text: str) -> str:
    """The canonical ids of the agencies in brackets at the end of a paragraph; "" without any."""
    match = _TRAILING_CREDIT.search(text[-_SIGNATURE_MOST:]) if ")" in text[-3:] else None
    return credited_to(match[1]) if match and is_agencies(match[1]) else ""


def _agency_in_text(body: Sequence[Line]) -> Found[str]:
    """The agency of the dateline, or in brackets behind the last sentence."""
    candidates = [
        (line, match[match.lastgroup or 0]) for line in body[:2] if (match := crediting(line.text[:_DATELINE_MOST]))
    ]
    candidates += [(line, match[1]) for line in body[:1] if (match := opened_by(line.text))]
    candidates += [
        (line, match[1]) for line in body[-1:] if (match := _TRAILING_CREDIT.search(line.text[-_SIGNATURE_MOST:]))
    ]
    for line, name in candidates:
        if is_agencies(name):
            return _agency_field(Statement("agency", name, line.line), credits_in(name))
    return UNKNOWN


def _with_site(credits: Credits, meta: Sequence[Meta], site_name: Found[str]) -> Credits:
    """The credits completed from the markup: the site is the outlet, or the aggregator where it credits another."""
    site = _first_known(_from_meta("outlet", meta), site_name)
    outlet = _first_known(credits.outlet, site)
    aggregator = _first_known(credits.aggregator, _from_meta("aggregator", meta))
    if site.value and aggregator.value is None and not same_outlet(site.value, outlet.value or ""):
        aggregator = site
    return replace(
        credits,
        outlet=outlet,
        aggregator=aggregator,
        author=_first_known(credits.author, _author_from_meta(meta, outlet.value or "")),
        agency=_first_known(credits.agency, _from_meta("agency", meta)),
    )


def _author_from_meta(meta: Sequence[Meta], outlet: str) -> Found[str]:
    """The first author in the markup that is not the outlet itself."""
    authors = [field for field in meta if field.name == "author" and not same_outlet(field.value, outlet)]
    return _from_meta("author", authors)


def _from_meta(name: str, meta: Sequence[Meta]) -> Found[str]:
    """The first field of this name in the markup that states something; an author must not be nobody."""
    for field in meta:
        if field.name != name or not field.value.strip() or (name == "author" and is_nobody(field.value)):
            continue
        agency_id = agency_of(field.value) if name == "agency" else ""
        return Found(field.value, "stated", field.value, field.where, agency_id)
    return UNKNOWN
