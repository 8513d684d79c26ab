"""`models.lock`: the SHA-256 of every installed package and of each file in it, checked whenever it is loaded.

The file is beside the folder `models` and is meant to be committed, so that everybody who builds the site uses the same
packages.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from site_src.errors import command
from site_src.filesystem import replace_bytes
from site_src.translate.packages import Package, PackageError


class Locked(Struct, frozen=True):
    """The checksums of one package."""

    sha256: str
    """SHA-256 of the archive that it was installed from."""
    files: dict[str, str] = {}
    """SHA-256 by path within the package's folder."""


def lock_path(models: Path) -> Path:
    """The lock file of the package folder `models`."""
    return models.with_name(f"{models.name}.lock")


def read_lock(models: Path) -> dict[str, Locked]:
    """The checksums by `Package.key`; raises `PackageError` if the file cannot be read."""
    path = lock_path(models)
    if not path.exists():
        return {}
    try:
        packages = json.loads(path.read_bytes())
        return {key: Locked(str(package["sha256"]), dict(package["files"])) for key, package in packages.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise PackageError(f"{path.name} cannot be read ({error}); fetch it from your version control") from error


def record(models: Path, key: str, locked: Locked) -> None:
    """Write the checksums of the package that was installed as `key` into the lock file of `models`."""
    packages = read_lock(models) | {key: locked}
    text = json.dumps({key: asdict(package) for key, package in packages.items()}, indent=1, sort_keys=True) + "\n"
    replace_bytes(lock_path(models), text.encode())


def file_sha(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def folder_shas(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below `folder`, by its path with forward slashes."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): file_sha(path) for path in files}


def folder_sha(folder: Path) -> str:
    """One SHA-256 for all files below `folder` and their names, for a model that comes as no archive."""
    return hashlib.sha256(json.dumps(folder_shas(folder), sort_keys=True).encode()).hexdigest()


def verify_package(package: Package, models: Path) -> None:
    """Raise `PackageError` if a file of the package has changed since its installation, if that was recorded."""
    if package.in_site:
        verify_folder(package.folder, models, package.key)


def verify_folder(folder: Path, models: Path, key: str = "") -> None:
    """Raise `PackageError` if a file below `folder` has changed since it was installed as `key` (default: its name)."""
    recorded = read_lock(models).get(key or folder.name)
    if recorded is None or recorded.files == (present := folder_shas(folder)):
        return
    wrong = sorted(name for name in {*recorded.files, *present} if recorded.files.get(name) != present.get(name))
    raise PackageError(
        f"the package {key or folder.name} is not what was installed: {', '.join(wrong[:3])} differ from models.lock; "
        f"remove it with {command(f'models remove {folder.name}')} and install it again"
    )
