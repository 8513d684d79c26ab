"""The line editor of PO files: changes the entries that edits name, and leaves every other byte unchanged."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from site_src.translate.po.lines import Block, Kind, Row, quote, scan

OWNED = ("place", "engine", "score", "corrected", "finding", "machine-sha")
"""The keys of the comment lines (`#. key: value`) that only the build writes."""

_ORDER: tuple[Kind, ...] = (
    "blank", "comment", "owned", "reference", "flags", "previous", "msgctxt", "msgid", "plural", "msgstr",
)  # fmt: skip
_HEADER = (
    'msgid ""\nmsgstr ""\n"Project-Id-Version: {slug}\\n"\n"Language: {lang}\\n"\n"X-Source-Language: {source}\\n"\n'
    '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
)


class Edit(Struct, frozen=True):
    """What an entry of a story's file shall become; comments of people and lines of other tools in it always stay."""

    slug: str
    lang: str
    """The target language: the file is `<slug>.<lang>.po`."""
    source: str
    text: str = ""
    fuzzy: bool = False
    obsolete: bool = False
    previous: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    was: str = ""
    """The text that the edit was made for; where the file has another one by now, these newer words stay."""
    was_fuzzy: bool = False
    """Whether the edit was made for an entry that was not approved; a later approval stays as well."""
    after: str = ""
    """The source of the entry before it, for an entry that is new in the file; "" puts it first."""
    source_lang: str = "ar"
    comments: tuple[str, ...] = ()
    """Comments of a person that come with the text, such as "approved: project authors"; added to those in the file."""


def new_file(slug: str, lang: str, source: str) -> str:
    """The text of a story's file without entries. It has no date: the same inputs give the same bytes."""
    return _HEADER.format(slug=slug, lang=lang, source=source)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The file's text with the edits made; the same text where nothing changes."""
    scanned = scan(text)
    blocks = list(scanned.blocks)
    indexes = _indexes(blocks)
    newline = "\r\n" if "\r\n" in text else "\n"
    for edit in edits:
        if edit.source in indexes:
            index = indexes[edit.source]
            blocks[index] = _changed(blocks[index], edit, newline)
        elif not edit.obsolete:
            at_end_or_start = len(blocks) if edit.after else 0
            index = indexes[edit.after] + 1 if edit.after in indexes else at_end_or_start
            blocks.insert(index, _new_block(edit, newline))
            if index == len(blocks) - 1:
                indexes[edit.source] = index
            else:
                indexes = _indexes(blocks)
    return _join((*(row for block in blocks for row in block.rows), *scanned.tail), newline)


def _indexes(blocks: list[Block]) -> dict[str, int]:
    """The index of the block of each sentence, the first of equal ones; the header is under ""."""
    return {block.value("msgid"): index for index, block in reversed(list(enumerate(blocks))) if block.plain}


def _join(rows: tuple[Row, ...], newline: str) -> str:
    """The text of the rows. A row without newline gets one, except the last."""
    lines = [row.text for row in rows]
    return "".join([line if line.endswith("\n") else line + newline for line in lines[:-1]] + lines[-1:])


def _new_block(edit: Edit, newline: str) -> Block:
    rows = (Row("blank", newline), Row("msgid", f"msgid {quote(edit.source)}{newline}", edit.source))
    return _changed(
        Block((*rows, Row("msgstr", f'msgstr ""{newline}'))), replace(edit, was="", was_fuzzy=False), newline
    )


def _changed(block: Block, edit: Edit, newline: str) -> Block:
    """The block after the edit; the same block if a person has written or approved something in the meantime."""
    if (block.value("msgstr"), "fuzzy" in block.flags) != (edit.was, edit.was_fuzzy):
        return block
    if edit.obsolete and not edit.text and not block.of("comment"):
        return Block(())  # an empty entry is no pair: nothing is lost with it
    rows = (
        *block.of("blank", "comment", "reference", "msgctxt", "msgid"),
        *_new_comments(block, edit, newline),
        *_owned(block, edit, newline),
        *_flags(block, edit, newline),
        *_previous(block, edit, newline),
        *_msgstr(block, edit, newline),
    )
    marked_rows = (_mark_obsolete(row, edit.obsolete) for row in rows)
    ordered = tuple(sorted(marked_rows, key=lambda row: _ORDER.index(row.kind)))
    is_unchanged = sorted(row.text for row in ordered) == sorted(row.text for row in block.rows)
    return block if is_unchanged else Block(ordered, block.line)


def with_comments(comments: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """A person's comments, followed by those of `more` that are not among them, each on one line."""
    new = (" ".join(comment.split()) for comment in more)
    return (*comments, *(comment for comment in new if comment not in comments))


def _new_comments(block: Block, edit: Edit, newline: str) -> list[Row]:
    comments = with_comments(block.comments, edit.comments)[len(block.comments) :]
    return [Row("comment", f"# {comment}{newline}") for comment in comments]


def _owned(block: Block, edit: Edit, newline: str) -> list[Row]:
    """The extracted comments: those of other tools as they are, then the notes of the edit."""
    of_others = [row for row in block.of("owned") if row.text.strip()[2:].partition(":")[0].strip() not in OWNED]
    notes = sorted(edit.notes, key=lambda note: OWNED.index(note[0]))
    return of_others + [Row("owned", f"#. {key}: {' '.join(value.split())}{newline}") for key, value in notes]


def _flags(block: Block, edit: Edit, newline: str) -> list[Row]:
    flags = block.flags
    if ("fuzzy" in flags) == edit.fuzzy:
        return list(block.of("flags"))
    flags = ["fuzzy", *flags] if edit.fuzzy else [flag for flag in flags if flag != "fuzzy"]
    return [Row("flags", f"#, {', '.join(flags)}{newline}")] if flags else []


def _previous(block: Block, edit: Edit, newline: str) -> list[Row]:
    if block.value("previous") == edit.previous:
        return list(block.of("previous"))
    return [Row("previous", f"#| msgid {quote(edit.previous)}{newline}", edit.previous)] if edit.previous else []


def _msgstr(block: Block, edit: Edit, newline: str) -> list[Row]:
    if block.value("msgstr") == edit.text:
        return list(block.of("msgstr"))
    return [Row("msgstr", f"msgstr {quote(edit.text)}{newline}", edit.text)]


def _mark_obsolete(row: Row, obsolete: bool) -> Row:
    """The row with or without the mark of an obsolete entry (`#~ msgid`, `#~| msgid`)."""
    if row.kind not in ("previous", "msgctxt", "msgid", "plural", "msgstr") or row.old == obsolete:
        return row
    text = row.text.lstrip()
    if row.kind == "previous":
        return replace(row, old=obsolete, text=f"#~{text[1:]}" if obsolete else f"#{text[2:].lstrip()}")
    return replace(row, old=obsolete, text=f"#~ {text}" if obsolete else text[2:].lstrip())
