"""Sayings: who says something, with which verb, and whether in quotation marks.

A speaker is what stands between the verb and the clause it opens (قال وزير الخارجية إن), the named one who opens a
clause right before it (لكن ترامب قال), or, for a participle (مؤكدا) and a further verb that agrees (وقال), the speaker
of its sentence. Nothing is guessed across sentences.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from site_src.model.brief import Saying
from site_src.text.cut import CutText
from site_src.text.fold import fold
from site_src.text.memo import Memo
from site_src.text.names.book import NameSpan
from site_src.text.patterns import late
from site_src.text.quotations import OPENING_QUOTES
from site_src.text.sayings.speakers import LONGEST_SPEAKER, NOBODY, Attribution, Speaker, clause_start, find_speaker
from site_src.text.sayings.spoken import DENIES, INVISIBLE, OPENS_CLAUSE, SpokenParagraph, read_spoken
from site_src.text.sayings.words import (
    as_said,
    denials,
    first_of_two_words,
    longest_quoted_name,
    speaker_words,
    verbs_of_saying,
    what_words,
)

_REACH = 30
"""Words behind the speaker within which what is said must begin."""
_OPENING = late(r'[:«“„"]')
_PAUSE = late(r"[،؛]|\.(?=\s)")
_LONE_CONJUNCTION = late(r"[،,؛]\s*\S*\s*\Z")
"""A lone conjunction before the next saying (، بينما)."""
_EDGE = " \t\n،,؛;:-–—"


def find_sayings(text: str | CutText, names: Sequence[NameSpan] = (), place: int = 0) -> tuple[Saying, ...]:
    """The sayings of one Arabic paragraph in order.

    `names` are the known names in it, in order; `place` is its number, which each saying is given.
    """
    paragraph = read_spoken(CutText.of(text), names)
    if paragraph is None:
        return ()
    return tuple(_to_sayings(paragraph, list(_with_speakers(paragraph)), place))


def _with_speakers(paragraph: SpokenParagraph) -> Iterator[tuple[Attribution, Speaker]]:
    """Each saying with its speaker, `NOBODY` where a participle has none of its own.

    A saying that only describes somebody within what another says is part of that other saying
    (إن التقرير الذي اتهم فيه الشركة بـ«الإهمال» خطأ). Who first does something may then speak (نشر أوربان صورة وكتب).
    """
    last_word = last_sentence = acting = None
    for attribution in _find_attributions(paragraph):
        verb, has_content = attribution.verb, attribution.content >= 0
        if verb.need and not has_content:
            acting = attribution
            continue
        if verb.passive and not attribution.has_clause:
            continue
        if verb.role == "participle" and attribution.word - 1 == last_word:
            continue
        last_word = attribution.word
        if paragraph.is_quoted(attribution.start, attribution.sentence[0]):
            continue
        speaker = find_speaker(paragraph, attribution)
        if acting and not speaker.words and _goes_on(acting, attribution):
            speaker = find_speaker(paragraph, acting)
        acting = None
        within_other = attribution.sentence == last_sentence and paragraph.follows_relative(attribution.word)
        stands_alone = has_content and verb.role != "before" and not (verb.noun or within_other)
        if speaker.words or stands_alone:
            last_sentence = attribution.sentence
            yield attribution, speaker


def _find_attributions(paragraph: SpokenParagraph) -> Iterator[Attribution]:
    """Every verb of saying that nothing before it denies, with the places of its speaker and of what is said."""
    verbs, second_word = verbs_of_saying(), -1
    for word in paragraph.verb_candidates:
        form, start, _ = paragraph.word(word)
        may_be_two = form in first_of_two_words() and word + 1 < len(paragraph.signs)
        two_words = f"{form} {paragraph.form(word + 1)}" if may_be_two else ""
        verb = verbs.get(two_words) or verbs.get(form)
        if verb is None or word == second_word or _is_denied(paragraph, word, form):
            continue
        first = word + 1 + (two_words in verbs)
        second_word = first - 1
        stop, sentence = paragraph.speaker_stop(first, first + LONGEST_SPEAKER), paragraph.sentence_at(start)
        content, has_clause = _find_content(paragraph, stop, sentence[1])
        if not has_clause and verb.role == "finite" and word and paragraph.form(word - 1) in what_words():
            if lead := _words_as_said(paragraph, word):
                verb, word = as_said()[lead], word - lead.count(" ") - 1
                start = paragraph.word(word)[1]
            elif content < 0:  # what somebody says, and not that he says it
                continue
        yield Attribution(verb, form, word, start, sentence, first, stop, content, has_clause)


def _words_as_said(paragraph: SpokenParagraph, verb: int) -> str:
    """The words right before a verb that make "according to" of it (وفق ما أعلن), without conjunction; else ""."""
    for count in range(1, min(2, verb) + 1):
        form = " ".join(map(paragraph.form, range(verb - count, verb)))
        apart = paragraph.follows_mark(verb - count) or form not in speaker_words("only_apart")
        if form in as_said() and apart and not any(map(paragraph.follows_mark, range(verb - count + 1, verb + 1))):
            return form
    return ""


def _is_finite_verb(paragraph: SpokenParagraph, word: int) -> bool:
    """Whether a word is a finite verb of saying, and not a noun of the same form."""
    verb = verbs_of_saying().get(paragraph.form(word)) if paragraph.is_verb(word) else None
    return verb is not None and verb.role == "finite" and not verb.noun


def _is_denied(paragraph: SpokenParagraph, word: int, verb: str) -> bool:
    """Whether the word right before a verb denies the saying, or only supposes, awaits or asks for it."""
    if not word or not paragraph.signs[word - 1] & DENIES or paragraph.follows_mark(word):
        return False
    previous = paragraph.form(word - 1)
    if previous in denials("opening"):
        return word == 1 or paragraph.follows_mark(word - 1)
    if previous in denials("imperfect"):
        return verb[0] in "يت" and not verb.startswith(tuple(denials("perfect")))
    return previous in denials("always")


def _find_content(paragraph: SpokenParagraph, stop: int, sentence_end: int) -> tuple[int, bool]:
    """(offset of what is said, whether a clause word opens it): after a clause word, or at a colon or opening mark.

    (-1, False) where nothing opens, or only behind a further verb of saying, whose words these are then
    (نقل رسالة من الوزير قال فيها إن). `stop` is the word behind the speaker.
    """
    further_verb = _next_verb(paragraph, stop)
    for word in paragraph.content_candidates(stop, stop + _REACH):
        if word > further_verb:
            break
        _, start, end = paragraph.word(word)
        if paragraph.signs[word] & OPENS_CLAUSE and start < sentence_end:
            return _skip_colon(paragraph.text, end), True
        if start > sentence_end:
            break
        gap = paragraph.text[paragraph.word(word - 1)[2] : start]
        opens, pauses = _marks_in_gap[gap]
        if opens and not paragraph.follows_medium(word, gap):
            return start - len(gap) + len(gap.rstrip(INVISIBLE)) - 1, False
        if word > stop and pauses:
            break
    return -1, False


def _next_verb(paragraph: SpokenParagraph, stop: int) -> int:
    """The first finite verb of saying from the word `stop` on; behind all words where there is none.

    Not one that is denied (رفض ذكر اسمه), or that tells more of somebody named (الذي أعلن).
    """
    for word in paragraph.verb_candidates[bisect_left(paragraph.verb_candidates, stop) :]:
        if not _is_finite_verb(paragraph, word) or paragraph.follows_relative(word):
            continue
        if not _is_denied(paragraph, word, paragraph.form(word)):
            return word
    return len(paragraph.signs)


_marks_in_gap: Memo[tuple[bool, bool]] = Memo(lambda gap: (bool(_OPENING.search(gap)), bool(_PAUSE.search(gap))))
"""Whether the characters between two words open something, and whether they are a pause."""


def _skip_colon(text: str, offset: int) -> int:
    while offset < len(text) and text[offset] in " :":
        offset += 1
    return offset


def _to_sayings(
    paragraph: SpokenParagraph, attributed: list[tuple[Attribution, Speaker]], place: int
) -> Iterator[Saying]:
    """Each saying with its end; a participle has the speaker of the saying before it in the same sentence."""
    speaker, sentence_end, previous_form = NOBODY, None, ""
    next_starts = [len(paragraph.text)]
    for (before, _), next_one in reversed([*pairwise(attributed)]):
        is_part = _may_be_part(paragraph, before, *next_one)
        next_starts.append(next_starts[-1] if is_part else _start(paragraph.text, *next_one))
    for (attribution, own_speaker), next_start in zip(attributed, reversed(next_starts), strict=False):
        verb, form = attribution.verb, attribution.form
        continues = verb.role == "participle" or (not own_speaker.words and _shares_subject(previous_form, form))
        previous_form = form
        if attribution.sentence[1] != sentence_end or not continues:
            speaker, sentence_end = own_speaker, attribution.sentence[1]
        start, content = _start(paragraph.text, attribution, own_speaker), attribution.content
        quoted = content >= 0 and paragraph.text[content : content + 1] in OPENING_QUOTES
        quotation_end = paragraph.quotes.get(content, -1) + 1
        if quotation_end and attribution.has_clause and _is_name(paragraph.text, content, quotation_end):
            quoted, quotation_end = False, 0
        end = quotation_end or _unquoted_end(paragraph.text, attribution, next_start)
        yield Saying(place, start, end, verb.id, speaker.name_id, speaker.words, quoted)


def _may_be_part(paragraph: SpokenParagraph, before: Attribution, attribution: Attribution, speaker: Speaker) -> bool:
    """Whether a saying may be part of the one before it: nobody is known to say it, and no new clause parts the two.

    So in "قال ترامب إن أوربان أكد له أن".
    """
    if attribution.verb.role != "finite" or speaker.words or _is_joined(attribution.form):
        return False
    return clause_start(paragraph, attribution.word) <= before.word


def _is_joined(form: str) -> bool:
    """Whether a folded form of a verb of saying has a conjunction before it."""
    return form[0] in "وف" and form[1:] in verbs_of_saying()


def _start(text: str, attribution: Attribution, speaker: Speaker) -> int:
    """Where a saying begins: at its verb, or at the speaker who stands right before that."""
    start = text.rfind(speaker.words, attribution.sentence[0], attribution.start) if speaker.words else -1
    if start < 0:
        return attribution.start
    between = fold(text[start + len(speaker.words) : attribution.start].strip())
    return start if between in speaker_words("before_verb") else attribution.start


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether a quotation that opens a clause is but a name, and the clause goes on (قالت إن «النجم» ستبيع حصتها)."""
    return len(text[start:end].split()) <= longest_quoted_name() and text[end : end + 2].strip().isalpha()


def _shares_subject(previous_form: str, form: str) -> bool:
    """Whether a verb joined by "and" or "then" has the subject of the one before, as far as their endings tell."""
    return _is_joined(form) and _subject_endings(previous_form) == _subject_endings(form)


def _goes_on(attribution: Attribution, following: Attribution) -> bool:
    """Whether the next verb of the sentence has the subject of this one."""
    return attribution.sentence == following.sentence and _shares_subject(attribution.form, following.form)


def _subject_endings(form: str) -> tuple[bool, bool]:
    """Whether a verb ends as a feminine, and as a plural."""
    return form.endswith("ت"), form.endswith("وا")


def _unquoted_end(text: str, attribution: Attribution, next_start: int) -> int:
    """Where a saying ends that is no quotation: before the next saying, or with its sentence."""
    start, sentence_end = attribution.start, attribution.sentence[1]
    words = text[start : min(next_start, sentence_end)]
    if next_start < sentence_end:
        words = _LONE_CONJUNCTION.sub("", words)
    return start + len(words.rstrip(_EDGE))
