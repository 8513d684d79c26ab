"""Names: whether a name is that of an agency, an outlet, a person or a place; and the names in a credit line."""

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

_LETTER_GROUP = late(r"[^\W\d_]+")
_NAME_DIVIDER = late(r"\s*[/+|،,;؛&•·…]+\s*|\s*\.{2,}\s*|\s+[-–—ـ]+\s*|(?<=\w)[–—]\s+|(?<=[^\W\d])-\s+")
"""Signs between the names of a credit: slashes, bars, commas, dots, and dashes with a space beside them."""
_BRACKET = late(r"[()\[\]]")
_INITIALS = 2
"""Letters of the Latin abbreviation with which somebody signs."""
_NAME = late(r"[^\W\d_]+(?:[ -][^\W\d_]+){1,4}")
"""Two to five words, joined by spaces or hyphens."""
_OFFICE_SPACES = 3
"""Spaces, at least, in a person's name with an office and the body in which it is held."""
_ON = "على"
"""A preposition that some write as a first name is written (علي)."""
_WITH_INITIAL = late(r"[^\W\d_]\.\s?[^\W\d_]{3,}(?:\s[^\W\d_]{3,})?")
"""A single letter with a full stop, and one or two words: "م. الاسم"."""
_AROUND_NAME = " \t.:()[]-–—،*\"'“”«»"
"""Characters around a name in a credit."""


class Credit(Struct, frozen=True, gc=False):
    """One of the names in a credit line, as written."""

    text: str
    agency: str = ""
    """The canonical id of the agency; "" for a name that the table of agencies does not hold."""


@cache
def _joiner() -> re.Pattern[str]:
    """A word that joins two names, such as "with"."""
    joiners = "|".join(re.escape(joiner) for joiner in table("bylines")["words"]["joiners"])
    return compiled(rf"\s+(?:{joiners})\s+")


def credits_in(value: str) -> tuple[Credit, ...]:
    """The names of a credit such as "X مع Y", "X + Y", "X / Y - Z", in order."""
    return _credits[value]


def _split_credit(value: str) -> tuple[Credit, ...]:
    """The names of a credit, split at signs, brackets and joining words; the name of an agency is never split."""
    if agency := agency_of(value):
        return (Credit(value.strip(_AROUND_NAME), agency),)
    pieces = _NAME_DIVIDER.split(_BRACKET.sub(" / ", value))
    parts = [part for piece in pieces for part in _joiner().split(f" {piece} ")]
    credits = [Credit(_name_in(part), agency_of(part)) for part in parts if part.strip(_AROUND_NAME)]
    return tuple(name for credit in credits for name in _split_at_and(credit))


_credits: Memo[tuple[Credit, ...]] = Memo(_split_credit)


def _name_in(part: str) -> str:
    """The name in a part of a credit, without marks around it, a button behind it, or "and" (و) before an agency."""
    part = part.strip(_AROUND_NAME)
    name, _, button = part.rpartition(" ")
    if name and fold(button) in word_list("bylines", "buttons"):
        part = name.strip(_AROUND_NAME)
    return part[1:] if part[:1] == "و" and not spells_agency(part) and agency_of(part) else part


def _split_at_and(credit: Credit) -> list[Credit]:
    """The credit as the names that "and" (و) joins in it ("رويترز وفرانس برس"), if one of them is an agency's."""
    starts = [match.start() for match in re.finditer(r"\sو(?=\w)", credit.text)]
    if credit.agency or not starts:
        return [credit]
    edges = [0, *starts, len(credit.text)]
    parts = [credit.text[start:end].strip() for start, end in pairwise(edges)]
    names = [Credit(part.removeprefix("و") if index else part, agency_of(part)) for index, part in enumerate(parts)]
    return names if any(name.agency for name in names) else [credit]


def agency_chain(value: str, credits: Sequence[Credit]) -> tuple[str, str]:
    """The agencies of a credit as written, and their canonical ids joined by "+"; ("", "") without any."""
    agencies = [credit for credit in credits if credit.agency]
    if not agencies:
        return "", ""
    begin = value.find(agencies[0].text)
    end = value.find(agencies[-1].text, begin) + len(agencies[-1].text)
    end += value[begin:end].count("(") > value[begin:end].count(")") and value[end : end + 1] == ")"
    written = value[begin:end] if 0 <= begin < end else ""
    if not written or ") (" in written:
        written = " + ".join(credit.text for credit in agencies)
    return written, "+".join(dict.fromkeys(credit.agency for credit in agencies))


def is_agencies(text: str) -> bool:
    """Whether a text names only agencies, besides the initials of those on the desk."""
    credits = [credit for credit in credits_in(text) if credit.agency or not _are_initials(credit.text)]
    return bool(credits) and all(credit.agency for credit in credits)


def _are_initials(name: str) -> bool:
    """Whether a name is single letters, or a Latin abbreviation of two."""
    groups = _LETTER_GROUP.findall(name)
    return all(len(group) == 1 for group in groups) or (name.isascii() and len(name) == len(groups[0]) == _INITIALS)


def is_outlet(name: str) -> bool:
    """Whether a name is that of a desk or site and not of a person.

    It is a single word, holds a word for an organisation, or has a number in its first or last word. The number of an
    issue is no name.
    """
    name_words = words(name)
    if is_issue(name):
        return False
    if len(name_words) == 1:
        return name_words[0] not in word_list("bylines", "first_names")
    if not word_list("bylines", "organisation").isdisjoint(name_words):
        return True
    return any(letter.isdigit() for word in (*name_words[:1], *name_words[-1:]) for letter in word)


def is_issue(name: str) -> bool:
    """Whether a name is only a word such as "issue" or "part" and its number."""
    first, *others = words(name) or [""]
    return first in word_list("bylines", "numbered") and [word.isdigit() for word in others] == [True]


def is_nobody(name: str) -> bool:
    """Whether a credit names nobody in particular."""
    name_words = words(name)
    if not name_words or name_words[0].isdigit():
        return True
    if fold(name) in word_list("bylines", "nobody") or _is_desk(name_words):
        return True
    return _are_initials(name) and not agency_of(name)


def is_place(name: str) -> bool:
    """Whether a name is that of a place that datelines name."""
    return fold(name) in word_list("bylines", "places")


def _is_desk(name_words: Sequence[str]) -> bool:
    """Whether the first or last word of a name is one for a desk."""
    return name_words[0] in word_list("bylines", "desk") or name_words[-1] in word_list("bylines", "desk")


def outlet_name(name: str) -> str:
    """The name without a word such as "site" or "newspaper" before it."""
    first, _, rest = name.partition(" ")
    return rest if rest and fold(first) in word_list("bylines", "around_outlet") else name


def same_outlet(first: str, second: str) -> bool:
    """Whether two names are those of one outlet; one of them may have further words.

    Beside a name of a single word, the further words must be ones that any site may have.
    """
    first_words, second_words = set(words(outlet_name(first))), set(words(outlet_name(second)))
    shorter, longer = (
        (first_words, second_words) if len(first_words) < len(second_words) else (second_words, first_words)
    )
    if not shorter or not shorter <= longer:
        return False
    if len(shorter) > 1:
        return True
    return not longer - shorter - word_list("bylines", "of_any_site") - word_list("bylines", "organisation")


def is_distinctive(name: str) -> bool:
    """Whether a name holds a word besides those that any site may have."""
    return not word_list("bylines", "of_any_site").issuperset(words(name))


def person_name(name: str) -> str:
    """The name of a person without a word such as "writer" before it and without the place behind it."""
    first, _, rest = name.partition(" ")
    name = rest if rest and fold(first) in word_list("bylines", "titles") else name
    head, dash, place = name.rpartition("-")
    if dash and is_place(place):
        name = head
    tokens = name.split(" ")
    prepositions = word_list("bylines", "before_place")
    ends = (index for index, token in enumerate(tokens) if index > 1 and fold(token) in prepositions)
    return " ".join(tokens[: next(ends, len(tokens))])


def before_writer() -> frozenset[str]:
    """The folded words that stand between the place of a report and its writer."""
    return folded_list("titles", "byline")


def is_person(name: str) -> bool:
    """Whether a name of two to five words begins with a frequent first name, or one of one or two with an initial.

    Behind the first name must stand no preposition and no word for what somebody does.
    """
    if name[1:2] == "." and _WITH_INITIAL.fullmatch(name):
        return True
    written = name.partition(" ")[0]
    first = "" if written == _ON else fold(written)
    if first not in word_list("bylines", "first_names") or _NAME.fullmatch(name) is None or holds_office(name):
        return False
    name_words = words(name.removesuffix(f" {_ON}"))  # no name ends with a preposition: there it is Ali
    prepositions, roles = word_list("layout", "within"), word_list("bylines", "roles")
    ali = _ON not in name and fold(_ON)
    suspects = [word for word in name_words[1:] if word in prepositions or word in roles or word.startswith("لل")]
    return all(word == ali for word in suspects)


def holds_office(name: str) -> bool:
    """Whether a name is followed by an office and the body in which it is held, as in captions that say who is shown.

    The office must be neither of the first two words nor the last.
    """
    if name.count(" ") < _OFFICE_SPACES:
        return False
    return not word_list("bylines", "offices").isdisjoint(fold(name).split(" ")[2:-1])


def names_medium(name: str) -> bool:
    """Whether two to four words hold a word for a medium, or "Arabic" beside an agency or a word in Latin letters."""
    name_words = words(name)
    if not 2 <= len(name_words) <= 4:
        return False
    if not word_list("bylines", "medium").isdisjoint(name_words):
        return True
    if word_list("bylines", "edition").isdisjoint(name_words):
        return False
    return any(word.isascii() for word in name_words) or bool(agency_of(name.rpartition(" ")[0]))


def names_outlet(name: str) -> bool:
    """Whether two to four words begin with a word such as "newspaper" or "site"."""
    first, _, rest = name.partition(" ")
    return rest.count(" ") < 3 and rest != "" and fold(first) in word_list("bylines", "before_outlet")
