"""Reads the table of generators, `peers/generators.toml`, and installs each generator."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "peers"
ROOT = FOLDER.parent.parent


class InstallError(Exception):
    """A generator that cannot be installed here; the message says why, in a sentence."""


@dataclass(frozen=True)
class Generator:
    """One row of the table; the head of the table explains the keys."""

    name: str
    title: str
    program: str
    cold: tuple[str, ...]
    again: tuple[str, ...]
    folder: str
    note: str
    installer: str = ""
    packages: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    ar: str = ""
    en: str = ""
    lists: str = ""
    topics: str = ""
    raw: str = ""
    extras: bool = False
    in_process: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """The version of the first package, as it is pinned; for our own generator, the one that its code states."""
        if self.packages:
            return self.packages[0].replace("==", "@").rpartition("@")[2]
        sys.path.append(str(ROOT))
        from site_src import __version__

        return __version__

    @property
    def articles(self) -> str:
        """The pattern of the paths of the Arabic articles."""
        return f"{self.raw}/*.txt" if self.raw else self.ar.format(slug="*[0-9]")

    def document_path(self, lang: str) -> str:
        """The path of a document in that language, with `{slug}` in place of its name."""
        return {"ar": self.ar, "en": self.en}[lang]


def load() -> dict[str, Generator]:
    """The generators by name, in the order of the table."""
    rows = tomllib.loads((FOLDER / "generators.toml").read_text("utf-8"))
    return {name: _generator(name, row) for name, row in rows.items()}


def _generator(name: str, row: dict[str, Any]) -> Generator:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    return Generator(**{"name": name, "folder": name} | values)


def install(generator: Generator, folder: Path, say: Callable[[str], None]) -> str:
    """The path of the program, installed below `folder` unless it is there. Raises `InstallError`."""
    if not generator.installer:
        return sys.executable
    target = folder / generator.name
    if not (program := _program(target, generator)):
        say(f"installing {generator.title} {generator.version}")
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for command in INSTALLERS[generator.installer](target, generator.packages):
            _run(command, target)
        program = _program(target, generator)
    if not program:
        raise InstallError(f"its package holds no {generator.program}")
    return program


def _program(target: Path, generator: Generator) -> str:
    return next((str(path) for path in sorted(target.glob(generator.program))), "")


def _with_pip(target: Path, packages: tuple[str, ...]) -> list[list[str]]:
    pip = [str(target / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", *packages]
    return [[sys.executable, "-m", "venv", str(target)], pip]


def _with_npm(target: Path, packages: tuple[str, ...]) -> list[list[str]]:
    return [["npm", "install", "--prefix", str(target), "--no-audit", "--no-fund", "--loglevel=error", *packages]]


INSTALLERS = {"pip": _with_pip, "npm": _with_npm}


def _run(command: list[str], folder: Path) -> None:
    if not shutil.which(command[0]):
        raise InstallError(f"{command[0]} is not on this machine")
    process = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if process.returncode:
        shutil.rmtree(folder)
        last = (process.stderr.strip() or process.stdout.strip() or "it said nothing").splitlines()[-1]
        raise InstallError(f"{' '.join(command[:3])} … ended with {process.returncode}: {last}")
