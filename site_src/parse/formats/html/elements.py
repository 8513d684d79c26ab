"""Elements: what the elements in and beside the text of the articles say of its days and its writers."""

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
"""Two to four words that may be a person's name."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_LEVELS = 64
"""Elements from a statement up to the box of the article that it belongs to, at most."""
_NEAR = 4
"""Elements from one with an author's class up to the element of its line, at most."""
_MAY_NAME = ("a", "span", "div", "p", "b", "strong", "li", "address")


class Heads(Struct, frozen=True):
    """What is known of a page's articles when its metadata is read."""

    titles: tuple[tuple[str, int], ...] = ()
    """(folded headline, group) of each article."""
    homes: Mapping[Element, int] = field(default_factory=dict)
    """The group of each element that holds text of an article."""
    dropped: frozenset[Element] = frozenset()
    above: Mapping[Element, str] = field(default_factory=dict)
    """The lines in each element that stands above the text of an article."""
    dated: bool = False
    """One of those lines holds a date."""

    def group_of(self, title: str) -> int | None:
        """The group of the article that a stated headline belongs to; None where it is the headline of none."""
        stated = fold(title)
        return next((group for head, group in self.titles if stated.startswith(head) or head.startswith(stated)), None)


def clean(value: str) -> str:
    """A value without lone surrogates, its white space reduced to single spaces."""
    return " ".join(_SURROGATE.sub("", value).split())


def times(root: Element, heads: Heads) -> Iterator[Meta]:
    """The days and authors that `time` elements and microdata beside the articles' text state.

    Those of articles that the page only announces are left out.
    """
    update_names = set(table("metadata")["time"]["updated"])
    for element in root.iter("abbr"):
        names = {"published", "updated"}.intersection(element.get("class", "").lower().split())
        if names and (group := _entry_group(element, heads)) is not None:
            yield Meta(min(names), clean(element.get("title", "")), "hentry", group)
    for element in root.iter("time", "span", "p", "div"):
        itemprop = element.get("itemprop", "").lower()
        if element.tag != "time" and itemprop not in {"datepublished", "datemodified", "author"}:
            continue
        group = _home_group(element, heads)
        if itemprop == "author":
            group = _entry_group(element, heads) if group is None else group
            if group is not None:
                yield Meta("author", _person_name(element), "itemprop author", group)
            continue
        value = element.get("datetime") or element.get("content") or ""
        names = {itemprop, *re.split(r"[\s_-]+", element.get("class", "").lower())}
        if group is not None:
            where = f"itemprop {element.get('itemprop')}" if itemprop else "time"
            yield Meta("published" if names.isdisjoint(update_names) else "updated", clean(value), where, group)


def called_authors(root: Element, heads: Heads) -> Iterator[Meta]:
    """The names above the text that stand alone in elements whose class or `rel` calls them the author's."""
    author_words = set(table("html")["classes"]["author"])
    for element in root.iter(*_MAY_NAME) if heads.above else ():
        class_names, rel = element.get("class", ""), element.get("rel", "")
        if not (class_names or rel):
            continue
        if author_words.isdisjoint(map(str.lower, (*_NAME_WORDS.findall(class_names), *rel.split()))):
            continue
        near = islice((element, *element.iterancestors()), _NEAR)
        line = next((heads.above[box] for box in near if box in heads.above), "")
        texts = list(islice(filter(None, map(clean, _shown_texts(element, heads))), 2)) if line else []
        if len(texts) != 1 or texts[0] not in line:
            continue
        name, group = texts[0], _home_group(element, heads)
        if group is not None and _MAY_BE_NAME.fullmatch(name) and not is_outlet(name):
            yield Meta("author", name, "class author", group)


def _shown_texts(element: Element, heads: Heads) -> Iterator[str]:
    """The texts inside an element, without those of dropped elements."""
    waiting: list[Element | str] = [element]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
            continue
        for inner in reversed(node):
            waiting.append(inner.tail or "")
            if isinstance(inner.tag, str) and inner not in heads.dropped:
                waiting.append(inner)
        yield node.text or ""


def _person_name(element: Element) -> str:
    """The name of a person in microdata, without the words around it."""
    named = element.find(".//*[@itemprop='name']")
    return clean("".join(map(str, (element if named is None else named).itertext())))


def _home_group(element: Element, heads: Heads) -> int | None:
    """The group of the nearest article text around or beside an element; None outside of all articles."""
    boxes = [element, *islice(element.iterancestors(), _LEVELS)]
    if any(box in heads.dropped for box in boxes):
        return None
    return next((heads.homes[box] for box in boxes if box in heads.homes), None)


def _entry_group(element: Element, heads: Heads) -> int | None:
    """The group of the text in the blog entry (hAtom) around an element; None without one.

    The foot of such an entry holds the entry's own day.
    """
    entries = (box for box in element.iterancestors() if "hentry" in box.get("class", "").lower().split())
    entry = next(entries, None)
    if entry is None:
        return None
    return next((group for box, group in heads.homes.items() if entry in box.iterancestors()), None)
