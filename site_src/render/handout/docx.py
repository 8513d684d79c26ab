"""The Word hand-out (`.docx`): real right-to-left paragraphs and runs, headings, a table of pairs for each story."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from markupsafe import Markup

from site_src.errors import MujazError, installing
from site_src.render.handout import wordml
from site_src.render.handout.content import Handout
from site_src.render.handout.story_lines import Side, StoryLines, story_lines
from site_src.render.lines import Line, as_line

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

MISSING = "export --format docx: the package `python-docx` is not installed; run {command}."
_EARLIEST_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP file can state: it stands in place of the time at which the file was made."""


def write(handout: Handout) -> bytes:
    """The document; the same hand-out gives the same bytes. Raises `MujazError` where python-docx is not installed."""
    document = _open(handout)
    labels, lang, say = handout.labels, handout.lang, handout.composer.press.say
    title = say(f"{handout.site_name}: {handout.title}", lang.code)
    _add_paragraph(document, "Heading 1", as_line(title, lang))
    until = labels.data_until + Markup(" ") + handout.until if handout.until else Markup("")
    count = labels.stories(len(handout.stories)) if handout.stories else labels.no_stories
    _add_notes(document, *(as_line(words, lang) for words in (until, count)))
    for story in handout.stories:
        _add_story(document, handout, story_lines(handout, story))
    _add_notes(document, *(as_line(words, lang) for words in (labels.footer_method, say(handout.licence, lang.code))))
    return _without_times(document)


def _open(handout: Handout) -> Document:
    try:
        from docx import Document
    except ImportError as error:
        raise MujazError(MISSING.format(command=installing("python-docx"))) from error
    document = Document()
    wordml.set_properties(document, handout.title, handout.site_name, handout.lang)
    wordml.set_styles(document)
    return document


def _add_notes(document: Document, *lines: Line) -> list[Paragraph]:
    return [_add_paragraph(document, "Caption", line) for line in lines if line]


def _add_paragraph(document: Document, style: str, line: Line, url: str = "") -> Paragraph:
    paragraph = document.add_paragraph(style=style)
    wordml.add_line(paragraph, line, url)
    return paragraph


def _add_story(document: Document, handout: Handout, story: StoryLines) -> None:
    own, facing = story.title
    (_, title), *notes = own
    head = [_add_paragraph(document, "Heading 2", title, story.url)]
    head += [_add_paragraph(document, "Caption" if kind == "note" else "Subtitle", line)
             for kind, line in (*notes, *facing)]  # fmt: skip
    wordml.keep_with_next(*head, *_add_notes(document, story.meta, *story.notices))
    _add_pairs(document, handout, story)
    wordml.keep_with_next(_add_paragraph(document, "Heading 3", as_line(handout.labels.sources, handout.lang)))
    for copy in story.copies:
        wordml.keep_with_next(_add_paragraph(document, "Normal", copy.name, copy.url))
        _add_notes(document, copy.note)


def _add_pairs(document: Document, handout: Handout, story: StoryLines) -> None:
    """Add a table with a row for each sentence; its first column is where the hand-out's readers begin a line."""
    pairs = [(own, facing) if facing else (own,) for own, facing in story.pairs]
    if not pairs:
        return
    languages = [handout.lang, *([handout.facing] if handout.facing and len(pairs[0]) > 1 else [])]
    head, *rows = wordml.add_table(document, len(pairs) + 1, len(languages), handout.lang).rows
    for language, cell in zip(languages, head.cells, strict=True):
        wordml.add_line(cell.paragraphs[0], as_line(handout.labels.name_of(language), handout.lang), bold=True)
        wordml.keep_with_next(cell.paragraphs[0])
    for pair, row in zip(pairs, rows, strict=True):
        for side, cell in zip(pair, row.cells, strict=True):
            _fill_cell(cell, side)


def _fill_cell(cell: _Cell, side: Side) -> None:
    for place, (kind, line) in enumerate(side):
        paragraph = cell.add_paragraph() if place else cell.paragraphs[0]
        paragraph.style = "Caption" if kind == "note" else "Normal"
        wordml.add_line(paragraph, line)


def _without_times(document: Document) -> bytes:
    """The document as a file that does not state when it was made."""
    saved, packed = BytesIO(), BytesIO()
    document.save(saved)
    with ZipFile(saved) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name, _EARLIEST_TIME), source.read(name), ZIP_DEFLATED)
    return packed.getvalue()
