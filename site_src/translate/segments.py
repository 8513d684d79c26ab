"""The sentences that an edition needs: title and summary of each story, each distinct sentence once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_src.model import Brief
from site_src.translate.po import sentence_key


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence of one story, wanted in another language."""

    slug: str
    lang: str
    """The language it is wanted in."""
    source_lang: str
    source: str
    place: str
    """Where it stands in the article: "title", "paragraph 3"."""

    @property
    def key(self) -> str:
        """What it is remembered under."""
        return sentence_key(self.source)


def segments(briefs: Iterable[Brief], lang: str) -> tuple[Segment, ...]:
    """What must be translated so that every brief can stand in the language `lang`, in reading order."""
    return tuple(segment for brief in briefs for segment in _of(brief, lang))


def _of(brief: Brief, lang: str) -> Iterable[Segment]:
    story, origin = brief.story, brief.story.lead.lang
    if origin == lang:
        return ()
    placed = [(brief.title.value or "", "title")]
    placed += [(sentence.text, f"paragraph {sentence.paragraph + 1}") for sentence in brief.sentences]
    found: dict[str, Segment] = {}
    for source, place in placed:
        segment = Segment(story.slug, lang, origin, source, place)
        if segment.key:
            found.setdefault(segment.key, segment)
    return found.values()
