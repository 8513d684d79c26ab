"""`build`: make the site and say in a few lines what was done."""

from __future__ import annotations

import argparse

from site_src.cli.report import print_report, progress
from site_src.cli.site import open_site, today
from site_src.errors import FIXABLE
from site_src.model import BuildReport


def run(options: argparse.Namespace) -> int:
    """Build; gives 1 with --strict when anything is pending, withheld or unreadable."""
    from site_src.pipeline import Options, build

    places, settings = open_site(options)
    frozen = options.frozen or not places.writable
    with progress(options.quiet) as watch:
        report = build(places, settings, Options(frozen, "" if frozen else today(settings)), watch)
    print_report(report, places.out, options.quiet)
    return FIXABLE if options.strict and not clean(report) else 0


def clean(report: BuildReport) -> bool:
    """Whether `--strict` has nothing to say: every page read, every sentence settled."""
    return not report.failing and not any(problem.severity == "error" for problem in report.problems)
