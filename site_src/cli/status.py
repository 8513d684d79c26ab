"""`status`: how far the translation of every story is; for CI, the exit code says whether anything is left to do."""

from __future__ import annotations

import argparse
import json
from contextlib import closing
from typing import TYPE_CHECKING

from site_src.cli.site import open_site
from site_src.errors import FIXABLE

if TYPE_CHECKING:
    from site_src.translate.status import Status


def run(options: argparse.Namespace) -> int:
    """Print the table; gives 1 when `--strict` would fail for a sentence."""
    from site_src.pipeline.desk import status_of
    from site_src.store import Store

    places, settings = open_site(options)
    with closing(Store(places.cache)) as store:
        found = status_of(places, settings, store)
    if options.format == "json":
        print(json.dumps(_as_json(found), ensure_ascii=False, indent=1))
    else:
        _print(found)
    return FIXABLE if found.failing else 0


def _as_json(found: Status) -> dict[str, object]:
    states = dict(found.states)
    stories = [
        {"slug": story.slug, "lang": story.lang, "states": dict(story.states), "words_pending": story.words_pending,
         "findings": story.findings, "failing": story.failing, "since": story.since or None}
        for story in found.stories
    ]  # fmt: skip
    return {
        "pending": states.get("pending", 0), "states": states, "words_pending": found.words_pending,
        "findings": found.findings, "failing": found.failing, "oldest_pending": found.oldest_pending or None,
        "stories": stories,
    }  # fmt: skip


def _print(found: Status) -> None:
    from rich.console import Console
    from rich.table import Table

    states = [state for state, count in found.states if count]
    shown = Table(box=None, pad_edge=False)
    shown.add_column("story", no_wrap=True, min_width=max((len(story.slug) for story in found.stories), default=0))
    for heading in (*states, "words pending", "findings"):
        shown.add_column(heading, justify="right")
    for story in found.stories:
        counts = dict(story.states)
        cells = [str(counts[state] or "") for state in states]
        shown.add_row(story.slug, *cells, str(story.words_pending or ""), str(story.findings or ""))
    console = Console(highlight=False)
    console.print(shown)
    if found.oldest_pending:
        console.print(f"Longest waiting: {found.oldest_pending}")
