"""One PO file as values: what each entry says, who said it, and in which state that leaves the sentence.

A translator comment (`# …`) is a person's. The build owns the extracted comments (`#. key: value`): `place`, `engine`,
`score`, `corrected`, `finding` and `machine-sha`, the hash of what the machine wrote.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from site_src.model import Problem, State
from site_src.text.fold import fold_marks
from site_src.translate.edit import OWNED
from site_src.translate.lines import Block, PoSyntaxError, scan

if TYPE_CHECKING:
    from polib import POEntry

AUTHORS = "project authors"
"""`# approved: project authors`: a person's translation that no editor has reviewed."""

_SAID = re.compile(r"(approved|withheld)\s*:\s*(.*)", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """A source sentence and its translation, as one file holds them."""

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
    """The build's own lines, as (key, value)."""
    line: int = 0
    """1-based line of its first row; 0 for an entry that is not in a file yet."""

    @cached_property
    def state(self) -> State:
        """What the memory alone says of the sentence; a check may still withhold a machine's."""
        if self.said("withheld") is not None:
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
        """Whether the text is, letter for letter, what a machine wrote."""
        return bool(self.text) and self.note("machine-sha") == sha(self.text)

    def note(self, key: str) -> str:
        """The build's first line of that key; "" where there is none."""
        return next((value for name, value in self.notes if name == key), "")

    def said(self, word: str) -> str | None:
        """What a person wrote after `# approved:` or `# withheld:`; None where nobody did."""
        found = (_SAID.fullmatch(comment.strip()) for comment in self.comments)
        return next((said[2].strip() for said in found if said and said[1].lower() == word), None)


@dataclass(frozen=True, slots=True)
class PoFile:
    """All entries of a file, in its order; none where it cannot be read."""

    slug: str
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()


@lru_cache(maxsize=1 << 16)
def sentence_key(text: str) -> str:
    """What a sentence is remembered under: equal for two texts exactly when they are the same sentence."""
    return fold_marks(text)


def sha(text: str) -> str:
    """The `machine-sha` of a text: 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def parse_po(slug: str, text: str, file: str) -> PoFile:
    """The entries of a PO file's text (without byte order mark); a syntax error is a named problem and no entry.

    Entries with a context or a plural are another tool's: they are left alone and serve nothing.
    """
    import polib

    try:
        blocks = [block for block in scan(text).blocks if not block.header]
        # A text that ends in a newline is never the name of a file, which polib would open.
        parsed = [entry for entry in polib.pofile(text + "\n") if entry.msgid]
    except PoSyntaxError as error:
        return PoFile(slug, problems=(_unreadable(file, error.what, error.line),))
    except OSError as error:
        return PoFile(slug, problems=(_unreadable(file, str(error), None),))
    if len(blocks) != len(parsed):
        return PoFile(slug, problems=(_unreadable(file, "its entries cannot be told apart", None),))
    pairs = [(block, entry) for block, entry in zip(blocks, parsed, strict=True) if block.plain]
    return PoFile(slug, tuple(_entry(slug, block, entry) for block, entry in pairs))


def _unreadable(file: str, what: str, line: int | None) -> Problem:
    todo = "Mend the line in a text editor, or fetch the last good file from the folder .backup beside it."
    return Problem(file, "memory-syntax", f"is not a readable PO file and was left as it is: {what}", todo, line)


def _entry(slug: str, block: Block, parsed: POEntry) -> Entry:
    """The values from polib; the comments from the lines, because polib gives the first entry's to the file."""
    said = tuple(row.text.strip()[1:].strip() for row in block.of("comment"))
    keyed = (row.text.strip()[2:].strip().partition(":") for row in block.of("owned"))
    notes = tuple((key.strip(), value.strip()) for key, colon, value in keyed if colon and key.strip() in OWNED)
    return Entry(
        slug, parsed.msgid, parsed.msgstr, "fuzzy" in parsed.flags, bool(parsed.obsolete),
        block.value("previous"), said, notes, block.line,
    )  # fmt: skip
