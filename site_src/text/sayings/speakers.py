"""Who says it: the words between a verb of saying and its clause, or before the verb, and the name in them."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

from site_src.text.cut import Span
from site_src.text.fold import fold
from site_src.text.names.book import NameSpan
from site_src.text.patterns import late
from site_src.text.sayings.spoken import SpokenParagraph
from site_src.text.sayings.words import Verb, bearers, is_source, offices, speaker_words
from site_src.text.words import Word

LONGEST_SPEAKER = 12
"""Words; a longer run after a verb is no speaker."""
_PLURAL = "وا"
"""Before its subject a verb is singular: what follows one in the plural is no speaker (واتهموا المفوضية)."""
_ADJECTIVE, _POSSESSIVE = ("ي", "يه", "يين", "يون"), ("ه", "ها", "هم")
_BY = late(r"\s(?:من (?:قبل|جانب|طرف)|علي يد)\s\w")
_NEAR = 16  # characters behind a name within which the words for "by" end
_ASIDE = late(r"[،,]\s(?:في|خلال|عبر|أمام)\s")
_AGREES = ("ه", "ا", "ي")
"""Ends of an adjective that agrees with a noun in ة, folded."""


class Speaker(NamedTuple):
    """Who says something."""

    name_id: str
    """`Name.id`; "" for a speaker whom the names file does not have."""
    words: str
    """As the paragraph writes them."""


NOBODY = Speaker("", "")


class Attribution(Struct, frozen=True, gc=False):
    """A verb of saying, the words in which its speaker may stand, and where what is said begins."""

    verb: Verb
    form: str
    """The verb as the paragraph has it, folded."""
    word: int
    """The number of its word, or of the first of two."""
    start: int
    """The offset of that word."""
    sentence: Span
    first: int
    stop: int
    """The words from `first` up to `stop`, exclusive, may be the speaker."""
    content: int
    """The offset of what is said; -1 where no clause, colon or quotation opens."""
    has_clause: bool
    """Whether a clause word (إن) opens it."""


def find_speaker(paragraph: SpokenParagraph, attribution: Attribution) -> Speaker:
    """The speaker; `NOBODY` for a participle, whose speaker is that of its sentence."""
    if attribution.verb.role == "participle":
        return NOBODY
    speaker = _speaker_before(paragraph, attribution) if paragraph.names else NOBODY
    no_words_behind = attribution.stop == attribution.first
    if speaker.name_id or no_words_behind or attribution.form.endswith(_PLURAL):
        return speaker
    return _speaker_behind(paragraph, attribution)


def _speaker_behind(paragraph: SpokenParagraph, attribution: Attribution) -> Speaker:
    """The speaker who stands behind the verb."""
    verb, first, stop = attribution.verb, attribution.first, attribution.stop
    first_word, end = paragraph.word(first), paragraph.word_end(stop - 1)
    folded, start, _ = first_word
    head = folded.removeprefix("ل") if verb.role == "before" else folded
    names, has_office = paragraph.names_within(start, end), head in offices()
    title_stop = _title_stop(paragraph, first, stop, names) if has_office else first
    name = _named_speaker(paragraph, first, names, title_stop, verb) if names else None
    spoken_to = names and names[0].start == start + 1 and verb.role != "before"  # قال لأوربان
    if spoken_to or _is_addressee(folded, attribution):
        return NOBODY
    if name and not has_office and _is_spoken_of(paragraph, folded, name, attribution):
        return NOBODY
    if not (name or has_office or _may_speak(paragraph, first_word, attribution)):
        return NOBODY
    if has_office and not name:
        name = paragraph.name_between_commas(end)
        if attribution.content < 0 or paragraph.is_verb(stop):
            end = paragraph.word(title_stop - 1)[2]
    elif folded.endswith("ه"):
        end = paragraph.word(_agreement_stop(paragraph, first, stop) - 1)[2]
    end = name.end if name else end
    if verb.governs and attribution.content < 0 and not _is_governed(paragraph, end, verb):
        return NOBODY
    begin = _without_particle(first_word, attribution)
    words = paragraph.text[begin : end + paragraph.quotation_closes(begin, end)]
    return Speaker(name.name_id if name else "", words)


def _is_addressee(head: str, attribution: Attribution) -> bool:
    """Whether a medium is told something: its gender is not that of the verb (أفاد وكالة الأنباء بأن)."""
    return _is_masculine(attribution) and head.endswith("ه") and head in speaker_words("media")


def _is_spoken_of(paragraph: SpokenParagraph, head: str, name: NameSpan, attribution: Attribution) -> bool:
    """Whether the name right behind a verb is that of its object, and the subject is told before or left out.

    Behind a masculine verb no country, city or name in ة speaks (اتهم روسيا), nor anybody behind a relative pronoun
    (الذي انتقد أوربان) or before the one who does it (اتهم من قبل بروكسل). A family name alone behind a feminine
    verb may be a man's to whom it is said (وحذرت ترامب), but for an aside that tells where (واتهمت ترامب، في مقابلة).
    """
    if not attribution.verb.transitive:
        return False
    if paragraph.follows_relative(attribution.word) or _BY.match(fold(paragraph.text[name.end : name.end + _NEAR])):
        return True
    if _is_masculine(attribution):
        return name.kind == "place" or head.endswith("ه")
    in_full = name.kind != "person" or " " in paragraph.text[name.start : name.end]
    return not (in_full or _ASIDE.match(paragraph.text, name.end))


def _is_masculine(attribution: Attribution) -> bool:
    """Whether the verb is a finite one in the masculine."""
    feminine = attribution.form.endswith("ت") or attribution.form.lstrip("وف")[0] == "ت"
    return attribution.verb.role == "finite" and not feminine


def _may_speak(paragraph: SpokenParagraph, first_word: Word, attribution: Attribution) -> bool:
    """Whether words that open with neither a name nor an office may be the speaker.

    Three kinds may not: words led by ب, which tell what is promised (وتعهد بتوضيح); words of the speaker's own, quoted
    without a colon (يؤكد دعمه لـ"حق القرى"); and an adverb.
    """
    (head, start, end), verb = first_word, attribution.verb
    source = is_source(head, verb)
    if verb.role == "before":
        return source
    if attribution.content < 0 or verb.object or (head.startswith("ب") and not source):
        return False
    possessive = paragraph.text[start:end].endswith(_POSSESSIVE)
    if possessive and not attribution.has_clause and ":" not in paragraph.text[end : attribution.content]:
        return False
    adverb = attribution.stop == attribution.first + 1 and head.endswith("ا")
    if adverb:
        return False
    return source or not (verb.noun or paragraph.follows_relative(attribution.word))


def _agreement_stop(paragraph: SpokenParagraph, first: int, stop: int) -> int:
    """The first word that does not agree with the noun in ة before it, as what is spoken of (واعتبرت الوزارة القرار).

    `stop` where all words agree, or one is no noun with its article.
    """
    for word in range(first, stop):
        form = paragraph.form(word)
        if not form.startswith("ال"):
            break
        if not form.endswith(_AGREES):
            return word
    return stop


def _is_governed(paragraph: SpokenParagraph, end: int, verb: Verb) -> bool:
    """Whether one of the words that the verb governs follows the speaker, who ends at offset `end`."""
    return not verb.governs.isdisjoint(map(fold, paragraph.text[end:].split(None, 1)[:1]))


def _title_stop(paragraph: SpokenParagraph, first: int, stop: int, names: list[NameSpan]) -> int:
    """The word after a title that begins at `first`: nouns up to one with its article, and the adjectives of that.

    A further office, "in the name of" or a noun led by ل begins anew (نائب رئيس الوزراء وزير الطاقة); any other word
    without article that follows one with it is no part of the title (أبدى الرئيس استعداده), nor is the counterpart to
    whom something is said (حذر الوزير نظيره).
    """
    after_definite = False
    for word in range(first, stop):
        form, start, _ = paragraph.word(word)
        if word > first and form in speaker_words("counterparts"):
            return word
        name = next((name for name in names if name.start - 2 <= start < name.end), None)
        if name is not None and name.start < start - 2:
            continue
        definite = name is not None or form.startswith(("ال", "لل"))
        renews = form.startswith("ل") or form in speaker_words("renews") or form in offices()
        adjective = definite and (form.endswith(_ADJECTIVE) or form in speaker_words("title_tail"))
        if after_definite and not (renews or adjective):
            return word
        after_definite = definite
    return stop


def _without_particle(first_word: Word, attribution: Attribution) -> int:
    """The offset of a speaker without the ل of "according to" (وفقا لبيان; not نقلا عن لجنة, وفقا للوزارة)."""
    head, start, _ = first_word
    one_word = attribution.first == attribution.word + 1
    takes_particle = attribution.verb.role == "before" and one_word and attribution.form.endswith("ا")
    return start + (takes_particle and head.startswith("ل") and not head.startswith("لل"))


def _named_speaker(
    paragraph: SpokenParagraph, first: int, names: list[NameSpan], title_stop: int, verb: Verb
) -> NameSpan | None:
    """The name that opens the words, or the last person whose office, up to the word `title_stop`, opens them.

    None where the name may as well be that of somebody else: then nobody is named.
    """
    head, start, end = paragraph.word(first)
    direct = [name for name in names if name.direct]
    latest_start = start + 1  # وفقا لأوربان
    if head in speaker_words("bodies"):
        latest_start = end + 1
    if head in bearers() and end + 1 in paragraph.quotes:
        latest_start = end + 2
    if direct and direct[0].start <= latest_start:
        return direct[0]
    title_end = paragraph.word(title_stop)[1] if title_stop < len(paragraph.signs) else len(paragraph.text)
    people = [
        name
        for name in direct
        if name.kind == "person" and name.start <= title_end and not _is_part_of_office(paragraph, first, name)
    ]
    if not people:
        return None
    name = people[0] if verb.transitive else people[-1]
    return name if _bears_office(paragraph, first, name, verb) else None


def _bears_office(paragraph: SpokenParagraph, first: int, name: NameSpan, verb: Verb) -> bool:
    """Whether a name behind an office is surely that of its holder.

    Behind a verb that may have a person for its object a family name alone may be that person's (اتهم الوزير أوربان),
    and behind two offices it may be either holder's (مستشار الرئيس زيلينسكي); a deputy's name is written in full.
    """
    in_full = " " in paragraph.text[name.start : name.end]
    if _is_office_of_office(paragraph, first, name.start):
        return in_full and paragraph.word(first)[0] in speaker_words("deputies")
    return in_full or not verb.transitive


def _is_office_of_office(paragraph: SpokenParagraph, first: int, stop: int) -> bool:
    """Whether the office that opens the words serves a further one before offset `stop` (المتحدث باسم الرئيس).

    Not an office that stands behind a whole title: it is the same person's (رئيس الوزراء وزير الخارجية).
    """
    first += paragraph.word(first)[0] in speaker_words("honorifics")
    previous = paragraph.word(first)[0]
    for word in range(first + 1, len(paragraph.signs)):
        form, start, _ = paragraph.word(word)
        if start >= stop:
            break
        follows_title = previous.startswith(("ال", "لل"))
        if form in offices() and not follows_title:
            return True
        previous = form
    return False


def _is_part_of_office(paragraph: SpokenParagraph, first: int, name: NameSpan) -> bool:
    """Whether the name only says whose office it is (مبعوث ترامب, المتحدث باسم ترامب) or where (رئيس كازاخستان)."""
    words = range(first, len(paragraph.signs))
    previous = next((word for word in words if paragraph.word(word)[2] >= name.start - 1), first)
    form, start, end = paragraph.word(previous)
    if start < name.start < end or form in speaker_words("renews"):
        return True
    if form.startswith("ل") and form[1:].removeprefix("ل") in offices():
        return True
    return previous == first and not form.startswith("ال")


def _speaker_before(paragraph: SpokenParagraph, attribution: Attribution) -> Speaker:
    """The named speaker whose words open a clause and end right before the verb (لكن الرئيس دونالد ترامب قال).

    The verb may have قد before it (وكان ترامب قد قال).
    """
    verb_start = attribution.start
    names = paragraph.names_within(attribution.sentence[0], verb_start)
    between = fold(paragraph.text[names[-1].end : verb_start].strip()) if names else ""
    if not names or between not in speaker_words("before_verb") or paragraph.names_sender(names[-1].start):
        return NOBODY
    first = clause_start(paragraph, attribution.word)
    head, start, _ = paragraph.word(first)
    title_stop = attribution.word if head in offices() else first
    inside = paragraph.names_within(start, verb_start)
    name = _named_speaker(paragraph, first, inside, title_stop, attribution.verb)
    return Speaker(name.name_id, paragraph.text[start : name.end]) if name is names[-1] else NOBODY


def clause_start(paragraph: SpokenParagraph, verb: int) -> int:
    """The word that opens the clause before a verb: the first of its paragraph, or after a mark or a turn (لكن)."""
    turns, furthest = speaker_words("turns"), max(0, verb - LONGEST_SPEAKER)
    for word in range(verb, furthest, -1):
        form = paragraph.form(word - 1)
        if paragraph.follows_mark(word) or form in turns:
            return word
        if word > 1 and f"{paragraph.form(word - 2)} {form}" in turns:
            return word
    return furthest
