"""The web server of the preview: loopback only, the pages as they will be published plus livereload's script."""

from __future__ import annotations

import html
import json
import mimetypes
from collections.abc import Awaitable, Callable, Iterable
from hmac import compare_digest
from pathlib import Path
from traceback import format_exception
from typing import Any
from urllib.parse import urlsplit

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado import web

from site_src.errors import MujazError
from site_src.serve.desk.frame import Frame

SCRIPT = b'<script src="/livereload.js"></script>'
_HEAD = """<!DOCTYPE html>
<html lang="en" dir="ltr"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<style>body{{font:1.0625rem/1.6 sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}}
pre{{white-space:pre-wrap;overflow-wrap:anywhere}}</style></head>
<body><h1>{title}</h1>"""
_ERROR_PAGE = """{head}<p>The pages shown before are kept; this page reloads when the mistake is mended.</p>
<pre>{message}</pre>{way_back}</body></html>
"""
_WAY_BACK = '<p>If your last step at the desk led to this, <a href="{address}">the review desk</a> takes it back.</p>'
"""No desk of its own: its script would take what was typed on the page that failed, and not saved, for its own."""
_NO_SITE = f"""{_HEAD.format(title="The site is being built")}<p>This page reloads when that is done.</p></body></html>
""".encode()


class Preview:
    """What is being served, and the message of the last build if it failed."""

    def __init__(self, folder: Path, base_path: str, port: int, frame: Frame | None = None):
        """`base_path` begins and ends with a slash; `frame` puts the desk on the pages, where there is one."""
        self.folder, self.base_path, self.port, self.frame = folder, base_path, port, frame
        self.failure = ""
        self.builds = 0
        """Builds that changed a page or what is said in place of one."""
        self.served: dict[str, int] = {}
        """Address of a page to the build that was shown there last."""

    def building(self, rebuild: Callable[[], bool]) -> Callable[[], bool]:
        """`rebuild`, with a failure kept for the pages to show; failing, and recovering, count as a change."""

        def attempt() -> bool:
            before = self.failure
            try:
                changed, self.failure = rebuild(), ""
            except Exception as error:
                # The preview outlives even a bug of ours; the page tells of it, and the next save tries again.
                told = str(error) if isinstance(error, MujazError) else "".join(format_exception(error))
                changed, self.failure = False, told
                print(told, flush=True)
            shown = changed or self.failure != before
            self.builds += shown
            return shown

        return attempt

    @property
    def hosts(self) -> frozenset[str]:
        """The values of the Host header that are ours: any other is a site that rebinds its name to this machine."""
        return frozenset(f"{name}:{self.port}" for name in ("127.0.0.1", "localhost"))

    @property
    def origins(self) -> frozenset[str]:
        """The pages that may open our socket."""
        return frozenset(f"http://{host}" for host in self.hosts)


def make_application(preview: Preview, desk: Iterable[Any]) -> web.Application:
    """The handlers of the preview: the site below its base path; livereload's and those of the `desk` at the root."""
    given = {"preview": preview}
    return web.Application(
        [
            *desk,
            (r"/livereload", Socket, given),
            (r"/livereload\.js", Script, given),
            (rf"{preview.base_path}(.*)", SiteFile, given),
            (r"/(.*)", Elsewhere, given),
        ],
        transforms=[],
    )


class Guarded(web.RequestHandler):
    """A handler that answers this machine only, by its loopback names."""

    preview: Preview

    def initialize(self, **given: Any) -> None:
        """Called by tornado with what the route gives: the attributes that the handler names."""
        vars(self).update(given)

    def prepare(self) -> Awaitable[None] | None:
        """Refuse a request that reached us under a foreign name."""
        if self.request.host not in self.preview.hosts:
            raise web.HTTPError(403, reason="Not a name of this machine")
        return None

    def refuse_strangers(self, sent: bytes, token: str) -> None:
        """Refuse what no page of this preview sends: one of ours proves it by the `token` of this run."""
        headers = self.request.headers
        if headers.get("Origin", "") not in self.preview.origins:
            raise web.HTTPError(403, reason="Not a page of this preview")
        if headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            raise web.HTTPError(403, reason="Not a page of this preview")
        if not compare_digest(sent, token.encode()):
            raise web.HTTPError(403, reason="Not the token of this run")

    def set_default_headers(self) -> None:
        """Nothing of the preview is kept, framed by another page, or taken for another type than it is."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("X-Frame-Options", "DENY")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")

    def compute_etag(self) -> None:
        """None: the browser must ask for the whole file again."""

    def send(self, content: bytes, kind: str) -> None:
        """The whole answer, of that content type."""
        self.set_header("Content-Type", kind)
        self.finish(content)


class Socket(Guarded, LiveReloadHandler):  # type: ignore[misc]
    """livereload's socket, for our own pages only."""

    def check_origin(self, origin: str) -> bool:
        """Whether the page that opens the socket is ours."""
        return origin in self.preview.origins

    def on_message(self, message: str | bytes) -> None:
        """As livereload does it; and a page that was opened while a build went on is told of what it missed."""
        super().on_message(message)
        told = json.loads(message)
        if told["command"] == "info" and "url" in told:
            shown = self.preview.served.get(urlsplit(told["url"]).path)
            if shown != self.preview.builds:
                self.send_message({"command": "reload", "path": "*", "liveCSS": False, "liveImg": True})


class Script(Guarded, LiveReloadJSHandler):  # type: ignore[misc]
    """livereload's script."""


class Elsewhere(Guarded):
    """Any address outside the base path leads to the site."""

    def get(self, _path: str) -> None:
        """Go to the front door."""
        self.redirect(self.preview.base_path)


class SiteFile(Guarded):
    """A file of the site, never cached; the 404 page of the site where there is none."""

    def get(self, path: str) -> None:
        """The page with livereload's script, the message of a failed build, or the file as it is."""
        place = self._place(path)
        if place is None:
            raise web.HTTPError(404)
        if place.is_dir():
            self.redirect(self.request.path + "/")
        elif place.suffix != ".html":
            self.send(place.read_bytes(), mimetypes.guess_type(place.name)[0] or "application/octet-stream")
        else:
            self._page(place.read_bytes(), path)

    def write_error(self, status_code: int, **details: Any) -> None:
        """The site's own page for what is not there; while nothing is, one that waits for the site."""
        page = self.preview.folder / "404.html"
        if status_code == 404:
            self._page(page.read_bytes() if page.is_file() else _NO_SITE, "")
        else:
            super().write_error(status_code, **details)

    def _place(self, path: str) -> Path | None:
        """The file or folder of that address: inside the site, no dotfile."""
        parts = path.split("/")
        if any(part.startswith(".") for part in parts) or "\0" in path:
            return None
        root = self.preview.folder.resolve()
        place = (root / path / "index.html" if parts[-1] == "" else root / path).resolve()
        return place if place.exists() and place.is_relative_to(root) else None

    def _page(self, content: bytes, path: str) -> None:
        self.preview.served[self.request.path] = self.preview.builds
        failure, frame, shown = self.preview.failure, self.preview.frame, content
        try:
            shown = frame.around(content, path) if frame else content
        except MujazError as error:
            failure = failure or str(error)
        if failure:
            self.set_status(500)
            shown = failed(failure, frame.undo_address(content) if frame else "")
        self.send(for_preview(shown, self.preview.port), "text/html; charset=utf-8")


def failed(message: str, way_back: str) -> bytes:
    """The page in place of one that could not be built; `way_back` is where a step can be taken back, or ""."""
    link = _WAY_BACK.format(address=html.escape(way_back)) if way_back else ""
    return _ERROR_PAGE.format(
        head=_HEAD.format(title="The build failed"), message=html.escape(message), way_back=link
    ).encode()


def for_preview(content: bytes, port: int) -> bytes:
    """A page as the preview shows it: livereload's script, and a policy that lets it open its socket; no more."""
    socket = f"connect-src 'self' ws://127.0.0.1:{port} ws://localhost:{port}".encode()
    return content.replace(b"connect-src 'self'", socket, 1).replace(b"</head>", SCRIPT + b"</head>", 1)
