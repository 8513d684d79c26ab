"""The labelled values that the field lines of an article state; several may share a line."""

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
"""An address; group 1 is its host."""
_CREDITS = frozenset({"byline", "source", "sources"})
_AROUND_ADDRESS = " |-–—•،,"
_AROUND = _AROUND_ADDRESS + "/"
_ERAS = frozenset({"م", "ه"})
"""Abbreviations behind a year that name its calendar."""
_ADDRESSES = frozenset({"url", "address"})
_SPANS = late(r"\s*(?:[–—-]|إلى|الى|حتى|و)?\s*")
"""What stands between the first and the last day of a span."""
_BEFORE_DAY = 4
"""Words, at most, before the first number of a bare date: the weekday, the month in English, a word or two."""


class Statement(Struct, frozen=True, gc=False):
    """One labelled value of the page: the name of its field, the value as written and its 1-based line."""

    field: str
    value: str
    line: int

    @property
    def where(self) -> str:
        """The place of the value, as the evidence of a field names it."""
        return f"line {self.line}"


def statements_in(lines: Sequence[Line]) -> Iterator[Statement]:
    """The labelled values of the lines; a label without a value takes a bare date directly after it."""
    open_label = ""
    for line in lines:
        if line.rule == "date" and open_label:
            yield Statement(open_label, line.text, line.line)
            open_label = ""
            continue
        open_label = ""
        for name, value in _labelled_values(line):
            if value:
                yield Statement(name, _without_address(value) if name in _CREDITS else value, line.line)
            elif name in ("published", "updated", "saved"):
                open_label = name


def values_of(name: str, statements: Sequence[Statement], meta: Sequence[Meta]) -> Iterator[tuple[str, str]]:
    """The values under a name, those of the page before those of its markup, each with where it stands."""
    yield from ((statement.value, statement.where) for statement in statements if statement.field == name)
    yield from ((field.value, field.where) for field in meta if field.name == name)


def _without_address(value: str) -> str:
    """A credit without the address behind its name; where it is only an address, the host of that."""
    if "://" not in value:
        return value
    return " ".join(_WHOLE_ADDRESS.sub(" ", value).split()) or _WHOLE_ADDRESS.sub(r"\1", value)


def _labelled_values(line: Line) -> Iterator[tuple[str, str]]:
    """The name and value of the line's own field, then of each further label with a colon on the same line."""
    text = line.value
    labels: list[tuple[int, int, str]] = [(0, 0, line.rule)]
    if _MAY_BE_LABELLED.search(text):
        plain = folded(text)
        labels += [(*plain.span(label.start, label.end), label.field) for label in _inner_labels(plain.text)]
    ends = [start for start, _, _ in labels[1:]] + [len(text)]
    for (_, begin, name), end in zip(labels, ends, strict=True):
        yield name, text[begin:end].strip(_AROUND_ADDRESS if name in _ADDRESSES else _AROUND)


class _Label(Struct, frozen=True, gc=False):
    """A label inside a folded text: its span, which includes what stands between it and its value, and its field."""

    start: int
    end: int
    field: str
    has_colon: bool


@cache
def _labels() -> dict[str, list[tuple[str, str]]]:
    """The first word of each label to the labels that begin with it, folded, and their fields; the longest first."""
    rows = [(row["field"], phrase) for row in table("bylines")["label"] for phrase in row["phrases"]]
    folded_phrases = fold_all([phrase for _, phrase in rows])
    fields = {phrase: field for phrase, (field, _) in zip(folded_phrases, rows, strict=True)}
    labels: dict[str, list[tuple[str, str]]] = {}
    for phrase in sorted(fields, key=len, reverse=True):
        labels.setdefault(phrase.partition(" ")[0], []).append((phrase, fields[phrase]))
    return labels


def _inner_labels(plain: str) -> Iterator[_Label]:
    """The labels of a folded text that have a colon behind them, and labels of a day that have a number there."""
    last_end = 0
    for word in _WORD.finditer(plain):
        candidates = _labels().get(word[0]) if word.start() >= last_end else None
        if candidates and (label := _label_at(plain, word.start(), candidates)):
            last_end = label.end
            yield label


def _label_at(plain: str, start: int, candidates: Sequence[tuple[str, str]]) -> _Label | None:
    """The first of the candidates that begins at `start` and is followed by what follows a label."""
    for phrase, field in candidates:
        if plain.startswith(phrase, start):
            end = start + len(phrase)
            colon = _COLON.match(plain, end)
            separator = colon or (_BEFORE_NUMBER.match(plain, end) if field in LABELLED_DAYS else None)
            if separator:
                return _Label(start, separator.end(), field, colon is not None)
    return None


def may_state_date(plain: str) -> bool:
    """Whether a folded text may state a date, real or impossible: a cheap test that most texts fail."""
    return any(map(_may_hold_date.__getitem__, plain.split()))


_may_hold_date: Memo[bool] = Memo(may_hold_date)


def begins_with_label(text: str) -> bool:
    """Whether the first word of a text begins some label, so that the text may state a field."""
    return any(word in _labels() for word in words(text)[:1])


def states_field(text: str) -> bool:
    """Whether a text is a label, a colon and a value other than an address."""
    label, _, value = text.partition(":")
    return bool(value.strip()) and "://" not in value and begins_with_label(label)


def date_label(text: str) -> tuple[int, int] | None:
    """The span of the first label of a date in a text, with its colon; None without one."""
    plain = folded(text)
    for label in _inner_labels(plain.text):
        if label.has_colon and label.field in LABELLED_DAYS:
            return plain.span(label.start, label.end)
    return None


def is_bare_date(text: str) -> bool:
    """Whether a text holds a date, even an impossible one, and at most two further words."""
    digit = _DIGIT.search(text)
    if digit is None or text.count(" ", 0, digit.start()) > _BEFORE_DAY or not may_state_date(fold(text)):
        return False
    dates = find_dates(text)
    if dates and dates[0].day.month is None:
        return False
    spans = [(date.start, date.end) for date in dates] or find_impossible(text)
    for start, end in reversed(spans):
        text = f"{text[:start]} {text[end:]}"
    return bool(spans) and sum(not _belongs_to_date(word) for word in words(text)) <= 2


def _belongs_to_date(word: str) -> bool:
    """Whether a folded word beside a date is part of it: a number, the name of its calendar or a time zone."""
    return word[0].isdigit() or word in _ERAS or _is_zone(word)


def is_of_event(text: str) -> bool:
    """Whether a bare date is not that of publication.

    It is an end of a span, or stands behind an unknown label or a word for a deadline or an appointment.
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
    """Whether two dates are the ends of a span, and not one day in two calendars or two labelled days."""
    if first.day.day is None or last.day.day is None or _SPANS.fullmatch(text, first.end, last.start) is None:
        return False
    same_day = (first.day.month, first.day.day) == (last.day.month, last.day.day)
    may_be_one_day = first.calendar != last.calendar or same_day
    return not may_be_one_day or text[first.start : first.end].isdigit()


def _is_zone(word: str) -> bool:
    """Whether a folded word is a time zone, alone or with an offset (GMT+0400)."""
    return word.partition("+")[0].partition("-")[0] in folded_list("dates", "zones")
