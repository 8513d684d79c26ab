"""`check`: what a frozen, strict build would report and change; nothing is written."""

from __future__ import annotations

import argparse

from site_src.cli.build import verdict
from site_src.cli.report import print_report
from site_src.cli.site import open_site


def run(options: argparse.Namespace) -> int:
    """Make the whole site in memory; nothing of it is written."""
    from site_src.pipeline import Options, build

    places, settings = open_site(options)
    report = build(places, settings, Options(frozen=True, dry=True, jobs=options.jobs))
    print_report(report, places.out, options.quiet, dry=True)
    return verdict(report)
