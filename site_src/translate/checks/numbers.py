"""Numbers and dates: each of the source is in the translation, and none is there that the source has not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.patterns import compiled, late
from site_src.translate.checks.amounts import Amount, clock, decades, months, same
from site_src.translate.checks.pair import Pair, Severity, Side

_DIGITS = late(r"\d+(?:[.,]\d+)*")
_MODEL = late(r"(?<=[^\W\d_][-‑])(\d{2,3})(?![\w-])")


def numbers(pair: Pair) -> Iterator[Finding]:
    """Amounts lost, changed or added."""
    if not pair.readable:
        return
    ours, theirs = pair.source.amounts, pair.target.amounts
    lost, added = _missing(ours, theirs, pair.target), _missing(theirs, ours, pair.source)
    yield from _findings(pair.source, lost)
    yield from _findings(pair.target, added)
    yield from _models(pair)
    yield from _calendar(pair)
    yield from _decades(pair)


def _decades(pair: Pair) -> Iterator[Finding]:
    """The eighties and the 1980s are one; where both texts name decades, another one is an error."""
    ours, theirs = _named_decades(pair.source), _named_decades(pair.target)
    for side, mine, their in ((pair.source, ours, theirs), (pair.target, theirs, ours)):
        for number, word in mine.items():
            if number not in their:
                place = side.folded.find(word)
                severity: Severity = "error" if their else "warning"
                yield side.folded_finding("numbers", severity, place, place + len(word))


def _named_decades(side: Side) -> dict[int, str]:
    """The decades that a text names, by number, with the word."""
    known = decades()
    return {} if known.keys().isdisjoint(side.words) else {known[word]: word for word in side.words if word in known}


def _models(pair: Pair) -> Iterator[Finding]:
    """Digits that a dash ties to a word in both texts, as models are numbered, of which the source has other ones."""
    ours = set(_MODEL.findall(pair.source.folded))
    for found in _MODEL.finditer(pair.target.text) if ours else ():
        if found[1] not in pair.source.folded and not ours <= set(_DIGITS.findall(pair.target.text)):
            yield pair.target.finding("numbers", "error", *found.span(1))
            return


def _findings(side: Side, missing: list[Amount]) -> Iterator[Finding]:
    """One finding for each figure, a range being one."""
    for start, end in dict.fromkeys((amount.start, amount.end) for amount in missing):
        slight = all(amount.slight for amount in missing if amount.start == start)
        if not slight or side.place == "source":  # English says two and second of its own accord
            yield side.finding("numbers", "warning" if slight else "error", start, end)


_FEW = 200
"""Different amounts up to which each is compared with each; in a table of more, only equal ones are found."""


def _missing(mine: tuple[Amount, ...], others: tuple[Amount, ...], other: Side) -> list[Amount]:
    """The amounts that the other text does not have; what is said often is looked for once."""
    there = {(one.kind, one.value, one.unit): one for one in others}
    alike = there.values() if len(there) <= _FEW else ()
    digits = _digits(other)
    carried = {
        key: key in there
        or any(same(amount, one) for one in alike)
        or (_said(amount, other, digits) and not any(_replaces(one, amount, mine) for one in alike))
        for key, amount in {(amount.kind, amount.value, amount.unit): amount for amount in mine}.items()
    }
    return [amount for amount in mine if not carried[amount.kind, amount.value, amount.unit]]


def _replaces(one: Amount, amount: Amount, mine: tuple[Amount, ...]) -> bool:
    """Whether the other text counts as many of something else, which this one does not: two years, not two months."""
    counts = bool(amount.unit and one.unit) and one.value == amount.value and one.unit != amount.unit
    return counts and not any(same(one, own) for own in mine)


def _said(amount: Amount, other: Side, digits: frozenset[str]) -> bool:
    """Whether the other text has at least words or digits that can say the amount."""
    value = f"{float(amount.value):g}"
    if amount.kind not in {"vague", "money"} and value in digits and amount.value >= 3:
        return True
    if amount.kind == "time" and any(
        len(one) == 4 and clock(int(one)) == amount.value for one in digits if one.isdecimal()
    ):
        return True
    key = "vague" if amount.kind == "vague" and amount.value <= 1000 else value
    keys = (key, f"{value}%") if amount.kind == "percent" else (key, amount.kind) if not amount.unit else (key,)
    said = (found for found in map(_sayings(other.lang).get, keys) if found)
    return any(found.search(other.folded) for found in said)


def _digits(side: Side) -> frozenset[str]:
    """Numbers in digits that no figure holds: in a name, glued to a letter."""
    read = {place for figure in side.figures for place in range(figure.start, figure.end)}
    free = (found[0] for found in _DIGITS.finditer(side.text) if found.start() not in read)
    return frozenset(fold(number).replace(",", "") for number in free)


@cache
def _sayings(lang: str) -> dict[str, re.Pattern[str]]:
    """Value to the words that may say it without being a number."""
    return {value: _any_of(words) for value, words in table("checks_numbers")["sayings"][lang].items()}


def _any_of(words: list[str]) -> re.Pattern[str]:
    return compiled("|".join(fold(word) for word in words))


def _calendar(pair: Pair) -> Iterator[Finding]:
    """Months and weekdays, which are compared by name; a month that is also a word or a date says less."""
    ours, theirs = calendar(pair.source), calendar(pair.target)
    stated = months(pair.source.figures), months(pair.target.figures)
    dated = _today(pair.source.lang).search(pair.source.text)
    nights = list(_nights().finditer(pair.source.text)) if len(ours) > 1 else []
    for side, mine, their, known in ((pair.source, ours, theirs, stated[1]), (pair.target, theirs, ours, stated[0])):
        for (sort, number), (start, end) in mine.items():
            if (sort, number) in their or (sort == "months" and number in known):
                continue
            if side is pair.source and _is_of_a_night(start, mine, their, nights):
                continue
            doubtful = side.text[start:end] in table("checks_numbers")["doubtful"]["names"]
            free = side is pair.source or (dated and sort == "weekdays")
            replaced = any(other == sort and not (free and (other, n) in mine) for other, n in their)
            certain = replaced or (sort == "months" and not doubtful)
            yield side.finding("numbers", "error" if certain else "warning", start, end)


def _is_of_a_night(place: int, mine: Named, their: Named, nights: list[re.Match[str]]) -> bool:
    """Whether a weekday of a source belongs to a night between two, of which the translation names one."""
    night = next((found.span() for found in nights if found.start() <= place < found.end()), (0, 0))
    return any(key in their for key, (start, _) in mine.items() if night[0] <= start < night[1])


@cache
def _nights() -> re.Pattern[str]:
    return compiled(rf"(?<!\w){table('checks_numbers')['nights']['ar']}(?!\w)")


@cache
def _today(lang: str) -> re.Pattern[str]:
    """What finds a word for which a translation may give the weekday."""
    return compiled(rf"(?<!\w)[وف]?(?:{'|'.join(table('checks_numbers')['today'].get(lang, ())) or '(?!)'})(?!\w)")


Named = dict[tuple[str, int], tuple[int, int]]
"""Months and weekdays by number, with where a text first names them."""


def calendar(side: Side) -> Named:
    """The months and weekdays that a text names."""
    names, pattern = _calendar_names(side.lang)
    particles = _PARTICLES[side.lang]
    found: Named = {}
    for match in pattern.finditer(side.text):
        if _before(side.text, match.start()) in particles:
            found.setdefault(names[match[0]], match.span())
    return found


def _before(text: str, place: int) -> str:
    """The letters that stand right before a place."""
    start = place
    while start and text[start - 1].isalnum():
        start -= 1
    return text[start:place]


_PARTICLES = {"ar": frozenset(["", *"وفبلك", *(first + second for first in "وف" for second in "بلك")]), "en": {""}}
"""What may be written onto the front of a name."""


@cache
def _calendar_names(lang: str) -> tuple[dict[str, tuple[str, int]], re.Pattern[str]]:
    """Names of months and weekdays as written, and what finds them; English ones have a capital."""
    known = table("checks_numbers")
    rows = [(sort, *row) for sort in ("months", "weekdays") for row in enumerate(known[sort][lang], 1)]
    names = {name: (sort, number) for sort, number, forms in rows for name in forms}
    words = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return names, compiled(rf"(?:{words})(?!\w|-(?!(?:{words})\b)\w| عشر)")
