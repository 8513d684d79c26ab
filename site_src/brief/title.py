"""The title of a brief: the stated one, or the main clause of the lead sentence, cut out and never reworded.

A cut falls only where a clause ends: before a participle of saying (مؤكدا), a trailing clause (، حيث) or at a comma,
and never inside a name, a figure or quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from site_src.model import Article, Found
from site_src.tables import table
from site_src.text.figures import find_figures
from site_src.text.fold import fold
from site_src.text.names.book import NameBook
from site_src.text.quotations import pairs
from site_src.text.sentences import split

_DATELINE = re.compile(r"\s*[^.:،؟!«»\"“”]{2,40}?\s[-–—]\s+")
_COMMA = re.compile("[،,؛]")
_AFTER_COMMA = re.compile(r"[،,]\s*([^\W\d_]+)")
_WORD = re.compile(r"\S+")
_EDGE = " \t\n،,؛;:.-–—"


def make_title(article: Article, names: NameBook) -> Found[str]:
    """The stated title (or the editor's); else one "inferred" from the lead; unknown where there is no text."""
    if article.title.value:
        return article.title
    for paragraph in article.paragraphs:
        if paragraph.certain and paragraph.kind in {"text", "standfirst"} and paragraph.text.strip():
            start, end = split(paragraph.text)[0] if split(paragraph.text) else (0, len(paragraph.text))
            sentence = paragraph.text[start:end]
            return Found(derive_title(sentence, names), "inferred", sentence, "lead")
    return Found()


def derive_title(sentence: str, names: NameBook) -> str:
    """The main clause of a sentence: its own words in their order, 5 to 16 where a clause ends there."""
    text = sentence[_opening(sentence) :]
    held = [(name.start, name.end) for name in names.find(text)]
    held += [(figure.start, figure.end) for figure in find_figures(text)]
    held += [(first, last + 1) for first, last in pairs(text)]
    strong: list[int] = []
    weak: list[int] = []
    for place, is_strong in _cuts(text):
        if not any(first < place < last for first, last in held) and _complete(text, place):
            (strong if is_strong else weak).append(place)
    return _shown(text[: _chosen(text, strong, weak)])


def _shown(text: str) -> str:
    """Without the marks that the cut left at its end."""
    return text.rstrip(_EDGE)


def _opening(text: str) -> int:
    """Where the clause begins: after a dateline and after a circumstance that is closed by a comma."""
    dateline = _DATELINE.match(text)
    start = dateline.end() if dateline and len(text[dateline.end() :].split()) >= _length("shortest") else 0
    comma = _COMMA.search(text, start)
    first = _WORD.search(text, start)
    if not comma or not first or fold(first[0]) not in _phrases("leading"):
        return start
    rest = comma.end() + len(text[comma.end() :]) - len(text[comma.end() :].lstrip())
    return rest if len(text[rest:].split()) >= _length("shortest") else start


def _cuts(text: str) -> Iterator[tuple[int, bool]]:
    """Places where a clause may end, and whether what follows is surely a trailing clause."""
    words = [(fold(match[0].strip(_EDGE + '«»"“”')), match.start()) for match in _WORD.finditer(text)]
    for number, (word, start) in enumerate(words[1:], 1):
        two = f"{word} {words[number + 1][0]}" if number + 1 < len(words) else word
        comma = text[:start].rstrip()[-1:] in "،,؛"
        follows = "trailing" if comma else "bare"
        if word in _phrases(follows) or two in _phrases(follows) or word in _participles():
            yield start, True
        elif comma:
            yield start, False


def _complete(text: str, place: int) -> bool:
    """Whether the clause that the sentence opens with (قال … أن) begins before the cut."""
    clause = _phrases("clause")
    before = any(fold(word.strip(_EDGE)) in clause for word in text[:place].split())
    first = text[place:].split()[:1]
    if first and fold(first[0].strip(_EDGE)) in clause:
        return False
    return before or not any(fold(match[1]) in clause for match in _AFTER_COMMA.finditer(text, place))


def _chosen(text: str, strong: list[int], weak: list[int]) -> int:
    """The longest cut of the wished length, before a trailing clause or else at a comma; else the first one later."""
    shortest, longest = _length("shortest"), _length("longest")
    if len(text.split()) <= longest:
        return len(text)
    lengths = {place: len(text[:place].split()) for place in [*strong, *weak]}
    for places in (strong, weak):
        fitting = [place for place in places if shortest <= lengths[place] <= longest]
        if fitting:
            return max(fitting)
    later = [place for place in lengths if lengths[place] > longest and place in strong]
    return min(later, default=len(text))


def _length(name: str) -> int:
    words: int = table("titles")["length"][name]
    return words


@cache
def _phrases(name: str) -> frozenset[str]:
    return frozenset(map(fold, table("speakers")["clause"] if name == "clause" else table("titles")[name]))


@cache
def _participles() -> frozenset[str]:
    return frozenset(fold(form) for verb in table("verbs")["verb"].values() for form in verb.get("participle", []))
