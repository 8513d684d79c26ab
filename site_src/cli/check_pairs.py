"""`check-pairs`: the translation checks over any file of pairs."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from site_src.cli.site import names_of, open_rules
from site_src.errors import FIXABLE, UsageError
from site_src.model.edition import Finding


def run(options: argparse.Namespace) -> int:
    """Print the findings of each line; returns 1 when a line is not a pair."""
    from site_src.translate.checks import check_pair

    names = names_of(*open_rules(options.config))
    broken = 0
    for number, line in _lines(options.file):
        source, tab, target = line.partition("\t")
        if not tab:
            print(f"{options.file}:{number}: is no pair: Arabic, one TAB, English", file=sys.stderr)
            broken += 1
        _print(options.format, number, check_pair(source, target, names) if tab else ())
    return FIXABLE if broken else 0


def _lines(file: str) -> Iterator[tuple[int, str]]:
    try:
        text = Path(file).read_text("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}: is not UTF-8 (byte {error.start}); save it as UTF-8.") from error
    yield from enumerate(text.splitlines(), 1)


def _print(output_format: str, number: int, findings: tuple[Finding, ...]) -> None:
    if output_format == "jsonl":
        rows = [{"check": finding.check, "severity": finding.severity, "what": finding.what} for finding in findings]
        print(json.dumps({"line": number, "findings": rows}, ensure_ascii=False))
        return
    for finding in findings:
        print(f"{number}: {finding.severity}: {finding.check}: {finding.what}")
