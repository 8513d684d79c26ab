"""`test`: every check of the project, the cheapest first."""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib.util import find_spec

from site_src.errors import FIXABLE, UsageError
from site_src.places import PACKAGE

CHECKOUT = PACKAGE.parent
CHECKS = (
    ("lint", ("-m", "ruff", "check", "--quiet", ".")),
    ("format", ("-m", "ruff", "format", "--check", "--quiet", ".")),
    ("types", ("-m", "mypy")),
)
TESTS = ("-m", "pytest", "-n", "2", "--dist", "loadfile")


def run(options: argparse.Namespace) -> int:
    """Run all checks, even after one has failed; returns 0 when all pass, else 1."""
    if not (CHECKOUT / "build.py").is_file():
        raise UsageError("`test` checks the program itself, in a checkout of Mujaz only; a site is checked by `check`.")
    if find_spec("pytest") is None:
        raise UsageError("The test tools are not installed here. Run `python3 build.py test --setup` once.")
    if options.rest or options.soak:
        soak_options = ("--soak", "-s") if options.soak else ()
        return FIXABLE if _run("tests", ("-m", "pytest", *soak_options, *options.rest)) else 0
    failed = [name for name, command in CHECKS if _run(name, command)]
    if _run("tests", TESTS):
        failed.append("tests")
    if failed:
        print(f"\nFailed: {', '.join(failed)}.")
    return FIXABLE if failed else 0


def _run(name: str, command: tuple[str, ...]) -> int:
    print(f"== {name}", flush=True)
    return subprocess.run([sys.executable, *command], cwd=CHECKOUT, check=False).returncode
