"""Runs Pagefind's program over small pages and gives what it wrote."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from site_src.errors import MujazError, installing

_PACKAGE = "pagefind[bin]"


def run_pagefind(documents: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """The index of (file name, HTML) documents: content by path; raises `MujazError` when it cannot be made.

    The program is called by itself: its Python client waits a tenth of a second for each document.
    """
    program = _program()
    import subprocess
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="mujaz-search-") as folder:
        source, out = Path(folder, "in"), Path(folder, "out")
        source.mkdir()
        for name, html in documents:
            Path(source, f"{name}.html").write_text(html, "utf-8")
        command = [str(program), "--silent", "--site", str(source), "--output-path", str(out)]
        made = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if made.returncode:
            said = (made.stderr or made.stdout).strip()[-500:]
            raise MujazError(f"Pagefind could not make the search index: {said}")
        written = (path for path in sorted(out.rglob("*")) if path.is_file())
        return {path.relative_to(out).as_posix(): path.read_bytes() for path in written}


def _program() -> Path:
    try:
        from pagefind.service import get_executable
    except ImportError as error:
        raise _missing() from error
    program: Path | None = get_executable()
    if program is None:
        raise _missing()
    return program


def _missing() -> MujazError:
    return MujazError(f"`build --search` needs Pagefind, which is not installed; run {installing(_PACKAGE)}.")
