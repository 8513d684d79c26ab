"""Boxes known by their structure, whatever a page calls them: boxes that a reader may skip, and requests."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from site_src.parse.formats.limits import LIMITS

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LEVELS = 6
"""Elements between a box and the link that skips it, or the target of that link, at most."""
_COPIES = 3
"""Elements with the same id that a link may lead to, at most: pages hold copies of their text."""
_BESIDE = 40
"""Siblings of an element that are searched for text; if there are as many, they are assumed to hold some."""


def boxes_by_structure(elements: Sequence[Element], weights: Mapping[Element, int]) -> dict[Element, str]:
    """The boxes among elements (given in document order) that hold no part of the text, each with the rule.

    `weights` are the letters of running text in each element.
    """
    return _request_boxes(elements, weights) | dict.fromkeys(_skippable_boxes(elements), "aside")


def _skippable_boxes(elements: Sequence[Element]) -> Iterator[Element]:
    """Boxes that begin with a link to their own end: what screen readers offer to skip is no part of the text."""
    links = [
        link for link in elements if link.tag == "a" and link.get("href", "")[:1] == "#" and link.get("href") != "#"
    ]
    if not links:
        return
    by_id: dict[str, list[Element]] = {}
    for element in elements:
        if name := element.get("id"):
            by_id.setdefault(name, []).append(element)
    with_text = _elements_with_text(elements) if by_id else set()
    for link in links:
        targets = by_id.get(link.get("href", "")[1:], [])[:_COPIES]
        yield from (box for target in targets if (box := _box_between(link, target, with_text)) is not None)


def _elements_with_text(elements: Sequence[Element]) -> set[Element]:
    """The elements that hold any text."""
    with_text: set[Element] = set()
    for element in reversed(elements):
        if (element.text or "").strip():
            with_text.add(element)
        box = element.getparent()
        if box is not None and (element in with_text or (element.tail or "").strip()):
            with_text.add(box)
    return with_text


def _box_between(link: Element, target: Element, with_text: Collection[Element]) -> Element | None:
    """The box in which a link is the first text and the link's target the last; None without one."""
    ending = {*_boxes_around(target, with_text, after=True)}
    return next((box for box in _boxes_around(link, with_text, after=False) if box in ending), None)


def _boxes_around(element: Element, with_text: Collection[Element], *, after: bool) -> Iterator[Element]:
    """The boxes around an element that hold no text behind it (`after`) or before it."""
    for box in islice(element.iterancestors(), _LEVELS):
        if has_text_beside(element, with_text, after=after):
            return
        yield box
        element = box


def has_text_beside(element: Element, with_text: Collection[Element], *, after: bool) -> bool:
    """Whether the box around an element holds text behind it (`after`) or before it.

    `with_text` are the elements that hold text.
    """
    box = element.getparent()
    if ((element.tail if after else box is not None and box.text) or "").strip():
        return True
    siblings = list(islice(element.itersiblings(preceding=not after), _BESIDE))
    return len(siblings) == _BESIDE or any(other in with_text or (other.tail or "").strip() for other in siblings)


def _request_boxes(elements: Sequence[Element], weights: Mapping[Element, int]) -> dict[Element, str]:
    """Small boxes around a form that begin with a title and hold a sentence which says what the form is for."""
    boxes = dict.fromkeys(form.getparent() for form in elements if form.tag == "form")
    return {
        box: "form" for box in boxes if box is not None and 0 < weights[box] <= LIMITS["asking"] and _has_title(box)
    }


def _has_title(box: Element) -> bool:
    """Whether the first text of a box is a few words, unlike that of a paragraph."""
    first = next((str(text) for text in box.itertext() if str(text).strip()), "")
    return len(first.split()) <= LIMITS["label_words"]
