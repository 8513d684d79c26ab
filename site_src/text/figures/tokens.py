"""Tokens of figures: what each word, literal and mark of a piece (a run without spaces) can be.

A word is looked up as written and then without its particles (و ف, ب ل ك, ال). What was found is remembered by piece,
because most pieces of a page have been seen before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache, partial

from msgspec import Struct
from msgspec.structs import replace

from site_src.text.figures.lexicon import (
    NO_CUES,
    NUMBER_SORTS,
    Lexicon,
    Number,
    Phrases,
    lexicon,
    stripped,
    whole,
)
from site_src.text.figures.signs import FIGURE, signs_of_dates
from site_src.text.fold import DAMMA, Folded, folded
from site_src.text.memo import Memo
from site_src.text.patterns import late
from site_src.text.words import CONJUNCTIONS, PREPOSITIONS, word_memo

STARTERS = frozenset({"digits", "dual", "symbol", "clock", *NUMBER_SORTS})
"""Sorts of token at which a figure can begin."""


class Token(Struct, frozen=True, gc=False):
    """A word, number literal or mark inside one piece (a run without spaces)."""

    sort: str
    """A class of `numbers.toml`, or "digits", "word", "dual", "symbol", "dash", "gap", "inert"."""
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
    bracketed: bool = False
    """Brackets of its own enclose it, as official texts set digits: (12) شهرا."""
    cues: frozenset[str] = NO_CUES
    """The cues of `numbers.toml` that the word gives."""
    units: Phrases = ()
    """The units and rates that it may begin."""
    rates: Phrases = ()
    signs: int = 0
    """`FIGURE` where a figure can begin; those of dates are a piece's, at its first token."""

    @property
    def whole(self) -> bool:
        """A number literal without decimals or separators."""
        return self.text.isdigit()


_PARTICLES = frozenset(["و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "وب", "ول", "فال", "وبال"])
_NUMBERED = frozenset({"label", "ordinal_construct"})
"""Cues of nouns that a number behind them numbers, whatever particle stands before them."""
_LONGEST_LITERAL = 24
"""Characters; longer runs of digits are keys and hashes, and Python refuses to read very long ones."""
_LED = "|".join(sorted(_PARTICLES))
_TIED = "من|عن|في|او|الي|الى|علي|حتي|بين|نحو|حوالي|منذ|بعد|قبل|عام|سنه|بنسبه|بمقدار|بقيمه"
"""Words that digits may touch where a space was lost (إلى45.50 دولار), and a dash between; any other is a name's."""
_LITERAL = (
    r"\d{1,4}ر\d+(?!\w)|"
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?(?!\d)|\d+(?:[.,،]\d+)?"
)
_PIECE = late(
    rf"""(?P<inert>https?://\S+|www\.\S+|\S+@\S+|[@\#]\S+|\d+\+\d+|\+\d{{5,}}|\d+(?:[-/:]\d+){{2,}}|\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}|\d+/\d+
            |[a-z]+\d[\w+]*|(?!(?:{_LED}|{_TIED})-)[^\W\d_]+-\d{{1,3}}(?![\d%]|[.,]\d)
            |(?:[a-z]+|[^\W\d_]{{2,3}})-(?!(?:19|20)\d\d(?!\d))\d{{4}}(?![\d%]|[.,]\d)|(?!(?:{_LED}|{_TIED})\d)[^\W\d_]+\d\w*(?:[.,]\d+)*)
      |(?P<clock>\d{{1,2}}:\d{{2}}(?!\d))
      |(?P<symbol>(?:us|a|c)?\$|[€£¥₽₸₺₴₩₹₪¢﷼%٪]|°[cم]?)
      |(?P<dash>[-–—−‑])
      |(?P<digits>{_LITERAL})
      |(?P<word>[^\W\d_]+[²³]?(?:/[^\W\d_]+)?(?:['’][^\W\d_]+)?)
      |(?P<gap>\S)""",
    re.VERBOSE,
)
_MARKS = '.،؛:؟!»”")]…'
"""Each is a gap by itself behind letters: most pieces that are more than a word are a word and some of these."""
_MONTH = frozenset({"month"})
"""The cue that the second of two names gives, which are of one month: نوفمبر/تشرين."""
_POINT = late(r"(\d+)ر(\d+)")
"""A decimal with a letter for its point, typed as it is to be seen from right to left: 2ر14 is 14.2."""
_GROUPS = late(r"(?<=\d)\.(?=\d{3}(?:\.|$|,))")


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
def analyser(lang: str) -> Memo[tuple[Token, ...]]:
    """Knows the tokens of a run without spaces, places counted in it."""
    return word_memo(partial(_analyse, lexicon(lang)))


@cache
def signer(lang: str) -> Memo[bytes]:
    """Knows the signs of the tokens of a run without spaces, each as a byte."""
    return word_memo(lambda piece: bytes([token.signs for token in analyser(lang)[piece]]))


def _analyse(words: Lexicon, piece: str) -> tuple[Token, ...]:
    form = folded(piece)
    tokens = _cut(words.lang, form)
    if not tokens:
        return ()
    if DAMMA in piece:
        tokens = tuple(_vocalised(words, piece, token) for token in tokens)
    signs = [FIGURE if token.sort in STARTERS else 0 for token in tokens]
    signs[0] |= signs_of_dates(form.text)
    return tuple(map(partial(_known, words), tokens, signs))


def _vocalised(words: Lexicon, piece: str, token: Token) -> Token:
    """The fraction that a word is where its vowel is written."""
    if token.text not in words.vocalised or piece[token.start + 1 : token.start + 2] != DAMMA:
        return token
    return replace(token, sort="fraction", value=words.vocalised[token.text])


def _known(words: Lexicon, token: Token, signs: int) -> Token:
    """The token with what the tables say of its word."""
    cues = words.cues.get(token.text, NO_CUES)
    if "/" in token.text:
        cues = words.cues.get(token.text.rpartition("/")[2], NO_CUES) & _MONTH
    if not signs and token.text not in words.written and not cues:
        return token
    return replace(
        token,
        cues=cues,
        units=words.units.get(token.text, ()),
        rates=words.rates.get(token.text, ()),
        signs=signs,
    )


def _cut(lang: str, form: Folded) -> tuple[Token, ...]:
    letters = form.text.rstrip(_MARKS)
    if letters.isalpha():
        marks = range(len(letters), len(form.text))
        gaps = [Token("gap", *form.span(mark, mark + 1), form.text[mark], glued=True) for mark in marks]
        return (_word(letters, 0, form.span, lang), *gaps)
    found: list[Token] = []
    for match in _PIECE.finditer(form.text):
        token = _token(match.lastgroup or "gap", match[0], match.start(), form.span, lang)
        found.append(replace(token, glued=True) if match.start() else token)
    return _attached(_unbracketed(found) if ")" in form.text or "]" in form.text else found)


def _token(sort: str, text: str, start: int, place: Place, lang: str) -> Token:
    if sort == "word":
        return _word(text, start, place, lang)
    span = place(start, start + len(text))
    if sort == "digits" and len(text) > _LONGEST_LITERAL:
        return Token("inert", *span, text)
    if sort == "digits":
        text = _POINT.sub(r"\2.\1", text)
        return Token(sort, *span, text, literal(text))
    if sort == "symbol":
        return Token(sort, *span, text, unit=lexicon(lang).symbols.get(text, ""))
    return Token(sort, *span, text)


def _unbracketed(found: list[Token]) -> list[Token]:
    """The tokens, digits with the brackets that enclose nothing else as one; square ones at a word hold a footnote."""
    kept: list[Token] = []
    for token in found:
        if token.text in (")", "]") and len(kept) > 1 and kept[-1].sort == "digits":
            digits, opening = kept[-1], kept[-2]
            if opening.text == "[" and opening.glued:
                kept[-1] = replace(digits, sort="inert")
            elif opening.text == "(" and token.text == ")":
                del kept[-2:]
                token = replace(digits, start=opening.start, end=token.end, glued=opening.glued, bracketed=True)
        kept.append(token)
    return kept


def _attached(found: list[Token]) -> tuple[Token, ...]:
    """Particles glued to a number literal (و500, بـ27, الـ30) become its particles; its span stays the digits'."""
    kept: list[Token] = []
    for token in found:
        before = kept[-1] if kept else None
        particle = before is not None and before.text in _PARTICLES and before.end == token.start
        if before and particle and token.sort == "digits":
            joined = before.text.startswith(CONJUNCTIONS)
            kept[-1] = replace(token, joined=joined, bare=False, definite="ل" in before.text[1:], glued=before.glued)
        elif not (particle and token.sort == "dash"):
            kept.append(token)
    return tuple(kept)


def _word(text: str, start: int, place: Place, lang: str) -> Token:
    words = lexicon(lang)
    whole = place(start, start + len(text))
    if text in words.never:
        return Token("inert", *whole, text)
    for form, cut, definite in _readings(text, lang):
        if form not in words.written:
            continue
        span, joined = place(start + cut, start + len(text)), cut > 0 and text.startswith(CONJUNCTIONS)
        bare = text[: len(text) - len(form)] in ("", "ال")
        if form in words.numbers:
            return Token(words.numbers[form][0], *span, form, words.numbers[form][1], joined, bare, definite)
        if form in words.duals:
            return Token("dual", *span, form, 2, joined, bare, definite, words.duals[form])
        return Token("word", *span, form, joined=joined, bare=bare, definite=definite)
    if "and" in words.cues.get(text, ()):
        return Token("and", *whole, text, joined=True)
    for form, cut, definite in _readings(text, lang):
        if form != text and not _NUMBERED.isdisjoint(words.cues.get(form, ())):
            return Token("word", *place(start + cut, start + len(text)), form, bare=False, definite=definite)
    return Token("word", *whole, stripped(text), definite=stripped(text) != text)


def _readings(text: str, lang: str) -> Iterator[tuple[str, int, bool]]:
    """(form, particle letters cut off, definite) of a word as written, then with its particles taken off."""
    yield text, 0, False
    if lang != "ar":
        return
    yield from _without_article(text, 0)
    if len(text) > 3 and text.startswith(CONJUNCTIONS):
        yield text[1:], 1, False
        yield from _without_article(text[1:], 1)


def _without_article(rest: str, cut: int) -> Iterator[tuple[str, int, bool]]:
    if rest.startswith(("ال", "لل")):
        yield rest[2:], cut, True
    elif len(rest) > 3 and rest.startswith(PREPOSITIONS):
        yield rest[1:], cut + 1, False
        if rest[1:3] == "ال":
            yield rest[3:], cut + 1, True
