"""A pair of texts as the checks see it: the words, names and figures of each side are read once, when first needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
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

READABLE_LANGUAGES = frozenset(("ar", "en"))
"""The languages whose names and figures can be read."""
_WORD = late(r"[^\W_]+(?:['’-][^\W_]+)*")
_ACRONYM = late(r"\b[A-Z]{3,5}\b")
_DOTTED_ACRONYM = late(r"\b(?:[A-Z]\.){2,}")
"""An acronym with its full stops: U.N."""
_REST_OF_NAME = late(r"['’](?!s\b)[a-z]")
"""What follows a name that is only the beginning of a longer one: Sana'a is not Sana."""
_ACRONYM_LETTERS = 12
"""How many letters the words behind an acronym have more than the acronym, typically."""


@cache
def _currencies() -> frozenset[str]:
    """The last word of each currency, folded."""
    money = (unit for unit in units().values() if unit.kind == "money")
    return frozenset(fold(words.split()[-1]) for unit in money for words in (unit.singular, unit.plural))


Severity = Literal["error", "warning"]
Span = tuple[int, int]
"""Start and end of a stretch of text, in characters; the end is exclusive."""


class Side(Struct, frozen=True, dict=True):
    """One text of a pair."""

    text: str
    lang: str
    role: Literal["source", "target"]
    book: NameBook

    @Once
    def folded(self) -> str:
        """The text with spelling variants made equal."""
        return fold(self.text)

    @property
    def folds_in_place(self) -> bool:
        """Whether folding moves no letter, so that an offset in `folded` is the same offset in `text`."""
        return len(self.folded) == len(self.text)

    def folded_offset(self, offset: int) -> int:
        """The offset in `folded` of an offset in `text`."""
        return offset if self.folds_in_place else len(fold(self.text[:offset]))

    @Once
    def bare(self) -> str:
        """The text without vowel marks; the hamzas are kept."""
        return fold_marks(self.text)

    @Once
    def words(self) -> list[str]:
        """Folded words in order."""
        return _WORD.findall(self.folded)

    @Once
    def names(self) -> tuple[NameSpan, ...]:
        """The known names in the text, with or without marks on their letters; () in a language that has none."""
        if self.lang == "en":
            return tuple(self._english_names())
        if self.lang == "ar":
            return tuple(filter(self._is_surely_a_name, self.book.find(self.text, lone=True)))
        return ()

    def _english_names(self) -> Iterator[NameSpan]:
        plain = unmarked(self.text)
        plain = plain if len(plain) == len(self.text) else self.text
        acronym_starts = {acronym.end(): acronym.start() for acronym in _DOTTED_ACRONYM.finditer(plain)}
        if acronym_starts:
            plain = _DOTTED_ACRONYM.sub(_without_full_stops, plain)
        for span in self.book.unmarked.find_english(plain):
            if _REST_OF_NAME.match(self.text, span.end):
                continue
            yield replace(span, start=acronym_starts[span.end]) if span.end in acronym_starts else span

    def _is_surely_a_name(self, span: NameSpan) -> bool:
        """Whether an Arabic match is a name, not a common noun such as "the island" and not part of a figure."""
        words = fold(self.text[span.start : span.end])
        if not any(map(str.isalpha, words)):  # 5.1 is not the group of 5+1
            return False
        with_letter_before = fold(self.text[span.start - 1]) + words if span.start else ""
        if with_letter_before in folded_list("checks_numbers", "scales"):  # billions, not van der Leyen
            return False
        name = self.book.names[span.name_id]
        is_one_word_with_article = name.kind == "person" and " " not in words and words.startswith("ال")
        return not is_one_word_with_article and words not in map(fold, name.ar_short)

    @Once
    def figures(self) -> tuple[Figure, ...]:
        """The figures and dates outside of names; () where the language cannot be read."""
        if self.lang not in READABLE_LANGUAGES:
            return ()
        name_spans = [(span.start, span.end) for span in self.names if span.direct]
        if self.lang == "en" and not _currencies().isdisjoint(self.words):
            name_spans = [(start, end) for start, end in name_spans if not self._is_before_currency(end)]
        return find_figures(self.text, self.lang, names=name_spans)

    @Once
    def amounts(self) -> tuple[Amount, ...]:
        """The amounts of the figures and dates."""
        return amounts(self.text, self.figures)

    def _is_before_currency(self, end: int) -> bool:
        """Whether a currency follows the name that ends here, which is then its issuer's: US dollars."""
        word = _WORD.match(self.text, end + 1)
        return word is not None and fold(word[0]) in _currencies()

    @Once
    def length(self) -> int:
        """The number of letters outside of figures and names, which a translator can hardly make fewer or more.

        An English acronym that is no known name counts for the words that it stands for.
        """
        spans = [(figure.start, figure.end) for figure in self.figures] + [
            (name.start, name.end) for name in self.names
        ]
        acronyms = _ACRONYM.finditer(self.text) if self.lang == "en" else ()
        unknown_acronyms = sum(not any(start <= acronym.start() < end for start, end in spans) for acronym in acronyms)
        letters_in_spans = sum(_count_letters(self.text[start:end]) for start, end in spans)
        return unknown_acronyms * _ACRONYM_LETTERS + _count_letters(self.text) - letters_in_spans

    def finding(self, check: str, severity: Severity, start: int, end: int) -> Finding:
        """A finding against the words from `start` to `end` of the text, which it quotes."""
        return Finding(check, severity, self.text[start:end], self.role, start, end)

    def folded_finding(self, check: str, severity: Severity, start: int, end: int) -> Finding:
        """A finding against words of `folded`; it has offsets only where folding moves no letter."""
        if self.folds_in_place:
            return self.finding(check, severity, start, end)
        return Finding(check, severity, self.folded[start:end], self.role)


def _without_full_stops(acronym: re.Match[str]) -> str:
    """The acronym without its full stops, filled with spaces on the left so that it ends where it ended."""
    return acronym[0].replace(".", "").rjust(len(acronym[0]))


def _count_letters(text: str) -> int:
    return sum(map(str.isalpha, text))


class Pair(Struct, frozen=True):
    """A source and what is offered as its translation."""

    source: Side
    target: Side

    @property
    def from_arabic(self) -> bool:
        """Whether the pair is Arabic with its English, the only pair for which there are tables of words."""
        return (self.source.lang, self.target.lang) == ("ar", "en")

    @property
    def readable(self) -> bool:
        """Whether names and figures can be compared."""
        return {self.source.lang, self.target.lang} <= READABLE_LANGUAGES
