"""`models`: the translation packages of this site. Only `models install` fetches anything."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from site_src.cli.report import progress
from site_src.cli.site import open_site
from site_src.errors import FIXABLE, UsageError, command
from site_src.settings import Settings

Installed = tuple[str, str, str]
"""What was installed, in words; the language it translates from; the language it translates to."""


def run(options: argparse.Namespace) -> int:
    """Run the action of `options` on the models folder of the site."""
    places, settings = open_site(options)
    if options.action == "install":
        return _install(options, places.models, settings)
    return {"list": _list, "remove": _remove, "verify": _verify}[options.action](options, places.models)


def _list(_: argparse.Namespace, models: Path) -> int:
    from site_src.translate.packages import find_packages
    from site_src.translate.packages.manage import argos_distributions, firefox_models

    installed = find_packages(models)
    for folder in firefox_models(models):
        print(f"{folder.name}   Firefox Translations   (this site)")
    for package in installed.packages:
        print(f"{package.key}   {package.title}   ({'this site' if package.in_site else 'your Argos folder'})")
    if not installed.packages and not firefox_models(models):
        print(f"No translation package is installed. {command('models install')} fetches Arabic to English.")
    for sentence in installed.broken:
        print(f"passed over: {sentence}", file=sys.stderr)
    print(f"argostranslate comes from: {', '.join(argos_distributions()) or 'nowhere; run the setup again'}")
    return 0


def _install(options: argparse.Namespace, models: Path, settings: Settings) -> int:
    if options.file and not Path(options.file).exists():
        raise UsageError(f"--file {options.file}: there is no such file or folder.")
    installed, source, target = {"argos": _install_argos, "firefox": _install_firefox}[options.engine](options, models)
    serves = source in settings.site.source_languages and target in settings.site.languages
    todo = "The next build translates what waits." if serves else f"This site does not translate {source} to {target}."
    print(f"Installed: {installed}. {todo}")
    print("models.lock beside the models folder holds its checksums; keep it under version control.")
    return 0


def _install_argos(options: argparse.Namespace, models: Path) -> Installed:
    from site_src.translate.packages.manage import install, install_file

    if options.file:
        package = install_file(Path(options.file), models)
    else:
        with progress(quiet=False) as watch:
            package = install(
                options.source,
                options.target,
                models,
                progress=lambda done, total: watch("fetching the package", done, total or done),
            )
    return package.title, package.source_lang, package.target_lang


def _install_firefox(options: argparse.Namespace, models: Path) -> Installed:
    from site_src.translate.engines.firefox import install_folder, install_online

    pair = options.source, options.target
    name = install_folder(Path(options.file), *pair, models) if options.file else install_online(*pair, models)
    return f'{name} (name the engine in site.toml: translation.engines = ["firefox"])', *pair


def _remove(options: argparse.Namespace, models: Path) -> int:
    from site_src.translate.packages.manage import remove

    remove(options.name, models)
    print(f"Removed: {options.name}. What it has translated stays in the memory.")
    return 0


def _verify(_: argparse.Namespace, models: Path) -> int:
    from site_src.translate.packages.manage import verify

    results = verify(models)
    for key, fault in results:
        print(f"{key}: {fault or 'every file is as it was recorded'}")
    if not results:
        print("No translation package is installed in this site.")
    return FIXABLE if any(fault for _, fault in results) else 0
