"""A PO file as values: the text of each entry, who wrote it, and the state of the sentence that follows from these.

A translator comment (`# …`) is a person's. The build owns the extracted comments (`#. key: value`): `place`, `engine`,
`score`, `corrected`, `finding` and `machine-sha`, the hash of what the machine wrote.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from operator import attrgetter

from msgspec import Struct

from site_src.model.edition import State
from site_src.model.report import Problem
from site_src.text.fold import fold_marks
from site_src.text.memo import Once
from site_src.text.patterns import late
from site_src.translate.po.edit import OWNED
from site_src.translate.po.lines import Block, PoSyntaxError, Scan, scan

AUTHORS = "project authors"
"""`# approved: project authors`: a person's translation that no editor has reviewed."""

_STATEMENT = late(r"(approved|withheld)\s*:\s*(.*)", re.IGNORECASE)


class Entry(Struct, frozen=True, dict=True):
    """A source sentence and its translation, as one file has them."""

    slug: str
    source: str
    text: str = ""
    fuzzy: bool = False
    obsolete: bool = False
    previous: str = ""
    """The source sentence that `text` was written for, where the article has changed since."""
    comments: tuple[str, ...] = ()
    """A person's comment lines, without their `# `."""
    notes: tuple[tuple[str, str], ...] = ()
    """The lines that the build owns, as (key, value)."""
    line: int = 0
    """1-based line of its first row; 0 for an entry that is not in a file yet."""

    @Once
    def state(self) -> State:
        """The state of the sentence by its entry alone; a check may still withhold what a machine wrote."""
        if self.statement("withheld") is not None:
            return "withheld"
        if not self.text.strip():
            return "pending"
        if not self.fuzzy:
            return "approved"
        if self.previous:
            return "stale"
        return "machine" if self.untouched else "draft"

    @property
    def untouched(self) -> bool:
        """Whether the text is exactly what a machine wrote."""
        return bool(self.text) and self.note("machine-sha") == sha(self.text)

    def note(self, key: str) -> str:
        """The value of the build's first line with this key; "" where there is none."""
        return next((value for name, value in self.notes if name == key), "")

    def statement(self, word: str) -> str | None:
        """What a person wrote after `# approved:` or `# withheld:`; None where nobody wrote such a comment."""
        matches = (_STATEMENT.fullmatch(comment.strip()) for comment in self.comments)
        return next((match[2].strip() for match in matches if match and match[1].lower() == word), None)


class PoFile(Struct, frozen=True, dict=True):
    """All entries of a file, in its order; none where it cannot be read."""

    slug: str
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()

    @Once
    def by_sentence(self) -> Mapping[str, Entry]:
        """The entries by folded sentence: the first of equal ones, but a current one before an obsolete one."""
        entries: dict[str, Entry] = {}
        for entry in sorted(self.entries, key=is_obsolete):
            entries.setdefault(sentence_key(entry.source), entry)
        return entries


is_obsolete = attrgetter("obsolete")


@lru_cache(maxsize=1 << 16)
def sentence_key(text: str) -> str:
    """The key of a sentence in the memory: equal for two texts exactly when they are the same sentence."""
    return fold_marks(text)


def sha(text: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of a text, as in the note `machine-sha`."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def parse_po(slug: str, text: str, file: str) -> PoFile:
    """The entries of a PO file's text (without byte order mark); with a syntax error, one problem and no entry.

    Entries with a context or a plural belong to another tool: they are left alone and not used.
    """
    try:
        scanned = scan(text)
        blocks = [block for block in scanned.blocks if not block.header]
        values = [_values(block) for block in blocks] if _is_ordinary(text, scanned) else _values_by_polib(text)
    except PoSyntaxError as error:
        return PoFile(slug, problems=(_unreadable(file, error.what, error.line),))
    except OSError as error:
        return PoFile(slug, problems=(_unreadable(file, str(error), None),))
    if len(blocks) != len(values):
        return PoFile(slug, problems=(_unreadable(file, "its entries cannot be told apart", None),))
    pairs = zip(blocks, values, strict=True)
    return PoFile(slug, tuple(_entry(slug, block, row) for block, row in pairs if block.plain))


Values = tuple[str, str, bool, bool]
"""(source, text, is fuzzy, is obsolete) of an entry."""


def _is_ordinary(text: str, scanned: Scan) -> bool:
    """Whether a file is written as this project and gettext write it, so that polib would read the same from it.

    polib takes as long as all the rest. It reads only the files that people or other tools wrote in another way.
    """
    lines = text.count("\n") + (not text.endswith("\n") and bool(text))
    return (
        len(text.splitlines()) == lines
        and all(row.kind == "blank" for row in scanned.tail)
        and all(_is_in_order(block) for block in scanned.blocks)
    )


def _is_in_order(block: Block) -> bool:
    """Whether the rows of a block stand in the usual order, and rows with strings have no needless spaces."""
    rows = block.rows[next(index for index, row in enumerate(block.rows) if row.kind != "blank") :]
    ranks = [_RANKS.get(row.kind, 0) for row in rows]
    strings = [row for row in rows if row.kind in ("msgid", "msgstr")]
    return (
        0 not in ranks
        and ranks == sorted(ranks)
        and len({row.old for row in strings}) == 1
        and all(row.text.startswith(_STRING_STARTS[row.old]) for row in strings)
    )


_RANKS = {"comment": 1, "owned": 1, "reference": 1, "flags": 1, "msgid": 2, "msgstr": 3}
_STRING_STARTS = {False: ('msgid "', 'msgstr "', '"'), True: ('#~ msgid "', '#~ msgstr "', '#~ "')}


def _values(block: Block) -> Values:
    return block.value("msgid"), block.value("msgstr"), "fuzzy" in block.flags, block.obsolete


def _values_by_polib(text: str) -> list[Values]:
    import polib

    # A text that ends in a newline is never the name of a file, which polib would open.
    entries = (entry for entry in polib.pofile(text + "\n") if entry.msgid)
    return [(entry.msgid, entry.msgstr, "fuzzy" in entry.flags, bool(entry.obsolete)) for entry in entries]


def _unreadable(file: str, what: str, line: int | None) -> Problem:
    todo = "Mend the line in a text editor, or fetch the last good file from the folder .backup beside it."
    return Problem(file, "memory-syntax", f"is not a readable PO file and was left as it is: {what}", todo, line)


def _entry(slug: str, block: Block, values: Values) -> Entry:
    """The entry of a block; comments are taken from the block, for polib gives those of the first entry to the file."""
    pairs = (row.text.strip()[2:].strip().partition(":") for row in block.of("owned"))
    notes = tuple((key.strip(), value.strip()) for key, colon, value in pairs if colon and key.strip() in OWNED)
    return Entry(slug, *values, block.value("previous"), block.comments, notes, block.line)
