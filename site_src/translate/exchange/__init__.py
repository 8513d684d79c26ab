"""Import and export of the memory in the formats of translation tools: PO, TMX 1.4, XLIFF, tab-separated text."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable
from typing import Literal

from msgspec import Struct

from site_src.errors import MujazError
from site_src.translate.exchange.markup import Unit
from site_src.translate.exchange.tmx import read_tmx, write_tmx
from site_src.translate.exchange.xliff import Version, read_xliff, write_xliff
from site_src.translate.memory import Memory
from site_src.translate.po import Entry, parse_po, sentence_key
from site_src.translate.po.edit import Edit, apply_edits, new_file
from site_src.translate.settle import edit_of

Format = Literal["po", "tmx", "tsv", "xlf", "xliff"]
"""The suffix of the file's name; "xlf" is XLIFF 1.2, "xliff" is XLIFF 2.0."""

JOBS: frozenset[Format] = frozenset({"xlf", "xliff"})
"""Formats that also take sentences without a translation, for a translator to fill in."""

ELSEWHERE = "_imported"
"""Slug of the memory file for imported sentences that are in no story; no story can have it."""

_REPLACEABLE = ("pending", "machine", "stale")
"""States without a translation, or only with one by a machine, which an import may replace."""
_USABLE = ("approved", "machine", "draft")
"""States with a translation that nobody withheld."""

Writer = Callable[[tuple["Pair", ...], str, str], str]
Reader = Callable[[str, str, str], tuple["Pair", ...]]


class ExchangeError(MujazError):
    """A file that cannot be imported; `str(error)` says why."""


class Pair(Struct, frozen=True):
    """A sentence and its translation, outside any story."""

    source: str
    text: str
    approved: bool = False
    by: str = ""
    """Who approved it, if anybody is named."""


def pairs_of(memory: Memory) -> tuple[Pair, ...]:
    """Each distinct sentence with a translation, once: the approved one where there is one, never a withheld one."""
    pairs = []
    for entries in memory.anywhere.values():
        usable = [entry for entry in entries if entry.state in _USABLE]
        approved = (entry for entry in usable if entry.state == "approved")
        if best := next(approved, usable[0] if usable else None):
            pairs.append(_pair(best))
    return tuple(pairs)


def _pair(entry: Entry) -> Pair:
    return Pair(entry.source, entry.text, entry.state == "approved", entry.statement("approved") or "")


def waiting_of(memory: Memory) -> tuple[Pair, ...]:
    """Each distinct sentence of a story that waits for a translation, once, for a format of `JOBS`."""
    waiting = [entries[0] for entries in memory.anywhere.values() if all(entry.state == "pending" for entry in entries)]
    return tuple(Pair(entry.source, "") for entry in waiting if not entry.obsolete)


def export(pairs: Iterable[Pair], file_format: Format, source_lang: str, lang: str) -> str:
    """The text of a file of this format with the pairs."""
    return _WRITERS[file_format](tuple(pairs), source_lang, lang)


def decoded(content: bytes) -> str:
    """The text of a foreign file: UTF-8, or UTF-16 where its byte order mark says so; raises `ExchangeError`."""
    is_utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeError as error:
        raise ExchangeError(f"The file is neither UTF-8 nor UTF-16 ({error}).") from error


def read_pairs(text: str, file_format: Format, source_lang: str, lang: str) -> tuple[Pair, ...]:
    """The pairs with a translation in the text of a file of this format; raises `ExchangeError` with the line."""
    pairs = _READERS[file_format](text.removeprefix("\ufeff"), source_lang, lang)
    return tuple(pair for pair in pairs if pair.source.strip() and pair.text.strip())


class Imported(Struct, frozen=True):
    """What an import would change."""

    edits: tuple[Edit, ...]
    known: int = 0
    """How many pairs the memory has already."""
    refused: tuple[str, ...] = ()
    """Sources for which a person has written another translation here, which is not changed."""


def import_pairs(memory: Memory, pairs: Iterable[Pair], source_lang: str = "ar") -> Imported:
    """The edits that put the pairs into the memory: into every entry without a translation by a person.

    An approved pair becomes an approved entry, any other a person's draft. A sentence that is in no story goes into a
    file of its own, from which it serves all stories. What a person has written here is never replaced.
    """
    edits: list[Edit] = []
    refused: list[str] = []
    known = 0
    for key, pair in {sentence_key(pair.source): pair for pair in pairs}.items():
        entries = memory.anywhere.get(key, ())
        replaceable = [entry for entry in entries if entry.state in _REPLACEABLE]
        if any(entry.text == pair.text and _adds_nothing(pair, entry) for entry in entries):
            known += 1
        elif replaceable:
            edits += [_fill(entry, pair, memory.lang) for entry in replaceable]
        elif entries:
            refused.append(pair.source)
        else:
            edits.append(_fill(Entry(ELSEWHERE, pair.source), pair, memory.lang, source_lang))
    return Imported(tuple(edits), known, tuple(refused))


def _adds_nothing(pair: Pair, entry: Entry) -> bool:
    """Whether a pair with the same text leaves the entry as it is: a machine's words remain so until approved."""
    return entry.state in ("approved", "draft") or not pair.approved


def _fill(entry: Entry, pair: Pair, lang: str, source_lang: str = "ar") -> Edit:
    """The edit that puts the translation of the pair into the entry."""
    comments = (f"approved: {pair.by}",) if pair.approved and pair.by else ()
    notes = tuple((key, value) for key, value in entry.notes if key == "place")
    return edit_of(entry, lang, text=pair.text, fuzzy=not pair.approved, previous="", comments=comments, notes=notes,
                   after=entry.source if entry.line else ELSEWHERE, source_lang=source_lang)  # fmt: skip


def _write_po(pairs: tuple[Pair, ...], source_lang: str, lang: str) -> str:
    entries = (_fill(Entry("memory", pair.source), pair, lang) for pair in pairs)
    return apply_edits(new_file("memory", lang, source_lang), entries)


def _read_po(text: str, source_lang: str, lang: str) -> tuple[Pair, ...]:
    file = parse_po("memory", text, "The PO file")
    if file.problems:
        line = f" (line {file.problems[0].line})" if file.problems[0].line else ""
        raise ExchangeError(f"{file.problems[0].file}{line} {file.problems[0].what}.")
    return tuple(_pair(entry) for entry in file.entries if entry.state in _USABLE)


def _units(pairs: Iterable[Pair]) -> list[Unit]:
    """The pairs as the other formats hold them."""
    return [
        (pair.source, pair.text, "approved" if pair.approved else "draft" if pair.text else "", pair.by)
        for pair in pairs
    ]


def _pairs(units: Iterable[Unit]) -> tuple[Pair, ...]:
    return tuple(Pair(source, target, state == "approved", by) for source, target, state, by in units)


def _write_tsv(pairs: tuple[Pair, ...], source_lang: str, lang: str) -> str:
    rows = ("\t".join(" ".join(cell.split()) for cell in unit) for unit in _units(pairs))
    return "".join(row.rstrip("\t") + "\n" for row in rows)


def _read_tsv(text: str, source_lang: str, lang: str) -> tuple[Pair, ...]:
    units: list[Unit] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) < 2:
            raise ExchangeError(f"Line {number} has no tab between source and translation: {line[:60]}")
        source, target, state, by = (cell.strip() for cell in [*cells, "", ""][:4])
        units.append((source, target, state, by))
    return _pairs(units)


def _write_tmx(pairs: tuple[Pair, ...], source_lang: str, lang: str) -> str:
    return write_tmx(_units(pairs), source_lang, lang)


def _write_xliff(version: Version) -> Writer:
    return lambda pairs, source_lang, lang: write_xliff(_units(pairs), source_lang, lang, version)


def _read_xml(read: Callable[[str, str, str], Iterable[Unit]], format_name: str) -> Reader:
    """A reader for an XML format, whose units `read` finds; `format_name` names it in errors."""

    def read_as_pairs(text: str, source_lang: str, lang: str) -> tuple[Pair, ...]:
        try:
            return _pairs(read(text, source_lang, lang))
        except ValueError as error:
            raise ExchangeError(f"The {format_name} file cannot be read: {error}.") from error

    return read_as_pairs


_WRITERS: dict[Format, Writer] = {
    "po": _write_po, "tmx": _write_tmx, "tsv": _write_tsv, "xlf": _write_xliff("1.2"), "xliff": _write_xliff("2.0"),
}  # fmt: skip
_READERS: dict[Format, Reader] = {
    "po": _read_po, "tmx": _read_xml(read_tmx, "TMX"), "tsv": _read_tsv,
    "xlf": _read_xml(read_xliff, "XLIFF"), "xliff": _read_xml(read_xliff, "XLIFF"),
}  # fmt: skip
