"""What a person decides about a sentence, as a change of its story's PO file: text in, text out.

A decision leaves the file as a person would have left it by hand: `fuzzy` and `msgstr` change, the person's
`# approved:` and `# withheld:` comments follow the decision, and every other byte stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from site_src.translate.po import Entry, PoFile, sentence_key, sha
from site_src.translate.po.edit import Edit, apply_edits, new_file
from site_src.translate.po.lines import Block, Row, scan
from site_src.translate.segments import Segment
from site_src.translate.settle import edit_of

Action = Literal["approve", "draft", "withhold", "return"]

_VERDICT = re.compile(r"#\s*(approved|withheld)\s*:.*", re.IGNORECASE)
"""A comment by which a person approves or withholds the sentence of an entry."""
_LINE_BREAKS = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")
"""Control characters and marks of direction, which nobody sees when they are pasted."""


class Decision(Struct, frozen=True):
    """What a person wants done with a sentence."""

    action: Action
    """"return" sends the sentence back: to the machine's text, or untranslated where a person had replaced it."""
    text: str = ""
    """The translation as it was typed; "" for a sentence that is sent back."""
    reason: str = ""
    """Why the sentence is withheld, as pages will show it."""
    sure: bool = False
    """Whether the person confirmed it after the desk asked."""

    @property
    def words(self) -> str:
        """The text on one line, as PO files store a sentence."""
        return plain(self.text).strip()

    @property
    def why(self) -> str:
        """The reason on one line; "" for none."""
        return " ".join(plain(self.reason).split())


def plain(text: str) -> str:
    """The text with line breaks as spaces and without invisible characters."""
    return _INVISIBLE.sub("", _LINE_BREAKS.sub(" ", text))


def mark(entry: Entry | None) -> str:
    """A digest of all that matters to a person in an entry: entries that differ only in other things share it."""
    if entry is None:
        return ""
    content = (entry.source, entry.text, entry.fuzzy, entry.previous, *entry.comments)
    return sha(repr(content))


def find_entry(file: PoFile, source: str) -> Entry | None:
    """The entry of the file that translates a sentence: a live one if there is one, else an obsolete one."""
    entries = [entry for entry in file.entries if sentence_key(entry.source) == sentence_key(source)]
    return next((entry for entry in entries if not entry.obsolete), entries[0] if entries else None)


def apply_decision(
    text: str,
    file_entry: Entry | None,
    shown_entry: Entry | None,
    segment: Segment,
    previous_source: str,
    decision: Decision,
) -> str:
    """The text of a story's PO file with the decision in it; `text` is "" where there is no file yet.

    `file_entry` is the entry of this file, `shown_entry` the one whose translation the site uses. They differ where
    the translation comes from another story. `previous_source` is the source of the sentence before this one.
    """
    current = shown_entry or Entry(segment.slug, segment.source)
    if file_entry:
        base = edit_of(file_entry, segment.lang, obsolete=False)
    else:
        base = _new_entry(current, segment, previous_source)
    file_text = text or new_file(segment.slug, segment.lang, segment.source_lang)
    outdated = ("approved",) if decision.action == "draft" else ("approved", "withheld")
    return apply_edits(_without_verdicts(file_text, base.source, outdated), [_edit(base, current, decision)])


def _new_entry(shown: Entry, segment: Segment, previous_source: str) -> Edit:
    """An entry for a sentence that the file lacks; the notes of `shown` are copied if it belongs to this story."""
    place = (("place", segment.place),)
    notes = tuple(note for note in shown.notes if note[0] != "place") if shown.slug == segment.slug else ()
    return Edit(segment.slug, segment.lang, segment.source, after=previous_source, source_lang=segment.source_lang,
                notes=place + notes)  # fmt: skip


def _edit(base: Edit, current: Entry, decision: Decision) -> Edit:
    """`base` with the text, flags and comments that the decision asks for."""
    unchanged = decision.words == current.text
    if decision.action == "approve":
        return replace(base, text=decision.words, fuzzy=False, previous="")
    if decision.action == "draft":
        return replace(base, text=decision.words, fuzzy=True, previous=current.previous if unchanged else "")
    if decision.action == "withhold":
        verdict = f"withheld: {decision.why}".strip()
        fuzzy = bool(decision.words) and (current.fuzzy or not unchanged)
        return replace(base, text=decision.words, fuzzy=fuzzy, comments=(verdict,))
    if current.untouched:
        return replace(base, text=current.text, fuzzy=True)
    place = tuple(note for note in base.notes if note[0] == "place")
    return replace(base, text="", fuzzy=False, previous="", notes=place)


def has_human_text(entry: Entry | None) -> bool:
    """Whether sending the sentence back would delete words that a person wrote."""
    return bool(entry and entry.text.strip() and not entry.untouched)


def _without_verdicts(text: str, source: str, verdicts: tuple[str, ...]) -> str:
    """The text without such comments ("approved", "withheld") at the entry of `source`."""

    def stays(row: Row) -> bool:
        verdict = _VERDICT.fullmatch(row.text.strip()) if row.kind == "comment" else None
        return not verdict or verdict[1].lower() not in verdicts

    block = _find_block(scan(text).blocks, source)
    if block is None:
        return text
    return with_block(text, source, "".join(row.text for row in block.rows if stays(row)))


def _find_block(blocks: Iterable[Block], source: str) -> Block | None:
    return next((block for block in blocks if block.plain and block.value("msgid") == source), None)


def block_text(text: str, source: str) -> str | None:
    """The lines of a sentence's entry, byte for byte; None where the text has no such entry."""
    block = _find_block(scan(text).blocks, source) if text else None
    return None if block is None else _block_lines(block)


def with_block(text: str, source: str, lines: str | None) -> str:
    """The text with these lines for the entry of `source` (None removes it); unchanged where it has no such entry."""
    scanned = scan(text)
    replaced = _find_block(scanned.blocks, source)
    blocks = [(lines or "") if block == replaced else _block_lines(block) for block in scanned.blocks]
    return "".join(blocks) + "".join(row.text for row in scanned.tail)


def _block_lines(block: Block) -> str:
    return "".join(row.text for row in block.rows)
