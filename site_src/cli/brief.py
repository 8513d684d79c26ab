"""`brief close`: from here on "since the last brief" counts anew."""

from __future__ import annotations

import argparse

from site_src.cli.report import counted
from site_src.cli.site import open_site, refuse_bare, today


def run(options: argparse.Namespace) -> int:
    """Write into the record what the editions say now."""
    from site_src.pipeline.opening import close_brief

    places, settings = open_site(options)
    refuse_bare(options, places, "a brief can be closed only in a site")
    told = counted(close_brief(places, settings, today(settings)), "story", "stories")
    print(f"The brief is closed with {told}. The next build shows what has changed since.")
    return 0
