"""`export`: the briefings in one file, to mail, print or paste."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from site_src.cli.site import open_site
from site_src.errors import UsageError

if TYPE_CHECKING:
    from site_src.render.handout.content import Format

BINARY = ("docx", "pdf")
_FORMATS: dict[str, Format] = {
    ".html": "html", ".htm": "html", ".md": "md", ".eml": "mail", ".docx": "docx", ".pdf": "pdf",
}  # fmt: skip
"""Suffix of the file to the format of its content; a file without suffix holds a web page."""


def run(options: argparse.Namespace) -> int:
    """Write the hand-out to --out; without it, or with "-", print it, which needs a text format."""
    from site_src.pipeline.handout import make_handout
    from site_src.render.handout import Choice

    to_terminal = options.out in ("", "-")
    if options.format in BINARY and to_terminal:
        example = f"--out briefing.{options.format}"
        raise UsageError(f"--format {options.format}: is no text to print; name the file to write, such as {example}.")
    output_format: Format = options.format or _format_of(options.out)
    places, settings = open_site(options)
    content = make_handout(places, settings, Choice(output_format, options.topic, _day(options.since)))
    if to_terminal:
        sys.stdout.write(content.decode())
        return 0
    try:
        Path(options.out).write_bytes(content)
    except OSError as error:
        raise UsageError(f"--out {options.out}: cannot be written: {error.strerror}.") from error
    print(f"{options.out} written.")
    return 0


def _format_of(out: str) -> Format:
    """The format that the suffix of the file asks for. Raises `UsageError` for a suffix of another kind of file."""
    suffix = Path(out).suffix.lower()
    if suffix and suffix not in _FORMATS:
        endings = ", ".join(_FORMATS)
        raise UsageError(f"--out {out}: no hand-out is written as {suffix}; end it in {endings}, or choose --format.")
    return _FORMATS.get(suffix, "html")


def _day(since: str) -> str:
    try:
        return date.fromisoformat(since).isoformat() if since else ""
    except ValueError as error:
        raise UsageError(f"--since {since}: must be a day such as 2025-11-08.") from error
