"""The title of a brief: the stated one, or the main clause of the lead sentence, cut out and never reworded.

A cut falls only where a clause ends: before a participle of saying (مؤكدا), a trailing clause (، حيث) or at a comma,
and never inside a name, a figure or quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from site_src.model.fields import Found
from site_src.model.page import Article
from site_src.tables import table
from site_src.text.agencies import agency_of
from site_src.text.date_surroundings import weekdays
from site_src.text.datelines import opening
from site_src.text.figures import find_figures
from site_src.text.fold import fold
from site_src.text.names.book import NameBook
from site_src.text.patterns import late
from site_src.text.quotations import pairs
from site_src.text.sayings.words import offices, speaker_words, verbs_of_saying
from site_src.text.sentences import split
from site_src.text.words import folded_list, folded_word

_BYLINE = late(r"([^\W\d_]+)\s[^.:،؟!«»\"“”()/–—-]{2,40}\s[-–—]\s+")
_DASH = late(r"\s[-–—]\s")
_COMMA = late("[،,؛]")
_WORD = late(r"\S+")
_EDGE = " \t\n،,؛;:.-–—"


def make_title(article: Article, names: NameBook) -> Found[str]:
    """The stated title (or the editor's); else one "inferred" from the lead; unknown where there is no text."""
    if article.title.value:
        return article.title
    for paragraph in article.paragraphs:
        if paragraph.certain and paragraph.kind in {"text", "standfirst"} and paragraph.text.strip():
            start, end = split(paragraph.text)[0]
            sentence = paragraph.text[start:end]
            return Found(derive_title(sentence, names), "inferred", sentence, "lead")
    return Found()


def derive_title(sentence: str, names: NameBook) -> str:
    """The main clause of a sentence: its own words in their order, 5 to 16 where a clause ends there."""
    text = sentence[_clause_start(sentence, names) :]
    words = _words(text)
    if len(words) <= _length("longest"):
        return _without_end_marks(text)
    uncuttable = _uncuttable(text, names)
    cuts = [cut for cut in _cuts(words) if not uncuttable[words[cut.place].start]]
    place = _best_cut(_keeping_clauses(words, cuts))
    return _without_end_marks(text[: words[place].start] if place else text)


def _uncuttable(text: str, names: NameBook) -> bytearray:
    """One byte for each offset of the text: 1 inside names, figures and quotation marks, where nothing may be cut."""
    uncuttable = bytearray(len(text) + 1)
    spans = [(name.start, name.end) for name in names.find(text)]
    spans += [(figure.start, figure.end) for figure in find_figures(text)]
    spans += [(start, end + 1) for start, end in pairs(text)]
    for start, end in spans:
        uncuttable[start + 1 : end] = b"\1" * (end - start - 1)
    return uncuttable


def _without_end_marks(text: str) -> str:
    """The text without the punctuation at its end."""
    return text.rstrip(_EDGE)


def _clause_start(text: str, names: NameBook) -> int:
    """The offset at which the clause begins: after a dateline and after a circumstance closed by a comma."""
    shortest = _length("shortest")
    dateline = _dateline_end(text, names)
    start = dateline if len(text[dateline:].split()) >= shortest else 0
    comma = _COMMA.search(text, start)
    first_word = _WORD.search(text, start)
    if not comma or not first_word or fold(first_word[0]) not in _phrases("leading"):
        return start
    after_comma = len(text) - len(text[comma.end() :].lstrip())
    return after_comma if len(text[after_comma:].split()) >= shortest else start


def _dateline_end(text: str, names: NameBook) -> int:
    """The offset behind a dateline and the byline that may follow it; 0 where there is no dateline.

    Between slashes stands an agency, or any word behind a bare name (اليوم /الأحد/). Several words before a bare dash
    begin with a name, and the dash does not open a remark (فلان - الذي ...).
    """
    dateline = opening(text)
    if not dateline:
        return 0
    words = dateline[0].rstrip(" \t-–—ـ")
    if dateline["agency"]:
        if not _is_name(words.partition("/")[0].strip(), names) and not agency_of(dateline["agency"]):
            return 0
    elif "(" not in words and "/" not in words:
        if _opens_remark(text, dateline.end()):
            return 0
        several = len(words.split()) > _length("dateline")
        if several and not any(name.start == 0 for name in names.find(words.lstrip())):
            return 0
    byline = _BYLINE.match(text, dateline.end())
    return byline.end() if byline and fold(byline[1]) in _phrases("byline") else dateline.end()


def _is_name(text: str, names: NameBook) -> bool:
    return any(name.end - name.start == len(text) for name in names.find(text))


def _opens_remark(text: str, start: int) -> bool:
    """Whether a trailing clause begins at `start` and a further dash closes it."""
    first_word = _WORD.search(text, start)
    if first_word is None or fold(first_word[0]) not in _phrases("trailing"):
        return False
    return _DASH.search(text, first_word.end()) is not None


class _Word(Struct, frozen=True):
    folded: str
    start: int
    after_comma: bool


class _Cut(Struct, frozen=True):
    place: int
    """Index of the first word left out, which is the number of words kept."""
    strong: bool
    """Whether what follows is surely a trailing clause."""


def _words(text: str) -> list[_Word]:
    matches = list(_WORD.finditer(text))
    previous_ends = ["", *(match[0][-1] for match in matches)]
    return [
        _Word(folded_word(match[0].strip(_EDGE + '«»"“”')), match.start(), end in "،,؛" and end != "")
        for match, end in zip(matches, previous_ends, strict=False)
    ]


def _cuts(words: list[_Word]) -> Iterator[_Cut]:
    """The places where a clause may end."""
    for place, word in enumerate(words[1:], 1):
        if _opens_trailing_clause(words, place):
            yield _Cut(place, True)
        elif word.after_comma and not _clause_continues(words, place):
            yield _Cut(place, False)


def _opens_trailing_clause(words: list[_Word], place: int) -> bool:
    """Whether a word opens a trailing clause, by itself, with the word behind it, or as a participle of saying."""
    word = words[place]
    openers = _phrases("trailing" if word.after_comma else "bare")
    if word.folded in openers:
        return True
    if place + 1 < len(words) and f"{word.folded} {words[place + 1].folded}" in openers:
        return True
    verb = verbs_of_saying().get(word.folded)
    return verb is not None and verb.role == "participle"


def _clause_continues(words: list[_Word], place: int) -> bool:
    """Whether a clause continues behind a comma: a day stands on either side, or an office or a particle after it."""
    before, after = words[place - 1].folded, words[place].folded
    days = weekdays().keys() | _phrases("days")
    return not days.isdisjoint({before, after}) or after in offices() or after in _phrases("goes_on")


def _keeping_clauses(words: list[_Word], cuts: list[_Cut]) -> list[_Cut]:
    """The cuts that do not part a verb from the clause that it opens (قال ...، إن)."""
    clauses = [place for place, word in enumerate(words) if word.folded in speaker_words("clause")]
    first_clause = clauses[0] if clauses else len(words)
    last_after_comma = max((place for place in clauses if words[place].after_comma), default=-1)
    opens_with_saying = bool(clauses) and bool(words) and words[0].folded in verbs_of_saying()

    def parts_clause(cut: _Cut) -> bool:
        if cut.place in clauses:
            return True
        if cut.place <= first_clause and cut.place <= last_after_comma:
            return True
        return opens_with_saying and not cut.strong and cut.place < first_clause

    return [cut for cut in cuts if not parts_clause(cut)]


def _best_cut(cuts: list[_Cut]) -> int:
    """The place of the last cut of the wished length, before a trailing clause or else at a comma.

    Where there is none, the first later cut before a trailing clause; else 0.
    """
    longest = _length("longest")
    for strong, shortest in ((True, _length("shortest")), (False, _length("shortest_at_comma"))):
        fitting = [cut.place for cut in cuts if cut.strong is strong and shortest <= cut.place <= longest]
        if fitting:
            return fitting[-1]
    return next((cut.place for cut in cuts if cut.strong and cut.place > longest), 0)


def _length(name: str) -> int:
    words: int = table("titles")["length"][name]
    return words


_phrases = partial(folded_list, "titles")
