"""Stories as lists show them: title facing title, one sentence, source, date, badges."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from site_src.render.labels import Language
from site_src.render.standing import Badge


class Headline(NamedTuple):
    """A story's title in one language; where it is missing, the names and figures that stand in for it."""

    language: Language
    text: Markup
    """The title; "" where it is missing."""
    names: tuple[Markup, ...]
    """The names and figures; () where there is a title, or none is known."""
    lacking: Markup
    """What the edition says where there is neither: that nothing is recognised, or that the page states no title."""


class Card(NamedTuple):
    """A story in a list of one edition."""

    slug: str
    path: str
    own: Headline
    facing: Headline | None
    summary: Markup
    """The first sentence of the summary that the edition has in its language, with those that it needs; "" where it has
    none."""
    facing_summary: Markup
    """The same in the language of `facing`; "" where either is missing."""
    source: Markup
    date: Markup
    copies: int
    badges: list[Badge]

    @property
    def standin(self) -> bool:
        """Whether names and figures stand in for one of its titles."""
        return any(headline.names for headline in (self.own, self.facing) if headline)


class Link(NamedTuple):
    """A link to a story in a line of an edition: its title, in whatever language it has one."""

    path: str
    """Below the edition."""
    title: Markup
    standing: Markup
    """The state of the title in words: that a machine made it, or why the edition has none; "" for any other."""
