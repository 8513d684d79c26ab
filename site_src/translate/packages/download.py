"""Downloads one file: https only, in pieces, resumed where it broke off, never longer than allowed."""

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
"""(bytes so far, bytes in all if known)"""

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
    """An opener that speaks https only; `context` trusts other certificates than the system's."""
    return build_opener(HTTPSHandler(context=context), _HttpsOnly())


def _require_https(url: str) -> None:
    if urlsplit(url).scheme != "https":
        raise DownloadError(f"{url} is not an https address.")


def fetch(url: str, target: Path, most: int, opener: OpenerDirector, progress: Progress | None = None) -> None:
    """Put the file at `url` at `target`; what an earlier call left at `target` is continued, not fetched again.

    Raises `DownloadError`; what has arrived by then stays at `target`, for the next call.
    """
    _require_https(url)
    problem: Exception | None = None
    for _ in range(table("models")["limits"]["tries"]):
        try:
            return _fetch_once(url, target, most, opener, progress)
        except (OSError, HTTPException) as error:
            problem = error
            if isinstance(error, HTTPError) and error.code == 416:
                target.unlink(missing_ok=True)  # all of it was there, or it has become another file
            elif isinstance(error, HTTPError) and 400 <= error.code < 500:
                break
    why = problem.reason if isinstance(problem, URLError) else problem
    said = reason(why) if isinstance(why, Exception) else why
    raise DownloadError(f"{urlsplit(url).netloc} did not give the file ({said}).") from problem


def _fetch_once(url: str, target: Path, most: int, opener: OpenerDirector, progress: Progress | None) -> None:
    stamp = target.with_name(f"{target.name}.tag")
    tag = stamp.read_text("utf-8") if stamp.exists() and target.exists() else ""
    have = target.stat().st_size if tag else 0
    request = Request(url, headers={"Range": f"bytes={have}-", "If-Range": tag} if have else {})
    with opener.open(request, timeout=table("models")["limits"]["timeout_seconds"]) as reply:
        have = have if reply.status == 206 else 0
        length = reply.headers.get("Content-Length", "")
        total = have + int(length) if length.isdigit() else None
        if total is not None and total > most:
            raise DownloadError(f"{url} is {total:,} bytes long; {most:,} are allowed.")
        stamp.write_text(_tag(reply.headers), "utf-8")
        _store(reply, target, have, total, most, progress)
    stamp.unlink()


def _tag(headers: HTTPMessage) -> str:
    """What tells whether a later answer continues this one: a strong ETag, else the date; "" where there is none."""
    tag = headers.get("ETag", "")
    return tag if tag and not tag.startswith("W/") else headers.get("Last-Modified", "")


def _store(reply: Any, target: Path, have: int, total: int | None, most: int, progress: Progress | None) -> None:
    with target.open("ab" if have else "wb") as file:
        while chunk := reply.read(_CHUNK):
            have += len(chunk)
            if have > most:
                raise DownloadError(f"the file is longer than the {most:,} bytes allowed.")
            file.write(chunk)
            if progress:
                progress(have, total)
    if total is not None and have < total:
        raise URLError(f"it broke off after {have:,} of {total:,} bytes")
