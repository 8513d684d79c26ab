"""Addresses: where each page stands, those of a list too, and which foreign addresses a page may link to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeVar
from urllib.parse import quote, urlsplit, urlunsplit

from site_src.text.patterns import late

T = TypeVar("T")

_HOST = late(r"(?=.{1,253}\Z)[a-z0-9](?:[a-z0-9-]|\.(?!\.))*+(?<=[a-z0-9])")
_LABEL = 64
"""A part of a host name is shorter than this (RFC 1035)."""
_SPACE = late(r"[\s\x00-\x20\x7f]")
_KEPT = "/%:@!$&()*+,;=~-._?"
SCHEMES = frozenset({"http", "https"})


@lru_cache(65536)
def story_path(slug: str) -> str:
    """The page of a story, below its edition."""
    return f"stories/{quote(slug, safe='-_.')}.html"


def topic_path(slug: str) -> str:
    """The first page of a topic, below its edition."""
    return f"topics/{slug}/index.html"


@lru_cache(65536)
def name_path(name_id: str) -> str:
    """The first page of a name, below its edition."""
    return f"names/{quote(name_id, safe='-_.')}/index.html"


def month_path(month: str) -> str:
    """The first page of a month ("2025-11", "2025" or "undated"), below its edition."""
    return f"archive/{month}/index.html"


def numbered(path: str, number: int) -> str:
    """The `number`th page of a list; the first keeps the plain address."""
    return path if number == 1 else path.replace("index.html", f"page-{number}.html")


def paged(path: str, items: Sequence[T], size: int) -> Iterator[tuple[str, Sequence[T], int, int]]:
    """(path, items, number, how many pages there are) of each page of a list; one page where there are no items."""
    total = max(1, -(-len(items) // size))
    for number in range(1, total + 1):
        yield numbered(path, number), items[(number - 1) * size : number * size], number, total


def pager(plain: str, number: int, total: int) -> dict[str, object]:
    """What the macro `pager` is told on a page of a list whose first has the path `plain` below the edition."""
    return {
        "number": number, "total": total, "newer": numbered(plain, number - 1) if number > 1 else "",
        "older": numbered(plain, number + 1) if number < total else "",
    }  # fmt: skip


@lru_cache(4096)
def safe_url(url: str) -> str:
    """The address as a page may link to it: http(s) only, host in ASCII (punycode); "" when it may not."""
    try:
        parts = urlsplit(url.strip())
        host = _in_ascii(parts.hostname or "").lower()
        port = f":{parts.port}" if parts.port else ""
        path, query, fragment = (quote(part, safe=_KEPT) for part in (parts.path, parts.query, parts.fragment))
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme.lower() not in SCHEMES or not _HOST.fullmatch(host) or _SPACE.search(url.strip()):
        return ""
    return urlunsplit((parts.scheme.lower(), host + port, path, query, fragment))


def _in_ascii(host: str) -> str:
    """The host in punycode; the codec, and its tables of letters, only where there is something for it to do."""
    plain = host.isascii() and all(len(label) < _LABEL for label in host.split("."))
    return host if plain else host.encode("idna").decode("ascii")


def host_of(url: str) -> str:
    """The host of a safe address, as it is shown."""
    return (urlsplit(url).hostname or "") if url else ""
