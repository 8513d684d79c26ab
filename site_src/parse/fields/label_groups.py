"""Labels that several lines decide together: rows of tables, lists of labels, and labels with their values below."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from site_src.parse.fields.names import is_agencies, is_person, names_outlet
from site_src.parse.junk.markers import apply_marker
from site_src.parse.lines import MEASURES, Line, with_fields_at
from site_src.parse.paragraphs.breaks import is_open
from site_src.text.patterns import late

_ADDING_SIGNS = "&+ "
"""Signs before a name that is added to the one above it."""
_FIELDS = 2
"""Fields that make a list one of labels, whatever its other entries are."""
_BOXED = frozenset({"byline", "source", "url"})
"""Fields that only lists of labels state, never a list within a report."""
_LABELLED = late(r"[^\W\d_]+(?: [^\W\d_]+){0,2}\s?:\s")
"""A label of up to three words with a colon behind it."""
_CREDITS = frozenset({"source", "byline"})
_NAME_MOST = 6
"""Words, at most, of a name, or of two names that "and" joins."""
_LABEL_MOST = 4
"""Words, at most, of an entry with a label in a list that has a single field."""


def rows_of_values(lines: Sequence[Line]) -> frozenset[int]:
    """The indexes of the rows of tables that hold no labels in most rows: there "source" is the name of a column."""
    value_rows: list[int] = []
    for is_table, run in groupby(enumerate(lines), key=lambda row: row[1].role == "table"):
        if not is_table:
            continue
        rows = list(run)
        labelled = sum(apply_marker(line).sort == "field" for _, line in rows)
        if 2 * labelled <= len(rows) > 1:
            value_rows += [index for index, _ in rows]
    return frozenset(value_rows)


def without_boxes(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines, with unknown labels made junk in a list above the text that states a credit or an address.

    A list within the article may name a source too. So in a list with a single field, only short entries with a colon
    are labels.
    """
    if not [line for line in lines if line.rule in _BOXED and line.role == "list"]:
        return lines
    first = next((index for index, line in enumerate(lines) if line.is_body and line.role != "list"), len(lines))
    labels: list[int] = []
    for is_list, run in groupby(range(first), key=lambda index: lines[index].role == "list"):
        entries = [*run] if is_list else []
        if not any(lines[index].rule in _BOXED for index in entries):
            continue
        field_count = len([index for index in entries if lines[index].sort == "field"])
        unknown = [index for index in entries if lines[index].sort == "text"]
        if all(_is_label(lines[index], field_count) for index in unknown):
            labels += unknown
    return with_fields_at(lines, labels, sort="junk", rule="label")


def _is_label(line: Line, field_count: int) -> bool:
    """Whether an entry of a list with so many fields states a value, with its label or without."""
    is_list_of_labels = field_count >= _FIELDS
    if _LABELLED.match(line.text) is not None:
        return is_list_of_labels or line.words <= _LABEL_MOST
    return is_list_of_labels and not line.stopped and line.words <= MEASURES["tag_most"]


def with_values_below(lines: Sequence[Line]) -> list[Line]:
    """The lines, with names below an incomplete label of a credit made fields: one, and those that a sign adds."""
    if not [line for line in lines if line.rule in _CREDITS and not line.value]:
        return list(lines)
    completed_lines: list[Line] = []
    rule, has_value = "", False
    for line in lines:
        if rule and _is_name(line) and (not has_value or line.text[0] in _ADDING_SIGNS):
            line = line.with_fields(sort="field", rule=rule, value=line.text.lstrip(_ADDING_SIGNS))
            has_value = True
        else:
            is_open_label = line.rule in _CREDITS and not line.value and _needs_value(line)
            rule, has_value = (line.rule if is_open_label else ""), False
        completed_lines.append(line)
    return completed_lines


def _needs_value(line: Line) -> bool:
    """Whether a label is incomplete: it ends with a colon, or with a preposition behind another word."""
    return line.text[-1] == ":" or (line.words > 1 and is_open(line))


def _is_name(line: Line) -> bool:
    """Whether a line below a label is a name: too short for the next headline, or recognised as a name."""
    if line.sort != "text" or line.role or line.finished or line.words > _NAME_MOST:
        return False
    if line.words < MEASURES["headline_least"]:
        return True
    name = line.text.lstrip(_ADDING_SIGNS)
    return is_agencies(name) or is_person(name) or names_outlet(name)
