"""TMX 1.4, the exchange format of translation memories: units of one sentence in two languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from site_src import __version__

Unit = tuple[str, str, str, str]
"""Source, translation, state ("approved", "draft" or ""), who approved it."""

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
"""Elements of a segment whose content is another tool's markup, not words."""

# What XML 1.0 cannot hold, escaped or not.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def write_tmx(units: Iterable[Unit], source_lang: str, lang: str) -> str:
    """A TMX document. It holds no date: the same memory gives the same bytes."""
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f'<header creationtool="mujaz" creationtoolversion={quoteattr(__version__)} segtype="sentence" o-tmf="PO"'
        f' adminlang="en" srclang={quoteattr(source_lang)} datatype="plaintext"/>\n<body>\n'
    )
    return head + "".join(_unit(unit, source_lang, lang) for unit in units) + "</body>\n</tmx>\n"


def _unit(unit: Unit, source_lang: str, lang: str) -> str:
    source, target, state, by = unit
    who = f'<prop type="x-approved-by">{_text(by)}</prop>' if by else ""
    return (
        f'<tu><prop type="x-state">{_text(state)}</prop>{who}\n'
        f"<tuv xml:lang={quoteattr(source_lang)}><seg>{_text(source)}</seg></tuv>\n"
        f"<tuv xml:lang={quoteattr(lang)}><seg>{_text(target)}</seg></tuv></tu>\n"
    )


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub(" ", text), {"\r": "&#13;"})


def read_tmx(text: str, source_lang: str, lang: str) -> tuple[Unit, ...]:
    """The units that hold both languages, a region ("ar-EG") counting as its language; raises `ValueError`.

    A document that declares entities is refused: no TMX needs them.
    """
    if "<!ENTITY" in text:
        raise ValueError("it declares entities, which no TMX needs")
    try:
        root = ElementTree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1))
        return tuple(unit for element in root.iter("tu") for unit in _read_unit(element, source_lang, lang))
    except (ElementTree.ParseError, ValueError, RecursionError) as error:
        raise ValueError(str(error)) from error


def _read_unit(element: ElementTree.Element, source_lang: str, lang: str) -> Iterator[Unit]:
    segments: dict[str, str] = {}
    for variant in element.iter("tuv"):
        code = (variant.get(_LANG) or variant.get("lang") or "").replace("_", "-").split("-")[0].lower()
        segment = variant.find("seg")
        if segment is not None:
            segments.setdefault(code, " ".join("".join(_words(segment)).split()))
    props = {prop.get("type", ""): (prop.text or "").strip() for prop in element.findall("prop")}
    if source_lang in segments and lang in segments:
        state, by = props.get("x-state", ""), props.get("x-approved-by", "")
        yield segments[source_lang], segments[lang], state, by


def _words(element: ElementTree.Element) -> Iterator[str]:
    """The text of a segment without the codes in it."""
    yield element.text or ""
    for child in element:
        if child.tag not in _CODES:
            yield from _words(child)
        yield child.tail or ""
