"""Which addresses of the world a page may link to."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote, urlsplit, urlunsplit

from site_src.text.patterns import late

_HOST = late(r"(?=.{1,253}\Z)[a-z0-9](?:[a-z0-9-]|\.(?!\.))*+(?<=[a-z0-9])")
_LABEL = 64
"""Each part of a host name has fewer letters than this (RFC 1035)."""
_SPACE = late(r"[\s\x00-\x20\x7f]")
_UNQUOTED = "/%:@!$&()*+,;=~-._?"
SCHEMES = frozenset({"http", "https"})


@lru_cache(4096)
def safe_url(url: str) -> str:
    """The address as a page may link to it: http(s) only, host in ASCII (punycode); "" when no page may link to it."""
    try:
        parts = urlsplit(url.strip())
        host = _in_ascii(parts.hostname or "").lower()
        port = f":{parts.port}" if parts.port else ""
        path, query, fragment = (quote(part, safe=_UNQUOTED) for part in (parts.path, parts.query, parts.fragment))
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme.lower() not in SCHEMES or not _HOST.fullmatch(host) or _SPACE.search(url.strip()):
        return ""
    return urlunsplit((parts.scheme.lower(), host + port, path, query, fragment))


def _in_ascii(host: str) -> str:
    """The host in punycode; the codec and its tables are loaded only where they are needed."""
    needs_no_codec = host.isascii() and all(len(label) < _LABEL for label in host.split("."))
    return host if needs_no_codec else host.encode("idna").decode("ascii")


def host_of(url: str) -> str:
    """The host of a safe address, as it is shown."""
    return (urlsplit(url).hostname or "") if url else ""
