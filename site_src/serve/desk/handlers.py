"""The addresses of the desk, which answer only pages of this preview: they prove it by the token of this run."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from msgspec import json
from tornado import web
from tornado.ioloop import IOLoop

from site_src.errors import MujazError
from site_src.serve.desk.answers import ANSWERS
from site_src.serve.desk.desk import Desk
from site_src.serve.desk.frame import FILES, ROOT, Frame
from site_src.serve.desk.requests import LONGEST_REQUEST, read_request
from site_src.serve.preview import Guarded, Preview

TOKEN = "X-Desk-Token"
REBUILD_AFTER = frozenset({"saved", "undone", "redone", "named"})
"""The kinds of answers after which the site is built again."""


def desk_routes(preview: Preview, desk: Desk, frame: Frame, changed: Callable[[], object]) -> list[Any]:
    """The routes of the desk; `changed` is called after the desk has written a file."""
    arguments = {"preview": preview, "frame": frame}
    return [
        (rf"{ROOT}({'|'.join(FILES)})", DeskFile, arguments),
        (rf"{ROOT}({'|'.join(ANSWERS)})", Ask, {**arguments, "desk": desk, "changed": changed}),
    ]


class DeskFile(Guarded):
    """A style sheet or script of the desk."""

    frame: Frame

    def get(self, name: str) -> None:
        """Send the file as it is."""
        content = self.frame.file(name)
        if content is None:
            raise web.HTTPError(404)
        self.send(content, FILES[name])


class Ask(Guarded):
    """One request to the desk: JSON in, JSON out."""

    frame: Frame
    desk: Desk
    changed: Callable[[], object]

    def prepare(self) -> Awaitable[None] | None:
        """Refuse a request that no page of this preview would send."""
        super().prepare()
        if self.request.method != "POST":
            raise web.HTTPError(405)
        if len(self.request.body) > LONGEST_REQUEST:
            raise web.HTTPError(413)
        headers = self.request.headers
        self.refuse_strangers(headers.get(TOKEN, "").encode(), self.frame.token)
        if headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
            raise web.HTTPError(415)
        return None

    def post(self, name: str) -> None:
        """Answer the request; where it changed a file, start the rebuild once the answer is on its way."""
        shape, answer = ANSWERS[name]
        request = read_request(self.request.body, shape)
        if request is None:
            raise web.HTTPError(400)
        try:
            words = self.frame.words(request.page)
            reply = self.desk.retry_if_parts_lost(lambda: answer(self.desk, request, words))
        except MujazError as error:
            reply = {"kind": "failed", "said": str(error)}
        self.send(json.encode(reply), "application/json")
        if reply.get("kind") in REBUILD_AFTER:
            IOLoop.current().call_later(0.01, self.changed)
