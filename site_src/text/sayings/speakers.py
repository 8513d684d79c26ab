"""Who says it: the words between a verb of saying and its clause, or before the verb, and whose name stands in them."""

from __future__ import annotations

from msgspec import Struct

from site_src.text.cut import Span
from site_src.text.fold import fold
from site_src.text.names.book import NameSpan
from site_src.text.sayings.spoken import Spoken
from site_src.text.sayings.words import Verb, bearers, is_source, offices, speaker_words
from site_src.text.words import Word

LONGEST_SPEAKER = 12
"""Words; a longer run after a verb is no speaker."""
NOBODY = "", ""
_PLURAL = "وا"
"""Before its subject a verb is singular: what follows one in the plural is no speaker (واتهموا المفوضية)."""
_ADJECTIVE = ("ي", "يه", "يين", "يون")
_OWN = ("ه", "ها", "هم")
_AGREES = ("ه", "ا", "ي")
"""Ends of an adjective that agrees with a noun in ة, folded."""


class Heard(Struct, frozen=True, gc=False):
    """A verb of saying, where its speaker may stand, and where what is said begins."""

    verb: Verb
    form: str
    place: int
    """The word that it is, or the first of two."""
    start: int
    sentence: Span
    first: int
    stop: int
    """The words from `first` to `stop`, exclusive, may be the speaker."""
    body: int
    """-1 where nothing opens."""
    clause: bool
    """Whether a clause word opens it."""


def speaker(whole: Spoken, heard: Heard) -> tuple[str, str]:
    """(name id or "", words) of the speaker; participles have theirs from their sentence."""
    if heard.verb.role == "participle":
        return NOBODY
    before = _before(whole, heard) if whole.names else NOBODY
    if before[0] or heard.stop == heard.first or heard.form.endswith(_PLURAL):
        return before
    return _behind(whole, heard)


def _behind(whole: Spoken, heard: Heard) -> tuple[str, str]:
    """The speaker who stands behind the verb."""
    verb, first, word, end = heard.verb, heard.first, whole.word(heard.first), whole.end(heard.stop - 1)
    head = word[0].removeprefix("ل") if verb.role == "before" else word[0]
    inside, official = whole.names_within(word[1], end), head in offices()
    title = _title_end(whole, first, heard.stop, inside) if official else first
    name = _who(whole, first, inside, title) if inside else None
    if _is_reached(word[0], heard) or not (name or official or _may_speak(whole, word, heard)):
        return NOBODY
    if official and not name:
        name = whole.beside(end)
        if heard.body < 0 or whole.says(heard.stop):
            end = whole.word(title - 1)[2]
    elif word[0].endswith("ه"):
        end = whole.word(_parted(whole, first, heard.stop) - 1)[2]
    end = name.end if name else end
    if verb.governs and heard.body < 0 and not _governed(whole, end, verb):
        return NOBODY
    begin = _unled(word, heard)
    return name.name_id if name else "", whole.text[begin : end + whole.closes(begin, end)]


def _is_reached(head: str, heard: Heard) -> bool:
    """Whether a medium's gender is not the verb's: then it is told something (أفاد وكالة الأنباء بأن)."""
    masculine = not heard.form.endswith("ت") and heard.form.lstrip("وف")[0] != "ت"
    return masculine and heard.verb.role == "finite" and head.endswith("ه") and head in speaker_words("media")


def _may_speak(whole: Spoken, word: Word, heard: Heard) -> bool:
    """Whether words that open with neither a name nor an office may be who says it.

    Not those that ب leads, which say what is promised (وتعهد بتوضيح), nor the speaker's own, quoted without a colon
    (يؤكد دعمه لـ"حق القرى"), nor an adverb.
    """
    head, verb = word[0], heard.verb
    source = is_source(head, verb)
    if verb.role == "before":
        return source
    if heard.body < 0 or verb.object or (head.startswith("ب") and not source):
        return False
    own = whole.text[word[1] : word[2]].endswith(_OWN)
    if own and not heard.clause and ":" not in whole.text[word[2] : heard.body]:
        return False
    adverb = heard.stop == heard.first + 1 and head.endswith("ا")
    return not adverb and (source or not (verb.noun or whole.relative(heard.place)))


def _parted(whole: Spoken, first: int, stop: int) -> int:
    """The word that does not agree with the noun in ة that opens the words: it is spoken of (واعتبرت الوزارة القرار).

    `stop` where all agree, or one is no noun with its article.
    """
    for place in range(first, stop):
        word = whole.word(place)[0]
        if not word.startswith("ال"):
            break
        if not word.endswith(_AGREES):
            return place
    return stop


def _governed(whole: Spoken, end: int, verb: Verb) -> bool:
    """Whether one of the words that the verb governs follows the speaker, who ends here."""
    return not verb.governs.isdisjoint(map(fold, whole.text[end:].split(None, 1)[:1]))


def _title_end(whole: Spoken, first: int, stop: int, inside: list[NameSpan]) -> int:
    """The word after a title that begins at `first`: nouns up to one with its article, and the adjectives of that.

    A further office, "in the name of" or a noun led by ل begins anew (نائب رئيس الوزراء وزير الطاقة); any other word
    without article that follows one with it is no part of the title (أبدى الرئيس استعداده).
    """
    closed = False
    for place in range(first, stop):
        word, start, _ = whole.word(place)
        named = [name for name in inside if name.start - 2 <= start < name.end]
        if named and named[0].start < start - 2:
            continue
        definite = bool(named) or word.startswith(("ال", "لل"))
        renewed = word.startswith("ل") or word in speaker_words("renews") or word in offices()
        adjective = definite and (word.endswith(_ADJECTIVE) or word in speaker_words("title_tail"))
        if closed and not (renewed or adjective):
            return place
        closed = definite
    return stop


def _unled(word: Word, heard: Heard) -> int:
    """Where the speaker begins without the particle of "according to" (وفقا لبيان; not نقلا عن لجنة, وفقا للوزارة)."""
    governs = heard.verb.role == "before" and heard.first == heard.place + 1 and heard.form.endswith("ا")
    return word[1] + (governs and word[0].startswith("ل") and not word[0].startswith("لل"))


def _who(whole: Spoken, first: int, inside: list[NameSpan], title: int) -> NameSpan | None:
    """The named speaker: the name that opens the words, or the person whose office, up to `title`, does."""
    word, start, end = whole.word(first)
    direct = [name for name in inside if name.direct]
    opening = end + 1 if word in speaker_words("bodies") else start + 1
    if word in bearers() and end + 1 in whole.quotes:
        opening = end + 2
    if direct and direct[0].start <= opening:
        return direct[0]
    last = whole.word(title)[1] if title < len(whole.signs) else len(whole.text)
    people = [name for name in direct if name.start <= last and not _owns(whole, first, name)]
    return people[-1] if people else None


def _owns(whole: Spoken, first: int, name: NameSpan) -> bool:
    """Whether the name only says whose office it is (مبعوث ترامب, المتحدث باسم ترامب) or where (رئيس كازاخستان)."""
    places = range(first, len(whole.signs))
    before = next((place for place in places if whole.word(place)[2] >= name.start - 1), first)
    word, start, end = whole.word(before)
    led = start < name.start < end or (word.startswith("ل") and word[1:].removeprefix("ل") in offices())
    return led or word in speaker_words("renews") or (before == first and not word.startswith("ال"))


def _before(whole: Spoken, heard: Heard) -> tuple[str, str]:
    """The named speaker whose words open a clause and end right before the verb (لكن الرئيس دونالد ترامب قال)."""
    inside = whole.names_within(heard.sentence[0], heard.start)
    if not inside or whole.text[inside[-1].end : heard.start].strip() or whole.sends(inside[-1].start):
        return NOBODY
    first = _clause(whole, heard)
    head, start, _ = whole.word(first)
    name = _who(whole, first, whole.names_within(start, heard.start), heard.place if head in offices() else first)
    return (name.name_id, whole.text[start : name.end]) if name is inside[-1] else NOBODY


def _clause(whole: Spoken, heard: Heard) -> int:
    """The word that opens the clause before a verb: the first of its paragraph, or after a mark or a turn (لكن)."""
    turns, furthest = speaker_words("turns"), max(0, heard.place - LONGEST_SPEAKER)
    for place in range(heard.place, furthest, -1):
        word = whole.word(place - 1)[0]
        if whole.apart(place) or word in turns or (place > 1 and f"{whole.word(place - 2)[0]} {word}" in turns):
            return place
    return furthest
