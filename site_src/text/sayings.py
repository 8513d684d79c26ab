"""Sayings: who says something, with which verb, and whether in quotation marks.

A speaker is what stands between the verb and the clause it opens (قال وزير الخارجية إن), the name right before it
(ترامب قال), or, for a participle (مؤكدا), the speaker of its sentence. Nothing is guessed across sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from site_src.text.cut import CutText, Span
from site_src.text.fold import fold
from site_src.text.names.book import NameSpan
from site_src.text.patterns import late
from site_src.text.saying_words import Verb, openers, speaker_words, unsaid, verbs_of_saying
from site_src.text.spoken import CLAUSE, DENIES, UNSEEN, Spoken, spoken
from site_src.text.words import Word

_LONGEST_SPEAKER = 12
"""Words; a longer run after a verb is no speaker."""
_REACH = 30
"""Words after a verb within which the clause it opens must begin."""
_QUOTES = frozenset('«“„”"')
_OPENING = late(r'[:«“„"]')
_PAUSE = late("[،؛.]")
_DANGLING = late(r"[،,؛]\s*\S*\s*\Z")
"""A lone conjunction before the next saying (، بينما)."""
_EDGE = " \t\n،,؛;:-–—"


class FoundSaying(Struct, frozen=True, gc=False):
    """One saying of a text, from its verb to the end of what is said; fields as in `model.Saying`."""

    start: int
    end: int
    verb: str
    speaker: str
    speaker_words: str
    quoted: bool


class _Heard(Struct, frozen=True, gc=False):
    """A verb of saying, where its speaker may stand, and where what is said begins."""

    verb: Verb
    place: int
    """The word that it is, or the first of two."""
    start: int
    sentence: Span
    first: int
    stop: int
    """The words from `first` to `stop`, exclusive, may be the speaker."""
    body: int | None
    """None where nothing opens."""


def find_sayings(text: str | CutText, names: Sequence[NameSpan] = ()) -> tuple[FoundSaying, ...]:
    """The sayings of one Arabic paragraph in order; `names` are the known names in it, in order."""
    whole = spoken(CutText.of(text), names)
    return tuple(_ended(whole, list(_sayings(whole)))) if whole else ()


def _sayings(whole: Spoken) -> Iterator[tuple[_Heard, tuple[str, str]]]:
    """Each saying with (name id or "", words) of its speaker, so far as it is known where a participle stands."""
    last = None
    for heard in _heard(whole):
        verb, body = heard.verb, heard.body
        if body is None and (verb.need or verb.role == "participle"):
            continue
        if verb.role == "participle" and heard.place - 1 == last:
            continue
        last = heard.place
        if verb.role != "before" and whole.quoted(heard.start, heard.sentence[0]):
            continue
        speaker = _speaker(whole, heard)
        if speaker[1] or (body is not None and verb.role != "before"):
            yield heard, speaker


def _heard(whole: Spoken) -> Iterator[_Heard]:
    verbs = verbs_of_saying()
    for place in whole.may_say():
        form, start, _ = whole.word(place)
        two = f"{form} {whole.word(place + 1)[0]}" if form in openers() and place + 1 < len(whole.signs) else ""
        verb = verbs.get(two) or verbs.get(form)
        if verb is None or (verb.role != "before" and _unsaid(whole, place, form)):
            continue
        first = place + 1 + (verb.role == "before" and two in verbs)
        stop, sentence = whole.may_end(first, first + _LONGEST_SPEAKER), whole.sentence(start)
        yield _Heard(verb, place, start, sentence, first, stop, _body(whole, stop, sentence[1]))


def _unsaid(whole: Spoken, place: int, verb: str) -> bool:
    """Whether the word right before a verb denies the saying, or only supposes, awaits or asks for it."""
    if not place or not whole.signs[place - 1] & DENIES or whole.apart(place):
        return False
    before = whole.word(place - 1)[0]
    if before in unsaid("opening"):
        return place == 1 or bool(whole.gap(place - 1).strip()) or _unsaid(whole, place - 1, before)
    if before in unsaid("imperfect"):
        return verb[0] in "يت" and not verb.startswith(tuple(unsaid("perfect")))
    refused = before in unsaid("refusal") and verb in unsaid("nouns")
    return refused or before in unsaid("always")


def _body(whole: Spoken, stop: int, limit: int) -> int | None:
    """Where what is said begins: after a clause word, a colon or an opening mark; None where nothing opens."""
    for place in whole.may_begin(stop, stop + _REACH):
        _, start, end = whole.word(place)
        if whole.signs[place] & CLAUSE and start < limit:
            return _after_clause(whole.text, end)
        if start > limit:
            return None
        gap = whole.text[whole.word(place - 1)[2] : start]
        if _OPENING.search(gap):
            colon = gap.rstrip(UNSEEN)
            return start - (len(gap) - len(colon)) - 1 if colon and colon[-1] in _QUOTES else start
        if place > stop and _PAUSE.search(gap):
            return None
    return None


def _after_clause(text: str, end: int) -> int:
    return end + len(text[end:]) - len(text[end:].lstrip(" :"))


def _speaker(whole: Spoken, heard: _Heard) -> tuple[str, str]:
    """(name id or "", words) of the speaker; participles have theirs from their sentence."""
    verb, first = heard.verb, heard.first
    if verb.role == "participle":
        return "", ""
    before = _name_before(whole, heard) if whole.names else ("", "")
    if heard.stop == first or before[0]:
        return before
    word, end = whole.word(first), whole.word(heard.stop - 1)[2]
    inside = whole.names_within(word[1], end)
    head = word[0].removeprefix("ل") if verb.role == "before" else word[0]
    official = head in speaker_words("offices") or "ال" + head.removeprefix("ل") in speaker_words("offices")
    name = _who(whole, first, inside, official) if inside else None
    opened, adverb = heard.body is not None, heard.stop == first + 1 and head.endswith("ا")
    if verb.role == "before":
        opened, adverb = head.removeprefix("ل").removeprefix("ال") in speaker_words("sources"), False
    if not (name or official) and (adverb or not opened):
        return "", ""
    words = whole.text[_unled(word, inside, verb) : name.end if name else end]
    return name.name_id if name else "", words


def _unled(word: Word, inside: list[NameSpan], verb: Verb) -> int:
    """Where the speaker begins without the particle of "according to" (لترامب)."""
    led = [name.start for name in inside if word[1] < name.start <= word[1] + 2]
    return led[0] if led and verb.role == "before" and not word[0].startswith("لل") else word[1]


def _who(whole: Spoken, first: int, inside: list[NameSpan], official: bool) -> NameSpan | None:
    """The named speaker: the name that opens the words, or the person whose office does."""
    start = whole.word(first)[1]
    direct = [name for name in inside if name.direct]
    if direct and direct[0].start - start <= 1:
        return direct[0]
    people = [name for name in direct if official and not _owns(whole, first, name)]
    return people[-1] if people else None


def _owns(whole: Spoken, first: int, name: NameSpan) -> bool:
    """Whether the name only says whose office it is (مبعوث ترامب, المتحدث باسم ترامب) or where (رئيس كازاخستان)."""
    places = range(first, len(whole.signs))
    before = next((place for place in places if whole.word(place)[2] >= name.start - 1), first)
    word = whole.word(before)
    led = word[1] < name.start < word[2]
    construct = before == first and not word[0].startswith("ال") and word[0] not in {fold("السيناتور")}
    return led or construct or word[0] == fold("باسم")


def _name_before(whole: Spoken, heard: _Heard) -> tuple[str, str]:
    """The name that opens the sentence and stands right before the verb (ترامب يصف)."""
    opening, start = heard.sentence[0], heard.start
    for name in whole.names_within(opening, start):
        if name.start == opening and name.direct and not whole.text[name.end : start].strip():
            return name.name_id, whole.text[name.start : name.end]
    return "", ""


def _ended(whole: Spoken, found: list[tuple[_Heard, tuple[str, str]]]) -> Iterator[FoundSaying]:
    """Each saying with its end; participles with the speaker of the saying before them in the same sentence."""
    carried, last = ("", ""), None
    starts = [*[heard.start for heard, _ in found[1:]], len(whole.text)]
    for (heard, by), following in zip(found, starts, strict=False):
        if heard.sentence[1] != last or heard.verb.role != "participle":
            carried, last = by, heard.sentence[1]
        quoted = heard.body is not None and whole.text[heard.body : heard.body + 1] in _QUOTES
        closed = whole.quotes.get(heard.body, -1) + 1 if quoted and heard.body is not None else 0
        yield FoundSaying(heard.start, closed or _end(whole.text, heard, following), heard.verb.id, *carried, quoted)


def _end(text: str, heard: _Heard, following: int) -> int:
    """Where a saying ends that is no quotation: before the one that follows, or with its sentence."""
    start, sentence = heard.start, heard.sentence[1]
    said = _DANGLING.sub("", text[start:following]) if following < sentence else text[start:sentence]
    return start + len(said.rstrip(_EDGE))
