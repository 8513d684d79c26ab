"""An article as the summary reads it: its whole sentences with their words, and what the article is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from math import log, sqrt

from site_src.brief.summary.stems import read_word
from site_src.model import Article, Paragraph
from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.sentences import split

_KINDS = frozenset({"text", "list"})
_QUOTES = frozenset('«“„”"')
_CLOSERS = ' »”“")]'
_BEFORE_VERB = frozenset({"كما", "وقد", "فيما", "قد"})


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence that may be chosen."""

    text: str
    paragraph: int
    start: int
    place: int
    """Among the sentences that may be chosen, from 0."""
    opens: bool
    """Whether it is the first of its paragraph."""
    words: tuple[str, ...]
    """Folded, in order."""
    stems: frozenset[str]
    figures: int
    """How many of its words are or hold figures."""
    cues: frozenset[str]
    """Kinds of `summary_cues` that it opens with or holds, and what its marks and verbs show."""
    subject: int
    """Place of the sentence that says who speaks here: its own, or an earlier one for "وأضاف أن"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The sentences of an article and how much each stem says of what it is about."""

    lines: tuple[Line, ...]
    title: frozenset[str]
    """Stems of the title."""
    told: frozenset[str]
    """Stems that the reader has read in the title already: none where the title was derived from the lead."""
    counts: Mapping[str, int]
    """In how many sentences each stem stands."""
    weights: Mapping[str, float]
    """What each stem weighs where sentences are compared."""
    norms: tuple[float, ...]
    """Length of each sentence as a vector of weights."""
    norm: float
    """Length of the sum of all sentences."""
    shape: str
    """ "report", "explainer", "entry" or "interview": some features weigh differently there."""


def read(article: Article, title: str) -> Reading:
    """The reading of an article; headings, standfirsts, tables, captions and uncertain paragraphs are left out."""
    lines = tuple(_lines(article.paragraphs))
    heading = frozenset(stem for word in title.split() if (stem := read_word(word).stem))
    counts = Counter(chain.from_iterable(line.stems for line in lines))
    weights = {stem: 1 + log(count) for stem, count in counts.items()}
    norms = tuple(sqrt(sum(weights[stem] ** 2 for stem in line.stems)) or 1.0 for line in lines)
    norm = sqrt(sum((count * weights[stem]) ** 2 for stem, count in counts.items())) or 1.0
    told = heading if article.title.value else frozenset[str]()
    return Reading(lines, heading, told, counts, weights, norms, norm, _shape(lines, title, heading))


def _lines(paragraphs: Iterable[Paragraph]) -> Iterator[Line]:
    place = subject = 0
    for number, paragraph in enumerate(paragraphs):
        if paragraph.certain and paragraph.kind in _KINDS:
            for nth, (start, end) in enumerate(split(paragraph.text)):
                text = paragraph.text[start:end]
                words = [word for word in map(read_word, text.split()) if word.folded]
                cues = _cues(text, tuple(word.folded for word in words))
                subject = place if "subjectless" not in cues else subject
                yield Line(
                    text, number, start, place, nth == 0, tuple(word.folded for word in words),
                    frozenset(word.stem for word in words if word.stem),
                    sum(word.figure for word in words), cues, subject,
                )  # fmt: skip
                place += 1


def _cues(text: str, words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(chain(_opening(words), _held(words), _marks(text, words)))


def _opening(words: tuple[str, ...]) -> Iterator[str]:
    """Kinds of cue that the sentence opens with, with or without a conjunction before it."""
    openings = _openings()
    for length in range(1, min(4, len(words)) + 1):
        phrase = " ".join(words[:length])
        yield from openings.get(phrase) or openings.get(phrase[1:] if phrase[0] in "وف" else "", ())


def _held(words: tuple[str, ...]) -> Iterator[str]:
    held = _holdings()
    for word in words:
        yield from held.get(word) or held.get(word[1:] if word[0] in "وف" else "", ())


@cache
def _openings() -> dict[str, tuple[str, ...]]:
    return _by_phrase(table("summary_cues")["opening"])


@cache
def _holdings() -> dict[str, tuple[str, ...]]:
    return _by_phrase(table("summary_cues")["holding"])


def _by_phrase(cues: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Folded phrase -> the kinds that list it."""
    found: dict[str, tuple[str, ...]] = {}
    for kind, phrases in cues.items():
        for phrase in map(fold, phrases):
            found[phrase] = (*found.get(phrase, ()), kind)
    return found


def _marks(text: str, words: tuple[str, ...]) -> Iterator[str]:
    """Kinds that its marks and verbs of saying show."""
    if text.rstrip(_CLOSERS).endswith("؟"):
        yield "question"
    says = not _sayings().isdisjoint(words) or not _sayings().isdisjoint(word[1:] for word in words if word[0] == "و")
    if says:
        yield "saying"
    elif text[0] in _QUOTES:
        yield "unspoken"
    if _lacks_subject(text, words):
        yield "subjectless"


def _lacks_subject(text: str, words: tuple[str, ...]) -> bool:
    """Whether the sentence opens with a verb of saying whose speaker stands in an earlier sentence (وأضاف أن)."""
    first = 1 if words and words[0] in _BEFORE_VERB else 0
    verb = words[first] if len(words) > first else ""
    if not (verb in _sayings() or (verb[:1] in {"و", "ف"} and verb[1:] in _sayings())):
        return False
    following = words[first + 1] if len(words) > first + 1 else ""
    tokens = text.split(None, first + 2)
    after = tokens[first + 1][0] if len(tokens) > first + 1 else ""
    return tokens[first].endswith(":") or after in _QUOTES or following in _clauses()


@cache
def _sayings() -> frozenset[str]:
    return frozenset(fold(form) for verb in table("verbs")["verb"].values() for form in verb["ar"])


@cache
def _clauses() -> frozenset[str]:
    return frozenset(map(fold, [*table("speakers")["clause"], *table("speakers")["ends"]]))


def _shape(lines: tuple[Line, ...], title: str, heading: frozenset[str]) -> str:
    """What kind of text it is, seen from its build."""
    opening = [line for line in lines if line.opens]
    asked = sum("question" in line.cues for line in opening)
    if asked >= table("summary")["shape"]["questions"] and asked >= len(opening) * table("summary")["shape"]["share"]:
        return "interview"
    first = lines[0] if lines else None
    if first and heading and len(title.split()) <= table("summary")["shape"]["entry"]:
        named = [read_word(word).stem for word in first.text.split()[: len(title.split())]]
        if heading.issubset(named):
            return "entry"
    return "explainer" if "؟" in title or any("question" in line.cues for line in lines) else "report"
