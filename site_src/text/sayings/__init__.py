"""Sayings: who says something, with which verb, and whether in quotation marks.

A speaker is what stands between the verb and the clause it opens (قال وزير الخارجية إن), the named one who opens a
clause right before it (لكن ترامب قال), or, for a participle (مؤكدا) and a further verb that agrees (وقال), the speaker
of its sentence. Nothing is guessed across sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_src.model.brief import Saying
from site_src.text.cut import CutText
from site_src.text.memo import Memo
from site_src.text.names.book import NameSpan
from site_src.text.patterns import late
from site_src.text.quotations import OPENING_QUOTES
from site_src.text.sayings.speakers import LONGEST_SPEAKER, NOBODY, Heard, speaker
from site_src.text.sayings.spoken import CLAUSE, DENIES, UNSEEN, Spoken, spoken
from site_src.text.sayings.words import longest_quoted_name, openers, unsaid, verbs_of_saying

_REACH = 30
"""Words after a verb within which the clause it opens must begin."""
_OPENING = late(r'[:«“„"]')
_PAUSE = late(r"[،؛]|\.(?=\s)")
_DANGLING = late(r"[،,؛]\s*\S*\s*\Z")
"""A lone conjunction before the next saying (، بينما)."""
_EDGE = " \t\n،,؛;:-–—"


def find_sayings(text: str | CutText, names: Sequence[NameSpan] = (), place: int = 0) -> tuple[Saying, ...]:
    """The sayings of one Arabic paragraph in order; `names` are the known names in it, in order, `place` is its own."""
    whole = spoken(CutText.of(text), names)
    return tuple(_ended(whole, list(_sayings(whole)), place)) if whole else ()


def _sayings(whole: Spoken) -> Iterator[tuple[Heard, tuple[str, str]]]:
    """Each saying with (name id or "", words) of its speaker, so far as it is known where a participle stands.

    What is told of somebody within what another says (إن التقرير الذي اتهم فيه الشركة بـ«الإهمال» خطأ) is part of that.
    """
    last = within = None
    for heard in _heard(whole):
        verb, opened = heard.verb, heard.body >= 0
        if (verb.need and not opened) or (verb.passive and not heard.clause):
            continue
        if verb.role == "participle" and heard.place - 1 == last:
            continue
        last = heard.place
        if whole.quoted(heard.start, heard.sentence[0]):
            continue
        by = speaker(whole, heard)
        by_the_way = verb.noun or (heard.sentence == within and whole.relative(heard.place))
        if by[1] or (opened and verb.role != "before" and not by_the_way):
            within = heard.sentence
            yield heard, by


def _heard(whole: Spoken) -> Iterator[Heard]:
    verbs, second = verbs_of_saying(), -1
    for place in whole.may_say:
        form, start, _ = whole.word(place)
        two = f"{form} {whole.word(place + 1)[0]}" if form in openers() and place + 1 < len(whole.signs) else ""
        verb = verbs.get(two) or verbs.get(form)
        if verb is None or place == second or _unsaid(whole, place, form):
            continue
        first = place + 1 + (two in verbs)
        second = first - 1
        stop, sentence = whole.may_end(first, first + LONGEST_SPEAKER), whole.sentence(start)
        body, clause = (-1, False) if _is_next(whole, stop) else _body(whole, stop, sentence[1])
        yield Heard(verb, form, place, start, sentence, first, stop, body, clause)


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
        return place == 1 or whole.apart(place - 1)
    if before in unsaid("imperfect"):
        return verb[0] in "يت" and not verb.startswith(tuple(unsaid("perfect")))
    return before in unsaid("always")


def _body(whole: Spoken, stop: int, limit: int) -> tuple[int, bool]:
    """Where what is said begins, after a clause word, a colon or an opening mark, and whether a clause word opens it.

    (-1, False) where nothing opens.
    """
    for place in whole.may_begin(stop, stop + _REACH):
        _, start, end = whole.word(place)
        if whole.signs[place] & CLAUSE and start < limit:
            return _after_clause(whole.text, end), True
        if start > limit:
            break
        gap = whole.text[whole.word(place - 1)[2] : start]
        opens, pauses = _told_by[gap]
        if opens and not whole.names_medium(place, gap):
            return start - len(gap) + len(gap.rstrip(UNSEEN)) - 1, False
        if place > stop and pauses:
            break
    return -1, False


_told_by: Memo[tuple[bool, bool]] = Memo(lambda gap: (bool(_OPENING.search(gap)), bool(_PAUSE.search(gap))))
"""Whether what stands between two words opens something, and whether it is a pause."""


def _after_clause(text: str, end: int) -> int:
    while end < len(text) and text[end] in " :":
        end += 1
    return end


def _ended(whole: Spoken, found: list[tuple[Heard, tuple[str, str]]], place: int) -> Iterator[Saying]:
    """Each saying with its end; participles with the speaker of the saying before them in the same sentence."""
    carried, last, form = NOBODY, None, ""
    starts = [*[heard.start for heard, _ in found[1:]], len(whole.text)]
    for (heard, by), following in zip(found, starts, strict=False):
        goes_on = heard.verb.role == "participle" or (not by[1] and _goes_on(form, heard.form))
        form = heard.form
        if heard.sentence[1] != last or not goes_on:
            carried, last = by, heard.sentence[1]
        quoted = heard.body >= 0 and whole.text[heard.body : heard.body + 1] in OPENING_QUOTES
        closed = whole.quotes.get(heard.body, -1) + 1
        if closed and heard.clause and _names(whole.text[heard.body : closed], whole.text[closed : closed + 2]):
            quoted, closed = False, 0
        end = closed or _end(whole.text, heard, following)
        yield Saying(place, heard.start, end, heard.verb.id, *carried, quoted)


def _names(quotation: str, following: str) -> bool:
    """Whether a quotation that opens a clause is but a name, and the clause goes on (قالت إن «النجم» ستبيع حصتها)."""
    return len(quotation.split()) <= longest_quoted_name() and following.strip().isalpha()


def _goes_on(before: str, form: str) -> bool:
    """Whether a verb joined by "and" or "then" has the subject of the one before, as far as their endings tell."""
    joined = form[1:] in verbs_of_saying()
    return joined and (before.endswith("ت"), before.endswith("وا")) == (form.endswith("ت"), form.endswith("وا"))


def _end(text: str, heard: Heard, following: int) -> int:
    """Where a saying ends that is no quotation: before the one that follows, or with its sentence."""
    start, sentence = heard.start, heard.sentence[1]
    said = _DANGLING.sub("", text[start:following]) if following < sentence else text[start:sentence]
    return start + len(said.rstrip(_EDGE))
