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


class StorySegments(NamedTuple):
    """The segments of one story in one language, and all that decides how they are shown but the checks."""

    slug: str
    lang: str
    policy: Policy
    segments: tuple[Segment, ...]
    entries: tuple[Entry | None, ...]
    """What the memory says of each segment."""


class StoryRenderings(NamedTuple):
    """What the pages may show of a story's segments, and what its file in the memory should say of them."""

    renderings: tuple[Rendering, ...]
    """One for each segment."""
    edits: tuple[Edit, ...]
    """Those that bring the build's own lines up to date."""


def render_segments(story: StorySegments, check: Check) -> StoryRenderings:
    """The renderings of a story; `check` is called for every sentence that has a translation."""
    renderings: list[Rendering] = []
    edits: list[Edit] = []
    for segment, entry in zip(story.segments, story.entries, strict=True):
        findings = _findings(segment, entry, check) if entry else ()
        renderings.append(rendering(segment.source, entry, findings, story.policy))
        if entry and entry.slug == story.slug:
            notes = notes_now(entry, findings)
            if sorted(notes) != sorted(entry.notes):
                edits.append(edit_of(entry, story.lang, notes=notes))
    return StoryRenderings(tuple(renderings), tuple(edits))


def _findings(segment: Segment, entry: Entry, check: Check) -> tuple[Finding, ...]:
    findings = engines_findings(entry) if entry.state in ("pending", "machine") else ()
    return findings + check(segment.source, entry.text, segment.source_lang, segment.lang) if entry.text else findings


def story_edition(
    brief: Brief, texts: Callable[[], Sequence[str]], shape: Shape, translations: StoryRenderings | None
) -> StoryEdition:
    """The story as its edition has it: what is in the edition's language, or holds no word, stands as it is.

    `texts` gives the texts of the brief (`segments.texts`);
    `translations` is None where the memory says nothing of any segment.
    """
    if translations is None and min(shape, default=0) >= 0 and not brief.body:
        state: Literal["source", "pending"] = "pending" if shape else "source"
        title, sentences = untranslated(brief.title.value or "", state), UntranslatedRenderings(brief.sentences, state)
        return StoryEdition(brief, title, sentences, translated=False)
    numbered = zip(texts(), shape, strict=True) if shape else ((text, -1) for text in texts())
    renderings = [_rendering(text, number, translations) for text, number in numbered]
    body = len(brief.sentences) + 1
    translated = translations is not None and any(
        rendering.state != "pending" or rendering.findings for rendering in translations.renderings
    )
    return StoryEdition(brief, renderings[0], tuple(renderings[1:body]), tuple(renderings[body:]), translated)


def _rendering(text: str, number: int, translations: StoryRenderings | None) -> Rendering:
    """The rendering of a text of the brief by the segment of this number; below 0 the text stands as it is."""
    if number < 0:
        return untranslated(text, "source")
    return _with_spelling(translations.renderings[number], text) if translations else untranslated(text, "pending")


def _with_spelling(rendering: Rendering, source: str) -> Rendering:
    """The rendering of a sentence under the spelling `source` of it."""
    return rendering if rendering.source == source else structs.replace(rendering, source=source)
