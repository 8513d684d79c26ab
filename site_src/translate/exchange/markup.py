"""What TMX and XLIFF share: sentences as text of an XML document, out and in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.sax.saxutils import escape

Unit = tuple[str, str, str, str]
"""Source, translation ("" where it waits), state ("approved", "draft" or ""), who approved it."""

_CODES = frozenset({"bpt", "ept", "it", "ph", "ut", "sc", "ec"})
"""Elements of a segment whose content is another tool's markup, not words."""

# What XML 1.0 cannot hold, escaped or not.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def xml_text(text: str) -> str:
    """A sentence as the text of an element."""
    return escape(_FORBIDDEN.sub(" ", text), {"\r": "&#13;"})


def read_xml(text: str, kind: str) -> ElementTree.Element:
    """The root of a document of that kind; raises `ValueError`, also for one that declares entities."""
    if "<!ENTITY" in text:
        raise ValueError(f"it declares entities, which no {kind} needs")
    try:
        return ElementTree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1))
    except (ElementTree.ParseError, RecursionError) as error:
        raise ValueError(str(error)) from error


def local(element: ElementTree.Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def base(code: str) -> str:
    """The language of a code, a region ("ar-EG") counting as its language."""
    return code.replace("_", "-").split("-")[0].lower()


def words(element: ElementTree.Element) -> str:
    """The text of a segment on one line, without the codes in it; raises `ValueError` for one nested without end."""
    try:
        return " ".join("".join(_parts(element)).split())
    except RecursionError as error:
        raise ValueError(str(error)) from error


def _parts(element: ElementTree.Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if local(child) not in _CODES:
            yield from _parts(child)
        yield child.tail or ""
