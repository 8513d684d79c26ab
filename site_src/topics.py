"""Topics: how much a story is about each heading of the briefing, and the words that show it.

A group scores for each paragraph that mentions one of its members: the weight of the group times the weight of the
place. A further member in the same paragraph counts a quarter, so that a list of names does not score more than a story
that keeps returning to one name. The title weighs most, then the lead, and within it the beginning, because news says
first what it is about. A story belongs to a topic if it satisfies each "all" and "any" group (and the least score that
a group asks for) and reaches the threshold, to which "may" groups add and from which "none" groups subtract.

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

_PARAGRAPH_WEIGHTS = {TITLE: 3.0, 0: 2.0, 1: 1.0, 2: 1.0}
"""Weights of the title and of the first three paragraphs."""
_LATER_WEIGHT = 0.5
"""Weight of all later paragraphs."""
_PHRASE_REACH = 120
"""A phrase of a rule must end within so many characters of its first word."""
_FURTHER_MEMBER_WEIGHT = 0.25
"""Weight of a second or later member of a group in one paragraph."""
_OPENING = 40
"""The lead is mostly about what its first so many characters mention."""
_OPENING_WEIGHT = 1.5
"""Weight of the first member of a group that stands in the opening of the lead."""


class TopicPart(Struct, frozen=True, gc=False):
    """Words that add to a score or, with a negative weight, subtract from it."""

    words: str
    """As the article writes them."""
    weight: float
    paragraph: int
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
"""A mention of a member of a group: (index of the paragraph, start in it, words as written, member)."""
_reading_order = itemgetter(0, 1)
_GroupKey = tuple[int, int]
"""(index of the topic, index of the group in it)."""
_Hits = dict[_GroupKey, list[_Hit]]


def classify(read: ReadArticle, topics: Sequence[Topic]) -> tuple[TopicScore, ...]:
    """The score of every topic for a story's lead, the best (relative to its threshold) first: the primary topic.

    Paragraphs that are not certain count for nothing.
    """
    rules = _rules(topics)
    hits: _Hits = {}
    _find_names(read, rules, hits)
    _find_words(read.texts, rules, hits)
    topics_with_hits = {topic_index for topic_index, _ in hits}
    scores = [
        _score(topic, _hits_by_group(index, topic, hits))
        if index in topics_with_hits
        else rules.scores_without_hits[index]
        for index, topic in enumerate(topics)
    ]
    return tuple(sorted(scores, key=lambda score: (not score.qualifies, -score.score / score.threshold)))


def check_topics(topics: Sequence[Topic], book: NameBook) -> tuple[str, ...]:
    """The mistakes in the topics' rules that only the names file shows, or that make a rule empty."""
    mistakes = []
    for topic_number, topic in enumerate(topics, 1):
        key = f"topics.{topic_number} ({topic.slug})"
        if not any(group.need in {"all", "any"} for group in topic.groups):
            mistakes.append(f"{key}: has no rule that a story could meet; add [[topics.groups]] with names or words")
        if topic.threshold <= 0:
            mistakes.append(f"{key}: threshold = {topic.threshold}: must be above 0")
        for group_number, group in enumerate(topic.groups, 1):
            mistakes += _group_mistakes(f"topics.{topic_number}.groups.{group_number}", group, book)
    return tuple(mistakes)


def _group_mistakes(key: str, group: TopicGroup, book: NameBook) -> Iterator[str]:
    if not group.names and not group.words:
        yield f"{key}: is empty; give it names or words"
    for number, name_id in enumerate(group.names, 1):
        if name_id not in book.names:
            hint = did_you_mean(name_id, book.names)
            yield f"{key}.names.{number}: {name_id!r} is no id of the names file or CLDR{hint}"
    for number, word in enumerate(group.words, 1):
        if not form_words(word.removesuffix("*")):
            yield f"{key}.words.{number}: {word!r} has no letter"


def _hits_by_group(topic_index: int, topic: Topic, hits: _Hits) -> list[Sequence[_Hit]]:
    """The hits of each group of a topic, in reading order."""
    return [sorted(hits.get((topic_index, group), ()), key=_reading_order) for group in range(len(topic.groups))]


def _score(topic: Topic, hits_by_group: Sequence[Sequence[_Hit]]) -> TopicScore:
    all_parts: list[TopicPart] = []
    missing: list[int] = []
    for index, group in enumerate(topic.groups):
        parts = _parts(group, index, hits_by_group[index])
        if not _is_satisfied(group, hits_by_group[index], parts):
            missing.append(index)
        all_parts += parts
    score = round(sum([part.weight for part in all_parts]), 3)
    return TopicScore(topic.slug, score, topic.threshold, tuple(all_parts), tuple(missing))


def _is_satisfied(group: TopicGroup, hits: Sequence[_Hit], parts: list[TopicPart]) -> bool:
    if group.need in {"none", "may"}:
        return True
    if group.need == "all" and len({member for *_, member in hits}) < len({*group.names, *group.words}):
        return False
    return bool(hits) and sum([part.weight for part in parts]) >= group.least


def _parts(group: TopicGroup, group_index: int, hits: Sequence[_Hit]) -> list[TopicPart]:
    """What each member of the group adds to the score, once per paragraph."""
    sign = -group.weight if group.need == "none" else group.weight
    members_by_paragraph: dict[int, set[str]] = {}
    parts = []
    for paragraph, start, words, member in hits:
        members = members_by_paragraph.setdefault(paragraph, set())
        if member not in members:
            opening = _OPENING_WEIGHT if paragraph == 0 and start < _OPENING else 1.0
            factor = _FURTHER_MEMBER_WEIGHT if members else opening
            weight = sign * _PARAGRAPH_WEIGHTS.get(paragraph, _LATER_WEIGHT) * factor
            members.add(member)
            parts.append(TopicPart(words, _rounded(weight), paragraph, group_index))
    return parts


_rounded = lru_cache(partial(round, ndigits=3))
"""A weight rounded to three decimals: there are few different ones, and each is rounded for every hit."""

_Rule = tuple[_GroupKey, str, tuple[str, ...]]
"""(group, the word or phrase as configured, the folded words of the phrase after its first one)."""


class _Rules:
    """The members of all groups of all topics, indexed by name id and by the first word of a phrase."""

    def __init__(self, topics: Sequence[Topic]):
        self.topics = topics
        self.scores_without_hits = [_score(topic, [()] * len(topic.groups)) for topic in topics]
        """The score of each topic for a story that mentions none of its members."""
        self.groups_by_name: dict[str, list[_GroupKey]] = {}
        self._by_word: dict[str, list[_Rule]] = {}
        self._by_prefix: dict[str, list[_Rule]] = {}
        for topic_index, topic in enumerate(topics):
            for group_index, group in enumerate(topic.groups):
                for name_id in group.names:
                    self.groups_by_name.setdefault(name_id, []).append((topic_index, group_index))
                for phrase in group.words:
                    self._add((topic_index, group_index), phrase)
        self._prefix_lengths = sorted({len(prefix) for prefix in self._by_prefix})
        self.rules_in = word_memo(self._rules_in)

    def _add(self, group: _GroupKey, phrase: str) -> None:
        first, *further = _pattern(phrase)
        index = self._by_prefix if first.endswith("*") else self._by_word
        index.setdefault(first.removesuffix("*"), []).append((group, phrase, tuple(further)))

    def _rules_in(self, piece: str) -> tuple[tuple[int, int, _Rule], ...]:
        """The rules whose first word is in a piece of text without spaces: (start, end of that word, rule)."""
        return tuple([(start, end, rule) for word, start, end in words_of(piece) for rule in self._rules_of(word)])

    def _rules_of(self, word: str) -> Iterator[_Rule]:
        prefixes = {stem[:length] for stem in _stems(word) for length in self._prefix_lengths}
        for stem in sorted(_stems(word)):
            yield from self._by_word.get(stem, ())
        for prefix in sorted(prefixes):
            yield from self._by_prefix.get(prefix, ())


_LAST_RULES: list[_Rules] = []
"""At most one element: the rules that were used last."""


def _rules(topics: Sequence[Topic]) -> _Rules:
    """The rules of `topics`; the last ones are kept, because all stories of a site have the same topics.

    Topics are compared by identity: hashing every word of every rule takes longer than searching it in a story.
    """
    if not _LAST_RULES or _LAST_RULES[0].topics is not topics:
        _LAST_RULES[:] = [_Rules(topics)]
    return _LAST_RULES[0]


def _pattern(phrase: str) -> tuple[str, ...]:
    """The folded words of a phrase of a rule, without articles; a star stays at the end of its word."""
    return tuple(
        form.removeprefix("ال") + ("*" if word.endswith("*") else "")
        for word in phrase.split()
        for form in form_words(word)
    )


def _matches(word: str, pattern: str) -> bool:
    """Whether a folded word, with or without particles and article, matches one word of a pattern."""
    if pattern.endswith("*"):
        return any(stem.startswith(pattern[:-1]) for stem in _stems(word))
    return pattern in _stems(word)


@lru_cache(maxsize=1 << 9)
def _stems(word: str) -> frozenset[str]:
    """The readings of a folded word: with and without its particles and its article."""
    readings = frozenset({word, *(stem for _, stem in arabic_strip(word))})
    return readings | {reading.removeprefix("ال") for reading in readings}


def _find_names(read: ReadArticle, rules: _Rules, hits: _Hits) -> None:
    """Add the mentions of names in the article to `hits`."""
    for paragraph, names in read.names.items():
        for name in names:
            for group in rules.groups_by_name.get(name.name_id, ()):
                words = read.texts[paragraph].text[name.start : name.end]
                hits.setdefault(group, []).append((paragraph, name.start, words, name.name_id))


def _find_words(texts: Mapping[int, CutText], rules: _Rules, hits: _Hits) -> None:
    """Add the words and phrases of rules that stand in the texts to `hits`."""
    for paragraph, cut in texts.items():
        for piece_start, found_rules in cut.known(rules.rules_in):
            for word_start, word_end, (group, phrase, further) in found_rules:
                start, end = piece_start + word_start, piece_start + word_end
                if further:
                    end = _end_of_phrase(cut.without_underscores, start, end, further)
                if end:
                    hits.setdefault(group, []).append((paragraph, start, cut.text[start:end], phrase))


def _end_of_phrase(text: str, start: int, end: int, further: tuple[str, ...]) -> int:
    """The end of a phrase whose first word stands from `start` to `end`; 0 where other words follow."""
    for pattern in further:
        word = WORD.search(text, end, start + _PHRASE_REACH)
        if word is None or not _matches(folded_word(word[0]), pattern):
            return 0
        end = word.end()
    return end
