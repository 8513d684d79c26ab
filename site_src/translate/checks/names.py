"""Names: each of the source is in the translation in a form it may have there, and none is there that was made up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal

from site_src.model.edition import Finding
from site_src.model.names import Name
from site_src.tables import table
from site_src.text.fold import fold, unmarked
from site_src.text.names import NameSpan
from site_src.text.patterns import compiled, late
from site_src.text.words import folded_list
from site_src.translate.checks.pair import Pair, Severity, Side
from site_src.translate.checks.seats import capital, forms, groups_of, is_seat, seats, times
from site_src.translate.checks.sounds import certainly_heard, same_sound, spelt_out
from site_src.translate.checks.strangers import capitalised, unheard, unsaid

_ENDINGS = ("", "s", "'s", "i", "is", "n", "ns", "an", "ans", "ian", "ians", "ese")
"""What may follow a name where it is an adjective that the names file does not list."""

_GAP = ' «“"'
"""What may stand between the name of somebody and their country beside it."""

_OWN = late(r"['’]s (?:[\w-]+ ){0,4}")
"""What stands between a country and what is its own."""
Spans = dict[str, NameSpan]
"""Names by id, with where each first stands."""


def names(pair: Pair) -> Iterator[Finding]:
    """Names lost, replaced or added; what countries, capitals and governments may say for each other is allowed."""
    if not pair.readable:
        return
    ours, theirs = _first(pair.source.names), _first(pair.target.names)
    for name_id, span in ours.items():
        if name_id not in theirs and (weight := _lost(pair, span, ours, theirs)):
            yield pair.source.finding("names", weight, span.start, span.end)
    for name_id, span in theirs.items():
        if name_id not in ours and (weight := _added(pair, span, ours, theirs)):
            yield pair.target.finding("names", weight, span.start, span.end)
    if pair.target.lang == "en":
        yield from unheard(pair)
        yield from unsaid(pair)


def _first(spans: Iterable[NameSpan]) -> Spans:
    """Each name with where it first stands, by itself rather than as an adjective."""
    found: Spans = {}
    for span in spans:
        if span.name_id not in found or (span.direct and not found[span.name_id].direct):
            found[span.name_id] = span
    return found


def _lost(pair: Pair, span: NameSpan, ours: Spans, theirs: Spans) -> Severity | None:
    """What a name that is not in the translation weighs; None where another says it, or where it is a currency's."""
    money = (figure for figure in pair.source.figures if figure.kind == "money")
    if not span.direct and any(figure.start <= span.start < figure.end for figure in money):
        return None
    name = pair.source.book.names[span.name_id]
    if _describes(span, name, pair.source, theirs):
        return "warning" if span.direct else None
    stand_in = _stand_in(name, theirs, ours, pair.target, pair.source)
    if stand_in == "free" or _spelt(name, pair.target):
        return None
    if any(same_sound(form, pair.target) for form in forms(name, pair.target.lang)):
        return None
    added = any(name_id not in ours for name_id in theirs)
    doubtful = (
        stand_in == "taken"
        or (name.kind == "person" and _titles().search(pair.target.folded))
        or not (span.direct or added)
        or (words := fold(pair.source.text[span.start : span.end])) in folded_list("checks_names", "words_too")
        or any(fold(pair.source.book.names[one].ar) in words for one in theirs)
        or any(certainly_heard(form, pair.target) for form in forms(name, pair.target.lang))
    )
    return "warning" if doubtful else "error"


def _describes(span: NameSpan, name: Name, source: Side, theirs: Spans) -> bool:
    """Whether the country is that of somebody right beside it who is in the translation: الروسي فلاديمير بوتين.

    Its adjective may stand behind them too (غازبروم الروسية), the country itself only before them (وزراء المجر أوربان).
    """
    if name.kind != "place" or not name.en_adjectives:
        return False
    others = (one for one in source.names if one.start >= span.end or not span.direct)
    gaps = ((source.text[min(one.end, span.end) : max(one.start, span.start)], one) for one in others)
    beside = (one for gap, one in gaps if gap and not gap.strip(_GAP if span.direct else f"{_GAP}،"))
    known = (source.book.names[one.name_id] for one in beside if one.name_id in theirs)
    return any(one.kind != "place" and one.country == name.country for one in known)


def _spelt(name: Name, side: Side) -> bool:
    """Whether the text has the name without the marks on its letters, or an adjective made of it that is not listed."""
    if side.lang != "en":
        return False
    text = f" {unmarked(' '.join(side.words))} "
    spelt = {unmarked(fold(form)) for form in forms(name, "en") if form}
    return any(f" {form}{ending} " in text for form in spelt for ending in _ENDINGS)


def _added(pair: Pair, span: NameSpan, ours: Spans, theirs: Spans) -> Severity | None:
    """What a name that only the translation has weighs; None where the source gives it in another way."""
    book = pair.target.book
    name = book.names[span.name_id]
    stand_in = _stand_in(name, ours, theirs, pair.source, pair.target)
    compatriots = {book.names[other].country for other in ours} if name.country else set()
    described = not span.direct or _is_own(name, pair.source) or _has_compatriot(span, name, pair.target, ours)
    if stand_in == "free" or (name.country in compatriots and described):
        return None
    written = pair.target.text[span.start : span.end]
    if written.islower() and written not in forms(name, "en"):  # a word of the language: a telegram, a turkey
        return None
    anchored = book.find_all([pair.source.text, name.ar])[0] if pair.source.lang == "ar" else ()
    if any(found.name_id == name.id for found in anchored):
        return None
    if any(certainly_heard(form, pair.source) for form in (*forms(name, "en"), written)) or spelt_out(
        written, pair.source
    ):
        return None
    inside = any(fold(book.names[one].en_short or book.names[one].en) in fold(written) for one in ours)
    if stand_in == "taken":  # a country may be told beside its capital; a capital beside its country is another place
        return "warning" if is_seat(name) else None
    plain = not written.isupper() and fold(written) in capitalised()
    return "warning" if inside or plain else "error"


def _has_compatriot(span: NameSpan, name: Name, target: Side, ours: Spans) -> bool:
    """Whether somebody or something of a country, whom the source names, follows its name as its own: Hungary's MOL."""
    others = (
        one for one in target.names if one.name_id in ours and target.book.names[one.name_id].country == name.country
    )
    return any(_OWN.fullmatch(target.text, span.end, one.start) for one in others)


def _is_own(name: Name, side: Side) -> bool:
    """Whether a name is a country's and the other text has words for somebody's own, which may be named."""
    if name.kind != "place" or not name.en_adjectives:
        return False
    words = table("checks_names")["own_country"].get(side.lang)
    return bool(words and compiled(rf"(?<!\w)(?:{fold(words)})(?!\w)").search(side.folded))


def _stand_in(name: Name, others: Spans, mine: Spans, other: Side, this: Side) -> Literal["free", "taken", ""]:
    """Whether the other text says a name by another of its country or union: its capital, its government.

    That one is taken where it stands for itself, being in both texts, unless it has the word "capital" beside it or the
    other text names them all as often.
    """
    groups = groups_of(name)
    related = {one for one in others if not groups.isdisjoint(groups_of(other.book.names[one]))}
    if related:
        told = related - mine.keys() or (is_seat(name) and capital(other.lang).search(other.folded))
        return "free" if told or times(groups, other) >= times(groups, this) else "taken"
    known = (seats(other.lang).get(group) for group in groups)
    return "free" if any(seat and seat.search(other.folded) for seat in known) else ""


@cache
def _titles() -> re.Pattern[str]:
    return compiled(rf"\bthe (?:\w+ )?(?:{'|'.join(table('checks_names')['titles'])})\b")
