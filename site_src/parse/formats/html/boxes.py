"""Boxes told by their make, whatever a page calls them: those that a reader may skip, those that ask for something."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from site_src.parse.formats.limits import LIMITS

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LEVELS = 6
"""Elements at most between a link that skips a box, or the end that it leads to, and the box."""
_COPIES = 3
"""Elements of one name, at most, that a link may lead to: pages hold copies of their text."""
_BESIDE = 40
"""Elements beside another, at most, among which a text is looked for; more are taken for text."""


def boxes_by_make(elements: Sequence[Element], weights: Mapping[Element, int]) -> dict[Element, str]:
    """Boxes of elements (given in document order) that hold no part of the text, each with the rule.

    `weights` are the letters of running text in each element.
    """
    return _asking(elements, weights) | dict.fromkeys(_skippable(elements), "aside")


def _skippable(elements: Sequence[Element]) -> Iterator[Element]:
    """Boxes that begin with a link to their own end: what screen readers offer to skip is no part of the text."""
    links = [one for one in elements if one.tag == "a" and one.get("href", "")[:1] == "#" and one.get("href") != "#"]
    ends: dict[str, list[Element]] = {}
    for element in elements if links else ():
        if name := element.get("id"):
            ends.setdefault(name, []).append(element)
    spoken = _spoken(elements) if ends else set()
    for link in links:
        named = ends.get(link.get("href", "")[1:], [])[:_COPIES]
        yield from (box for end in named if (box := _between(link, end, spoken)) is not None)


def _spoken(elements: Sequence[Element]) -> set[Element]:
    """The elements that hold any text."""
    spoken: set[Element] = set()
    for element in reversed(elements):
        if (element.text or "").strip():
            spoken.add(element)
        box = element.getparent()
        if box is not None and (element in spoken or (element.tail or "").strip()):
            spoken.add(box)
    return spoken


def _between(link: Element, end: Element, spoken: Collection[Element]) -> Element | None:
    """The box of which a link is the first text and another element the last."""
    ended = {*_around(end, spoken, after=True)}
    return next((box for box in _around(link, spoken, after=False) if box in ended), None)


def _around(element: Element, spoken: Collection[Element], after: bool) -> Iterator[Element]:
    """The boxes around an element that hold no text behind it, or before it."""
    for box in islice(element.iterancestors(), _LEVELS):
        if text_beside(element, spoken, after):
            return
        yield box
        element = box


def text_beside(element: Element, spoken: Collection[Element], after: bool) -> bool:
    """Whether the box around an element holds text behind it, or before it; `spoken` are those that hold text."""
    box = element.getparent()
    if ((element.tail if after else box is not None and box.text) or "").strip():
        return True
    others = list(islice(element.itersiblings(preceding=not after), _BESIDE))
    return len(others) == _BESIDE or any(other in spoken or (other.tail or "").strip() for other in others)


def _asking(elements: Sequence[Element], weights: Mapping[Element, int]) -> dict[Element, str]:
    """Small boxes around a form, with a name of their own and a sentence that says what the form is for."""
    boxes = dict.fromkeys(form.getparent() for form in elements if form.tag == "form")
    return {box: "form" for box in boxes if box is not None and 0 < weights[box] <= LIMITS["asking"] and _is_named(box)}


def _is_named(box: Element) -> bool:
    """Whether the first text of a box is a few words, as a paragraph's is not."""
    first = next((str(text) for text in box.itertext() if str(text).strip()), "")
    return len(first.split()) <= LIMITS["label_words"]
