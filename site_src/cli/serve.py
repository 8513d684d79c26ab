"""`serve`: preview the site on this machine, rebuilding on every change."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket
from tempfile import TemporaryDirectory, TemporaryFile

from msgspec.structs import replace

from site_src.cli.report import print_report
from site_src.cli.site import open_site, today
from site_src.places import Places
from site_src.settings import Settings

_PROBE = bytes(65_536)
"""Written to test whether a folder has room for a preview."""


def run(options: argparse.Namespace) -> int:
    """Build once, then serve until Ctrl-C."""
    from site_src.serve import bind_port

    listener = bind_port(options.port)
    places, settings = open_site(options)
    with _preview_folder(places.cache) as folder:
        return _preview(options, replace(places, out=folder), settings, listener)


@contextmanager
def _preview_folder(cache: Path) -> Iterator[Path]:
    """The folder for the preview: in the cache, or a temporary one where the cache cannot be written."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=cache) as probe:
            probe.write(_PROBE)
    except OSError:
        with TemporaryDirectory(prefix="mujaz-") as temporary:
            yield Path(temporary) / "preview"
    else:
        yield cache / "preview"


def _preview(options: argparse.Namespace, places: Places, settings: Settings, listener: socket) -> int:
    from site_src.kept import Kept
    from site_src.pipeline import Options, build
    from site_src.serve import Desk, serve

    frozen, kept = options.frozen or not places.writable, Kept()

    def rebuild() -> bool:
        _, settings = open_site(options)
        day = "" if frozen else today(settings)
        build_options = Options(frozen, today=day, jobs=options.jobs, pictures=False)
        report = build(places, settings, build_options, kept=kept)
        print_report(report, places.out, serving=True)
        return bool(report.written or report.removed)

    watched = (places.content, places.shared, *places.templates, places.config, places.models)
    desk = None if frozen else Desk(places, lambda: open_site(options)[1], kept)
    try:
        serve(places.out, settings.site.base_url, listener, watched, rebuild, desk)
    except KeyboardInterrupt:
        print("\nThe preview has ended.")
    return 0
