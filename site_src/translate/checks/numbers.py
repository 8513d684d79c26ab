"""Numbers and dates: each one of the source is in the translation, and the translation adds none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.patterns import compiled, late
from site_src.translate.checks.amounts import Amount, clock, decades, is_same_amount, months
from site_src.translate.checks.pair import Pair, Severity, Side

_DIGITS = late(r"\d+(?:[.,]\d+)*")
_MODEL = late(r"(?<=[^\W\d_][-‑])(\d{2,3})(?![\w-])")
_MANY_AMOUNTS = 200
"""Up to so many different amounts, each is compared with each; beyond (a table), only equal ones are recognised."""


def check_numbers(pair: Pair) -> Iterator[Finding]:
    """Numbers, model numbers, months, weekdays and decades that are lost, changed or added."""
    if not pair.readable:
        return
    source, target = pair.source, pair.target
    lost = _missing(source.amounts, target.amounts, target)
    added = _missing(target.amounts, source.amounts, source)
    yield from _findings(source, lost)
    yield from _findings(target, added)
    yield from _changed_models(pair)
    yield from _changed_calendar(pair)
    yield from _changed_decades(pair)


def _changed_decades(pair: Pair) -> Iterator[Finding]:
    """Decades that only one text names: an error where the other text names decades too, else a warning.

    The eighties and the 1980s are the same decade.
    """
    in_source, in_target = _named_decades(pair.source), _named_decades(pair.target)
    for side, decades_here, decades_there in ((pair.source, in_source, in_target), (pair.target, in_target, in_source)):
        for number, word in decades_here.items():
            if number not in decades_there:
                start = side.folded.find(word)
                severity: Severity = "error" if decades_there else "warning"
                yield side.folded_finding("numbers", severity, start, start + len(word))


def _named_decades(side: Side) -> dict[int, str]:
    """The decades that a text names: number to the folded word."""
    numbers_by_word = decades()
    if numbers_by_word.keys().isdisjoint(side.words):
        return {}
    return {numbers_by_word[word]: word for word in side.words if word in numbers_by_word}


def _changed_models(pair: Pair) -> Iterator[Finding]:
    """The first model number of the translation that differs from those of the source.

    A model number is two or three digits tied to a word by a hyphen, in both texts.
    """
    source_models = set(_MODEL.findall(pair.source.folded))
    for model in _MODEL.finditer(pair.target.text) if source_models else ():
        if model[1] not in pair.source.folded and not source_models <= set(_DIGITS.findall(pair.target.text)):
            yield pair.target.finding("numbers", "error", *model.span(1))
            return


def _findings(side: Side, missing: list[Amount]) -> Iterator[Finding]:
    """One finding for each figure with an amount that the other text does not have; a range is one figure."""
    for start, end in dict.fromkeys((amount.start, amount.end) for amount in missing):
        idiomatic = all(amount.is_idiomatic for amount in missing if amount.start == start)
        if not idiomatic or side.role == "source":  # English says two and second of its own accord
            yield side.finding("numbers", "warning" if idiomatic else "error", start, end)


def _missing(amounts: tuple[Amount, ...], other_amounts: tuple[Amount, ...], other: Side) -> list[Amount]:
    """Those of `amounts` that the other text, with `other_amounts`, does not have in any form."""
    distinct = {(amount.kind, amount.value, amount.unit): amount for amount in amounts}
    other_distinct = {(amount.kind, amount.value, amount.unit): amount for amount in other_amounts}
    candidates = other_distinct.values() if len(other_distinct) <= _MANY_AMOUNTS else ()
    free_digits = _digits_outside_figures(other)
    has_counterpart = {
        key: key in other_distinct
        or any(is_same_amount(amount, candidate) for candidate in candidates)
        or (
            _may_be_expressed(amount, other, free_digits)
            and not any(_replaces(candidate, amount, amounts) for candidate in candidates)
        )
        for key, amount in distinct.items()
    }
    return [amount for amount in amounts if not has_counterpart[amount.kind, amount.value, amount.unit]]


def _replaces(candidate: Amount, amount: Amount, amounts: tuple[Amount, ...]) -> bool:
    """Whether the other text counts as many of another unit, which this text does not: two years, not two months."""
    other_unit = bool(amount.unit and candidate.unit) and candidate.unit != amount.unit
    if not other_unit or candidate.value != amount.value:
        return False
    return not any(is_same_amount(candidate, own_amount) for own_amount in amounts)


def _may_be_expressed(amount: Amount, other: Side, free_digits: frozenset[str]) -> bool:
    """Whether the other text has words or digits that can express the amount without being a figure."""
    value = f"{float(amount.value):g}"
    if amount.kind not in {"vague", "money"} and value in free_digits and amount.value >= 3:
        return True
    if amount.kind == "time" and any(
        len(digits) == 4 and clock(int(digits)) == amount.value for digits in free_digits if digits.isdecimal()
    ):
        return True
    key = "vague" if amount.kind == "vague" and amount.value <= 1000 else value
    if amount.kind == "percent":
        keys: tuple[str, ...] = (key, f"{value}%")
    else:
        keys = (key,) if amount.unit else (key, amount.kind)
    patterns = (pattern for pattern in map(_idioms(other.lang).get, keys) if pattern)
    return any(pattern.search(other.folded) for pattern in patterns)


def _digits_outside_figures(side: Side) -> frozenset[str]:
    """Numbers in digits that belong to no figure: those in a name, or glued to a letter."""
    offsets_in_figures = {offset for figure in side.figures for offset in range(figure.start, figure.end)}
    numbers_outside = (match[0] for match in _DIGITS.finditer(side.text) if match.start() not in offsets_in_figures)
    return frozenset(fold(number).replace(",", "") for number in numbers_outside)


@cache
def _idioms(lang: str) -> dict[str, re.Pattern[str]]:
    """Value to the words that may express it without being a number."""
    return {value: _any_of(words) for value, words in table("checks_numbers")["sayings"][lang].items()}


def _any_of(words: list[str]) -> re.Pattern[str]:
    return compiled("|".join(fold(word) for word in words))


def _changed_calendar(pair: Pair) -> Iterator[Finding]:
    """Months and weekdays that only one text names, compared by name.

    It is only a warning where the month's name is also another word, or where a weekday may stand for a date.
    """
    source, target = pair.source, pair.target
    in_source, in_target = calendar(source), calendar(target)
    source_months, target_months = months(source.figures), months(target.figures)
    source_has_today = _today(source.lang).search(source.text)
    nights = list(_nights().finditer(source.text)) if len(in_source) > 1 else []
    for side, here, there, months_there in (
        (source, in_source, in_target, target_months),
        (target, in_target, in_source, source_months),
    ):
        for (kind, number), (start, end) in here.items():
            if (kind, number) in there or (kind == "months" and number in months_there):
                continue
            if side is source and _is_of_a_night(start, here, there, nights):
                continue
            is_also_a_word = side.text[start:end] in table("checks_numbers")["doubtful"]["names"]
            may_be_left_out = side is source or (source_has_today and kind == "weekdays")
            replaced = any(
                other_kind == kind and not (may_be_left_out and (other_kind, other_number) in here)
                for other_kind, other_number in there
            )
            certain = replaced or (kind == "months" and not is_also_a_word)
            yield side.finding("numbers", "error" if certain else "warning", start, end)


def _is_of_a_night(offset: int, source_days: Named, target_days: Named, nights: list[re.Match[str]]) -> bool:
    """Whether a weekday of the source belongs to a night between two days, and the translation names either day."""
    start, end = next((night.span() for night in nights if night.start() <= offset < night.end()), (0, 0))
    return any(key in target_days for key, (day_start, _) in source_days.items() if start <= day_start < end)


@cache
def _nights() -> re.Pattern[str]:
    return compiled(rf"(?<!\w){table('checks_numbers')['nights']['ar']}(?!\w)")


@cache
def _today(lang: str) -> re.Pattern[str]:
    """The pattern of words such as "today", for which a translation may give the weekday."""
    return compiled(rf"(?<!\w)[وف]?(?:{'|'.join(table('checks_numbers')['today'].get(lang, ())) or '(?!)'})(?!\w)")


Named = dict[tuple[str, int], tuple[int, int]]
"""("months" or "weekdays", number from 1) to the span in which a text first names it."""


def calendar(side: Side) -> Named:
    """The months and weekdays that a text names."""
    names, pattern = _calendar_names(side.lang)
    particles = _PARTICLES[side.lang]
    first_spans: Named = {}
    for match in pattern.finditer(side.text):
        if _letters_before(side.text, match.start()) in particles:
            first_spans.setdefault(names[match[0]], match.span())
    return first_spans


def _letters_before(text: str, offset: int) -> str:
    """The letters and digits that stand right before an offset."""
    start = offset
    while start and text[start - 1].isalnum():
        start -= 1
    return text[start:offset]


_PARTICLES = {"ar": frozenset(["", *"وفبلك", *(first + second for first in "وف" for second in "بلك")]), "en": {""}}
"""What may be written onto the front of a name."""


@cache
def _calendar_names(lang: str) -> tuple[dict[str, tuple[str, int]], re.Pattern[str]]:
    """Names of months and weekdays as written, and the pattern that finds them; English ones have a capital."""
    rules = table("checks_numbers")
    rows = [(kind, *row) for kind in ("months", "weekdays") for row in enumerate(rules[kind][lang], 1)]
    names = {name: (kind, number) for kind, number, forms in rows for name in forms}
    words = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return names, compiled(rf"(?:{words})(?!\w|-(?!(?:{words})\b)\w| عشر)")
