"""The line editor of PO files: changes the entries that it is told to, and leaves every other byte as it was."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from site_src.translate.po.lines import Block, Kind, Row, quote, scan

OWNED = ("place", "engine", "score", "corrected", "finding", "machine-sha")
"""The keys of the comment lines (`#. key: value`) that the build writes, and it alone."""

_ORDER: tuple[Kind, ...] = (
    "blank", "comment", "owned", "reference", "flags", "previous", "msgctxt", "msgid", "plural", "msgstr",
)  # fmt: skip
_HEADER = (
    'msgid ""\nmsgstr ""\n"Project-Id-Version: {slug}\\n"\n"Language: {lang}\\n"\n"X-Source-Language: {source}\\n"\n'
    '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
)


class Edit(Struct, frozen=True):
    """What an entry of a story's file shall be; a person's comments and other tools' lines in it always stay."""

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
    """The text that this edit knew; where the file says something else by now, somebody's newer words stay."""
    was_fuzzy: bool = False
    """Whether it knew the entry as not approved; an approval that came in the meantime stays as well."""
    after: str = ""
    """Source of the entry before it, for an entry that is new in the file; "": it goes first."""
    source_lang: str = "ar"
    comments: tuple[str, ...] = ()
    """A person's words that come with the text, such as "approved: project authors"; added to those in the file."""


def new_file(slug: str, lang: str, source: str) -> str:
    """The text of a story's file without entries. It holds no date: the same inputs give the same bytes."""
    return _HEADER.format(slug=slug, lang=lang, source=source)


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The file's text with the edits made; the same text where there is nothing to change."""
    found = scan(text)
    blocks = list(found.blocks)
    places = _places(blocks)
    newline = "\r\n" if "\r\n" in text else "\n"
    for edit in edits:
        if edit.source in places:
            place = places[edit.source]
            blocks[place] = _changed(blocks[place], edit, newline)
        elif not edit.obsolete:
            at = places[edit.after] + 1 if edit.after in places else len(blocks) if edit.after else 0
            blocks.insert(at, _new(edit, newline))
            if at == len(blocks) - 1:
                places[edit.source] = at
            else:
                places = _places(blocks)
    return _text((*(row for block in blocks for row in block.rows), *found.tail), newline)


def _places(blocks: list[Block]) -> dict[str, int]:
    """Where each sentence stands, the header under ""; the first place where it stands twice."""
    return {block.value("msgid"): place for place, block in reversed(list(enumerate(blocks))) if block.plain}


def _text(rows: tuple[Row, ...], newline: str) -> str:
    """The rows as text; a last line without newline gets one only when something now follows it."""
    texts = [row.text for row in rows]
    return "".join([line if line.endswith("\n") else line + newline for line in texts[:-1]] + texts[-1:])


def _new(edit: Edit, newline: str) -> Block:
    rows = (Row("blank", newline), Row("msgid", f"msgid {quote(edit.source)}{newline}", edit.source))
    return _changed(
        Block((*rows, Row("msgstr", f'msgstr ""{newline}'))), replace(edit, was="", was_fuzzy=False), newline
    )


def _changed(block: Block, edit: Edit, newline: str) -> Block:
    """The block as the edit wants it, unless a person has written or approved something in the meantime."""
    if (block.value("msgstr"), "fuzzy" in block.flags) != (edit.was, edit.was_fuzzy):
        return block
    if edit.obsolete and not edit.text and not block.of("comment"):
        return Block(())  # an empty entry is no pair: nothing is lost with it
    kept = (*block.of("blank", "comment", "reference", "msgctxt", "msgid"), *_comments(block, edit, newline))
    fresh = (*_owned(block, edit, newline), *_flags(block, edit, newline), *_previous(block, edit, newline))
    rows = [_marked(row, edit.obsolete) for row in (*kept, *fresh, *_msgstr(block, edit, newline))]
    ordered = tuple(sorted(rows, key=lambda row: _ORDER.index(row.kind)))
    same = sorted(row.text for row in ordered) == sorted(row.text for row in block.rows)
    return block if same else Block(ordered, block.line)


def with_comments(there: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """A person's comments with those added that are not there yet, each on one line."""
    fresh = (" ".join(comment.split()) for comment in more)
    return (*there, *(comment for comment in fresh if comment not in there))


def _comments(block: Block, edit: Edit, newline: str) -> list[Row]:
    there = block.comments
    return [Row("comment", f"# {comment}{newline}") for comment in with_comments(there, edit.comments)[len(there) :]]


def _owned(block: Block, edit: Edit, newline: str) -> list[Row]:
    others = [row for row in block.of("owned") if row.text.strip()[2:].partition(":")[0].strip() not in OWNED]
    ours = sorted(edit.notes, key=lambda note: OWNED.index(note[0]))
    return others + [Row("owned", f"#. {key}: {' '.join(value.split())}{newline}") for key, value in ours]


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


def _marked(row: Row, obsolete: bool) -> Row:
    """The row with or without the mark of an obsolete entry (`#~ msgid`, `#~| msgid`)."""
    if row.kind not in ("previous", "msgctxt", "msgid", "plural", "msgstr") or row.old == obsolete:
        return row
    text = row.text.lstrip()
    if row.kind == "previous":
        return replace(row, old=obsolete, text=f"#~{text[1:]}" if obsolete else f"#{text[2:].lstrip()}")
    return replace(row, old=obsolete, text=f"#~ {text}" if obsolete else text[2:].lstrip())
