"""Markup to an element tree, however broken, deep or cut off the markup is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from site_src.parse.formats.html.crowded import refuse_crowded
from site_src.tables import table

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]{0,40})([^<>]*)>")
_ESCAPED_TAG = re.compile(rb"&lt;(/?(?:p|br|div|span|strong|b|em|h[1-6]|ul|ol|li|a)\b[^<>&]{0,300})&gt;")
"""A tag that was escaped once too often, so that a browser would show it as text."""
_EMPTY = re.compile(r"<p>(?:\s*+<p>)++")
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\s")
_FEED_START_MOST = 1000
"""Length in characters of the beginning of a file in which the root element of a feed stands."""
_CONTROLS = bytes({*range(32), 127} - {*b"\t\n\f\r"})
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())


def parse_tree(text: str) -> tuple[Element | None, bool]:
    """The root element (None where there is no element at all), and whether the nesting had to be given up.

    libxml2 stops reading at 2,048 levels; such a page is read again with its wrappers replaced by paragraphs, so that
    the text is complete though its structure is not. Raises `CrowdedTagError` for a tag with more attributes than any
    page needs.
    """
    markup = _readable(text)
    root, is_deep = _parse(markup)
    if not is_deep:
        return root, False
    flattened = _EMPTY.sub("<p>", _TAG.sub(_flatten, markup.decode())).encode()
    return _parse(flattened)[0], True


def _readable(text: str) -> bytes:
    """The text in UTF-8 without what is no character of a page: controls, lone surrogates, noncharacters.

    The entries of feeds and tags that were escaped once too often become markup.
    """
    markup = text.encode("utf-8", "ignore").translate(None, _CONTROLS)
    if _FEED.search(text, 0, _FEED_START_MOST) is not None:
        markup = markup.replace(b"<![CDATA[", b"").replace(b"]]>", b"")
        for entity, sign in ((b"&lt;", b"<"), (b"&gt;", b">"), (b"&amp;", b"&")):
            markup = markup.replace(entity, sign)
    elif markup.count(b"&lt;/p&gt;") > 1:
        markup = _ESCAPED_TAG.sub(rb"<\1>", markup)
    for character in _NO_CHARACTERS:
        markup = markup.replace(character, b"")
    return markup


def _parse(markup: bytes) -> tuple[Element | None, bool]:
    """The root element of the markup, None without one, and whether it is nested too deeply for libxml2."""
    from lxml import etree

    refuse_crowded(markup)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, recover=True)
    try:
        root = etree.fromstring(markup, parser)
    except (etree.XMLSyntaxError, AssertionError, ValueError):
        return None, False
    return root, any("depth" in entry.message for entry in parser.error_log)


def _flatten(tag: re.Match[str]) -> str:
    """What replaces a tag of a page that is nested too deeply: itself, a paragraph, or nothing."""
    name = tag[2].lower()
    elements = table("html")["flattened"]
    if name in elements["kept"]:
        return tag[0]
    return "<p>" if name in elements["wrappers"] else ""
