"""TMX 1.4, the exchange format of translation memories: units of one sentence in two languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element
from xml.sax.saxutils import quoteattr

from site_src import __version__
from site_src.translate.exchange.markup import Unit, base, read_xml, words, xml_text

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def write_tmx(units: Iterable[Unit], source_lang: str, lang: str) -> str:
    """A TMX document. It has no date: the same memory gives the same bytes."""
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f'<header creationtool="mujaz" creationtoolversion={quoteattr(__version__)} segtype="sentence" o-tmf="PO"'
        f' adminlang="en" srclang={quoteattr(source_lang)} datatype="plaintext"/>\n<body>\n'
    )
    return head + "".join(_unit(unit, source_lang, lang) for unit in units) + "</body>\n</tmx>\n"


def _unit(unit: Unit, source_lang: str, lang: str) -> str:
    source, target, state, by = unit
    approver = f'<prop type="x-approved-by">{xml_text(by)}</prop>' if by else ""
    return (
        f'<tu><prop type="x-state">{xml_text(state)}</prop>{approver}\n'
        f"<tuv xml:lang={quoteattr(source_lang)}><seg>{xml_text(source)}</seg></tuv>\n"
        f"<tuv xml:lang={quoteattr(lang)}><seg>{xml_text(target)}</seg></tuv></tu>\n"
    )


def read_tmx(text: str, source_lang: str, lang: str) -> tuple[Unit, ...]:
    """The units that hold both languages; raises `ValueError`."""
    root = read_xml(text, "TMX")
    return tuple(unit for element in root.iter("tu") for unit in _read_unit(element, source_lang, lang))


def _read_unit(element: Element, source_lang: str, lang: str) -> Iterator[Unit]:
    segments: dict[str, str] = {}
    for variant in element.iter("tuv"):
        segment = variant.find("seg")
        if segment is not None:
            segments.setdefault(base(variant.get(_LANG) or variant.get("lang") or ""), words(segment))
    props = {prop.get("type", ""): (prop.text or "").strip() for prop in element.findall("prop")}
    if source_lang in segments and lang in segments:
        state, by = props.get("x-state", ""), props.get("x-approved-by", "")
        yield segments[source_lang], segments[lang], state, by
