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
_QUOTES = frozenset('«“„”"')
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
    body: int | None
    """None where nothing opens."""
    clause: bool
    """Whether a clause word opens it."""


def speaker(whole: Spoken, heard: Heard) -> tuple[str, str]:
    """(name id or "", words) of the speaker; participles have theirs from their sentence."""
    verb, first = heard.verb, heard.first
    if verb.role == "participle":
        return "", ""
    before = _before(whole, heard) if whole.names else ("", "")
    if heard.stop == first or before[0] or heard.form.endswith(_PLURAL):
        return before
    word, end = whole.word(first), whole.end(heard.stop - 1)
    head = word[0].removeprefix("ل") if verb.role == "before" else word[0]
    inside, official = whole.names_within(word[1], end), head in offices()
    cut = heard.body is None or whole.says(heard.stop)
    title = _title_end(whole, first, heard.stop, inside) if official and (cut or inside) else first
    name = _who(whole, first, inside, title) if inside else None
    if verb.role == "finite" and (_is_reached(head, heard) or (not (name or official) and _is_led(head, heard))):
        return before
    if not (name or official) and verb.role == "finite" and _is_held(whole, word, heard):
        return before
    opened, adverb = heard.body is not None, heard.stop == first + 1 and head.endswith("ا")
    if verb.role == "before":
        opened, adverb = is_source(word[0], verb), False
    elif not (name or official) and (verb.object or verb.noun or whole.relative(heard.place)):
        opened = opened and not verb.object and is_source(head, verb)
    if not (name or official) and (adverb or not opened):
        return "", ""
    if not name and word[0].endswith("ه") and (parted := _parted(whole, first, heard.stop)) < heard.stop:
        end = whole.word(parted - 1)[2]
    name = name or (whole.beside(end) if official and verb.role != "before" else None)
    if not name and official and cut:
        end = whole.word(title - 1)[2]
    if verb.governs and not opened and not _governed(whole, name.end if name else end, verb):
        return "", ""
    begin, end = _unled(word, inside, heard), name.end if name else end
    end += whole.text[end : end + 1] in _QUOTES and whole.closes(begin, end)
    return name.name_id if name else "", whole.text[begin:end]


def _is_reached(head: str, heard: Heard) -> bool:
    """Whether a medium's gender is not the verb's: then it is told something (أفاد وكالة الأنباء بأن)."""
    if not head.endswith("ه") or head not in speaker_words("media"):
        return False
    return not heard.form.endswith("ت") and heard.form.lstrip("وف")[0] != "ت"


def _is_led(head: str, heard: Heard) -> bool:
    """Whether ب leads a verb's first word, which then says what is promised or demanded (وتعهد بتوضيح)."""
    return head.startswith("ب") and not is_source(head, heard.verb)


def _is_held(whole: Spoken, word: Word, heard: Heard) -> bool:
    """Whether a verb's first word is the speaker's own, quoted without a colon (يؤكد دعمه لـ"حق القرى")."""
    own = whole.text[word[1] : word[2]].endswith(_OWN)
    return own and not heard.clause and heard.body is not None and ":" not in whole.text[word[2] : heard.body]


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
    following = whole.text[end:].split(None, 1)
    return bool(following) and fold(following[0]) in verb.governs


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


def _unled(word: Word, inside: list[NameSpan], heard: Heard) -> int:
    """Where the speaker begins without the particle of "according to" (لترامب, وفقا لبيان; not نقلا عن لجنة)."""
    led = [name.start for name in inside if word[1] < name.start <= word[1] + 2]
    if heard.verb.role != "before" or word[0].startswith("لل"):
        return word[1]
    return led[0] if led else word[1] + (heard.first == heard.place + 1 and heard.form[-1] == "ا" and word[0][0] == "ل")


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
    people = [name for name in direct if first < title and name.start <= last and not _owns(whole, first, name)]
    return people[-1] if people else None


def _owns(whole: Spoken, first: int, name: NameSpan) -> bool:
    """Whether the name only says whose office it is (مبعوث ترامب, المتحدث باسم ترامب) or where (رئيس كازاخستان)."""
    places = range(first, len(whole.signs))
    before = next((place for place in places if whole.word(place)[2] >= name.start - 1), first)
    word = whole.word(before)
    led = word[1] < name.start < word[2] or (word[0].startswith("ل") and word[0] in offices())
    led = led or (word[0].startswith("لل") and f"ال{word[0][2:]}" in offices())
    construct = before == first and not word[0].startswith("ال") and word[0] not in speaker_words("before_name")
    return led or construct or word[0] in speaker_words("renews")


def _before(whole: Spoken, heard: Heard) -> tuple[str, str]:
    """The named speaker whose words open a clause and end right before the verb (لكن الرئيس دونالد ترامب قال)."""
    inside = whole.names_within(heard.sentence[0], heard.start)
    if not inside or whole.text[inside[-1].end : heard.start].strip() or whole.sends(inside[-1].start):
        return "", ""
    first = _clause(whole, heard)
    opening = whole.word(first)
    inside = [name for name in inside if name.start >= opening[1]]
    name = _who(whole, first, inside, heard.place if opening[0] in offices() else first) if inside else None
    if name is None or name is not inside[-1]:
        return "", ""
    return name.name_id, whole.text[opening[1] : name.end]


def _clause(whole: Spoken, heard: Heard) -> int:
    """The word that opens the clause before a verb: the first of its sentence, or after a mark or a turn (لكن)."""
    place, turns = heard.place, speaker_words("turns")
    while place and place > heard.place - LONGEST_SPEAKER and whole.word(place - 1)[1] >= heard.sentence[0]:
        word = whole.word(place - 1)[0]
        if whole.apart(place) or word in turns or (place > 1 and f"{whole.word(place - 2)[0]} {word}" in turns):
            return place
        place -= 1
    return place
