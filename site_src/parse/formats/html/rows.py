"""Rows of fields: who wrote, when, how long it takes to read, which pages lay out in boxes and lists of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from site_src.parse.fields.names import is_person
from site_src.parse.fields.stated import begins_with_label, is_bare_date
from site_src.parse.formats.html.flow import STOPS, Run

_BARS = ("•", "|", "·")
"""Between the fields of a row."""
_FIELD_WORDS = 5
_FIELDS = 6
_ROW_WORDS = 15
_LONG_SPACE = re.compile("\xa0[\xa0 ]{2,}")
_LABEL = re.compile(r"[^\W\d]\s?:")
_DIGIT = re.compile(r"\d")


def with_rows(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs, the fields of a row in one, those of a list without its counters, those that space divides apart."""
    return tuple(_without_lists(_divided(_whole_rows(runs))))


def _divided(runs: Sequence[Run]) -> list[Run]:
    """The runs, rows with a day whose fields stand apart by long spaces, or by a comma behind the day, in parts."""
    divided: list[Run] = []
    for run in runs:
        parts = _fields(run.text) if run.words <= _ROW_WORDS and not run.role else [run.text]
        if len(parts) > 1:
            divided += (run._replace(text=part, words=len(part.split()), linked=0, links=0) for part in parts)
        else:
            divided.append(run)
    return divided


def _fields(text: str) -> list[str]:
    parts = [part.strip() for part in _LONG_SPACE.split(text)] if _LONG_SPACE.search(text) else []
    if len(parts) > 1 and any(map(is_bare_date, parts)):
        return [part for part in parts if part]
    day, comma, rest = text.rpartition(", ")
    return [day, rest] if comma and begins_with_label(rest) and is_bare_date(day) else [text]


def _whole_rows(runs: Sequence[Run]) -> list[Run]:
    """The runs, a row of fields whole though its first stands in a box of its own: what begins with a bar goes on."""
    whole: list[Run] = []
    for run in runs:
        before = whole[-1] if whole and run.text.startswith(_BARS) else None
        if before is not None and _are_fields(before, run):
            text = f"{before.text} {run.text}"
            linked, links = before.linked + run.linked, before.links + run.links
            whole[-1] = before._replace(text=text, linked=linked, links=links, words=len(text.split()))
        else:
            whole.append(run)
    return whole


def _without_lists(runs: Sequence[Run]) -> list[Run]:
    """The runs, of a short list of fields without labels (who, when, how many comments) the day and known names."""
    told: list[Run] = []
    for box, grouped in groupby(runs, lambda run: run.element.getparent() if run.role == "list" else run):
        rows = list(grouped)
        fields = box is not rows[0] and 1 < len(rows) <= _FIELDS and not any(map(_is_no_field, rows))
        if fields and any(is_bare_date(run.text) for run in rows):
            told += map(_told, rows)
        else:
            told += rows
    return told


def _told(run: Run) -> Run:
    if is_bare_date(run.text) or is_person(run.text) or begins_with_label(run.text):
        return run._replace(role="")
    return run._replace(rule=run.rule or "fields")


def _is_no_field(run: Run) -> bool:
    return run.words > _FIELD_WORDS or _LABEL.search(run.text) is not None


def _are_fields(before: Run, run: Run) -> bool:
    """Whether two runs are fields of one row: the first short, a number in the second, in one box or the box around."""
    if before.rule != run.rule or before.role or run.role or before.words > _FIELD_WORDS or before.text.endswith(STOPS):
        return False
    return run.element in {before.element, before.element.getparent()} and _DIGIT.search(run.text) is not None
