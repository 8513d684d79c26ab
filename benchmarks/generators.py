"""The table of generators, `peers/generators.toml`, as values, and how each is installed."""

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


class NotInstalled(Exception):
    """A generator that cannot be had here, and why, in a sentence."""


@dataclass(frozen=True)
class Generator:
    """One row of the table; its keys are told there."""

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
    inside: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """Of the first package, as pinned; of ours, as its code says."""
        if self.packages:
            return self.packages[0].replace("==", "@").rpartition("@")[2]
        sys.path.append(str(ROOT))
        from site_src import __version__

        return __version__

    @property
    def articles(self) -> str:
        """The pattern of the Arabic articles."""
        return f"{self.raw}/*.txt" if self.raw else self.ar.format(slug="*[0-9]")

    def place(self, lang: str) -> str:
        """The path pattern of a document in that language."""
        return {"ar": self.ar, "en": self.en}[lang]


def load() -> dict[str, Generator]:
    """Every generator by name, in the order of the table."""
    rows = tomllib.loads((FOLDER / "generators.toml").read_text("utf-8"))
    return {name: _generator(name, row) for name, row in rows.items()}


def _generator(name: str, row: dict[str, Any]) -> Generator:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    return Generator(**{"name": name, "folder": name} | values)


def install(generator: Generator, folder: Path, say: Callable[[str], None]) -> str:
    """The path of the program, installed below `folder` unless it is there. Raises `NotInstalled`."""
    if not generator.installer:
        return sys.executable
    own = folder / generator.name
    if not (found := _program(own, generator)):
        say(f"installing {generator.title} {generator.version}")
        shutil.rmtree(own, ignore_errors=True)
        own.mkdir(parents=True)
        for command in INSTALLERS[generator.installer](own, generator.packages):
            _run(command, own)
        found = _program(own, generator)
    if not found:
        raise NotInstalled(f"its package holds no {generator.program}")
    return found


def _program(own: Path, generator: Generator) -> str:
    return next((str(path) for path in sorted(own.glob(generator.program))), "")


def _with_pip(own: Path, packages: tuple[str, ...]) -> list[list[str]]:
    pip = [str(own / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", *packages]
    return [[sys.executable, "-m", "venv", str(own)], pip]


def _with_npm(own: Path, packages: tuple[str, ...]) -> list[list[str]]:
    return [["npm", "install", "--prefix", str(own), "--no-audit", "--no-fund", "--loglevel=error", *packages]]


INSTALLERS = {"pip": _with_pip, "npm": _with_npm}


def _run(command: list[str], folder: Path) -> None:
    if not shutil.which(command[0]):
        raise NotInstalled(f"{command[0]} is not on this machine")
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(folder)
        last = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()[-1]
        raise NotInstalled(f"{' '.join(command[:3])} … ended with {done.returncode}: {last}")
