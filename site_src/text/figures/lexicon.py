"""What a word can be in a figure: number words, units and cues of one language, read from the tables.

A word is looked up as written and then without its particles (و ف, ب ل ك, ال). What was found is remembered by word,
because most words of a page have been seen before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, lru_cache, partial

from site_src.model import FigureKind
from site_src.tables import table
from site_src.text.fold import fold, folded

NUMBER_SORTS = (
    "digit", "bound", "ten", "tens", "hundred", "scale", "twoscale", "manyscale", "many", "fraction", "parts",
    "ordinal", "decades",
)  # fmt: skip
STARTERS = frozenset({"digits", "dual", "symbol", "clock", *NUMBER_SORTS})
"""Sorts of token at which a figure can begin."""


Number = int | Fraction
"""A value; whole ones are plain integers, which are many times faster."""


def whole(value: Fraction) -> Number:
    """The same value, plain where it is whole."""
    return value.numerator if value.denominator == 1 else value


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number literal or mark inside one piece (a run without spaces)."""

    sort: str
    """A class of `numbers.toml`, or "digits", "word", "dual", "symbol", "percent", "dash", "gap", "inert"."""
    start: int
    end: int
    text: str
    """Folded, without particles."""
    value: Number = 0
    joined: bool = False
    """It carries و."""
    bare: bool = True
    """It carries no particle at all, the article aside."""
    definite: bool = False
    unit: str = ""
    glued: bool = False
    """Nothing, not even a space, stands before it."""
    cues: frozenset[str] = frozenset()
    """The cues of `numbers.toml` that the word gives."""

    @property
    def whole(self) -> bool:
        """A number literal without decimals or separators."""
        return self.text.isdigit()


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of `units.toml`."""

    id: str
    kind: FigureKind
    one: str
    more: str
    an: bool = False
    ordered: bool = False
    """Ordinals take it along: tenth anniversary."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables of one language, folded and ready for look-up."""

    lang: str
    numbers: dict[str, tuple[str, Number]]
    duals: dict[str, str]
    units: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    """First word of a unit -> (all its words, unit id), longest first."""
    rates: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    percent: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    symbols: dict[str, str]
    cues: dict[str, frozenset[str]]
    """Word -> the cues of `numbers.toml` that it gives."""
    never: frozenset[str]
    not_nouns: frozenset[str]


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
        id: Unit(id, entry["kind"], entry["en"][0], entry["en"][1], entry.get("an", False), entry.get("ordinal", False))
        for id, entry in table("units")["unit"].items()
    }


def _duals(lang: str) -> dict[str, str]:
    """Words that say two of a unit; a form that is also a plural (مقاتلين) says nothing about two and is left out."""
    if lang == "en":
        return {word: id for id, entry in table("units")["unit"].items() for word in entry.get("en_dual", [])}
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


def _value(sort: str, key: str) -> Number:
    return Fraction(int(key), 12) if sort in {"fraction", "parts"} else int(key)


def _cues(forms_of: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    cues: dict[str, set[str]] = {}
    for name, forms in forms_of.items():
        for form in forms:
            cues.setdefault(fold(form), set()).add(name)
    return {word: frozenset(names) for word, names in cues.items()}


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
        lang, numbers, _duals(lang), _phrases(forms),
        _phrases([(form, id) for id, rate in unit_table["rates"].items() for form in rate["en" if english else "ar"]]),
        _phrases([(form, "percent") for form in words["word"]["percent"]]),
        {symbol: id for id, entry in unit_table["unit"].items() for symbol in entry.get("symbols", [])},
        _cues(words["cue"]),
        frozenset(map(fold, words["word"]["never"])),
        frozenset(stripped(fold(word)) for word in words["word"]["not a noun"]),
    )  # fmt: skip


_PARTICLES = frozenset(["و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "وب", "ول", "فال", "وبال"])
_LONGEST_LITERAL = 24
"""Characters; longer runs of digits are keys and hashes, and Python refuses to read very long ones."""
_LED = "|".join(sorted(_PARTICLES))
_LITERAL = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?(?!\d)|\d+(?:[.,،]\d+)?"
_PIECE = re.compile(
    rf"""(?P<inert>https?://\S+|www\.\S+|\S+@\S+|[@\#]\S+|\d+\+\d+|\+\d{{5,}}|\d+(?:[-/:]\d+){{2,}}|\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}|\d+/\d+
            |[a-z]+\d[\w+]*|[^\W\d_]{{3,}}-\d{{1,3}}(?![\d.,%])|(?!(?:{_LED})\d)[^\W\d_]+\d\w*)
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


def literal(text: str) -> Number:
    """The value of a folded number literal: "1,500", "3.5", "3,5", "1.500.000" (in scripts of any digits)."""
    if text.isdecimal():
        return int(text)
    text = text.replace("،", ",")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        return whole(Fraction(text.replace(",", "")))
    if text.count(".") > 1:
        text = _GROUPS.sub("", text)
    return whole(Fraction(text.replace(",", ".")))


Place = Callable[[int, int], tuple[int, int]]
"""Folded span to the span in the piece."""


@cache
def analyser(lang: str) -> Callable[[str], tuple[Token, ...]]:
    """Gives the tokens of a run without spaces, places counted in it; remembers them by run."""
    return lru_cache(maxsize=1 << 16)(partial(_analyse, lang))


def _analyse(lang: str, piece: str) -> tuple[Token, ...]:
    cues = lexicon(lang).cues
    return tuple(replace(token, cues=cues[token.text]) if token.text in cues else token for token in _cut(lang, piece))


def _cut(lang: str, piece: str) -> tuple[Token, ...]:
    form = folded(piece)
    if form.text.isalpha() or not form.text:
        return (_word(form.text, 0, form.span, lang),) if form.text else ()
    found: list[Token] = []
    for match in _PIECE.finditer(form.text):
        token = _token(match.lastgroup or "gap", match[0], match.start(), form.span, lang)
        found.append(replace(token, glued=match.start() > 0))
    return _attached(found)


def _token(sort: str, text: str, start: int, place: Place, lang: str) -> Token:
    if sort == "word":
        return _word(text, start, place, lang)
    span = place(start, start + len(text))
    if sort == "digits" and len(text) > _LONGEST_LITERAL:
        return Token("inert", *span, text)
    if sort == "digits":
        return Token(sort, *span, text, literal(text))
    if sort == "symbol":
        return Token(sort, *span, text, unit=lexicon(lang).symbols.get(text, ""))
    return Token(sort, *span, text)


def _attached(found: list[Token]) -> tuple[Token, ...]:
    """Particles glued to a number literal (و500, بـ27, الـ30) become its particles; its span stays the digits'."""
    kept: list[Token] = []
    for token in found:
        before = kept[-1] if kept else None
        particle = before is not None and before.text in _PARTICLES and before.end == token.start
        if before and particle and token.sort == "digits":
            joined = before.text.startswith(_CONJUNCTIONS)
            kept[-1] = replace(token, joined=joined, bare=False, definite="ل" in before.text[1:], glued=before.glued)
        elif not (particle and token.sort == "dash"):
            kept.append(token)
    return tuple(kept)


_CONJUNCTIONS, _PREPOSITIONS = ("و", "ف"), ("ب", "ل", "ك")


def _word(text: str, start: int, place: Place, lang: str) -> Token:
    words = lexicon(lang)
    whole = place(start, start + len(text))
    if text in words.never:
        return Token("inert", *whole, text)
    for form, cut, definite in _readings(text, lang):
        span, joined = place(start + cut, start + len(text)), cut > 0 and text.startswith(_CONJUNCTIONS)
        bare = text[: len(text) - len(form)] in ("", "ال")
        if form in words.numbers:
            return Token(words.numbers[form][0], *span, form, words.numbers[form][1], joined, bare, definite)
        if form in words.duals:
            return Token("dual", *span, form, 2, joined, bare, definite, words.duals[form])
        if form in words.units or form in words.percent or form in words.rates:
            return Token("word", *span, form, joined=joined, bare=bare, definite=definite)
    if "and" in words.cues.get(text, ()):
        return Token("and", *whole, text, joined=True)
    return Token("word", *whole, stripped(text), definite=stripped(text) != text)


def _readings(text: str, lang: str) -> Iterator[tuple[str, int, bool]]:
    """(form, particle letters cut off, definite) of a word as written, then with its particles taken off."""
    yield text, 0, False
    if lang != "ar":
        return
    yield from _without_article(text, 0)
    if len(text) > 3 and text.startswith(_CONJUNCTIONS):
        yield text[1:], 1, False
        yield from _without_article(text[1:], 1)


def _without_article(rest: str, cut: int) -> Iterator[tuple[str, int, bool]]:
    if rest.startswith(("ال", "لل")):
        yield rest[2:], cut, True
    elif len(rest) > 3 and rest.startswith(_PREPOSITIONS):
        yield rest[1:], cut + 1, False
        if rest[1:3] == "ال":
            yield rest[3:], cut + 1, True
