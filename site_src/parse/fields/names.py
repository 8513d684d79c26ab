"""Names: whether one is that of an agency, an outlet, a person or a place, and those that a credit line holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from msgspec import Struct

from site_src.parse.word_lists import word_list
from site_src.tables import table
from site_src.text.agencies import agency_of, spells_agency
from site_src.text.fold import fold, words
from site_src.text.memo import Memo
from site_src.text.patterns import compiled, late
from site_src.text.words import folded_list

_LETTERS = late(r"[^\W\d_]+")
_PARTS = late(r"\s*[/+|،,;؛&•·…]+\s*|\s*\.{2,}\s*|\s+[-–—ـ]+\s*|(?<=\w)[–—]\s+|(?<=[^\W\d])-\s+")
_PARENTHESES = late(r"[()\[\]]")
_SIGNED = 2
"""Letters of a Latin abbreviation by which somebody signs."""
_BARS = late(r"\||\s[-–—»›]\s")
_SEPARATORS = " |-–—:»›•·"
_SITE_WORDS = 5
_NAME = late(r"[^\W\d_]+(?:[ -][^\W\d_]+){1,4}")
_OFFICE_FROM = 3
"""Words of a name and an office with what it is held of, less one."""
_ON = "على"
"""A preposition that some write as a first name is written (علي)."""
_WITH_INITIAL = late(r"[^\W\d_]\.\s?[^\W\d_]{3,}(?:\s[^\W\d_]{3,})?")
_WRAPPING = " \t.:()[]-–—،*\"'“”«»"


class Credit(Struct, frozen=True, gc=False):
    """One name of a credit line, as written."""

    text: str
    agency: str = ""
    """Canonical id, "" for whatever the table of agencies does not know."""


@cache
def _joiner() -> re.Pattern[str]:
    joiners = "|".join(re.escape(joiner) for joiner in table("bylines")["words"]["joiners"])
    return compiled(rf"\s+(?:{joiners})\s+")


def credits_in(value: str) -> tuple[Credit, ...]:
    """The names of a credit such as "X مع Y", "X + Y", "X / Y - Z", in order."""
    return _credits[value]


def _read_credits(value: str) -> tuple[Credit, ...]:
    if agency := agency_of(value):
        return (Credit(value.strip(_WRAPPING), agency),)
    parts = [part for piece in _PARTS.split(_PARENTHESES.sub(" / ", value)) for part in _joiner().split(f" {piece} ")]
    found = [Credit(_bare(part), agency_of(part)) for part in parts if part.strip(_WRAPPING)]
    return tuple(split for credit in found for split in _glued(credit))


_credits: Memo[tuple[Credit, ...]] = Memo(_read_credits)


def _bare(part: str) -> str:
    """A name without what surrounds it, and without و where what follows is an agency."""
    part = part.strip(_WRAPPING)
    name, _, button = part.rpartition(" ")
    if name and fold(button) in word_list("bylines", "buttons"):
        part = name.strip(_WRAPPING)
    return part[1:] if part[:1] == "و" and not spells_agency(part) and agency_of(part) else part


def _glued(credit: Credit) -> list[Credit]:
    """A credit of several names with و between them ("رويترز وفرانس برس") as those names."""
    places = [match.start() for match in re.finditer(r"\sو(?=\w)", credit.text)]
    if credit.agency or not places:
        return [credit]
    edges = [0, *places, len(credit.text)]
    parts = [credit.text[a:b].strip() for a, b in pairwise(edges)]
    names = [Credit(part.removeprefix("و") if place else part, agency_of(part)) for place, part in enumerate(parts)]
    return names if any(name.agency for name in names) else [credit]


def chain(value: str, credits: Sequence[Credit]) -> tuple[str, str]:
    """The agencies of a credit as written and their canonical ids, joined by "+"; ("", "") without any."""
    named = [credit for credit in credits if credit.agency]
    if not named:
        return "", ""
    begin = value.find(named[0].text)
    end = value.find(named[-1].text, begin) + len(named[-1].text)
    end += value[begin:end].count("(") > value[begin:end].count(")") and value[end : end + 1] == ")"
    written = value[begin:end] if 0 <= begin < end else ""
    if not written or ") (" in written:
        written = " + ".join(credit.text for credit in named)
    return written, "+".join(dict.fromkeys(credit.agency for credit in named))


def is_agencies(text: str) -> bool:
    """Whether a line holds nothing but agencies, and the initials of those at the desk."""
    credits = [credit for credit in credits_in(text) if credit.agency or not _are_initials(credit.text)]
    return bool(credits) and all(credit.agency for credit in credits)


def _are_initials(name: str) -> bool:
    letters = _LETTERS.findall(name)
    return all(len(one) == 1 for one in letters) or (name.isascii() and len(name) == len(letters[0]) == _SIGNED)


def is_outlet(name: str) -> bool:
    """Whether a name is a desk's or site's, not a person's: a word for one, a single word, or a number at an end."""
    found = words(name)
    if len(found) == 1:
        return found[0] not in word_list("bylines", "first_names")
    if not word_list("bylines", "organisation").isdisjoint(found):
        return True
    return any(letter.isdigit() for word in (*found[:1], *found[-1:]) for letter in word)


def is_nobody(name: str) -> bool:
    """Whether a credit says that nobody in particular is credited."""
    found = words(name)
    initials = _are_initials(name) and not agency_of(name)
    known = word_list("bylines", "nobody")
    return not found or initials or found[0].isdigit() or fold(name) in known or _is_desk(found)


def is_place(name: str) -> bool:
    """Whether a name is that of a place from which dispatches are dated."""
    return fold(name) in word_list("bylines", "places")


def _is_desk(found: Sequence[str]) -> bool:
    return found[0] in word_list("bylines", "desk") or found[-1] in word_list("bylines", "desk")


def outlet_name(name: str) -> str:
    """The name without "site", "newspaper" and the like before it."""
    first, _, rest = name.partition(" ")
    return rest if rest and fold(first) in word_list("bylines", "around_outlet") else name


def same_outlet(first: str, second: str) -> bool:
    """Whether two names are those of one outlet, one of which may have further words.

    A single word is the whole of a name: behind it stand only words that any site has.
    """
    here, there = (set(words(outlet_name(name))) for name in (first, second))
    less, more = (here, there) if len(here) < len(there) else (there, here)
    if not less or not less <= more:
        return False
    return len(less) > 1 or not more - less - word_list("bylines", "of_any_site") - word_list("bylines", "organisation")


def is_distinctive(name: str) -> bool:
    """Whether a name holds a word that not any site has."""
    return not word_list("bylines", "of_any_site").issuperset(words(name))


def person_name(name: str) -> str:
    """The name without "writer", "correspondent" and the like before it."""
    first, _, rest = name.partition(" ")
    name = rest if rest and fold(first) in word_list("bylines", "titles") else name
    head, dash, place = name.rpartition("-")
    if dash and is_place(place):
        name = head
    found = name.split(" ")
    places = (at for at, word in enumerate(found) if at > 1 and fold(word) in word_list("bylines", "before_place"))
    return " ".join(found[: next(places, len(found))])


def before_writer() -> frozenset[str]:
    """What stands before who wrote a report, between its place and its text, folded."""
    return folded_list("titles", "byline")


def is_person(name: str) -> bool:
    """Whether a name of two to five words begins with a frequent first name, or one or two with an initial.

    Behind the first stand no preposition and no word for what somebody does.
    """
    if name[1:2] == "." and _WITH_INITIAL.fullmatch(name):
        return True
    written = name.partition(" ")[0]
    first = "" if written == _ON else fold(written)
    named = first in word_list("bylines", "first_names") and _NAME.fullmatch(name) is not None
    if not named or holds_office(name):
        return False
    found = words(name.removesuffix(f" {_ON}"))  # no name ends with a preposition: there it is Ali
    within, roles = word_list("layout", "within"), word_list("bylines", "roles")
    ali = _ON not in name and fold(_ON)
    further = [word for word in found[1:] if word in within or word in roles or word.startswith("لل")]
    return all(word == ali for word in further)


def holds_office(name: str) -> bool:
    """Whether a name goes on with an office and with what it is held of, as captions say whom they show."""
    held = name.count(" ") >= _OFFICE_FROM
    return held and not word_list("bylines", "offices").isdisjoint(fold(name).split(" ")[2:-1])


def names_medium(name: str) -> bool:
    """Whether two to four words hold one for a medium, or "Arabic" and an agency or a name in Latin letters."""
    found = words(name)
    if not 2 <= len(found) <= 4:
        return False
    if not word_list("bylines", "medium").isdisjoint(found):
        return True
    if word_list("bylines", "edition").isdisjoint(found):
        return False
    return any(word.isascii() for word in found) or bool(agency_of(name.rpartition(" ")[0]))


def names_outlet(name: str) -> bool:
    """Whether two to four words begin with "newspaper", "site" and the like."""
    first, _, rest = name.partition(" ")
    return rest.count(" ") < 3 and rest != "" and fold(first) in word_list("bylines", "before_outlet")


def site_around(whole: str, headline: str) -> str:
    """The name of the site that the page's title holds besides the headline; one word of it only behind that."""
    if whole.startswith(headline):
        site, least = _behind(whole[len(headline) :]), 1
    elif whole.endswith(headline):
        site, least = whole[: -len(headline)].strip(_SEPARATORS), 2
    else:
        return ""
    return site if least <= len(words(site)) <= _SITE_WORDS else ""


def _behind(tail: str) -> str:
    """The site's name behind a headline: the part with a word for one, else the last, behind the section."""
    parts = [part for part in map(str.strip, _BARS.split(tail.strip(_SEPARATORS))) if not part[:1].isdigit()]
    named = [part for part in parts if is_outlet(part) and len(words(part)) > 1]
    return (named or parts or [""])[-1].strip(_SEPARATORS)
