"""Names: each of the source is in the translation in a form it may have there, and none is there that was made up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Literal

from site_src.model.edition import Finding
from site_src.model.names import Name
from site_src.tables import table
from site_src.text.fold import fold, unmarked
from site_src.text.names import NameSpan
from site_src.text.patterns import compiled, late
from site_src.translate.checks.pair import Pair, Severity, Side
from site_src.translate.checks.sounds import certainly_heard, heard, same_sound, spelt_out

_CAPITALISED = late(r"(?<![.!?:;…\"“”«»'‘(\[—–|] )(?<![\w\"“”«»’'‘(\[-])(?<!^)[A-ZÀ-Þ][\w’'-]+")


_LONG = late(r"[^\W\d_]{4,}")
_FEW_WORDS, _TITLE = 4, 0.85
"""Longer words that a title has at least, and the share of them with a capital."""
_ENDINGS = ("", "s", "'s", "i", "is", "n", "ns", "an", "ans", "ian", "ians", "ese")
"""What may follow a name where it is an adjective that the names file does not list."""

_GAP = ' «“"'
"""What may stand between the name of somebody and their country beside it."""
_PREFIX = 5
"""Letters of particles and article that may stand before a word, and one more."""

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
        yield from _unheard(pair)
        yield from _unsaid(pair)


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
    if any(same_sound(form, pair.target) for form in _forms(name, pair.target.lang)):
        return None
    added = any(name_id not in ours for name_id in theirs)
    doubtful = (
        stand_in == "taken"
        or (name.kind == "person" and _titles().search(pair.target.folded))
        or not (span.direct or added)
        or (words := fold(pair.source.text[span.start : span.end])) in _words_too()
        or any(fold(pair.source.book.names[one].ar) in words for one in theirs)
        or any(certainly_heard(form, pair.target) for form in _forms(name, pair.target.lang))
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
    forms = {unmarked(fold(form)) for form in _forms(name, "en") if form}
    return any(f" {form}{ending} " in text for form in forms for ending in _ENDINGS)


def _added(pair: Pair, span: NameSpan, ours: Spans, theirs: Spans) -> Severity | None:
    """What a name that only the translation has weighs; None where the source gives it in another way."""
    book = pair.target.book
    name = book.names[span.name_id]
    stand_in = _stand_in(name, ours, theirs, pair.source, pair.target)
    compatriots = {book.names[other].country for other in ours} if name.country else set()
    if stand_in == "free" or (name.country in compatriots and (not span.direct or _is_own(name, pair.source))):
        return None
    written = pair.target.text[span.start : span.end]
    if written.islower() and written not in _forms(name, "en"):  # a word of the language: a telegram, a turkey
        return None
    anchored = book.find_all([pair.source.text, name.ar])[0] if pair.source.lang == "ar" else ()
    if any(found.name_id == name.id for found in anchored):
        return None
    if any(certainly_heard(form, pair.source) for form in (*_forms(name, "en"), written)) or spelt_out(
        written, pair.source
    ):
        return None
    inside = any(fold(book.names[one].en_short or book.names[one].en) in fold(written) for one in ours)
    return "warning" if stand_in == "taken" or inside else "error"


def _is_own(name: Name, side: Side) -> bool:
    """Whether a name is a country's and the other text has words for somebody's own, which may be named."""
    if name.kind != "place" or not name.en_adjectives:
        return False
    words = table("checks_names")["own_country"].get(side.lang)
    return bool(words and compiled(rf"(?<!\w)(?:{fold(words)})(?!\w)").search(side.folded))


def _forms(name: Name, lang: str) -> tuple[str, ...]:
    if lang == "en":
        return (name.en, name.en_short, *name.en_variants, *name.en_adjectives)
    return (name.ar, *name.ar_variants)


def _stand_in(name: Name, others: Spans, mine: Spans, other: Side, this: Side) -> Literal["free", "taken", ""]:
    """Whether the other text says a name by another of its country or union: its capital, its government.

    That one is taken where it stands for itself, being in both texts, unless it has the word "capital" beside it or the
    other text names them all as often.
    """
    groups = _groups(name)
    related = {one for one in others if not groups.isdisjoint(_groups(other.book.names[one]))}
    if related:
        told = related - mine.keys() or (_is_seat(name) and _capital(other.lang).search(other.folded))
        return "free" if told or _times(groups, other) >= _times(groups, this) else "taken"
    seats = (_seats(other.lang).get(group) for group in groups)
    return "free" if any(seat and seat.search(other.folded) for seat in seats) else ""


def _times(groups: frozenset[str], side: Side) -> int:
    """How often a text names somebody of the groups."""
    return sum(not groups.isdisjoint(_groups(side.book.names[span.name_id])) for span in side.names)


def _groups(name: Name) -> frozenset[str]:
    """The countries and unions that the name may stand for: its own if it is one, or a capital of one."""
    listed = frozenset(group for group, ids in table("checks_names")["unions"].items() if name.id in ids)
    country = name.kind == "place" and bool(name.country) and bool(name.en_adjectives)
    return listed | {name.country} if country or _is_seat(name) else listed


def _is_seat(name: Name) -> bool:
    """Whether it is the capital of a country."""
    seats = _seats("en").get(name.country) if name.country else None
    return bool(seats and seats.fullmatch(fold(name.en)))


@cache
def _capital(lang: str) -> re.Pattern[str]:
    return compiled(rf"{table('checks_names')['capital'][lang]}\b")


@cache
def _seats(lang: str) -> dict[str, re.Pattern[str]]:
    """Country or union to the words for its capital and government."""
    return {
        group: compiled(rf"(?<!\w)(?:[وف]?[بلك]?)?(?:{'|'.join(map(fold, words[lang]))})(?!\w)")
        for group, words in table("checks_names")["seats"].items()
        if words.get(lang)
    }


@cache
def _words_too() -> frozenset[str]:
    return frozenset(map(fold, table("checks_names")["words_too"]))


@cache
def _titles() -> re.Pattern[str]:
    return compiled(rf"\bthe (?:\w+ )?(?:{'|'.join(table('checks_names')['titles'])})\b")


@cache
def capitalised() -> frozenset[str]:
    """Folded words that English capitalises without being anybody's name."""
    return frozenset(table("checks_names")["capitalised"])


def _unheard(pair: Pair) -> Iterator[Finding]:
    """Capitalised words of the translation that are no known name and that nothing in the source sounds like.

    One may be a word that English writes so; two side by side are somebody's name.
    """
    target = pair.target
    words = islice(_CAPITALISED.finditer(target.text), table("checks_names")["sounds"]["most"])
    strangers = [word for word in words if _is_stranger(word, pair)]
    if strangers and _is_title(target.text):
        return
    for before, word, after in zip([None, *strangers], strangers, [*strangers[1:], None], strict=False):
        paired = (before and before.end() + 1 == word.start()) or (after and word.end() + 1 == after.start())
        severity: Severity = "error" if paired else "warning"
        yield target.finding("names", severity, *word.span())


def _unsaid(pair: Pair) -> Iterator[Finding]:
    """Words of the source that can only be of a name, of which nothing is heard in the translation.

    A name that nothing in the source explains may be theirs.
    """
    source, target = pair.source, pair.target
    if source.lang != "ar" or _is_title(target.text):
        return
    known = [(source.in_folded(span.start), source.in_folded(span.end)) for span in source.names]
    found = [
        match.span(match.lastindex or 0)
        for match in _strange().finditer(source.folded)
        if not any(start <= match.start(match.lastindex or 0) < end for start, end in known)
        and _plain_words().isdisjoint(match[match.lastindex or 0][place:] for place in range(_PREFIX))
        and not heard(match[match.lastindex or 0], target)
    ]
    if found and not any(_is_stranger(word, pair) for word in _CAPITALISED.finditer(target.text)):
        yield source.folded_finding("names", "warning", *found[0])


@cache
def _strange() -> re.Pattern[str]:
    known = table("checks_names")["strange"]
    place = rf"(?:(?<!\w)[وفبل]?{known['head']} )({known['place']})"
    return compiled(rf"{place}(?!\w)|(?<!\w)({known['surname']})(?!\w)")


@cache
def _plain_words() -> frozenset[str]:
    return frozenset(map(fold, table("checks_names")["strange"]["words"]))


def _is_stranger(word: re.Match[str], pair: Pair) -> bool:
    """Whether nothing says where the word comes from."""
    plain = fold(word[0]).removesuffix("'s").removesuffix("’s")
    if len(plain) < 2 or any(map(str.isdigit, plain)):
        return False
    if not capitalised().isdisjoint((plain, plain.removesuffix("s"), plain.partition("-")[0])):
        return not _stands_for(word[0], pair.source)
    if any(span.start <= word.start() < span.end for span in pair.target.names) or heard(plain, pair.source):
        return False
    if spelt_out(word[0].removesuffix("'s").removesuffix("’s"), pair.source):
        return False
    return not _known_seat(word, pair) and not _in_a_form(plain, pair.source)


def _stands_for(word: str, source: Side) -> bool:
    """Whether a word that English capitalises is no acronym, or one of which the source says some word."""
    found = _acronyms().get(word) if source.lang == "ar" and word not in source.text else None
    return found is None or bool(found.search(source.folded)) or spelt_out(word, source)


@cache
def _acronyms() -> dict[str, re.Pattern[str]]:
    return {word.upper(): compiled(fold(ar)) for word, ar in table("checks_names")["acronyms"].items()}


def _in_a_form(word: str, source: Side) -> bool:
    """Whether the word is of a name of the source, written without the marks on its letters."""
    forms = (form for span in source.names for form in _forms(source.book.names[span.name_id], "en"))
    return any(unmarked(word) in unmarked(fold(form)).split() for form in forms)


def _is_title(text: str) -> bool:
    """Whether nearly every longer word has a capital, so that a capital says nothing."""
    long = _LONG.findall(text)
    return len(long) >= _FEW_WORDS and sum(word[0].isupper() for word in long) >= _TITLE * len(long)


def _known_seat(word: re.Match[str], pair: Pair) -> bool:
    """Whether the word is of a capital whose country or name is in the source."""
    here = {group for span in pair.source.names for group in _groups(pair.source.book.names[span.name_id])}
    for group, pattern in _seats("en").items():
        if any(seat.start() <= word.start() < seat.end() for seat in pattern.finditer(pair.target.folded)):
            return group in here or bool(_seats(pair.source.lang)[group].search(pair.source.folded))
    return False
