"""Texts that a page holds twice, and texts that it hides: which of them belongs to the article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from site_src.parse.formats.html.boxes import has_text_beside
from site_src.parse.formats.html.flow import Run
from site_src.parse.formats.html.links import is_prose
from site_src.parse.formats.limits import LIMITS

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SECTION_NAME_MOST = 15
"""Words of the name of a folded section, at most; the name may be a question."""
_NEAR = 5
"""Lines between the text that is shown and the rest of it, at most."""


def unfold_rest(runs: Sequence[Run], dropped: Mapping[Element, str]) -> tuple[tuple[Run, ...], Run | None]:
    """The runs with the rest of the text that the page unfolds at a click, and the first line of that rest (or None).

    The rest is either a single hidden box right behind the text that is shown, in the same box, which is prose and says
    something new; or there are several hidden boxes, each below a name of its own.
    """
    groups = [
        (box, [*group]) for box, group in groupby(range(len(runs)), lambda index: _hidden_box(runs[index], dropped))
    ]
    hidden = [(box, inside) for box, inside in groups if box is not None]
    if not hidden:
        return tuple(runs), None
    counts = Counter(box.getparent() for box, _ in hidden)
    with_text, shown = _elements_with_runs(runs), {run.text for run in runs if not run.rule}
    result, first = list(runs), None
    for index in sorted(_named_sections(runs, hidden, shown)):
        first = first or runs[index]
        result[index] = runs[index]._replace(rule="")
    for box, inside in hidden:
        if counts[box.getparent()] > 1 or len(inside) < 2 or not _is_new_prose(runs, inside, shown):
            continue
        before = _text_before(runs, inside[0], box, with_text)
        if before >= 0 and _is_last(box, runs, inside[-1]):
            first = first or runs[inside[0]]
            for index in inside:
                result[index] = runs[index]._replace(rule="")
            for index in _unfolding_controls(runs, range(before + 1, inside[0]), box):
                result[index] = runs[index]._replace(rule="form")
    return tuple(result), first


def _named_sections(runs: Sequence[Run], hidden: Sequence[tuple[Element, list[int]]], shown: set[str]) -> set[int]:
    """The indexes of hidden boxes that each stand right below a name of their own, and of these names.

    They are sections of the text that a reader opens by their names. Boxes that all have the same name ("more") are no
    such sections.
    """
    sections: dict[tuple[object, ...], dict[str, list[int]]] = {}
    for box, inside in hidden:
        label, index = box.getprevious(), inside[0] - 1
        if label is None or index < 0 or not _is_in(runs[index], label):
            continue
        run = runs[index]
        name = "".join(filter(str.isalpha, run.text))
        is_name = name and run.words <= _SECTION_NAME_MOST and not run.text.endswith(".")
        if is_name and _is_new_prose(runs, inside, shown):
            kind = (box.tag, box.get("class"), label.tag, label.get("class"))
            sections.setdefault(kind, {})[name] = [index, *inside]
    return {index for named in sections.values() if len(named) > 1 for indexes in named.values() for index in indexes}


def _is_in(run: Run, box: Element) -> bool:
    return run.element is box or box in run.element.iterancestors()


def _hidden_box(run: Run, dropped: Mapping[Element, str]) -> Element | None:
    """The hidden element that a run stands in; None for a run that is shown or left out for another reason."""
    boxes = (run.element, *run.element.iterancestors()) if run.rule == "hidden" else ()
    return next((box for box in boxes if dropped.get(box) == "hidden"), None)


def _elements_with_runs(runs: Sequence[Run]) -> set[Element]:
    """The elements that hold any run."""
    with_runs: set[Element] = set()
    for run in runs:
        for element in (run.element, *run.element.iterancestors()):
            if element in with_runs:
                break
            with_runs.add(element)
    return with_runs


def _is_new_prose(runs: Sequence[Run], inside: Sequence[int], shown: set[str]) -> bool:
    """Whether all that is hidden in a box is prose that the page does not show."""
    hidden = (runs[index] for index in inside)
    return all(run.role in {"", "list", "quote"} and is_prose(run) and run.text not in shown for run in hidden)


def _text_before(runs: Sequence[Run], first: int, box: Element, with_text: set[Element]) -> int:
    """The index of the nearest text before a hidden box that stands beside it; -1 without one near.

    `first` is the index of the first run in the box.
    """
    near = range(first - 1, max(-1, first - 1 - _NEAR), -1)
    texts = (index for index in near if not runs[index].rule and is_prose(runs[index]))
    return next((index for index in texts if _box_of(runs[index].element, with_text) is box.getparent()), -1)


def _is_last(box: Element, runs: Sequence[Run], last: int) -> bool:
    """Whether a hidden box, whose last run has the index `last`, ends the text of the box around it."""
    behind = next((run for run in runs[last + 1 : last + 1 + _NEAR] if not run.rule), None)
    return behind is None or not is_prose(behind) or box.getparent() not in behind.element.iterancestors()


def _unfolding_controls(runs: Sequence[Run], indexes: range, box: Element) -> list[int]:
    """The indexes of what asks to unfold a hidden box: buttons, and all that stands in a box with one."""
    form_boxes = {_sibling_around(runs[index].element, box) for index in indexes if runs[index].rule == "form"} - {None}
    texts = (index for index in indexes if not runs[index].rule)
    return [
        index
        for index in texts
        if _may_be_button(runs[index]) or _sibling_around(runs[index].element, box) in form_boxes
    ]


def _sibling_around(element: Element, box: Element) -> Element | None:
    """The sibling of a box that holds an element, or is it; None without one."""
    parent = box.getparent()
    return next((other for other in (element, *element.iterancestors()) if other.getparent() is parent), None)


def _box_of(element: Element, with_text: set[Element]) -> Element | None:
    """The box around a text, without the boxes that hold nothing but this text."""
    box = element.getparent()
    while box is not None and not any(has_text_beside(element, with_text, after=after) for after in (True, False)):
        element, box = box, box.getparent()
    return box


def _may_be_button(run: Run) -> bool:
    """Whether a run may be what unfolds the text: a few words that are no heading."""
    return run.role == "" and run.words <= LIMITS["label_words"] and not is_prose(run)


def hidden_copy(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The first hidden line that the page also shows, where the hidden text is longer than the shown one; else empty.

    The text that is shown may then be cut off.
    """
    hidden = [run for run in runs if run.rule == "hidden" and is_prose(run)]
    shown = [run for run in runs if not run.rule and is_prose(run)] if len(hidden) > 1 else []
    shown_texts = {run.text for run in shown}
    is_longer = sum(run.words for run in hidden) > sum(run.words for run in shown) > 0
    return tuple(run for run in hidden if run.text in shown_texts)[:1] if is_longer else ()


def mark_copies(runs: Sequence[Run], scopes: Sequence[frozenset[int]]) -> tuple[tuple[Run, ...], list[frozenset[int]]]:
    """The runs and the scopes of the articles, without what stands in them again, word for word.

    A box of an article is left out if all of its text stands in other boxes too: a quotation set apart, a copy for
    small screens. An article is left out if all of its text, the headline too, stands in articles before it.
    """
    result = list(runs)
    unique: list[frozenset[int]] = []
    earlier: set[str] = set()
    for scope in scopes:
        texts = {runs[index].text for index in scope if runs[index].role == "title" or _may_stand_twice(runs[index])}
        copies = scope if unique and texts <= earlier else _copies(runs, sorted(scope))
        earlier |= texts
        for index in copies:
            result[index] = runs[index]._replace(rule="copy")
        if rest := scope.difference(copies):
            unique.append(rest)
    return tuple(result), unique


def _copies(runs: Sequence[Run], indexes: Sequence[int]) -> set[int]:
    """The indexes of the texts of boxes whose every text stands in another box; of two equal boxes the first stays."""
    texts = [index for index in indexes if _may_stand_twice(runs[index])]
    text_counts = Counter(runs[index].element.getparent() for index in texts)
    boxes: dict[Element | None, list[int]] = {}
    holders: dict[str, set[Element | None]] = {}
    for index in texts:
        box = runs[index].element.getparent()
        box = box.getparent() if box is not None and text_counts[box] == 1 and _is_wrapper(box) else box
        boxes.setdefault(box, []).append(index)
        holders.setdefault(runs[index].text, set()).add(box)
    copies: set[int] = set()
    for box in sorted(boxes, key=lambda box: (len(boxes[box]), -boxes[box][0])):
        box_texts = {runs[index].text for index in boxes[box]}
        if all(len(holders[text]) > 1 for text in box_texts):
            copies.update(boxes[box])
            for text in box_texts:
                holders[text].discard(box)
    return copies


def _is_wrapper(box: Element) -> bool:
    """Whether a box of one text only wraps a paragraph: a sibling has the same tag and class."""
    siblings = (box.getprevious(), box.getnext())
    return any(
        other is not None and (other.tag, other.get("class")) == (box.tag, box.get("class")) for other in siblings
    )


def _may_stand_twice(run: Run) -> bool:
    """Whether a run is a text by which boxes are compared: a sentence, or the heading over it."""
    if run.role == "heading":
        return True
    return run.role in {"", "quote", "list"} and run.words >= LIMITS["prose_words"] and is_prose(run)
