"""A sentence as the summary reads it: its words, and the cues by which editors take or leave it."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import cache
from itertools import chain, pairwise
from operator import eq

from msgspec import Struct

from site_src.brief.summary.stems import bare, kinds, latest_year, opened_by, stems
from site_src.model.page import Article
from site_src.tables import table
from site_src.text.article import ReadArticle
from site_src.text.patterns import late
from site_src.text.quotations import OPENING_QUOTES
from site_src.text.sayings.words import speaker_ends, speaker_words
from site_src.text.words import folded_list

_KINDS = frozenset({"text", "list"})
_FRONT = 3
"""Words in which a sentence says what it is about."""
_THAT = 4
"""First words of a sentence, among which "that" stands for what was told before it."""
_ANSWERS_FOR_ONE = frozenset({"answer", "pointing"})
"""Cues of a sentence that answers the one before it and leaves to that one of whom it speaks (لكنه)."""
_MARKS = frozenset("،.")
_SPEECH = late(r':\s*[«“„"]')
_CLOSERS = ' »”“")]'


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
    stems: Set[str]
    front: tuple[str, ...]
    """Stems of its first words."""
    figures: int
    """How many of its words are or hold figures."""
    cues: frozenset[str]
    """What it opens with or holds (kinds of `summary_cues`), and what its marks and verbs show."""
    subject: int
    """Place of the sentence without which this one does not stand: its own, or the one that says who speaks in
    "وأضاف أن", which statement "وأضاف البيان" means, what ذلك is, or of whom لكنه speaks."""


def read_lines(read: ReadArticle) -> Iterator[Line]:
    """The sentences of the certain paragraphs of text and lists, in order."""
    place = subject = 0
    earlier: list[tuple[set[str], int]] = []
    year, that = _year(read.article), _that()
    for number, paragraph in enumerate(read.article.paragraphs):
        if paragraph.kind not in _KINDS:
            continue
        for nth, (start, end) in enumerate(read.texts[number].sentences):
            text = paragraph.text[start:end]
            words = text.split()
            meant = stems.of(words)
            said = set(meant)
            said.discard("")
            if not said and not any(map(bare, words)):
                continue
            held = list(chain.from_iterable(filter(None, kinds.of(words))))
            cues = _cues(text, words, held)
            if year and "year" in cues and _is_past(words, year):
                cues |= {"past"}
            if "subjectless" not in cues:
                subject = _introduced(words, earlier) if "saying" in cues else place
            earlier.append((said, subject))
            front = tuple(filter(None, meant[:_FRONT]))
            figures = held.count("figure")
            points = cues >= _ANSWERS_FOR_ONE or not that.isdisjoint(words[:_THAT])
            needed = place - 1 if points and place else subject
            yield Line(text, number, start, place, nth == 0, len(words), said, front, figures, cues, needed)
            place += 1


def _year(article: Article) -> int:
    """The year in which an article was published, or updated; 0 where neither is known."""
    days = (article.published.value, article.updated.value)
    return next((day.year for day in days if day and day.year), 0)


def _is_past(words: list[str], year: int) -> bool:
    """Whether all the years that a sentence states are gone, the last one before `year` left out."""
    return max(map(latest_year, words)) < year - 1


def _cues(text: str, written: list[str], held: list[str]) -> frozenset[str]:
    words = written if bare(written[0]) else list(filter(bare, written))
    cues = set(held)
    if phrases := opened_by(words[0]):
        cues.update([kind for phrase, kind in phrases if all(map(eq, map(bare, words[1:]), phrase))])
    if text.rstrip(_CLOSERS).endswith("؟"):
        cues.add("question")
    if text[0] in OPENING_QUOTES and "saying" not in cues:
        cues.add("unspoken")
    if _SPEECH.search(text):
        cues.add("speech")
    if not _MARKS.isdisjoint(written) and _has_gap(written):
        cues.add("gap")
    if "saying" in cues and _lacks_subject(words, written):
        cues.add("subjectless")
    return frozenset(cues)


def _verb(words: list[str]) -> int:
    """The place of the verb of saying that opens the words; -1 where none does."""
    first = 1 if bare(words[0]) in folded_list("summary_cues", "before_verb") else 0
    return first if len(words) > first and "saying" in kinds[words[first]] else -1


def _lacks_subject(words: list[str], written: list[str]) -> bool:
    """Whether the sentence opens with a verb of saying whose speaker stands in an earlier sentence (وأضاف أن).

    `written` has the marks that stand alone as well.
    """
    verb = _verb(words)
    if verb < 0:
        return False
    if len(words) > verb + 1 and bare(words[verb + 1]) in speaker_ends():
        return True
    return written[verb].endswith(":") or (len(written) > verb + 1 and written[verb + 1][0] in OPENING_QUOTES)


def _introduced(words: list[str], earlier: list[tuple[set[str], int]]) -> int:
    """Place of the sentence that first tells of the speaker: an earlier one where this one says "the statement" alone.

    `earlier` has the stems of each sentence before it, and where that one is introduced.
    """
    place, speaker = len(earlier), _bare_speaker(words)
    return next((found for stems, found in reversed(earlier) if speaker in stems), place) if speaker else place


def _bare_speaker(words: list[str]) -> str:
    """The stem of a speaker that is one word with its article after a verb that opens the sentence; "" for others."""
    verb = _verb(words)
    if verb < 0 or len(words) < verb + 3 or not words[verb + 1].startswith("ال"):
        return ""
    speaker, after = words[verb + 1], words[verb + 2]
    says = speaker.endswith(":") or after[0] in OPENING_QUOTES or bare(after) in speaker_words("clause")
    return stems[speaker] if says else ""


def _has_gap(written: list[str]) -> bool:
    """Whether a mark stands alone behind a preposition: Arabic strands none, so that the words between were lost."""
    return any(mark in _MARKS and before in _prepositions() for before, mark in pairwise(written))


@cache
def _prepositions() -> frozenset[str]:
    """As they are written, alone or behind a conjunction."""
    words = table("summary_cues")["prepositions"]
    return frozenset(conjunction + word for conjunction in ("", "و", "ف") for word in words)


@cache
def _that() -> frozenset[str]:
    """As it is written, with a mark or without: it stands for what the sentence before tells."""
    return frozenset(word + mark for word in table("summary_cues")["that"] for mark in ("", "،", ":"))
