"""The web server of the preview, at loopback only: the pages as they will be published, plus livereload's script."""

from __future__ import annotations

import html
import json
import mimetypes
import re
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
<pre>{message}</pre>{undo_link}</body></html>
"""
_UNDO_LINK = '<p>If your last step at the desk led to this, <a href="{address}">the review desk</a> takes it back.</p>'
"""A link and no desk: the desk's script would restore here what was typed on the page that this one replaces."""
_NO_SITE = f"""{_HEAD.format(title="The site is being built")}<p>This page reloads when that is done.</p></body></html>
""".encode()


class Preview:
    """What is served, and the message of the last build if it failed."""

    def __init__(self, folder: Path, base_url: str, port: int, frame: Frame | None = None):
        """`base_url` is the address of the published site, "" without one.

        `frame` puts the desk on the pages, None leaves it out.
        """
        self.folder, self.base_url, self.port, self.frame = folder, base_url, port, frame
        self.base_path = urlsplit(base_url).path or "/"
        """Where the site begins in the preview; begins and ends with a slash."""
        self.failure = ""
        self.builds = 0
        """How many builds have changed a page, or the message shown in place of the pages."""
        self.served: dict[str, int] = {}
        """By the address of a page, the value of `builds` when it was sent last."""

    def keep_failure(self, rebuild: Callable[[], bool]) -> Callable[[], bool]:
        """`rebuild` so that a failure is kept for the pages to show; a new message, or its end, counts as a change."""

        def attempt() -> bool:
            previous_failure = self.failure
            try:
                changed, self.failure = rebuild(), ""
            except Exception as error:
                # The preview goes on even after a bug of ours: pages show it, and the next save tries again.
                message = str(error) if isinstance(error, MujazError) else "".join(format_exception(error))
                changed, self.failure = False, message
                print(message, flush=True)
            needs_reload = changed or self.failure != previous_failure
            self.builds += needs_reload
            return needs_reload

        return attempt

    @property
    def hosts(self) -> frozenset[str]:
        """The accepted values of the Host header; any other may be a foreign site that rebinds its name to loopback."""
        return frozenset(f"{name}:{self.port}" for name in ("127.0.0.1", "localhost"))

    @property
    def origins(self) -> frozenset[str]:
        """The accepted values of the Origin header."""
        return frozenset(f"http://{host}" for host in self.hosts)


def make_application(preview: Preview, desk_routes: Iterable[Any]) -> web.Application:
    """The routes of the preview: the site below its base path; those of the desk and of livereload at the root."""
    arguments = {"preview": preview}
    return web.Application(
        [
            *desk_routes,
            (r"/livereload", Socket, arguments),
            (r"/livereload\.js", Script, arguments),
            (rf"{preview.base_path}(.*)", SiteFile, arguments),
            (r"/(.*)", Elsewhere, arguments),
        ],
        transforms=[],
    )


class Guarded(web.RequestHandler):
    """A handler that answers only requests to a loopback name of this machine."""

    preview: Preview

    def initialize(self, **arguments: Any) -> None:
        """Called by tornado with the arguments of the route, which become the attributes that the handler declares."""
        vars(self).update(arguments)

    def prepare(self) -> Awaitable[None] | None:
        """Refuse a request under a foreign host name."""
        if self.request.host not in self.preview.hosts:
            raise web.HTTPError(403, reason="Not a name of this machine")
        return None

    def refuse_strangers(self, sent_token: bytes, token: str) -> None:
        """Refuse a request from any page but those of this preview, which send the `token` of this run."""
        headers = self.request.headers
        if headers.get("Origin", "") not in self.preview.origins:
            raise web.HTTPError(403, reason="Not a page of this preview")
        if headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            raise web.HTTPError(403, reason="Not a page of this preview")
        if not compare_digest(sent_token, token.encode()):
            raise web.HTTPError(403, reason="Not the token of this run")

    def set_default_headers(self) -> None:
        """Nothing of the preview is cached, framed by another page, or read as another content type."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("X-Frame-Options", "DENY")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")

    def compute_etag(self) -> None:
        """No tag: the browser asks for the whole file each time."""

    def send(self, content: bytes, content_type: str) -> None:
        """Send the whole answer with that content type."""
        self.set_header("Content-Type", content_type)
        self.finish(content)


class Socket(Guarded, LiveReloadHandler):  # type: ignore[misc]
    """livereload's socket, for pages of the preview only."""

    def check_origin(self, origin: str) -> bool:
        """Whether the page that opens the socket belongs to the preview."""
        return origin in self.preview.origins

    def on_message(self, message: str | bytes) -> None:
        """Handle the message as livereload does; reload a page that was sent before the latest build ended."""
        super().on_message(message)
        fields = json.loads(message)
        if fields["command"] == "info" and "url" in fields:
            served_build = self.preview.served.get(urlsplit(fields["url"]).path)
            if served_build != self.preview.builds:
                self.send_message({"command": "reload", "path": "*", "liveCSS": False, "liveImg": True})


class Script(Guarded, LiveReloadJSHandler):  # type: ignore[misc]
    """livereload's script."""


class Elsewhere(Guarded):
    """Any address outside the base path, which leads to the site."""

    def get(self, _path: str) -> None:
        """Redirect to the first page of the site."""
        self.redirect(self.preview.base_path)


class SiteFile(Guarded):
    """A file of the site, never cached; the 404 page of the site where there is none."""

    def get(self, path: str) -> None:
        """Send the page with livereload's script, the message of a failed build, or the file as it is."""
        file = self._find(path)
        if file is None:
            raise web.HTTPError(404)
        if file.is_dir():
            self.redirect(self.request.path + "/")
        elif file.suffix != ".html":
            self.send(file.read_bytes(), mimetypes.guess_type(file.name)[0] or "application/octet-stream")
        else:
            self._send_page(file.read_bytes(), path)

    def write_error(self, status_code: int, **details: Any) -> None:
        """For 404 the site's own page, or one that waits for the site where that is not there yet."""
        page = self.preview.folder / "404.html"
        if status_code == 404:
            self._send_page(self._with_links_here(page.read_bytes()) if page.is_file() else _NO_SITE, "")
        else:
            super().write_error(status_code, **details)

    def _with_links_here(self, page: bytes) -> bytes:
        """The 404 page with links into the preview; as it is published, they begin with `base_url` at any depth."""
        link = re.compile(rb'( (?:href|src)=")%b(?=[\w./-]+["#?])' % re.escape(self.preview.base_url.encode()))
        return link.sub(lambda match: match[1] + self.preview.base_path.encode(), page)

    def _find(self, path: str) -> Path | None:
        """The file or folder at that address; None for one outside the site, hidden or missing."""
        parts = path.split("/")
        if any(part.startswith(".") for part in parts) or "\0" in path:
            return None
        root = self.preview.folder.resolve()
        file = (root / path / "index.html" if parts[-1] == "" else root / path).resolve()
        return file if file.exists() and file.is_relative_to(root) else None

    def _send_page(self, content: bytes, path: str) -> None:
        """Send a page with the desk on it; where the build or the desk has failed, send the message instead."""
        self.preview.served[self.request.path] = self.preview.builds
        failure, frame, page = self.preview.failure, self.preview.frame, content
        try:
            page = frame.around(content, path) if frame else content
        except MujazError as error:
            failure = failure or str(error)
        if failure:
            self.set_status(500)
            page = failure_page(failure, frame.undo_address(content) if frame else "")
        self.send(with_livereload(page, self.preview.port), "text/html; charset=utf-8")


def failure_page(message: str, undo_address: str) -> bytes:
    """The page in place of one that could not be built; `undo_address` leads to the desk's undo, "" without a desk."""
    link = _UNDO_LINK.format(address=html.escape(undo_address)) if undo_address else ""
    return _ERROR_PAGE.format(
        head=_HEAD.format(title="The build failed"), message=html.escape(message), undo_link=link
    ).encode()


def with_livereload(content: bytes, port: int) -> bytes:
    """A page with livereload's script, and with a policy that lets the script open its socket at this port."""
    socket_policy = f"connect-src 'self' ws://127.0.0.1:{port} ws://localhost:{port}".encode()
    with_policy = content.replace(b"connect-src 'self'", socket_policy, 1)
    return with_policy.replace(b"</head>", SCRIPT + b"</head>", 1)
