"""Full stops: whether a mark (`.` `!` `؟` …) ends its sentence, judged by what stands before and after it.

Two dots are a pause, never an end. The table `abbreviations` says what abbreviations, initials, units and numbers mean
before a full stop.
"""

from __future__ import annotations

from functools import cache, partial

from msgspec import Struct

from site_src.text.fold import fold
from site_src.text.patterns import late
from site_src.text.words import folded_list

_QUESTION_MARKS = frozenset("!?؟")
_CONTINUES = frozenset("،,:;؛)]»%٪/")
_ADDRESS = frozenset("@/#")
_WORD = late(r"[^\W_]")
_DOTTED = late(r"(?:[^a-z](?:[a-z]{1,2}\.)+[a-z]{1,2}|^(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2})\Z")
_SHARE = late(r"\d{1,2}[%٪]")
"""The second half of a decimal with a space behind its point (3. 4%)."""
_NUMBER = late(r"[ابفكلو]{0,3}\d[\d.,/:-]*")


_words = partial(folded_list, "abbreviations")


@cache
def _starts() -> frozenset[str]:
    return _words("reports") | _words("starts")


@cache
def abbreviations() -> frozenset[str]:
    """Folded words that may have a full stop of their own."""
    return _words("before") | _words("either") | _words("enough")


class Mark(Struct, frozen=True, gc=False):
    """A mark that may end a sentence, and what stands around it, as written."""

    marks: str
    """The mark itself, or several in a row."""
    before_last: str
    """The word before the last one."""
    lead: str
    """The characters before the last word in its sentence, as far as they are near."""
    before: str
    """The last word, which the mark follows at once, without opening marks; "" after white space."""
    closed: bool
    """Whether a quotation or bracket closes right after the mark."""
    introduced: bool
    """Whether that quotation follows a colon or begins the sentence."""
    gap: bool
    """Whether white space follows."""
    following: str
    """The first character after the gap."""
    opener: bool
    """Whether an opening mark follows the gap."""
    after: str
    """The word that follows."""

    @property
    def word(self) -> str:
        """The word that follows, folded on demand: most marks are judged without it."""
        return fold(self.after)

    @property
    def prior(self) -> str:
        """The word before the last one, folded."""
        return fold(self.before_last)


def is_end(mark: Mark) -> bool:
    """Whether the mark ends its sentence."""
    if mark.following in _CONTINUES or _is_between_strokes(mark.before):
        return False
    question = not _QUESTION_MARKS.isdisjoint(mark.marks)
    dots = mark.marks.count(".") + 3 * mark.marks.count("…")
    if dots == 2 and not question:
        return False
    if mark.closed:
        return mark.gap and ends_with_quotation(mark.marks[-1], mark.word, mark.introduced)
    if question:
        return _question_ends(mark)
    if dots > 2:
        return mark.gap and (dots == 4 or mark.word in _words("reports"))
    return _full_stop_ends(mark)


def _is_between_strokes(word: str) -> bool:
    """Whether a word is the agency of a dateline such as "PLACE, DAY. /AGENCY/. "."""
    return len(word) > 2 and word[0] == word[-1] == "/"


def ends_with_quotation(mark: str, word: str, introduced: bool) -> bool:
    """Whether a sentence ends with a quotation that closes right after `mark`, before `word`."""
    if mark in ".۔":
        return word not in _words("attributions") if introduced else word in _starts()
    return introduced and word in _starts()


def _question_ends(mark: Mark) -> bool:
    """Whether `!` or `؟` ends a sentence: before a gap, or before Arabic letters where the space was lost."""
    if mark.gap:
        return not ("a" <= mark.following <= "z")
    return mark.following.isalpha() and not mark.following.isascii()


def _full_stop_ends(mark: Mark) -> bool:
    """Whether a single full stop ends the sentence."""
    if not mark.before:
        return mark.gap or not mark.word.isascii()
    if _numbers_a_list(mark):
        return mark.word in _starts()
    if not mark.gap:
        return _ends_without_space(mark)
    if mark.before.isdigit():
        if len(mark.before) < 3 and _SHARE.match(mark.after):
            return False
        if mark.prior in _words("numbered"):
            return fold(mark.lead) != mark.prior and mark.word not in _words("continues")
    goes_on_in_latin = mark.following.islower() and mark.before[-1].isascii()
    return not goes_on_in_latin and not _is_abbreviation(mark)


def _numbers_a_list(mark: Mark) -> bool:
    """Whether a number before a full stop numbers a list: at the start of a sentence, or after a colon or bullet."""
    if len(mark.before) > 2 or not mark.before.isdigit():
        return False
    return not mark.lead or mark.lead[-1] in ":؛•-–" or not _WORD.search(mark.lead)


def _ends_without_space(mark: Mark) -> bool:
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
        after_arabic_letter = last[-1].isalpha() and not last[-1].isascii()
        return after_arabic_letter and (mark.word[0].isdigit() or mark.following.isupper())
    if fold(mark.before) in _words("before") or mark.word in _words("enough"):
        return False
    return len(mark.word) > 1 or mark.word == "و"


def _is_abbreviation(mark: Mark) -> bool:
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
        return _is_initial(mark)
    if stem in _words("before"):
        return True
    may_be_abbreviation = before in _words("either") or bool(_DOTTED.search(before))
    return may_be_abbreviation and mark.word not in _starts()


def _is_initial(mark: Mark) -> bool:
    """Whether a single letter is an initial or title, and not a unit, a label or the end of an agency's letters."""
    spelt_out = len(mark.prior) == 1 and mark.prior.isalpha()
    if spelt_out or _NUMBER.fullmatch(mark.prior) or mark.prior in _words("labels"):
        return mark.word in _words("continues")
    is_verb = mark.word.startswith("و") and mark.word.endswith("ت")
    return mark.word not in _starts() and not is_verb
