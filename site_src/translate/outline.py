"""What a story needs translated into one language, and how its PO file answers, told by hashes of its sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from site_src.model.brief import Brief
from site_src.translate.memory import Memory
from site_src.translate.segments import Need, Shape, shape
from site_src.translate.sharing import hashes


class Outline(NamedTuple):
    """A story in one language; the same as long as its brief and its own file are."""

    brief: bytes
    """The mark of its brief."""
    file: bytes
    """A hash of its file in the memory; b"" where there is none."""
    shape: Shape
    in_line: bool
    """Whether its file holds what it needs and no more."""
    open: bytes
    """The sentences, as `hashes`, for which an approved translation of another story would stand."""
    blank: bytes
    """Those for which a machine's would."""


Outlines = Mapping[str, Outline]
"""By slug."""


def outline(brief: Brief, mark: bytes, need: Need, memory: Memory) -> Outline:
    """The outline of the story of a brief."""
    slug = brief.story.slug
    own, line = memory.story(slug), memory.sharing.lines.get(slug)
    states = [(key, own[key].state if key in own else "pending") for key in need.keys]
    open_keys = [key for key, state in states if state not in ("approved", "withheld")]
    blank_keys = [key for key, state in states if state == "pending"]
    return Outline(
        mark, line.made_from if line else b"", shape(brief, need), memory.in_line(slug, need.keys),
        hashes(open_keys), hashes(blank_keys),
    )  # fmt: skip


def serving(slug: str, story: Outline, memory: Memory) -> tuple[bytes, ...]:
    """The hashes of the files of other stories that serve its open sentences, b"" for each that none does."""
    sharing = memory.sharing
    others = (*sharing.serving("approved", slug, story.open), *sharing.serving("machine", slug, story.blank))
    return tuple([sharing.lines[other].made_from if other else b"" for other in others])
