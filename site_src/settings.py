"""`site.toml`: the one configuration file, checked whole; every mistake is said at once.

The dataclasses below are the reference of keys and defaults. pydantic checks them and is imported only when a
file must be checked.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from site_src.errors import SettingsError

Words = dict[str, str]
"""The same words in each language of the site: {"ar": …, "en": …}."""

_STRICT: dict[str, Any] = {"extra": "forbid", "strict": True}


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours a site may change, as `#rrggbb`; contrast is checked at build."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    link: str = "#1b3f95"
    link_dark: str = "#a3bcff"


@dataclass(frozen=True, slots=True)
class Site:
    """Who publishes, in which languages, where."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    name: Words = field(default_factory=lambda: {"ar": "موجز", "en": "Mujaz"})
    tagline: Words = field(default_factory=dict)
    languages: tuple[str, ...] = ("en", "ar")
    """Editions to publish; the first is x-default."""
    source_languages: tuple[str, ...] = ("ar",)
    """Languages of pages that are read; others are a named problem."""
    base_url: str = ""
    """Absolute address of the published site, ending in "/"; "": canonical, sitemap and feeds are left out."""
    time_zone: str = "UTC"
    contact: str = ""
    licence: Words = field(default_factory=dict)
    original: Literal["excerpt", "full", "none"] = "excerpt"
    font: Literal["", "noto-naskh-arabic"] = ""
    unsorted: Literal["report", "site"] = "report"
    home_stories: int = 5
    """Stories per topic on the home page."""
    page_stories: int = 30
    """Stories per topic page."""
    extras: tuple[str, ...] = ("names", "archive", "search")
    """Page kinds beyond home, topics, stories and feeds."""
    colours: Colours = field(default_factory=Colours)


@dataclass(frozen=True, slots=True)
class Summary:
    """Length of the summary; a topic may have its own."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    sentences: int = 4
    words: int = 170


@dataclass(frozen=True, slots=True)
class Translation:
    """How English is made and what of it may be published."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    engines: tuple[str, ...] = ("argos",)
    """Tried in order; the first that is ready translates."""
    publish: Literal["approved", "checked", "all"] = "checked"
    beam: int = 4
    patience: float = 2.0
    """Above 1, so that beam search does not stop at the first ended hypotheses."""
    length_penalty: float = 0.2
    repetition_penalty: float = 1.1
    no_repeat_ngram: int = 4
    max_source_words: int = 200
    """A longer sentence is left pending rather than cut silently."""
    models: str = "models"
    """Folder of installed packages, relative to the site; looked in before the user's Argos folder."""


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """One condition of a topic: its members are names (ids of `names.toml`) and Arabic words, folded alike."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    need: Literal["all", "any", "none"] = "any"
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    weight: float = 1.0
    """Score of each mention of a member, falling with its distance from the lead (see `topics`)."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A heading of the briefing and the rules that put stories under it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    slug: str
    title: Words
    nav: Words = field(default_factory=dict)
    """Shorter title for the navigation; the title where absent."""
    description: Words = field(default_factory=dict)
    threshold: float = 3.0
    groups: tuple[TopicGroup, ...] = ()
    summary: Summary | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """All of `site.toml`."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    site: Site = field(default_factory=Site)
    summary: Summary = field(default_factory=Summary)
    translation: Translation = field(default_factory=Translation)
    topics: tuple[Topic, ...] = ()
