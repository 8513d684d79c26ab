"""Fetches one page by its address, when an editor asks for it: http or https, public hosts alone, within limits.

A host is resolved once, every address of it must be public, and the connection goes to one of those addresses, so
that a name which answers differently the next time leads nowhere else. Each redirect is judged anew.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, ip_address
from time import monotonic
from urllib.parse import quote, urljoin, urlsplit

from site_src.errors import MujazError, reason
from site_src.tables import table

Address = IPv4Address | IPv6Address
Allowed = Callable[[Address], bool]
_MOVED = {301, 302, 303, 307, 308}
_CHUNK = 1 << 16


class FetchError(MujazError):
    """A page that could not be fetched; `str(error)` says why and what to do."""


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public internet, as far as the address itself tells."""
    inner = (getattr(address, kind, None) for kind in ("ipv4_mapped", "sixtofour"))
    found = next((one for one in inner if one), address)
    return found.is_global and not found.is_multicast


def fetch_page(url: str, allowed: Allowed = is_public) -> tuple[str, bytes]:
    """The address where the page was found, after redirects, and its bytes as they came; raises `FetchError`."""
    limits = table("fetching")
    until = monotonic() + limits["seconds"]
    try:
        for _ in range(limits["redirects"] + 1):
            found = _ask(url, until, allowed)
            if isinstance(found, bytes):
                return url, found
            url = found
    except (OSError, HTTPException, UnicodeError, ValueError) as error:
        todo = "Save the page in the browser instead."
        raise FetchError(f"{url}: could not be fetched ({reason(error)}). {todo}") from error
    raise FetchError(f"{url}: is led on more than {limits['redirects']} times. Save the page in the browser instead.")


def _ask(url: str, until: float, allowed: Allowed) -> bytes | str:
    """The page's bytes, or the address to which it has moved."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise FetchError(f"{url}: is no http or https address.")
    if parts.username is not None:
        raise FetchError(f"{url}: holds a name or a password; give the address without them.")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{_quoted(parts.query)}" if parts.query else "")
    connection = _connected(parts.scheme, parts.hostname, parts.port, until, allowed)
    try:
        asked = {"User-Agent": table("fetching")["agent"], "Accept-Encoding": "identity", "Connection": "close"}
        connection.request("GET", path, headers=asked | {"Accept": ", ".join(table("fetching")["kinds"])})
        reply = connection.getresponse()
        moved = reply.getheader("Location") if reply.status in _MOVED else None
        return urljoin(url, moved) if moved else _body(url, reply, until)
    finally:
        connection.close()


def _quoted(query: str) -> str:
    return quote(query, safe="/%:@!$&'()*+,;=~-._?[]")


def _connected(scheme: str, host: str, port: int | None, until: float, allowed: Allowed) -> HTTPConnection:
    """A connection to an allowed address of the host that nobody can lead elsewhere."""
    name = host.encode("idna").decode() if not host.isascii() else host
    secure = scheme == "https"
    number = port or (443 if secure else 80)
    plug = socket.create_connection((_address(name, number, allowed), number), timeout=_left(until))
    made = HTTPSConnection(name, number) if secure else HTTPConnection(name, number)
    made.sock = ssl.create_default_context().wrap_socket(plug, server_hostname=name) if secure else plug
    return made


def _address(name: str, port: int, allowed: Allowed) -> str:
    found = {str(info[4][0]) for info in socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)}
    foreign = sorted(one for one in found if not allowed(ip_address(one.partition("%")[0])))
    if foreign:
        raise FetchError(
            f"{name}: leads to {foreign[0]}, no public address; pages of a private network are not fetched."
        )
    return min(found, key=lambda one: (":" in one, one))


def _body(url: str, reply: HTTPResponse, until: float) -> bytes:
    limits = table("fetching")
    kind = reply.headers.get_content_type()
    if reply.status != 200:
        raise FetchError(
            f"{url}: the server answered {reply.status} {reply.reason}. Save the page in the browser instead."
        )
    if kind not in limits["kinds"]:
        raise FetchError(f"{url}: is {kind}, no page of text.")
    if reply.getheader("Content-Encoding", "identity") != "identity":
        raise FetchError(
            f"{url}: came compressed although that was not asked for. Save the page in the browser instead."
        )
    read = bytearray()
    while chunk := reply.read1(_CHUNK):
        read += chunk
        if len(read) > limits["bytes"]:
            raise FetchError(f"{url}: is longer than {limits['bytes']:,} bytes.")
        _left(until)
    return bytes(read)


def _left(until: float) -> float:
    """Seconds that are left; raises `TimeoutError` when none is."""
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError(f"it took longer than {table('fetching')['seconds']} seconds")
    return left
