"""Runs, paragraphs and tables of a Word document, so that both directions are set right (ECMA-376 part 1, 17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_src.render.labels import Language
from site_src.render.lines import Line, Piece
from site_src.render.runs import tidy
from site_src.tables import table

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_LONGEST_PROPERTY = 255
"""Characters that a property of a document may have; python-docx refuses more."""


def set_properties(document: Document, title: str, author: str, language: Language) -> None:
    """Give an empty document its properties and its language; none of them depends on the time."""
    core, code = document.core_properties, str(language.code)
    core.title, core.author = tidy(title)[:_LONGEST_PROPERTY], tidy(author)[:_LONGEST_PROPERTY]
    core.comments, core.language = "", code
    for time in core._element.xpath("dcterms:created | dcterms:modified"):
        core._element.remove(time)
    for lang in document.styles.element.xpath("w:docDefaults//w:lang"):
        _set_attributes(lang, {"bidi" if language.direction == "rtl" else "val": code})
    if language.direction == "rtl":
        document.sections[0]._sectPr.insert_element_before(_element("bidi"), "w:rtlGutter", "w:docGrid")
    package = document.part.package
    for key in [key for key, part in package.rels.items() if part.reltype.endswith("/thumbnail")]:
        del package.rels[key]  # a picture of the empty document


def set_styles(document: Document) -> None:
    """Set paper, fonts with letters of both scripts, and sizes, all from `tables/handout.toml`."""
    from docx.shared import Mm

    style, section = table("handout")["docx"], document.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in style["paper"])
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(style["margin"])
    for fonts in document.styles.element.xpath("//w:rFonts"):
        fonts.attrib.clear()  # the font of a theme would win over a named one
        _set_attributes(fonts, dict.fromkeys(("ascii", "hAnsi", "cs"), style["font"]))
    for name, (size, bold) in style["styles"].items():
        properties = document.styles[name].element.get_or_add_rPr()
        properties.clear()
        weight = [_element("b"), _element("bCs")] if bold else []
        properties.extend([*weight, *(_element(size_of, val=str(2 * size)) for size_of in ("sz", "szCs"))])


def add_line(paragraph: Paragraph, line: Line, url: str = "", *, bold: bool = False) -> None:
    """Fill an empty paragraph with a line, which is a link if there is an address.

    No alignment is stated: without one, a paragraph of either direction begins where its readers do. Where one is
    stated, "left" in a right-to-left paragraph means the right to some programs and the left to others.
    """
    if line.direction == "rtl":
        paragraph._p.get_or_add_pPr().append(_element("bidi"))  # it holds nothing but the style so far
    for piece in line.marked_pieces:
        _add_run(paragraph, piece, bold=bold)
    if url:
        _make_link(paragraph, url)


def keep_with_next(*paragraphs: Paragraph) -> None:
    """Let no sheet end with one of these paragraphs: each stands on the sheet of what follows it."""
    for paragraph in paragraphs:
        paragraph.paragraph_format.keep_with_next = True


def _add_run(paragraph: Paragraph, piece: Piece, *, bold: bool) -> None:
    """Add one run: `w:rtl` and `w:cs` if it is read from the right, its language in the attribute for its script."""
    run, rtl = paragraph.add_run(piece.text), piece.direction == "rtl"
    if bold:
        run.font.bold = run.font.cs_bold = True
    if rtl:
        run.font.rtl = run.font.complex_script = True
    if piece.lang:
        run._r.get_or_add_rPr().append(_element("lang", **{"bidi" if rtl else "val": piece.lang}))


def _make_link(paragraph: Paragraph, url: str) -> None:
    """Put all runs of a paragraph into one link."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    link = _element("hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    for run in paragraph.runs:
        run.font.underline = True
        link.append(run._r)
    paragraph._p.append(link)


def add_table(document: Document, rows: int, columns: int, language: Language) -> Table:
    """An empty table at the end of the document, its first column where readers of the language begin a line.

    Its first row is repeated on every sheet; no other row is split between sheets.
    """
    from docx.enum.table import WD_TABLE_DIRECTION

    grid: Table = document.add_table(rows, columns, "Table Grid")
    if language.direction == "rtl":
        grid.table_direction = WD_TABLE_DIRECTION.RTL
    for place, row in enumerate(grid.rows):
        row._tr.get_or_add_trPr().append(_element("cantSplit" if place else "tblHeader"))
    return grid


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    from docx.oxml import OxmlElement

    element: BaseOxmlElement = OxmlElement(f"w:{name}")
    _set_attributes(element, attributes)
    return element


def _set_attributes(element: BaseOxmlElement, attributes: dict[str, str]) -> None:
    from docx.oxml.ns import qn

    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
