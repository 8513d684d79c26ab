"""Tokens of figures: what each word, literal and mark of a piece (a run without spaces) can be.

A word is looked up as written and then without its particles (و ف, ب ل ك, ال). The tokens of a piece are remembered,
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
    simplify,
    without_article,
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
    has_and: bool = False
    """Whether it has the و of "and" before it."""
    bare: bool = True
    """Whether it has no particle, the article aside."""
    definite: bool = False
    """Whether it has the article."""
    unit: str = ""
    """Id of the unit of a dual or symbol."""
    glued: bool = False
    """Whether it follows another token of its piece, without a space."""
    bracketed: bool = False
    """Whether brackets enclose it alone, as in official texts: (12) شهرا."""
    cues: frozenset[str] = NO_CUES
    """The cues of `numbers.toml` that the word gives."""
    units: Phrases = ()
    """The phrases for units that it may begin."""
    rates: Phrases = ()
    """The phrases for rates that it may begin."""
    signs: int = 0
    """`FIGURE` where a figure can begin. The signs of dates are those of the piece, at its first token."""

    @property
    def is_plain_integer(self) -> bool:
        """Whether it is a number literal without decimals or separators."""
        return self.text.isdigit()


_PARTICLES = frozenset(["و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "وب", "ول", "فال", "وبال"])
_NUMBERED = frozenset({"label", "ordinal_construct"})
"""Cues of nouns that a number may follow as their ordinal; they count with any particle before the noun."""
_LONGEST_LITERAL = 24
"""Characters; longer runs of digits are keys and hashes, and Python refuses to read very long ones."""
_ANY_PARTICLE = "|".join(sorted(_PARTICLES))
_MAY_TOUCH_DIGITS = "من|عن|في|او|الي|الى|علي|حتي|بين|نحو|حوالي|منذ|بعد|قبل|عام|سنه|بنسبه|بمقدار|بقيمه"
"""Words that digits may touch, or with a dash, where a space was lost (إلى45.50 دولار); any other is part of a name."""
_LITERAL = (
    r"\d{1,4}ر\d+(?!\w)|"
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?(?!\d)|\d+(?:[.,،]\d+)?"
)
_PIECE = late(
    rf"""(?P<inert>https?://\S+|www\.\S+|\S+@\S+|[@\#]\S+|\d+\+\d+|\+\d{{5,}}|\d+(?:[-/:]\d+){{2,}}|\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}|\d+/\d+
            |[a-z]+\d[\w+]*|(?!(?:{_ANY_PARTICLE}|{_MAY_TOUCH_DIGITS})-)[^\W\d_]+-\d{{1,3}}(?![\d%]|[.,]\d)
            |(?:[a-z]+|[^\W\d_]{{2,3}})-(?!(?:19|20)\d\d(?!\d))\d{{4}}(?![\d%]|[.,]\d)|(?!(?:{_ANY_PARTICLE}|{_MAY_TOUCH_DIGITS})\d)[^\W\d_]+\d\w*(?:[.,]\d+)*)
      |(?P<clock>\d{{1,2}}:\d{{2}}(?!\d))
      |(?P<symbol>(?:us|a|c)?\$|[€£¥₽₸₺₴₩₹₪¢﷼%٪]|°[cم]?)
      |(?P<dash>[-–—−‑])
      |(?P<digits>{_LITERAL})
      |(?P<word>[^\W\d_]+[²³]?(?:/[^\W\d_]+)?(?:['’][^\W\d_]+)?)
      |(?P<gap>\S)""",
    re.VERBOSE,
)
_MARKS = '.،؛:؟!»”")]…'
"""Marks that are a gap each behind a word: most pieces that are more than a word end with some of these."""
_MONTH = frozenset({"month"})
"""The cue of the second of two names for one month: نوفمبر/تشرين."""
_POINT = late(r"(\d+)ر(\d+)")
"""A decimal with a letter for its point, typed in its order on the page, from right to left: 2ر14 is 14.2."""
_GROUPS = late(r"(?<=\d)\.(?=\d{3}(?:\.|$|,))")


def literal(text: str) -> Number:
    """The value of a folded number literal: "1,500", "3.5", "3,5", "1.500.000" (in scripts of any digits)."""
    if text.isdecimal():
        return int(text)
    text = text.replace("،", ",")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        return simplify(Fraction(text.replace(",", "")))
    if text.count(".") > 1:
        text = _GROUPS.sub("", text)
    return simplify(Fraction(text.replace(",", ".")))


ToOriginal = Callable[[int, int], tuple[int, int]]
"""Maps a span of the folded piece to the span in the piece as written."""


@cache
def analyser(lang: str) -> Memo[tuple[Token, ...]]:
    """Remembers the tokens of each piece; their offsets count in the piece."""
    return word_memo(partial(_analyse, lexicon(lang)))


@cache
def signer(lang: str) -> Memo[bytes]:
    """Remembers the signs of the tokens of each piece, one byte for each token."""
    return word_memo(lambda piece: bytes([token.signs for token in analyser(lang)[piece]]))


def _analyse(words: Lexicon, piece: str) -> tuple[Token, ...]:
    form = folded(piece)
    tokens = _tokenise(words.lang, form)
    if not tokens:
        return ()
    if DAMMA in piece:
        tokens = tuple(_with_vowel(words, piece, token) for token in tokens)
    signs = [FIGURE if token.sort in STARTERS else 0 for token in tokens]
    signs[0] |= signs_of_dates(form.text)
    return tuple(map(partial(_with_lexicon, words), tokens, signs))


def _with_vowel(words: Lexicon, piece: str, token: Token) -> Token:
    """The token, as a fraction where its vowel shows that its word is one (خُمس)."""
    if token.text not in words.vocalised or piece[token.start + 1 : token.start + 2] != DAMMA:
        return token
    return replace(token, sort="fraction", value=words.vocalised[token.text])


def _with_lexicon(words: Lexicon, token: Token, signs: int) -> Token:
    """The token with the cues, units and rates of its word, and with its signs."""
    cues = words.cues.get(token.text, NO_CUES)
    if "/" in token.text:
        cues = words.cues.get(token.text.rpartition("/")[2], NO_CUES) & _MONTH
    if not signs and token.text not in words.known_words and not cues:
        return token
    return replace(
        token,
        cues=cues,
        units=words.units.get(token.text, ()),
        rates=words.rates.get(token.text, ()),
        signs=signs,
    )


def _tokenise(lang: str, form: Folded) -> tuple[Token, ...]:
    """The tokens of a folded piece, before anything but numbers and duals is looked up."""
    letters = form.text.rstrip(_MARKS)
    if letters.isalpha():
        marks = range(len(letters), len(form.text))
        gaps = [Token("gap", *form.span(mark, mark + 1), form.text[mark], glued=True) for mark in marks]
        return (_word(letters, 0, form.span, lang), *gaps)
    tokens: list[Token] = []
    for match in _PIECE.finditer(form.text):
        token = _token(match.lastgroup or "gap", match[0], match.start(), form.span, lang)
        tokens.append(replace(token, glued=True) if match.start() else token)
    has_brackets = ")" in form.text or "]" in form.text
    return _with_attached_particles(_without_brackets(tokens) if has_brackets else tokens)


def _token(sort: str, text: str, start: int, to_original: ToOriginal, lang: str) -> Token:
    """The token of a match of `_PIECE`, which begins at `start` of the folded piece."""
    if sort == "word":
        return _word(text, start, to_original, lang)
    span = to_original(start, start + len(text))
    if sort == "digits" and len(text) > _LONGEST_LITERAL:
        return Token("inert", *span, text)
    if sort == "digits":
        text = _POINT.sub(r"\2.\1", text)
        return Token(sort, *span, text, literal(text))
    if sort == "symbol":
        return Token(sort, *span, text, unit=lexicon(lang).symbols.get(text, ""))
    return Token(sort, *span, text)


def _without_brackets(tokens: list[Token]) -> list[Token]:
    """The tokens with digits and the brackets around them alone as one; those in square ones are a footnote."""
    merged: list[Token] = []
    for token in tokens:
        if token.text in (")", "]") and len(merged) > 1 and merged[-1].sort == "digits":
            digits, opening = merged[-1], merged[-2]
            if opening.text == "[" and opening.glued:
                merged[-1] = replace(digits, sort="inert")
            elif opening.text == "(" and token.text == ")":
                del merged[-2:]
                token = replace(digits, start=opening.start, end=token.end, glued=opening.glued, bracketed=True)
        merged.append(token)
    return merged


def _with_attached_particles(tokens: list[Token]) -> tuple[Token, ...]:
    """The tokens, with particles glued to a number literal (و500, بـ27, الـ30) merged into it; its span is the same."""
    merged: list[Token] = []
    for token in tokens:
        before = merged[-1] if merged else None
        particle = before is not None and before.text in _PARTICLES and before.end == token.start
        if before and particle and token.sort == "digits":
            merged[-1] = replace(
                token,
                has_and=before.text.startswith(CONJUNCTIONS),
                bare=False,
                definite="ل" in before.text[1:],
                glued=before.glued,
            )
        elif not (particle and token.sort == "dash"):
            merged.append(token)
    return tuple(merged)


def _word(word: str, start: int, to_original: ToOriginal, lang: str) -> Token:
    """The token of a folded word, by the first of its readings that the lexicon has."""
    words = lexicon(lang)
    word_end = start + len(word)
    span = to_original(start, word_end)
    if word in words.never:
        return Token("inert", *span, word)
    for form, cut, definite in _readings_of(word, lang):
        if form not in words.known_words:
            continue
        form_span, has_and = to_original(start + cut, word_end), cut > 0 and word.startswith(CONJUNCTIONS)
        bare = word[: len(word) - len(form)] in ("", "ال")
        if form in words.numbers:
            sort, value = words.numbers[form]
            return Token(sort, *form_span, form, value, has_and, bare, definite)
        if form in words.duals:
            return Token("dual", *form_span, form, 2, has_and, bare, definite, words.duals[form])
        return Token("word", *form_span, form, has_and=has_and, bare=bare, definite=definite)
    if "and" in words.cues.get(word, ()):
        return Token("and", *span, word, has_and=True)
    for form, cut, definite in _readings_of(word, lang):
        if form != word and not _NUMBERED.isdisjoint(words.cues.get(form, ())):
            return Token("word", *to_original(start + cut, word_end), form, bare=False, definite=definite)
    return Token("word", *span, without_article(word), definite=without_article(word) != word)


def _readings_of(word: str, lang: str) -> Iterator[tuple[str, int, bool]]:
    """(form, letters cut off, definite) of a word as written, then without its particles and article."""
    yield word, 0, False
    if lang != "ar":
        return
    yield from _readings_of_article(word, 0)
    if len(word) > 3 and word.startswith(CONJUNCTIONS):
        yield word[1:], 1, False
        yield from _readings_of_article(word[1:], 1)


def _readings_of_article(word: str, cut: int) -> Iterator[tuple[str, int, bool]]:
    """The same of a word whose first `cut` letters are off, if it begins with the article or a preposition."""
    if word.startswith(("ال", "لل")):
        yield word[2:], cut, True
    elif len(word) > 3 and word.startswith(PREPOSITIONS):
        yield word[1:], cut + 1, False
        if word[1:3] == "ال":
            yield word[3:], cut + 1, True
