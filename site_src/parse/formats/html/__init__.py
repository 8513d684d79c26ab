"""HTML to blocks: the tree, what is no part of an article, the text in reading order, the articles, the metadata."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import TYPE_CHECKING

from msgspec.structs import replace

from site_src.model.page import Dropped, RawPage
from site_src.parse.blocks import Block, Blocks
from site_src.parse.formats.html.copies import hidden_copy, mark_copies, unfold_rest
from site_src.parse.formats.html.crowded import CrowdedTagError
from site_src.parse.formats.html.drop import dropped_elements
from site_src.parse.formats.html.elements import Heads
from site_src.parse.formats.html.flow import STOPS, Run, read_runs
from site_src.parse.formats.html.links import (
    announced,
    is_link,
    is_prose,
    mark_links,
    mark_players,
    mark_pull_quotes,
)
from site_src.parse.formats.html.metadata import read_metadata, stated_body, stated_titles
from site_src.parse.formats.html.problems import broken_off, crowded, cut_off, too_deep, unfilled, unfolded
from site_src.parse.formats.html.rows import arrange_rows
from site_src.parse.formats.html.scopes import find_scopes
from site_src.parse.formats.html.tree import parse_tree
from site_src.parse.formats.limits import LIMITS
from site_src.parse.formats.scopes import group_by_titles
from site_src.text.dates import find_dates
from site_src.text.fold import fold

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BREAKS = re.compile(r"<(?:/?(?:p|div|ul|ol|li|h[1-6]|blockquote|table|tr)\b[^<>]*|br\s*/?)>", re.IGNORECASE)
"""A tag at which a line ends."""
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_UNCLOSED_TAG = re.compile(r"<[A-Za-z/!][^<>]*$")
_DOCUMENT_START = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_EDGE = 4096
"""Length in characters of the beginning and of the end of a file in which its first and last tags are looked for."""


def read(page: RawPage) -> Blocks:
    """The blocks of a saved web page, with its metadata and what its markup says is no part of an article."""
    try:
        root, flattened = parse_tree(page.text)
    except CrowdedTagError as error:
        return Blocks((), problems=(crowded(page, error.line),))
    if root is None:
        return Blocks(())
    elements = list(root.iter())
    dropped = dropped_elements(elements)
    runs, first_unfolded = unfold_rest(arrange_rows(read_runs(root, elements, dropped)), dropped)
    runs = mark_pull_quotes(mark_players(mark_links(runs)))
    titles = stated_titles(root)
    runs = _with_headline(runs, titles)
    runs, scopes = _with_heading(runs, find_scopes(elements, runs), titles)
    runs, scopes = mark_copies(runs, scopes)
    groups = _groups(scopes)
    blocks = _blocks(runs, groups)
    meta, problems = read_metadata(page, root, _heads(runs, groups, blocks, dropped))
    if flattened:
        problems += (too_deep(page),)
    problems += tuple(cut_off(page, run) for run in hidden_copy(runs))
    if groups and _is_broken_off(page.text, runs[-2:]):
        problems += (broken_off(page, runs[-1].line),)
    if first_unfolded:
        problems += (unfolded(page, first_unfolded),)
    shown_words = sum(run.words for index, run in enumerate(runs) if index in groups and is_prose(run))
    if shown_words < LIMITS["article_words"]:
        stated_blocks = _lines(stated_body(page, root))
        if not (stated_blocks or shown_words) and (framed := _framed(page, root)):
            return framed
        if sum(len(block.text.split()) for block in stated_blocks) > 2 * shown_words:
            blocks, groups, problems = stated_blocks, {}, (*problems, unfilled(page))
    return Blocks(blocks, meta, problems, dropped=_dropped(runs, groups), teasers=announced(runs))


def _framed(page: RawPage, root: Element) -> Blocks | None:
    """The blocks of the largest page inside a frame of this one, which has no text of its own; None without a frame."""
    inner = max((frame.get("srcdoc", "") for frame in root.iter("iframe")), key=len, default="")
    return read(replace(page, text=inner)) if inner else None


def _is_broken_off(text: str, last_runs: Sequence[Run]) -> bool:
    """Whether a file ends inside a tag, or inside a text with no tag behind it; `last_runs` are its last two runs."""
    end = text[-_EDGE:].rstrip()
    if end.endswith(">") or "</html" in end.lower() or not _DOCUMENT_START.search(text, 0, _EDGE):
        return False
    if _UNCLOSED_TAG.search(end) is not None:
        return True
    before, last = last_runs[0], last_runs[-1]
    is_text = is_prose(last) or (is_prose(before) and _paragraph_kind(before) == _paragraph_kind(last))
    return is_text and not (last.rule or last.text.endswith(STOPS))


def _lines(text: str) -> tuple[Block, ...]:
    """The lines of a text that stands outside of the page's elements, with or without tags of its own."""
    if "</" in text:
        text = unescape(_TAG.sub("", _BREAKS.sub("\n", text)))
    return tuple(Block(line.strip(), 1, gap=True) for line in text.split("\n") if line.strip())


def _with_headline(runs: Sequence[Run], titles: Sequence[str]) -> tuple[Run, ...]:
    """The runs, with the role of a title for the headline that the page's metadata states, where no h1 is that one.

    An h1 above it, such as the name of the site, gets the rule "header". `titles` are the stated titles, folded.
    """
    heads = [index for index, run in enumerate(runs) if run.role == "title" and not run.rule]
    site_names = {head for head in heads if _names_site(runs[head], runs, titles)}
    if any(_is_stated(runs[head].text, titles) or not _is_short(runs[head].text) for head in {*heads} - site_names):
        return tuple(runs)
    stated = [
        index
        for index, run in enumerate(runs)
        if index not in site_names and not run.rule and _is_stated(run.text, titles)
    ]
    if not stated:
        return tuple(runs)
    headline = _choose_headline(stated, runs)
    result = list(runs)
    for head in heads:
        if head < headline:
            result[head] = result[head]._replace(rule="header")
    result[headline] = result[headline]._replace(role="title")
    return tuple(result)


def _choose_headline(stated: Sequence[int], runs: Sequence[Run]) -> int:
    """The headline among the runs (by index) that repeat the stated title.

    It is the first heading above the text, else the last such run there, since breadcrumb trails stand before it; the
    first of all where none is above the text.
    """
    repeats = set(stated)
    texts = (index for index, run in enumerate(runs) if not run.rule and is_prose(run) and index not in repeats)
    first_text = next(texts, len(runs))
    above = [index for index in stated if index < first_text]
    return next((index for index in above if runs[index].role == "heading"), above[-1] if above else stated[0])


def _with_heading(
    runs: Sequence[Run], scopes: Sequence[frozenset[int]], titles: Sequence[str]
) -> tuple[tuple[Run, ...], Sequence[frozenset[int]]]:
    """The runs and scopes, with the highest heading above the text as title, where the page states no headline.

    That is a page of one article whose titles are no more than the name of its site or section. If more headings of
    the same level stand below, the page has sections or several articles, and nothing is changed.
    """
    if len(scopes) != 1 or any(run.role == "title" and not run.rule for run in runs) or not all(map(_is_short, titles)):
        return tuple(runs), scopes
    (scope,) = scopes
    first = next((index for index in sorted(scope) if is_prose(runs[index])), 0)
    candidates = [index for index in range(first) if _may_be_headline(runs[index])]
    headline = min(candidates, key=lambda index: (str(runs[index].element.tag), -index), default=None)
    if headline is None:
        return tuple(runs), scopes
    if any(runs[index].element.tag == runs[headline].element.tag for index in scope if index > first):
        return tuple(runs), scopes
    titled = (run._replace(role="title") if index == headline else run for index, run in enumerate(runs))
    between = frozenset(index for index in range(headline, first) if not runs[index].rule)
    return tuple(titled), [scope | between]


def _may_be_headline(run: Run) -> bool:
    return run.role == "heading" and not run.rule and not run.linked and not _is_short(run.text)


def _names_site(head: Run, runs: Sequence[Run], titles: Sequence[str]) -> bool:
    """Whether an h1 is the name of the site: it is linked and one end of the page's title, a heading the other end."""
    name = fold(head.text)
    rests = [title.removeprefix(name).removesuffix(name) for title in titles if is_link(head) and name in title]
    if not rests:
        return False
    headings = [fold(run.text) for run in runs if run.role == "heading" and not run.rule]
    return any(rest.endswith(text) or rest.startswith(text) for text in headings for rest in rests if text)


def _is_short(text: str) -> bool:
    return len(text.split()) < LIMITS["teaser_words"]


def _is_stated(text: str, titles: Sequence[str]) -> bool:
    """Whether a text of three words or more stands in one of the stated titles."""
    words = fold(text)
    return len(words.split()) >= 3 and any(f" {words} " in f" {title} " for title in titles)


def _groups(scopes: Sequence[frozenset[int]]) -> dict[int, int]:
    """The group of each run of an article, by the run's index; 0 on a page of one article."""
    several = len(scopes) > 1
    return {index: number * several for number, scope in enumerate(scopes, 1) for index in scope}


def _blocks(runs: Sequence[Run], groups: dict[int, int]) -> tuple[Block, ...]:
    """The runs of the articles as blocks, each article with a headline."""
    blocks: list[Block] = []
    last_kind: tuple[object, ...] = ()
    for index, run in enumerate(runs):
        if index not in groups:
            continue
        kind = () if run.role else _paragraph_kind(run)
        among = bool(kind) and not run.linked and kind == last_kind
        blocks.append(Block(run.text, run.line, run.role, run.gap, run.lang, groups[index], among))
        if kind and is_prose(run) and (run.text.endswith(STOPS) or run.words >= LIMITS["paragraph_words"]):
            last_kind = kind
    return _with_title_each(blocks) if any(block.group for block in blocks) else group_by_titles(blocks)


def _paragraph_kind(run: Run) -> tuple[object, ...]:
    """What the paragraphs of one text share: their parent, tag and class."""
    return (run.element.getparent(), run.element.tag, run.element.get("class"))


def _with_title_each(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, each group with one headline: its h1, else its first heading."""
    titled = {block.group for block in blocks if block.role == "title"}
    result = []
    for block in blocks:
        if block.role == "heading" and block.group not in titled:
            titled.add(block.group)
            block = replace(block, role="title")
        result.append(block)
    return tuple(result)


def _heads(
    runs: Sequence[Run], groups: dict[int, int], blocks: Sequence[Block], dropped: Mapping[Element, str]
) -> Heads:
    """What the metadata needs to know of the articles."""
    titles = tuple((fold(block.text), block.group) for block in blocks if block.role == "title")
    homes = {run.element: groups[index] for index, run in enumerate(runs) if index in groups}
    above = _above(runs, groups)
    is_dated = any(find_dates(run.text) for run in above)
    return Heads(titles, homes, frozenset(dropped), _texts_by_element(above), is_dated)


def _above(runs: Sequence[Run], groups: dict[int, int]) -> list[Run]:
    """The runs of each article that stand above its text."""
    begun: set[int] = set()
    above = []
    for index, run in enumerate(runs):
        if index in groups and groups[index] not in begun:
            if is_prose(run) and (run.text.endswith(STOPS) or run.words > LIMITS["body"]):
                begun.add(groups[index])
            else:
                above.append(run)
    return above


def _texts_by_element(runs: Sequence[Run]) -> dict[Element, str]:
    """The texts of the runs in each element, one on a line."""
    lines: dict[Element, list[str]] = {}
    for run in runs:
        lines.setdefault(run.element, []).append(run.text)
    return {element: "\n".join(texts) for element, texts in lines.items()}


def _dropped(runs: Sequence[Run], groups: dict[int, int]) -> tuple[Dropped, ...]:
    """The runs outside of all articles, each with its rule."""
    return tuple(
        Dropped(run.line, run.text, f"html-{run.rule or 'outside'}")
        for index, run in enumerate(runs)
        if index not in groups
    )
