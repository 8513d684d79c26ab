"""The Argos package index: which package translates a language pair, and where it can be downloaded."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import OpenerDirector

from msgspec import Struct

from site_src.errors import command
from site_src.tables import table
from site_src.translate.packages import PackageError, isolated_argos_import
from site_src.translate.packages.download import DownloadError, fetch


def offline() -> str:
    """What to do without the network, for the end of an error message."""
    return f"Fetch the package elsewhere and install it with {command('models install --file X.argosmodel')}."


class Offer(Struct, frozen=True):
    """A package of the Argos index."""

    version: str
    links: tuple[str, ...]


def index_url() -> str:
    """The address of the package index that the installed Argos Translate uses."""
    with isolated_argos_import():
        from argostranslate import settings
    return str(settings.remote_package_index)


def find_offer(source_lang: str, target_lang: str, models: Path, opener: OpenerDirector, url: str) -> Offer:
    """The newest package of the pair that the index at `url` lists with an https address."""
    models.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".index-", dir=models) as folder:
        path = Path(folder) / "index.json"
        try:
            fetch(url, path, table("models")["limits"]["index_bytes"], opener)
            index = json.loads(path.read_bytes())
        except DownloadError as error:
            raise DownloadError(f"The Argos index cannot be reached: {error} {offline()}") from error
        except (ValueError, RecursionError) as error:
            raise DownloadError(f"The Argos index at {url} cannot be read ({error}). {offline()}") from error
    packages = index if isinstance(index, list) else []
    offers = [offer for package in packages if (offer := _offer(package, source_lang, target_lang))]
    if not offers:
        raise PackageError(f"The Argos index lists no package that translates {source_lang} to {target_lang}.")
    return max(offers, key=lambda offer: [int(part) for part in offer.version.split(".")])


def _offer(package: Any, source_lang: str, target_lang: str) -> Offer | None:
    """The offer in one object of the index; None for another pair, another type, or one without an https address."""
    if not isinstance(package, dict) or package.get("type", "translate") != "translate":
        return None
    if (package.get("from_code"), package.get("to_code")) != (source_lang, target_lang):
        return None
    version, links = package.get("package_version"), package.get("links")
    if not isinstance(version, str) or not all(part.isdecimal() for part in version.split(".")):
        return None
    all_links = links if isinstance(links, list) else []
    https_links = tuple(link for link in all_links if isinstance(link, str) and link.startswith("https://"))
    return Offer(version, https_links) if https_links else None
