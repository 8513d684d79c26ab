"""Figures that say nothing by themselves: away from their sentence a reader cannot tell what they count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache

from site_src.model.brief import Figure
from site_src.tables import table
from site_src.text.fold import fold, fold_all
from site_src.text.patterns import late
from site_src.text.words import PREPOSITIONS, folded_word, without_conjunction

_NEAR = 16
"""Characters before or behind a figure, enough for the words beside it that are asked for."""
_SCORE = late(r"(?<![\d.,])(?:\d{1,2}\s?[-–]\s?(?:\d{1,2}|صفر)|صفر\s?[-–]\s?\d{1,2})(?![\d.,])")
_NUMBERS_AND = late(r"(?:\d+\s+و)+\Z")
_DOTTED = late(r"[1-9]\d{0,2}\.\d{3}(?![\d.,]*\d)")
_THOUSAND = 1000
_GOES_ON = late(r"(?:و|او )\s?\d")
_AND = " و"
_TIMES = ("second", "minute", "hour", "day", "week", "month", "year")
"""Units of time, the smallest first."""


def says_nothing(text: str, figure: Figure) -> bool:
    """Whether a figure of a text, no date and no ordinal, says nothing by itself.

    So do the only figure of a table's cell, a spelt number with its article that counts nothing, a mere one, an end of
    "one of every four children", the goals of a match, the digits of a name (مؤشر ستوكس 600, الدقيقة 78), the rest of a
    time that begins with one of a unit (سنة وستة أشهر), digits whose unit or month stands elsewhere (45 و60 مليون), and
    12.500, which may be twelve and a half or twelve thousand five hundred. What is denied says nothing either.
    """
    return (
        _is_bare_cell(text, figure)
        or _points_back(text, figure)
        or _is_of_each(text, figure)
        or (not figure.unit and (_is_score(text, figure) or _is_name(text, figure) or _is_cut_short(text, figure)))
        or _is_rest(text, figure)
        or _is_dotted(text, figure)
        or _is_denied(text, figure)
    )


def with_rests(text: str, figures: Iterable[Figure]) -> Iterator[Figure]:
    """The figures of a text in order, a time and its rest in a smaller unit as one: three hours and 20 minutes."""
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
    """Whether a figure counts, without a range, a unit of time that is smaller than the unit of time `unit`."""
    if figure.high or figure.unit not in _TIMES or unit not in _TIMES:
        return False
    return _TIMES.index(figure.unit) < _TIMES.index(unit)


def _points_back(text: str, figure: Figure) -> bool:
    """Whether a figure is a spelt number with its article, or a one, that counts nothing."""
    if figure.kind != "number" or figure.noun or figure.unit or figure.qualifier:
        return False
    return figure.low == "1" or (text.startswith("ال", figure.start) and text[figure.end - 1].isalpha())


def _is_of_each(text: str, figure: Figure) -> bool:
    """Whether a figure is an end of "one of every four children", in which no four children are counted."""
    if text[max(0, figure.start - _NEAR) : figure.start].rstrip().endswith(_of_each()):
        return True
    alone = not (figure.noun or figure.unit)
    return alone and text[figure.end : figure.end + _NEAR].lstrip().startswith(_of_each())


def _is_bare_cell(row: str, figure: Figure) -> bool:
    """Whether a figure is all that a cell of a table holds, and counts nothing that is named beside it."""
    if "|" not in row or figure.noun or figure.unit not in ("", "percent"):
        return False
    before, after = row[: figure.start].rstrip(), row[figure.end :].lstrip()
    return before[-1:] in ("", "|") and after[:1] in ("", "|")


def _is_score(text: str, figure: Figure) -> bool:
    """Whether a figure without unit is in the goals of both sides: 3-1, 2-صفر."""
    if figure.noun not in ("", "صفر"):
        return False
    scores = _SCORE.finditer(text, max(0, figure.start - _NEAR), figure.end + _NEAR)
    return any(score.start() <= figure.start < score.end() for score in scores)


def _is_name(text: str, figure: Figure) -> bool:
    """Whether a figure without unit is the digits of a model or an index, or those that order the noun before them.

    The noun may stand before several (في الدقيقتين 22 و63).
    """
    if not text[figure.start].isdigit():
        return False
    before = _NUMBERS_AND.sub("", fold(text[max(0, figure.start - _NEAR) : figure.start]))
    words_before = before.rsplit(None, 1)
    word = words_before[-1] if before.endswith(" ") and words_before else ""
    word = word if word in _models() else without_conjunction(word)
    return word in _models() or (not figure.noun and word in _ordered_nouns())


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


def _is_cut_short(text: str, figure: Figure) -> bool:
    """Whether digits without unit go on with further ones, or with a word for a month or a time of day: 5 الجاري."""
    if not text[figure.end - 1].isdigit():
        return False
    following = fold(text[figure.end : figure.end + _NEAR]).lstrip()
    return _GOES_ON.match(following) is not None or following.startswith(_words_of_times())


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


@cache
def _words_of_times() -> tuple[str, ...]:
    """Folded words behind a day of the last, this or the next month, and behind an hour."""
    words = table("dates")
    months = (word for sign in ("past", "present", "future") for word in words["relative"][sign])
    return tuple(fold_all([*months, *(word for word in words["before_noon"] + words["after_noon"] if len(word) > 1)]))


@cache
def _single_times() -> dict[str, str]:
    """Folded word for one of a unit of time to the unit."""
    return {form: unit for unit in _TIMES for form in fold_all(table("units")["unit"][unit]["ar"])}


@cache
def _models() -> frozenset[str]:
    """Folded words that digits make the name of a model, an index or a meeting."""
    return frozenset(fold_all(table("numbers")["ar"]["word"]["models"]))


@cache
def _ordered_nouns() -> frozenset[str]:
    """Folded nouns with their article that are ordered more often than counted, and two of each."""
    nouns = fold_all(table("numbers")["ar"]["cue"]["ordinal_noun"])
    pairs = (f"{noun[:-1]}ت" if noun.endswith("ه") else noun for noun in nouns)
    return frozenset(f"ال{noun}" for noun in (*nouns, *(f"{pair}ين" for pair in pairs)))
