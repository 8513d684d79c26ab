"""The names that a line of credit holds, without what else it states: a place, a day, how long reading takes."""

from __future__ import annotations

from functools import cache

from site_src.parse.fields.names import Credit, credits_in, is_nobody
from site_src.parse.word_lists import word_list
from site_src.tables import table
from site_src.text.dates import find_dates
from site_src.text.fold import fold, fold_all
from site_src.text.memo import Memo

credited_names: Memo[tuple[Credit, ...]] = Memo(
    lambda value: tuple([name for name in credits_in(_without_dates(value)) if _may_be_credited(name.text)])
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


def _without_dates(value: str) -> str:
    """A credit without the days that its line states too."""
    for date in reversed(find_dates(value)):
        value = f"{value[: date.start]} | {value[date.end :]}"
    return value
