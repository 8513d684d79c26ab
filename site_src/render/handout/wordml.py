"""What a Word document must say so that both directions stand right: runs, paragraphs, tables (ECMA-376 part 1, 17)."""

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

_LONGEST = 255
"""Characters that a property of a document may have; python-docx refuses more."""


def describe(document: Document, title: str, author: str, language: Language) -> None:
    """Give an empty document its properties and its language; none of them depends on the hour."""
    core, code = document.core_properties, str(language.code)
    core.title, core.author, core.comments, core.language = tidy(title)[:_LONGEST], tidy(author)[:_LONGEST], "", code
    for hour in core._element.xpath("dcterms:created | dcterms:modified"):
        core._element.remove(hour)
    for stated in document.styles.element.xpath("w:docDefaults//w:lang"):
        _state(stated, {"bidi" if language.direction == "rtl" else "val": code})
    if language.direction == "rtl":
        document.sections[0]._sectPr.insert_element_before(_element("bidi"), "w:rtlGutter", "w:docGrid")
    package = document.part.package
    for key in [key for key, part in package.rels.items() if part.reltype.endswith("/thumbnail")]:
        del package.rels[key]  # a picture of the empty document


def dress(document: Document) -> None:
    """Paper, fonts with letters of both scripts, and sizes, all of `tables/handout.toml`."""
    from docx.shared import Mm

    look, section = table("handout")["docx"], document.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in look["paper"])
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(look["margin"])
    for fonts in document.styles.element.xpath("//w:rFonts"):
        fonts.attrib.clear()  # the font of a theme would win over a named one
        _state(fonts, dict.fromkeys(("ascii", "hAnsi", "cs"), look["font"]))
    for name, (size, bold) in look["styles"].items():
        properties = document.styles[name].element.get_or_add_rPr()
        properties.clear()
        weight = [_element("b"), _element("bCs")] if bold else []
        properties.extend([*weight, *(_element(size_of, val=str(2 * size)) for size_of in ("sz", "szCs"))])


def add(paragraph: Paragraph, line: Line, url: str = "", bold: bool = False) -> None:
    """Set a line into an empty paragraph, as a link where there is an address.

    No alignment is stated: without one, a paragraph of either direction begins where its readers do; and where one
    is stated, "left" means the right of a right-to-left paragraph to some programs and its left to others.
    """
    if line.direction == "rtl":
        paragraph._p.get_or_add_pPr().append(_element("bidi"))  # only the style stands there so far
    for piece in line.held:
        _run(paragraph, piece, bold)
    if url:
        _link(paragraph, url)


def keep(*paragraphs: Paragraph) -> None:
    """No sheet ends with these paragraphs: what they announce stands below them."""
    for paragraph in paragraphs:
        paragraph.paragraph_format.keep_with_next = True


def _run(paragraph: Paragraph, piece: Piece, bold: bool) -> None:
    """One run: `w:rtl` and `w:cs` for what is read from the right, the language for the right kind of script."""
    run, rtl = paragraph.add_run(piece.text), piece.direction == "rtl"
    if bold:
        run.font.bold = run.font.cs_bold = True
    if rtl:
        run.font.rtl = run.font.complex_script = True
    if piece.lang:
        run._r.get_or_add_rPr().append(_element("lang", **{"bidi" if rtl else "val": piece.lang}))


def _link(paragraph: Paragraph, url: str) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    link = _element("hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    for run in paragraph.runs:
        run.font.underline = True
        link.append(run._r)
    paragraph._p.append(link)


def grid(document: Document, rows: int, columns: int, language: Language) -> Table:
    """An empty table: its first row stands on every sheet, the others stay whole; columns begin where readers do."""
    from docx.enum.table import WD_TABLE_DIRECTION

    made: Table = document.add_table(rows, columns, "Table Grid")
    if language.direction == "rtl":
        made.table_direction = WD_TABLE_DIRECTION.RTL
    for place, row in enumerate(made.rows):
        row._tr.get_or_add_trPr().append(_element("cantSplit" if place else "tblHeader"))
    return made


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    from docx.oxml import OxmlElement

    made: BaseOxmlElement = OxmlElement(f"w:{name}")
    _state(made, attributes)
    return made


def _state(element: BaseOxmlElement, attributes: dict[str, str]) -> None:
    from docx.oxml.ns import qn

    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
