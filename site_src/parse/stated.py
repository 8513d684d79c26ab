"""Stated: the labelled values of an article's field lines, several of which may share a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from site_src.parse.lines import Line
from site_src.tables import table
from site_src.text.dates import may_hold_date
from site_src.text.fold import fold, folded
from site_src.text.memo import Memo

_MAY_BE_LABELLED = re.compile(r":|\s\d")
_DAYS = frozenset({"published", "updated"})
"""Fields whose label needs no colon before a number."""


@dataclass(frozen=True, slots=True)
class Stated:
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
                yield Stated(name, value, line.line)
            elif name in ("published", "updated", "saved"):
                waiting = name


def _labelled(line: Line) -> Iterator[tuple[str, str]]:
    """The field of a line and its value, and those of further labels with a colon on the same line."""
    text = line.text if line.rule == "date" else line.value
    edges: list[tuple[int, int, str]] = [(0, 0, line.rule)]
    if _MAY_BE_LABELLED.search(text):
        plain = folded(text)
        edges += [(*plain.span(*match.span()), _field(match)) for match in _inner_label().finditer(plain.text)]
    ends = [edge[0] for edge in edges[1:]] + [len(text)]
    for (_, begin, name), end in zip(edges, ends, strict=True):
        yield name, text[begin:end].strip(" |-–—•،,/")


@cache
def _label_fields() -> dict[str, str]:
    return {fold(phrase): row["field"] for row in table("bylines")["label"] for phrase in row["phrases"]}


def _field(label: re.Match[str]) -> str:
    return _label_fields()[" ".join((label[1] or label[2]).split())]


@cache
def _inner_label() -> re.Pattern[str]:
    """A label before a colon, or that of a day before a number."""
    longest_first = sorted(_label_fields(), key=len, reverse=True)
    phrases = "|".join(map(re.escape, longest_first))
    days = "|".join(re.escape(phrase) for phrase in longest_first if _label_fields()[phrase] in _DAYS)
    return re.compile(rf"(?<!\w)(?:({phrases})\s*[:：]\s*|({days})\s+(?=\d))")


def may_state_date(plain: str) -> bool:
    """Whether a folded text may state a date, or what is none though it is written as one: most texts may not."""
    return any(map(_may_hold_date.__getitem__, plain.split()))


_may_hold_date: Memo[bool] = Memo(may_hold_date)


def date_label(text: str) -> tuple[int, int] | None:
    """The span of the first label of a date, with its colon, inside a text; None without one."""
    plain = folded(text)
    for match in _inner_label().finditer(plain.text):
        if match[1] and _field(match) in _DAYS:
            return plain.span(match.start(), match.end())
    return None
