"""`translate`: fill the translation memory without building."""

from __future__ import annotations

import argparse

from site_src.cli.report import counted, print_problems, progress
from site_src.cli.site import open_site, refuse_bare
from site_src.errors import FIXABLE


def run(options: argparse.Namespace) -> int:
    """Translate what waits; gives 1 when something still waits afterwards."""
    from site_src.pipeline.opening import fill_memory

    places, settings = open_site(options)
    refuse_bare(options, places, "a memory belongs to a site")
    with progress(options.quiet) as watch:
        made = fill_memory(places, settings, tuple(options.slugs), options.redo, watch)
    print_problems(made.problems)
    if not options.quiet:
        print(f"{counted(made.translated, 'sentence')} translated, {made.withheld} of all withheld by a check.")
    for note in made.notes:
        print(note)
    return FIXABLE if made.pending else 0
