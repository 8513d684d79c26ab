"""Elements: what those in and beside the articles' text say of its days and its writers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct, field

from site_src.parse.blocks import Meta
from site_src.parse.fields.names import is_outlet
from site_src.tables import table
from site_src.text.fold import fold

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NAME_WORDS = re.compile(r"[A-Z]?[a-z]+")
_MAY_BE_NAME = re.compile(r"[^\W\d_]+(?:[ .-]{1,2}[^\W\d_]+){1,3}")
"""Two to four words that may be somebody's name."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_LEVELS = 64
"""Elements at most from a statement up to the box of the article that it is of."""
_NEAR = 4
"""Elements at most from one that is called the author's up to that of its line."""
_MAY_NAME = ("a", "span", "div", "p", "b", "strong", "li", "address")


class Heads(Struct, frozen=True):
    """What is known of a page's articles when its metadata is read."""

    titles: tuple[tuple[str, int], ...] = ()
    """(folded headline, group) of each article."""
    homes: Mapping[Element, int] = field(default_factory=dict)
    """Elements that hold text of an article, to its group."""
    dropped: frozenset[Element] = frozenset()
    above: Mapping[Element, str] = field(default_factory=dict)
    """Elements of the lines that stand above the text of an article, to those lines."""
    dated: bool = False
    """One of those lines holds a date."""

    def group_of(self, title: str) -> int | None:
        """The group of the article that a stated headline belongs to."""
        stated = fold(title)
        return next((group for head, group in self.titles if stated.startswith(head) or head.startswith(stated)), None)


def clean(value: str) -> str:
    """A value without half characters, its white space plain."""
    return " ".join(_SURROGATE.sub("", value).split())


def times(root: Element, heads: Heads) -> Iterator[Meta]:
    """Dates of `time` elements and of microdata beside the articles' text, never those of announced articles."""
    changed = set(table("metadata")["time"]["updated"])
    for element in root.iter("abbr"):
        said = {"published", "updated"}.intersection(element.get("class", "").lower().split())
        if said and (group := _entry(element, heads)) is not None:
            yield Meta(min(said), clean(element.get("title", "")), "hentry", group)
    for element in root.iter("time", "span", "p", "div"):
        kind = element.get("itemprop", "").lower()
        if element.tag != "time" and kind not in {"datepublished", "datemodified", "author"}:
            continue
        group = _home(element, heads)
        if kind == "author":
            group = _entry(element, heads) if group is None else group
            if group is not None:
                yield Meta("author", _name(element), "itemprop author", group)
            continue
        value = element.get("datetime") or element.get("content") or ""
        names = {kind, *re.split(r"[\s_-]+", element.get("class", "").lower())}
        if group is not None:
            where = f"itemprop {element.get('itemprop')}" if kind else "time"
            yield Meta("published" if names.isdisjoint(changed) else "updated", clean(value), where, group)


def called_authors(root: Element, heads: Heads) -> Iterator[Meta]:
    """The names above the text, alone in elements that the page's own names for them call the author's."""
    called = set(table("html")["classes"]["author"])
    for element in root.iter(*_MAY_NAME) if heads.above else ():
        own, rel = element.get("class", ""), element.get("rel", "")
        if not (own or rel) or called.isdisjoint(map(str.lower, (*_NAME_WORDS.findall(own), *rel.split()))):
            continue
        near = islice((element, *element.iterancestors()), _NEAR)
        line = next((heads.above[box] for box in near if box in heads.above), "")
        said = list(islice(filter(None, map(clean, _shown_texts(element, heads))), 2)) if line else []
        group = _home(element, heads) if len(said) == 1 and said[0] in line else None
        if group is not None and _MAY_BE_NAME.fullmatch(said[0]) and not is_outlet(said[0]):
            yield Meta("author", said[0], "class author", group)


def _shown_texts(element: Element, heads: Heads) -> Iterator[str]:
    """The texts inside an element but those that no article holds."""
    waiting: list[Element | str] = [element]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
            continue
        for inner in reversed(one):
            waiting.append(inner.tail or "")
            if isinstance(inner.tag, str) and inner not in heads.dropped:
                waiting.append(inner)
        yield one.text or ""


def _name(element: Element) -> str:
    """The name of somebody whom microdata states, without the words around it."""
    named = element.find(".//*[@itemprop='name']")
    return clean("".join(map(str, (element if named is None else named).itertext())))


def _home(element: Element, heads: Heads) -> int | None:
    """The group of the nearest article text around or beside an element; None outside of all articles."""
    above = [element, *islice(element.iterancestors(), _LEVELS)]
    if any(box in heads.dropped for box in above):
        return None
    return next((heads.homes[box] for box in above if box in heads.homes), None)


def _entry(element: Element, heads: Heads) -> int | None:
    """The group of the text in the blog entry (hAtom) around an element, whose foot holds the entry's own day."""
    entries = (box for box in element.iterancestors() if "hentry" in box.get("class", "").lower().split())
    homes = heads.homes.items() if (entry := next(entries, None)) is not None else ()
    return next((group for box, group in homes if entry in box.iterancestors()), None)
