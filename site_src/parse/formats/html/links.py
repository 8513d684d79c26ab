"""Runs that only repeat or announce: boxes of links, their labels, cards of headline and excerpt, pull quotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain, islice, takewhile
from typing import TYPE_CHECKING

from site_src.parse.fields.names import is_agencies
from site_src.parse.fields.stated import states_field
from site_src.parse.formats.html.flow import STOPS, Run
from site_src.parse.formats.limits import LIMITS
from site_src.text.dates import find_dates
from site_src.text.fold import fold

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CUT = ("…", "...", "[…]", "[...]")
"""Ends of an excerpt."""
_CARD_LEVELS = 3
"""Boxes around the headline of a card, at most, that may hold the card."""
_PLAYER_LEVELS = 16
"""Boxes around the running time of a film, at most, that may hold its player."""
_PLAYERS = 12
"""Running times on a page, at most, of which each is looked at."""
_RUNNING = re.compile(r"(?:[0-9٠-٩]{1,2}:){1,2}[0-9٠-٩]{2}")


def is_prose(run: Run) -> bool:
    """Whether a run is running text: several words outside of links, or a short sentence with its full stop."""
    if run.role in {"title", "heading", "caption"} or is_link(run):
        return False
    return run.words >= LIMITS["prose_words"] or (run.words >= 3 and run.text.endswith(STOPS))


def is_link(run: Run) -> bool:
    """Whether most of a run is inside links; a whole linked sentence with its full stop is none."""
    if not run.linked or (run.linked > len(run.text) // 2 and run.text.endswith(STOPS) and run.words > 12):
        return False
    label = len(run.text) - run.linked
    return run.linked >= LIMITS["link_share"] * len(run.text) or (run.linked >= 40 and label <= 30 and run.links == 1)


def without_links(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs, those that announce other pages with the rule "links" or "teaser"."""
    marked = list(runs)
    for place, run in enumerate(marked):
        if rule := _link_rule(marked, place, run):
            marked[place] = run._replace(rule=rule)
    _mark_cards(marked)
    _mark_items(marked)
    _mark_labels(marked)
    return tuple(marked)


def _link_rule(runs: Sequence[Run], place: int, run: Run) -> str:
    if run.rule or run.role in {"title", "heading"} or not is_link(run):
        return ""
    if run.links > 1:
        return "links"
    if run.words >= LIMITS["teaser_words"]:
        return "teaser"
    beside = [*runs[max(0, place - 1) : place], *runs[place + 1 : place + 2]]
    return "links" if any(is_link(other) and other.role not in {"title", "heading"} for other in beside) else ""


def _mark_cards(runs: list[Run]) -> None:
    """Linked headings with at most an excerpt below them, where the page has several; with what is in their boxes."""
    heads = [place for place, run in enumerate(runs) if run.role in {"title", "heading"} and not run.rule]
    ends = dict(zip(heads, [*heads[1:], len(runs)], strict=False))
    cards = [head for head in heads if is_link(runs[head]) and _is_card(runs[head : ends[head]])]
    for head in cards if len(cards) > 1 else ():
        runs[head] = runs[head]._replace(rule="teaser")
        for place in (*_in_box(runs, head, ends[head]), *_in_card(runs, head, ends[head])):
            runs[place] = runs[place]._replace(rule=runs[place].rule or "links")


def _in_box(runs: Sequence[Run], head: int, end: int) -> list[int]:
    return [place for place in range(head + 1, end) if _same_box(runs[head], runs[place])]


def _in_card(runs: Sequence[Run], head: int, end: int) -> list[int]:
    """The places of what stands in the boxes around the heading that hold nothing of what is before and behind it."""
    others = [runs[place].element for place in (head - 1, end) if 0 <= place < len(runs)]
    outside = {box for other in others for box in (other, *other.iterancestors())}
    boxes = [box for box in islice(runs[head].element.iterancestors(), _CARD_LEVELS) if box not in outside]
    inside = [place for place in range(head + 1, end) if boxes and boxes[-1] in runs[place].element.iterancestors()]
    return inside if sum(map(_told, [runs[place] for place in inside])) < LIMITS["card_words"] else []


def _is_card(runs: Sequence[Run]) -> bool:
    return sum(_told(run) for run in runs[1:] if _same_box(runs[0], run)) < LIMITS["card_words"]


def _told(run: Run) -> int:
    """The words of running text that a run tells whole: what breaks off with dots is an excerpt, however long."""
    return run.words if is_prose(run) and not run.text.endswith(_CUT) else 0


def _same_box(head: Run, run: Run) -> bool:
    """Whether a run stands beside a heading, or in a box beside it."""
    box = head.element.getparent()
    return box is not None and any(above is box for above in (run.element, *run.element.iterancestors()))


def _mark_items(runs: list[Run]) -> None:
    """What stands below linked lines that begin boxes of their own, as in a list of news: excerpts of other pages."""
    items = [below for place in range(len(runs)) if (below := _below_link(runs, place))]
    for place in chain.from_iterable(items) if len(items) > 1 else ():
        runs[place] = runs[place]._replace(rule=runs[place].rule or "links")


def _below_link(runs: Sequence[Run], place: int) -> list[int]:
    """The places of what shares its box with a line that announces another page and begins it, if that is short."""
    box = runs[place].element
    if runs[place].rule != "teaser" or (place and _is_inside(runs[place - 1], box)):
        return []
    below = list(takewhile(lambda other: _is_inside(runs[other], box), range(place + 1, len(runs))))
    prose = [runs[other] for other in below if is_prose(runs[other])]
    return below if prose and sum(map(_told, prose)) < LIMITS["card_words"] else []


def _is_inside(run: Run, box: Element) -> bool:
    return run.element is box or any(above is box for above in islice(run.element.iterancestors(), _CARD_LEVELS))


def _mark_labels(runs: list[Run]) -> None:
    """The label over a box of links ("read also") goes with the box; what credits the report above it does not."""
    lists = cache(lambda: _lists_of_text(runs))
    for place in range(len(runs) - 2, -1, -1):
        run, below = runs[place], runs[place + 1]
        short = run.words <= LIMITS["label_words"] and not run.text.endswith(STOPS)
        labels = below.rule in {"links", "teaser"} and run.role not in {"title", "caption", "table"}
        labels = labels and not (run.role == "list" and _is_of_text(run, below, lists))
        told = is_agencies(run.text) or states_field(run.text) if labels and short else True
        if not told and not run.rule and run.linked == 0 and not _is_byline(runs, place):
            runs[place] = run._replace(rule="links")


def _lists_of_text(runs: Sequence[Run]) -> set[Element | None]:
    """The lists that stand beside paragraphs, in the box of a text."""
    texts = {run.element.getparent() for run in runs if run.role == "" and not run.rule and is_prose(run)}
    lists = {run.element.getparent() for run in runs if run.role == "list"}
    return {box for box in lists if box is not None and box.getparent() in texts}


def _is_of_text(item: Run, below: Run, lists: Callable[[], set[Element | None]]) -> bool:
    """Whether an item of a list is one of a text, and no label of a link that stands outside of its list."""
    box = item.element.getparent()
    return box in lists() and not any(above is box for above in islice(below.element.iterancestors(), _CARD_LEVELS))


def _is_byline(runs: Sequence[Run], place: int) -> bool:
    """Whether a short line stands between the headline and the first prose, where date and author stand."""
    above = next(
        (run for run in reversed(runs[:place]) if not run.rule and (run.role == "title" or is_prose(run))), None
    )
    box = [run.rule for run in runs[place + 1 : place + 3]]
    return runs[place].role == "" and (box != ["teaser"] * 2 if above is None else above.role == "title")


def without_pull_quotes(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs, quotations that only repeat a sentence of the text with the rule "pullquote"; the sentence stays.

    So with the rule "excerpt" what breaks off with dots and stands whole elsewhere on the page.
    """
    said = [place for place, run in enumerate(runs) if run.role == "quote" or run.text.endswith(_CUT)]
    said = [place for place in said if not runs[place].rule and len(runs[place].text) > 20]
    if not said or len(said) > LIMITS["pull_quotes"]:
        return tuple(runs)
    others = (run for place, run in enumerate(runs) if not run.rule and place not in said)
    body = "\n".join(fold(run.text) for run in others if run.role in {"", "list"} and is_prose(run))
    rules = {
        place: "pullquote" if runs[place].role == "quote" else "excerpt"
        for place in said
        if _bare(runs[place].text) in body
    }
    return tuple(run._replace(rule=rules[place]) if place in rules else run for place, run in enumerate(runs))


def without_players(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs, those of films between two paragraphs with the rule "video": a box with a running time, no sentence.

    A page with more times tells by the hour what happens.
    """
    times = [place for place, run in enumerate(runs) if not run.rule and _RUNNING.fullmatch(run.text)]
    if not 0 < len(times) <= _PLAYERS:
        return tuple(runs)
    marked = list(runs)
    texts = [place for place, run in enumerate(runs) if not (run.role or run.rule) and is_prose(run)]
    for place in times:
        for other in _in_player(runs, place, texts):
            marked[other] = runs[other]._replace(rule=runs[other].rule or "video")
    return tuple(marked)


def _in_player(runs: Sequence[Run], place: int, texts: Sequence[int]) -> list[int]:
    """The places of the box around a running time, where it stands between paragraphs and tells nothing itself."""
    above = {runs[at].element.getparent() for at in texts if at < place}
    around = above & {runs[at].element.getparent() for at in texts if at > place}
    boxes = [runs[place].element, *islice(runs[place].element.iterancestors(), _PLAYER_LEVELS)]
    level = next((level for level, box in enumerate(boxes) if box.getparent() in around), -1)
    within = set(boxes[level].iter()) if level >= 0 else set()
    inside = [at for at, run in enumerate(runs) if run.element in within]
    told = any(runs[at].text.endswith(STOPS) or find_dates(runs[at].text) for at in inside)
    return [] if told else inside


def _bare(text: str) -> str:
    return fold(text).strip(" \"'“”«»‘’.…[]")


def announced(runs: Sequence[Run]) -> tuple[str, ...]:
    """The headlines of other articles to which the dropped runs link."""
    boxes = (run for run in runs if run.rule in {"teaser", "links"} and run.links < 2 and run.linked)
    headlines = (run.text[-run.linked :].strip() for run in boxes)
    return tuple(dict.fromkeys(text for text in headlines if len(text.split()) >= LIMITS["teaser_words"]))
