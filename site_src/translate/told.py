"""One story in one language: a pure function of its sentences and of what the memory says of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from msgspec import structs

from site_src.model.brief import Brief
from site_src.model.edition import Finding, Rendering, StoryEdition, UntranslatedRenderings, untranslated
from site_src.translate.machine import Check, engines_findings, notes_now
from site_src.translate.po import Entry
from site_src.translate.po.edit import Edit
from site_src.translate.policy import Policy, rendering
from site_src.translate.segments import Segment, Shape
from site_src.translate.settle import edit_of


class Asked(NamedTuple):
    """What is told of a story is made from this, and from what the checks say of its translations."""

    slug: str
    lang: str
    policy: Policy
    segments: tuple[Segment, ...]
    entries: tuple[Entry | None, ...]
    """What the memory says of each segment."""


class Told(NamedTuple):
    """What the pages may show of a story's segments, and what its file in the memory should say of them."""

    renderings: tuple[Rendering, ...]
    """One for each segment."""
    edits: tuple[Edit, ...]
    """Those that bring the build's own lines up to date."""


def tell(asked: Asked, check: Check) -> Told:
    """What is told of a story; `check` is called for every sentence that has a translation."""
    renderings: list[Rendering] = []
    edits: list[Edit] = []
    for segment, entry in zip(asked.segments, asked.entries, strict=True):
        findings = _findings(segment, entry, check) if entry else ()
        renderings.append(rendering(segment.source, entry, findings, asked.policy))
        if entry and entry.slug == asked.slug:
            notes = notes_now(entry, findings)
            if sorted(notes) != sorted(entry.notes):
                edits.append(edit_of(entry, asked.lang, notes=notes))
    return Told(tuple(renderings), tuple(edits))


def _findings(segment: Segment, entry: Entry, check: Check) -> tuple[Finding, ...]:
    found = engines_findings(entry) if entry.state in ("pending", "machine") else ()
    return found + check(segment.source, entry.text, segment.source_lang, segment.lang) if entry.text else found


def story_edition(brief: Brief, written: Callable[[], Sequence[str]], shape: Shape, told: Told | None) -> StoryEdition:
    """The story as its edition has it: what is in the edition's language, or holds no word, stands as it is.

    `written` gives the `texts` of the brief; `told` is None where the memory says nothing of any segment.
    """
    if told is None and min(shape, default=0) >= 0 and not brief.body:
        state: Literal["source", "pending"] = "pending" if shape else "source"
        title, sentences = untranslated(brief.title.value or "", state), UntranslatedRenderings(brief.sentences, state)
        return StoryEdition(brief, title, sentences, translated=False)
    numbered = zip(written(), shape, strict=True) if shape else ((text, -1) for text in written())
    shown = [_shown(text, number, told) for text, number in numbered]
    body = len(brief.sentences) + 1
    translated = told is not None and any(one.state != "pending" or one.findings for one in told.renderings)
    return StoryEdition(brief, shown[0], tuple(shown[1:body]), tuple(shown[body:]), translated)


def _shown(text: str, number: int, told: Told | None) -> Rendering:
    """A text of the brief by the segment of this number, below 0 of none."""
    if number < 0:
        return untranslated(text, "source")
    return _spelt(told.renderings[number], text) if told else untranslated(text, "pending")


def _spelt(told: Rendering, source: str) -> Rendering:
    """What is told of a sentence, under another spelling of it."""
    return told if told.source == source else structs.replace(told, source=source)
