"""One PO file as values: what each entry says, who said it, and in which state that leaves the sentence.

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

_SAID = late(r"(approved|withheld)\s*:\s*(.*)", re.IGNORECASE)


class Entry(Struct, frozen=True, dict=True):
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

    @Once
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


class PoFile(Struct, frozen=True, dict=True):
    """All entries of a file, in its order; none where it cannot be read."""

    slug: str
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()

    @Once
    def by_sentence(self) -> Mapping[str, Entry]:
        """Its entries by folded sentence: of two the first, but a living one before an obsolete one."""
        found: dict[str, Entry] = {}
        for entry in sorted(self.entries, key=is_obsolete):
            found.setdefault(sentence_key(entry.source), entry)
        return found


is_obsolete = attrgetter("obsolete")


@lru_cache(maxsize=1 << 16)
def sentence_key(text: str) -> str:
    """What a sentence is remembered under: equal for two texts exactly when they are the same sentence."""
    return fold_marks(text)


def sha(text: str) -> str:
    """16 hexadecimal digits of the SHA-256 of a text: the `machine-sha` of a translation, the mark of words shown."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def parse_po(slug: str, text: str, file: str) -> PoFile:
    """The entries of a PO file's text (without byte order mark); a syntax error is a named problem and no entry.

    Entries with a context or a plural are another tool's: they are left alone and serve nothing.
    """
    try:
        found = scan(text)
        blocks = [block for block in found.blocks if not block.header]
        ordinary = _ordinary(text, found)
        read = [_values(block) for block in blocks] if ordinary else _values_by_polib(text)
    except PoSyntaxError as error:
        return PoFile(slug, problems=(_unreadable(file, error.what, error.line),))
    except OSError as error:
        return PoFile(slug, problems=(_unreadable(file, str(error), None),))
    if len(blocks) != len(read):
        return PoFile(slug, problems=(_unreadable(file, "its entries cannot be told apart", None),))
    pairs = [(block, values) for block, values in zip(blocks, read, strict=True) if block.plain]
    return PoFile(slug, tuple(_entry(slug, block, values) for block, values in pairs))


Values = tuple[str, str, bool, bool]
"""Source, text, whether it is fuzzy, whether it is obsolete."""


def _ordinary(text: str, found: Scan) -> bool:
    """Whether a file is written as this project and gettext write it, so that polib could read nothing else of it.

    polib takes as long as all the rest; it is asked about files that people or other tools wrote in another way.
    """
    lines = text.count("\n") + (not text.endswith("\n") and bool(text))
    return (
        len(text.splitlines()) == lines
        and all(row.kind == "blank" for row in found.tail)
        and all(_in_order(block) for block in found.blocks)
    )


def _in_order(block: Block) -> bool:
    """Whether its rows stand in the usual order, each string row written without a needless space."""
    rows = block.rows[next(place for place, row in enumerate(block.rows) if row.kind != "blank") :]
    ranks = [_RANKS.get(row.kind, 0) for row in rows]
    strings = [row for row in rows if row.kind in ("msgid", "msgstr")]
    return (
        0 not in ranks
        and ranks == sorted(ranks)
        and len({row.old for row in strings}) == 1
        and all(row.text.startswith(_WRITTEN[row.old]) for row in strings)
    )


_RANKS = {"comment": 1, "owned": 1, "reference": 1, "flags": 1, "msgid": 2, "msgstr": 3}
_WRITTEN = {False: ('msgid "', 'msgstr "', '"'), True: ('#~ msgid "', '#~ msgstr "', '#~ "')}


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
    """The entry; its comments from the lines, because polib gives the first entry's to the file."""
    keyed = (row.text.strip()[2:].strip().partition(":") for row in block.of("owned"))
    notes = tuple((key.strip(), value.strip()) for key, colon, value in keyed if colon and key.strip() in OWNED)
    return Entry(slug, *values, block.value("previous"), block.comments, notes, block.line)
