"""`build`: make the site and say in a few lines what was done."""

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
    """Build; gives 1 with --strict when anything is pending, withheld or unreadable."""
    began = perf_counter()
    places = places_of(options)
    how = repr((options.frozen, options.search, options.base_url, places))
    seen = look(places, how)
    report = unchanged(seen, places.out)
    report = replace(report, seconds=perf_counter() - began) if report else _built(options, seen)
    print_report(report, places.out, options.quiet)
    return verdict(report) if options.strict else 0


def _built(options: argparse.Namespace, seen: Look) -> BuildReport:
    from site_src.pipeline import Options, build

    places, settings = open_site(options)
    frozen = options.frozen or not places.writable
    with progress(options.quiet) as watch:
        day, scheduler = "" if frozen else today(settings), options.scheduler or ""
        way = Options(frozen, day, options.search, jobs=options.jobs, scheduler=scheduler, ends=options.ends)
        return remembering(seen, places, lambda: build(places, settings, way, watch, seen=seen.marks))


def verdict(report: BuildReport) -> int:
    """The exit code under `--strict`: 0 where every page was read and every sentence is settled.

    Sentences that are not are no problem of a file, so what fails is said here, whatever else is quiet.
    """
    if report.failing:
        unsettled = counted(report.failing, "sentence that is", "sentences that are")
        where = f"{command('status')} names the stories"
        print(f"strict: {unsettled} pending, stale, a draft, or withheld by a check ({where})", file=sys.stderr)
    failed = report.failing or any(problem.severity == "error" for problem in report.problems)
    return FIXABLE if failed else 0
