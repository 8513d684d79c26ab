"""Markup to an element tree, however broken, deep or cut off the markup is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from site_src.tables import table

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]{0,40})([^<>]*)>")
_EMPTY = re.compile(r"<p>(?:\s*+<p>)++")
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def parse_tree(text: str) -> tuple[Element | None, bool]:
    """The root element, and whether nesting had to be given up.

    libxml2 stops reading at 2,048 levels; such a page is read again with its wrappers made paragraphs,
    so that the text is whole though its structure is not. None: there is no element at all.
    """
    markup = _INVISIBLE.sub("", text)
    root, deep = _parsed(markup)
    if not deep:
        return root, False
    return _parsed(_EMPTY.sub("<p>", _TAG.sub(_flat, markup)))[0], True


def _parsed(markup: str) -> tuple[Element | None, bool]:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, recover=True)
    try:
        root = etree.fromstring(markup.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, AssertionError, ValueError):
        return None, False
    return root, any("depth" in entry.message for entry in parser.error_log)


def _flat(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    kinds = table("html")["flattened"]
    if name in kinds["kept"]:
        return tag[0]
    return "<p>" if name in kinds["wrappers"] else ""
