"""The preview: builds on every change and shows the result under the address path it will be published at.

`livereload` reloads the open tabs. What it lacks is here: folders watched to any depth, saves within one second seen,
only real changes reload, Host and Origin checked, and a failing build shows its message instead of an old page.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from site_src.serve.watch import snapshot

Rebuild = Callable[[], bool]
"""Builds the site; True when a page changed. Raises `MujazError` with what a person must fix."""


def serve(folder: Path, base_path: str, port: int, watched: tuple[Path, ...], rebuild: Rebuild) -> None:
    """Serve `folder` at http://127.0.0.1:PORT + `base_path` until Ctrl-C, rebuilding when `watched` changes."""
    from livereload.handlers import LiveReloadHandler
    from tornado.ioloop import IOLoop

    from site_src.serve.preview import Preview, make_application
    from site_src.serve.watch import RebuildingWatcher

    preview = Preview(folder, base_path, port)
    LiveReloadHandler.watcher = RebuildingWatcher(lambda: snapshot(watched), preview.building(rebuild))
    LiveReloadHandler.live_css = False
    make_application(preview).listen(port, address="127.0.0.1")
    LiveReloadHandler.start_tasks()
    IOLoop.current().start()
