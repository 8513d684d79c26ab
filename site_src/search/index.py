"""Runs the Pagefind program over small pages and returns the files that it writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from site_src.errors import MujazError, installing

_PACKAGE = "pagefind[bin]"


def run_pagefind(
    documents: Iterable[tuple[str, str]], languages: Iterable[str]
) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Each language with its index of all documents, as path to content; a document is (file name, HTML).

    Raises `MujazError` when the index cannot be made. The program is called directly, because its Python client waits
    a tenth of a second for each document.
    """
    program = _program()
    import subprocess
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="mujaz-search-") as folder:
        source = Path(folder, "in")
        source.mkdir()
        for name, html in documents:
            Path(source, f"{name}.html").write_text(html, "utf-8")
        for code in languages:
            out = Path(folder, f"out-{code}")
            command = [str(program), "--silent", "--site", str(source), "--output-path", str(out)]
            command += ["--force-language", code.lower()]  # it knows no capitals
            process = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
            if process.returncode:
                message = (process.stderr or process.stdout).strip()[-500:]
                raise MujazError(f"Pagefind could not make the search index: {message}")
            paths = (path for path in sorted(out.rglob("*")) if path.is_file())
            yield code, {path.relative_to(out).as_posix(): path.read_bytes() for path in paths}


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
