"""`build`: make the site and say in a few lines what was done."""

from __future__ import annotations

import argparse
from time import perf_counter

from msgspec.structs import replace

from site_src.cli.report import print_report, progress
from site_src.cli.site import open_site, places_of, today
from site_src.errors import FIXABLE
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
    return FIXABLE if options.strict and not clean(report) else 0


def _built(options: argparse.Namespace, seen: Look) -> BuildReport:
    from site_src.pipeline import Options, build

    places, settings = open_site(options)
    frozen = options.frozen or not places.writable
    with progress(options.quiet) as watch:
        day, scheduler = "" if frozen else today(settings), options.scheduler or ""
        way = Options(frozen, day, options.search, jobs=options.jobs, scheduler=scheduler)
        return remembering(seen, places, lambda: build(places, settings, way, watch))


def clean(report: BuildReport) -> bool:
    """Whether `--strict` has nothing to say: every page read, every sentence settled."""
    return not report.failing and not any(problem.severity == "error" for problem in report.problems)
