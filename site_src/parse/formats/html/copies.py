"""Texts that a page holds twice, and texts that it hides: which of them is the article's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from site_src.parse.formats.html.boxes import text_beside
from site_src.parse.formats.html.flow import Run
from site_src.parse.formats.html.links import is_prose
from site_src.parse.formats.limits import LIMITS

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NAME = 15
"""Words of the name, at most, below which a part of a text is unfolded: a question, say."""
_NEAR = 5
"""Lines at most between the text that is shown and the rest of it."""


def with_rest(runs: Sequence[Run], gone: Mapping[Element, str]) -> tuple[tuple[Run, ...], Run | None]:
    """The runs with the rest of the text that the page unfolds at a click, and the first line of that rest.

    Such a rest is the one hidden box right behind the text that is shown, in the same box, is text alone, and says
    something new. Or there are several, each below a name of its own.
    """
    groups = [(box, [*places]) for box, places in groupby(range(len(runs)), lambda at: _hidden_box(runs[at], gone))]
    hidden = [(box, places) for box, places in groups if box is not None]
    several = Counter(box.getparent() for box, _ in hidden)
    spoken, shown = (_spoken(runs), {run.text for run in runs if not run.rule}) if hidden else (set(), set())
    marked, first = list(runs), None
    for place in sorted(_folded(runs, hidden, shown)):
        first = first or runs[place]
        marked[place] = runs[place]._replace(rule="")
    for box, inside in hidden:
        if several[box.getparent()] > 1 or len(inside) < 2 or not _says_more(runs, inside, shown):
            continue
        before = _before(runs, inside[0], box, spoken)
        if before >= 0 and _is_last(box, runs, inside[-1]):
            first = first or runs[inside[0]]
            asking = _asking(runs, range(before + 1, inside[0]), box)
            for place in (*asking, *inside):
                marked[place] = runs[place]._replace(rule="" if place in inside else "form")
    return tuple(marked), first


def _folded(runs: Sequence[Run], hidden: Sequence[tuple[Element, list[int]]], shown: set[str]) -> set[int]:
    """The places of hidden boxes that each stand right below a name of their own, and of these names.

    They are parts of the text that a reader opens by their names; what opens more of one kind has one name for all.
    """
    named: dict[tuple[object, ...], dict[str, list[int]]] = {}
    for box, inside in hidden:
        label, place = box.getprevious(), inside[0] - 1
        if (
            label is None
            or place < 0
            or not (runs[place].element is label or label in runs[place].element.iterancestors())
        ):
            continue
        name = "".join(filter(str.isalpha, runs[place].text))
        if (
            name
            and runs[place].words <= _NAME
            and not runs[place].text.endswith(".")
            and _says_more(runs, inside, shown)
        ):
            kind = (box.tag, box.get("class"), label.tag, label.get("class"))
            named.setdefault(kind, {})[name] = [place, *inside]
    return {place for kind in named.values() if len(kind) > 1 for places in kind.values() for place in places}


def _hidden_box(run: Run, gone: Mapping[Element, str]) -> Element | None:
    """The hidden element that a run stands in, None for a run that is shown or left for another reason."""
    around = (run.element, *run.element.iterancestors()) if run.rule == "hidden" else ()
    return next((box for box in around if gone.get(box) == "hidden"), None)


def _spoken(runs: Sequence[Run]) -> set[Element]:
    """The elements that hold any run."""
    spoken: set[Element] = set()
    for run in runs:
        for element in (run.element, *run.element.iterancestors()):
            if element in spoken:
                break
            spoken.add(element)
    return spoken


def _says_more(runs: Sequence[Run], inside: Sequence[int], shown: set[str]) -> bool:
    """Whether all that is hidden in a box is prose that the page does not show."""
    said = (runs[place] for place in inside)
    return all(run.role in {"", "list", "quote"} and is_prose(run) and run.text not in shown for run in said)


def _before(runs: Sequence[Run], place: int, box: Element, spoken: set[Element]) -> int:
    """The place of the nearest text before a hidden box that stands beside it; -1 without one near."""
    near = range(place - 1, max(-1, place - 1 - _NEAR), -1)
    texts = (place for place in near if not runs[place].rule and is_prose(runs[place]))
    return next((place for place in texts if _box_of(runs[place].element, spoken) is box.getparent()), -1)


def _is_last(box: Element, runs: Sequence[Run], last: int) -> bool:
    """Whether no text of the box around stands behind a hidden box."""
    behind = next((run for run in runs[last + 1 : last + 1 + _NEAR] if not run.rule), None)
    return behind is None or not is_prose(behind) or box.getparent() not in behind.element.iterancestors()


def _asking(runs: Sequence[Run], places: range, box: Element) -> list[int]:
    """The places of what asks to unfold a hidden box: buttons, and all that stands in a box with one."""
    asking = {_beside(runs[place].element, box) for place in places if runs[place].rule == "form"} - {None}
    texts = (place for place in places if not runs[place].rule)
    return [place for place in texts if _is_button(runs[place]) or _beside(runs[place].element, box) in asking]


def _beside(element: Element, box: Element) -> Element | None:
    """What stands beside a box and holds an element, or is it."""
    around = box.getparent()
    return next((one for one in (element, *element.iterancestors()) if one.getparent() is around), None)


def _box_of(element: Element, spoken: set[Element]) -> Element | None:
    """The box around a text and what only wraps it."""
    box = element.getparent()
    while box is not None and not any(text_beside(element, spoken, after) for after in (True, False)):
        element, box = box, box.getparent()
    return box


def _is_button(run: Run) -> bool:
    """Whether a run may be what unfolds the text: a few words that are no heading."""
    return run.role == "" and run.words <= LIMITS["label_words"] and not is_prose(run)


def hidden_copy(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The first line of a text that no reader sees, where it is that of the page and goes on for longer; or nothing."""
    hidden = [run for run in runs if run.rule == "hidden" and is_prose(run)]
    shown = [run for run in runs if not run.rule and is_prose(run)] if len(hidden) > 1 else []
    seen = {run.text for run in shown}
    longer = sum(run.words for run in hidden) > sum(run.words for run in shown) > 0
    return tuple(run for run in hidden if run.text in seen)[:1] if longer else ()


def without_copies(
    runs: Sequence[Run], scopes: Sequence[frozenset[int]]
) -> tuple[tuple[Run, ...], list[frozenset[int]]]:
    """The runs, and the scopes of the articles, without what stands there again, word for word.

    A box of an article goes of which all stands in other boxes of it: a quotation set apart, a copy for small screens;
    and an article of which all, the headline too, stands in one before.
    """
    marked = list(runs)
    kept: list[frozenset[int]] = []
    told: set[str] = set()
    for scope in scopes:
        texts = {runs[place].text for place in scope if runs[place].role == "title" or _may_stand_twice(runs[place])}
        copies = scope if kept and texts <= told else _copies(runs, sorted(scope))
        told |= texts
        for place in copies:
            marked[place] = runs[place]._replace(rule="copy")
        if rest := scope.difference(copies):
            kept.append(rest)
    return tuple(marked), kept


def _copies(runs: Sequence[Run], places: Sequence[int]) -> set[int]:
    """The places of the texts of boxes that hold nothing of their own; of two boxes alike the first stays."""
    texts = [place for place in places if _may_stand_twice(runs[place])]
    sizes = Counter(runs[place].element.getparent() for place in texts)
    boxes: dict[Element | None, list[int]] = {}
    holders: dict[str, set[Element | None]] = {}
    for place in texts:
        box = runs[place].element.getparent()
        box = box.getparent() if box is not None and sizes[box] == 1 and _is_wrapper(box) else box
        boxes.setdefault(box, []).append(place)
        holders.setdefault(runs[place].text, set()).add(box)
    copies: set[int] = set()
    for box in sorted(boxes, key=lambda box: (len(boxes[box]), -boxes[box][0])):
        held = {runs[place].text for place in boxes[box]}
        if all(len(holders[text]) > 1 for text in held):
            copies.update(boxes[box])
            for text in held:
                holders[text].discard(box)
    return copies


def _is_wrapper(box: Element) -> bool:
    """Whether a box of one text only wraps a paragraph, as the one beside it does."""
    beside = (box.getprevious(), box.getnext())
    return any(one is not None and (one.tag, one.get("class")) == (box.tag, box.get("class")) for one in beside)


def _may_stand_twice(run: Run) -> bool:
    """Whether a run is a text by which boxes are compared: a sentence, or the heading over it."""
    if run.role == "heading":
        return True
    return run.role in {"", "quote", "list"} and run.words >= LIMITS["prose_words"] and is_prose(run)
