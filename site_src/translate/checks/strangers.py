"""Strangers: words of the translation that can only be somebody's name, and that nothing in the source sounds like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.fold import fold, unmarked
from site_src.text.patterns import compiled, late
from site_src.text.words import folded_list
from site_src.translate.checks.pair import Pair, Severity, Side
from site_src.translate.checks.seats import forms, groups_of, seats
from site_src.translate.checks.sounds import heard, spelt_out

_CAPITALISED = late(r"(?<![.!?:;…\"“”«»'‘(\[—–|] )(?<![\w\"“”«»’'‘(\[-])(?<!^)[A-ZÀ-Þ][\w’'-]+")
_BEHIND = late(r" (?:of|for) (?:the )?(?:[A-ZÀ-Þ][\w’'-]+ ?)+")
_LONG = late(r"[^\W\d_]{4,}")
_FEW_WORDS, _TITLE = 4, 0.85
"""Longer words that a title has at least, and the share of them with a capital."""
_PREFIX = 5
"""Letters of particles and article that may stand before a word, and one more."""


@cache
def capitalised() -> frozenset[str]:
    """Folded words that English capitalises without being anybody's name."""
    return frozenset(table("checks_names")["capitalised"])


def unheard(pair: Pair) -> Iterator[Finding]:
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
        if not paired and _is_of_an_institution(word, target.text):
            continue
        severity: Severity = "error" if paired else "warning"
        yield target.finding("names", severity, *word.span())


def _is_of_an_institution(word: re.Match[str], text: str) -> bool:
    """Whether words follow that English capitalises in what it translates: the Observatory for Human Rights."""
    behind = _BEHIND.match(text, word.end())
    return behind is not None and not capitalised().isdisjoint(map(fold, behind[0].split()))


def unsaid(pair: Pair) -> Iterator[Finding]:
    """Words of the source that can only be of a name, of which nothing is heard in the translation.

    A name that nothing in the source explains may be theirs.
    """
    source, target = pair.source, pair.target
    if source.lang != "ar" or _is_title(target.text):
        return
    known = [(source.in_folded(span.start), source.in_folded(span.end)) for span in source.names]
    plain = folded_list("checks_names", "strange", "words")
    found = [
        match.span(match.lastindex or 0)
        for match in _strange().finditer(source.folded)
        if not any(start <= match.start(match.lastindex or 0) < end for start, end in known)
        and plain.isdisjoint(match[match.lastindex or 0][place:] for place in range(_PREFIX))
        and not heard(match[match.lastindex or 0], target)
    ]
    if found and not any(_is_stranger(word, pair) for word in _CAPITALISED.finditer(target.text)):
        yield source.folded_finding("names", "warning", *found[0])


@cache
def _strange() -> re.Pattern[str]:
    known = table("checks_names")["strange"]
    place = rf"(?:(?<!\w)[وفبل]?{known['head']} )({known['place']})"
    return compiled(rf"{place}(?!\w)|(?<!\w)({known['surname']})(?!\w)")


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
    known = (form for span in source.names for form in forms(source.book.names[span.name_id], "en"))
    return any(unmarked(word) in unmarked(fold(form)).split() for form in known)


def _is_title(text: str) -> bool:
    """Whether nearly every longer word has a capital, so that a capital says nothing."""
    long = _LONG.findall(text)
    return len(long) >= _FEW_WORDS and sum(word[0].isupper() for word in long) >= _TITLE * len(long)


def _known_seat(word: re.Match[str], pair: Pair) -> bool:
    """Whether the word is of a capital whose country or name is in the source."""
    here = {group for span in pair.source.names for group in groups_of(pair.source.book.names[span.name_id])}
    for group, pattern in seats("en").items():
        if any(seat.start() <= word.start() < seat.end() for seat in pattern.finditer(pair.target.folded)):
            return group in here or bool(seats(pair.source.lang)[group].search(pair.source.folded))
    return False
