"""What a person decides about a sentence, as a change of its story's PO file: text in, text out.

A decision leaves the file as a person would have left it who made it by hand: `fuzzy` and `msgstr` change, their own
`# approved:` and `# withheld:` lines follow the decision, every other byte stays.
"""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from site_src.translate.po import Entry, PoFile, sentence_key, sha
from site_src.translate.po.edit import Edit, edited, new_file
from site_src.translate.po.lines import Block, Row, scan
from site_src.translate.segments import Segment
from site_src.translate.settle import edit_of

Action = Literal["approve", "draft", "withhold", "return"]

_SAID = re.compile(r"#\s*(approved|withheld)\s*:.*", re.IGNORECASE)
_LINE_BREAKS = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")
"""Commands to a terminal, and those that turn the words after them around: nobody sees them when they are pasted."""


class Decision(Struct, frozen=True):
    """What shall become of a sentence."""

    action: Action
    """"return": back to what the machine wrote, or to nobody's where a person's words stood."""
    text: str = ""
    """The translation as it was typed; a returned sentence has none."""
    reason: str = ""
    """Why it is withheld, as pages will tell."""
    sure: bool = False
    """It was asked for again, after a doubt."""

    @property
    def words(self) -> str:
        """The text on one line, as a sentence is kept."""
        return plain(self.text).strip()

    @property
    def why(self) -> str:
        """The reason on one line; "" for none."""
        return " ".join(plain(self.reason).split())


def plain(text: str) -> str:
    """Typed words on one line, without what nobody sees."""
    return _UNSEEN.sub("", _LINE_BREAKS.sub(" ", text))


def mark(entry: Entry | None) -> str:
    """A digest of all in an entry that is a person's concern: two entries that say the same have the same mark."""
    if entry is None:
        return ""
    said = (entry.source, entry.text, entry.fuzzy, entry.previous, *entry.comments)
    return sha(repr(said))


def own_entry(file: PoFile, source: str) -> Entry | None:
    """The entry of the file that speaks for a sentence, a living one before an obsolete one."""
    found = [entry for entry in file.entries if sentence_key(entry.source) == sentence_key(source)]
    return next((entry for entry in found if not entry.obsolete), found[0] if found else None)


def decided(text: str, own: Entry | None, shown: Entry | None, segment: Segment, after: str, what: Decision) -> str:
    """The text of a story's file ("" where there is none yet) once the decision is in it.

    `own` is the entry that the file holds, `shown` the one that speaks for the sentence (they differ where another
    story's translation serves); `after` is the source of the sentence before it.
    """
    before = shown or Entry(segment.slug, segment.source)
    base = edit_of(own, segment.lang, obsolete=False) if own else _new(before, segment, after)
    whole = text or new_file(segment.slug, segment.lang, segment.source_lang)
    taken_back = ("approved",) if what.action == "draft" else ("approved", "withheld")
    return edited(_without_said(whole, base.source, taken_back), [_edit(base, before, what)])


def _new(shown: Entry, segment: Segment, after: str) -> Edit:
    """An entry that the file does not hold yet; what made a text of this story comes with it."""
    ours = shown.slug == segment.slug
    place = (("place", segment.place),)
    made = tuple(note for note in shown.notes if note[0] != "place") if ours else ()
    return Edit(segment.slug, segment.lang, segment.source, after=after, source_lang=segment.source_lang,
                notes=place + made)  # fmt: skip


def _edit(base: Edit, before: Entry, what: Decision) -> Edit:
    same = what.words == before.text
    if what.action == "approve":
        return replace(base, text=what.words, fuzzy=False, previous="")
    if what.action == "draft":
        return replace(base, text=what.words, fuzzy=True, previous=before.previous if same else "")
    if what.action == "withhold":
        said = (f"withheld: {what.why}".strip(),)
        fuzzy = bool(what.words) and (before.fuzzy or not same)
        return replace(base, text=what.words, fuzzy=fuzzy, comments=said)
    if before.untouched:
        return replace(base, text=before.text, fuzzy=True)
    place = tuple(note for note in base.notes if note[0] == "place")
    return replace(base, text="", fuzzy=False, previous="", notes=place)


def takes_words(shown: Entry | None) -> bool:
    """Whether sending the sentence back takes a person's words out of the file."""
    return bool(shown and shown.text.strip() and not shown.untouched)


def _without_said(text: str, source: str, words: tuple[str, ...]) -> str:
    """The text without a person's lines of these words at the entry of `source`."""

    def stays(row: Row) -> bool:
        said = _SAID.fullmatch(row.text.strip()) if row.kind == "comment" else None
        return not said or said[1].lower() not in words

    block = _block(text, source)
    return text if block is None else with_block(text, source, "".join(row.text for row in block.rows if stays(row)))


def _block(text: str, source: str) -> Block | None:
    return next((one for one in scan(text).blocks if one.plain and one.value("msgid") == source), None)


def block_text(text: str, source: str) -> str | None:
    """The lines of a sentence's entry, byte for byte; None where the text has no such entry."""
    block = _block(text, source) if text else None
    return None if block is None else "".join(row.text for row in block.rows)


def with_block(text: str, source: str, lines: str | None) -> str:
    """The text with other lines for that entry (None takes it out); the same text where it has no such entry."""
    found, block = scan(text), _block(text, source)
    rows = "".join(row.text for row in found.tail)
    return "".join((lines or "") if one == block else "".join(r.text for r in one.rows) for one in found.blocks) + rows
