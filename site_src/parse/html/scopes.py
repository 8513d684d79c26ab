"""Which part of a page is its article, and whether it holds two or more: a cut through the tree of its runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from site_src.parse.blocks import Role
from site_src.parse.html.drop import words_of
from site_src.parse.html.flow import Run
from site_src.parse.html.links import is_link, is_prose
from site_src.tables import table

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def find_scopes(root: Element, runs: Sequence[Run]) -> tuple[frozenset[int], ...]:
    """The places of the runs of each article of a page, in order; without any prose, one scope of all that is kept."""
    kept = [place for place, run in enumerate(runs) if not run.rule]
    prose = _sums(kept, runs, lambda run: run.words * is_prose(run))
    if not prose.get(root):
        return (frozenset(kept),)
    several = _marked_articles(root, runs, kept) or _titled_boxes(root, runs, kept)
    if several:
        return tuple(_inside(box, kept, runs) for box in several)
    box = _climbed(_trunk(root, prose), runs, kept, prose)
    return (_with_headline(_inside(box, kept, runs), runs, kept),)


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
    parts = words_of("elements", "parts") | words_of("elements", "inline")
    box, total = root, prose[root]
    while True:
        boxes = (child for child in box if child.tag not in parts)
        richest = max(boxes, key=lambda child: prose.get(child, 0), default=None)
        if richest is None or prose.get(richest, 0) < total * share:
            return box
        box = richest


def _climbed(trunk: Element, runs: Sequence[Run], kept: Sequence[int], prose: dict[Element, int]) -> Element:
    """The trunk, or the box around it while that adds only more prose, or little with the headline still outside."""
    marked = next((box for box in (trunk, *trunk.iterancestors()) if box.tag in {"article", "main"}), None)
    if marked is not None:
        return marked
    limits = table("html")["limits"]
    words = _sums(kept, runs, lambda run: run.words)
    titles = _sums(kept, runs, lambda run: int(run.role == "title"))
    most = words[trunk] * (1 + limits["climb"]) + 12
    for box in trunk.iterancestors():
        added = words[box] - words[trunk]
        is_text = prose[box] - prose[trunk] >= added * limits["only_prose"] and added <= words[trunk]
        is_frame = not titles.get(trunk) and words[box] <= most and box.tag not in {"body", "html"}
        if not (is_text or is_frame):
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


def _article_boxes(runs: Sequence[Run], kept: Sequence[int], role: Role) -> Callable[[Element], bool]:
    """Whether a box is an article: a headline of its own, and a body of several texts or one long one."""
    limits = table("html")["limits"]
    headlines = {"title", role}
    heads = _sums(kept, runs, lambda run: int(run.role in headlines and not is_link(run)))
    words = _sums(kept, runs, lambda run: run.words * is_prose(run))
    texts = _sums(kept, runs, lambda run: int(is_prose(run)))

    def is_article(box: Element) -> bool:
        least: int = limits["body"] if texts.get(box, 0) > 1 else limits["article_words"]
        return heads.get(box, 0) > 0 and words.get(box, 0) >= least

    return is_article


def _marked_articles(root: Element, runs: Sequence[Run], kept: Sequence[int]) -> list[Element]:
    """Two or more <article> elements with headline and body; entries below one headline (a live blog) are none."""
    is_article = _article_boxes(runs, kept, "heading")
    outer = [box for box in root.iter("article") if next(box.iterancestors("article"), None) is None]
    boxes = [box for box in outer if is_article(box)]
    return boxes if len(boxes) > 1 and not _one_headline(boxes, runs, kept) else []


def _one_headline(boxes: Sequence[Element], runs: Sequence[Run], kept: Sequence[int]) -> bool:
    """Whether a headline of the whole page stands above all of the boxes."""
    inside = {element for box in boxes for element in box.iter()}
    first = next((place for place in kept if runs[place].element in inside), 0)
    least: int = table("html")["limits"]["teaser_words"]
    above = [runs[place] for place in kept if place < first and runs[place].role == "title"]
    return any(run.words >= least for run in above)


def _titled_boxes(root: Element, runs: Sequence[Run], kept: Sequence[int]) -> list[Element]:
    """Two or more boxes side by side, each with its own headline and body, on a page without another headline."""
    titles = sum(runs[place].role == "title" for place in kept)
    if titles == 1:
        return []
    is_article = _article_boxes(runs, kept, "title" if titles else "heading")
    for box in root.iter():
        inner = [child for child in box if is_article(child)]
        if len(inner) > 1:
            return inner
    return []
