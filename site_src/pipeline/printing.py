"""Pages to PDF, by a browser of this machine: no window, no network, nothing of it left behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from site_src.errors import MujazError
from site_src.tables import table


def find_browser() -> str:
    """The command or path of a browser that can print; "" without one.

    Raises `MujazError` where the environment names one that is not there.
    """
    known = table("handout")["browser"]
    if named := os.environ.get(known["variable"], ""):
        if found := shutil.which(named):
            return found
        raise MujazError(f"{known['variable']}={named}: there is no such program; name a browser, or leave it unset.")
    candidates = (shutil.which(name) for name in (*known["names"], *known["paths"]))
    return next((found for found in candidates if found), "")


def print_pdf(html: bytes) -> bytes:
    """The sheets of a page that needs no other file.

    Raises `MujazError` without a browser, for one that gives no PDF, and for one that takes too long.
    """
    browser = find_browser()
    if not browser:
        variable = table("handout")["browser"]["variable"]
        raise MujazError(
            "export --format pdf: no browser was found to print it; install Chromium or Chrome, or let "
            f"{variable} name one. --format html writes a page that any browser prints."
        )
    with tempfile.TemporaryDirectory(prefix="print-", ignore_cleanup_errors=True) as folder:
        return _print(browser, html, Path(folder))


def _print(browser: str, html: bytes, folder: Path) -> bytes:
    page, made = folder / "page.html", folder / "page.pdf"
    page.write_bytes(html)
    said = _run([browser, *_switches(folder), f"--print-to-pdf={made}", page.as_uri()], folder)
    pdf = made.read_bytes() if made.is_file() else b""
    if not pdf.startswith(b"%PDF-"):
        last = said.strip().splitlines()[-1:] or ["it said nothing"]
        raise MujazError(f"export --format pdf: {browser} made no PDF: {last[0]}")
    return pdf


def _switches(folder: Path) -> list[str]:
    """Its own empty profile; and no sandbox where the browser refuses one, for the superuser."""
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return [*table("handout")["browser"]["switches"], f"--user-data-dir={folder / 'profile'}", *root]


def _run(command: list[str], folder: Path) -> str:
    """Run the browser to its end; gives what it said. Its children end with it."""
    seconds: int = table("handout")["browser"]["seconds"]
    with (folder / "said.txt").open("w+", encoding="utf-8", errors="replace") as said:
        try:
            subprocess.run(command, stdout=said, stderr=said, stdin=subprocess.DEVNULL, timeout=seconds, check=False)
        except subprocess.TimeoutExpired as error:
            raise MujazError(
                f"export --format pdf: {command[0]} did not end within {seconds} seconds; choose fewer stories with "
                "--topic or --since, or print the page of --format html yourself."
            ) from error
        except OSError as error:
            raise MujazError(f"export --format pdf: {command[0]} cannot be started: {error.strerror}.") from error
        said.seek(0)
        return said.read()
