"""What a word can be in a figure: number words, units and cues of one language, read from the tables.

A word is looked up as written and then without its particles (و ف, ب ل ك, ال). What was found is remembered by word,
because most words of a page have been seen before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, lru_cache

from site_src.tables import table
from site_src.text.fold import fold, folded

STARTERS = frozenset(
    "digits digit bound ten tens hundred scale twoscale manyscale many fraction parts ordinal decades dual symbol".split()
)
"""Sorts of token at which a figure can begin."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number literal or mark inside one piece (a run without spaces)."""

    sort: str
    """A class of `numbers.toml`, or "digits", "word", "dual", "symbol", "percent", "dash", "gap", "inert"."""
    start: int
    end: int
    text: str
    """Folded, without particles."""
    value: Fraction = Fraction(0)
    joined: bool = False
    """It carries و."""
    bare: bool = True
    """It carries no particle at all, the article aside."""
    definite: bool = False
    unit: str = ""
    glued: bool = False
    """Nothing, not even a space, stands before it."""

    @property
    def whole(self) -> bool:
        """A number literal without decimals or separators."""
        return self.text.isdigit()


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of `units.toml`."""

    id: str
    kind: str
    one: str
    more: str
    an: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables of one language, folded and ready for look-up."""

    lang: str
    numbers: dict[str, tuple[str, Fraction]]
    duals: dict[str, str]
    units: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    """First word of a unit -> (all its words, unit id), longest first."""
    rates: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    percent: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    symbols: dict[str, str]
    cues: dict[str, frozenset[str]]
    never: frozenset[str]
    not_nouns: frozenset[str]

    def cue(self, name: str) -> frozenset[str]:
        """The words of a cue; none where the language has no such cue."""
        return self.cues.get(name, frozenset())


NUMBER_SORTS = (
    "digit", "bound", "ten", "tens", "hundred", "scale", "twoscale", "manyscale", "many", "fraction", "parts",
    "ordinal", "decades",
)  # fmt: skip


def stripped(word: str) -> str:
    """A folded word without the article."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _phrase(text: str) -> tuple[str, ...]:
    return tuple(stripped(word) for word in fold(text).split())


Phrases = dict[str, tuple[tuple[tuple[str, ...], str], ...]]


def _phrases(pairs: list[tuple[str, str]]) -> Phrases:
    """Phrases by their first word, those of more words first; an earlier meaning of the same words wins."""
    by_first: dict[str, dict[tuple[str, ...], str]] = {}
    for text, meaning in pairs:
        words = _phrase(text)
        by_first.setdefault(words[0], {}).setdefault(words, meaning)
    return {first: tuple(sorted(found.items(), key=lambda pair: -len(pair[0]))) for first, found in by_first.items()}


@cache
def units() -> dict[str, Unit]:
    """Every unit by id."""
    return {
        id: Unit(id, entry["kind"], *entry["en"], an=entry.get("an", False)) for id, entry in table("units")["unit"].items()
    }


def _duals() -> dict[str, str]:
    """Arabic duals of the units; a form that is also a plural (مقاتلين) says nothing about two and is left out."""
    found: dict[str, str] = {}
    for id, entry in table("units")["unit"].items():
        forms = entry["ar"]
        if not forms or " " in forms[0]:
            continue
        stem = forms[0][:-1] + "ت" if forms[0].endswith("ة") else forms[0]
        for dual in [stem + "ان", stem + "ين", *entry.get("dual", [])]:
            if dual not in forms:
                found.setdefault(fold(dual), id)
    return found


def _value(sort: str, key: str) -> Fraction:
    return Fraction(int(key), 12) if sort in {"fraction", "parts"} else Fraction(int(key))


@cache
def lexicon(lang: str) -> Lexicon:
    """The lexicon of `lang`; raises KeyError for a language that the tables do not hold."""
    words, unit_table = table("numbers")[lang], table("units")
    numbers = {
        fold(form): (sort, _value(sort, key))
        for sort in NUMBER_SORTS
        for key, forms in words.get(sort, {}).items()
        for form in forms
    }
    english = lang == "en"
    forms = [
        (form, id)
        for id, entry in unit_table["unit"].items()
        for form in (entry["en"] + entry.get("more", []) if english else entry["ar"])
        if id != "percent"
    ]
    return Lexicon(
        lang, numbers, {} if english else _duals(), _phrases(forms),
        _phrases([(form, id) for id, rate in unit_table["rates"].items() for form in rate["en" if english else "ar"]]),
        _phrases([(form, "percent") for form in words["word"]["percent"]]),
        {symbol: id for id, entry in unit_table["unit"].items() for symbol in entry.get("symbols", [])},
        {name: frozenset(map(fold, forms)) for name, forms in words["cue"].items()},
        frozenset(map(fold, words["word"]["never"])),
        frozenset(stripped(fold(word)) for word in words["word"]["not a noun"]),
    )  # fmt: skip


_LITERAL = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?(?!\d)|\d+(?:[.,،]\d+)?"
_PIECE = re.compile(
    rf"""(?P<inert>https?://\S+|www\.\S+|\S+@\S+|[@\#]\S+|\d+\+\d+|\+\d\S*|\d+(?:[/:.]\d+){{2,}}|\d+/\d+
            |[a-z]+\d[\w+]*|[^\W\d_]{{3,}}\d\w*)
      |(?P<clock>\d{{1,2}}:\d{{2}}(?!\d))
      |(?P<symbol>(?:us|a|c)?\$|[€£¥₽₸₺₴₩₹₪¢﷼]|°[cم]?)
      |(?P<percent>[%٪])
      |(?P<dash>[-–—−‑])
      |(?P<digits>{_LITERAL})
      |(?P<word>[^\W\d_]+[²³]?(?:/[^\W\d_]+)?(?:['’][^\W\d_]+)?)
      |(?P<gap>\S)""",
    re.VERBOSE,
)
_GROUPS = re.compile(r"(?<=\d)\.(?=\d{3}(?:\.|$|,))")


def literal(text: str) -> Fraction:
    """The value of a folded number literal: "1,500", "3.5", "3,5", "1.500.000" (in scripts of any digits)."""
    text = text.replace("،", ",")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        return Fraction(text.replace(",", ""))
    if text.count(".") > 1:
        text = _GROUPS.sub("", text)
    return Fraction(text.replace(",", "."))


@lru_cache(maxsize=1 << 16)
def analyse(piece: str, lang: str) -> tuple[Token, ...]:
    """The tokens of a run without spaces; places count in `piece`."""
    form = folded(piece)
    if form.text.isalpha() or not form.text:
        return (_word(form.text, 0, len(piece), lang),) if form.text else ()
    found: list[Token] = []
    for match in _PIECE.finditer(form.text):
        start, end = form.span(*match.span())
        token = _token(match.lastgroup or "gap", match[0], start, end, lang)
        found.append(replace(token, glued=start > 0))
    return _attached(found)


def _token(sort: str, text: str, start: int, end: int, lang: str) -> Token:
    if sort == "word":
        return _word(text, start, end, lang)
    if sort == "digits":
        return Token(sort, start, end, text, literal(text))
    if sort == "symbol":
        return Token(sort, start, end, text, unit=lexicon(lang).symbols.get(text, ""))
    return Token(sort, start, end, text)


def _attached(found: list[Token]) -> tuple[Token, ...]:
    """Particles glued to a number literal (و500, بـ27, الـ30) become its particles; its span stays the digits'."""
    kept: list[Token] = []
    for token in found:
        before = kept[-1] if kept else None
        if token.sort == "digits" and before and before.text in _PARTICLES and before.end == token.start:
            kept[-1] = replace(token, joined=before.text.startswith(("و", "ف")), bare=False, glued=before.glued)
        elif token.sort == "dash" and before and before.text in _PARTICLES:
            continue
        else:
            kept.append(token)
    return tuple(kept)


_PARTICLES = frozenset("و ف ب ل ك ال وال بال لل وب ول فال وبال".split())
_CONJUNCTIONS, _PREPOSITIONS = ("و", "ف"), ("ب", "ل", "ك")


def _word(text: str, start: int, end: int, lang: str) -> Token:
    words = lexicon(lang)
    if text in words.never:
        return Token("inert", start, end, text)
    for form, joined, bare, definite in _readings(text, lang):
        if form in words.numbers:
            sort, value = words.numbers[form]
            return Token(sort, start, end, form, value, joined, bare, definite)
        if form in words.duals:
            return Token("dual", start, end, form, Fraction(2), joined, bare, definite, words.duals[form])
        if form in words.units or form in words.percent or form in words.rates:
            return Token("word", start, end, form, Fraction(0), joined, bare, definite)
    if text in words.cue("and"):
        return Token("and", start, end, text, joined=True)
    return Token("word", start, end, stripped(text), definite=stripped(text) != text)


def _readings(text: str, lang: str) -> list[tuple[str, bool, bool, bool]]:
    """(form, joined, bare, definite) of a word as written and with its particles taken off one by one."""
    found = [(text, False, True, False)]
    if lang != "ar":
        return found
    rest, joined, bare = text, False, True
    for conjunction in (False, True):
        if conjunction:
            if not text.startswith(_CONJUNCTIONS) or len(text) < 4:
                break
            rest, joined, bare = text[1:], True, False
            found.append((rest, joined, bare, False))
        if rest.startswith("ال"):
            found.append((rest[2:], joined, bare, True))
        if rest.startswith("لل"):
            found.append((rest[2:], joined, False, True))
        elif rest.startswith(_PREPOSITIONS) and len(rest) > 3:
            found.append((rest[1:], joined, False, False))
            if rest[1:3] == "ال":
                found.append((rest[3:], joined, False, True))
    return found
