"""The text of an element tree in reading order: one run for each line that a browser would begin.

Inline tags never end a run, so that they never split a word; `<br>` and block elements do. A row of a data table is one
run.
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
"""White space that is not a single space."""
_REFERENCE = re.compile(r"[\[(]?(?:[0-9٠-٩]{1,3}|[*†‡↩^])[\])]?")
"""The text of a link to a footnote."""
_CLOCK = re.compile("[0-9٠-٩]:[0-9٠-٩]{2}")
"""A time of day."""
_NOTE = re.compile(r"#[\w.:-]")
"""The address of a place within the page."""
_CELL = "\x1f"
"""Stands between two cells of a row until the run is complete."""
_LEVELS = 64
"""Elements between the contents of a table and the table, at most."""
STOPS = (".", "؟", "!", "۔", "…", '."', ".»", ".”", "?", ".)")
"""Ends of a sentence."""
_WRAPPED_ROLES: frozenset[Role] = frozenset({"title", "heading", "caption", "list", "quote", "table"})
"""Roles inside which a `<br>` only wraps a line, except below a link that is the whole line of a list."""


class Run(NamedTuple):
    """A line of a page with what the markup says of it."""

    text: str
    line: int
    role: Role
    gap: bool
    lang: str
    rule: str
    """The rule that leaves it out of the articles, "" for text of the page."""
    element: Element
    """The block element that it stands in."""
    linked: int
    """How many of its characters are inside links."""
    links: int
    """How many links begin in it."""
    words: int


class _Position(NamedTuple):
    """Where in the tree the walk is."""

    element: Element
    """The block element that the text here belongs to."""
    role: Role = ""
    lang: str = ""
    rule: str = ""
    link: bool = False
    """Inside a link."""
    row: bool = False
    """Inside a row of a data table."""
    pre: bool = False
    """Inside preformatted text."""


class _Flow(Struct):
    """The walk: the position it is at, the text of the run so far, the runs that are complete."""

    positions: list[_Position]
    parts: list[str] = []
    line: int = 0
    linked: int = 0
    links: int = 0
    gap: bool = False
    note: bool = False
    """The run began with a link back to its place in the text: it is a footnote."""
    runs: list[Run] = []

    def add(self, text: str | None, line: int | None) -> None:
        """Add a text to the run; `line` is the line of the file in which its element stands."""
        if not text:
            return
        position = self.positions[-1]
        if position.pre and "\n" in text:
            self._add_lines(text, line)
            return
        if text.strip():
            self.line = self.line or line or 1
            self.linked += len(text.strip()) if position.link else 0
        self.parts.append(text)

    def _add_lines(self, text: str, line: int | None) -> None:
        """Add preformatted text: a line goes on below unless it ends a sentence or an empty line follows."""
        for index, part in enumerate(text.split("\n")):
            last_text = next((words for earlier in reversed(self.parts) if (words := earlier.strip())), "")
            if index and (not last_text or not part.strip() or last_text.endswith(STOPS)):
                self.flush(gap=not last_text)
            elif index:
                self.parts.append(" ")
            if part.strip():
                self.line = self.line or (line or 1) + index
                self.parts.append(part)

    def flush(self, gap: bool = True) -> None:
        """End the run; `gap` says whether more than a line ends with it."""
        text = "".join(self.parts).strip()
        if any(map(text.__contains__, _UNEVEN)):
            text = _SPACE.sub(" ", text)
        if _CELL in text:
            text = " | ".join(filter(None, map(str.strip, text.split(_CELL))))
        if text:
            position = self.positions[-1]
            rule = position.rule or ("footnote" if self.note else "")
            self.runs.append(
                Run(text, self.line or 1, position.role, self.gap and bool(self.runs), position.lang, rule,
                    position.element, self.linked, self.links, len(text.split()))
            )  # fmt: skip
            self.gap = False
        self.gap = self.gap or gap
        self.parts, self.line, self.linked, self.links, self.note = [], 0, 0, 0, False

    def line_break(self) -> None:
        """End the run at a `<br>`, or go on with it where the `<br>` only wraps a line."""
        position, text = self.positions[-1], "".join(self.parts).strip()
        is_linked_entry = position.role == "list" and 0 < len(text) == self.linked
        if (position.role in _WRAPPED_ROLES and not is_linked_entry) or position.row:
            self.parts.append(" ")
        else:
            self.flush(gap=not text)


def read_runs(root: Element, elements: Sequence[Element], dropped: Mapping[Element, str]) -> tuple[Run, ...]:
    """The runs of a tree whose `elements` stand in document order; dropped ones are there too, with their rule."""
    from lxml.etree import iterwalk

    tables = _data_tables(elements)
    code, inline = words_of("elements", "code"), words_of("elements", "inline")
    walk = iterwalk(root, events=("start", "end", "comment", "pi"))
    state = _Flow([_Position(root)])
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
    """Go into an element: end the run where a browser would begin a line, and add the element's first text."""
    outside, tag = state.positions[-1], str(element.tag)
    begins_dropped = bool(rule) and not outside.rule
    if tag == "br":
        state.line_break()
    elif begins_dropped or not (inline or outside.row):
        state.flush()
    elif outside.row:
        state.parts.append(_CELL if tag in {"td", "th"} else "" if inline else " ")
    elif _stands_apart(element):
        state.flush(gap=False)
    in_link = outside.link or (tag == "a" and "href" in element.attrib)
    state.links += in_link and not outside.link
    is_data_row = tag == "tr" and _table_of(element) in tables
    position = _Position(
        outside.element if (inline and not begins_dropped) or outside.row else element,
        "table" if is_data_row else _role(element) or outside.role,
        element.get("lang", outside.lang) if tag not in {"html", "body"} else "",
        outside.rule or rule,
        in_link,
        outside.row or is_data_row,
        outside.pre or tag == "pre",
    )
    state.positions.append(position)
    state.add(element.text, element.sourceline)


def _leave(state: _Flow, element: Element, inline: bool) -> None:
    """Go out of an element: end the run where a browser would end a line, and add the text behind the element."""
    inside, outside = state.positions[-1], state.positions[-2]
    ends_dropped = inside.rule and not outside.rule
    if ends_dropped or not (inline or outside.row or element.tag == "br"):
        state.flush()
    elif outside.row and not inline:
        state.parts.append(" ")
    state.positions.pop()
    state.add(element.tail, element.sourceline)


def _is_reference(element: Element) -> bool:
    """Whether a link leads from a text to its footnote, or back."""
    if not _NOTE.match(element.get("href", "")):
        return False
    return _REFERENCE.fullmatch("".join(map(str, element.itertext())).strip()) is not None


def _role(element: Element) -> Role:
    """The role of an element by its tag or, for captions and quotes, by its class."""
    role: Role = table("html")["elements"]["roles"].get(element.tag, "")
    names = element.get("class", "").lower().split()
    if role or not names:
        return role
    roles_of_classes: tuple[Role, ...] = ("caption", "quote")
    return next((kind for kind in roles_of_classes if not words_of("exact", kind).isdisjoint(names)), "")


def _stands_apart(element: Element) -> bool:
    """Whether an inline element is a field of its own (date, author) beside another one, divided by style alone."""
    parent, previous = element.getparent(), element.getprevious()
    if parent is None or previous is None or parent.tag not in words_of("elements", "fields"):
        return False
    if any(text and text.strip() for text in (parent.text, previous.tail, element.tail)):
        return False
    if element.tag == previous.tag == "a" or (_has_icon(element) and _has_icon(previous)):
        return True
    name = _name(element)
    return element.tag == "time" or (name != _name(previous) and (name != "" or _holds_words(previous)))


def _has_icon(element: Element) -> bool:
    """Whether an element begins with a picture, or with an empty element that style draws as one.

    An element with a time of day is none, because the time goes with its day.
    """
    first = element[0] if len(element) and not (element.text or "").strip() else None
    if first is None or first.tag not in {"i", "svg", "img"} or any(text.strip() for text in _texts(first)):
        return False
    return _CLOCK.search("".join(_texts(element))) is None


def _holds_words(element: Element) -> bool:
    """Whether an element holds more than the beginning of a word."""
    return " " in "".join(_texts(element)).strip()


def _name(element: Element) -> str:
    """The class or id of an element, by which a style sheet can tell it apart; "" without one."""
    return str(element.get("class") or element.get("id") or "")


def _table_of(element: Element) -> Element | None:
    return next((box for box in islice(element.iterancestors(), _LEVELS) if box.tag == "table"), None)


def _data_tables(elements: Sequence[Element]) -> set[Element]:
    """Tables of values: no table, heading or long text inside a cell, and a row of two cells or more."""
    has_columns = {element: False for element in elements if element.tag == "table"}
    layout_tables: set[Element] = set()
    for element in elements if has_columns else ():
        owner = _table_of(element) if element.tag in {"table", "td", "th", "h1", "h2", "h3", "form"} else None
        if owner is None:
            continue
        if element.tag not in {"td", "th"} or _is_long(element):
            layout_tables.add(owner)
        elif element.getprevious() is not None:
            has_columns[owner] = True
    return {element for element, several in has_columns.items() if several and element not in layout_tables}


def _is_long(element: Element) -> bool:
    """Whether an element holds more words than a cell of a table of values."""
    words = 0
    for text in _texts(element):
        words += len(text.split())
        if words >= LIMITS["cell_words"]:
            return True
    return False


def _texts(element: Element) -> Iterator[str]:
    return (str(text) for text in element.itertext())
