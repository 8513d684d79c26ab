"""Qualifiers: the words beside a figure that make it a bound or an estimate (more than, at least, about)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from site_src.model.brief import AMOUNTS
from site_src.text.figures.lexicon import Phrases, qualifiers
from site_src.text.figures.reader import Reader, Reading
from site_src.text.figures.tokens import Token
from site_src.text.words import CONJUNCTIONS, PREPOSITIONS, folded_list, word_memo

_PREPOSITIONS, _IMPERFECT = frozenset({"علي", "عن"}), ("ي", "ت")
_LONGEST_SUBJECT = 3
"""Words between a verb and its figure."""
_REACH_OF_NEGATION = 5
"""Words before a qualifier among which one that denies it is looked for."""
_PARTICLES = (*CONJUNCTIONS, *PREPOSITIONS)


class Qualifier(Struct, frozen=True, gc=False):
    """The words of a qualifier beside a figure."""

    id: str
    """The key in `qualifiers.toml`."""
    first: int
    last: int
    """Its tokens, the last one included."""
    particle_length: int = 0
    """Letters of the first token that are a particle before it (بأكثر من)."""


def find_qualifier(reader: Reader, reading: Reading) -> Qualifier | None:
    """The qualifier before or after a reading; None for a plain figure."""
    if reading.kind not in AMOUNTS or reader.words.lang != "ar":
        return None
    start = reading.start
    near = _qualifier_before(reader, start) or _verb_before(reader, start) or _qualifier_after(reader, reading.end)
    return near or (_from_before(reader, start) if reading.high else None)


def _from_before(reader: Reader, start: int) -> Qualifier | None:
    """The "from" before two numbers: whether they are a range or a change (ارتفع من 35 إلى 48) is left open."""
    return Qualifier("from", start - 1, start - 1) if reader.cue(start - 1, "from") else None


def _phrases_ending_in(word: str) -> Phrases:
    phrases = qualifiers("before")
    return phrases.get(word) or phrases.get(_without_particle(word), ())


_phrases_by_last_word = word_memo(_phrases_ending_in)
"""The phrases before a figure that end in a word, with or without a particle before it."""


def _qualifier_before(reader: Reader, start: int) -> Qualifier | None:
    for words, id in _phrases_by_last_word[reader.tokens[start - 1].text]:
        first = start - len(words)
        texts = [token.text for token in reader.tokens[max(0, first) : start]]
        if tuple(texts[1:]) == words[1:] and words[0] in {texts[0], _without_particle(texts[0])}:
            qualifier = Qualifier(id, first, start - 1, particle_length=len(texts[0]) - len(words[0]))
            return None if _is_negated(reader, first) else qualifier
    return None


def _is_negated(reader: Reader, first: int) -> bool:
    """Whether one of the words before the one at `first` denies what the words from there on say."""
    negations, still = folded_list("qualifiers", "negations"), folded_list("qualifiers", "still")
    for place in range(first - 1, first - 1 - _REACH_OF_NEGATION, -1):
        token = reader.tokens[place]
        if token.sort != "word" or token.text in folded_list("qualifiers", "exceptions"):
            return False
        if not negations.isdisjoint((token.text, _without_particle(token.text))):
            return reader.tokens[place + 1].text not in still
    return False


@cache
def _verbs() -> dict[tuple[str, str], Sequence[tuple[tuple[str, ...], str]]]:
    """(verb, preposition behind its subject or "") to the words up to the verb and the id, the longest words first.

    Only of the phrases with an imperfect: their subject may stand behind it (لا يتجاوز عدد العاملين 300).
    """
    verbs: dict[tuple[str, str], dict[tuple[str, ...], str]] = {}
    for phrase, id in {phrase for phrases in qualifiers("before").values() for phrase in phrases}:
        preposition = phrase[-1] if phrase[-1] in _PREPOSITIONS else ""
        words = phrase[:-1] if preposition else phrase
        if words and words[-1].startswith(_IMPERFECT):
            verbs.setdefault((words[-1], preposition), {})[words] = id
    return {key: sorted(phrases.items(), key=lambda row: -len(row[0])) for key, phrases in verbs.items()}


def _phrases_of_verb(word: str, preposition: str) -> Sequence[tuple[tuple[str, ...], str]]:
    """The phrases of `_verbs` with a verb, which a word is with or without a particle before it."""
    return _verbs().get((word, preposition)) or _verbs().get((_without_particle(word), preposition), ())


def _verb_before(reader: Reader, start: int) -> Qualifier | None:
    """The qualifier of a verb whose subject stands before the figure (تفوق قيمة الصفقة مليارين, تزيد الحصة على 5%)."""
    before = reader.tokens[start - 1].text
    preposition = before if before in _PREPOSITIONS else ""
    last = start - 2 if preposition else start - 1
    for verb in range(last - 1, last - 1 - _LONGEST_SUBJECT, -1):
        word = reader.tokens[verb + 1]
        if verb < 0 or word.sort != "word" or word.text in reader.words.not_nouns:
            return None
        for words, id in _phrases_of_verb(reader.tokens[verb].text, preposition):
            first = verb - len(words) + 1
            texts = [token.text for token in reader.tokens[max(0, first) : verb + 1]]
            if tuple(texts[1:]) == words[1:] and words[0] in {texts[0], _without_particle(texts[0])}:
                subject = reader.tokens[verb + 1 : last + 1]
                may_be_one = (preposition or _is_subject(subject)) and not _is_negated(reader, first)
                return Qualifier(id, first, start - 1, len(texts[0]) - len(words[0])) if may_be_one else None
    return None


def may_limit(words: Sequence[str]) -> bool:
    """Whether folded words of a clause before a figure hold a verb or a last word that may limit it."""
    preposition = next((word for word in words[-1:] if word in _PREPOSITIONS), "")
    if any(_phrases_of_verb(word, preposition) for word in words):
        return True
    return not folded_list("qualifiers", "limits").isdisjoint(words[-1:])


def _is_subject(words: Sequence[Token]) -> bool:
    """Whether words are one noun phrase, whose last word alone has the article: قيمة الصفقة, التضخم."""
    return words[-1].definite and not any(word.definite for word in words[:-1])


def _without_particle(word: str) -> str:
    """The word without the one-letter particle that may stand before it."""
    return word[1:] if word.startswith(_PARTICLES) else word


def _qualifier_after(reader: Reader, end: int) -> Qualifier | None:
    for words, id in qualifiers("after").get(reader.tokens[end].text, ()):
        if tuple(token.text for token in reader.tokens[end : end + len(words)]) == words:
            return Qualifier(id, end, end + len(words) - 1)
    return None
