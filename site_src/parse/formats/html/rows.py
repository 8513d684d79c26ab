"""Rows of fields: who wrote, when, how long it takes to read; pages lay them out in boxes and lists of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from site_src.parse.fields.names import is_person
from site_src.parse.fields.statements import begins_with_label, is_bare_date
from site_src.parse.formats.html.flow import STOPS, Run

_BARS = ("•", "|", "·")
"""Signs between the fields of a row."""
_FIELD_WORDS = 5
"""Words of a field, at most."""
_FIELDS = 6
"""Fields in a list, at most."""
_ROW_WORDS = 15
"""Words of a row of fields, at most."""
_LONG_SPACE = re.compile("\xa0[\xa0 ]{2,}")
_LABEL = re.compile(r"[^\W\d]\s?:")
_DIGIT = re.compile(r"\d")


def arrange_rows(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs, with the fields of a row joined or split as they belong, and lists of fields without their counters."""
    return tuple(_without_counters(_split_rows(_join_rows(runs))))


def _split_rows(runs: Sequence[Run]) -> list[Run]:
    """The runs, with rows split whose fields are divided by long spaces, or by a comma behind the day."""
    result: list[Run] = []
    for run in runs:
        parts = _fields(run.text) if run.words <= _ROW_WORDS and not run.role else [run.text]
        if len(parts) > 1:
            result += (run._replace(text=part, words=len(part.split()), linked=0, links=0) for part in parts)
        else:
            result.append(run)
    return result


def _fields(text: str) -> list[str]:
    """The fields of a row that holds a day; the text itself of any other."""
    parts = [part.strip() for part in _LONG_SPACE.split(text)] if _LONG_SPACE.search(text) else []
    if len(parts) > 1 and any(map(is_bare_date, parts)):
        return [part for part in parts if part]
    day, comma, rest = text.rpartition(", ")
    return [day, rest] if comma and begins_with_label(rest) and is_bare_date(day) else [text]


def _join_rows(runs: Sequence[Run]) -> list[Run]:
    """The runs, with a row joined where its first field stands in a box of its own: the next run begins with a bar."""
    result: list[Run] = []
    for run in runs:
        before = result[-1] if result and run.text.startswith(_BARS) else None
        if before is not None and _are_fields(before, run):
            text = f"{before.text} {run.text}"
            linked, links = before.linked + run.linked, before.links + run.links
            result[-1] = before._replace(text=text, linked=linked, links=links, words=len(text.split()))
        else:
            result.append(run)
    return result


def _without_counters(runs: Sequence[Run]) -> list[Run]:
    """The runs; in short lists of fields that hold a day, only days, known names and labelled fields stay."""
    result: list[Run] = []
    for box, group in groupby(runs, lambda run: run.element.getparent() if run.role == "list" else run):
        rows = list(group)
        is_list = box is not rows[0]
        if (
            is_list
            and 1 < len(rows) <= _FIELDS
            and not any(map(_is_no_field, rows))
            and any(is_bare_date(run.text) for run in rows)
        ):
            result += map(_as_field, rows)
        else:
            result += rows
    return result


def _as_field(run: Run) -> Run:
    """A row of a list of fields as a line of its own; with the rule "fields" where it says nothing of the article."""
    if is_bare_date(run.text) or is_person(run.text) or begins_with_label(run.text):
        return run._replace(role="")
    return run._replace(rule=run.rule or "fields")


def _is_no_field(run: Run) -> bool:
    return run.words > _FIELD_WORDS or _LABEL.search(run.text) is not None


def _are_fields(before: Run, run: Run) -> bool:
    """Whether two runs are fields of one row: the first is short, the second holds a digit.

    Both stand in one box, or the second in the box around the first.
    """
    if before.rule != run.rule or before.role or run.role:
        return False
    if before.words > _FIELD_WORDS or before.text.endswith(STOPS):
        return False
    return run.element in {before.element, before.element.getparent()} and _DIGIT.search(run.text) is not None
