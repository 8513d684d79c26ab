"""XLIFF 1.2 and 2.0, which translation tools take as jobs: sentences with or without a translation, with their states.

Files are written as version 1.2 (`.xlf`) or 2.0 (`.xliff`) and read by the version that the document states. Approved
is `approved="yes"` in 1.2, and `reviewed` or `final` in 2.0; everything else with a target is a draft.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal
from xml.etree.ElementTree import Element
from xml.sax.saxutils import quoteattr

from site_src.translate.exchange.markup import Unit, base, local, read_xml, words, xml_text

Version = Literal["1.2", "2.0"]

_STATES_12 = {"approved": "final", "draft": "needs-review-translation", "": "needs-translation"}
_STATES_20 = {"approved": "final", "draft": "translated", "": "initial"}
_APPROVED_20 = frozenset({"reviewed", "final"})
_BY = "approved-by"


def write_xliff(units: Iterable[Unit], source_lang: str, lang: str, version: Version) -> str:
    """An XLIFF document. It has no date: the same memory gives the same bytes."""
    head, write_unit, foot = _TEMPLATES[version]
    head = head.format(source=quoteattr(source_lang), target=quoteattr(lang))
    body = "".join(write_unit(number, *unit) for number, unit in enumerate(units, 1))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{body}{foot}'


def _unit_12(number: int, source: str, target: str, state: str, by: str) -> str:
    approved = ' approved="yes"' if state == "approved" else ""
    note = f"<note from={quoteattr(_BY)}>{xml_text(by)}</note>\n" if by else ""
    return (
        f'<trans-unit id="{number}" xml:space="preserve"{approved}>\n<source>{xml_text(source)}</source>\n'
        f'<target state="{_STATES_12[state]}">{xml_text(target)}</target>\n{note}</trans-unit>\n'
    )


def _unit_20(number: int, source: str, target: str, state: str, by: str) -> str:
    note = f"<notes><note category={quoteattr(_BY)}>{xml_text(by)}</note></notes>\n" if by else ""
    translation = f"<target>{xml_text(target)}</target>" if target else ""
    return (
        f'<unit id="u{number}">\n{note}<segment state="{_STATES_20[state]}">\n'
        f"<source>{xml_text(source)}</source>\n{translation}</segment>\n</unit>\n"
    )


_TEMPLATES: dict[Version, tuple[str, Callable[[int, str, str, str, str], str], str]] = {
    "1.2": (
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'
        '<file original="memory" source-language={source} target-language={target} datatype="plaintext">\n<body>\n',
        _unit_12,
        "</body>\n</file>\n</xliff>\n",
    ),
    "2.0": (
        '<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang={source} trgLang={target}>\n'
        '<file id="memory">\n',
        _unit_20,
        "</file>\n</xliff>\n",
    ),
}


def read_xliff(text: str, source_lang: str, lang: str) -> tuple[Unit, ...]:
    """The units with a translation between the two languages; raises `ValueError` for another kind of document."""
    root = read_xml(text, "XLIFF")
    if local(root) != "xliff":
        raise ValueError(f"its root is <{local(root)}>, not <xliff>")
    read = _read_20 if "trgLang" in root.attrib else _read_12
    units = read(root, source_lang, lang)
    return tuple((source, target, state, by) for source, target, state, by in units if source and target)


def _read_12(root: Element, source_lang: str, lang: str) -> Iterator[Unit]:
    for file in _all(root, "file"):
        if (base(file.get("source-language", "")), base(file.get("target-language", lang))) == (source_lang, lang):
            for unit in _all(file, "trans-unit"):
                approved = unit.get("approved") == "yes"
                by = next((words(note) for note in _all(unit, "note") if note.get("from") == _BY), "")
                yield _text(unit, "source"), _text(unit, "target"), "approved" if approved else "draft", by


def _read_20(root: Element, source_lang: str, lang: str) -> Iterator[Unit]:
    if (base(root.get("srcLang", "")), base(root.get("trgLang", ""))) != (source_lang, lang):
        return
    for unit in _all(root, "unit"):
        by = next((words(note) for note in _all(unit, "note") if note.get("category") == _BY), "")
        for segment in _all(unit, "segment"):
            state = "approved" if segment.get("state") in _APPROVED_20 else "draft"
            yield _text(segment, "source"), _text(segment, "target"), state, by


def _all(element: Element, name: str) -> Iterator[Element]:
    """All elements of this name inside an element, at any depth."""
    return (descendant for descendant in element.iter() if local(descendant) == name)


def _text(element: Element, name: str) -> str:
    """The text of the first child of this name, "" without one."""
    child = next((child for child in element if local(child) == name), None)
    return "" if child is None else words(child)
