"""HTML to blocks: the tree, what is no part of an article, the text in reading order, the articles, the metadata."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import TYPE_CHECKING

from msgspec.structs import replace

from site_src.model.page import Dropped, RawPage
from site_src.model.report import Problem
from site_src.parse.blocks import Block, Blocks
from site_src.parse.formats.html.copies import hidden_copy, with_rest, without_copies
from site_src.parse.formats.html.crowded import CrowdedTagError
from site_src.parse.formats.html.drop import dropped_elements
from site_src.parse.formats.html.elements import Heads
from site_src.parse.formats.html.flow import STOPS, Run, flow
from site_src.parse.formats.html.links import (
    announced,
    is_link,
    is_prose,
    without_links,
    without_players,
    without_pull_quotes,
)
from site_src.parse.formats.html.metadata import read_metadata, stated_body, stated_titles
from site_src.parse.formats.html.rows import with_rows
from site_src.parse.formats.html.scopes import find_scopes
from site_src.parse.formats.html.tree import parse_tree
from site_src.parse.formats.limits import LIMITS
from site_src.parse.formats.scopes import group_by_titles
from site_src.tables import table
from site_src.text.dates import find_dates
from site_src.text.fold import fold

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BREAKS = re.compile(r"<(?:/?(?:p|div|ul|ol|li|h[1-6]|blockquote|table|tr)\b[^<>]*|br\s*/?)>", re.IGNORECASE)
_MARK = re.compile(r"</?[A-Za-z][^<>]*>")
_TAG = re.compile(r"<[A-Za-z/!][^<>]*$")
_WHOLE = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_END = 4096
"""Characters of a file in which its first mark, and its last, are looked for."""


def read(page: RawPage) -> Blocks:
    """The blocks of a saved web page, with its metadata and what its markup says is no part of an article."""
    try:
        root, flattened = parse_tree(page.text)
    except CrowdedTagError as error:
        return Blocks((), problems=(_crowded(page, error.line),))
    if root is None:
        return Blocks(())
    elements = list(root.iter())
    gone = dropped_elements(elements)
    whole, unfolded = with_rest(with_rows(flow(root, elements, gone)), gone)
    titles = stated_titles(root)
    runs = _with_headline(without_pull_quotes(without_players(without_links(whole))), titles)
    runs, scopes = without_copies(*_with_heading(runs, find_scopes(elements, runs), titles))
    groups = _groups(scopes)
    blocks = _blocks(runs, groups)
    homes = {run.element: groups[place] for place, run in enumerate(runs) if place in groups}
    above = _above(runs, groups)
    dated = any(find_dates(run.text) for run in above)
    heads = Heads(_heads(blocks), homes, frozenset(gone), _lines_of(above), dated)
    meta, problems = read_metadata(page, root, heads)
    if flattened:
        problems += (_too_deep(page),)
    problems += tuple(_cut_off(page, run) for run in hidden_copy(runs))
    problems += (_broken_off(page, runs[-1].line),) if homes and _is_broken_off(page.text, runs[-2:]) else ()
    problems += (_unfolded(page, unfolded),) if unfolded else ()
    shown = sum(run.words for place, run in enumerate(runs) if place in groups and is_prose(run))
    if shown < LIMITS["article_words"]:
        stated = _lines(stated_body(page, root))
        if not (stated or shown) and (framed := _framed(page, root)):
            return framed
        if sum(len(block.text.split()) for block in stated) > 2 * shown:
            blocks, groups, problems = stated, {}, (*problems, _unfilled(page))
    return Blocks(blocks, meta, problems, dropped=_dropped(runs, groups), teasers=announced(runs))


def _framed(page: RawPage, root: Element) -> Blocks | None:
    """The blocks of the largest page that is saved inside of this one, whose own text it is then; None without one."""
    inner = max((frame.get("srcdoc", "") for frame in root.iter("iframe")), key=len, default="")
    return read(replace(page, text=inner)) if inner else None


def _too_deep(page: RawPage) -> Problem:
    what = "its markup is nested deeper than 2,000 levels; only its paragraphs were read"
    return Problem(page.file, "nested-markup", what, "look at its text with `inspect`", severity="warning")


def _crowded(page: RawPage, line: int) -> Problem:
    what = f"a tag has more than {table('html')['limits']['attributes']:,} attributes; the page was left out"
    return Problem(page.file, "crowded-tag", what, "save the article alone, as text", line)


def _cut_off(page: RawPage, run: Run) -> Problem:
    what = "the page hides a longer copy of the text that it shows: that may be cut off"
    todo = "save the page again where all of its text is shown, signed in to the site for instance"
    return Problem(page.file, "text-cut-off", what, todo, run.line, "warning")


def _is_broken_off(text: str, last: Sequence[Run]) -> bool:
    """Whether a file ends inside of a tag, or of a text with no tag behind it; `last` are its last two runs."""
    end = text[-_END:].rstrip()
    if end.endswith(">") or "</html" in end.lower() or not _WHOLE.search(text, 0, _END):
        return False
    is_text = is_prose(last[-1]) or (is_prose(last[0]) and _make(last[0]) == _make(last[-1]))
    return _TAG.search(end) is not None or (is_text and not (last[-1].rule or last[-1].text.endswith(STOPS)))


def _broken_off(page: RawPage, line: int) -> Problem:
    what = "the file ends in the middle of its page: the rest of the text may be missing"
    return Problem(page.file, "text-cut-off", what, "save the page again, whole", line, "warning")


def _unfolded(page: RawPage, run: Run) -> Problem:
    what = "the page hides the rest of its text until it is unfolded; the rest was read"
    return Problem(page.file, "text-unfolded", what, "compare it with the page in a browser", run.line, "warning")


def _unfilled(page: RawPage) -> Problem:
    what = "the page itself holds next to no text (scripts fill it); its text was read from its JSON-LD"
    return Problem(page.file, "text-from-json-ld", what, "compare it with the page in a browser", severity="warning")


def _lines(text: str) -> tuple[Block, ...]:
    """The lines of a text that stands outside of the page's elements, with marks of its own or without."""
    if "</" in text:
        text = unescape(_MARK.sub("", _BREAKS.sub("\n", text)))
    return tuple(Block(line.strip(), 1, gap=True) for line in text.split("\n") if line.strip())


def _with_headline(runs: Sequence[Run], titles: Sequence[str]) -> tuple[Run, ...]:
    """The runs, the first that the page calls its title marked so, where no h1 is that title; a site's name is none."""
    heads = [place for place, run in enumerate(runs) if run.role == "title" and not run.rule]
    sites = {head for head in heads if _names_site(runs[head], runs, titles)}
    if any(_is_stated(runs[head].text, titles) or not _is_short(runs[head].text) for head in {*heads} - sites):
        return tuple(runs)
    stated = [place for place, run in enumerate(runs) if place not in sites and _is_said(run, titles)]
    if not stated:
        return tuple(runs)
    head = _nearest(stated, runs)
    names = dict.fromkeys((place for place in heads if place < head), "header")
    marked = (run._replace(rule=names[place]) if place in names else run for place, run in enumerate(runs))
    return tuple(run._replace(role="title") if place == head else run for place, run in enumerate(marked))


def _nearest(stated: Sequence[int], runs: Sequence[Run]) -> int:
    """The first heading among the places of the stated title above the text, else the last: before it stand paths."""
    named = set(stated)
    text = (place for place, run in enumerate(runs) if not run.rule and is_prose(run) and place not in named)
    first = next(text, len(runs))
    above = [place for place in stated if place < first]
    return next((place for place in above if runs[place].role == "heading"), above[-1] if above else stated[0])


def _with_heading(
    runs: Sequence[Run], scopes: Sequence[frozenset[int]], titles: Sequence[str]
) -> tuple[tuple[Run, ...], Sequence[frozenset[int]]]:
    """The one article of a page that calls itself no more than its site or section, with its highest heading on top.

    A page with further headings of that level below has sections, or several articles: the text will tell.
    """
    if len(scopes) != 1 or any(run.role == "title" and not run.rule for run in runs) or not all(map(_is_short, titles)):
        return tuple(runs), scopes
    first = next((place for place in sorted(scopes[0]) if is_prose(runs[place])), 0)
    above = [place for place in range(first) if _may_be_headline(runs[place])]
    head = min(above, key=lambda place: (str(runs[place].element.tag), -place), default=None)
    if head is None or any(runs[place].element.tag == runs[head].element.tag for place in scopes[0] if place > first):
        return tuple(runs), scopes
    titled = (run._replace(role="title") if place == head else run for place, run in enumerate(runs))
    between = frozenset(place for place in range(head, first) if not runs[place].rule)
    return tuple(titled), [scopes[0] | between]


def _may_be_headline(run: Run) -> bool:
    return run.role == "heading" and not run.rule and not run.linked and not _is_short(run.text)


def _names_site(head: Run, runs: Sequence[Run], titles: Sequence[str]) -> bool:
    """Whether a linked h1 is one end of the page's title, and another heading the other end: the site's own name."""
    name = fold(head.text)
    ends = [title.removeprefix(name).removesuffix(name) for title in titles if is_link(head) and name in title]
    others = (fold(run.text) for run in runs if run.role == "heading" and not run.rule)
    return bool(ends) and any(end.endswith(other) or end.startswith(other) for other in others for end in ends if other)


def _is_said(run: Run, titles: Sequence[str]) -> bool:
    return not run.rule and _is_stated(run.text, titles)


def _is_short(text: str) -> bool:
    return len(text.split()) < LIMITS["teaser_words"]


def _is_stated(text: str, titles: Sequence[str]) -> bool:
    words = fold(text)
    return len(words.split()) >= 3 and any(f" {words} " in f" {title} " for title in titles)


def _groups(scopes: Sequence[frozenset[int]]) -> dict[int, int]:
    """Each kept run's place to its group, 0 on a page of one article."""
    several = len(scopes) > 1
    return {place: number * several for number, scope in enumerate(scopes, 1) for place in scope}


def _blocks(runs: Sequence[Run], groups: dict[int, int]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    made: tuple[object, ...] = ()
    for place, run in enumerate(runs):
        if place not in groups:
            continue
        make = () if run.role else _make(run)
        among = bool(make) and not run.linked and make == made
        blocks.append(Block(run.text, run.line, run.role, run.gap, run.lang, groups[place], among))
        if make and is_prose(run) and (run.text.endswith(STOPS) or run.words >= LIMITS["paragraph_words"]):
            made = make
    return _headed(blocks) if any(block.group for block in blocks) else group_by_titles(blocks)


def _make(run: Run) -> tuple[object, ...]:
    """What paragraphs of one text share: their box, their element's name and what the page calls them."""
    box = run.element.getparent()
    return (box, run.element.tag, run.element.get("class"))


def _headed(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, each group with one headline: its h1, else its first heading."""
    titled = {block.group for block in blocks if block.role == "title"}
    result = []
    for block in blocks:
        if block.role == "heading" and block.group not in titled:
            titled.add(block.group)
            block = replace(block, role="title")
        result.append(block)
    return tuple(result)


def _heads(blocks: Sequence[Block]) -> tuple[tuple[str, int], ...]:
    return tuple((fold(block.text), block.group) for block in blocks if block.role == "title")


def _above(runs: Sequence[Run], groups: dict[int, int]) -> list[Run]:
    """The lines of each article that stand above its text."""
    begun: set[int] = set()
    above = []
    for place, run in enumerate(runs):
        if place in groups and groups[place] not in begun:
            if is_prose(run) and (run.text.endswith(STOPS) or run.words > LIMITS["body"]):
                begun.add(groups[place])
            else:
                above.append(run)
    return above


def _lines_of(runs: Sequence[Run]) -> dict[Element, str]:
    """Each element of the runs to what they say."""
    lines: dict[Element, list[str]] = {}
    for run in runs:
        lines.setdefault(run.element, []).append(run.text)
    return {element: "\n".join(texts) for element, texts in lines.items()}


def _dropped(runs: Sequence[Run], groups: dict[int, int]) -> tuple[Dropped, ...]:
    return tuple(
        Dropped(run.line, run.text, f"html-{run.rule or 'outside'}")
        for place, run in enumerate(runs)
        if place not in groups
    )
