"""`translate`: fill the translation memory without building."""

from __future__ import annotations

import argparse

from site_src.cli.report import counted, print_problems, progress
from site_src.cli.site import open_site, refuse_bare
from site_src.errors import FIXABLE


def run(options: argparse.Namespace) -> int:
    """Translate the sentences that wait; returns 1 when some still wait afterwards."""
    from site_src.pipeline.opening import fill_memory

    places, settings = open_site(options)
    refuse_bare(options, places, "a memory belongs to a site")
    with progress(options.quiet) as watch:
        result = fill_memory(places, settings, tuple(options.slugs), options.redo, watch)
    print_problems(result.problems)
    if not options.quiet:
        print(f"{counted(result.translated, 'sentence')} translated, {result.withheld} of all withheld by a check.")
    for note in result.notes:
        print(note)
    return FIXABLE if result.pending else 0
