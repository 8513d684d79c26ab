"""Editions: briefs in one language."""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from site_src.model.brief import Brief


class Finding(Struct, frozen=True, gc=False, array_like=True):
    """What a check has against a translation."""

    check: str
    severity: Literal["error", "warning"]
    what: str
    """The item in the source or the translation, as written."""
    side: Literal["source", "target", ""] = ""
    """The text in which `start` and `end` count, "" when it has no place."""
    start: int = 0
    end: int = 0

    @property
    def counts(self) -> tuple[str, str] | None:
        """Words in the source and in the translation, where these are what a check of lengths found ("18 → 1")."""
        source, arrow, target = self.what.partition(" → ")
        return (source, target) if arrow and not self.side and self.check in ("truncated", "padded") else None


State = Literal["source", "approved", "machine", "withheld", "pending", "stale", "draft"]

Origin = Literal["source", "authors", "editor", "machine", "none"]


class Rendering(Struct, frozen=True, gc=False, array_like=True):
    """One segment (title or sentence) in one language, with where it comes from and whether it may stand."""

    source: str
    text: str
    """What the page may show; "" where nothing may."""
    state: State
    origin: Origin
    engine: str = ""
    """In words, "Argos Translate, Arabic-English package 1.0"; "" unless machine-made."""
    findings: tuple[Finding, ...] = ()
    why: str = ""
    """A person's reason for withholding, as written in the memory."""


class StoryEdition(Struct, frozen=True, gc=False, array_like=True):
    """A briefing in one language."""

    brief: Brief
    title: Rendering
    sentences: tuple[Rendering, ...]
    """One for each of `brief.sentences`, in the same order."""
    body: tuple[Rendering, ...] = ()
    """One for each of `brief.body`, in the same order."""
    translated: bool = True
    """False where all that is known of it is that it waits: then it is made of the brief and the settings alone."""

    @property
    def slug(self) -> str:
        """The story's address."""
        return self.brief.story.slug

    @property
    def renderings(self) -> tuple[Rendering, ...]:
        """Title, summary, and what the body adds, each sentence once: the place here is a sentence's number."""
        if not self.body:
            return (self.title, *self.sentences)
        added = {one.source: one for one in self.body}
        for told in self.sentences:
            added.pop(told.source, None)
        return (self.title, *self.sentences, *added.values())

    @property
    def briefing(self) -> "StoryEdition":
        """Title and summary alone: all that is told elsewhere than on the story's own page."""
        return replace(self, body=()) if self.body else self


class Edition(Struct, frozen=True, gc=False, array_like=True):
    """All briefings in one language; in a publication the newest first, the undated last."""

    lang: str
    stories: tuple[StoryEdition, ...]
