"""Full stops: whether a mark (`.` `!` `؟` …) ends its sentence, judged by what stands before and after it.

Two dots are a pause, never an end. What abbreviations, initials, units and numbers mean before a full stop is read
from the table `abbreviations`.
"""

from __future__ import annotations

from functools import cache, partial

from msgspec import Struct

from site_src.text.fold import fold
from site_src.text.patterns import late
from site_src.text.words import folded_list

_SHARP = frozenset("!?؟")
_CONTINUES = frozenset("،,:;؛)]»%٪/")
_ADDRESS = frozenset("@/#")
_WORD = late(r"[^\W_]")
_DOTTED = late(r"(?:[^a-z](?:[a-z]{1,2}\.)+[a-z]{1,2}|^(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2})\Z")
_SHARE = late(r"\d{1,2}[%٪]")
"""The other half of a decimal that a space tore behind its point (3. 4%)."""
_NUMBER = late(r"[ابفكلو]{0,3}\d[\d.,/:-]*")


_words = partial(folded_list, "abbreviations")


@cache
def _starts() -> frozenset[str]:
    return _words("reports") | _words("starts")


@cache
def abbreviations() -> frozenset[str]:
    """Folded words whose full stop may be their own."""
    return _words("before") | _words("either") | _words("enough")


class Mark(Struct, frozen=True, gc=False):
    """A mark that may end a sentence, and what stands around it, as written."""

    marks: str
    before_last: str
    lead: str
    """What precedes the last word in its sentence, no more than a few characters of it."""
    before: str
    """The word that the mark follows at once, "" after white space; opening marks dropped."""
    closed: bool
    """Whether a quotation or bracket closes right after the mark."""
    introduced: bool
    """Whether that quotation follows a colon or begins the sentence."""
    gap: bool
    following: str
    """The first character after the gap."""
    opener: bool
    after: str
    """The word that follows."""

    @property
    def word(self) -> str:
        """The word that follows, folded; on demand, since most marks are judged without it."""
        return fold(self.after)

    @property
    def prior(self) -> str:
        """The word before the last one, folded."""
        return fold(self.before_last)


def is_end(mark: Mark) -> bool:
    """Whether the mark ends its sentence."""
    if mark.following in _CONTINUES or _is_between_strokes(mark.before):
        return False
    sharp = not _SHARP.isdisjoint(mark.marks)
    dots = mark.marks.count(".") + 3 * mark.marks.count("…")
    if dots == 2 and not sharp:
        return False
    if mark.closed:
        return mark.gap and ends_with_quotation(mark.marks[-1], mark.word, mark.introduced)
    if sharp:
        return _sharp_end(mark)
    if dots > 2:
        return mark.gap and (dots == 4 or mark.word in _words("reports"))
    return _stop_end(mark)


def _is_between_strokes(word: str) -> bool:
    """Whether a word is the agency of a dateline such as "PLACE, DAY. /AGENCY/. "."""
    return len(word) > 2 and word[0] == word[-1] == "/"


def ends_with_quotation(mark: str, word: str, introduced: bool) -> bool:
    """Whether a sentence ends with a quotation that closes right after `mark`, before `word`."""
    if mark in ".۔":
        return word not in _words("attributions") if introduced else word in _starts()
    return introduced and word in _starts()


def _sharp_end(mark: Mark) -> bool:
    """`!` and `؟` end a sentence before a gap, or before Arabic letters when the space was lost."""
    if mark.gap:
        return not ("a" <= mark.following <= "z")
    return mark.following.isalpha() and not mark.following.isascii()


def _stop_end(mark: Mark) -> bool:
    """Whether a single full stop ends the sentence."""
    if not mark.before:
        return mark.gap or not mark.word.isascii()
    if _numbers_a_list(mark):
        return mark.word in _starts()
    if not mark.gap:
        return _lost_space(mark)
    if len(mark.before) < 3 and mark.before.isdigit() and _SHARE.match(mark.after):
        return False
    if mark.before.isdigit() and mark.prior in _words("numbered"):
        return fold(mark.lead) != mark.prior and mark.word not in _words("continues")
    return not (mark.following.islower() and mark.before[-1].isascii()) and not _abbreviated(mark)


def _numbers_a_list(mark: Mark) -> bool:
    """`1.` at the start of a sentence or after a colon numbers a list."""
    if len(mark.before) > 2 or not mark.before.isdigit():
        return False
    return not mark.lead or mark.lead[-1] in ":؛•-–" or not _WORD.search(mark.lead)


def _lost_space(mark: Mark) -> bool:
    """Whether a full stop without a space after it ends a sentence all the same."""
    last = mark.before.rpartition(".")[2]
    if len(last) < 2:
        return False
    if mark.opener:
        return True
    if not mark.word or not _ADDRESS.isdisjoint(mark.before):
        return False
    if mark.word in _words("letters") and fold(last) in _words("letters"):
        return False
    if mark.word[0].isascii():
        return last[-1].isalpha() and not last[-1].isascii() and (mark.word[0].isdigit() or mark.following.isupper())
    abbreviated = fold(mark.before) in _words("before") or mark.word in _words("enough")
    return not abbreviated and (len(mark.word) > 1 or mark.word == "و")


def _abbreviated(mark: Mark) -> bool:
    """Whether the full stop belongs to an abbreviation or initial rather than to the sentence."""
    if not _ADDRESS.isdisjoint(mark.before):
        return False
    before = fold(mark.before)
    if before in _words("enough"):
        return mark.word in _words("continues")
    stem = before.removeprefix("و") or before
    if mark.following.isdigit() and stem in _words("before"):
        return True
    if len(stem) == 1 and stem.isalpha():
        return _initial(mark)
    if stem in _words("before"):
        return True
    return (before in _words("either") or bool(_DOTTED.search(before))) and mark.word not in _starts()


def _initial(mark: Mark) -> bool:
    """Whether a single letter is an initial or title, and not a unit, a label or the end of an agency's letters."""
    spelt_out = len(mark.prior) == 1 and mark.prior.isalpha()
    if spelt_out or _NUMBER.fullmatch(mark.prior) or mark.prior in _words("labels"):
        return mark.word in _words("continues")
    verb = mark.word.startswith("و") and mark.word.endswith("ت")
    return not (mark.word in _starts() or verb)
