"""Stated: the labelled values of an article's field lines, several of which may share a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct

from site_src.parse.blocks import Meta
from site_src.parse.lines import LABELLED_DAYS, Line
from site_src.parse.word_lists import word_list
from site_src.tables import table
from site_src.text.calendars import FoundDate
from site_src.text.dates import find_dates, find_impossible, may_hold_date
from site_src.text.fold import fold, fold_all, folded, words
from site_src.text.memo import Memo
from site_src.text.patterns import late
from site_src.text.words import folded_list

_MAY_BE_LABELLED = late(r":|\s\d")
_WORD = late(r"\w+")
_DIGIT = late(r"\d")
_COLON = late(r"\s*[:：]\s*")
_BEFORE_NUMBER = late(r"\s+(?=\d)")
_WHOLE_ADDRESS = late(r"https?://([^/\s]+)\S*")
_CREDITS = frozenset({"byline", "source", "sources"})
_AROUND_ADDRESS = " |-–—•،,"
_AROUND = _AROUND_ADDRESS + "/"
_ERAS = frozenset({"م", "ه"})
"""Behind a year: of which calendar it is."""
_ADDRESSES = frozenset({"url", "address"})
_SPANS = late(r"\s*(?:[–—-]|إلى|الى|حتى|و)?\s*")
"""Between the first and the last day of a span."""
_BEFORE_DAY = 4
"""Words at most before the first number of a bare date: the day of the week, the month in English, a word or two."""


class Stated(Struct, frozen=True, gc=False):
    """One labelled value of the page."""

    field: str
    value: str
    line: int

    @property
    def where(self) -> str:
        """Where it stands, as evidence says it."""
        return f"line {self.line}"


def stated_in(lines: Sequence[Line]) -> Iterator[Stated]:
    """The labelled values of the lines; a label without a value takes a bare date directly after it."""
    waiting = ""
    for line in lines:
        if line.rule == "date" and waiting:
            yield Stated(waiting, line.text, line.line)
            waiting = ""
            continue
        waiting = ""
        for name, value in _labelled(line):
            if value:
                yield Stated(name, _without_address(value) if name in _CREDITS else value, line.line)
            elif name in ("published", "updated", "saved"):
                waiting = name


def values_of(name: str, stated: Sequence[Stated], meta: Sequence[Meta]) -> Iterator[tuple[str, str]]:
    """What the page states under a name, then what its markup does, each with where it stands."""
    yield from ((one.value, one.where) for one in stated if one.field == name)
    yield from ((one.value, one.where) for one in meta if one.name == name)


def _without_address(value: str) -> str:
    """A credit without the address behind its name; of an address alone the site's name."""
    if "://" not in value:
        return value
    return " ".join(_WHOLE_ADDRESS.sub(" ", value).split()) or _WHOLE_ADDRESS.sub(r"\1", value)


def _labelled(line: Line) -> Iterator[tuple[str, str]]:
    """The field of a line and its value, and those of further labels with a colon on the same line."""
    text = line.text if line.rule == "date" else line.value
    edges: list[tuple[int, int, str]] = [(0, 0, line.rule)]
    if _MAY_BE_LABELLED.search(text):
        plain = folded(text)
        edges += [(*plain.span(label.start, label.end), label.field) for label in _inner_labels(plain.text)]
    ends = [edge[0] for edge in edges[1:]] + [len(text)]
    for (_, begin, name), end in zip(edges, ends, strict=True):
        yield name, text[begin:end].strip(_AROUND_ADDRESS if name in _ADDRESSES else _AROUND)


class _Label(Struct, frozen=True, gc=False):
    """A label inside a folded text, with what stands between it and its value."""

    start: int
    end: int
    field: str
    has_colon: bool


@cache
def _labels() -> dict[str, list[tuple[str, str]]]:
    """The first word of each label to the labels that begin with it, folded, and their fields; the longest first."""
    rows = [(row["field"], phrase) for row in table("bylines")["label"] for phrase in row["phrases"]]
    fields = {phrase: field for phrase, (field, _) in zip(fold_all([said for _, said in rows]), rows, strict=True)}
    found: dict[str, list[tuple[str, str]]] = {}
    for phrase in sorted(fields, key=len, reverse=True):
        found.setdefault(phrase.partition(" ")[0], []).append((phrase, fields[phrase]))
    return found


def _inner_labels(plain: str) -> Iterator[_Label]:
    """The labels of a folded text before a colon, and those of a day before a number."""
    last = 0
    for word in _WORD.finditer(plain):
        known = _labels().get(word[0]) if word.start() >= last else None
        if known and (label := _label_at(plain, word.start(), known)):
            last = label.end
            yield label


def _label_at(plain: str, start: int, known: Sequence[tuple[str, str]]) -> _Label | None:
    """The first of these labels that stands at `start` as a label does."""
    for phrase, field in known:
        if plain.startswith(phrase, start):
            end = start + len(phrase)
            colon = _COLON.match(plain, end)
            behind = colon or (_BEFORE_NUMBER.match(plain, end) if field in LABELLED_DAYS else None)
            if behind:
                return _Label(start, behind.end(), field, colon is not None)
    return None


def may_state_date(plain: str) -> bool:
    """Whether a folded text may state a date, or what is none though it is written as one: most texts may not."""
    return any(map(_may_hold_date.__getitem__, plain.split()))


_may_hold_date: Memo[bool] = Memo(may_hold_date)


def begins_with_label(text: str) -> bool:
    """Whether the first word of a text is that of some label: it may state a field."""
    return any(word in _labels() for word in words(text)[:1])


def states_field(text: str) -> bool:
    """Whether a text is a label, a colon and a value that is no address."""
    label, _, value = text.partition(":")
    return bool(value.strip()) and "://" not in value and begins_with_label(label)


def date_label(text: str) -> tuple[int, int] | None:
    """The span of the first label of a date, with its colon, inside a text; None without one."""
    plain = folded(text)
    for label in _inner_labels(plain.text):
        if label.has_colon and label.field in LABELLED_DAYS:
            return plain.span(label.start, label.end)
    return None


def is_bare_date(text: str) -> bool:
    """Whether a text holds a date, be it one that no calendar has, and next to nothing else."""
    digit = _DIGIT.search(text)
    if digit is None or text.count(" ", 0, digit.start()) > _BEFORE_DAY or not may_state_date(fold(text)):
        return False
    dates = find_dates(text)
    if dates and dates[0].day.month is None:
        return False
    spans = [(date.start, date.end) for date in dates] or find_impossible(text)
    for start, end in reversed(spans):
        text = f"{text[:start]} {text[end:]}"
    return bool(spans) and sum(not (word[0].isdigit() or word in _ERAS or _is_zone(word)) for word in words(text)) <= 2


def is_of_event(text: str) -> bool:
    """Whether a bare date is another than that of publication.

    It is the first or last day of a span, or stands behind a label that nobody knows, a limit or an appointment.
    """
    dates = find_dates(text)
    if not dates:
        return False
    before = text[: dates[0].start]
    if before.rstrip().endswith(":"):
        return True
    if not word_list("bylines", "before_other_day").isdisjoint(words(before)):
        return True
    return len(dates) > 1 and _is_span(text, dates[0], dates[1])


def _is_span(text: str, first: FoundDate, last: FoundDate) -> bool:
    """Whether two days are the ends of a span; one day in two calendars, or two that are labelled, are none."""
    if first.day.day is None or last.day.day is None or _SPANS.fullmatch(text, first.end, last.start) is None:
        return False
    same = first.calendar != last.calendar or (first.day.month, first.day.day) == (last.day.month, last.day.day)
    return not same or text[first.start : first.end].isdigit()


def _is_zone(word: str) -> bool:
    """Whether a folded word is a time zone, alone or with its distance from another (GMT+0400)."""
    return word.partition("+")[0].partition("-")[0] in folded_list("dates", "zones")
