"""`status`: the state of translation of every story; for CI, the exit code tells whether anything is left to do."""

from __future__ import annotations

import argparse
import json
from contextlib import closing
from typing import TYPE_CHECKING

from site_src.cli.report import doubt_words, print_problems, visible
from site_src.cli.site import open_site
from site_src.errors import FIXABLE

if TYPE_CHECKING:
    from site_src.translate.status import Status


def run(options: argparse.Namespace) -> int:
    """Print a table of all stories, or of the named ones with each sentence to look at.

    Returns 1 when a build with `--strict` would fail.
    """
    from site_src.pipeline.opening import status_of
    from site_src.store import Store

    places, settings = open_site(options)
    with closing(Store(places.cache)) as store:
        status = status_of(places, settings, store, options.slugs)
    print_problems(store.problems)
    if options.format == "json":
        print(json.dumps(_as_json(status), ensure_ascii=False, indent=1))
    else:
        _print(status, sentences=bool(options.slugs))
    return FIXABLE if status.failing else 0


def _as_json(status: Status) -> dict[str, object]:
    states = dict(status.states)
    stories = [
        {"slug": story.slug, "lang": story.lang, "states": dict(story.states), "words_pending": story.words_pending,
         "findings": story.findings, "failing": story.failing, "since": story.since or None,
         "doubts": [{"sentence": doubt.number, "state": doubt.state, "why": doubt.why or None,
                     "findings": [{"check": check, "what": what} for check, what in doubt.findings]}
                    for doubt in story.doubts]}
        for story in status.stories
    ]  # fmt: skip
    return {
        "pending": states.get("pending", 0), "states": states, "words_pending": status.words_pending,
        "findings": status.findings, "failing": status.failing, "oldest_pending": status.oldest_pending or None,
        "stories": stories,
    }  # fmt: skip


def _print(status: Status, *, sentences: bool) -> None:
    """Print a line for each story; its name comes last, so that nothing is cut whatever the width of the terminal."""
    if not status.stories:
        print("No story of the site has sentences to translate.")
        return
    states = [state for state, count in status.states if count]
    headings = (*states, "words pending", "findings")
    print("  ".join((*headings, "story")))
    for story in status.stories:
        counts = (*(dict(story.states)[state] for state in states), story.words_pending, story.findings)
        cells = [str(count or "").rjust(len(heading)) for count, heading in zip(counts, headings, strict=True)]
        print("  ".join((*cells, story.slug)))
        for doubt in story.doubts if sentences else ():
            print(visible(f"  {doubt.state}: {doubt_words(doubt)}"))
    if status.oldest_pending:
        print(f"Longest waiting: {status.oldest_pending}")
