"""The names that a line of credit holds, without what else it states: a place, a day, how long reading takes."""

from __future__ import annotations

import re
from functools import cache

from site_src.parse.fields.names import Credit, credits_in, is_nobody
from site_src.parse.word_lists import word_list
from site_src.tables import table
from site_src.text.dates import find_dates
from site_src.text.fold import fold, fold_all, folded
from site_src.text.memo import Memo
from site_src.text.words import alternatives

credited_names: Memo[tuple[Credit, ...]] = Memo(
    lambda value: tuple(
        [name for name in credits_in(_without_time(_without_place(value))) if _may_be_credited(name.text)]
    )
)
"""The names that the value of a credit line holds. The pages of a site credit the same few, so they are remembered."""


def _may_be_credited(name: str) -> bool:
    """Whether a name can credit somebody: it does not begin as "an hour ago" does, and does not end with a label.

    A label stands at the end in rows whose order was reversed by the program that copied them.
    """
    if is_nobody(name):
        return False
    plain = fold(name)
    first_word, last_word = plain.partition(" ")[0], plain.rpartition(" ")[2]
    return first_word not in word_list("bylines", "ago") and plain not in _labels() and last_word not in _labels()


@cache
def _labels() -> frozenset[str]:
    """The folded phrases that label the day or the author in a row."""
    rows = [row for row in table("bylines")["label"] if row["field"] in ("published", "updated", "byline")]
    return frozenset(fold_all([phrase for row in rows if row.get("loose") for phrase in row["phrases"]]))


def _without_place(value: str) -> str:
    """A credit without "in PLACE:" before the name."""
    place, colon, name = value.partition(":")
    return name if colon and fold(place.partition(" ")[0]) in word_list("bylines", "before_place") else value


def _without_time(value: str) -> str:
    """A credit without what else its line states: the date, the time of day and how long reading takes."""
    for date in reversed(find_dates(value)):
        value = f"{_without_day_word(value[: date.start])} | {value[date.end :]}"
    return _without_reading_time(value)


def _without_reading_time(value: str) -> str:
    """A credit without how long reading takes, which some sites write on the same line."""
    view = folded(value)
    for match in reversed([*_reading_time().finditer(view.text)]):
        start, end = view.span(*match.span())
        value = f"{value[:start]} | {value[end:]}"
    return value


@cache
def _reading_time() -> re.Pattern[str]:
    phrases = alternatives(table("bylines")["words"]["reading_time"])
    return re.compile(rf"(?:\b\d{{1,3}}\s)?\b(?:{phrases})\b(?:\s?[:：]?\s?\d{{1,3}}(?:\s(?:دقائق|دقيقه|min))?\b)?")


def _without_day_word(before: str) -> str:
    """The words before a date without "on" or "on the day of"."""
    rest, _, last = before.rstrip(" ,،").rpartition(" ")
    return rest if fold(last) in word_list("bylines", "before_day") else before
