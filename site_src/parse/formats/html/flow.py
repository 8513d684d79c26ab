"""The text of an element tree in reading order: one run for each line that a browser would begin.

Inline tags never end a run, so they never split a word; `<br>` and block elements do. A row of a data table is one run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from site_src.parse.blocks import Role
from site_src.parse.formats.html.drop import is_in_sentence, words_of
from site_src.parse.formats.limits import LIMITS
from site_src.tables import table

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SPACE = re.compile("[ \t\n\r\f\v]+")
_UNEVEN = ("\n", "\t", "\r", "\f", "\v", "  ")
_REFERENCE = re.compile(r"[\[(]?(?:[0-9٠-٩]{1,3}|[*†‡↩^])[\])]?")
_CLOCK = re.compile("[0-9٠-٩]:[0-9٠-٩]{2}")
_NOTE = re.compile(r"#[\w.:-]")
_CELL = "\x1f"
_LEVELS = 64
"""Elements at most between what stands in a table and the table."""
STOPS = (".", "؟", "!", "۔", "…", '."', ".»", ".”", "?", ".)")
"""Ends of a sentence."""
_JOINED: frozenset[Role] = frozenset({"title", "heading", "caption", "list", "quote", "table"})
"""Roles inside which a `<br>` only wraps a line, save below a link that is the whole line of a list."""


class Run(NamedTuple):
    """A line of a page with what the markup says of it."""

    text: str
    line: int
    role: Role
    gap: bool
    lang: str
    rule: str
    """The rule that drops it, "" for text of the page."""
    element: Element
    """The block element that it stands in."""
    linked: int
    """Characters of it that are inside links."""
    links: int
    words: int


class _Place(NamedTuple):
    """Where in the tree the walk is."""

    element: Element
    role: Role = ""
    lang: str = ""
    rule: str = ""
    link: bool = False
    row: bool = False
    pre: bool = False


class _Flow(Struct):
    """The walk: the place it is in, the text of the run so far, the runs that are complete."""

    places: list[_Place]
    parts: list[str] = []
    line: int = 0
    linked: int = 0
    links: int = 0
    gap: bool = False
    breaks: int = 0
    note: bool = False
    """The run began with a link back to its place in the text: it is a footnote."""
    runs: list[Run] = []

    def add(self, text: str | None, line: int | None) -> None:
        if not text:
            return
        place = self.places[-1]
        if place.pre and "\n" in text:
            self._add_lines(text, line)
            return
        if text.strip():
            self.line = self.line or line or 1
            self.linked += len(text.strip()) if place.link else 0
        self.parts.append(text)

    def _add_lines(self, text: str, line: int | None) -> None:
        """Preformatted text: a line goes on below unless it ends a sentence or an empty line follows."""
        for place, part in enumerate(text.split("\n")):
            so_far = next((said for one in reversed(self.parts) if (said := one.strip())), "")
            if place and (not so_far or not part.strip() or so_far.endswith(STOPS)):
                self.flush(gap=not so_far)
            elif place:
                self.parts.append(" ")
            if part.strip():
                self.line = self.line or (line or 1) + place
                self.parts.append(part)

    def flush(self, gap: bool = True) -> None:
        """End the run; `gap` says whether more than a line ends with it."""
        text = "".join(self.parts).strip()
        if any(map(text.__contains__, _UNEVEN)):
            text = _SPACE.sub(" ", text)
        if _CELL in text:
            text = " | ".join(filter(None, map(str.strip, text.split(_CELL))))
        if text:
            place = self.places[-1]
            rule = place.rule or ("footnote" if self.note else "")
            self.runs.append(
                Run(text, self.line or 1, place.role, self.gap and bool(self.runs), place.lang, rule,
                    place.element, self.linked, self.links, len(text.split()))
            )  # fmt: skip
            self.gap = False
        self.gap = self.gap or gap
        self.parts, self.line, self.linked, self.links, self.note = [], 0, 0, 0, False

    def line_break(self) -> None:
        place, text = self.places[-1], "".join(self.parts).strip()
        linked = place.role == "list" and 0 < len(text) == self.linked
        if (place.role in _JOINED and not linked) or place.row:
            self.parts.append(" ")
        else:
            self.flush(gap=not text)


def flow(root: Element, elements: Sequence[Element], dropped: Mapping[Element, str]) -> tuple[Run, ...]:
    """The runs of a tree whose `elements` stand in document order; what is dropped is there too, with its rule."""
    from lxml.etree import iterwalk

    tables = _data_tables(elements)
    code, inline = words_of("elements", "code"), words_of("elements", "inline")
    walk = iterwalk(root, events=("start", "end", "comment", "pi"))
    state = _Flow([_Place(root)])
    for event, element in walk:
        tag = element.tag
        if event in {"comment", "pi"}:
            state.add(element.tail, element.sourceline)
        elif (tag in code or (tag == "a" and _is_reference(element))) and element is not root:
            if event == "start":
                state.note = state.note or (tag == "a" and not "".join(state.parts).strip())
                walk.skip_subtree()
            else:
                state.add(element.tail, element.sourceline)
        elif event == "start":
            _enter(state, element, dropped.get(element, ""), tag in inline or _is_word(element, dropped), tables)
        elif element is not root:
            _leave(state, element, tag in inline or _is_word(element, dropped))
    state.flush()
    return tuple(state.runs)


def _is_word(element: Element, dropped: Mapping[Element, str]) -> bool:
    """Whether a button that is not dropped is a word of a sentence."""
    return element.tag == "button" and element not in dropped and is_in_sentence(element)


def _enter(state: _Flow, element: Element, rule: str, inline: bool, tables: set[Element]) -> None:
    before, tag = state.places[-1], str(element.tag)
    changed = bool(rule) and not before.rule
    if tag == "br":
        state.line_break()
    elif changed or not (inline or before.row):
        state.flush()
    elif before.row:
        state.parts.append(_CELL if tag in {"td", "th"} else "" if inline else " ")
    elif _stands_apart(element):
        state.flush(gap=False)
    link = before.link or (tag == "a" and "href" in element.attrib)
    state.links += link and not before.link
    place = _Place(
        before.element if (inline and not changed) or before.row else element,
        "table" if tag == "tr" and _table_of(element) in tables else _role(element) or before.role,
        element.get("lang", before.lang) if tag not in {"html", "body"} else "",
        before.rule or rule,
        link,
        before.row or (tag == "tr" and _table_of(element) in tables),
        before.pre or tag == "pre",
    )
    state.places.append(place)
    state.add(element.text, element.sourceline)


def _leave(state: _Flow, element: Element, inline: bool) -> None:
    place = state.places[-1]
    outside = state.places[-2]
    if (place.rule and not outside.rule) or not (inline or outside.row or element.tag == "br"):
        state.flush()
    elif outside.row and not inline:
        state.parts.append(" ")
    state.places.pop()
    state.add(element.tail, element.sourceline)


def _is_reference(element: Element) -> bool:
    """Whether a link leads from a text to its footnote, or back."""
    if not _NOTE.match(element.get("href", "")):
        return False
    return _REFERENCE.fullmatch("".join(map(str, element.itertext())).strip()) is not None


def _role(element: Element) -> Role:
    role: Role = table("html")["elements"]["roles"].get(element.tag, "")
    names = element.get("class", "").lower().split()
    if role or not names:
        return role
    shown: tuple[Role, ...] = ("caption", "quote")
    return next((kind for kind in shown if not words_of("exact", kind).isdisjoint(names)), "")


def _stands_apart(element: Element) -> bool:
    """Whether an inline element is a field of its own (date, author) beside another, drawn apart by style alone."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None or before is None or parent.tag not in words_of("elements", "fields"):
        return False
    if any(text and text.strip() for text in (parent.text, before.tail, element.tail)):
        return False
    own = _name(element)
    if element.tag == before.tag == "a" or (_has_icon(element) and _has_icon(before)):
        return True
    return element.tag == "time" or (own != _name(before) and (own != "" or _holds_words(before)))


def _has_icon(element: Element) -> bool:
    """Whether an element begins with a picture, or an empty element drawn as one; a time of day goes with its day."""
    first = element[0] if len(element) and not (element.text or "").strip() else None
    if first is None or first.tag not in {"i", "svg", "img"} or any(text.strip() for text in _texts(first)):
        return False
    return _CLOCK.search("".join(_texts(element))) is None


def _holds_words(element: Element) -> bool:
    """Whether an element holds more than the beginning of a word."""
    return " " in "".join(_texts(element)).strip()


def _name(element: Element) -> str:
    """What a page calls an element of its own, so that its style can tell it apart."""
    return str(element.get("class") or element.get("id") or "")


def _table_of(element: Element) -> Element | None:
    return next((box for box in islice(element.iterancestors(), _LEVELS) if box.tag == "table"), None)


def _data_tables(elements: Sequence[Element]) -> set[Element]:
    """Tables of values: no table, heading or long text inside a cell, and a row of two cells or more."""
    tables = {element: False for element in elements if element.tag == "table"}
    layout: set[Element] = set()
    for element in elements if tables else ():
        owner = _table_of(element) if element.tag in {"table", "td", "th", "h1", "h2", "h3", "form"} else None
        if owner is None:
            continue
        if element.tag not in {"td", "th"} or _is_long(element):
            layout.add(owner)
        elif element.getprevious() is not None:
            tables[owner] = True
    return {element for element, several in tables.items() if several and element not in layout}


def _is_long(element: Element) -> bool:
    """Whether an element holds more words than a cell of a table of values."""
    count = 0
    for text in _texts(element):
        count += len(text.split())
        if count >= LIMITS["cell_words"]:
            return True
    return False


def _texts(element: Element) -> Iterator[str]:
    return (str(text) for text in element.itertext())
