"""Figures that say nothing by themselves: away from their sentence a reader cannot tell what they count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache

from site_src.model.brief import Figure
from site_src.tables import table
from site_src.text.figures.qualifiers import may_limit
from site_src.text.fold import fold, fold_all
from site_src.text.patterns import compiled, late
from site_src.text.words import PREPOSITIONS, alternatives, folded_word, without_conjunction

_NEAR = 16
"""Characters before or behind a figure, enough for the words beside it that are asked for."""
_DOTTED = late(r"[1-9]\d{0,2}\.\d{3}(?![\d.,]*\d)")
_THOUSAND = 1000
_CLAUSE = late(r"[^\d،,؛;:.()«»\"]*\Z")
_REACH_OF_LIMIT = 50
"""Characters before a figure in which a verb is looked for that limits it."""
_AND = " و"
_TIMES = ("second", "minute", "hour", "day", "week", "month", "year")
_LADDERS = (_TIMES, ("cm", "m", "km"), ("gram", "kg", "tonne"), ("cent", "USD"), ("cent", "EUR"))
"""Units of which one figure may have two (61 dollars and 40 cents), the smallest first."""
_TO = late(r"\s(?:إلى|حتى|أو)\s")
_LESS = late(r"\sإلا (?!أن)\w")
_OF_EACH_HUNDRED = late(r"كل (?:\d|م[ائ]|ألف|عشر)")
_JOINT = late(r"\s(و\w{2,}ا)(?!\w)")


def says_nothing(text: str, figure: Figure) -> bool:
    """Whether a figure of a text, no date and no ordinal, says nothing by itself.

    So do a number that counts nothing named beside it, unless a scale word makes it a large one, a share in a cell of a
    table, an end of "one of every four children", the digits of a name (مؤشر ستوكس 600), the rest of a time that begins
    with one of a unit (سنة وستة أشهر), and 12.500, which may be twelve and a half or twelve thousand five hundred. Nor
    is a figure told that is denied, or limited in a way that was not understood (ألا يزيد حجم القوات على 600).
    """
    return (
        _counts_nothing(text, figure)
        or _is_of_each(text, figure)
        or _is_name(text, figure)
        or _is_rest(text, figure)
        or _is_dotted(text, figure)
        or _is_denied(text, figure)
        or _goes_on(text, figure)
        or _is_limited(text, figure)
    )


def with_rests(text: str, figures: Iterable[Figure]) -> Iterator[Figure]:
    """The figures of a text in order, a measure and its rest in a smaller unit as one: three hours and 20 minutes."""
    previous: Figure | None = None
    for figure in figures:
        joined = previous is not None and text[previous.end : figure.start] == _AND
        if previous and joined and _is_smaller(figure, previous.unit):
            english = f"{previous.english} and {figure.english}"
            previous = previous._replace(end=figure.end, unit=figure.unit, english=english, tail=figure.tail)
            continue
        if previous:
            yield previous
        previous = figure
    if previous:
        yield previous


def _is_smaller(figure: Figure, unit: str) -> bool:
    """Whether a figure counts, without a range, a smaller unit of the kind of `unit`; it may have a rate behind it."""
    counted = figure.unit.partition("/")[0]
    ladders = (ladder for ladder in _LADDERS if counted in ladder and unit in ladder)
    return not figure.high and any(ladder.index(counted) < ladder.index(unit) for ladder in ladders)


def _counts_nothing(text: str, figure: Figure) -> bool:
    """Whether it is a number below 1,000, in digits or with its article that counts nothing, or a share in a cell."""
    if figure.noun or figure.unit:
        return "|" in text and figure.unit == "percent"
    words = text[figure.start : figure.end]
    is_small = bool(figure.low) and 1 <= Fraction(figure.low) < _THOUSAND and " " not in words
    return is_small or figure.low == "1" or words[-1].isdigit() or words.startswith("ال")


def _is_of_each(text: str, figure: Figure) -> bool:
    """Whether a figure is the second of "one of every four children", in which no four children are counted."""
    return text[max(0, figure.start - _NEAR) : figure.start].rstrip().endswith(_of_each())


def _is_name(text: str, figure: Figure) -> bool:
    """Whether a figure is the digits of a model or an index: إف 16."""
    if figure.unit or not text[figure.start].isdigit():
        return False
    words_before = text[max(0, figure.start - _NEAR) : figure.start].split()
    word = folded_word(words_before[-1]) if words_before else ""
    return word in _models() or without_conjunction(word) in _models()


def is_before_christ(text: str, figure: Figure) -> bool:
    """Whether a year or century is one before Christ, which its English does not say."""
    following = text[figure.end : figure.end + _NEAR].lstrip()
    return following.startswith(tuple(table("numbers")["ar"]["word"]["before christ"]))


def _is_rest(text: str, figure: Figure) -> bool:
    """Whether a figure is the rest of a time that begins with one of a larger unit: سنة وستة أشهر."""
    if figure.kind != "duration" or not text[: figure.start].endswith(_AND):
        return False
    words_before = fold(text[max(0, figure.start - _NEAR) : figure.start - len(_AND)]).split()
    if not words_before:
        return False
    word, times = words_before[-1], _single_times()
    without_particle = word[1:] if word.startswith(PREPOSITIONS) else word
    return _is_smaller(figure, times.get(word) or times.get(without_particle, ""))


def _is_dotted(text: str, figure: Figure) -> bool:
    """Whether the point before three digits may part thousands: a decimal hardly ends in 0, and counts no persons."""
    match = _DOTTED.match(text, figure.start)
    if match is None or not figure.low or Fraction(figure.low) >= _THOUSAND:
        return False
    return match[0].endswith("0") or figure.kind == "number"


def _is_denied(text: str, figure: Figure) -> bool:
    """Whether the text says that it is not this figure (ليس 5 ملايين بل 8)."""
    words_before = text[max(0, figure.start - figure.lead - _NEAR) : figure.start - figure.lead].split()
    return bool(words_before) and without_conjunction(folded_word(words_before[-1])) in ("ليس", "ليست")


@cache
def _of_each() -> tuple[str, ...]:
    """The words that stand between the ends of "one of every four"."""
    return tuple(table("numbers")["ar"]["word"]["of each"])


def _goes_on(text: str, figure: Figure) -> bool:
    """Whether words behind a figure change it: nine hours less a quarter, 41 women and children, six days to eight.

    So does "38 of every 100".
    """
    behind = text[figure.end : figure.end + _NEAR]
    of_each = behind.lstrip().startswith(_of_each()) and _OF_EACH_HUNDRED.search(behind)
    if of_each or _LESS.match(behind) or (_TO.match(behind) and _other_end().match(fold(behind))):
        return True
    above_ten = figure.kind == "number" and figure.low.isdigit() and int(figure.low[-2:]) > 10
    joint = _JOINT.match(behind) if above_ten else None
    return joint is not None and folded_word(joint[1]) not in fold_all(table("numbers")["ar"]["word"]["not a noun"])


@cache
def _other_end() -> re.Pattern[str]:
    """The other end of a range, spelt without its unit, in folded text: to eight."""
    numbers = table("numbers")["ar"]
    words = fold_all([form for row in ("digit", "ten") for forms in numbers[row].values() for form in forms])
    return compiled(rf"\s(?:الي|حتي|او)\s(?:{alternatives(words)})(?!\w)")


def _is_limited(text: str, figure: Figure) -> bool:
    """Whether a verb that limits a figure stands before it in its clause, and how was not understood."""
    if figure.qualifier or figure.kind == "ordinal":
        return False
    clause = _CLAUSE.search(text, max(0, figure.start - _REACH_OF_LIMIT), figure.start)
    return clause is not None and may_limit([folded_word(word) for word in clause[0].split()])


@cache
def _single_times() -> dict[str, str]:
    """Folded word for one of a unit of time to the unit."""
    return {form: unit for unit in _TIMES for form in fold_all(table("units")["unit"][unit]["ar"])}


@cache
def _models() -> frozenset[str]:
    """Folded words that digits make the name of a model, an index or a meeting."""
    return frozenset(fold_all(table("numbers")["ar"]["word"]["models"]))
