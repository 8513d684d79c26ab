"""Topics: how much a story is about each heading of the briefing, and the words that say so.

A group scores each paragraph that names one of its members: weight x place, a further member of the same paragraph
counting a quarter, so that a list of names is not more about them than a story that keeps returning to one. The title
weighs most, then the lead and, in it, what stands at its beginning: news says first what it is about. A topic needs
each of its "all" and "any" groups (and the score that a group asks for), and its threshold in all, after what its
"may" groups add and its "none" groups take off.

Weights and thresholds were chosen on `tests/cases/topics/developed.tsv`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from operator import itemgetter

from msgspec import Struct

from site_src.errors import did_you_mean
from site_src.settings import Topic, TopicGroup
from site_src.text.article import TITLE, ReadArticle
from site_src.text.cut import CutText
from site_src.text.names.book import NameBook
from site_src.text.names.forms import arabic_strip
from site_src.text.words import WORD, folded_word, form_words, word_memo, words_of

_PLACES = {TITLE: 3.0, 0: 2.0, 1: 1.0, 2: 1.0}
_LATER = 0.5
"""Weight of the title, of the first three paragraphs, and of all later ones."""
_REACH = 120
"""Characters in which a phrase of a rule must end."""
_FURTHER = 0.25
"""Weight of a second member of a group in one paragraph."""
_OPENING, _OPENS = 40, 1.5
"""Who stands within so many characters of the beginning of the lead is what it is about, and weighs so much more."""


class TopicPart(Struct, frozen=True, gc=False):
    """Words that made (or, below zero, unmade) part of a score."""

    words: str
    """As the article writes them."""
    weight: float
    where: int
    """Index of the paragraph; -1 is the title."""
    group: int
    """Index in `Topic.groups`."""


class TopicScore(Struct, frozen=True, gc=False):
    """How much a story is about a topic."""

    slug: str
    score: float
    threshold: float
    parts: tuple[TopicPart, ...]
    missing: tuple[int, ...]
    """Indexes of the groups that the story does not satisfy."""

    @property
    def qualifies(self) -> bool:
        """Whether the story belongs under the topic."""
        return not self.missing and self.score >= self.threshold


_Hit = tuple[int, int, str, str]
"""(paragraph, start, words as written, member) of a member of a group."""
_PLACE = itemgetter(0, 1)
_Hits = dict[tuple[int, int], list[_Hit]]
"""Those of each (topic, group)."""


def classify(read: ReadArticle, topics: Sequence[Topic]) -> tuple[TopicScore, ...]:
    """The score of every topic for a story's lead, the best (against its threshold) first; that is the primary one.

    Paragraphs that are not certain count for nothing.
    """
    rules = _rules(topics)
    hits: _Hits = {}
    _find_names(read, rules, hits)
    _find_words(read.texts, rules, hits)
    named = {place for place, _ in hits}
    scores = [
        _score(topic, _of_topic(place, topic, hits)) if place in named else rules.unnamed[place]
        for place, topic in enumerate(topics)
    ]
    return tuple(sorted(scores, key=lambda score: (not score.qualifies, -score.score / score.threshold)))


def check_topics(topics: Sequence[Topic], book: NameBook) -> tuple[str, ...]:
    """Every mistake of the topics' rules that only the names file can show, or that makes a rule empty."""
    mistakes = []
    for place, topic in enumerate(topics, 1):
        at = f"topics.{place} ({topic.slug})"
        if not any(group.need in {"all", "any"} for group in topic.groups):
            mistakes.append(f"{at}: has no rule that a story could meet; add [[topics.groups]] with names or words")
        if topic.threshold <= 0:
            mistakes.append(f"{at}: threshold = {topic.threshold}: must be above 0")
        for number, group in enumerate(topic.groups, 1):
            mistakes += _group_mistakes(f"topics.{place}.groups.{number}", group, book)
    return tuple(mistakes)


def _group_mistakes(at: str, group: TopicGroup, book: NameBook) -> Iterator[str]:
    if not group.names and not group.words:
        yield f"{at}: is empty; give it names or words"
    for number, name_id in enumerate(group.names, 1):
        if name_id not in book.names:
            hint = did_you_mean(name_id, book.names)
            yield f"{at}.names.{number}: {name_id!r} is no id of the names file or CLDR{hint}"
    for number, word in enumerate(group.words, 1):
        if not form_words(word.removesuffix("*")):
            yield f"{at}.words.{number}: {word!r} has no letter"


def _of_topic(place: int, topic: Topic, hits: _Hits) -> list[Sequence[_Hit]]:
    """The hits of each group of a topic, in reading order."""
    return [sorted(hits.get((place, group), ()), key=_PLACE) for group in range(len(topic.groups))]


def _score(topic: Topic, hits: Sequence[Sequence[_Hit]]) -> TopicScore:
    every: list[TopicPart] = []
    missing: list[int] = []
    for place, group in enumerate(topic.groups):
        parts = _parts(group, place, hits[place])
        if not _satisfied(group, hits[place], parts):
            missing.append(place)
        every += parts
    score = round(sum([part.weight for part in every]), 3)
    return TopicScore(topic.slug, score, topic.threshold, tuple(every), tuple(missing))


def _satisfied(group: TopicGroup, hits: Sequence[_Hit], parts: list[TopicPart]) -> bool:
    if group.need in {"none", "may"}:
        return True
    if group.need == "all" and len({member for *_, member in hits}) < len({*group.names, *group.words}):
        return False
    return bool(hits) and sum([part.weight for part in parts]) >= group.least


def _parts(group: TopicGroup, place: int, hits: Sequence[_Hit]) -> list[TopicPart]:
    """What each member found in each paragraph adds, once a paragraph."""
    sign = -group.weight if group.need == "none" else group.weight
    seen: dict[int, set[str]] = {}
    parts = []
    for where, start, words, member in hits:
        members = seen.setdefault(where, set())
        if member not in members:
            opening = _OPENS if where == 0 and start < _OPENING else 1.0
            weight = sign * _PLACES.get(where, _LATER) * (_FURTHER if members else opening)
            members.add(member)
            parts.append(TopicPart(words, _rounded(weight), where, place))
    return parts


_rounded = lru_cache(partial(round, ndigits=3))
"""A weight to three decimals: there are few, and each is rounded for every word found."""

_Rule = tuple[tuple[int, int], str, tuple[str, ...]]
"""(topic and group, the rule word as configured, its folded words after the first)."""


class _Rules:
    """The members of all groups of all topics, by name id and by the word that they begin with."""

    def __init__(self, topics: Sequence[Topic]):
        self.topics = topics
        self.unnamed = [_score(topic, [()] * len(topic.groups)) for topic in topics]
        """The score of each topic of which a story names no member."""
        self.names: dict[str, list[tuple[int, int]]] = {}
        self._whole: dict[str, list[_Rule]] = {}
        self._stems: dict[str, list[_Rule]] = {}
        for place, topic in enumerate(topics):
            for number, group in enumerate(topic.groups):
                for name_id in group.names:
                    self.names.setdefault(name_id, []).append((place, number))
                for word in group.words:
                    self._add((place, number), word)
        self._lengths = sorted({len(stem) for stem in self._stems})
        self.beginnings = word_memo(self._beginning)

    def _add(self, place: tuple[int, int], word: str) -> None:
        pattern = _pattern(word)
        index = self._stems if pattern[0].endswith("*") else self._whole
        index.setdefault(pattern[0].removesuffix("*"), []).append((place, word, pattern[1:]))

    def _beginning(self, piece: str) -> tuple[tuple[int, int, _Rule], ...]:
        """The rules that a piece of text without spaces may begin, each with the span of its word in the piece."""
        return tuple([(begin, end, rule) for word, begin, end in words_of(piece) for rule in self._of(word)])

    def _of(self, word: str) -> Iterator[_Rule]:
        starts = {stem[:length] for stem in _stems(word) for length in self._lengths}
        for stem in sorted(_stems(word)):
            yield from self._whole.get(stem, ())
        for start in sorted(starts):
            yield from self._stems.get(start, ())


_KEPT: list[_Rules] = []
"""The rules asked for last."""


def _rules(topics: Sequence[Topic]) -> _Rules:
    """The rules of `topics`: those asked for last where they are the same, which for all stories of a site they are.

    They are told by identity, because hashing every word of every rule takes longer than finding it in a story.
    """
    if not _KEPT or _KEPT[0].topics is not topics:
        _KEPT[:] = [_Rules(topics)]
    return _KEPT[0]


def _pattern(word: str) -> tuple[str, ...]:
    """Folded words of a rule word, articles off; a star stays at the end of the word that bears it."""
    return tuple(
        form.removeprefix("ال") + ("*" if piece.endswith("*") else "")
        for piece in word.split()
        for form in form_words(piece)
    )


def _is(word: str, pattern: str) -> bool:
    """Whether a folded word, with or without particles and article, is what a pattern says."""
    if pattern.endswith("*"):
        return any(stem.startswith(pattern[:-1]) for stem in _stems(word))
    return pattern in _stems(word)


@lru_cache(maxsize=1 << 9)
def _stems(word: str) -> frozenset[str]:
    """The readings of a folded word without particles and article."""
    readings = frozenset({word, *(core for _, core in arabic_strip(word))})
    return readings | {reading.removeprefix("ال") for reading in readings}


def _find_names(read: ReadArticle, rules: _Rules, hits: _Hits) -> None:
    for where, names in read.names.items():
        for name in names:
            for place in rules.names.get(name.name_id, ()):
                words = read.texts[where].text[name.start : name.end]
                hits.setdefault(place, []).append((where, name.start, words, name.name_id))


def _find_words(texts: Mapping[int, CutText], rules: _Rules, hits: _Hits) -> None:
    for where, cut in texts.items():
        for start, beginnings in cut.known(rules.beginnings):
            for begin, end, (place, member, further) in beginnings:
                first = start + begin
                last = _end(cut.parted, first, start + end, further) if further else start + end
                if last:
                    hits.setdefault(place, []).append((where, first, cut.text[first:last], member))


def _end(text: str, start: int, end: int, further: tuple[str, ...]) -> int:
    """Where a phrase ends whose first word stands from `start` to `end`; 0 when other words follow."""
    for own in further:
        word = WORD.search(text, end, start + _REACH)
        if word is None or not _is(folded_word(word[0]), own):
            return 0
        end = word.end()
    return end
