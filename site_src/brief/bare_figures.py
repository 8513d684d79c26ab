"""Figures that say nothing by themselves: away from their sentence a reader cannot tell what they count."""

from __future__ import annotations

from functools import cache

from site_src.model.brief import Figure
from site_src.tables import table
from site_src.text.fold import fold, fold_all
from site_src.text.patterns import late
from site_src.text.words import without_conjunction

_NEAR = 16
"""Characters before or behind a figure, enough for the words beside it that are asked for."""
_SCORE = late(r"(?<![\d.,])(?:\d{1,2}\s?[-–]\s?(?:\d{1,2}|صفر)|صفر\s?[-–]\s?\d{1,2})(?![\d.,])")


def says_nothing(text: str, figure: Figure) -> bool:
    """Whether a figure of a text, no date and no ordinal, says nothing by itself.

    So do the only figure of a table's cell, a spelt number with its article that counts nothing, an end of "one of
    every four children", the goals of a match, and the digits of a name (مؤشر ستوكس 600, الدقيقة 78).
    """
    return any(check(text, figure) for check in (_is_bare_cell, _points_back, _is_of_each, _is_score, _is_name))


def _points_back(text: str, figure: Figure) -> bool:
    """Whether a figure is a spelt number with its article that counts nothing."""
    if figure.kind != "number" or figure.noun or figure.unit or figure.qualifier:
        return False
    return text.startswith("ال", figure.start) and text[figure.end - 1].isalpha()


def _is_of_each(text: str, figure: Figure) -> bool:
    """Whether a figure is an end of "one of every four children", in which no four children are counted."""
    of_each = tuple(table("numbers")["ar"]["word"]["of each"])
    if text[max(0, figure.start - _NEAR) : figure.start].rstrip().endswith(of_each):
        return True
    alone = not (figure.noun or figure.unit)
    return alone and text[figure.end : figure.end + _NEAR].lstrip().startswith(of_each)


def _is_bare_cell(row: str, figure: Figure) -> bool:
    """Whether a figure is all that a cell of a table holds, and counts nothing that is named beside it."""
    if "|" not in row or figure.noun or figure.unit not in ("", "percent"):
        return False
    before, after = row[: figure.start].rstrip(), row[figure.end :].lstrip()
    return before[-1:] in ("", "|") and after[:1] in ("", "|")


def _is_score(text: str, figure: Figure) -> bool:
    """Whether a figure is in the goals of both sides: 3-1, 2-صفر."""
    if figure.unit or figure.noun not in ("", "صفر"):
        return False
    scores = _SCORE.finditer(text, max(0, figure.start - _NEAR), figure.end + _NEAR)
    return any(score.start() <= figure.start < score.end() for score in scores)


def _is_name(text: str, figure: Figure) -> bool:
    """Whether a figure is the digits of a model or an index, or those that order the noun before them."""
    if figure.unit or not text[figure.start].isdigit():
        return False
    words_before = fold(text[max(0, figure.start - _NEAR) : figure.start]).rsplit(None, 1)
    word = words_before[-1] if text[figure.start - 1 : figure.start] == " " and words_before else ""
    word = word if word in _models() else without_conjunction(word)
    return word in _models() or (not figure.noun and word in _ordered_nouns())


@cache
def _models() -> frozenset[str]:
    """Folded words that digits make the name of a model, an index or a meeting."""
    return frozenset(fold_all(table("numbers")["ar"]["word"]["models"]))


@cache
def _ordered_nouns() -> frozenset[str]:
    """Folded nouns with their article that are ordered more often than counted."""
    return frozenset("ال" + noun for noun in fold_all(table("numbers")["ar"]["cue"]["ordinal_noun"]))
