"""`site.toml`: the one configuration file, checked whole; every mistake is said at once.

The dataclasses below are the reference of keys and defaults. pydantic checks them and is imported only when a
file must be checked.
"""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, ClassVar, Literal
from urllib.parse import urlsplit

from site_src.errors import SettingsError
from site_src.tables import table

Words = dict[str, str]
"""The same words in each language of the site: {"ar": …, "en": …}."""

_SLUG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
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
    unsorted: Literal["report", "site"] = "report"
    home_stories: int = 5
    """Stories per topic on the home page."""
    page_stories: int = 12
    """Stories per topic page."""
    seconds_per_page: float = 20.0
    """CPU time that reading a page, and briefing a story, may each take; a longer one is a named problem."""
    extras: tuple[Literal["names", "archive", "search"], ...] = ("names", "archive", "search")
    """Page kinds beyond home, topics, stories and feeds."""
    colours: Colours = field(default_factory=Colours)
    font: str = ""
    """A face of `tables/fonts.toml` to ship with the site; "": readers see a face of their own system."""
    share_images: bool = False
    """Whether each story has a picture, in each edition, for what shows shared links."""


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
    engines: tuple[Literal["argos", "firefox", "libretranslate"], ...] = ("argos",)
    """The first of them that is set up here translates."""
    server: str = ""
    """Address of the LibreTranslate server, for the engine of that name."""
    publish: Literal["approved", "checked", "all"] = "checked"
    articles: Literal["summary", "full"] = "summary"
    """What of an article is translated: title and summary, or every sentence, which needs `original = "full"`."""
    beam: int = 4
    patience: float = 2.0
    """Above 1, so that beam search does not stop at the first ended hypotheses."""
    length_penalty: float = 0.2
    repetition_penalty: float = 1.1
    no_repeat_ngram: int = 4
    max_source_words: int = 200
    """A longer sentence is left pending rather than cut silently."""
    length_cap: float = 3.0
    """Most target tokens for each source token (and 20 more): a model that loops stops there, and the sentence is
    withheld. English seldom needs twice the tokens of its Arabic."""
    models: str = "models"
    """Folder of installed packages, relative to the site; looked in before the user's Argos folder."""


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """One condition of a topic: its members are names (ids of `names.toml`) and Arabic words, folded alike."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    need: Literal["all", "any", "may", "none"] = "any"
    """"all": every member must occur; "any": one must; "may": none must, but each adds; "none": each takes off."""
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    weight: float = 1.0
    """Score of a mention of a member, falling with its distance from the lead (see `topics`); "none" takes it off."""
    least: float = 0.0
    """What the group must score for the story to qualify at all: how much the story is about its members."""


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


def load_settings(path: Path) -> Settings:
    """The settings of the file at `path`.

    Raises `SettingsError` with every mistake: key, value, what is allowed.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeError) as error:
        raise SettingsError(str(path), [f"cannot be read: {error}"]) from error
    return parse_settings(text, str(path))


def parse_settings(text: str, file: str = "site.toml") -> Settings:
    """The settings that `text` (TOML) states, the rest at its defaults; raises `SettingsError`."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(file, [f"is not TOML: {error}"]) from error
    settings = _if_right(raw) or _with_every_mistake(raw, file)
    if mistakes := _contradictions(settings):
        raise SettingsError(file, mistakes)
    return settings


def _if_right(raw: dict[str, Any]) -> Settings | None:
    """The settings, where nothing is wrong: msgspec sees that sooner, but names one mistake only and no odd key."""
    import msgspec

    try:
        made = msgspec.convert(raw, Settings)
    except msgspec.ValidationError:
        return None
    return made if _every_key(raw, msgspec.to_builtins(made)) else None


def _every_key(raw: Any, made: Any) -> bool:
    """Whether all that was stated has come into what was made of it."""
    if isinstance(raw, dict):
        return all(key in made and _every_key(value, made[key]) for key, value in raw.items())
    return all(map(_every_key, raw, made)) if isinstance(raw, list) else True


def _with_every_mistake(raw: dict[str, Any], file: str) -> Settings:
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(Settings).validate_json(_as_json(raw))
    except ValidationError as error:
        raise SettingsError(file, [_mistake(dict(fault)) for fault in error.errors()]) from error


def _as_json(raw: dict[str, Any]) -> str:
    """TOML values as JSON: strict checking then takes arrays for tuples, and nothing else for anything else."""
    import json

    return json.dumps(raw, ensure_ascii=False, default=str)


def _mistake(fault: dict[str, Any]) -> str:
    """One pydantic error in a sentence: key, what is there, what is allowed."""
    key = ".".join(f"{part + 1}" if isinstance(part, int) else str(part) for part in fault["loc"])
    if fault["type"] in {"unexpected_keyword_argument", "extra_forbidden"}:
        return f"{key}: there is no such key{_did_you_mean(fault['loc'])}"
    if fault["type"] in {"missing", "missing_argument"}:
        return f"{key}: is missing"
    what = fault["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
    return f"{key} = {fault['input']!r}: must be {what}"


def _did_you_mean(place: tuple[str | int, ...]) -> str:
    known: dict[str, Any] = {
        "": Settings, "site": Site, "summary": Summary, "translation": Translation,
        "topics": Topic, "groups": TopicGroup, "colours": Colours,
    }  # fmt: skip
    parents = [part for part in place[:-1] if isinstance(part, str)]
    keys = [key.name for key in fields(known[parents[-1] if parents else ""])]
    near = get_close_matches(str(place[-1]), keys, n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; the keys are {', '.join(keys)}"


def _contradictions(settings: Settings) -> list[str]:
    """What each value alone does not show: faults between values."""
    site, mistakes = settings.site, []
    for key, words in [("site.name", site.name)]:
        mistakes += [f"{key}.{lang}: is missing; each language of site.languages needs it"
                     for lang in site.languages if lang not in words]  # fmt: skip
    if not site.languages:
        mistakes.append("site.languages = []: must name at least one language")
    if twice := sorted({lang for lang in site.languages if site.languages.count(lang) > 1}):
        mistakes.append(f"site.languages: names {', '.join(twice)} twice")
    if site.base_url and not (site.base_url.startswith(("https://", "http://")) and site.base_url.endswith("/")):
        mistakes.append(f"site.base_url = {site.base_url!r}: must begin with https:// and end with /")
    slugs = [topic.slug for topic in settings.topics]
    for place, topic in enumerate(settings.topics, 1):
        if slugs.index(topic.slug) != place - 1:
            mistakes.append(f"topics.{place}.slug = {topic.slug!r}: is used twice")
        if not _SLUG.fullmatch(topic.slug):
            mistakes.append(f"topics.{place}.slug = {topic.slug!r}: must be small ASCII letters, digits and hyphens")
        mistakes += [f"topics.{place}.title.{lang}: is missing" for lang in site.languages if lang not in topic.title]
        if not topic.groups:
            mistakes.append(f"topics.{place} ({topic.slug}): has no rules; add [[topics.groups]] with names or words")
    mistakes += _rights(settings) + _server(settings.translation) + _out_of_range(settings)
    return mistakes + _time_zone(site.time_zone) + _font(site.font)


def _rights(settings: Settings) -> list[str]:
    """A page with every sentence translated shows the whole original beside it: both settings must want that."""
    original = settings.site.original
    if settings.translation.articles == "summary" or original == "full":
        return []
    return [f'translation.articles = "full" shows whole articles, and site.original = {original!r} does not allow it: '
            'set site.original = "full" if you have the right to republish them, else translation.articles = "summary"'
            ]  # fmt: skip


def _font(name: str) -> list[str]:
    if not name or name in (known := table("fonts")["font"]):
        return []
    return [f"site.font = {name!r}: must be {' or '.join(map(repr, known))}"]


def _server(translation: Translation) -> list[str]:
    if not translation.server:
        named = "libretranslate" in translation.engines
        return ["translation.server: is missing; the engine libretranslate needs it"] if named else []
    parts = urlsplit(translation.server)
    if parts.scheme == "https" or (parts.scheme == "http" and _near(parts.hostname or "")):
        return []
    return [f"translation.server = {translation.server!r}: must begin with https:// (http:// only on this machine or "
            "in its own network: texts and key would travel in the open)"]  # fmt: skip


def _near(host: str) -> bool:
    """Whether a host is this machine or an address of a private network."""
    from ipaddress import ip_address

    try:
        return host == "localhost" or ip_address(host).is_private
    except ValueError:
        return False


def _time_zone(name: str) -> list[str]:
    from zoneinfo import ZoneInfo, available_timezones

    with suppress(KeyError, ValueError, OSError):
        ZoneInfo(name)
        return []
    near = get_close_matches(name, available_timezones(), n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ', such as "Asia/Almaty" or "UTC"'
    return [f"site.time_zone = {name!r}: is no time zone{hint}"]


def _out_of_range(settings: Settings) -> list[str]:
    translation = settings.translation
    limits = [
        ("site.home_stories", settings.site.home_stories, 1, 1000),
        ("site.page_stories", settings.site.page_stories, 1, 1000),
        ("site.seconds_per_page", settings.site.seconds_per_page, 0.001, 3600),
        ("summary.sentences", settings.summary.sentences, 1, 50),
        ("summary.words", settings.summary.words, 10, 5000),
        ("translation.beam", translation.beam, 1, 32),
        ("translation.patience", translation.patience, 1, 10),
        ("translation.length_penalty", translation.length_penalty, 0, 5),
        ("translation.repetition_penalty", translation.repetition_penalty, 1, 5),
        ("translation.no_repeat_ngram", translation.no_repeat_ngram, 0, 20),
        ("translation.max_source_words", translation.max_source_words, 1, 2000),
        ("translation.length_cap", translation.length_cap, 1, 20),
    ]
    return [f"{key} = {value}: must be from {low} to {high}"
            for key, value, low, high in limits if not low <= value <= high]  # fmt: skip
