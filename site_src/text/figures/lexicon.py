"""What words can be in a figure: number words, units and cues of one language, read from the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache
from math import inf

from msgspec import Struct

from site_src.model.brief import FigureKind
from site_src.tables import table
from site_src.text.fold import fold, fold_all

NUMBER_SORTS = (
    "digit", "bound", "ten", "tens", "hundred", "scale", "twoscale", "manyscale", "many", "fraction", "parts",
    "ordinal", "decades",
)  # fmt: skip
Number = int | Fraction
"""A value; an integral one is an `int`, which is many times as fast as a `Fraction`."""


def simplify(value: Number) -> Number:
    """The same value, as an `int` where it is integral."""
    return value.numerator if value.denominator == 1 else value


Phrases = tuple[tuple[tuple[str, ...], str], ...]
"""(all words, meaning) of each phrase that has a certain word, those of more words first."""
NO_CUES: frozenset[str] = frozenset()


class Unit(Struct, frozen=True):
    """One unit of `units.toml`."""

    id: str
    kind: FigureKind
    singular: str
    """English."""
    plural: str
    """English."""
    takes_an: bool = False
    """Whether its English takes "an"."""
    orderable: bool = False
    """Whether an ordinal before or after it counts it: tenth anniversary."""
    arabic_singular: str = ""
    """Folded; a number that counts it agrees with its gender."""


class Homonym(Struct, frozen=True):
    """When the words of a unit mean something else, by `units.toml`."""

    other: str
    """The id of what is meant then; "" for what is no unit, which is counted without being named."""
    least: float
    most: float
    """A smaller and a larger number count the other."""
    before: frozenset[str]
    after: frozenset[str]
    """Folded words that stand before or after the figure when the other is meant."""


class Lexicon(Struct, frozen=True):
    """The tables of one language, folded and ready for look-up."""

    lang: str
    numbers: dict[str, tuple[str, Number]]
    vocalised: dict[str, Number]
    """Words that are a fraction where their vowel is written (خُمس)."""
    duals: dict[str, str]
    """Word for two of a unit to the id of the unit."""
    units: dict[str, Phrases]
    """First word to the phrases for units; each means the id of its unit."""
    rates: dict[str, Phrases]
    symbols: dict[str, str]
    cues: dict[str, frozenset[str]]
    """Word to the cues of `numbers.toml` that it gives."""
    never: frozenset[str]
    """Words that are part of no figure."""
    not_nouns: frozenset[str]
    """Words that name nothing a number could count."""
    plurals: frozenset[str]
    """Plurals; an ordinal before one of them does not count it."""
    homonyms: dict[str, Homonym]
    """Id of a unit to when its words mean another."""
    known_words: frozenset[str]
    """All words of numbers, duals, units and rates; most words of a text are not among them."""


def without_article(word: str) -> str:
    """A folded word without the article."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _phrases(meanings: Iterable[tuple[str, str]], key_word: int = 0) -> dict[str, Phrases]:
    """The phrases by their word at index `key_word`, the longest first; of equal length the earlier stands first."""
    forms, ids = zip(*meanings, strict=True)
    phrases_of: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for form, id in zip(fold_all(forms), ids, strict=True):
        words = tuple(map(without_article, form.split()))
        phrases_of.setdefault(words[key_word], []).append((words, id))
    return {word: tuple(sorted(phrases, key=lambda pair: -len(pair[0]))) for word, phrases in phrases_of.items()}


@cache
def units() -> dict[str, Unit]:
    """Every unit by id."""
    return {
        id: Unit(
            id=id,
            kind=entry["kind"],
            singular=entry["en"][0],
            plural=entry["en"][1],
            takes_an=entry.get("an", False),
            orderable=entry.get("ordinal", False),
            arabic_singular=fold("".join(entry["ar"][:1])),
        )
        for id, entry in table("units")["unit"].items()
    }


def _homonyms(lang: str) -> dict[str, Homonym]:
    """`Lexicon.homonyms`; only Arabic has any."""
    if lang != "ar":
        return {}
    return {
        id: Homonym(
            row.get("other", ""),
            row.get("least", 0),
            row.get("most", inf),
            *(frozenset(fold_all(row.get(side, []))) for side in ("before", "after")),
        )
        for id, row in table("units")["homonyms"].items()
    }


def _duals(lang: str) -> dict[str, str]:
    """`Lexicon.duals`. A form that is also a plural (مقاتلين) says nothing about two and is left out.

    A dual that the table states for one unit is not derived for another: سنتين is two years, not two cents.
    """
    entries = table("units")["unit"].items()
    if lang == "en":
        return {word: id for id, entry in entries for word in entry.get("en_dual", [])}
    stated = [(dual, id) for id, entry in entries for dual in entry.get("dual", [])]
    derived = [(dual, id) for id, entry in entries for dual in _regular_duals(entry["ar"])]
    duals: dict[str, str] = {}
    for dual, (_, id) in zip(fold_all([dual for dual, _ in stated + derived]), stated + derived, strict=True):
        duals.setdefault(dual, id)
    return duals


def _regular_duals(forms: list[str]) -> list[str]:
    """The two duals of a noun whose singular is the first of `forms`, as far as they are none of its other forms."""
    if not forms or " " in forms[0]:
        return []
    stem = forms[0][:-1] + "ت" if forms[0].endswith("ة") else forms[0]
    return [dual for dual in (stem + "ان", stem + "ين") if dual not in forms]


def _values_of_sort(words: dict[str, dict[str, list[str]]], sort: str) -> Iterator[tuple[str, Number]]:
    """(folded form, value) of each number word of a sort."""
    for key, forms in words.get(sort, {}).items():
        for form in fold_all(forms):
            yield form, simplify(Fraction(key))


def _cues(forms_of: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    """`Lexicon.cues`, from the forms of each cue."""
    cues_of: dict[str, set[str]] = {}
    for cue, forms in forms_of.items():
        for form in fold_all(forms):
            cues_of.setdefault(form, set()).add(cue)
    return {form: frozenset(cues) for form, cues in cues_of.items()}


@cache
def lexicon(lang: str) -> Lexicon:
    """The lexicon of `lang`; raises KeyError for a language that the tables do not hold."""
    words, entries = table("numbers")[lang], table("units")["unit"].items()
    listed = words.get("word", {})
    numbers = {form: (sort, value) for sort in NUMBER_SORTS for form, value in _values_of_sort(words, sort)}
    english = lang == "en"
    unit_forms = [
        (form, id)
        for id, entry in entries
        for form in (entry["en"] + entry.get("more", []) if english else entry["ar"])
    ]
    rate_forms = [
        (form, id) for id, rate in table("units")["rates"].items() for form in rate["en" if english else "ar"]
    ]
    duals, units, rates = _duals(lang), _phrases(unit_forms), _phrases(rate_forms)
    return Lexicon(
        lang=lang,
        numbers=numbers,
        vocalised=dict(_values_of_sort(words, "vocalised")),
        duals=duals,
        units=units,
        rates=rates,
        symbols={symbol: id for id, entry in entries for symbol in entry.get("symbols", [])},
        cues=_cues(words["cue"]),
        never=frozenset(fold_all(listed.get("never", []))),
        not_nouns=frozenset(map(without_article, fold_all(listed.get("not a noun", [])))),
        plurals=frozenset(fold_all(listed.get("several", []))),
        homonyms=_homonyms(lang),
        known_words=frozenset().union(numbers, duals, units, rates),
    )


@cache
def qualifiers(side: str) -> dict[str, Phrases]:
    """The word next to a figure to the phrases of `qualifiers.toml` that it ends ("before") or opens ("after")."""
    entries = table("qualifiers")["qualifier"].items()
    return _phrases([(form, id) for id, entry in entries for form in entry[side]], -1 if side == "before" else 0)
