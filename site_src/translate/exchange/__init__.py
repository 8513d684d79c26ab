"""The memory in the formats of translators' tools: PO, TMX 1.4, XLIFF and tab-separated text, out and in."""

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
from site_src.translate.po.edit import Edit, edited, new_file
from site_src.translate.settle import edit_of

Format = Literal["po", "tmx", "tsv", "xlf", "xliff"]
"""By the end of a file's name; "xlf" is XLIFF 1.2, "xliff" 2.0."""

JOBS: frozenset[Format] = frozenset({"xlf", "xliff"})
"""Formats that hold sentences without a translation too, for a translator to fill."""

ELSEWHERE = "_imported"
"""Name of the memory file for imported sentences that stand in no story; no story can have it as its slug."""


_OPEN = ("pending", "machine", "stale")
"""States that wait for a person's words, or hold only a machine's."""
_USABLE = ("approved", "machine", "draft")
"""States that have a translation which nobody withheld."""


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
    """Each distinct sentence that has a translation, once: the approved one where there is one, withheld ones never."""
    found = []
    for entries in memory.anywhere.values():
        usable = [entry for entry in entries if entry.state in _USABLE]
        if best := next((entry for entry in usable if entry.state == "approved"), usable[0] if usable else None):
            found.append(_pair(best))
    return tuple(found)


def _pair(entry: Entry) -> Pair:
    return Pair(entry.source, entry.text, entry.state == "approved", entry.said("approved") or "")


def waiting_of(memory: Memory) -> tuple[Pair, ...]:
    """Each distinct sentence of a story that waits for a translation, once, for a format that is a translator's job."""
    found = [entries[0] for entries in memory.anywhere.values() if all(entry.state == "pending" for entry in entries)]
    return tuple(Pair(entry.source, "") for entry in found if not entry.obsolete)


def export(pairs: Iterable[Pair], form: Format, source_lang: str, lang: str) -> str:
    """The pairs as the text of a file of that format."""
    return _WRITERS[form](tuple(pairs), source_lang, lang)


def decoded(content: bytes) -> str:
    """The text of a foreign file: UTF-8, or UTF-16 where its byte order mark says so; raises `ExchangeError`."""
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeError as error:
        raise ExchangeError(f"The file is neither UTF-8 nor UTF-16 ({error}).") from error


def read_pairs(text: str, form: Format, source_lang: str, lang: str) -> tuple[Pair, ...]:
    """The pairs of such a file, those without a translation left out; raises `ExchangeError` with the line."""
    pairs = _READERS[form](text.removeprefix("\ufeff"), source_lang, lang)
    return tuple(pair for pair in pairs if pair.source.strip() and pair.text.strip())


class Imported(Struct, frozen=True):
    """What an import would change."""

    edits: tuple[Edit, ...]
    known: int = 0
    """Pairs that the memory holds already."""
    refused: tuple[str, ...] = ()
    """Sources for which a person has other words here; those stay."""


def import_pairs(memory: Memory, pairs: Iterable[Pair], source_lang: str = "ar") -> Imported:
    """The edits that bring the pairs into the memory: into every entry that waits or that only a machine filled.

    An approved pair arrives as approved, any other as a person's draft. A sentence of no story goes into a file of
    its own, from which it serves all stories. What a person has written here is never replaced.
    """
    edits: list[Edit] = []
    refused: list[str] = []
    known = 0
    for pair in {sentence_key(pair.source): pair for pair in pairs}.values():
        entries = memory.anywhere.get(sentence_key(pair.source), ())
        open_ = [entry for entry in entries if entry.state in _OPEN]
        if any(entry.text == pair.text and _says_no_more(pair, entry) for entry in entries):
            known += 1
        elif open_:
            edits += [_filled(entry, pair, memory.lang) for entry in open_]
        elif entries:
            refused.append(pair.source)
        else:
            edits.append(_filled(Entry(ELSEWHERE, pair.source), pair, memory.lang, source_lang))
    return Imported(tuple(edits), known, tuple(refused))


def _says_no_more(pair: Pair, entry: Entry) -> bool:
    """Whether a pair of the same text leaves the entry as it is: a machine's words stay a machine's till approved."""
    return entry.state in ("approved", "draft") or not pair.approved


def _filled(entry: Entry, pair: Pair, lang: str, source_lang: str = "ar") -> Edit:
    comments = (f"approved: {pair.by}",) if pair.approved and pair.by else ()
    notes = tuple(note for note in entry.notes if note[0] == "place")
    return edit_of(entry, lang, text=pair.text, fuzzy=not pair.approved, previous="", comments=comments, notes=notes,
                   after=entry.source if entry.line else ELSEWHERE, source_lang=source_lang)  # fmt: skip


def _write_po(pairs: tuple[Pair, ...], source_lang: str, lang: str) -> str:
    entries = (_filled(Entry("memory", pair.source), pair, lang) for pair in pairs)
    return edited(new_file("memory", lang, source_lang), entries)


def _read_po(text: str, source_lang: str, lang: str) -> tuple[Pair, ...]:
    file = parse_po("memory", text, "The PO file")
    if file.problems:
        line = f" (line {file.problems[0].line})" if file.problems[0].line else ""
        raise ExchangeError(f"{file.problems[0].file}{line} {file.problems[0].what}.")
    return tuple(_pair(entry) for entry in file.entries if entry.state in _USABLE)


def _units(pairs: Iterable[Pair]) -> list[Unit]:
    """The pairs as the other formats hold them."""
    return [(p.source, p.text, "approved" if p.approved else "draft" if p.text else "", p.by) for p in pairs]


def _pairs(units: Iterable[Unit]) -> tuple[Pair, ...]:
    return tuple(Pair(source, target, state == "approved", by) for source, target, state, by in units)


def _write_tsv(pairs: tuple[Pair, ...], source_lang: str, lang: str) -> str:
    return "".join("\t".join(" ".join(cell.split()) for cell in row).rstrip("\t") + "\n" for row in _units(pairs))


def _read_tsv(text: str, source_lang: str, lang: str) -> tuple[Pair, ...]:
    units: list[Unit] = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = line.split("\t")
        if line.strip() and len(cells) < 2:
            raise ExchangeError(f"Line {number} has no tab between source and translation: {line[:60]}")
        if line.strip():
            source, target, state, by = (cell.strip() for cell in [*cells, "", ""][:4])
            units.append((source, target, state, by))
    return _pairs(units)


def _write_tmx(pairs: tuple[Pair, ...], source_lang: str, lang: str) -> str:
    return write_tmx(_units(pairs), source_lang, lang)


def _write_xliff(version: Version) -> Writer:
    return lambda pairs, source_lang, lang: write_xliff(_units(pairs), source_lang, lang, version)


def _read_xml(read: Callable[[str, str, str], Iterable[Unit]], what: str) -> Reader:
    """What reads a format of XML by `read`; `what` names it."""

    def pairs(text: str, source_lang: str, lang: str) -> tuple[Pair, ...]:
        try:
            return _pairs(read(text, source_lang, lang))
        except ValueError as error:
            raise ExchangeError(f"The {what} file cannot be read: {error}.") from error

    return pairs


_WRITERS: dict[Format, Writer] = {
    "po": _write_po, "tmx": _write_tmx, "tsv": _write_tsv, "xlf": _write_xliff("1.2"), "xliff": _write_xliff("2.0"),
}  # fmt: skip
_READERS: dict[Format, Reader] = {
    "po": _read_po, "tmx": _read_xml(read_tmx, "TMX"), "tsv": _read_tsv,
    "xlf": _read_xml(read_xliff, "XLIFF"), "xliff": _read_xml(read_xliff, "XLIFF"),
}  # fmt: skip
