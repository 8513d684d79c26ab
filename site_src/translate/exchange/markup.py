"""What TMX and XLIFF have in common: writing and reading sentences as text of an XML document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.sax.saxutils import escape

Unit = tuple[str, str, str, str]
"""(source, translation or "", state: "approved", "draft" or "", who approved it or "")."""

_CODES = frozenset({"bpt", "ept", "it", "ph", "ut", "sc", "ec"})
"""Elements of a segment whose content is another tool's markup, not words."""

# Characters that XML 1.0 does not allow, escaped or not.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def xml_text(text: str) -> str:
    """A sentence as the text of an element."""
    return escape(_FORBIDDEN.sub(" ", text), {"\r": "&#13;"})


def read_xml(text: str, kind: str) -> ElementTree.Element:
    """The root element of a document of this kind ("TMX"); raises `ValueError`, also if it declares entities."""
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
    """The language of a language code, without its region: "ar" for "ar-EG"."""
    return code.replace("_", "-").split("-")[0].lower()


def words(element: ElementTree.Element) -> str:
    """The text of a segment on one line, without the codes in it; raises `ValueError` if it is nested too deep."""
    try:
        return " ".join("".join(_texts(element)).split())
    except RecursionError as error:
        raise ValueError(str(error)) from error


def _texts(element: ElementTree.Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if local(child) not in _CODES:
            yield from _texts(child)
        yield child.tail or ""
