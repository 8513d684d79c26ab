"""The publication: all that any output may draw on."""

from typing import Literal

from msgspec import Struct

from site_src.model.edition import Edition
from site_src.model.fields import Day
from site_src.model.names import Name


class FollowUp(Struct, frozen=True, gc=False, array_like=True):
    """An earlier or later story that shares names and figures, and which."""

    slug: str
    names: tuple[str, ...]
    figures: tuple[str, ...]


class Connections(Struct, frozen=True, gc=False, array_like=True):
    """A story's past and future."""

    slug: str
    steps: tuple[tuple[str, str, str], ...]
    """(topic slug, previous story or "", next story or "") for each topic of the story."""
    follow_ups: tuple[FollowUp, ...] = ()


class Change(Struct, frozen=True, gc=False, array_like=True):
    """A story since the last closed brief."""

    slug: str
    kind: Literal["new", "changed", "gone"]
    what: tuple[str, ...] = ()
    """For "changed": ids of what did: "title", "text", "copies", "translation", "topics", "fields"."""
    title: str = ""
    """For "gone": the title it had."""


class Publication(Struct, frozen=True, gc=False, array_like=True):
    """Everything that any output (page, feed, mail, JSON) may draw on: one frozen set of editions."""

    editions: tuple[Edition, ...]
    names: tuple[Name, ...]
    connections: tuple[Connections, ...] = ()
    changes: tuple[Change, ...] = ()
    redirects: tuple[tuple[str, str], ...] = ()
    """(address that went out of use, story slug)."""
    until: Day | None = None
    """The latest date that a page states: "data until"."""
    unsorted: tuple[str, ...] = ()
    """Slugs of stories that fit no topic."""
    hidden: tuple[str, ...] = ()
    """Slugs of the stories that no page tells: the unsorted ones, unless the site lists them."""
    closed: str = ""
    """ISO date on which the last brief was closed; "" where none ever was."""
