"""Editions: briefs in one language."""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import Literal, overload

from msgspec import Struct
from msgspec.structs import replace

from site_src.model.brief import Brief, Sentence


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


NO_REASON = "no reason given"
"""`Rendering.why` of a translation that a person withholds without a reason."""


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
    """A person's reason for withholding, as written in the memory; `NO_REASON` where the person wrote none."""


_MOST_HELD = 512
"""The renderings of so many story editions stay in memory."""


class UntranslatedRenderings(Sequence[Rendering]):
    """The renderings of sentences without any translation: all in one state, and made when they are first read.

    Of a story that only waits for its translation most stages ask no more than how many sentences it has. The
    renderings read last stay in memory, since the pages of a story read the same ones.
    """

    __slots__ = ("_count", "_renderings", "sentences", "state")

    def __init__(self, sentences: Sequence[Sentence], state: Literal["source", "pending"]):
        self.sentences, self.state, self._count = sentences, state, len(sentences)
        self._renderings: tuple[Rendering, ...] | None = None

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> Rendering: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Rendering, ...]: ...
    def __getitem__(self, place: int | slice) -> Rendering | tuple[Rendering, ...]:
        renderings = self._renderings
        if renderings is None:
            renderings = tuple([untranslated(sentence.text, self.state) for sentence in self.sentences])
            self._renderings = renderings
            _READ_LAST.append(self)
            if len(_READ_LAST) > _MOST_HELD:
                _READ_LAST.popleft()._renderings = None
        return renderings[place]

    def __iter__(self) -> Iterator[Rendering]:
        return iter(self[:])

    def __eq__(self, other: object) -> bool:
        if isinstance(other, UntranslatedRenderings):
            return self.state == other.state and self.sentences == other.sentences
        return self[:] == other

    def __hash__(self) -> int:
        return hash(self[:])

    def __repr__(self) -> str:
        return repr(self[:])


_READ_LAST: deque[UntranslatedRenderings] = deque()


def untranslated(text: str, state: Literal["source", "pending"]) -> Rendering:
    """A text of which no translation is known: it is in the language of the edition, or waits."""
    return Rendering(text, text, state, "source") if state == "source" else Rendering(text, "", state, "none")


class StoryEdition(Struct, frozen=True, gc=False, array_like=True):
    """A briefing in one language."""

    brief: Brief
    title: Rendering
    sentences: Sequence[Rendering]
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
            return (self.title, *self.sentences[:])
        only_in_body = {rendering.source: rendering for rendering in self.body}
        for rendering in self.sentences:
            only_in_body.pop(rendering.source, None)
        return (self.title, *self.sentences[:], *only_in_body.values())

    @property
    def states(self) -> tuple[State, ...]:
        """The state of each of its renderings."""
        sentences = self.sentences
        if isinstance(sentences, UntranslatedRenderings) and not self.body:
            return (self.title.state,) + (sentences.state,) * len(sentences)
        return tuple([one.state for one in self.renderings])

    @property
    def briefing(self) -> "StoryEdition":
        """Title and summary alone: all that is told elsewhere than on the story's own page."""
        return replace(self, body=()) if self.body else self


class Edition(Struct, frozen=True, gc=False, array_like=True):
    """All briefings in one language; in a publication the newest first, the undated last."""

    lang: str
    stories: tuple[StoryEdition, ...]
