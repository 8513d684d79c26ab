"""Names: each of the source is in the translation in a form it may have there, and none is there that was made up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from site_src.model import Finding, Name
from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.names import NameSpan
from site_src.translate.checks.pair import Pair, Severity, Side
from site_src.translate.checks.sounds import certainly_heard, heard

_CAPITALISED = re.compile(r"(?<![.!?:;…\"“”«»'‘(\[—–] )(?<![\w\"“”«»’'‘(\[-])(?<!^)[A-ZÀ-Þ][\w’'-]+")


def names(pair: Pair) -> Iterator[Finding]:
    """Names lost, replaced or added; what countries, capitals and governments may say for each other is allowed."""
    if not pair.readable:
        return
    ours, theirs = _first(pair.source.names), _first(pair.target.names)
    for name_id, span in ours.items():
        if name_id not in theirs and not _stands_in(pair, name_id, theirs, pair.target):
            yield _lost(pair, span, ours, theirs)
    added = [span for name_id, span in theirs.items() if name_id not in ours]
    for span in added:
        if not _allowed(pair, span, ours):
            yield pair.target.finding("names", "error", span.start, span.end, "not in the source")
    if pair.target.lang == "en":
        yield from _unheard(pair)


def _first(spans: Iterable[NameSpan]) -> dict[str, NameSpan]:
    """Each name with where it first stands, by itself rather than as an adjective."""
    found: dict[str, NameSpan] = {}
    for span in spans:
        if span.name_id not in found or (span.direct and not found[span.name_id].direct):
            found[span.name_id] = span
    return found


def _lost(pair: Pair, span: NameSpan, ours: dict[str, NameSpan], theirs: dict[str, NameSpan]) -> Finding:
    """What a name that is not in the translation weighs."""
    name = pair.source.book.names[span.name_id]
    if any(certainly_heard(form, pair.target) for form in _forms(name, pair.target.lang)):
        return pair.source.finding("names", "warning", span.start, span.end, "in another form")
    titled = name.kind == "person" and bool(_titles().search(pair.target.folded))
    replaced = any(name_id not in ours for name_id in theirs)
    severity: Severity = "warning" if titled or not (span.direct or replaced) else "error"
    return pair.source.finding("names", severity, span.start, span.end, "not in the translation")


def _allowed(pair: Pair, span: NameSpan, ours: dict[str, NameSpan]) -> bool:
    """Whether the source gives a name that only the translation has."""
    book = pair.target.book
    name = book.names[span.name_id]
    if _stands_in(pair, span.name_id, ours, pair.source):
        return True
    if not span.direct and name.country and any(book.names[other].country == name.country for other in ours):
        return True
    anchored = pair.source.lang == "ar" and book.find_all([pair.source.text, name.ar])[0]
    if anchored and any(found.name_id == name.id for found in anchored):
        return True
    return any(certainly_heard(form, pair.source) for form in _forms(name, "en"))


def _forms(name: Name, lang: str) -> tuple[str, ...]:
    if lang == "en":
        return (name.en, name.en_short, *name.en_variants, *name.en_adjectives)
    return (name.ar, *name.ar_variants)


def _stands_in(pair: Pair, name_id: str, others: Iterable[str], other: Side) -> bool:
    """Whether the other text says it by another name of the same country or union: its capital, its government."""
    book = pair.source.book
    groups = _groups(book.names[name_id])
    return any(not groups.isdisjoint(_groups(book.names[one])) for one in others) or any(
        pattern.search(other.folded) for group in groups if (pattern := _seats(other.lang).get(group))
    )


def _groups(name: Name) -> frozenset[str]:
    """The countries and unions that the name may stand for: its own if it is one, or a capital of one."""
    listed = frozenset(group for group, ids in table("checks_names")["unions"].items() if name.id in ids)
    country = name.kind == "place" and bool(name.country) and bool(name.en_adjectives)
    seat = name.country and (seats := _seats("en").get(name.country)) and seats.fullmatch(fold(name.en))
    return listed | {name.country} if country or seat else listed


@cache
def _seats(lang: str) -> dict[str, re.Pattern[str]]:
    """Country or union to the words for its capital and government."""
    return {
        group: re.compile(rf"(?<!\w)(?:[وف]?[بلك]?)?(?:{'|'.join(map(fold, words[lang]))})(?!\w)")
        for group, words in table("checks_names")["seats"].items()
        if words.get(lang)
    }


@cache
def _titles() -> re.Pattern[str]:
    return re.compile(rf"\bthe (?:\w+ )?(?:{'|'.join(table('checks_names')['titles'])})\b")


@cache
def _common() -> frozenset[str]:
    return frozenset(table("checks_names")["capitalised"])


def _unheard(pair: Pair) -> Iterator[Finding]:
    """Capitalised words of the translation that are no known name and that nothing in the source sounds like.

    One may be a word that English writes so; two side by side are somebody's name.
    """
    target = pair.target
    strangers = [word for word in _CAPITALISED.finditer(target.text) if _is_stranger(word, pair)]
    for before, word, after in zip([None, *strangers], strangers, [*strangers[1:], None], strict=False):
        paired = (before and before.end() + 1 == word.start()) or (after and word.end() + 1 == after.start())
        severity: Severity = "error" if paired else "warning"
        yield target.finding("names", severity, *word.span(), "nothing in the source sounds like it")


def _is_stranger(word: re.Match[str], pair: Pair) -> bool:
    """Whether nothing says where the word comes from."""
    plain = fold(word[0]).removesuffix("'s").removesuffix("’s")
    if len(plain) < 2 or not _common().isdisjoint((plain, plain.removesuffix("s"), plain.partition("-")[0])):
        return False
    if any(span.start <= word.start() < span.end for span in pair.target.names) or heard(plain, pair.source):
        return False
    return not _known_seat(word, pair)


def _known_seat(word: re.Match[str], pair: Pair) -> bool:
    """Whether the word is of a capital whose country or name is in the source."""
    here = {group for span in pair.source.names for group in _groups(pair.source.book.names[span.name_id])}
    for group, pattern in _seats("en").items():
        if any(seat.start() <= word.start() < seat.end() for seat in pattern.finditer(pair.target.folded)):
            return group in here or bool(_seats(pair.source.lang)[group].search(pair.source.folded))
    return False
