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
    text = sentence[_opening(sentence, names) :]
    words = _words(text)
    if len(words) <= _length("longest"):
        return _shown(text)
    held = _held(text, names)
    cuts = [cut for cut in _cuts(words) if not held[words[cut.place].start]]
    chosen = _chosen(_complete(words, cuts))
    return _shown(text[: words[chosen].start] if chosen else text)


def _held(text: str, names: NameBook) -> bytearray:
    """1 for every letter before which nothing may be cut: inside names, figures and quotation marks."""
    inside = bytearray(len(text) + 1)
    spans = [(name.start, name.end) for name in names.find(text)]
    spans += [(figure.start, figure.end) for figure in find_figures(text)]
    spans += [(first, last + 1) for first, last in pairs(text)]
    for first, last in spans:
        inside[first + 1 : last] = b"\1" * (last - first - 1)
    return inside


def _shown(text: str) -> str:
    """Without the marks that the cut left at its end."""
    return text.rstrip(_EDGE)


def _opening(text: str, names: NameBook) -> int:
    """Where the clause begins: after a dateline and after a circumstance that is closed by a comma."""
    dateline = _after_dateline(text, names)
    start = dateline if len(text[dateline:].split()) >= _length("shortest") else 0
    comma = _COMMA.search(text, start)
    first = _WORD.search(text, start)
    if not comma or not first or fold(first[0]) not in _phrases("leading"):
        return start
    rest = comma.end() + len(text[comma.end() :]) - len(text[comma.end() :].lstrip())
    return rest if len(text[rest:].split()) >= _length("shortest") else start


def _after_dateline(text: str, names: NameBook) -> int:
    """Where a dateline ends, and who wrote from there; 0 where there is none.

    Between slashes only an agency makes one, or any word behind a bare name (اليوم /الأحد/); of several words before a
    bare dash, a name is the first, and no remark follows (فلان - الذي ...).
    """
    found = opening(text)
    if not found:
        return 0
    before = found[0].rstrip(" \t-–—ـ")
    if found["agency"]:
        place = before.partition("/")[0].strip()
        named = any(name.end - name.start == len(place) for name in names.find(place))
        if not named and not agency_of(found["agency"]):
            return 0
    elif "(" not in before and "/" not in before:
        told = _WORD.search(text, found.end())
        several = len(before.split()) > _length("dateline")
        if told and fold(told[0]) in _phrases("trailing") and _DASH.search(text, told.end()):
            return 0
        if several and not any(name.start == 0 for name in names.find(before.lstrip())):
            return 0
    byline = _BYLINE.match(text, found.end())
    return byline.end() if byline and fold(byline[1]) in _phrases("byline") else found.end()


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
    found = list(_WORD.finditer(text))
    ends = ["", *(match[0][-1] for match in found)]
    return [
        _Word(folded_word(match[0].strip(_EDGE + '«»"“”')), match.start(), end in "،,؛" and end != "")
        for match, end in zip(found, ends, strict=False)
    ]


def _cuts(words: list[_Word]) -> Iterator[_Cut]:
    """Places where a clause may end."""
    for place, word in enumerate(words[1:], 1):
        two = f"{word.folded} {words[place + 1].folded}" if place + 1 < len(words) else word.folded
        follows = _phrases("trailing" if word.after_comma else "bare")
        verb = verbs_of_saying().get(word.folded)
        if word.folded in follows or two in follows or (verb and verb.role == "participle"):
            yield _Cut(place, True)
        elif word.after_comma and not _goes_on(words, place):
            yield _Cut(place, False)


def _goes_on(words: list[_Word], place: int) -> bool:
    """Whether a clause goes on behind a comma: a day stands beside it, or an office or a particle after it."""
    before, after = words[place - 1].folded, words[place].folded
    days = weekdays().keys() | _phrases("days")
    return not days.isdisjoint({before, after}) or after in offices() or after in _phrases("goes_on")


def _complete(words: list[_Word], cuts: list[_Cut]) -> list[_Cut]:
    """The cuts that do not part the clause a sentence opens with (قال ...، إن) from its verb."""
    clauses = [place for place, word in enumerate(words) if word.folded in speaker_words("clause")]
    first = clauses[0] if clauses else len(words)
    last_apart = max((place for place in clauses if words[place].after_comma), default=-1)
    opening = frozenset(clauses)
    says = bool(words) and words[0].folded in verbs_of_saying()
    return [
        cut
        for cut in cuts
        if cut.place not in opening
        and (first < cut.place or last_apart < cut.place)
        and not (says and clauses and not cut.strong and cut.place < first)
    ]


def _chosen(cuts: list[_Cut]) -> int:
    """The longest cut of the wished length, before a trailing clause or else at a comma; else the first later; or 0."""
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
