"""Which part of a page is its article, and whether it holds two or more: a cut through the tree of its runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from site_src.parse.html_flow import Run
from site_src.parse.html_links import is_prose
from site_src.tables import table

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


@dataclass(frozen=True, slots=True)
class Scope:
    """One article of a page: the places of its runs."""

    places: frozenset[int]


def find_scopes(root: Element, runs: Sequence[Run]) -> tuple[Scope, ...]:
    """The articles of a page, in order; a page without any prose is one scope of all that was not dropped."""
    kept = [place for place, run in enumerate(runs) if not run.rule]
    prose = _sums(kept, runs, lambda run: len(run.text.split()) * is_prose(run))
    if not prose.get(root):
        return (Scope(frozenset(kept)),)
    several = _marked_articles(root, runs, kept, prose) or _titled_boxes(root, runs, kept, prose)
    if several:
        return tuple(Scope(_inside(box, kept, runs)) for box in several)
    return (Scope(_with_headline(_inside(_climbed(_trunk(root, prose), runs, kept), kept, runs), runs, kept)),)


def _sums(kept: Iterable[int], runs: Sequence[Run], worth: Callable[[Run], int]) -> dict[Element, int]:
    """For every element the worth of the runs inside it, added up from the leaves."""
    own: dict[Element, int] = {}
    for place in kept:
        own[runs[place].element] = own.get(runs[place].element, 0) + worth(runs[place])
    if not own:
        return {}
    top = next(iter(own)).getroottree().getroot()
    sums = dict(own)
    for element in reversed(list(top.iter())):
        parent = element.getparent()
        if parent is not None and sums.get(element):
            sums[parent] = sums.get(parent, 0) + sums[element]
    return sums


def _trunk(root: Element, prose: dict[Element, int]) -> Element:
    """The lowest element that still holds nearly all prose of the page, one box after another."""
    share: float = table("html")["limits"]["trunk"]
    box, total = root, prose[root]
    while True:
        richest = max(box, key=lambda child: prose.get(child, 0), default=None)
        if richest is None or prose.get(richest, 0) < total * share:
            return box
        box = richest


def _climbed(trunk: Element, runs: Sequence[Run], kept: Sequence[int]) -> Element:
    """The trunk, or the box around it while that adds little: the headline, the date, the source line."""
    marked = next((box for box in (trunk, *trunk.iterancestors()) if box.tag in {"article", "main"}), None)
    if marked is not None:
        return marked
    words = _sums(kept, runs, lambda run: len(run.text.split()))
    most = words[trunk] * (1 + float(table("html")["limits"]["climb"])) + 12
    for box in trunk.iterancestors():
        if words.get(box, 0) > most or box.tag in {"body", "html"}:
            break
        trunk = box
    return trunk


def _inside(box: Element, kept: Sequence[int], runs: Sequence[Run]) -> frozenset[int]:
    elements = set(box.iter())
    return frozenset(place for place in kept if runs[place].element in elements)


def _with_headline(places: frozenset[int], runs: Sequence[Run], kept: Sequence[int]) -> frozenset[int]:
    """The places and, where no headline is among them, the nearest one above with all between."""
    if not places or any(runs[place].role == "title" for place in places):
        return places
    first = min(places)
    head = max((place for place in kept if place < first and runs[place].role == "title"), default=first)
    return places | frozenset(place for place in kept if head <= place < first)


def _is_article(box: Element, prose: dict[Element, int], heads: dict[Element, int]) -> bool:
    limit: int = table("html")["limits"]["article_words"]
    return prose.get(box, 0) >= limit and heads.get(box, 0) > 0


def _heads(runs: Sequence[Run], kept: Sequence[int]) -> dict[Element, int]:
    return _sums(kept, runs, lambda run: int(run.role in {"title", "heading"}))


def _marked_articles(
    root: Element, runs: Sequence[Run], kept: Sequence[int], prose: dict[Element, int]
) -> list[Element]:
    """Two or more <article> elements with headline and body; entries below one headline (a live blog) are none."""
    heads = _heads(runs, kept)
    outer = [box for box in root.iter("article") if not any(True for _ in box.iterancestors("article"))]
    boxes = [box for box in outer if _is_article(box, prose, heads)]
    return boxes if len(boxes) > 1 and not _one_headline(boxes, runs, kept) else []


def _one_headline(boxes: Sequence[Element], runs: Sequence[Run], kept: Sequence[int]) -> bool:
    """Whether a headline of the whole page stands above all of the boxes."""
    inside = {element for box in boxes for element in box.iter()}
    first = next((place for place in kept if runs[place].element in inside), 0)
    least: int = table("html")["limits"]["teaser_words"]
    above = [runs[place] for place in kept if place < first and runs[place].role == "title"]
    return any(len(run.text.split()) >= least for run in above)


def _titled_boxes(root: Element, runs: Sequence[Run], kept: Sequence[int], prose: dict[Element, int]) -> list[Element]:
    """Two or more boxes side by side, each with its own headline and body, on a page without another headline."""
    titles = _sums(kept, runs, lambda run: int(run.role == "title"))
    heads = titles if titles.get(root, 0) > 1 else _heads(runs, kept) if not titles.get(root) else {}
    for box in root.iter():
        inner = [child for child in box if _is_article(child, prose, heads)]
        if len(inner) > 1:
            return inner
    return []
