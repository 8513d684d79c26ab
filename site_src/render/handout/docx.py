"""The Word hand-out (`.docx`): real right-to-left paragraphs and runs, headings, a table of pairs for each story."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from markupsafe import Markup

from site_src.errors import MujazError, installing
from site_src.render.handout import wordml
from site_src.render.handout.spoken import Side, Spoken, speak
from site_src.render.handout.told import Handout
from site_src.render.lines import Line, as_line

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

MISSING = "export --format docx: the package `python-docx` is not installed; run {command}."
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a ZIP file can state, so that the hour of its making is not in it."""


def write(handout: Handout) -> bytes:
    """The document; the same hand-out gives the same bytes. Raises `MujazError` where python-docx is not installed."""
    document = _open(handout)
    labels, lang, say = handout.labels, handout.lang, handout.composer.press.say
    title = say(f"{handout.site_name}: {handout.title}", lang.code)
    _set(document, "Heading 1", as_line(title, lang))
    until = labels.data_until + Markup(" ") + handout.until if handout.until else Markup("")
    count = labels.stories(len(handout.stories)) if handout.stories else labels.no_stories
    _notes(document, *(as_line(words, lang) for words in (until, count)))
    for told in handout.stories:
        _story(document, handout, speak(handout, told))
    _notes(document, *(as_line(words, lang) for words in (labels.footer_method, say(handout.licence, lang.code))))
    return _packed(document)


def _open(handout: Handout) -> Document:
    try:
        from docx import Document
    except ImportError as error:
        raise MujazError(MISSING.format(command=installing("python-docx"))) from error
    document = Document()
    wordml.describe(document, handout.title, handout.site_name, handout.lang)
    wordml.dress(document)
    return document


def _notes(document: Document, *lines: Line) -> list[Paragraph]:
    return [_set(document, "Caption", line) for line in lines if line]


def _set(document: Document, style: str, line: Line, url: str = "") -> Paragraph:
    paragraph = document.add_paragraph(style=style)
    wordml.add(paragraph, line, url)
    return paragraph


def _story(document: Document, handout: Handout, story: Spoken) -> None:
    own, facing = story.title
    (_, title), *notes = own
    head = [_set(document, "Heading 2", title, story.url)]
    head += [_set(document, "Caption" if kind == "note" else "Subtitle", line) for kind, line in (*notes, *facing)]
    wordml.keep(*head, *_notes(document, story.meta, *story.notices))
    _pairs(document, handout, story)
    wordml.keep(_set(document, "Heading 3", as_line(handout.labels.sources, handout.lang)))
    for copy in story.copies:
        wordml.keep(_set(document, "Normal", copy.name, copy.url))
        _notes(document, copy.note)


def _pairs(document: Document, handout: Handout, story: Spoken) -> None:
    """A row for each sentence; the first column lies where a reader of the hand-out's language begins."""
    sides = [pair if pair[1] else pair[:1] for pair in story.pairs]
    if not sides:
        return
    languages = [handout.lang, *([handout.facing] if handout.facing and len(sides[0]) > 1 else [])]
    head, *rows = wordml.grid(document, len(sides) + 1, len(languages), handout.lang).rows
    for language, cell in zip(languages, head.cells, strict=True):
        wordml.add(cell.paragraphs[0], as_line(handout.labels.name_of(language), handout.lang), bold=True)
        wordml.keep(cell.paragraphs[0])
    for pair, row in zip(sides, rows, strict=True):
        for side, cell in zip(pair, row.cells, strict=True):
            _fill(cell, side)


def _fill(cell: _Cell, side: Side) -> None:
    for place, (kind, line) in enumerate(side):
        paragraph = cell.add_paragraph() if place else cell.paragraphs[0]
        paragraph.style = "Caption" if kind == "note" else "Normal"
        wordml.add(paragraph, line)


def _packed(document: Document) -> bytes:
    """The file, packed again without the hour of its making."""
    made, packed = BytesIO(), BytesIO()
    document.save(made)
    with ZipFile(made) as before, ZipFile(packed, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(ZipInfo(name, _FIRST_DAY), before.read(name), ZIP_DEFLATED)
    return packed.getvalue()
