"""Sayings: who says something, with which verb, and whether in quotation marks.

A speaker is what stands between the verb and the clause it opens (قال وزير الخارجية إن), the named one who opens a
clause right before it (لكن ترامب قال), or, for a participle (مؤكدا) and a further verb that agrees (وقال), the speaker
of its sentence. Nothing is guessed across sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from site_src.text.cut import CutText, Span
from site_src.text.fold import fold
from site_src.text.memo import Memo
from site_src.text.names.book import NameSpan
from site_src.text.patterns import late
from site_src.text.saying_words import (
    Verb,
    bearers,
    is_source,
    offices,
    openers,
    speaker_words,
    unsaid,
    verbs_of_saying,
)
from site_src.text.spoken import CLAUSE, DENIES, UNSEEN, Spoken, spoken
from site_src.text.words import Word

_LONGEST_SPEAKER = 12
"""Words; a longer run after a verb is no speaker."""
_REACH = 30
"""Words after a verb within which the clause it opens must begin."""
_QUOTES = frozenset('«“„”"')
_OPENING = late(r'[:«“„"]')
_PAUSE = late(r"[،؛]|\.(?=\s)")
_DANGLING = late(r"[،,؛]\s*\S*\s*\Z")
"""A lone conjunction before the next saying (، بينما)."""
_PLURAL = "وا"
"""Before its subject a verb is singular: what follows one in the plural is no speaker (واتهموا المفوضية)."""
_ADJECTIVE = ("ي", "يه", "يين", "يون")
_EDGE = " \t\n،,؛;:-–—"


class FoundSaying(Struct, frozen=True, gc=False):
    """One saying of a text, from its verb to the end of what is said; fields as in `model.brief.Saying`."""

    start: int
    end: int
    verb: str
    speaker: str
    speaker_words: str
    quoted: bool


class _Heard(Struct, frozen=True, gc=False):
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


def find_sayings(text: str | CutText, names: Sequence[NameSpan] = ()) -> tuple[FoundSaying, ...]:
    """The sayings of one Arabic paragraph in order; `names` are the known names in it, in order."""
    whole = spoken(CutText.of(text), names)
    return tuple(_ended(whole, list(_sayings(whole)))) if whole else ()


def _sayings(whole: Spoken) -> Iterator[tuple[_Heard, tuple[str, str]]]:
    """Each saying with (name id or "", words) of its speaker, so far as it is known where a participle stands."""
    last = told = None
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
        by_the_way = not speaker[1] and (verb.noun or (body == told and whole.relative(heard.place)))
        if not by_the_way and (speaker[1] or (body is not None and verb.role != "before")):
            told = body
            yield heard, speaker


def _heard(whole: Spoken) -> Iterator[_Heard]:
    verbs, second = verbs_of_saying(), -1
    for place in whole.may_say:
        form, start, _ = whole.word(place)
        two = f"{form} {whole.word(place + 1)[0]}" if form in openers() and place + 1 < len(whole.signs) else ""
        verb = verbs.get(two) or verbs.get(form)
        if verb is None or place == second or (verb.role != "before" and _unsaid(whole, place, form)):
            continue
        first = place + 1 + (verb.role == "before" and two in verbs)
        second = first - 1
        stop, sentence = whole.may_end(first, first + _LONGEST_SPEAKER), whole.sentence(start)
        body = None if _is_next(whole, stop) else _body(whole, stop, sentence[1])
        yield _Heard(verb, form, place, start, sentence, first, stop, body)


def _is_next(whole: Spoken, stop: int) -> bool:
    """Whether the speaker's words end at a further verb of saying: then the clause that opens is what that one says."""
    following = verbs_of_saying().get(whole.word(stop)[0]) if whole.says(stop) else None
    return following is not None and following.role == "finite" and not following.noun


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
        opens, pauses = _told_by[gap]
        if opens and not whole.names_medium(place, gap):
            colon = gap.rstrip(UNSEEN)
            return start - (len(gap) - len(colon)) - 1 if colon and colon[-1] in _QUOTES else start
        if place > stop and pauses:
            return None
    return None


_told_by: Memo[tuple[bool, bool]] = Memo(lambda gap: (bool(_OPENING.search(gap)), bool(_PAUSE.search(gap))))
"""Whether what stands between two words opens something, and whether it is a pause."""


def _after_clause(text: str, end: int) -> int:
    while end < len(text) and text[end] in " :":
        end += 1
    return end


def _speaker(whole: Spoken, heard: _Heard) -> tuple[str, str]:
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
    opened, adverb = heard.body is not None, heard.stop == first + 1 and head.endswith("ا")
    if verb.role == "before":
        opened, adverb = is_source(word[0], verb), False
    elif not (name or official) and (verb.object or verb.noun or whole.relative(heard.place)):
        opened = opened and not verb.object and is_source(head, verb)
    if not (name or official) and (adverb or not opened):
        return "", ""
    name = name or (whole.beside(end) if official and verb.role != "before" else None)
    if not name and official and cut:
        end = whole.word(title - 1)[2]
    if verb.governs and not opened and not _governed(whole, name.end if name else end, verb):
        return "", ""
    begin, end = _unled(word, inside, heard), name.end if name else end
    end += whole.text[end : end + 1] in _QUOTES and whole.closes(begin, end)
    return name.name_id if name else "", whole.text[begin:end]


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


def _unled(word: Word, inside: list[NameSpan], heard: _Heard) -> int:
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
    led = word[1] < name.start < word[2]
    construct = before == first and not word[0].startswith("ال") and word[0] not in speaker_words("before_name")
    return led or construct or word[0] in speaker_words("renews")


def _before(whole: Spoken, heard: _Heard) -> tuple[str, str]:
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


def _clause(whole: Spoken, heard: _Heard) -> int:
    """The word that opens the clause before a verb: the first of its sentence, or after a mark or a turn (لكن)."""
    place, turns = heard.place, speaker_words("turns")
    while place and place > heard.place - _LONGEST_SPEAKER and whole.word(place - 1)[1] >= heard.sentence[0]:
        word = whole.word(place - 1)[0]
        if whole.apart(place) or word in turns or (place > 1 and f"{whole.word(place - 2)[0]} {word}" in turns):
            return place
        place -= 1
    return place


def _ended(whole: Spoken, found: list[tuple[_Heard, tuple[str, str]]]) -> Iterator[FoundSaying]:
    """Each saying with its end; participles with the speaker of the saying before them in the same sentence."""
    carried, last, form = ("", ""), None, ""
    starts = [*[heard.start for heard, _ in found[1:]], len(whole.text)]
    for (heard, by), following in zip(found, starts, strict=False):
        goes_on = heard.verb.role == "participle" or (not by[1] and _goes_on(form, heard.form))
        form = heard.form
        if heard.sentence[1] != last or not goes_on:
            carried, last = by, heard.sentence[1]
        quoted = heard.body is not None and whole.text[heard.body : heard.body + 1] in _QUOTES
        closed = whole.quotes.get(heard.body, -1) + 1 if quoted and heard.body is not None else 0
        yield FoundSaying(heard.start, closed or _end(whole.text, heard, following), heard.verb.id, *carried, quoted)


def _goes_on(before: str, form: str) -> bool:
    """Whether a verb joined by "and" or "then" has the subject of the one before, as far as their endings tell."""
    joined = form[0] in "وف" and form[1:] in verbs_of_saying()
    return joined and (before.endswith("ت"), before.endswith("وا")) == (form.endswith("ت"), form.endswith("وا"))


def _end(text: str, heard: _Heard, following: int) -> int:
    """Where a saying ends that is no quotation: before the one that follows, or with its sentence."""
    start, sentence = heard.start, heard.sentence[1]
    said = _DANGLING.sub("", text[start:following]) if following < sentence else text[start:sentence]
    return start + len(said.rstrip(_EDGE))
