"""A page asked for by its address: fetched from public hosts alone, within limits, with its bytes as they came."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address
from pathlib import Path
from time import sleep
from typing import Any, ClassVar

import pytest
from support_serving import serve
from support_site import ROOT, run

from site_src.pipeline import fetching
from site_src.pipeline.fetching import FetchError, fetch_page, is_public

PAGE = "<!doctype html><meta charset=windows-1256><h1>اجتماع وزراء الطاقة</h1>".encode("cp1256")


REPLIES: dict[str, dict[str, Any]] = {
    "round": {"status": 302, "location": "/round"},
    "moved": {"status": 301, "location": "/news?x=%D8%A3"},
    "inside": {"status": 302, "location": "http://192.168.0.1/router"},
    "file": {"status": 302, "location": "file:///etc/passwd"},
    "picture": {"status": 200, "body": b"\x89PNG", "kind": "image/png"},
    "packed": {"status": 200, "body": b"\x1f\x8b", "coding": "gzip"},
    "gone": {"status": 404, "body": b"no"},
    "long": {"status": 200, "body": b"x" * 4000},
}
"""What the outlet replies to a path; to any other it replies with `PAGE`."""


class Outlet(BaseHTTPRequestHandler):
    requests: ClassVar[list[tuple[str, str]]] = []
    """The path and the host of each request."""

    def do_GET(self) -> None:
        self.requests.append((self.path, self.headers["Host"]))
        name = self.path.strip("/").partition("?")[0]
        if name == "slow":
            self.reply_slowly()
        else:
            self.reply(**REPLIES.get(name, {"status": 200, "body": PAGE}))

    def reply_slowly(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        for _ in range(40):
            self.wfile.write(b" ")
            sleep(0.1)

    def reply(
        self, status: int, body: bytes = b"", kind: str = "text/html", location: str = "", coding: str = ""
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if location:
            self.send_header("Location", location)
        if coding:
            self.send_header("Content-Encoding", coding)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def outlet() -> Iterator[str]:
    Outlet.requests = []
    with serve(Outlet) as port:
        yield f"http://localhost:{port}"


def loopback(address: object) -> bool:
    return str(address) in {"127.0.0.1", "::1"}


def test_the_bytes_come_as_the_server_sent_them(outlet: str) -> None:
    assert fetch_page(f"{outlet}/news", loopback) == (f"{outlet}/news", PAGE)
    assert Outlet.requests == [("/news", outlet.removeprefix("http://"))]


def test_an_arabic_path_is_asked_for_in_ascii(outlet: str) -> None:
    fetch_page(f"{outlet}/أخبار?ن=١", loopback)
    assert Outlet.requests[0][0].isascii()


def test_a_redirect_is_followed_and_the_last_address_is_told(outlet: str) -> None:
    assert fetch_page(f"{outlet}/moved", loopback)[0] == f"{outlet}/news?x=%D8%A3"


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("inside", "no public address"), ("file", "no http or https address"), ("round", "more than 5 times"),
        ("picture", "image/png"), ("packed", "compressed"), ("gone", "404"),
    ],
)  # fmt: skip
def test_what_is_no_page_is_refused_with_the_reason(outlet: str, path: str, why: str) -> None:
    with pytest.raises(FetchError, match=why):
        fetch_page(f"{outlet}/{path}", loopback)


def test_a_page_that_is_too_long_or_too_slow_is_given_up(outlet: str, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = fetching.table("fetching") | {"bytes": 1000, "seconds": 0.5}
    monkeypatch.setattr(fetching, "table", lambda _: limits)
    with pytest.raises(FetchError, match="longer than 1,000 bytes"):
        fetch_page(f"{outlet}/long", loopback)
    with pytest.raises(FetchError, match="took longer"):
        fetch_page(f"{outlet}/slow", loopback)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "::ffff:10.0.0.1"],
)  # fmt: skip
def test_an_address_of_no_public_network_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "url", ["ftp://example.org/x", "https:///x", "http://name:word@example.org/", "http://127.0.0.1/", "http://[::1]/"]
)
def test_the_command_line_refuses_such_an_address_and_files_nothing(url: str, tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_bytes((ROOT / "site.toml").read_bytes())
    done = run("new", "article", "--from", url, "--config", str(tmp_path / "site.toml"), code=1)
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "content").exists()
