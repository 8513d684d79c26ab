"""`build`: make the site and print in a few lines what was done."""

from __future__ import annotations

import argparse
import sys
from time import perf_counter

from msgspec.structs import replace

from site_src.cli.report import counted, print_report, progress
from site_src.cli.site import open_site, places_of, today
from site_src.errors import FIXABLE, command
from site_src.model.report import BuildReport
from site_src.unchanged import Look, look, remembering, unchanged


def run(options: argparse.Namespace) -> int:
    """Build the site; returns 1 with --strict when anything is pending, withheld or unreadable."""
    started = perf_counter()
    places = places_of(options)
    how = repr((options.frozen, options.search, options.base_url, places))
    seen = look(places, how)
    last_report = unchanged(seen, places.out)
    report = replace(last_report, seconds=perf_counter() - started) if last_report else _build(options, seen)
    print_report(report, places.out, options.quiet)
    return verdict(report) if options.strict else 0


def _build(options: argparse.Namespace, seen: Look) -> BuildReport:
    from site_src.pipeline import Options, build

    places, settings = open_site(options)
    frozen = options.frozen or not places.writable
    build_options = Options(
        frozen,
        today="" if frozen else today(settings),
        search=options.search,
        jobs=options.jobs,
        scheduler=options.scheduler or "",
        ends=options.ends,
    )
    with progress(options.quiet) as watch:
        return remembering(seen, places, lambda: build(places, settings, build_options, watch, seen=seen.marks))


def verdict(report: BuildReport) -> int:
    """The exit code under `--strict`: 0 where every page was read and every sentence is settled.

    Unsettled sentences are no problems of a file and are not printed as such, so they are reported here.
    """
    if report.failing:
        unsettled = counted(report.failing, "sentence that is", "sentences that are")
        where = f"{command('status')} names the stories"
        print(f"strict: {unsettled} pending, stale, a draft, or withheld by a check ({where})", file=sys.stderr)
    failed = report.failing or any(problem.severity == "error" for problem in report.problems)
    return FIXABLE if failed else 0
