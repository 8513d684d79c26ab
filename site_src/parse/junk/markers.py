"""Markers: lines known by their first words, from the tables `markers` and `bylines`.

The words of a line are compared in folded form, by one dictionary look-up for each first word, so that the number of
phrases costs no time.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import Any

from msgspec import Struct

from site_src.parse.fields.names import is_outlet, is_person, person_name
from site_src.parse.lines import ARABIC, HEAD, Line, Sort, line_of_text
from site_src.parse.word_lists import word_list
from site_src.tables import table
from site_src.text.fold import fold, fold_all, folded
from site_src.text.memo import Memo
from site_src.text.patterns import late

_WORD = late(r"[^\W_]+(?:['’][^\W_]+)*")
_SEPARATOR = late(r"[\s\"'“”«»()\[\]]*[:：؛|•·\-–—.…>›»/←,،]+\s*")
_NUMBERED = 6
"""Words of a line that may begin with numbers, at most ("3 comments", "1 2 3 next")."""
_LOOSE_WORDS = 9
"""Words of a line with a label but no colon and no digit, at most."""
_DATED_WORDS = 14
"""Words of a line with a label but no colon, at most."""
_NAMES_WORDS = 8
"""Spaces in the names behind the label of a byline, at most."""
_NAME_WORDS = 4
"""Words of a name that need not be known, at most."""
_OUTLET_WORDS = 2
"""Words of an outlet's name that need not be known, at most."""


class Marker(Struct, frozen=True, gc=False):
    """One row of a marker table; `tables/markers.toml` explains the keys."""

    id: str
    match: str
    sort: Sort = "junk"
    words: int = 0
    more: int = 0
    initials: int = 0
    holds: tuple[str, ...] = ()
    loose: bool = False
    named: bool = False


@cache
def _rows_by_first_word() -> dict[str, list[tuple[str, Marker]]]:
    """The folded phrases with their rows, keyed by the first word of the phrase."""
    rows = [(_marker(row), row["phrases"]) for row in table("markers")["marker"]]
    rows += [(_label(row), row["phrases"]) for row in table("bylines")["label"]]
    markers = [marker for marker, phrases in rows for _ in phrases]
    by_first_word: dict[str, list[tuple[str, Marker]]] = {}
    for phrase, marker in zip(fold_all([phrase for _, phrases in rows for phrase in phrases]), markers, strict=True):
        by_first_word.setdefault(next(_WORD.finditer(phrase))[0], []).append((phrase, marker))
    return by_first_word


Phrase = tuple[tuple[str, ...], Marker]
"""The words of a phrase, and its row."""


def _phrases_beginning_with(first: str) -> tuple[Phrase, ...]:
    markers = {tuple(_WORD.findall(phrase)): marker for phrase, marker in _rows_by_first_word().get(first, ())}
    return tuple(sorted(markers.items(), key=lambda item: -len(item[0])))


_phrases: Memo[tuple[Phrase, ...]] = Memo(_phrases_beginning_with)
"""The phrases that begin with a word, the longest first; most words begin none."""


def _may_begin_phrase(token: str) -> bool:
    first = _WORD.search(token)
    return first is None or first.group().isdigit() or first.group() in _rows_by_first_word()


_may_begin: Memo[bool] = Memo(_may_begin_phrase)
"""Whether a phrase may begin with what stands before the first space of a line; for most lines the answer is no."""


def _marker(row: dict[str, Any]) -> Marker:
    optional = {key: row[key] for key in ("words", "more", "initials", "loose") if key in row}
    holds = tuple(fold_all(row.get("holds", ())))
    return Marker(row["id"], row["match"], row.get("role", "junk"), **optional, holds=holds)


def _label(row: dict[str, Any]) -> Marker:
    return Marker(row["field"], "label", "field", loose=row.get("loose", False), named=row.get("named", False))


class Mark(Struct, frozen=True, gc=False):
    """What a marker says of a line, as the fields of `Line`; "text" with the headline that a label names."""

    sort: Sort
    rule: str
    value: str


def apply_marker(line: Line) -> Line:
    """The line with the sort, rule and value of the marker that it begins with; unchanged when none fits."""
    if not _may_begin[line.plain[:HEAD].partition(" ")[0]]:
        return line
    mark = _marks[line.text] if len(line.text) <= HEAD else _mark(line)
    if mark is None or (line.role == "list" and mark.rule == "byline" and _is_task(line.text, mark.value)):
        return line
    if mark.sort == "text":
        return line.with_text(mark.value, role="title")
    return line.with_fields(sort=mark.sort, rule=mark.rule, value=mark.value)


def _is_task(text: str, value: str) -> bool:
    """Whether an entry of a list is a task, not a byline: it has no colon and names no person."""
    return value != "" and not (":" in text or is_person(value))


def _mark(line: Line) -> Mark | None:
    """The mark that the text of a line has; of several phrases that fit the longest counts.

    In a short line a number may stand before the phrase ("3 comments").
    """
    head = line.plain[:HEAD]
    first = _WORD.search(head)
    is_numbered = first is not None and first.group().isdigit()
    while first is not None and first.group().isdigit() and line.words <= _NUMBERED:
        first = _WORD.search(head, first.end())
    phrases = _phrases[first.group()] if first else ()
    if first is None or not phrases:
        return None
    word_matches = list(islice(_WORD.finditer(head, first.start()), len(phrases[0][0])))
    words = tuple(map(_key, word_matches))
    for phrase, marker in phrases:
        count = len(phrase)
        if words[:count] != phrase or (is_numbered and marker.sort == "field") or not _may_fit(marker, line, count):
            continue
        value = _rest(line.text, word_matches[count - 1].end())
        if _fits(marker, line, value, count):
            headline = marker.id == "title" and _WORD.search(value)
            return Mark("text" if headline else marker.sort, marker.id, without_separator(value))
    return None


_marks: Memo[Mark | None] = Memo(lambda text: _mark(line_of_text(text)))
"""The marks of short texts: every page of a site has the same menus, labels and buttons."""


def _may_fit(marker: Marker, line: Line, count: int) -> bool:
    """Whether the number of words of a line allows the marker, whose phrase has `count` words."""
    if marker.match == "start":
        return line.words <= marker.words
    return marker.match == "label" or marker.initials > 0 or line.words <= count + marker.more + 4


def _key(word: re.Match[str]) -> str:
    """A word as phrases are looked up by; every number is "1"."""
    return "1" if word.group().isdigit() else word.group()


def _rest(text: str, folded_end: int) -> str:
    """The text behind a phrase that ends at the offset `folded_end` of the folded text."""
    head = text[: HEAD * 2]
    plain = folded(head)
    return text[folded_end if plain.offsets is None else plain.span(0, folded_end)[1] :]


def _fits(marker: Marker, line: Line, value: str, count: int) -> bool:
    """Whether a line that begins with the `count` words of a phrase, and goes on with `value`, has its marker."""
    if marker.match == "label":
        return _is_label(marker, line, value)
    if marker.match == "start":
        return not marker.holds or any(words in line.plain for words in marker.holds)
    following = _WORD.findall(re.sub(r"\d+", "", value))
    if marker.initials and following and all(len(word) == 1 for word in following):
        return len(following) <= marker.initials
    return len(following) <= marker.more and line.words <= count + marker.more + 4


def _is_label(marker: Marker, line: Line, value: str) -> bool:
    """Whether the first words of a line are a label: a colon stands behind them, or what follows is a field's value."""
    if marker.id == "byline" and value.count(" ") > _NAMES_WORDS and not any(map(str.isdigit, value)):
        return False
    if not _WORD.search(value) or _SEPARATOR.match(value):
        return not (marker.named and marker.id == "source") or _may_be_outlet(without_separator(value))
    if marker.sort == "related":
        return marker.loose or _changes_script(line.text)
    if not marker.loose or line.words > _DATED_WORDS or line.stopped or not value[0].isspace():
        return False
    has_digit = any(map(str.isdigit, value))
    if line.words > _LOOSE_WORDS and not has_digit:
        return False
    if marker.named and not _may_be_name(value.strip()):
        return False
    return marker.id == "byline" or has_digit or is_relative(value)


def _may_be_outlet(value: str) -> bool:
    """Whether the value of a label for newspapers is a name; interviewers have such a label too, before a question."""
    return value.count(" ") < _OUTLET_WORDS or is_outlet(value)


def _may_be_name(value: str) -> bool:
    """Whether the words behind "by" or "wrote" without a colon name somebody; if they are many, they must be known."""
    if value.count(" ") < _NAME_WORDS or " - " in value or is_outlet(value):
        return True
    return is_person(" ".join(person_name(value).split()[:2]))


def _changes_script(text: str) -> bool:
    """Whether a text begins in Latin letters and goes on in Arabic ones, as a label of the site before a headline."""
    return text[0].isascii() and ARABIC.search(text) is not None


def is_relative(text: str) -> bool:
    """Whether a short text begins as a time counted from now ("2 hours ago"): without that moment it states no date."""
    first = _WORD.search(fold(text[:HEAD]))
    return first is not None and first.group() in word_list("bylines", "relative")


def without_separator(value: str) -> str:
    """The value of a label without the colon, dash or bullet before it."""
    separator = _SEPARATOR.match(value)
    return value[separator.end() :].strip() if separator else value.strip()
