"""A paragraph as the search for sayings sees it: one byte for each word says what that word may be in a saying.

Most words play no part in a saying. The verbs, the end of a speaker and the start of a clause are searched for in the
bytes, and only the words found there are looked up with their offsets.
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
    denial_words,
    first_of_two_words,
    longest_quoted_name,
    media,
    speaker_ends,
    speaker_words,
    verbs_of_saying,
)
from site_src.text.words import Word, word_memo, words_of

VERB, FIRST_OF_TWO, ENDS_SPEAKER, OPENS_CLAUSE, DENIES, MARK_BEFORE, MARK_AFTER, RELATIVE = (
    1 << bit for bit in range(8)
)
"""The bits of a word's byte.

`VERB` is a verb of saying, `FIRST_OF_TWO` the first word of one that is two words long. No speaker goes on at
`ENDS_SPEAKER`; `OPENS_CLAUSE` opens a clause; a verb after `DENIES` says nothing. `MARK_BEFORE` and `MARK_AFTER` tell
that more than white space stands beside the word in its piece. After `RELATIVE` more is told of somebody named before.
"""
_IMPERFECT = frozenset("يتن")
"""Letters with which an imperfect begins, whose vowels may be those of the active (يُعلن)."""
INVISIBLE = " \u200f\u200e"
"""Characters that are no mark: the space, and the two direction marks."""
_COMMAS = frozenset("،,")
_COMMA_AND_SPACE = frozenset({"، ", ", "})
_START, _SENTENCE_START = attrgetter("start"), itemgetter(0)


_VERB_CANDIDATE = compiled(b"[%s]" % re.escape(bytes(byte for byte in range(1 << 8) if byte & (VERB | FIRST_OF_TWO))))


@cache
def _bits_of_words() -> dict[str, int]:
    """The bits of each folded word that matters to a saying; those of its neighbouring marks are not among them."""
    words_of_bit = (
        (VERB, verbs_of_saying()), (FIRST_OF_TWO, first_of_two_words()), (ENDS_SPEAKER, speaker_ends()),
        (OPENS_CLAUSE, speaker_words("clause")), (DENIES, denial_words()), (RELATIVE, speaker_words("relative")),
    )  # fmt: skip
    bits: dict[str, int] = {}
    for bit, words in words_of_bit:
        bits |= {word: bits.get(word, 0) | bit for word in words}
    return bits


def _signs_of_piece(piece: str) -> bytes:
    """One byte for each word of a run without spaces."""
    signs, last_end = bytearray(), 0
    for word, start, end in words_of(piece):
        bits = _bits_of_words().get(word, 0)
        if bits & VERB and DAMMA in piece and _is_passive(piece[start:end], word.lstrip("وف")):
            bits &= ~VERB
        signs.append(bits | (piece[last_end:start].strip(INVISIBLE) != "" and MARK_BEFORE))
        last_end = end
    if signs and piece[last_end:].strip(INVISIBLE):
        signs[-1] |= MARK_AFTER
    return bytes(signs)


def _is_passive(written: str, form: str) -> bool:
    """Whether a damma makes a verb passive (نُشر, اعتُبرت), so that nobody says it; `form` is folded, without و or ف."""
    damma = written.find(DAMMA)
    within = form[0] not in _IMPERFECT and 1 < damma < len(written) - 1 and written[damma + 1] != "و"
    return damma == 1 or within


_signs_of_pieces = word_memo(_signs_of_piece)


def read_spoken(cut: CutText, names: Sequence[NameSpan]) -> SpokenParagraph | None:
    """The paragraph with the known names in it, in order; None where no word is a verb of saying."""
    signs_of_pieces = _signs_of_pieces.of(cut.pieces)
    signs = b"".join(signs_of_pieces)
    verb_candidates = [match.start() for match in _VERB_CANDIDATE.finditer(signs)]
    return SpokenParagraph(cut, names, signs_of_pieces, signs, verb_candidates) if verb_candidates else None


class SpokenParagraph:
    """One paragraph. A word is given by its number, counted from 0; an offset counts characters of `text`."""

    def __init__(
        self,
        cut: CutText,
        names: Sequence[NameSpan],
        signs_of_pieces: Sequence[bytes],
        signs: bytes,
        verb_candidates: Sequence[int],
    ) -> None:
        self.text, self.names, self.signs, self.verb_candidates = cut.text, names, signs, verb_candidates
        """`signs` has a byte for each word; `verb_candidates` are the words with `VERB` or `FIRST_OF_TWO`."""
        self._cut, self._signs_of_pieces = cut, signs_of_pieces
        some_piece_empty = not all(signs_of_pieces)
        self._one_word_each = not some_piece_empty and len(signs) == len(signs_of_pieces)
        """Whether every piece is one word."""
        if some_piece_empty or cut.spaced != cut.text:
            self.signs = self._with_marks_between_pieces()
        if self.quotes:
            self.signs = self._without_marks_of_names()

    def _with_marks_between_pieces(self) -> bytes:
        """The signs with what the pieces by themselves do not show: marks that stand alone, and line breaks."""
        signs = bytearray(self.signs)
        for word in range(1, len(signs)):
            signs[word] |= self.gap_before(word).strip(INVISIBLE) != "" and MARK_BEFORE
        return bytes(signs)

    def _without_marks_of_names(self) -> bytes:
        """The signs without the quotation marks around a short name: nobody says what stands in them."""
        signs, cut = bytearray(self.signs), self._cut
        for opened, closed in self.quotes.items():
            first_piece, last_piece = cut.piece(opened), cut.piece(closed)
            if self._one_word_each:
                first, stop = first_piece, last_piece + 1
            else:
                first, stop = self._first_words[first_piece], self._first_words[last_piece + 1]
            is_short = 0 < first < stop <= first + longest_quoted_name() and cut.start(first_piece) == opened
            if is_short and self._is_name(opened, closed, first, stop):
                signs[first] &= ~MARK_BEFORE
                if closed == cut.start(last_piece) + len(cut.pieces[last_piece]) - 1:
                    signs[stop - 1] &= ~MARK_AFTER
        return bytes(signs)

    def _is_name(self, opened: int, closed: int, first: int, stop: int) -> bool:
        """Whether a short quotation, of the words from `first` up to `stop`, is a name.

        It belongs to the word before it (شركة "النجم"), is known, says where something is said (على "تويتر": ...), or
        stands where the speaker does (وقالت "النجم" إن).
        """
        if self.text.startswith(":", closed + 1) or self.form(first - 1) in bearers():
            return True
        speaks = self.is_verb(first - 1) and stop < len(self.signs) and bool(self.signs[stop] & OPENS_CLAUSE)
        return speaks or any(name.start == opened + 1 and name.end == closed for name in self.names)

    def speaker_stop(self, first: int, limit: int) -> int:
        """The first word, from `first` on, that is no part of a speaker: it stands after a mark, or ends one."""
        if self.signs[first - 1] & MARK_AFTER:
            return first
        for word, bits in enumerate(self.signs[first:limit], first):
            if bits & (ENDS_SPEAKER | MARK_BEFORE) or (bits & VERB and word > first):
                return word
            if bits & MARK_AFTER:
                return word + 1
        return min(limit, len(self.signs))

    def content_candidates(self, first: int, limit: int) -> Iterator[int]:
        """The words from `first` up to `limit` that open a clause or follow a mark."""
        bits_before = self.signs[first - 1]
        for word, bits in enumerate(self.signs[first:limit], first):
            if bits & (OPENS_CLAUSE | MARK_BEFORE) or bits_before & MARK_AFTER:
                yield word
            bits_before = bits

    def is_verb(self, word: int) -> bool:
        """Whether a word is a verb of saying; False beyond the last word."""
        return word < len(self.signs) and bool(self.signs[word] & VERB)

    def follows_mark(self, word: int) -> bool:
        """Whether more than white space stands between a word and the one before it."""
        return bool(self.signs[word] & MARK_BEFORE or self.signs[word - 1] & MARK_AFTER)

    def follows_medium(self, word: int, gap: str) -> bool:
        """Whether the mark before a word only opens the name of the medium spoken to (لصحيفة "الشرق")."""
        previous = self.form(word - 1)
        return ":" not in gap and previous.removeprefix("ل") in media()

    def follows_relative(self, word: int) -> bool:
        """Whether a word tells more of somebody named before it (التقارير التي تفيد)."""
        return word > 0 and bool(self.signs[word - 1] & RELATIVE)

    def names_sender(self, start: int) -> bool:
        """Whether the name at offset `start` is the agency that sent the report, after the place (أنقرة/الأناضول)."""
        return self.text[:start].rstrip().endswith("/")

    @Once
    def _first_words(self) -> list[int]:
        """The number of the first word of each piece, and the count of all words at the end."""
        return list(accumulate(map(len, self._signs_of_pieces), initial=0))

    def word(self, word: int) -> Word:
        """The folded word and its span."""
        piece, within_piece = word, 0
        if not self._one_word_each:
            piece = bisect_right(self._first_words, word) - 1
            within_piece = word - self._first_words[piece]
        form, start, end = words_of(self._cut.pieces[piece])[within_piece]
        piece_start = self._cut.start(piece)
        return form, piece_start + start, piece_start + end

    def form(self, word: int) -> str:
        """The folded word."""
        return self.word(word)[0]

    def word_end(self, word: int) -> int:
        """The offset at which a word ends, with a plus that belongs to it (أوبك+)."""
        end = self.word(word)[2]
        return end + self.text.startswith("+", end)

    def gap_before(self, word: int) -> str:
        """The characters between a word and the one before it."""
        return self.text[self.word(word - 1)[2] : self.word(word)[1]] if word else ""

    @Once
    def quotes(self) -> dict[int, int]:
        """Offset of each opening quotation mark to that of its closing mark."""
        return {opened: closed for opened, closed in self._cut.quotations if self.text[opened] in OPENING_QUOTES}

    def sentence_at(self, offset: int) -> Span:
        """The span of the sentence that holds the offset."""
        return self._cut.sentences[bisect_right(self._cut.sentences, offset, key=_SENTENCE_START) - 1]

    def names_within(self, start: int, end: int) -> list[NameSpan]:
        """The names that stand between two offsets."""
        if not self.names:
            return []
        first = bisect_left(self.names, start, key=_START)
        stop = bisect_right(self.names, end, key=_START)
        return [name for name in self.names[first:stop] if name.end <= end]

    def name_between_commas(self, end: int) -> NameSpan | None:
        """The name between two commas right after offset `end`, as of an office-holder (الوزير الأول، فلان، إن)."""
        if self.text[end : end + 2] not in _COMMA_AND_SPACE:
            return None
        names = (name for name in self.names_within(end + 2, len(self.text)) if name.start == end + 2 and name.direct)
        return next((name for name in names if self.text[name.end : name.end + 1] in _COMMAS), None)

    def quotation_closes(self, start: int, end: int) -> bool:
        """Whether a quotation that opened after offset `start` closes right at `end`."""
        return any(start < opened and closed == end for opened, closed in self.quotes.items())

    def is_quoted(self, offset: int, since: int) -> bool:
        """Whether the offset lies inside quotation marks that opened at offset `since` or later."""
        return any(since <= opened < offset < closed for opened, closed in self.quotes.items())
