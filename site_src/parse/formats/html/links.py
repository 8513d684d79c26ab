"""Runs that only repeat or announce: boxes of links, their labels, cards of headline and excerpt, pull quotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain, islice, takewhile
from typing import TYPE_CHECKING

from site_src.parse.fields.names import is_agencies
from site_src.parse.fields.statements import states_field
from site_src.parse.formats.html.flow import STOPS, Run
from site_src.parse.formats.limits import LIMITS
from site_src.text.dates import find_dates
from site_src.text.fold import fold

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_EXCERPT_ENDS = ("…", "...", "[…]", "[...]")
"""Ends of an excerpt."""
_CARD_LEVELS = 3
"""Boxes around the headline of a card that may be the card, at most."""
_PLAYER_LEVELS = 16
"""Boxes around the running time of a film that may be its player, at most."""
_PLAYERS = 12
"""Running times on a page with players, at most; a page with more is a chronicle by the hour."""
_RUNNING_TIME = re.compile(r"(?:[0-9٠-٩]{1,2}:){1,2}[0-9٠-٩]{2}")


def is_prose(run: Run) -> bool:
    """Whether a run is running text: several words outside of links, or a short sentence with its full stop."""
    if run.role in {"title", "heading", "caption"} or is_link(run):
        return False
    return run.words >= LIMITS["prose_words"] or (run.words >= 3 and run.text.endswith(STOPS))


def is_link(run: Run) -> bool:
    """Whether most of a run is inside links; a whole linked sentence with its full stop is no link."""
    if not run.linked:
        return False
    if run.linked > len(run.text) // 2 and run.words > 12 and run.text.endswith(STOPS):
        return False
    if run.linked >= LIMITS["link_share"] * len(run.text):
        return True
    has_short_label = len(run.text) - run.linked <= 30
    return run.links == 1 and run.linked >= 40 and has_short_label


def mark_links(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs, with the rule "links" or "teaser" for those that announce other pages."""
    result = list(runs)
    for index, run in enumerate(result):
        if rule := _link_rule(result, index, run):
            result[index] = run._replace(rule=rule)
    _mark_cards(result)
    _mark_items(result)
    _mark_labels(result)
    return tuple(result)


def _link_rule(runs: Sequence[Run], index: int, run: Run) -> str:
    """The rule by which a run that is a link announces other pages; "" where it does not."""
    if run.rule or run.role in {"title", "heading"} or not is_link(run):
        return ""
    if run.links > 1:
        return "links"
    if run.words >= LIMITS["teaser_words"]:
        return "teaser"
    neighbours = [*runs[max(0, index - 1) : index], *runs[index + 1 : index + 2]]
    return "links" if any(is_link(other) and other.role not in {"title", "heading"} for other in neighbours) else ""


def _mark_cards(runs: list[Run]) -> None:
    """Mark cards, which are linked headings with at most an excerpt below them, where the page has several.

    What else is in the box of a card is marked too.
    """
    heads = [index for index, run in enumerate(runs) if run.role in {"title", "heading"} and not run.rule]
    ends = dict(zip(heads, [*heads[1:], len(runs)], strict=False))
    cards = [head for head in heads if is_link(runs[head]) and _is_card(runs[head : ends[head]])]
    for head in cards if len(cards) > 1 else ():
        runs[head] = runs[head]._replace(rule="teaser")
        for index in (*_beside_heading(runs, head, ends[head]), *_in_card(runs, head, ends[head])):
            runs[index] = runs[index]._replace(rule=runs[index].rule or "links")


def _beside_heading(runs: Sequence[Run], head: int, end: int) -> list[int]:
    """The indexes, from a heading to `end`, of the runs beside the heading."""
    return [index for index in range(head + 1, end) if _is_beside(runs[head], runs[index])]


def _in_card(runs: Sequence[Run], head: int, end: int) -> list[int]:
    """The indexes of the runs in the largest box around a heading that holds no run before the heading or from `end`.

    Empty where these runs hold as much text as an article.
    """
    outside_runs = [runs[index].element for index in (head - 1, end) if 0 <= index < len(runs)]
    outside = {box for element in outside_runs for box in (element, *element.iterancestors())}
    boxes = [box for box in islice(runs[head].element.iterancestors(), _CARD_LEVELS) if box not in outside]
    inside = [index for index in range(head + 1, end) if boxes and boxes[-1] in runs[index].element.iterancestors()]
    return inside if sum(_full_words(runs[index]) for index in inside) < LIMITS["card_words"] else []


def _is_card(runs: Sequence[Run]) -> bool:
    """Whether the runs beside the heading that comes first hold no more than an excerpt."""
    return sum(_full_words(run) for run in runs[1:] if _is_beside(runs[0], run)) < LIMITS["card_words"]


def _full_words(run: Run) -> int:
    """The words of a run of prose; 0 for an excerpt, which breaks off with dots, however long it is."""
    return run.words if is_prose(run) and not run.text.endswith(_EXCERPT_ENDS) else 0


def _is_beside(head: Run, run: Run) -> bool:
    """Whether a run stands beside a heading, or in a box beside it."""
    parent = head.element.getparent()
    return parent is not None and any(box is parent for box in (run.element, *run.element.iterancestors()))


def _mark_items(runs: list[Run]) -> None:
    """Mark what stands below linked lines that begin boxes of their own, as in a list of news: excerpts of others."""
    items = [below for index in range(len(runs)) if (below := _below_link(runs, index))]
    for index in chain.from_iterable(items) if len(items) > 1 else ():
        runs[index] = runs[index]._replace(rule=runs[index].rule or "links")


def _below_link(runs: Sequence[Run], index: int) -> list[int]:
    """The indexes of the runs that share a box with a link to another page which begins the box, if they are short."""
    box = runs[index].element
    if runs[index].rule != "teaser" or (index and _is_inside(runs[index - 1], box)):
        return []
    below = list(takewhile(lambda other: _is_inside(runs[other], box), range(index + 1, len(runs))))
    prose = [runs[other] for other in below if is_prose(runs[other])]
    return below if prose and sum(map(_full_words, prose)) < LIMITS["card_words"] else []


def _is_inside(run: Run, box: Element) -> bool:
    return run.element is box or any(outer is box for outer in islice(run.element.iterancestors(), _CARD_LEVELS))


def _mark_labels(runs: list[Run]) -> None:
    """Mark the label over a box of links ("read also"); a credit of the report above the box is no label."""
    lists = cache(lambda: _lists_of_text(runs))
    for index in range(len(runs) - 2, -1, -1):
        run, below = runs[index], runs[index + 1]
        if below.rule not in {"links", "teaser"} or run.rule or run.linked or run.role in {"title", "caption", "table"}:
            continue
        if run.words > LIMITS["label_words"] or run.text.endswith(STOPS):
            continue
        if run.role == "list" and _is_of_text(run, below, lists):
            continue
        if not (is_agencies(run.text) or states_field(run.text) or _is_byline(runs, index)):
            runs[index] = run._replace(rule="links")


def _lists_of_text(runs: Sequence[Run]) -> set[Element | None]:
    """The lists that stand beside paragraphs, in the box of a text."""
    texts = {run.element.getparent() for run in runs if run.role == "" and not run.rule and is_prose(run)}
    lists = {run.element.getparent() for run in runs if run.role == "list"}
    return {box for box in lists if box is not None and box.getparent() in texts}


def _is_of_text(item: Run, below: Run, lists: Callable[[], set[Element | None]]) -> bool:
    """Whether an item of a list is one of a text, not the label of a link outside of its list."""
    box = item.element.getparent()
    return box in lists() and not any(outer is box for outer in islice(below.element.iterancestors(), _CARD_LEVELS))


def _is_byline(runs: Sequence[Run], index: int) -> bool:
    """Whether a short line stands between the headline and the first prose, as date and author do."""
    if runs[index].role != "":
        return False
    for above in reversed(runs[:index]):
        if above.rule:
            continue
        if above.role == "title":
            return True
        if is_prose(above):
            return False
    return [run.rule for run in runs[index + 1 : index + 3]] != ["teaser", "teaser"]


def mark_pull_quotes(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs, with the rule "pullquote" for quotations that only repeat a sentence of the text.

    What breaks off with dots and stands whole elsewhere on the page gets the rule "excerpt".
    """
    repeats = [index for index, run in enumerate(runs) if run.role == "quote" or run.text.endswith(_EXCERPT_ENDS)]
    repeats = [index for index in repeats if not runs[index].rule and len(runs[index].text) > 20]
    if not repeats or len(repeats) > LIMITS["pull_quotes"]:
        return tuple(runs)
    others = (run for index, run in enumerate(runs) if not run.rule and index not in repeats)
    body = "\n".join(fold(run.text) for run in others if run.role in {"", "list"} and is_prose(run))
    rules = {
        index: "pullquote" if runs[index].role == "quote" else "excerpt"
        for index in repeats
        if _fold_inside(runs[index].text) in body
    }
    return tuple(run._replace(rule=rules[index]) if index in rules else run for index, run in enumerate(runs))


def mark_players(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs, with the rule "video" for those of a film's player between two paragraphs.

    A player is a box with a running time and no sentence. A page with many times says what happened by the hour.
    """
    times = [index for index, run in enumerate(runs) if not run.rule and _RUNNING_TIME.fullmatch(run.text)]
    if not 0 < len(times) <= _PLAYERS:
        return tuple(runs)
    result = list(runs)
    texts = [index for index, run in enumerate(runs) if not (run.role or run.rule) and is_prose(run)]
    for time in times:
        for index in _in_player(runs, time, texts):
            result[index] = runs[index]._replace(rule=runs[index].rule or "video")
    return tuple(result)


def _in_player(runs: Sequence[Run], time: int, texts: Sequence[int]) -> list[int]:
    """The indexes of the runs in the box around a running time; empty unless it stands between paragraphs.

    A box that holds a sentence or a date is no player either. `texts` are the indexes of the paragraphs.
    """
    boxes_above = {runs[text].element.getparent() for text in texts if text < time}
    boxes_around = boxes_above & {runs[text].element.getparent() for text in texts if text > time}
    boxes = [runs[time].element, *islice(runs[time].element.iterancestors(), _PLAYER_LEVELS)]
    player = next((box for box in boxes if box.getparent() in boxes_around), None)
    elements = set(player.iter()) if player is not None else set()
    inside = [index for index, run in enumerate(runs) if run.element in elements]
    holds_text = any(runs[index].text.endswith(STOPS) or find_dates(runs[index].text) for index in inside)
    return [] if holds_text else inside


def _fold_inside(text: str) -> str:
    """A text folded, without the quotation marks and dots around it."""
    return fold(text).strip(" \"'“”«»‘’.…[]")


def announced(runs: Sequence[Run]) -> tuple[str, ...]:
    """The headlines of other articles to which the dropped runs link."""
    boxes = (run for run in runs if run.rule in {"teaser", "links"} and run.links < 2 and run.linked)
    headlines = (run.text[-run.linked :].strip() for run in boxes)
    return tuple(dict.fromkeys(text for text in headlines if len(text.split()) >= LIMITS["teaser_words"]))
