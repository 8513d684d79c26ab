"""What words can be in a figure: number words, units and cues of one language, read from the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache

from msgspec import Struct

from site_src.model.brief import FigureKind
from site_src.tables import table
from site_src.text.fold import fold, fold_all

NUMBER_SORTS = (
    "digit", "bound", "ten", "tens", "hundred", "scale", "twoscale", "manyscale", "many", "fraction", "parts",
    "ordinal", "decades",
)  # fmt: skip
Number = int | Fraction
"""A value; whole ones are plain integers, which are many times faster."""


def whole(value: Number) -> Number:
    """The same value, plain where it is whole."""
    return value.numerator if value.denominator == 1 else value


Phrases = tuple[tuple[tuple[str, ...], str], ...]
"""(all words, what they mean) of phrases that have a word in common, those of more words first."""
NO_CUES: frozenset[str] = frozenset()


class Unit(Struct, frozen=True):
    """One unit of `units.toml`."""

    id: str
    kind: FigureKind
    one: str
    more: str
    an: bool = False
    ordered: bool = False
    """Ordinals take it along: tenth anniversary."""
    singular: str = ""
    """Folded Arabic; what counts it agrees with its gender."""


class Homonym(Struct, frozen=True):
    """When the words of a unit mean another, as `units.toml` tells."""

    other: str
    most: int
    before: frozenset[str]
    after: frozenset[str]


class Lexicon(Struct, frozen=True):
    """The tables of one language, folded and ready for look-up."""

    lang: str
    numbers: dict[str, tuple[str, Number]]
    vocalised: dict[str, Number]
    """Words that are a fraction where their vowel is written (خُمس)."""
    duals: dict[str, str]
    units: dict[str, Phrases]
    """By the first word of a unit; they mean its id."""
    rates: dict[str, Phrases]
    symbols: dict[str, str]
    cues: dict[str, frozenset[str]]
    """Word -> the cues of `numbers.toml` that it gives."""
    never: frozenset[str]
    not_nouns: frozenset[str]
    several: frozenset[str]
    """Plurals, before which an ordinal orders none of them."""
    homonyms: dict[str, Homonym]
    written: frozenset[str]
    """All words of numbers, duals, units and rates: most words of a text are none."""


def stripped(word: str) -> str:
    """A folded word without the article."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _phrases(meanings: Iterable[tuple[str, str]], word: int = 0) -> dict[str, Phrases]:
    """Phrases by one of their words, its place in them; of the same words an earlier meaning stands first."""
    forms, ids = zip(*meanings, strict=True)
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for form, id in zip(fold_all(forms), ids, strict=True):
        words = tuple(map(stripped, form.split()))
        found.setdefault(words[word], []).append((words, id))
    return {word: tuple(sorted(phrases, key=lambda pair: -len(pair[0]))) for word, phrases in found.items()}


@cache
def units() -> dict[str, Unit]:
    """Every unit by id."""
    return {
        id: Unit(
            id, entry["kind"], entry["en"][0], entry["en"][1], entry.get("an", False), entry.get("ordinal", False),
            fold("".join(entry["ar"][:1])),
        )
        for id, entry in table("units")["unit"].items()
    }  # fmt: skip


def _homonyms(lang: str) -> dict[str, Homonym]:
    """By unit; only Arabic has any."""
    return {
        id: Homonym(it["other"], it["most"], frozenset(fold_all(it["before"])), frozenset(fold_all(it["after"])))
        for id, it in (table("units")["homonyms"].items() if lang == "ar" else ())
    }


def _duals(lang: str) -> dict[str, str]:
    """Words that say two of a unit; a form that is also a plural (مقاتلين) says nothing about two and is left out.

    What a unit states as its dual is no other's: سنتين is two years before it is two cents.
    """
    if lang == "en":
        return {word: id for id, entry in table("units")["unit"].items() for word in entry.get("en_dual", [])}
    entries = table("units")["unit"].items()
    found = [(dual, id) for id, entry in entries for dual in entry.get("dual", [])]
    for id, entry in entries:
        forms = entry["ar"]
        if not forms or " " in forms[0]:
            continue
        stem = forms[0][:-1] + "ت" if forms[0].endswith("ة") else forms[0]
        for dual in (stem + "ان", stem + "ين"):
            if dual not in forms:
                found.append((dual, id))
    said: dict[str, str] = {}
    for dual, (_, id) in zip(fold_all([dual for dual, _ in found]), found, strict=True):
        said.setdefault(dual, id)
    return said


def _values(words: dict[str, dict[str, list[str]]], sort: str) -> Iterator[tuple[str, Number]]:
    for key, forms in words.get(sort, {}).items():
        for form in fold_all(forms):
            yield form, whole(Fraction(key))


def _cues(forms_of: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    cues: dict[str, set[str]] = {}
    for name, forms in forms_of.items():
        for form in fold_all(forms):
            cues.setdefault(form, set()).add(name)
    return {word: frozenset(names) for word, names in cues.items()}


@cache
def lexicon(lang: str) -> Lexicon:
    """The lexicon of `lang`; raises KeyError for a language that the tables do not hold."""
    words, unit_table = table("numbers")[lang], table("units")
    listed = words.get("word", {})
    numbers = {form: (sort, value) for sort in NUMBER_SORTS for form, value in _values(words, sort)}
    english = lang == "en"
    forms = [
        (form, id)
        for id, entry in unit_table["unit"].items()
        for form in (entry["en"] + entry.get("more", []) if english else entry["ar"])
    ]
    rates = [(form, id) for id, rate in unit_table["rates"].items() for form in rate["en" if english else "ar"]]
    duals, units, rate = _duals(lang), _phrases(forms), _phrases(rates)
    return Lexicon(
        lang, numbers, dict(_values(words, "vocalised")), duals, units, rate,
        {symbol: id for id, entry in unit_table["unit"].items() for symbol in entry.get("symbols", [])},
        _cues(words["cue"]),
        frozenset(fold_all(listed.get("never", []))),
        frozenset(map(stripped, fold_all(listed.get("not a noun", [])))),
        frozenset(fold_all(listed.get("several", []))),
        _homonyms(lang),
        frozenset().union(numbers, duals, units, rate),
    )  # fmt: skip


@cache
def qualifiers(side: str) -> dict[str, Phrases]:
    """The word next to a figure -> what its phrases are in `qualifiers.toml`; `side`: "before" or "after"."""
    entries = table("qualifiers")["qualifier"].items()
    return _phrases([(form, id) for id, entry in entries for form in entry[side]], -1 if side == "before" else 0)
