"""The preview: builds on every change and shows the result under the address path it will be published at.

`livereload` reloads the open tabs. What it lacks is here: folders watched to any depth, saves within one second seen,
only real changes reload, Host and Origin checked, and a failing build shows its message instead of an old page. The
review desk (`desk/`) stands on the pages that are shown, never on those that are published.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from secrets import token_urlsafe
from socket import socket

from msgspec import Struct

from site_src.errors import MujazError
from site_src.filesystem import NO_MARKS
from site_src.serve.desk import Desk
from site_src.serve.watch import RebuildingWatcher, Snapshot, snapshot

Rebuild = Callable[[], bool]
"""Builds the site; True when a page changed. Raises `MujazError` with what a person must fix."""


class Watched(Struct, frozen=True):
    """What is looked at, and what stood there before the build that is shown first."""

    places: tuple[Path, ...]
    seen: Snapshot


def hold(port: int) -> socket:
    """The port of this machine, held from now on; raises `MujazError` where another program has it."""
    from tornado.netutil import bind_sockets

    try:
        (held,) = bind_sockets(port, "127.0.0.1")
    except OSError as error:
        raise MujazError(f"Port {port} cannot be used ({error.strerror}); choose another with --port.") from error
    return held


def serve(folder: Path, base_path: str, held: socket, watched: Watched, rebuild: Rebuild, desk: Desk | None) -> None:
    """Serve `folder` below `base_path` at the port that is `held` until Ctrl-C, rebuilding when `watched` changes.

    `desk` lets the pages be reviewed; with None they are only shown.
    """
    from livereload.handlers import LiveReloadHandler
    from tornado.httpserver import HTTPServer
    from tornado.ioloop import IOLoop

    from site_src.serve.articles.forms import LONGEST_UPLOAD
    from site_src.serve.articles.handlers import article_routes
    from site_src.serve.desk.frame import Frame
    from site_src.serve.desk.handlers import desk_routes
    from site_src.serve.preview import Preview, make_application

    frame = Frame(desk.places.templates, token_urlsafe(24), folder / "assets") if desk else None
    preview = Preview(folder, base_path, held.getsockname()[1], frame)

    def look() -> Snapshot:
        """What is watched; that the site itself is gone (somebody removed the cache) counts as a change."""
        return snapshot(watched.places) | ({} if folder.is_dir() else {str(folder): NO_MARKS})

    LiveReloadHandler.watcher = RebuildingWatcher(look, preview.building(rebuild), watched.seen)
    LiveReloadHandler.live_css = False
    routes = []
    if desk and frame:
        given = (preview, desk, frame, LiveReloadHandler.poll_tasks)
        routes = [*article_routes(*given), *desk_routes(*given)]
    HTTPServer(make_application(preview, routes), max_body_size=LONGEST_UPLOAD).add_socket(held)
    LiveReloadHandler.start_tasks()
    IOLoop.current().start()


__all__ = ["Desk", "Rebuild", "Watched", "hold", "serve"]
