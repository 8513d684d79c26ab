"""A pair of texts as the checks see it: words, names, figures and quotations of each side, read once and on need."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from site_src.model.brief import Figure
from site_src.model.edition import Finding
from site_src.text.figures import find_figures
from site_src.text.figures.lexicon import units
from site_src.text.fold import fold, fold_marks, unmarked
from site_src.text.memo import Once
from site_src.text.names import NameBook, NameSpan
from site_src.text.patterns import late
from site_src.text.words import folded_list
from site_src.translate.checks.amounts import Amount, amounts

READ = ("ar", "en")
"""The languages whose names and figures can be read."""
_WORD = late(r"[^\W_]+(?:['’-][^\W_]+)*")


_ACRONYM = late(r"\b[A-Z]{3,5}\b")
_DOTTED = late(r"\b(?:[A-Z]\.){2,}")
"""An acronym with its full stops: U.N."""
_GOES_ON = late(r"['’](?!s\b)[a-z]")
"""Behind a name, the rest of a longer one: Sana'a is not Sana."""
_SPELT = 12
"""Letters that an acronym leaves out, in the middle."""


@cache
def _currencies() -> frozenset[str]:
    """The last word of each currency, folded."""
    money = (unit for unit in units().values() if unit.kind == "money")
    return frozenset(fold(words.split()[-1]) for unit in money for words in (unit.one, unit.more))


Severity = Literal["error", "warning"]
Span = tuple[int, int]
Place = tuple[str, int, int]
"""A name by its country, or its id where it has none, or an office by what it is called here, with its span."""


class Side(Struct, frozen=True, dict=True):
    """One text of a pair."""

    text: str
    lang: str
    place: Literal["source", "target"]
    book: NameBook

    @Once
    def folded(self) -> str:
        """The text in which spelling variants are equal."""
        return fold(self.text)

    @property
    def stays(self) -> bool:
        """Whether folding leaves every letter at its place, so that a place in `folded` is one in `text`."""
        return len(self.folded) == len(self.text)

    def in_folded(self, place: int) -> int:
        """Where a place of the text is in `folded`."""
        return place if self.stays else len(fold(self.text[:place]))

    @Once
    def bare(self) -> str:
        """The text without vowel marks; hamzas stay."""
        return fold_marks(self.text)

    @Once
    def words(self) -> list[str]:
        """Folded words in order."""
        return _WORD.findall(self.folded)

    @Once
    def names(self) -> tuple[NameSpan, ...]:
        """Known names, their letters with marks or without; () where the language has none."""
        if self.lang == "en":
            plain = unmarked(self.text)
            plain = plain if len(plain) == len(self.text) else self.text
            dotted = {acronym.end(): acronym.start() for acronym in _DOTTED.finditer(plain)}
            found = self.book.unmarked.find_english(_DOTTED.sub(_undotted, plain) if dotted else plain)
            return tuple(
                replace(span, start=dotted[span.end]) if span.end in dotted else span
                for span in found
                if not _GOES_ON.match(self.text, span.end)
            )
        return tuple(filter(self._named, self.book.find(self.text, lone=True))) if self.lang == "ar" else ()

    def _named(self, span: NameSpan) -> bool:
        """Whether a short form can be trusted without its article: no common noun such as "the island", no figure."""
        words = fold(self.text[span.start : span.end])
        if not any(map(str.isalpha, words)):  # 5.1 is not the group of 5+1
            return False
        whole = fold(self.text[span.start - 1]) + words if span.start else ""
        if whole in folded_list("checks_numbers", "scales"):  # billions, not van der Leyen
            return False
        name = self.book.names[span.name_id]
        lone = name.kind == "person" and " " not in words and words.startswith("ال")
        return not lone and words not in map(fold, name.ar_short)

    @Once
    def figures(self) -> tuple[Figure, ...]:
        """Figures and dates outside of names; () where the language cannot be read."""
        if self.lang not in READ:
            return ()
        direct = [(span.start, span.end) for span in self.names if span.direct]
        if self.lang == "en" and not _currencies().isdisjoint(self.words):
            direct = [span for span in direct if not self._is_of_money(span[1])]
        return find_figures(self.text, self.lang, names=direct)

    @Once
    def amounts(self) -> tuple[Amount, ...]:
        """The amounts of the figures and dates."""
        return amounts(self.text, self.figures)

    def _is_of_money(self, end: int) -> bool:
        """Whether a currency follows a name that ends there, which is its issuer's: US dollars."""
        word = _WORD.match(self.text, end + 1)
        return word is not None and fold(word[0]) in _currencies()

    @Once
    def length(self) -> int:
        """Letters outside of figures and names: of these either language needs as many whatever the translator.

        An acronym that is no known name counts for the words that it stands for.
        """
        taken = [(figure.start, figure.end) for figure in self.figures] + [
            (name.start, name.end) for name in self.names
        ]
        short = [found.span() for found in _ACRONYM.finditer(self.text)] if self.lang == "en" else []
        told = sum(not any(start <= at < end for start, end in taken) for at, _ in short) * _SPELT
        return told + _letters(self.text) - sum(_letters(self.text[start:end]) for start, end in taken)

    def finding(self, check: str, severity: Severity, start: int, end: int) -> Finding:
        """A finding against the words at these places, which it quotes."""
        return Finding(check, severity, self.text[start:end], self.place, start, end)

    def folded_finding(self, check: str, severity: Severity, start: int, end: int) -> Finding:
        """A finding against words of `folded`, with their place where folding has moved nothing."""
        if self.stays:
            return self.finding(check, severity, start, end)
        return Finding(check, severity, self.folded[start:end], self.place)


def _undotted(acronym: re.Match[str]) -> str:
    """An acronym without its full stops that ends where it ended."""
    return acronym[0].replace(".", "").rjust(len(acronym[0]))


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


class Pair(Struct, frozen=True):
    """A source and what is offered as its translation."""

    source: Side
    target: Side

    @property
    def from_arabic(self) -> bool:
        """Whether it is English for Arabic, which alone the tables of words compare."""
        return (self.source.lang, self.target.lang) == ("ar", "en")

    @property
    def readable(self) -> bool:
        """Whether names and figures can be compared."""
        return {self.source.lang, self.target.lang} <= set(READ)
