"""Sayings: who says something, with which verb, and whether in quotation marks.

A speaker is what stands between the verb and the clause it opens (قال وزير الخارجية إن), the name right before it
(ترامب قال), or, for a participle (مؤكدا), the speaker of its sentence. Nothing is guessed across sentences.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, count
from operator import attrgetter, itemgetter
from typing import NamedTuple

from site_src.text.cut import CutText
from site_src.text.fold import fold
from site_src.text.names.book import NameSpan
from site_src.text.saying_words import (
    MAY_SAY,
    Verb,
    openers,
    speaker_ends,
    speaker_words,
    unsaid,
    verb_words,
    verbs_of_saying,
)
from site_src.text.words import Word

_LONGEST_SPEAKER = 12
"""Words; a longer run after a verb is no speaker."""
_REACH = 30
"""Words after a verb within which the clause it opens must begin."""
_QUOTES = frozenset('«“„”"')
_OPENING = re.compile(r'[:«“„"]')
_PAUSE = re.compile("[،؛.]")
_DANGLING = re.compile(r"[،,؛]\s*\S*\s*\Z")
"""A lone conjunction before the next saying (، بينما)."""
_EDGE = " \t\n،,؛;:-–—"
_UNSEEN = " \u200f\u200e"
_FORM = itemgetter(0)


class FoundSaying(NamedTuple):
    """One saying of a text, from its verb to the end of what is said; fields as in `model.Saying`."""

    start: int
    end: int
    verb: str
    speaker: str
    speaker_words: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    words: list[Word]
    names: Sequence[NameSpan]
    quotes: dict[int, int]
    """Opening mark -> closing mark."""
    sentences: tuple[tuple[int, int], ...]
    starts: list[int]
    """Where each sentence begins."""

    def gap(self, place: int) -> str:
        """What stands between a word and the one before it."""
        return self.text[self.words[place - 1][2] : self.words[place][1]] if place else ""

    def sentence(self, place: int) -> tuple[int, int]:
        """The sentence that holds a place of the text."""
        number = bisect_right(self.starts, place) - 1
        return self.sentences[number] if number >= 0 else (0, len(self.text))

    def sentence_end(self, start: int) -> int:
        return self.sentence(start)[1]

    def names_within(self, start: int, end: int) -> list[NameSpan]:
        """The names that stand between two places; names come in order."""
        if not self.names or start == end:
            return []
        first = bisect_left(self.names, start, key=attrgetter("start"))
        last = bisect_right(self.names, end, key=attrgetter("start"))
        return [name for name in self.names[first:last] if name.end <= end]

    def quoted(self, place: int) -> bool:
        """Whether quotation marks that opened in its sentence hold the place."""
        first = self.sentence(place)[0] if self.quotes else place
        return any(first <= opened < place < closed for opened, closed in self.quotes.items())


def find_sayings(text: str | CutText, names: Sequence[NameSpan] = ()) -> tuple[FoundSaying, ...]:
    """The sayings of one Arabic paragraph in order; `names` are the known names in it, in order."""
    cut = CutText.of(text)
    verbs = _verbs_in(cut)
    if not verbs:
        return ()
    quotes = {first: last for first, last in cut.quotations if cut.text[first] in _QUOTES}
    starts = [start for start, _ in cut.sentences]
    whole = _Text(cut.text, cut.words, names, quotes, cut.sentences, starts)
    return tuple(_ended(whole, _carried(whole, _sayings(whole, verbs))))


def _sayings(whole: _Text, verbs: list[tuple[int, Verb]]) -> Iterator[tuple[Verb, FoundSaying]]:
    taken: set[int] = set()
    for place, verb in verbs:
        if verb.role != "before" and _unsaid(whole, place):
            continue
        stop = _speaker_end(whole, place + 1 + (verb.role == "before" and _two_words(whole.words, place)))
        body = _body(whole, place, stop)
        if body is None and (verb.need or verb.role == "participle"):
            continue
        if verb.role == "participle" and place - 1 in taken:
            continue
        taken.add(place)
        if whole.quoted(whole.words[place][1]) and verb.role != "before":
            continue
        speaker, said_by = _speaker(whole, place, stop, verb, opened=body is not None)
        if not said_by and (body is None or verb.role == "before"):
            continue
        start, quoted = whole.words[place][1], body is not None and whole.text[body : body + 1] in _QUOTES
        end = whole.quotes.get(body, 0) + 1 if quoted and body is not None and body in whole.quotes else 0
        yield verb, FoundSaying(start, end, verb.id, speaker, said_by, quoted)


def _unsaid(whole: _Text, place: int) -> bool:
    """Whether the word right before a verb denies the saying, or only supposes, awaits or asks for it."""
    if not place or whole.gap(place).strip(_UNSEEN):
        return False
    before, verb = whole.words[place - 1][0], whole.words[place][0]
    if before in unsaid("opening"):
        return place == 1 or bool(whole.gap(place - 1).strip()) or _unsaid(whole, place - 1)
    if before in unsaid("imperfect"):
        return verb[0] in "يت" and not verb.startswith(tuple(unsaid("perfect")))
    refused = before in unsaid("refusal") and verb in unsaid("nouns")
    return refused or before in unsaid("always")


def _two_words(words: list[Word], place: int) -> bool:
    return (
        words[place][0] in openers()
        and place + 1 < len(words)
        and f"{words[place][0]} {words[place + 1][0]}" in verbs_of_saying()
    )


def _verbs_in(cut: CutText) -> list[tuple[int, Verb]]:
    """The place and meaning of every verb of saying; the first word stands for a form of two."""
    if not any(map(MAY_SAY.__getitem__, cut.pieces)):
        return []
    verbs, able, words = verbs_of_saying(), verb_words(), cut.words
    found = []
    for place in compress(count(), map(able.__contains__, map(_FORM, words))):
        form = f"{words[place][0]} {words[place + 1][0]}" if _two_words(words, place) else words[place][0]
        if form in verbs:
            found.append((place, verbs[form]))
    return found


def _speaker_end(whole: _Text, first: int) -> int:
    """The word after the speaker: at a mark, a clause, a preposition or another verb."""
    stops, verbs = speaker_ends(), verbs_of_saying()
    text, before = whole.text, whole.words[first - 1][2]
    following = whole.words[first : first + _LONGEST_SPEAKER]
    for place, (word, start, end) in enumerate(following, first):
        gap = text[before:start]
        if (gap != " " and gap.strip(_UNSEEN)) or word in stops or (word in verbs and place > first):
            return place
        before = end
    return first + len(following)


def _body(whole: _Text, verb: int, stop: int) -> int | None:
    """Where what is said begins: after a clause word, a colon or an opening mark; None where nothing opens."""
    words, text, before = whole.words, whole.text, whole.words[stop - 1][2]
    limit, clauses = whole.sentence_end(words[verb][1]), speaker_words("clause")
    for place, (word, start, end) in enumerate(words[stop : stop + _REACH], stop):
        if word in clauses and start < limit:
            return _after_clause(text, end)
        if start > limit:
            return None
        gap, before = text[before:start], end
        if gap == " ":
            continue
        if _OPENING.search(gap):
            colon = gap.rstrip(_UNSEEN)
            return start - (len(gap) - len(colon)) - 1 if colon and colon[-1] in _QUOTES else start
        if place > stop and _PAUSE.search(gap):
            return None
    return None


def _after_clause(text: str, end: int) -> int:
    return end + len(text[end:]) - len(text[end:].lstrip(" :"))


def _speaker(whole: _Text, place: int, stop: int, verb: Verb, *, opened: bool) -> tuple[str, str]:
    """(name id or "", words) of the speaker; participles have theirs from their sentence."""
    if verb.role == "participle":
        return "", ""
    first = place + 1 + (verb.role == "before" and _two_words(whole.words, place))
    before = _name_before(whole, place)
    if stop == first or before[0]:
        return before
    start, end = whole.words[first][1], whole.words[stop - 1][2]
    inside = whole.names_within(start, end)
    head = whole.words[first][0].removeprefix("ل") if verb.role == "before" else whole.words[first][0]
    official = head in speaker_words("offices") or "ال" + head.removeprefix("ل") in speaker_words("offices")
    name = _who(whole, first, inside, official)
    adverb = stop == first + 1 and head.endswith("ا")
    if verb.role == "before":
        opened, adverb = head.removeprefix("ل").removeprefix("ال") in speaker_words("sources"), False
    if not (name or official) and (adverb or not opened):
        return "", ""
    words = whole.text[_unled(whole.words[first], inside, verb) : name.end if name else end]
    return name.name_id if name else "", words


def _unled(word: Word, inside: list[NameSpan], verb: Verb) -> int:
    """Where the speaker begins without the particle of "according to" (لترامب)."""
    led = [name.start for name in inside if word[1] < name.start <= word[1] + 2]
    return led[0] if led and verb.role == "before" and not word[0].startswith("لل") else word[1]


def _who(whole: _Text, first: int, inside: list[NameSpan], official: bool) -> NameSpan | None:
    """The named speaker: the name that opens the words, or the person whose office does."""
    start = whole.words[first][1]
    direct = [name for name in inside if name.direct]
    if direct and direct[0].start - start <= 1:
        return direct[0]
    people = [name for name in direct if official and not _owns(whole, first, name)]
    return people[-1] if people else None


def _owns(whole: _Text, first: int, name: NameSpan) -> bool:
    """Whether the name only says whose office it is (مبعوث ترامب, المتحدث باسم ترامب) or where (رئيس كازاخستان)."""
    before = next((place for place in range(first, len(whole.words)) if whole.words[place][2] >= name.start - 1), first)
    word = whole.words[before]
    led = word[1] < name.start < word[2]
    construct = before == first and not word[0].startswith("ال") and word[0] not in {fold("السيناتور")}
    return led or construct or word[0] == fold("باسم")


def _name_before(whole: _Text, place: int) -> tuple[str, str]:
    """The name that opens the sentence and stands right before the verb (ترامب يصف)."""
    start = whole.words[place][1]
    opening, _ = whole.sentence(start)
    for name in whole.names_within(opening, start):
        if name.start == opening and name.direct and not whole.text[name.end : start].strip():
            return name.name_id, whole.text[name.start : name.end]
    return "", ""


def _carried(whole: _Text, found: Iterator[tuple[Verb, FoundSaying]]) -> list[FoundSaying]:
    """Participles with the speaker of the saying before them in the same sentence."""
    kept: list[FoundSaying] = []
    for verb, saying in found:
        same = kept and whole.sentence_end(kept[-1].start) == whole.sentence_end(saying.start)
        if same and verb.role == "participle":
            saying = saying._replace(speaker=kept[-1].speaker, speaker_words=kept[-1].speaker_words)
        kept.append(saying)
    return kept


def _ended(whole: _Text, found: list[FoundSaying]) -> Iterator[FoundSaying]:
    """Each saying with its end: its closing quotation mark, the next saying, or the end of its sentence."""
    for place, saying in enumerate(found):
        end = whole.sentence_end(saying.start)
        following = found[place + 1].start if place + 1 < len(found) else end
        said = whole.text[saying.start : end]
        if following < end:
            said = _DANGLING.sub("", whole.text[saying.start : following])
        yield saying._replace(end=saying.end or saying.start + len(said.rstrip(_EDGE)))
