"""Spoken: a paragraph as sayings are read off it, with a byte for each word that says what the word may be there.

Most words are nothing to a saying. Where verbs stand, where a speaker ends and where a clause may begin is sought in
the bytes, and only the words found there are looked at, with their places.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from operator import attrgetter, itemgetter

from site_src.text.cut import CutText, Span
from site_src.text.fold import DAMMA
from site_src.text.memo import Once
from site_src.text.names.book import NameSpan
from site_src.text.patterns import compiled
from site_src.text.quotations import OPENING_QUOTES
from site_src.text.sayings.words import (
    bearers,
    longest_quoted_name,
    media,
    openers,
    speaker_ends,
    speaker_words,
    unsaid_words,
    verbs_of_saying,
)
from site_src.text.words import Word, word_memo, words_of

VERB, OPENER, ENDS, CLAUSE, DENIES, LED, FOLLOWED, RELATIVE = (1 << bit for bit in range(8))
"""A verb of saying; the first of two words that are one; where no speaker goes on; what opens a clause; after which
nothing is said; a word with more than white space between it and the one before it in its piece, or after it;
after which more is told of somebody named before.
"""
_IMPERFECT = frozenset("يتن")
"""Letters with which an imperfect begins, whose vowels may be those of the active (يُعلن)."""
UNSEEN = " \u200f\u200e"
_COMMAS = frozenset("،,")
_PARTED = frozenset({"، ", ", "})
_START, _BEGINS = attrgetter("start"), itemgetter(0)


_MAY_SAY = compiled(b"[%s]" % re.escape(bytes(byte for byte in range(1 << 8) if byte & (VERB | OPENER))))


@cache
def _signs() -> dict[str, int]:
    """What each word that matters to a saying may be there."""
    kinds = (
        (VERB, verbs_of_saying()), (OPENER, openers()), (ENDS, speaker_ends()),
        (CLAUSE, speaker_words("clause")), (DENIES, unsaid_words()), (RELATIVE, speaker_words("relative")),
    )  # fmt: skip
    signs: dict[str, int] = {}
    for sign, words in kinds:
        signs |= {word: signs.get(word, 0) | sign for word in words}
    return signs


def _told(piece: str) -> bytes:
    """The words of a run without spaces, each as a byte."""
    told, last = bytearray(), 0
    for word, start, end in words_of(piece):
        sign = _signs().get(word, 0)
        if sign & VERB and DAMMA in piece and _is_passive(piece[start:end], word.lstrip("وف")):
            sign &= ~VERB
        told.append(sign | (piece[last:start].strip(UNSEEN) != "" and LED))
        last = end
    if told and piece[last:].strip(UNSEEN):
        told[-1] |= FOLLOWED
    return bytes(told)


def _is_passive(written: str, form: str) -> bool:
    """Whether a damma makes a verb passive (نُشر, اعتُبرت), so that nobody says it; `form` is folded, without و or ف."""
    place = written.find(DAMMA)
    within = form[0] not in _IMPERFECT and 1 < place < len(written) - 1 and written[place + 1] != "و"
    return place == 1 or within


_bytes = word_memo(_told)


def spoken(cut: CutText, names: Sequence[NameSpan]) -> Spoken | None:
    """The paragraph with the known names in it, in order; None where no word is a verb of saying."""
    pieces = _bytes.of(cut.pieces)
    signs = b"".join(pieces)
    may_say = [found.start() for found in _MAY_SAY.finditer(signs)]
    return Spoken(cut, names, pieces, signs, may_say) if may_say else None


class Spoken:
    """One paragraph; its words are numbered from 0."""

    def __init__(
        self, cut: CutText, names: Sequence[NameSpan], pieces: Sequence[bytes], signs: bytes, may_say: Sequence[int]
    ) -> None:
        self.text, self.names, self.signs, self.may_say = cut.text, names, signs, may_say
        """`may_say` are the words that are a verb of saying, or open one of two words."""
        self._cut, self._pieces = cut, pieces
        hollow = not all(pieces)
        self._single = not hollow and len(signs) == len(pieces)
        """Whether every piece is one word."""
        if hollow or cut.spaced != cut.text:
            self.signs = self._parted()
        if self.quotes:
            self.signs = self._named()

    def _parted(self) -> bytes:
        """The signs with what the pieces by themselves do not show: marks that stand alone, and lines that break."""
        signs = bytearray(self.signs)
        for word in range(1, len(signs)):
            signs[word] |= self.gap(word).strip(UNSEEN) != "" and LED
        return bytes(signs)

    def _named(self) -> bytes:
        """The signs without the marks around a short name: nobody says what stands in them."""
        signs, cut = bytearray(self.signs), self._cut
        for opened, closed in self.quotes.items():
            piece, last = cut.piece(opened), cut.piece(closed)
            first, end = (piece, last + 1) if self._single else (self._firsts[piece], self._firsts[last + 1])
            short = 0 < first < end <= first + longest_quoted_name() and cut.start(piece) == opened
            if short and self._names_something(opened, closed, first, end):
                signs[first] &= ~LED
                if closed == cut.start(last) + len(cut.pieces[last]) - 1:
                    signs[end - 1] &= ~FOLLOWED
        return bytes(signs)

    def _names_something(self, opened: int, closed: int, first: int, end: int) -> bool:
        """Whether a short quotation, of the words from `first` to `end`, is a name.

        It belongs to the word before it (شركة "النجم"), is known, says where something is said (على "تويتر": ...), or
        stands where the speaker does (وقالت "النجم" إن).
        """
        if self.text.startswith(":", closed + 1) or self.word(first - 1)[0] in bearers():
            return True
        speaks = self.says(first - 1) and end < len(self.signs) and bool(self.signs[end] & CLAUSE)
        return speaks or any(name.start == opened + 1 and name.end == closed for name in self.names)

    def may_end(self, first: int, limit: int) -> int:
        """The word, from `first` on, that a speaker does not go on to: after a mark, or one that ends it."""
        if self.signs[first - 1] & FOLLOWED:
            return first
        for word, signs in enumerate(self.signs[first:limit], first):
            if signs & (ENDS | LED) or (signs & VERB and word > first):
                return word
            if signs & FOLLOWED:
                return word + 1
        return min(limit, len(self.signs))

    def may_begin(self, first: int, limit: int) -> Iterator[int]:
        """The words from `first` on that open a clause or follow a mark."""
        before = self.signs[first - 1]
        for word, signs in enumerate(self.signs[first:limit], first):
            if signs & (CLAUSE | LED) or before & FOLLOWED:
                yield word
            before = signs

    def says(self, word: int) -> bool:
        """Whether a word is a verb of saying; none stands beyond the last."""
        return word < len(self.signs) and bool(self.signs[word] & VERB)

    def apart(self, word: int) -> bool:
        """Whether more than white space parts a word from the one before it."""
        return bool(self.signs[word] & LED or self.signs[word - 1] & FOLLOWED)

    def names_medium(self, word: int, gap: str) -> bool:
        """Whether the mark before a word only opens the name of who was spoken to (لصحيفة "الشرق")."""
        before = self.word(word - 1)[0]
        return ":" not in gap and before.removeprefix("ل") in media()

    def relative(self, word: int) -> bool:
        """Whether a word tells more of somebody named before it (التقارير التي تفيد)."""
        return word > 0 and bool(self.signs[word - 1] & RELATIVE)

    def sends(self, start: int) -> bool:
        """Whether the name that begins there is who sent the report, behind the place (أنقرة/الأناضول)."""
        return self.text[:start].rstrip().endswith("/")

    @Once
    def _firsts(self) -> list[int]:
        return list(accumulate(map(len, self._pieces), initial=0))

    def word(self, word: int) -> Word:
        """The folded word and its span."""
        piece, nth = word, 0
        if not self._single:
            piece = bisect_right(self._firsts, word) - 1
            nth = word - self._firsts[piece]
        form, start, end = words_of(self._cut.pieces[piece])[nth]
        before = self._cut.start(piece)
        return form, before + start, before + end

    def end(self, word: int) -> int:
        """Where a word ends, with a plus that belongs to it (أوبك+)."""
        end = self.word(word)[2]
        return end + self.text.startswith("+", end)

    def gap(self, word: int) -> str:
        """What stands between a word and the one before it."""
        return self.text[self.word(word - 1)[2] : self.word(word)[1]] if word else ""

    @Once
    def quotes(self) -> dict[int, int]:
        """Opening quotation mark -> closing mark."""
        return {first: last for first, last in self._cut.quotations if self.text[first] in OPENING_QUOTES}

    def sentence(self, place: int) -> Span:
        """The sentence that holds a place of the text."""
        return self._cut.sentences[bisect_right(self._cut.sentences, place, key=_BEGINS) - 1]

    def names_within(self, start: int, end: int) -> list[NameSpan]:
        """The names that stand between two places."""
        if not self.names:
            return []
        first = bisect_left(self.names, start, key=_START)
        last = bisect_right(self.names, end, key=_START)
        return [name for name in self.names[first:last] if name.end <= end]

    def beside(self, end: int) -> NameSpan | None:
        """The name between two commas right behind what ends there: of the one in office (الوزير الأول، فلان، إن)."""
        if self.text[end : end + 2] not in _PARTED:
            return None
        named = (name for name in self.names_within(end + 2, len(self.text)) if name.start == end + 2 and name.direct)
        return next((name for name in named if self.text[name.end : name.end + 1] in _COMMAS), None)

    def closes(self, start: int, end: int) -> bool:
        """Whether a quotation that opened from `start` on closes right at `end`."""
        return any(start < opened and closed == end for opened, closed in self.quotes.items())

    def quoted(self, place: int, since: int) -> bool:
        """Whether quotation marks that opened from `since` on hold the place."""
        return any(since <= opened < place < closed for opened, closed in self.quotes.items())
