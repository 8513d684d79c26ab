"""Web servers on this machine, for as long as a test needs one."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any


class _FileHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serve(handler: type[BaseHTTPRequestHandler] | partial[Any]) -> Iterator[int]:
    """The port of 127.0.0.1 on which requests are answered by the handler meanwhile."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield server.server_port
        finally:
            server.shutdown()


@contextmanager
def serve_folder(folder: Path) -> Iterator[str]:
    """The address at which a host of static files serves the folder meanwhile; it ends with a slash."""
    with serve(partial(_FileHandler, directory=str(folder))) as port:
        yield f"http://127.0.0.1:{port}/"
