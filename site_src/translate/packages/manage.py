"""Installs, removes and verifies model packages. Only an installation that somebody asks for uses the network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import OpenerDirector

from msgspec.structs import replace

from site_src.tables import table
from site_src.translate.packages import FIREFOX, Package, PackageError, find_packages, read_package
from site_src.translate.packages.download import DownloadError, Progress, fetch, https_opener
from site_src.translate.packages.index import find_offer, index_url, offline
from site_src.translate.packages.lock import Locked, file_sha, folder_shas, read_lock, record, verify_folder
from site_src.translate.packages.unpack import unpack


def install_file(archive: Path, models: Path) -> Package:
    """Install the package in `archive` (a `.argosmodel` file) in the folder `models` and record it in `models.lock`.

    It is unpacked into a temporary folder, checked, loaded once, and only then renamed; it replaces a package of the
    same name. Raises `PackageError` and then changes nothing.
    """
    if not archive.is_file():
        what = "a folder" if archive.is_dir() else "not there"
        raise PackageError(f"{archive} is {what}; give the path of an .argosmodel file.")
    sha, recorded = file_sha(archive), read_lock(models)
    models.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".unpacking-", dir=models) as temporary:
        package = read_package(unpack(archive, Path(temporary) / "new"))
        known = recorded.get(package.key)
        if known and known.sha256 != sha:
            raise PackageError(
                f"{archive.name} is not the {package.key} of models.lock: its SHA-256 is {sha}, recorded is "
                f"{known.sha256}. If you trust the new file, delete that entry of models.lock first."
            )
        _try_out(package)
        locked = Locked(sha, folder_shas(package.folder))
        target = models / package.key
        if target.exists():
            target.rename(Path(temporary) / "old")
        package.folder.rename(target)
    record(models, package.key, locked)
    return replace(package, folder=target)


def _try_out(package: Package) -> None:
    """Load the package once, so that a truncated or foreign model is found now, not during a build."""
    from site_src.translate.engines.argos import open_package

    open_package(package, cores=1)


def install(
    source_lang: str, target_lang: str, models: Path, opener: OpenerDirector | None = None,
    progress: Progress | None = None, url: str = "",
) -> Package:  # fmt: skip
    """Fetch the newest package of the pair from the Argos index and install it; raises `PackageError`, `DownloadError`.

    An interrupted download stays in `models` and is continued by the next call. `url` is the address of another index.
    """
    opener = opener or https_opener()
    offer = find_offer(source_lang, target_lang, models, opener, url or index_url())
    models.mkdir(parents=True, exist_ok=True)
    archive = models / f".{source_lang}_{target_lang}-{offer.version}.argosmodel"
    problems = []
    for link in offer.links:
        try:
            fetch(link, archive, table("models")["limits"]["archive_bytes"], opener, progress)
        except DownloadError as error:
            problems.append(str(error))
            continue
        with _deleted_after(archive):
            return install_file(archive, models)
    raise DownloadError(f"the package could not be fetched: {' '.join(problems)} {offline()}")


@contextmanager
def _deleted_after(path: Path) -> Iterator[None]:
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def remove(key: str, models: Path) -> None:
    """Remove the package `key` (as `models list` names it) from the site's folder; raises `PackageError`.

    Its entry in `models.lock` stays, so that only the same package can be installed again.
    """
    folder = models / key
    installed = [package.folder for package in find_packages(models).packages if package.in_site]
    installed += firefox_models(models)
    is_package = folder in installed or folder.is_dir()
    if not is_package or folder.parent != models or key.startswith("."):
        names = ", ".join(path.name for path in installed) or "none"
        raise PackageError(f"there is no package {key!r} in {models.name}/; installed: {names}.")
    with TemporaryDirectory(prefix=".removing-", dir=models) as temporary:
        folder.rename(Path(temporary) / "old")


def verify(models: Path) -> tuple[tuple[str, str], ...]:
    """(name, fault) of each package and model of the site; the fault is "" where its files are as recorded."""
    results = []
    folders = [(package.key, package.folder) for package in find_packages(models).packages if package.in_site]
    for key, folder in [*folders, *((folder.name, folder) for folder in firefox_models(models))]:
        try:
            verify_folder(folder, models, key)
            results.append((key, "" if key in read_lock(models) else f"{key} is not in models.lock; install it again"))
        except PackageError as error:
            results.append((key, str(error)))
    return tuple(results)


def firefox_models(models: Path) -> list[Path]:
    """The folders of the site's models for the Firefox engine."""
    return sorted(path for path in models.glob(f"{FIREFOX}*") if path.is_dir())


def argos_distributions() -> tuple[str, ...]:
    """The installed distributions of the module `argostranslate`, with versions; two would overwrite each other."""
    from importlib.metadata import PackageNotFoundError, version

    distributions = []
    for name in ("argos-translate-lt", "argostranslate"):
        try:
            distributions.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return tuple(distributions)
