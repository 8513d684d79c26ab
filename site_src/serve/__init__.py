"""The preview: rebuilds the site on every change, and shows it below the path that it will be published at.

`livereload` reloads the open tabs. This package adds what it lacks: folders are watched to any depth, two saves within
one second are told apart, tabs reload only when a page has changed, Host and Origin are checked, and a failed build
shows its message in place of an old page. The review desk (`desk/`) is put on the pages of the preview, never on those
that are published.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from secrets import token_urlsafe
from socket import socket
from typing import TYPE_CHECKING, Any

from site_src.errors import MujazError
from site_src.filesystem import NO_MARKS
from site_src.serve.desk import Desk
from site_src.serve.watch import RebuildingWatcher, Snapshot, snapshot

if TYPE_CHECKING:
    from site_src.serve.preview import Preview

Rebuild = Callable[[], bool]
"""Builds the site; True when a page changed. Raises `MujazError` with what a person must fix."""


def bind_port(port: int) -> socket:
    """A socket that listens at this port of the loopback interface; raises `MujazError` where the port is in use."""
    from tornado.netutil import bind_sockets

    try:
        (listener,) = bind_sockets(port, "127.0.0.1")
    except OSError as error:
        raise MujazError(f"Port {port} cannot be used ({error.strerror}); choose another with --port.") from error
    return listener


def serve(
    folder: Path, base_url: str, listener: socket, watched: Sequence[Path], rebuild: Rebuild, desk: Desk | None
) -> None:
    """Build, then serve `folder` at the listener's port until Ctrl-C, and rebuild when a watched file changes.

    The site begins at the path of `base_url`, the address under which it is published, "" without one. With a `desk`
    the pages can be reviewed; with None they are only shown. Prints the address.
    """
    from livereload.handlers import LiveReloadHandler
    from tornado.httpserver import HTTPServer
    from tornado.ioloop import IOLoop

    from site_src.serve.articles.forms import LONGEST_UPLOAD
    from site_src.serve.desk.frame import Frame
    from site_src.serve.preview import Preview, make_application

    frame = Frame(desk.places.templates, token_urlsafe(24), folder / "assets") if desk else None
    preview = Preview(folder, base_url, listener.getsockname()[1], frame)
    attempt, paths = preview.keep_failure(rebuild), tuple(watched)

    def take_snapshot() -> Snapshot:
        """The watched files; the site itself is among them while it is gone, as after the removal of the cache."""
        missing_site = {} if folder.is_dir() else {str(folder): NO_MARKS}
        return snapshot(paths) | missing_site

    LiveReloadHandler.watcher = RebuildingWatcher(take_snapshot, attempt, built_from=snapshot(paths))
    LiveReloadHandler.live_css = False
    attempt()
    routes = _routes_of(desk, preview, LiveReloadHandler.poll_tasks)
    HTTPServer(make_application(preview, routes), max_body_size=LONGEST_UPLOAD).add_socket(listener)
    print(f"Preview: http://127.0.0.1:{preview.port}{preview.base_path}   (Ctrl-C ends it)", flush=True)
    LiveReloadHandler.start_tasks()
    IOLoop.current().start()


def _routes_of(desk: Desk | None, preview: Preview, rebuild_soon: Callable[[], object]) -> list[Any]:
    """The routes of the desk; none without a desk."""
    from site_src.serve.articles.handlers import article_routes
    from site_src.serve.desk.handlers import desk_routes

    if desk is None or preview.frame is None:
        return []
    arguments = preview, desk, preview.frame, rebuild_soon
    return [*article_routes(*arguments), *desk_routes(*arguments)]


__all__ = ["Desk", "Rebuild", "bind_port", "serve"]
