"""A sentence as the summary reads it: its words, and the cues by which editors take or leave it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from functools import cache
from itertools import chain, pairwise
from operator import eq

from msgspec import Struct

from site_src.brief.summary.ages import Ages
from site_src.brief.summary.replies import Replies, denial_cue
from site_src.brief.summary.stems import bare, kinds, opened_by, stems
from site_src.model.brief import Figure
from site_src.tables import table
from site_src.text.article import ReadArticle
from site_src.text.patterns import late
from site_src.text.quotations import OPENING_QUOTES
from site_src.text.sayings.words import speaker_ends, speaker_words
from site_src.text.words import folded_list

_KINDS = frozenset({"text", "list"})
_TOPIC_WORDS = 3
"""The first words of a sentence, in which it says what it is about."""
_THAT_WORDS = 4
"""The first words of a sentence, among which "that" points back to the sentence before it."""
_ANSWERS_AND_POINTS_BACK = frozenset({"answer", "pointing"})
"""Cues of a sentence that answers the one before it, which alone says of whom both speak (لكنه)."""
_TELLS_WHEN = frozenset({"background", "present"})
"""Cues of a sentence that says by its first word whether it tells what was before the news, whatever year it states."""
_MARKS = frozenset("،.")
_SPEECH = late(r':\s*[«“„"]')
_CLOSERS = ' »”“")]'


class Line(Struct, frozen=True, gc=False):
    """A sentence that may be chosen."""

    text: str
    paragraph: int
    start: int
    place: int
    """Its index among the sentences that may be chosen."""
    opens_paragraph: bool
    words: int
    stems: Set[str]
    first_stems: tuple[str, ...]
    """Stems of its first words, which say what it is about."""
    figures: int
    """How many of its words are or hold figures."""
    cues: frozenset[str]
    """What it opens with or holds (kinds of `summary_cues`), and what its marks and verbs show."""
    antecedent: int
    """Place of the sentence without which this one cannot be understood: its own, or the one that says who speaks in
    "وأضاف أن", which statement "وأضاف البيان" means, what ذلك is, or of whom لكنه speaks."""
    answers: int
    """Place of the sentence that this one takes back, limits or denies, without which neither is told; its own where
    it answers none."""


def read_lines(read: ReadArticle, figures: Iterable[Figure]) -> Iterator[Line]:
    """The sentences of the certain paragraphs of text and lists, in order; `figures` are those of the article."""
    place = speaker_place = 0
    earlier: list[tuple[set[str], int]] = []
    is_past, that, replies = Ages(read.article, figures).is_past, _that(), Replies()
    for number, paragraph in enumerate(read.article.paragraphs):
        if paragraph.kind not in _KINDS:
            continue
        for nth, (start, end) in enumerate(read.texts[number].sentences):
            text = paragraph.text[start:end]
            words = text.split()
            stems_of_words = stems.of(words)
            sentence_stems = set(stems_of_words)
            sentence_stems.discard("")
            if not sentence_stems and not any(map(bare, words)):
                continue
            word_kinds = list(chain.from_iterable(filter(None, kinds.of(words))))
            cues = _cues(text, words, word_kinds)
            if "year" in cues and cues.isdisjoint(_TELLS_WHEN) and is_past(number, start, end, words):
                cues |= {"past"}
            if "subjectless" not in cues:
                speaker_place = _first_mention_of_speaker(words, earlier) if "saying" in cues else place
            earlier.append((sentence_stems, speaker_place))
            points_back = (
                cues >= _ANSWERS_AND_POINTS_BACK or "reply" in cues or not that.isdisjoint(words[:_THAT_WORDS])
            )
            yield Line(
                text=text,
                paragraph=number,
                start=start,
                place=place,
                opens_paragraph=nth == 0,
                words=len(words),
                stems=sentence_stems,
                first_stems=tuple(filter(None, stems_of_words[:_TOPIC_WORDS])),
                figures=word_kinds.count("figure"),
                cues=cues,
                antecedent=place - 1 if points_back and place else speaker_place,
                answers=replies.answered_by(cues, place, nth),
            )
            place += 1


def _cues(text: str, written: list[str], word_kinds: list[str]) -> frozenset[str]:
    """The cues of a sentence: those of its words, of the phrase that opens it, and of its marks.

    `written` are its words as they stand, marks that stand alone among them.
    """
    words = written if bare(written[0]) else list(filter(bare, written))
    cues = set(word_kinds)
    if phrases := opened_by(words[0]):
        cues.update([kind for phrase, kind in phrases if all(map(eq, map(bare, words[1:]), phrase))])
    if denial := denial_cue(words):
        cues.add(denial)
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


def _opening_verb(words: list[str]) -> int:
    """The index of the verb of saying that opens the words; -1 where none does."""
    index = 1 if bare(words[0]) in folded_list("summary_cues", "before_verb") else 0
    return index if len(words) > index and "saying" in kinds[words[index]] else -1


def _lacks_subject(words: list[str], written: list[str]) -> bool:
    """Whether the sentence opens with a verb of saying whose speaker stands in an earlier sentence (وأضاف أن).

    `written` has the marks that stand alone as well.
    """
    verb = _opening_verb(words)
    if verb < 0:
        return False
    if len(words) > verb + 1 and bare(words[verb + 1]) in speaker_ends():
        return True
    return written[verb].endswith(":") or (len(written) > verb + 1 and written[verb + 1][0] in OPENING_QUOTES)


def _first_mention_of_speaker(words: list[str], earlier: list[tuple[set[str], int]]) -> int:
    """Place of the sentence that introduces the speaker: an earlier one where this one says only "the statement".

    `earlier` has, for each sentence before, its stems and the place that introduces its own speaker.
    """
    place, speaker = len(earlier), _one_word_speaker(words)
    if not speaker:
        return place
    return next((introduced for stems, introduced in reversed(earlier) if speaker in stems), place)


def _one_word_speaker(words: list[str]) -> str:
    """The stem of a speaker of one word with its article, behind the verb that opens the sentence; else ""."""
    verb = _opening_verb(words)
    if verb < 0 or len(words) < verb + 3 or not words[verb + 1].startswith("ال"):
        return ""
    speaker, following = words[verb + 1], words[verb + 2]
    ends_there = speaker.endswith(":") or following[0] in OPENING_QUOTES or bare(following) in speaker_words("clause")
    return stems[speaker] if ends_there else ""


def _has_gap(written: list[str]) -> bool:
    """Whether a mark stands right behind a preposition: no Arabic preposition ends a clause, so words were lost."""
    return any(mark in _MARKS and word in _prepositions() for word, mark in pairwise(written))


@cache
def _prepositions() -> frozenset[str]:
    """Prepositions as they are written, alone or with a conjunction before them."""
    words = table("summary_cues")["prepositions"]
    return frozenset(conjunction + word for conjunction in ("", "و", "ف") for word in words)


@cache
def _that() -> frozenset[str]:
    """The forms of "that" as they are written, with a mark or without."""
    return frozenset(word + mark for word in table("summary_cues")["that"] for mark in ("", "،", ":"))
