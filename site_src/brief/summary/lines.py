"""One sentence as the summary reads it: its words, and the cues by which editors take or leave it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from operator import attrgetter

from msgspec import Struct

from site_src.brief.summary.stems import Word, read_word
from site_src.tables import table
from site_src.text.article import ReadArticle
from site_src.text.fold import fold

_KINDS = frozenset({"text", "list"})
_FRONT = 3
"""Words in which a sentence says what it is about."""
_QUOTES = frozenset('«“„”"')
_SPEECH = re.compile(r':\s*[«“„"]')
_CLOSERS = ' »”“")]'
_STEM, _KINDS_OF = attrgetter("stem"), attrgetter("kinds")


class Line(Struct, frozen=True, gc=False):
    """A sentence that may be chosen."""

    text: str
    paragraph: int
    start: int
    place: int
    """Among the sentences that may be chosen, from 0."""
    opens: bool
    """Whether it is the first of its paragraph."""
    words: int
    stems: frozenset[str]
    front: tuple[str, ...]
    """Stems of its first words."""
    figures: int
    """How many of its words are or hold figures."""
    cues: frozenset[str]
    """What it opens with or holds (kinds of `summary_cues`), and what its marks and verbs show."""
    subject: int
    """Place of the sentence that says who speaks here: its own, or an earlier one for "وأضاف أن"."""


def read_lines(read: ReadArticle) -> Iterator[Line]:
    """The sentences of the certain paragraphs of text and lists, in order."""
    place = subject = 0
    for number, paragraph in enumerate(read.article.paragraphs):
        if paragraph.kind not in _KINDS:
            continue
        for nth, (start, end) in enumerate(read.texts[number].sentences):
            text = paragraph.text[start:end]
            words = list(map(read_word, text.split()))
            stems = list(map(_STEM, words))
            said = frozenset(filter(None, stems))
            if not said and not any(word.folded for word in words):
                continue
            held = list(chain.from_iterable(filter(None, map(_KINDS_OF, words))))
            cues = _cues(text, words, held)
            subject = subject if "subjectless" in cues else place
            front = tuple(filter(None, stems[:_FRONT]))
            figures = held.count("figure")
            yield Line(text, number, start, place, nth == 0, len(words), said, front, figures, cues, subject)
            place += 1


def _cues(text: str, words: list[Word], kinds: list[str]) -> frozenset[str]:
    words = words if words[0].folded else [word for word in words if word.folded]
    cues = {*kinds, *_opened(words)} if words[0].opens else set(kinds)
    if "؟" in text[-4:] and text[-4:].rstrip(_CLOSERS).endswith("؟"):
        cues.add("question")
    if text[0] in _QUOTES and "saying" not in cues:
        cues.add("unspoken")
    if ":" in text and _SPEECH.search(text):
        cues.add("speech")
    if "saying" in cues and _lacks_subject(text, words):
        cues.add("subjectless")
    return frozenset(cues)


def _opened(words: list[Word]) -> Iterator[str]:
    """Kinds of cue that the sentence opens with."""
    for phrase, kind in words[0].opens:
        if all(word.folded == wanted for word, wanted in zip(words[1:], phrase, strict=False)):
            yield kind


def _lacks_subject(text: str, words: list[Word]) -> bool:
    """Whether the sentence opens with a verb of saying whose speaker stands in an earlier sentence (وأضاف أن)."""
    first = 1 if words[0].folded in _before_verb() else 0
    if len(words) <= first or "saying" not in words[first].kinds:
        return False
    if len(words) > first + 1 and words[first + 1].folded in _clauses():
        return True
    tokens = text.split(None, first + 2)
    return tokens[first].endswith(":") or (len(tokens) > first + 1 and tokens[first + 1][0] in _QUOTES)


@cache
def _clauses() -> frozenset[str]:
    return frozenset(map(fold, [*table("speakers")["clause"], *table("speakers")["ends"]]))


@cache
def _before_verb() -> frozenset[str]:
    return frozenset(map(fold, table("summary_cues")["before_verb"]))
