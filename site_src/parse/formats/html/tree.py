"""Markup to an element tree, however broken, deep or cut off the markup is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from site_src.parse.formats.html.crowded import refuse_crowded
from site_src.tables import table

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]{0,40})([^<>]*)>")
_SPELT = re.compile(rb"&lt;(/?(?:p|br|div|span|strong|b|em|h[1-6]|ul|ol|li|a)\b[^<>&]{0,300})&gt;")
"""A tag that was escaped once too often: it would be shown as text."""
_EMPTY = re.compile(r"<p>(?:\s*+<p>)++")
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\s")
_ROOT = 1000
"""Characters within which a feed names itself; the markup of its entries stands in CDATA sections."""
_CONTROLS = bytes({*range(32), 127} - {*b"\t\n\f\r"})
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())


def parse_tree(text: str) -> tuple[Element | None, bool]:
    """The root element, and whether nesting had to be given up.

    libxml2 stops reading at 2,048 levels; such a page is read again with its wrappers made paragraphs,
    so that the text is whole though its structure is not. None: there is no element at all.
    Raises `CrowdedTagError` for a tag with more attributes than any page needs.
    """
    markup = _visible(text)
    root, deep = _parsed(markup)
    if not deep:
        return root, False
    return _parsed(_EMPTY.sub("<p>", _TAG.sub(_flat, markup.decode())).encode())[0], True


def _visible(text: str) -> bytes:
    """The text in UTF-8 without what is no character of a page: controls, lone surrogates, noncharacters."""
    markup = text.encode("utf-8", "ignore").translate(None, _CONTROLS)
    if _FEED.search(text, 0, _ROOT) is not None:
        markup = markup.replace(b"<![CDATA[", b"").replace(b"]]>", b"")
        for spelt, sign in ((b"&lt;", b"<"), (b"&gt;", b">"), (b"&amp;", b"&")):
            markup = markup.replace(spelt, sign)
    elif markup.count(b"&lt;/p&gt;") > 1:
        markup = _SPELT.sub(rb"<\1>", markup)
    for character in _NO_CHARACTERS:
        markup = markup.replace(character, b"")
    return markup


def _parsed(markup: bytes) -> tuple[Element | None, bool]:
    from lxml import etree

    refuse_crowded(markup)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, recover=True)
    try:
        root = etree.fromstring(markup, parser)
    except (etree.XMLSyntaxError, AssertionError, ValueError):
        return None, False
    return root, any("depth" in entry.message for entry in parser.error_log)


def _flat(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    kinds = table("html")["flattened"]
    if name in kinds["kept"]:
        return tag[0]
    return "<p>" if name in kinds["wrappers"] else ""
