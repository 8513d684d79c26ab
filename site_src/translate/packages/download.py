"""Downloads one file: over https only, in chunks, resumed after an interruption, never longer than allowed."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, OpenerDirector, Request, build_opener

from site_src.errors import reason
from site_src.tables import table
from site_src.translate.engines import EngineError

Progress = Callable[[int, int | None], None]
"""Called with the number of bytes so far, and of all bytes if it is known."""

_CHUNK = 1 << 16


class DownloadError(EngineError):
    """A file could not be fetched; `str(error)` says why."""


class _HttpsOnly(HTTPRedirectHandler):
    """Follows redirects to https alone."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        _require_https(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def https_opener(context: ssl.SSLContext | None = None) -> OpenerDirector:
    """An opener for https only; `context` may trust other certificates than the system does."""
    return build_opener(HTTPSHandler(context=context), _HttpsOnly())


def _require_https(url: str) -> None:
    if urlsplit(url).scheme != "https":
        raise DownloadError(f"{url} is not an https address.")


def fetch(url: str, target: Path, most: int, opener: OpenerDirector, progress: Progress | None = None) -> None:
    """Download the file at `url`, of at most `most` bytes, to `target`; continue what an earlier call has left there.

    Raises `DownloadError`; the bytes that have arrived by then stay at `target`, for the next call.
    """
    _require_https(url)
    problem: Exception | None = None
    for _ in range(table("models")["limits"]["tries"]):
        try:
            return _fetch_once(url, target, most, opener, progress)
        except (OSError, HTTPException) as error:
            problem = error
            if isinstance(error, HTTPError) and error.code == 416:
                target.unlink(missing_ok=True)  # the file was complete, or has changed on the server
            elif isinstance(error, HTTPError) and 400 <= error.code < 500:
                break
    cause = problem.reason if isinstance(problem, URLError) else problem
    cause_words = reason(cause) if isinstance(cause, Exception) else cause
    raise DownloadError(f"{urlsplit(url).netloc} did not give the file ({cause_words}).") from problem


def _fetch_once(url: str, target: Path, most: int, opener: OpenerDirector, progress: Progress | None) -> None:
    tag_file = target.with_name(f"{target.name}.tag")
    tag = tag_file.read_text("utf-8") if tag_file.exists() and target.exists() else ""
    size = target.stat().st_size if tag else 0
    request = Request(url, headers={"Range": f"bytes={size}-", "If-Range": tag} if size else {})
    with opener.open(request, timeout=table("models")["limits"]["timeout_seconds"]) as reply:
        size = size if reply.status == 206 else 0
        length = reply.headers.get("Content-Length", "")
        total = size + int(length) if length.isdigit() else None
        if total is not None and total > most:
            raise DownloadError(f"{url} is {total:,} bytes long; {most:,} are allowed.")
        tag_file.write_text(_version_tag(reply.headers), "utf-8")
        _store(reply, target, size, total, most, progress)
    tag_file.unlink()


def _version_tag(headers: HTTPMessage) -> str:
    """What identifies this version of the file, to resume its download: a strong ETag, else the date, else ""."""
    tag = headers.get("ETag", "")
    return tag if tag and not tag.startswith("W/") else headers.get("Last-Modified", "")


def _store(reply: Any, target: Path, size: int, total: int | None, most: int, progress: Progress | None) -> None:
    """Write the reply to `target`, behind the `size` bytes that are there."""
    with target.open("ab" if size else "wb") as file:
        while chunk := reply.read(_CHUNK):
            size += len(chunk)
            if size > most:
                raise DownloadError(f"the file is longer than the {most:,} bytes allowed.")
            file.write(chunk)
            if progress:
                progress(size, total)
    if total is not None and size < total:
        raise URLError(f"it broke off after {size:,} of {total:,} bytes")
