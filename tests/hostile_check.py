"""What no built page may hold, whatever words it was made from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.etree
import lxml.html

SCHEMES = {"http", "https", "mailto"}
DISGUISES = re.compile("[\u061c\u200e\u200f\u202a-\u202e\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'self'"
)
_ISOLATED = re.compile("[\u2066-\u2068][^\u2066-\u2069<>]*\u2069")
"""What we set ourselves where no element can stand; what a stranger sets is taken away."""
_OPEN = re.compile("[\u2066-\u2069]")
_EXTERNAL = {"noopener", "noreferrer", "nofollow"}


def vocabulary(out: Path) -> set[tuple[str, str]]:
    """Every (element, attribute) of the pages below `out`; ("p", "") is the element itself."""
    trees = (lxml.html.document_fromstring(path.read_bytes()) for path in out.rglob("*.html"))
    return {pair for tree in trees for pair in pairs(tree)}


def pairs(tree: lxml.html.HtmlElement) -> set[tuple[str, str]]:
    """Every (element, attribute) of a document, as `vocabulary` tells them."""
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    return {(element.tag, name) for element in elements for name in (*element.attrib, "")}


def faults(out: Path, known: set[tuple[str, str]]) -> list[str]:
    """What is wrong in the files below `out`; each is one sentence."""
    return [f"{path.relative_to(out)}: {fault}" for path in sorted(out.rglob("*")) if path.is_file()
            for fault in _of_file(path, known)]  # fmt: skip


def _of_file(path: Path, known: set[tuple[str, str]]) -> list[str]:
    content = path.read_bytes()
    if path.suffix == ".html":
        return _of_page(content, known)
    if path.suffix == ".xml":
        return _of_feed(content)
    if path.suffix == ".json":
        return [fault for text in _texts(json.loads(content)) for fault in disguises(text)]
    return []


def _texts(value: Any) -> Iterator[str]:
    """Every text of a JSON value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        yield from _texts(list(value.values()))
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def disguises(text: str) -> list[str]:
    """What in a text could turn it around or stop a program that shows it."""
    bare = _ISOLATED.sub("", text)
    return [f"a disguise {found[0]!r}" for found in (*DISGUISES.finditer(bare), *_OPEN.finditer(bare))]


def _of_page(content: bytes, known: set[tuple[str, str]]) -> list[str]:
    tree = lxml.html.document_fromstring(content)
    wrong = [f"unknown {pair}" for pair in sorted(pairs(tree) - known)]
    wrong += disguises(content.decode("utf-8"))
    policies = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    if [policy.replace("script-src 'self' 'wasm-unsafe-eval'", "script-src 'self'") for policy in policies] != [POLICY]:
        wrong.append(f"policy {policies}")
    wrong += [f"address {address!r}" for address in tree.xpath("//@href | //@src") if not _allowed(address)]
    for link in tree.xpath("//a[starts-with(@href, 'http:') or starts-with(@href, 'https:')]"):
        ours = link.get("href").startswith("https://example.org/b/")
        if not ours and not set((link.get("rel") or "").split()) >= _EXTERNAL:
            wrong.append(f"link without rel: {link.get('href')}")
        if not link.get("href").isascii():
            wrong.append(f"address that is not ASCII: {link.get('href')!r}")
    for script in tree.xpath("//script"):
        if script.get("type") == "application/ld+json":
            json.loads(script.text)
        elif script.text or not re.fullmatch(
            r"(https://example\.org/b/|(\.\./)*)assets/[\w-]+\.js", script.get("src") or ""
        ):
            wrong.append(f"script {lxml.html.tostring(script)!r}")
    return wrong


def _allowed(address: str) -> bool:
    scheme = re.match(r"\s*([a-zA-Z][\w+.-]*):", address)
    return not address.startswith(("//", "\\", "/\\")) and (scheme is None or scheme[1] in SCHEMES)


def _of_feed(content: bytes) -> list[str]:
    try:
        tree = lxml.etree.fromstring(content)
    except lxml.etree.XMLSyntaxError as error:
        return [f"no XML: {error}"]
    links = [value for element in tree.iter() for name, value in element.attrib.items() if name == "href"]
    texts = [element.text or "" for element in tree.iter() if str(element.tag).endswith("}loc")]
    wrong = [f"address {address!r}" for address in (*links, *texts) if not address.startswith("https://example.org/b/")]
    return wrong + [fault for text in tree.itertext() for fault in disguises(text)]
