"""Scopes: which part of a page is its article, and whether it holds two or more; a cut through the tree of its runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from msgspec import Struct

from site_src.parse.blocks import Role
from site_src.parse.fields.statements import is_bare_date, states_field
from site_src.parse.formats.html.drop import words_of
from site_src.parse.formats.html.flow import Run
from site_src.parse.formats.html.links import is_link, is_prose
from site_src.parse.formats.limits import LIMITS

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


_FIELD_LINES = 3
"""Lines above the headline, and below the text, among which the fields of an article are looked for, at most."""


class _Page(Struct, frozen=True):
    """The runs of a page, the indexes of those that may be text, and the page's tree from the leaves up."""

    runs: Sequence[Run]
    candidates: Sequence[int]
    upward: Sequence[tuple[Element, Element | None]]
    """Each element and the one around it."""

    def sums(self, worth: Callable[[Run], int]) -> dict[Element, int]:
        """For every element the worth of the runs inside it, added up from the leaves."""
        sums: dict[Element, int] = {}
        for run in map(self.runs.__getitem__, self.candidates):
            sums[run.element] = sums.get(run.element, 0) + worth(run)
        for element, parent in self.upward if sums else ():
            if parent is not None and (inside := sums.get(element)):
                sums[parent] = sums.get(parent, 0) + inside
        return sums


def find_scopes(elements: Sequence[Element], runs: Sequence[Run]) -> tuple[frozenset[int], ...]:
    """The indexes of the runs of each article of a page, in order.

    A page without any prose is one scope of all runs that no rule dropped. `elements` are those of the page in document
    order.
    """
    root, upward = elements[0], [(element, element.getparent()) for element in reversed(elements)]
    candidates = [index for index, run in enumerate(runs) if not run.rule]
    page = _Page(runs, candidates, upward)
    prose = page.sums(lambda run: run.words * is_prose(run))
    if not prose.get(root):
        return (frozenset(candidates),)
    several = _marked_articles(root, page) or _titled_boxes(root, page)
    if several:
        return _inside_each(several, page)
    box = _widen(_trunk(root, prose), page, prose)
    return (_with_fields_below(_with_headline(_inside(box, page), page), runs),)


def _trunk(root: Element, prose: dict[Element, int]) -> Element:
    """The innermost element that still holds nearly all prose of the page."""
    parts = words_of("elements", "parts") | words_of("elements", "inline")
    box, total = root, prose[root]
    while True:
        children = (child for child in box if child.tag not in parts)
        richest = max(children, key=lambda child: prose.get(child, 0), default=None)
        if richest is None or prose.get(richest, 0) < total * LIMITS["trunk"]:
            return box
        box = richest


def _widen(trunk: Element, page: _Page, prose: dict[Element, int]) -> Element:
    """The box of the article, from the trunk upwards: an <article> or <main> around it, else a box that adds little.

    A box is accepted if it adds prose alone, and no more of it than the trunk holds; or if it adds few words while
    the headline is still outside.
    """
    marked = next((box for box in (trunk, *trunk.iterancestors()) if box.tag in {"article", "main"}), None)
    if marked is not None:
        return marked
    words = page.sums(lambda run: run.words)
    title_words = page.sums(lambda run: run.words * (run.role == "title"))
    most_words = words[trunk] * (1 + LIMITS["climb"]) + 12
    for box in trunk.iterancestors():
        added = words[box] - words[trunk]
        added_text = added - title_words.get(box, 0) + title_words.get(trunk, 0)
        adds_prose = prose[box] - prose[trunk] >= added_text * LIMITS["only_prose"] and added <= words[trunk]
        is_frame = not title_words.get(trunk) and words[box] <= most_words and box.tag not in {"body", "html"}
        if not (adds_prose or is_frame):
            break
        trunk = box
    return trunk


def _inside(box: Element, page: _Page) -> frozenset[int]:
    elements = set(box.iter())
    return frozenset(index for index in page.candidates if page.runs[index].element in elements)


def _inside_each(boxes: Sequence[Element], page: _Page) -> tuple[frozenset[int], ...]:
    """The indexes of the runs in each of several boxes, none of which holds another."""
    box_numbers = {element: number for number, box in enumerate(boxes) for element in box.iter()}
    scopes: list[list[int]] = [[] for _ in boxes]
    for index in page.candidates:
        if (number := box_numbers.get(page.runs[index].element)) is not None:
            scopes[number].append(index)
    return tuple(map(frozenset, scopes))


def _with_headline(scope: frozenset[int], page: _Page) -> frozenset[int]:
    """The scope; where it holds no headline, also the nearest one above with all between and the dates above it."""
    runs, candidates = page.runs, page.candidates
    if not scope or any(runs[index].role == "title" for index in scope):
        return scope
    first = min(scope)
    headline = max((index for index in candidates if index < first and runs[index].role == "title"), default=first)
    between = frozenset(index for index in candidates if headline <= index < first)
    return scope | between | _dates_above(headline, page)


def _with_fields_below(scope: frozenset[int], runs: Sequence[Run]) -> frozenset[int]:
    """The scope with the labelled fields (who wrote, which source) right below the text."""
    last = max(scope, default=len(runs))
    near = range(last + 1, min(last + 1 + _FIELD_LINES, len(runs)))
    return scope | frozenset(takewhile(lambda index: _is_field(runs[index]), near))


def _is_field(run: Run) -> bool:
    return not run.rule and run.words <= LIMITS["prose_words"] and states_field(run.text)


def _dates_above(headline: int, page: _Page) -> frozenset[int]:
    """The indexes of dates right above the headline, in its own box."""
    runs, box = page.runs, page.runs[headline].element.getparent()
    above = [index for index in page.candidates if index < headline][-_FIELD_LINES:]
    beside = (index for index in above if box in {runs[index].element, runs[index].element.getparent()})
    return frozenset(index for index in beside if is_bare_date(runs[index].text))


def _article_boxes(page: _Page, role: Role) -> Callable[[Element], bool]:
    """A predicate for boxes that are articles: with a headline of their own, and several texts or one long one.

    A headline is a title, or a heading of the given role.
    """
    headlines = page.sums(lambda run: int(run.role in {"title", role} and not is_link(run)))
    words = page.sums(lambda run: run.words * is_prose(run))
    texts = page.sums(lambda run: int(is_prose(run)))

    def is_article(box: Element) -> bool:
        least_words = LIMITS["body"] if texts.get(box, 0) > 1 else LIMITS["article_words"]
        return headlines.get(box, 0) > 0 and words.get(box, 0) >= least_words

    return is_article


def _marked_articles(root: Element, page: _Page) -> list[Element]:
    """Two or more <article> elements with headline and text; entries below one headline (a live blog) do not count."""
    outermost = [box for box in root.iter("article") if next(box.iterancestors("article"), None) is None]
    if len(outermost) < 2:
        return []
    is_article = _article_boxes(page, "heading")
    articles = [box for box in outermost if is_article(box)]
    return articles if len(articles) > 1 and not _share_headline(articles, page) else []


def _share_headline(boxes: Sequence[Element], page: _Page) -> bool:
    """Whether a headline of the whole page stands above all of the boxes."""
    inside = {element for box in boxes for element in box.iter()}
    first = next((index for index in page.candidates if page.runs[index].element in inside), 0)
    above = (page.runs[index] for index in page.candidates if index < first)
    return any(run.role == "title" and run.words >= LIMITS["teaser_words"] for run in above)


def _titled_boxes(root: Element, page: _Page) -> list[Element]:
    """Two or more boxes side by side, each with its own headline and text, on a page without another headline."""
    titles = sum(page.runs[index].role == "title" for index in page.candidates)
    if titles == 1:
        return []
    is_article = _article_boxes(page, "title" if titles else "heading")
    for box in root.iter():
        articles = [child for child in box if is_article(child)]
        if len(articles) > 1:
            return articles
    return []
