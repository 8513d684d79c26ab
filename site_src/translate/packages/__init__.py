"""Argos packages on this machine: where they are, what they translate, and whether they are complete.

A package is a folder with `metadata.json`, a tokenizer (`sentencepiece.model` or `bpe.model`) and a CTranslate2
model in `model/`. A folder that is none is reported and skipped; it does not hide the others.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from site_src.errors import reason
from site_src.text.patterns import late
from site_src.translate.engines import EngineError

FIREFOX = "firefox-"
"""Prefix of the folders with models of the Firefox engine."""
_CODE = late("[a-z]{2,3}(?:[-_][A-Za-z]{2,8})?")
_VERSION = late("[0-9]+(?:[.][0-9A-Za-z]+)*")
_ARGOS_FOLDERS = ("ARGOS_PACKAGES_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")


class PackageError(EngineError):
    """A package that cannot be used; `str(error)` says which, why, and what to do."""


class Package(Struct, frozen=True):
    """A usable package, as its metadata describe it."""

    folder: Path
    source_lang: str
    target_lang: str
    source_name: str
    target_name: str
    version: str
    in_site: bool = True
    """Whether it is in the site's own folder, not in the user's Argos folder."""

    @property
    def title(self) -> str:
        """Engine, languages and version, for readers."""
        return f"Argos Translate, {self.source_name}-{self.target_name} package {self.version}"

    @property
    def key(self) -> str:
        """The name of its folder when it is installed here, and its key in `models.lock`."""
        return f"translate-{self.source_lang}_{self.target_lang}-{self.version.replace('.', '_')}"


class Installed(Struct, frozen=True):
    """The packages in the folders."""

    packages: tuple[Package, ...]
    """Those of the site before those of the user, newer before older."""
    broken: tuple[str, ...] = ()
    """A sentence for each folder that is no usable package."""


def user_folder() -> Path:
    """Where Argos Translate keeps this user's packages."""
    if folder := os.environ.get("ARGOS_PACKAGES_DIR"):
        return Path(folder)
    share = os.environ.get("XDG_DATA_HOME")
    return (Path(share) if share else Path.home() / ".local" / "share") / "argos-translate" / "packages"


def find_packages(models: Path) -> Installed:
    """All packages in the site's folder `models` and in the user's folder."""
    packages: list[Package] = []
    broken: list[str] = []
    for root, in_site in ((models, True), (user_folder(), False)):
        for folder in _package_folders(root):
            try:
                packages.append(read_package(folder, in_site=in_site))
            except PackageError as error:
                broken.append(str(error))
    packages.sort(key=lambda package: _version_numbers(package.version), reverse=True)
    packages.sort(key=lambda package: not package.in_site)
    return Installed(tuple(packages), tuple(broken))


def _package_folders(root: Path) -> list[Path]:
    try:
        return sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith((".", FIREFOX)))
    except OSError:
        return []


def _version_numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def find_package(models: Path, source_lang: str, target_lang: str) -> Package | None:
    """The package that translates the pair; None where none does."""
    pair = (source_lang, target_lang)
    packages = find_packages(models).packages
    return next((package for package in packages if (package.source_lang, package.target_lang) == pair), None)


def read_package(folder: Path, *, in_site: bool = True) -> Package:
    """The package in `folder`, by its metadata and file names alone; raises `PackageError`."""
    try:
        metadata = json.loads((folder / "metadata.json").read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        what = f"{folder.name} is no Argos package: its metadata.json cannot be read ({reason(error)})."
        raise PackageError(what) from error
    if not isinstance(metadata, dict):
        raise PackageError(f"{folder.name} is no Argos package: its metadata.json is not an object.")
    if metadata.get("type", "translate") != "translate":
        raise PackageError(f"{folder.name} does not translate: its type is {metadata.get('type')!r}.")
    source, target = (_require_match(_CODE, metadata.get(key), key, folder) for key in ("from_code", "to_code"))
    version = _require_match(_VERSION, metadata.get("package_version"), "package_version", folder)
    source_name = _language_name(metadata.get("from_name"), source)
    target_name = _language_name(metadata.get("to_name"), target)
    _require_files(folder)
    return Package(folder, source, target, source_name, target_name, version, in_site)


def _require_match(pattern: re.Pattern[str], value: object, key: str, folder: Path) -> str:
    if isinstance(value, str) and len(value) <= 20 and pattern.fullmatch(value):
        return value
    raise PackageError(f"{folder.name} is no usable Argos package: {key} = {value!r} in its metadata.json.")


def _language_name(value: object, code: str) -> str:
    """The name of a language if it can be shown to readers, else its code."""
    name = " ".join(value.split()) if isinstance(value, str) else ""
    return name if len(name) <= 40 and name.replace(" ", "").isalpha() else code


def _require_files(folder: Path) -> None:
    if not any((folder / name).is_file() for name in ("sentencepiece.model", "bpe.model")):
        raise PackageError(f"{folder.name} is no usable Argos package: it has no tokenizer.")
    if not (folder / "model" / "model.bin").is_file():
        raise PackageError(f"{folder.name} is no usable Argos package: it has no model/model.bin.")


@contextmanager
def isolated_argos_import() -> Iterator[None]:
    """A context to import `argostranslate` in: the three folders that it makes on import are temporary here.

    It does not see its settings file in the user's home either. The telemetry of onnxruntime, which other modules of
    Argos import, is off for the rest of the process.
    """
    from tempfile import TemporaryDirectory

    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    before = {name: os.environ.get(name) for name in _ARGOS_FOLDERS}
    with TemporaryDirectory(prefix="mujaz-argos-") as folder:
        os.environ.update(dict.fromkeys(_ARGOS_FOLDERS, folder))
        try:
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value
