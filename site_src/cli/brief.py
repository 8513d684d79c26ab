"""`brief close`: from now on, "since the last brief" means since this moment."""

from __future__ import annotations

import argparse

from site_src.cli.report import counted
from site_src.cli.site import open_site, refuse_bare, today


def run(options: argparse.Namespace) -> int:
    """Write what the editions say now into the record."""
    from site_src.pipeline.opening import close_brief

    places, settings = open_site(options)
    refuse_bare(options, places, "a brief can be closed only in a site")
    stories = counted(close_brief(places, settings, today(settings)), "story", "stories")
    print(f"The brief is closed with {stories}. The next build shows what has changed since.")
    return 0
