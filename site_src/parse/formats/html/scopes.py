"""Which part of a page is its article, and whether it holds two or more: a cut through the tree of its runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from msgspec import Struct

from site_src.parse.blocks import Role
from site_src.parse.fields.stated import is_bare_date, states_field
from site_src.parse.formats.html.drop import words_of
from site_src.parse.formats.html.flow import Run
from site_src.parse.formats.html.links import is_link, is_prose
from site_src.parse.formats.limits import LIMITS

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


_HEAD_LINES = 3
"""Lines above the headline in its box, and below the text, at most, among which its fields are looked for."""


class _Page(Struct, frozen=True):
    """The runs of a page, the places of those that may be text, and the page's tree from the leaves up."""

    runs: Sequence[Run]
    kept: Sequence[int]
    upward: Sequence[tuple[Element, Element | None]]
    """Each element and the one around it."""

    def sums(self, worth: Callable[[Run], int]) -> dict[Element, int]:
        """For every element the worth of the runs inside it, added up from the leaves."""
        sums: dict[Element, int] = {}
        for run in map(self.runs.__getitem__, self.kept):
            sums[run.element] = sums.get(run.element, 0) + worth(run)
        for element, parent in self.upward if sums else ():
            if parent is not None and (inside := sums.get(element)):
                sums[parent] = sums.get(parent, 0) + inside
        return sums


def find_scopes(elements: Sequence[Element], runs: Sequence[Run]) -> tuple[frozenset[int], ...]:
    """The places of the runs of each article of a page, in order; without any prose, one scope of all that is kept.

    `elements` are those of the page in document order.
    """
    root, upward = elements[0], [(element, element.getparent()) for element in reversed(elements)]
    kept = [place for place, run in enumerate(runs) if not run.rule]
    page = _Page(runs, kept, upward)
    prose = page.sums(lambda run: run.words * is_prose(run))
    if not prose.get(root):
        return (frozenset(kept),)
    several = _marked_articles(root, page) or _titled_boxes(root, page)
    if several:
        return _inside_each(several, kept, runs)
    box = _climbed(_trunk(root, prose), page, prose)
    return (_with_fields_below(_with_headline(_inside(box, kept, runs), runs, kept), runs),)


def _trunk(root: Element, prose: dict[Element, int]) -> Element:
    """The lowest element that still holds nearly all prose of the page, one box after another."""
    parts = words_of("elements", "parts") | words_of("elements", "inline")
    box, total = root, prose[root]
    while True:
        boxes = (child for child in box if child.tag not in parts)
        richest = max(boxes, key=lambda child: prose.get(child, 0), default=None)
        if richest is None or prose.get(richest, 0) < total * LIMITS["trunk"]:
            return box
        box = richest


def _climbed(trunk: Element, page: _Page, prose: dict[Element, int]) -> Element:
    """The trunk, or the box around it while that adds only more prose, or little with the headline still outside."""
    marked = next((box for box in (trunk, *trunk.iterancestors()) if box.tag in {"article", "main"}), None)
    if marked is not None:
        return marked
    words = page.sums(lambda run: run.words)
    heads = page.sums(lambda run: run.words * (run.role == "title"))
    most = words[trunk] * (1 + LIMITS["climb"]) + 12
    for box in trunk.iterancestors():
        added = words[box] - words[trunk]
        told = added - heads.get(box, 0) + heads.get(trunk, 0)
        is_text = prose[box] - prose[trunk] >= told * LIMITS["only_prose"] and added <= words[trunk]
        is_frame = not heads.get(trunk) and words[box] <= most and box.tag not in {"body", "html"}
        if not (is_text or is_frame):
            break
        trunk = box
    return trunk


def _inside(box: Element, kept: Sequence[int], runs: Sequence[Run]) -> frozenset[int]:
    elements = set(box.iter())
    return frozenset(place for place in kept if runs[place].element in elements)


def _inside_each(boxes: Sequence[Element], kept: Sequence[int], runs: Sequence[Run]) -> tuple[frozenset[int], ...]:
    """The places in each of several boxes, none of which holds another."""
    numbers = {element: number for number, box in enumerate(boxes) for element in box.iter()}
    places: list[list[int]] = [[] for _ in boxes]
    for place in kept:
        if (number := numbers.get(runs[place].element)) is not None:
            places[number].append(place)
    return tuple(map(frozenset, places))


def _with_headline(places: frozenset[int], runs: Sequence[Run], kept: Sequence[int]) -> frozenset[int]:
    """The places and, where no headline is among them, the nearest one above with all between."""
    if not places or any(runs[place].role == "title" for place in places):
        return places
    first = min(places)
    head = max((place for place in kept if place < first and runs[place].role == "title"), default=first)
    return places | frozenset(place for place in kept if head <= place < first) | _dates_above(head, runs, kept)


def _with_fields_below(places: frozenset[int], runs: Sequence[Run]) -> frozenset[int]:
    """The places and those of the labelled fields (who wrote, which source) right below the text."""
    last = max(places, default=len(runs))
    below = takewhile(lambda place: _is_field(runs[place]), range(last + 1, min(last + 1 + _HEAD_LINES, len(runs))))
    return places | frozenset(below)


def _is_field(run: Run) -> bool:
    return not run.rule and run.words <= LIMITS["prose_words"] and states_field(run.text)


def _dates_above(head: int, runs: Sequence[Run], kept: Sequence[int]) -> frozenset[int]:
    """The places of dates right above the headline, in its own box."""
    box = runs[head].element.getparent()
    above = [place for place in kept if place < head][-_HEAD_LINES:]
    beside = (place for place in above if box in {runs[place].element, runs[place].element.getparent()})
    return frozenset(place for place in beside if is_bare_date(runs[place].text))


def _article_boxes(page: _Page, role: Role) -> Callable[[Element], bool]:
    """Whether a box is an article: a headline of its own, and a body of several texts or one long one."""
    headlines = {"title", role}
    heads = page.sums(lambda run: int(run.role in headlines and not is_link(run)))
    words = page.sums(lambda run: run.words * is_prose(run))
    texts = page.sums(lambda run: int(is_prose(run)))

    def is_article(box: Element) -> bool:
        least = LIMITS["body"] if texts.get(box, 0) > 1 else LIMITS["article_words"]
        return heads.get(box, 0) > 0 and words.get(box, 0) >= least

    return is_article


def _marked_articles(root: Element, page: _Page) -> list[Element]:
    """Two or more <article> elements with headline and body; entries below one headline (a live blog) are none."""
    outer = [box for box in root.iter("article") if next(box.iterancestors("article"), None) is None]
    if len(outer) < 2:
        return []
    is_article = _article_boxes(page, "heading")
    boxes = [box for box in outer if is_article(box)]
    return boxes if len(boxes) > 1 and not _one_headline(boxes, page) else []


def _one_headline(boxes: Sequence[Element], page: _Page) -> bool:
    """Whether a headline of the whole page stands above all of the boxes."""
    inside = {element for box in boxes for element in box.iter()}
    first = next((place for place in page.kept if page.runs[place].element in inside), 0)
    above = (page.runs[place] for place in page.kept if place < first)
    return any(run.role == "title" and run.words >= LIMITS["teaser_words"] for run in above)


def _titled_boxes(root: Element, page: _Page) -> list[Element]:
    """Two or more boxes side by side, each with its own headline and body, on a page without another headline."""
    titles = sum(page.runs[place].role == "title" for place in page.kept)
    if titles == 1:
        return []
    is_article = _article_boxes(page, "title" if titles else "heading")
    for box in root.iter():
        inner = [child for child in box if is_article(child)]
        if len(inner) > 1:
            return inner
    return []
