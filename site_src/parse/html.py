"""HTML to blocks: the tree, what is no part of an article, the text in reading order, the articles, the metadata."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from site_src.model import Dropped, Problem, RawPage
from site_src.parse.blocks import Block, Blocks, Meta
from site_src.parse.html_drop import dropped_elements
from site_src.parse.html_flow import Run, flow
from site_src.parse.html_links import without_links, without_pull_quotes
from site_src.parse.html_scopes import find_scopes
from site_src.parse.html_tree import parse_tree
from site_src.parse.metadata import read_metadata
from site_src.parse.scopes import group_by_titles
from site_src.text.fold import fold


def read(page: RawPage) -> Blocks:
    """The blocks of a saved web page, with its metadata and what its markup says is no part of an article."""
    root, flattened = parse_tree(page.text)
    if root is None:
        return Blocks(())
    elements = list(root.iter())
    meta, problems = read_metadata(page, root)
    runs = without_pull_quotes(without_links(flow(root, elements, dropped_elements(elements))))
    scopes = find_scopes(root, runs)
    groups = {place: number for number, scope in enumerate(scopes, 1) for place in scope.places}
    blocks = _titled(_blocks(runs, groups, len(scopes) > 1), meta)
    grouped = blocks if len(scopes) > 1 else group_by_titles(blocks)
    if flattened:
        problems += (_too_deep(page),)
    return Blocks(grouped, _grouped(meta, grouped), problems, dropped=_dropped(runs, groups), teasers=_teasers(runs))


def _too_deep(page: RawPage) -> Problem:
    what = "its markup is nested deeper than 2,000 levels; only its paragraphs were read"
    return Problem(page.file, "nested-markup", what, "look at its text with `inspect`", severity="warning")


def _blocks(runs: Sequence[Run], groups: dict[int, int], several: bool) -> tuple[Block, ...]:
    return tuple(
        Block(run.text, run.line, run.role, run.gap, run.lang, groups[place] if several else 0)
        for place, run in enumerate(runs)
        if place in groups
    )


def _titled(blocks: tuple[Block, ...], meta: Sequence[Meta]) -> tuple[Block, ...]:
    """The blocks with one headline per group: h1, else what the metadata calls the title, else the first heading."""
    titles = [fold(stated.value) for stated in meta if stated.name == "title"]
    result = list(blocks)
    for group in {block.group for block in blocks}:
        places = [place for place, block in enumerate(blocks) if block.group == group]
        if any(blocks[place].role == "title" for place in places):
            continue
        head = next((place for place in places[:12] if _is_stated(blocks[place], titles)), None)
        if head is None and group:
            head = next((place for place in places if blocks[place].role == "heading"), None)
        if head is not None:
            result[head] = replace(blocks[head], role="title")
    return tuple(result)


def _is_stated(block: Block, titles: Sequence[str]) -> bool:
    text = fold(block.text)
    return len(text.split()) >= 3 and any(title.startswith(text) for title in titles)


def _grouped(meta: tuple[Meta, ...], blocks: Sequence[Block]) -> tuple[Meta, ...]:
    """Metadata of a page with several articles belongs to the one whose headline it states, else to the first."""
    if not any(block.group for block in blocks):
        return meta
    heads = [(fold(block.text), block.group) for block in blocks if block.role == "title"]
    titles = [fold(stated.value) for stated in meta if stated.name == "title"]
    owner = next((group for head, group in heads if any(title.startswith(head) for title in titles)), 1)
    return tuple(stated if stated.group else replace(stated, group=owner) for stated in meta)


def _dropped(runs: Sequence[Run], groups: dict[int, int]) -> tuple[Dropped, ...]:
    return tuple(
        Dropped(run.line, run.text, f"html-{run.rule or 'outside'}")
        for place, run in enumerate(runs)
        if place not in groups
    )


def _teasers(runs: Sequence[Run]) -> tuple[str, ...]:
    return tuple(run.text for run in runs if run.rule == "teaser")
