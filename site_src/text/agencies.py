"""News agencies, by the tables `agencies` and `bylines`: which one a name spells, and its name in Latin letters."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from site_src.tables import table
from site_src.text.fold import fold, fold_all
from site_src.text.patterns import late

_LETTERS = late(r"[^\W\d_]+")
_SPACING = late(r"[\s.\-_()\[\]\"'“”«»:]+")
_INITIALS = 3
"""A Latin abbreviation of no more letters than this names an agency only in capitals."""


def agency_of(name: str) -> str:
    """The canonical id of the agency that `name` spells, with or without و before it; "" when it spells none."""
    key = _key(name)
    if len(key) <= _INITIALS and name.isascii() and not name.isupper():
        return ""
    for candidate in (key, key.removeprefix("و"), *_bare_keys(key)):
        if candidate in _ids():
            return _ids()[candidate]
    return ""


def spells_agency(name: str) -> bool:
    """Whether `name` is in the table as it stands, with nothing before or behind it."""
    return _key(name) in _ids()


def may_name_agency(head: str) -> bool:
    """Whether folded words share a word with the name of any agency: a cheap test before a line is taken apart."""
    return not _words().isdisjoint(_LETTERS.findall(head))


@cache
def latin_name(agency: str, *, opens: bool = True) -> str:
    """The first spelling in Latin letters that the table has for the agency of this id; "" without one.

    "Agencies" is no name: it begins with a capital only where it `opens` a line.
    """
    for row in table("agencies")["agency"]:
        if row["id"] == agency:
            name = next(filter(str.isascii, row["spellings"]), "")
            return name if opens or not row.get("common") else name.lower()
    return ""


@cache
def _ids() -> dict[str, str]:
    """The canonical id of each spelling, by its key."""
    rows = [(row["id"], spelling) for row in table("agencies")["agency"] for spelling in row["spellings"]]
    folded = fold_all([spelling for _, spelling in rows])
    return {_SPACING.sub("", spelling): agency for spelling, (agency, _) in zip(folded, rows, strict=True)}


@cache
def _words() -> frozenset[str]:
    """The folded words of all spellings, with and without و before them."""
    spellings = [spelling for row in table("agencies")["agency"] for spelling in row["spellings"]]
    words = set(_LETTERS.findall(fold("\n".join(spellings))))
    return frozenset(words | {f"و{word}" for word in words})


def _key(name: str) -> str:
    """The folded name without white space and punctuation, by which spellings are compared."""
    return _SPACING.sub("", fold(name))


def _bare_keys(key: str) -> Iterator[str]:
    """The key without "for news", "international" and the like behind it; then also without "agency" before it."""
    before, behind = _agency_affixes()
    if key.startswith(before) or key.endswith(behind):
        for word in behind:
            key = key.removesuffix(word)
        yield key
        for word in before:
            key = key.removeprefix(word)
        yield key


@cache
def _agency_affixes() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys of the words that may stand (before, behind) the name of an agency."""
    listed = table("bylines")["words"]
    before, behind = (tuple(map(_key, listed[key])) for key in ("before_agency", "behind_agency"))
    return before, behind
